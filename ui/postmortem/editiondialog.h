// SPDX-License-Identifier: GPL-3.0-or-later
// What will be replaced in an edition for others, to be looked at before anything is written.
#pragma once

#include "core/postmortem/sensitive.h"

#include <QDialog>

namespace postlude {

class EditionDialog : public QDialog {
    Q_OBJECT
public:
    explicit EditionDialog(const std::vector<Replacement>& replaced, QWidget* parent = nullptr);
};

} // namespace postlude
