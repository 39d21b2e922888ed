// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/anotherchart.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <set>

namespace postlude {

namespace {

enum Role : int { KindRole = Qt::UserRole, NameRole };

} // namespace

AnotherChartDialog::AnotherChartDialog(Measured& measured, FieldValues& fields, QWidget* parent)
    : QDialog(parent)
    , measured_(measured)
    , fields_(fields)
    , find_(new QLineEdit(this))
    , list_(new QListWidget(this))
    , group_(new QComboBox(this))
    , state_(new QLabel(this)) {
    setObjectName(QStringLiteral("anotherChart"));
    setWindowTitle(tr("Another chart"));
    find_->setObjectName(QStringLiteral("anotherFind"));
    find_->setPlaceholderText(tr("Find a field or series"));
    find_->setAccessibleName(find_->placeholderText());
    find_->setClearButtonEnabled(true);
    list_->setObjectName(QStringLiteral("anotherList"));
    list_->setAccessibleName(tr("Fields and measured series"));
    group_->setObjectName(QStringLiteral("anotherGroup"));
    for (int i = 0; i < kFieldGroups; ++i)
        group_->addItem(i == 0 ? tr("nothing") : titleOf(static_cast<FieldGroup>(i)), i);
    setRole(state_, "muted");
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    add_ = buttons->addButton(tr("Add the chart"), QDialogButtonBox::AcceptRole);
    add_->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(find_);
    column->addWidget(list_, 1);
    auto* form = new QFormLayout;
    form->addRow(tr("&Group by"), group_);
    column->addLayout(form);
    column->addWidget(state_);
    column->addWidget(buttons);
    const int em = fontMetrics().height();
    resizeWithin(*this, {30 * em, 26 * em});
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(list_, &QListWidget::itemActivated, this, &QDialog::accept);
    connect(list_, &QListWidget::currentRowChanged, this, &AnotherChartDialog::settle);
    connect(group_, &QComboBox::currentIndexChanged, this, &AnotherChartDialog::settle);
    connect(find_, &QLineEdit::textChanged, this, &AnotherChartDialog::fill);
    connect(&fields_, &FieldValues::changed, this, &AnotherChartDialog::fill);
    connect(&measured_, &Measured::changed, this, &AnotherChartDialog::fill);
    fill();
    find_->setFocus();
}

void AnotherChartDialog::fill() {
    const QString wanted = find_->text();
    const QListWidgetItem* before = list_->currentItem();
    const QString kept = before ? before->text() : QString();
    list_->clear();
    const auto add = [&](const QString& text, Plot::Kind kind, const QString& name) {
        if (!text.contains(wanted, Qt::CaseInsensitive)) return;
        auto* item = new QListWidgetItem(text, list_);
        item->setData(KindRole, static_cast<int>(kind));
        item->setData(NameRole, name);
        if (text == kept) list_->setCurrentItem(item);
    };
    add(tr("Requests per second"), Plot::Field, {});
    for (const QString& field : fields_.fields())
        if (fields_.isNumeric(field) && field != QLatin1String("line"))
            add(field, Plot::Field, field);
    const auto measured = measured_.all();
    std::set<std::string> names;
    for (const Metric& metric : measured ? *measured : std::vector<Metric>{})
        if (names.insert(metric.name).second)
            add(tr("measured: %1").arg(shown(metric.name)), Plot::Metric,
                QString::fromStdString(metric.name));
    if (!list_->currentItem()) list_->setCurrentRow(0);
    state_->setText(measured ? QString() : tr("Looking for measured values …"));
    state_->setVisible(!measured);
    settle();
}

/// Up and Down go through the list while one types what it is narrowed to.
void AnotherChartDialog::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by == 0 || list_->count() == 0) return QDialog::keyPressEvent(event);
    list_->setCurrentRow(std::clamp(list_->currentRow() + by, 0, list_->count() - 1));
}

void AnotherChartDialog::settle() {
    const QListWidgetItem* item = list_->currentItem();
    group_->setEnabled(item && item->data(KindRole).toInt() == Plot::Field);
    add_->setEnabled(chosen().has_value());
}

std::optional<Plot> AnotherChartDialog::chosen() const {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return {};
    const QString name = item->data(NameRole).toString();
    if (item->data(KindRole).toInt() == Plot::Metric) return Plot::metric(name);
    const auto group = static_cast<FieldGroup>(group_->currentData().toInt());
    // All requests, and those by server, have a chart already.
    if (name.isEmpty() && group == FieldGroup::None) return Plot(Plot::Requests);
    return Plot::field(name, group);
}

} // namespace postlude
