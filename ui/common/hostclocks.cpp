// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/hostclocks.h"

#include "ui/common/shown.h"

namespace postlude {

HostClocks::HostClocks(Session& session)
    : QObject(&session)
    , session_(session)
    , stated_(statedClocks(session.caseFile())) {
    // Not from within the session's own call.
    connect(&session, &Session::analysisChanged, this, [this] {
        if (again_) QTimer::singleShot(0, this, &HostClocks::analyse);
    });
}

HostClocks& HostClocks::of(Session& session) {
    if (auto* known = session.findChild<HostClocks*>()) return *known;
    return *new HostClocks(session);
}

void HostClocks::state(const std::string& host, std::optional<Duration> ahead) {
    if (session_.caseFile().mode() == OpenMode::ReadOnly) return;
    const auto known = stated_.find(host);
    const auto before = known == stated_.end() ? std::nullopt : std::optional(known->second.ahead);
    if (before == ahead) return;
    session_.change(
        tr("Set a host's clock"), [this, host, ahead] { put(host, ahead); },
        [this, host, before] { put(host, before); });
}

void HostClocks::put(const std::string& host, std::optional<Duration> ahead) {
    if (auto kept = stateClock(session_.caseFile(), host, ahead); !kept)
        return session_.tellFault(kept.error());
    stated_ = statedClocks(session_.caseFile());
    Q_EMIT changed();
    again_ = true;
    analyse();
}

void HostClocks::analyse() {
    if (!again_) return;
    if (!session_.caseFile().importComplete()) { // an analysis comes behind the reading
        again_ = false;
        return;
    }
    if (session_.busy()) return session_.cancel(); // it goes by what was stated before
    again_ = false;
    session_.resume();
}

} // namespace postlude
