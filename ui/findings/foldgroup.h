// SPDX-License-Identifier: GPL-3.0-or-later
// A group with a head that folds it: "▾ Ruled out · 3".
#pragma once

#include "core/analysis/analysis.h"

#include <QWidget>

class QPushButton;

namespace postlude {

class FoldGroup : public QWidget {
    Q_OBJECT
public:
    explicit FoldGroup(const QString& title, QWidget* parent = nullptr);
    /// One more below the others; the head counts them.
    void add(QWidget* widget);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void toggled(bool open); ///< by the user

private:
    void showHead();

    QString title_;
    int count_ = 0;
    QPushButton* head_;
    QWidget* body_;
};

/// What a finding is about, in the order of telling.
enum class FindingGroup : std::uint8_t { Happened, Causes, Messages, RuledOut, Clocks };
inline constexpr int kFindingGroups = 5;
FindingGroup groupOf(const Finding& finding);
QString titleOf(FindingGroup group);
/// Whether one wants to read it before being asked.
bool opensByItself(FindingGroup group);

} // namespace postlude
