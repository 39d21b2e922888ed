// SPDX-License-Identifier: GPL-3.0-or-later
// The handbook in a window of its own, beside the program's.
#pragma once

#include "ui/shell/handbook.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;
class QUrl;

namespace postlude {

class HelpWindow : public QDialog {
    Q_OBJECT
public:
    /// `actions`: whose keys the last page lists.
    HelpWindow(const QList<QAction*>& actions, QWidget* parent);
    /// Shows the page with this id; nothing happens if there is none.
    void showPage(const QString& id);
    [[nodiscard]] QString page() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void search(const QString& words);
    void turnTo(int row);
    void follow(const QUrl& link);
    void markFound();
    void dress();

    std::vector<HandbookPage> pages_;
    QLineEdit* words_ = nullptr;
    QListWidget* list_ = nullptr;
    QTextBrowser* text_ = nullptr;
};

} // namespace postlude
