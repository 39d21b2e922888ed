// SPDX-License-Identifier: GPL-3.0-or-later
// Opens something in a window, for tests that go on once it stands.
#pragma once

#include "ui/shell/mainwindow.h"

#include <QTest>

namespace postlude {

/// Whether a case is open then.
inline bool openedIn(MainWindow& window, const std::filesystem::path& path) {
    window.openPaths({path});
    constexpr int kPatience = 60'000;
    return QTest::qWaitFor([&window] { return !window.isOpening(); }, kPatience) &&
           window.session() != nullptr;
}

} // namespace postlude
