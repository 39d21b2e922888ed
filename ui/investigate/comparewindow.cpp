// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/comparewindow.h"

#include "ui/common/shown.h"
#include "ui/investigate/serverindex.h"

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

/// Of what none of the others have nobody knows how much more; the least is told then.
double strengthOf(const Difference& d) {
    return d.otherWith == 0 ? d.low : d.ratio;
}

QString strengthText(const Difference& d) {
    return (d.otherWith == 0 ? QStringLiteral("≥ ") : QString()) + timesText(strengthOf(d));
}

/// A server by the name that it has everywhere.
QString nameOf(const std::string& field, const std::string& value, const ServerIndex& servers) {
    if (field != "server") return shown(value, 300);
    const auto known = std::ranges::find(servers.servers(), value, &ServerKey::server);
    return known == servers.servers().end() ? shown(value, 300) : servers.nameOf(*known);
}

QStringList namesOf(const Difference& d, const ServerIndex& servers) {
    QStringList values;
    for (const auto& [field, value] : d.values)
        values << nameOf(field, value, servers);
    return values;
}

QStringList titlesOf(bool good) {
    return {CompareWindow::tr("Field"),
            CompareWindow::tr("Value"),
            good ? CompareWindow::tr("of the bad") : CompareWindow::tr("of these"),
            good ? CompareWindow::tr("of the good") : CompareWindow::tr("of the others"),
            good ? CompareWindow::tr("times as likely to be bad")
                 : CompareWindow::tr("times as frequent"),
            CompareWindow::tr("95 % interval")};
}

InsightRow rowOf(const Difference& d, const ServerIndex& servers) {
    QStringList fields;
    for (const auto& value : d.values)
        fields << shown(value.first);
    const QStringList values = namesOf(d, servers);
    InsightRow row;
    row.cells = {
        {fields.join(QStringLiteral(" + "))},
        {values.join(QStringLiteral(" + "))},
        {percent(d.share()), d.share(), true},
        {percent(d.otherShare()), d.otherShare(), true, "muted"},
        {strengthText(d), {}, true},
        {QStringLiteral("%1 – %2").arg(timesText(d.low), timesText(d.high)), {}, true, "muted"}};
    row.filter = QString::fromStdString(d.filter);
    row.tip = shown(d.statement) + QLatin1Char('\n') + row.filter;
    return row;
}

QString nothingFound(bool good) {
    return good ? CompareWindow::tr("No value makes a request three times as likely to be bad, "
                                    "beyond chance and without its busiest clients.")
                : CompareWindow::tr("No value is three times as frequent, beyond chance and "
                                    "without its busiest clients.");
}

/// What the analysis notes, with a server by the name that it has everywhere.
QString noteText(const std::string& note, const ServerIndex& servers) {
    QString text = shown(note);
    for (const ServerKey& key : servers.servers())
        text.replace(QStringLiteral("server %1:").arg(shown(key.server)),
                     QStringLiteral("server %1:").arg(servers.nameOf(key)));
    return text;
}

} // namespace

CompareWindow::CompareWindow(Session& session, QWidget* parent)
    : InsightWindow(session, QStringLiteral("compare"), tr("Compare requests"), titlesOf(true),
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
    const Query& query = session().query();
    const ServerIndex servers(query.servers(), query.sources(), session().analysis().get());
    std::vector<Difference> found = result->differences;
    std::ranges::stable_sort(found, std::greater{}, strengthOf);
    std::vector<InsightRow> rows;
    for (const Difference& d : found)
        rows.push_back(rowOf(d, servers));
    const bool nothing = rows.empty();
    table().rows().setTitles(titlesOf(good));
    table().show(std::move(rows));
    QStringList said{(good ? tr("Bad requests: %1; good ones they are compared with: %2.")
                           : tr("Requests: %1; others they are compared with: %2."))
                         .arg(wholeCount(result->looked), wholeCount(result->others))};
    if (nothing) said << nothingFound(good);
    for (const std::string& note : result->notes)
        said << noteText(note, servers);
    if (!nothing) said << tr("A double click or Enter shows the lines of a row.");
    tell(said.join(QLatin1Char(' ')));
}

} // namespace postlude
