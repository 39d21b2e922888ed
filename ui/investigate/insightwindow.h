// SPDX-License-Identifier: GPL-3.0-or-later
// A window of its own that asks the case something about a stretch of time and shows the answer as
// rows, each a filter one click away. Made concrete by CompareWindow and MessagesWindow.
#pragma once

#include "ui/investigate/insighttable.h"
#include "ui/investigate/periods.h"

#include <QDialog>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace postlude {

/// The session must outlive it.
class InsightWindow : public QDialog {
    Q_OBJECT
public:
    ~InsightWindow() override;
    /// Takes the window in view as the stretch to look at and asks.
    void lookAtView();

Q_SIGNALS:
    void filterWanted(const QString& filter);

protected:
    InsightWindow(Session& session, const QString& slot, const QString& title,
                  const QStringList& columns, QWidget* parent);
    virtual void ask() = 0;
    /// What was chosen to look at.
    [[nodiscard]] Window chosenWindow() const;
    [[nodiscard]] QString slot() const { return slot_; }
    [[nodiscard]] Session& session() const { return session_; }
    [[nodiscard]] QHBoxLayout& choices() const { return *choices_; }
    [[nodiscard]] InsightTable& table() const { return *table_; }
    void begin(const QString& text); ///< shows that it is being asked
    void tell(const QString& text, const char* role = "muted");
    void fail(const Error& error);
    virtual void periodsChanged() {}

private:
    void build(const QString& title, const QStringList& columns);
    void showPeriods();
    void useFilter(const QString& filter, bool only);

    Session& session_;
    QString slot_;
    std::vector<Period> periods_;
    QHBoxLayout* choices_ = nullptr;
    QComboBox* period_ = nullptr;
    InsightTable* table_ = nullptr;
    QLabel* told_ = nullptr;
    QPushButton* stop_ = nullptr;
};

} // namespace postlude
