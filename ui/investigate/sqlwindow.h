// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to the case in SQL, and what they give.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/sqlmodel.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QTabWidget;
class QTreeWidget;

namespace postlude {

class SqlChart;
struct SqlDrawing;

/// A window of its own, so that lines and charts stay in sight. The session must outlive it.
class SqlWindow : public QDialog {
    Q_OBJECT
public:
    SqlWindow(Session& session, QWidget* parent);
    ~SqlWindow() override;
    [[nodiscard]] QString question() const;

private:
    QWidget* buildSchema();
    QWidget* buildQuestion();
    QWidget* buildAnswer();
    void loadSchema();
    void ask();
    void stop();
    void take(Result<SqlAnswer> answer, SqlDrawing drawing);
    void tell(const QString& text, const char* role);
    void setAsking(bool asking);
    void visit(int row);
    void saveCsv();
    void copy();
    void copyChart();
    void showHistory();

    Session& session_;
    SqlModel* model_ = nullptr;
    QTreeWidget* schema_ = nullptr;
    QPlainTextEdit* edit_ = nullptr;
    QTableView* table_ = nullptr;
    SqlChart* chart_ = nullptr;
    QTabWidget* views_ = nullptr; ///< the answer as a table and as a chart
    QLabel* told_ = nullptr;
    QPushButton* ask_ = nullptr;
    QPushButton* stop_ = nullptr;
    QPushButton* history_ = nullptr;
    QPushButton* save_ = nullptr;
};

} // namespace postlude
