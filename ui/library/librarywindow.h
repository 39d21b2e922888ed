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

Q_SIGNALS:
    void openRequested(const QString& file);

private:
    void start();
    void makeHead();
    void makeBody();
    void askFolder();
    void finish();
    void fill();
    void fillTable(const std::vector<CaseOverview>& cases);
    void fillDetails(const std::vector<CaseOverview>& cases);
    void openCurrent();
    void select(const QString& file);

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
