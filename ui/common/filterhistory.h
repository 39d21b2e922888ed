// SPDX-License-Identifier: GPL-3.0-or-later
// The filters that were in force in this case, newest first (kept in it), and those that the user
// has given names to, for all cases (kept in the settings).
#pragma once

#include "ui/common/session.h"

namespace postlude {

struct SavedFilter {
    QString name, filter;
    bool operator==(const SavedFilter&) const = default;
};

class FilterHistory {
public:
    static constexpr qsizetype kMost = 50;

    void setSession(Session* session);
    void add(const QString& filter); ///< moves it to the front if it is known
    void forget();
    [[nodiscard]] const QStringList& recent() const { return recent_; }

    [[nodiscard]] static std::vector<SavedFilter> saved(); ///< by name
    /// One of the same name gives way.
    static void save(const SavedFilter& one);
    static void remove(const QString& name);

private:
    void keep();

    Session* session_ = nullptr;
    QStringList recent_;
};

} // namespace postlude
