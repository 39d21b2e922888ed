// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks of hosts that are set by hand, of one session. All that set one or show it go through
// here.
#pragma once

#include "core/case/statedclocks.h"
#include "ui/common/session.h"

namespace postlude {

class HostClocks : public QObject {
    Q_OBJECT
public:
    /// The session's own; it lives as long as that.
    static HostClocks& of(Session& session);

    [[nodiscard]] const std::map<std::string, StatedClock>& stated() const { return stated_; }
    [[nodiscard]] bool isStated(const std::string& host) const { return stated_.contains(host); }
    /// Positive: ahead of the balancer's. Nothing: as measured. Can be taken back; the case is
    /// analysed anew, and with that the lines are shown by it.
    void state(const std::string& host, std::optional<Duration> ahead);

Q_SIGNALS:
    void changed();

private:
    explicit HostClocks(Session& session);
    void put(const std::string& host, std::optional<Duration> ahead);
    void analyse();

    Session& session_;
    std::map<std::string, StatedClock> stated_;
    bool again_ = false; ///< once nothing else is under way
};

} // namespace postlude
