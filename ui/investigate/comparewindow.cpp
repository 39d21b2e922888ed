// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/comparewindow.h"

#include "ui/common/shown.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>

namespace postlude {

namespace {

QString timesText(double ratio) {
    return ratio < 10 ? QStringLiteral("%1 ×").arg(ratio, 0, 'f', 1)
                      : QStringLiteral("%1 ×").arg(std::llround(ratio));
}

InsightRow rowOf(const Difference& d) {
    QStringList fields, values;
    for (const auto& [field, value] : d.values) {
        fields << shown(field);
        values << shown(value, 300);
    }
    InsightRow row;
    row.cells = {
        {fields.join(QStringLiteral(" + "))},
        {values.join(QStringLiteral(" + "))},
        {percent(d.share()), d.share(), true},
        {percent(d.otherShare()), d.otherShare(), true, "muted"},
        {timesText(d.ratio), {}, true},
        {QStringLiteral("%1 – %2").arg(timesText(d.low), timesText(d.high)), {}, true, "muted"}};
    row.filter = QString::fromStdString(d.filter);
    row.tip = shown(d.statement) + QLatin1Char('\n') + row.filter;
    return row;
}

} // namespace

CompareWindow::CompareWindow(Session& session, QWidget* parent)
    : InsightWindow(session, QStringLiteral("compare"), tr("Compare requests"),
                    {tr("Field"), tr("Value"), tr("of these"), tr("of the others"),
                     tr("more common"), tr("95 %")},
                    parent)
    , with_(new QComboBox(this)) {
    setObjectName(QStringLiteral("compareWindow"));
    with_->setObjectName(QStringLiteral("compareWith"));
    with_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* label = new QLabel(tr("&and compare with"), this);
    label->setBuddy(with_);
    choices().addWidget(label);
    choices().addWidget(with_);
    choices().addStretch();
    table().horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    connect(with_, &QComboBox::activated, this, &CompareWindow::ask);
    periodsChanged();
}

void CompareWindow::periodsChanged() {
    if (!with_) return;
    others_ = periodsBeside(session(), chosenWindow());
    std::vector<Period> all{{tr("its bad requests with its good ones"), {}}};
    all.insert(all.end(), others_.begin(), others_.end());
    fillPeriods(*with_, all);
}

void CompareWindow::ask() {
    CompareRequest request;
    request.window = chosenWindow();
    request.clock = session().selection().clock();
    const int with = with_->currentIndex();
    if (with > 0) request.other = others_[static_cast<std::size_t>(with) - 1].window;
    begin(tr("Comparing …"));
    session().run(
        slot(), this,
        [query = session().sharedQuery(), request](std::stop_token stop) {
            return compare(*query, request, stop, {});
        },
        [this, good = !request.other](const Result<Comparison>& result) { take(result, good); });
}

void CompareWindow::take(const Result<Comparison>& result, bool good) {
    if (!result) return fail(result.error());
    std::vector<InsightRow> rows;
    for (const Difference& d : result->differences)
        rows.push_back(rowOf(d));
    const bool nothing = rows.empty();
    table().show(std::move(rows));
    QStringList said{(good ? tr("Bad requests: %1; good ones they are compared with: %2.")
                           : tr("Requests: %1; others they are compared with: %2."))
                         .arg(wholeCount(result->looked), wholeCount(result->others))};
    if (nothing) said << tr("No value is three times as frequent on one side.");
    for (const std::string& note : result->notes)
        said << shown(note);
    if (!nothing) said << tr("A double click or Enter shows the lines of a row.");
    tell(said.join(QLatin1Char(' ')));
}

} // namespace postlude
