// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windows.h"

#include <QScreen>

namespace postlude {

Windows::Windows(ImportOptions reading, QObject* parent)
    : QObject(parent)
    , reading_(std::move(reading)) {}

Windows::~Windows() {
    for (MainWindow* window : all())
        delete window;
}

std::vector<MainWindow*> Windows::all() const {
    std::vector<MainWindow*> open;
    for (const auto& window : windows_)
        if (window && window->isVisible()) open.push_back(window);
    return open;
}

/// Beside the one before it, and no further than the screen, so that both are seen.
void Windows::place(MainWindow& fresh) const {
    const std::vector<MainWindow*> before = all();
    if (before.empty()) return;
    const MainWindow& last = *before.back();
    constexpr QPoint kBeside(32, 32);
    const QRect room = last.screen()->availableGeometry();
    QPoint at = last.pos() + kBeside;
    if (!QRect(room.topLeft(), room.size() / 2).contains(at)) at = room.topLeft();
    const QSize frame = last.frameGeometry().size() - last.size();
    const QPoint left = room.bottomRight() - at;
    fresh.resize((last.isMaximized() ? last.normalGeometry().size() : last.size())
                     .boundedTo(QSize(left.x(), left.y()) - frame));
    fresh.move(at);
}

MainWindow& Windows::add(const Paths& paths) {
    auto* fresh = new MainWindow;
    fresh->setAttribute(Qt::WA_DeleteOnClose);
    fresh->setReading(reading_);
    fresh->offerTourOnce();
    place(*fresh);
    connect(fresh, &MainWindow::newWindowWanted, this, [this] { add(); });
    std::erase_if(windows_, [](const auto& window) { return !window; });
    windows_.emplace_back(fresh);
    fresh->show();
    fresh->activateWindow();
    if (!paths.empty()) fresh->openPaths(paths);
    return *fresh;
}

std::vector<Windows::Paths> Windows::leave() {
    std::vector<Paths> open;
    for (MainWindow* window : all()) {
        const std::filesystem::path file = window->leave();
        open.push_back(file.empty() ? Paths{} : Paths{file});
    }
    return open;
}

} // namespace postlude
