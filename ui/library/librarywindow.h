// SPDX-License-Identifier: GPL-3.0-or-later
// All cases of a folder side by side: what happened again, how fast it was noticed, what is open.
#pragma once

#include "core/postmortem/library.h"

#include <QDialog>
#include <QFutureWatcher>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;
class QTreeWidget;

namespace postlude {

class DotChart;

/// Reads the folder on another thread; may be closed at any time.
class LibraryWindow : public QDialog {
    Q_OBJECT
public:
    explicit LibraryWindow(QWidget* parent = nullptr);
    ~LibraryWindow() override;
    void read(const QString& folder);
    [[nodiscard]] bool reading() const;
    /// The file of the case that is open, which cannot be removed.
    void setOpenCase(std::function<QString()> file) { openCase_ = std::move(file); }
    /// Takes the current row's case off the list: after a question its file goes to the trash.
    void removeCurrent();

Q_SIGNALS:
    void openRequested(const QString& file);
    void removed(const QString& file);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void start();
    void makeHead();
    void makeBody();
    void askFolder();
    void finish();
    void fill();
    void fitColumns();
    void fillTable(const std::vector<CaseOverview>& cases);
    void fillDetails(const std::vector<CaseOverview>& cases);
    void openCurrent();
    void select(const QString& file);

    void rowMenu(const QPoint& at);
    [[nodiscard]] QString currentFile() const;

    std::function<QString()> openCase_;
    std::vector<CaseOverview> cases_;
    std::stop_source stop_;
    QFutureWatcher<Result<std::vector<CaseOverview>>> watcher_;
    QString folder_;
    bool next_ = false; ///< another folder is wanted while one is read
    QLineEdit* words_;
    QLabel *where_, *told_;
    QPushButton *choose_, *cancel_, *open_;
    QProgressBar* progress_;
    QTableWidget* table_;
    DotChart* chart_;
    QTreeWidget *again_, *tasks_;
};

} // namespace postlude
