// SPDX-License-Identifier: GPL-3.0-or-later
// The window: menus, modes, welcome page, progress, and what ties pages to the session.
#pragma once

#include "ui/common/session.h"

#include <QMainWindow>

namespace postlude {

/// What the event loop ends with when all windows are to be made anew, as in another language.
constexpr int kStartAgain = 64;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;
    /// Opens a case or a bundle behind the window, in the place of what is open, which stays until
    /// then; shows an error in the window if it cannot.
    void openPaths(const std::vector<std::filesystem::path>& paths);
    [[nodiscard]] bool isOpening() const;
    [[nodiscard]] Session* session() const;
    /// Whoever has never seen the tour sees it with the first case that is opened from now on.
    void offerTourOnce();
    /// As when it is closed: saves, stops the work behind and waits for it. The file of the case
    /// that was open, empty if there was none.
    std::filesystem::path leave();
    /// How bundles opened from now on are read.
    void setReading(ImportOptions options);
    /// Asks, where something would be lost.
    [[nodiscard]] bool mayLeave();

Q_SIGNALS:
    void newWindowWanted();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
