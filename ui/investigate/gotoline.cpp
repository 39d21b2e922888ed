// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/gotoline.h"

#include "ui/common/shown.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QSpinBox>

namespace postlude {

GoToLineDialog::GoToLineDialog(const std::vector<SourceInfo>& sources, const QString& current,
                               QWidget* parent)
    : QDialog(parent)
    , source_(new QComboBox(this))
    , line_(new QSpinBox(this)) {
    setWindowTitle(tr("Go to line"));
    for (const SourceInfo& info : sources) {
        if (info.records == 0) continue;
        source_->addItem(shown(info.path), QString::fromStdString(info.path));
        if (QString::fromStdString(info.path) == current)
            source_->setCurrentIndex(source_->count() - 1);
    }
    line_->setRange(1, std::numeric_limits<int>::max());
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Source"), source_);
    form->addRow(tr("&Line"), line_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    form->addRow(buttons);
    line_->setFocus();
    line_->selectAll();
}

QString GoToLineDialog::source() const {
    return source_->currentData().toString();
}

std::uint64_t GoToLineDialog::line() const {
    return static_cast<std::uint64_t>(line_->value());
}

} // namespace postlude
