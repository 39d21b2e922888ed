// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for text in the lines: plain or a regular expression, in any case, as a whole word.
#pragma once

#include "core/query/query.h"

#include <QWidget>

class QLineEdit;
class QLabel;
class QPushButton;
class QToolButton;

#include <QRegularExpression>

namespace postlude {

/// What is looked for, as the filter language says it; empty for an empty text.
struct SearchFor {
    QString text;
    bool expression = false, sameCase = false, wholeWord = false;
    bool operator==(const SearchFor&) const = default;
    [[nodiscard]] QString test() const;
    /// The same for marking what was found in what is shown; invalid for an empty text. It gives
    /// up on what takes too long: a mark is not worth waiting for.
    [[nodiscard]] QRegularExpression pattern() const;
};

class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);
    void open();
    void tell(const QString& text);
    /// How far a search is that has not come to its end.
    void showProgress(const Found& found);
    [[nodiscard]] SearchFor wanted() const;

Q_SIGNALS:
    /// A test of the filter language.
    void findWanted(const QString& test);
    void stepWanted(int by);
    void stopWanted();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QToolButton* addButton(const QString& sign, const QString& name);
    QToolButton* addSwitch(const QString& sign, const QString& name, const QString& object);
    void judge();
    void search();

    QLineEdit* text_;
    QLabel* told_;
    QToolButton *case_, *word_, *expression_;
    QPushButton* stop_;
    SearchFor last_;
};

} // namespace postlude
