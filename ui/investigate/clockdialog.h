// SPDX-License-Identifier: GPL-3.0-or-later
// How far a host's clock is off: as measured, or as somebody says who knows better.
#pragma once

#include "core/case/statedclocks.h"

#include <QDialog>

class QDoubleSpinBox;
class QRadioButton;

namespace postlude {

class ClockDialog : public QDialog {
    Q_OBJECT
public:
    /// `byHand`: it is so already.
    ClockDialog(const QString& host, const StatedClock& clock, bool byHand,
                QWidget* parent = nullptr);
    /// Nothing: as measured.
    [[nodiscard]] std::optional<Duration> stated() const;

private:
    QRadioButton* measured_;
    QRadioButton* byHand_;
    QDoubleSpinBox* ahead_;
};

} // namespace postlude
