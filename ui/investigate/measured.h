// SPDX-License-Identifier: GPL-3.0-or-later
// The measured values that the case has, such as a machine's load: read once, off the GUI thread,
// when they are first asked for, and again after more records were read.
#pragma once

#include "core/analysis/measured.h"
#include "ui/common/session.h"

namespace postlude {

class Measured : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void setSession(Session* session);
    /// Null until changed() tells of them.
    [[nodiscard]] std::shared_ptr<const std::vector<Metric>> all();

Q_SIGNALS:
    void changed();

private:
    Session* session_ = nullptr;
    std::shared_ptr<const std::vector<Metric>> all_;
    bool reading_ = false;
};

} // namespace postlude
