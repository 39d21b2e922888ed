// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/messageswindow.h"

#include "ui/common/shown.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>

namespace postlude {

namespace {

constexpr std::size_t kMostRows = 2000;

QString wordOf(MessageRow::Kind kind) {
    switch (kind) {
    case MessageRow::Kind::Fatal:
        return MessagesWindow::tr("fatal");
    case MessageRow::Kind::New:
        return MessagesWindow::tr("new");
    case MessageRow::Kind::Surged:
        return MessagesWindow::tr("surged");
    case MessageRow::Kind::Gone:
        return MessagesWindow::tr("not here");
    default:
        return {};
    }
}

const char* toneOf(const MessageRow& row) {
    if (row.kind == MessageRow::Kind::Gone) return "muted";
    if (row.level >= Level::Error) return "bad";
    return row.level == Level::Warning ? "warning" : "";
}

QString rateText(double perMinute) {
    if (perMinute == 0) return QStringLiteral("–");
    return (perMinute < 10 ? QString::number(perMinute, 'g', 2)
                           : wholeCount(static_cast<std::uint64_t>(std::llround(perMinute)))) +
           QStringLiteral("/min");
}

InsightRow rowOf(const MessageRow& m, double most, const Zone& zone, const QString& where) {
    const std::string text = m.text.empty() ? MessagesWindow::tr("(others)").toStdString() : m.text;
    InsightRow row;
    row.cells = {{wordOf(m.kind), {}, false, m.kind == MessageRow::Kind::Gone ? "muted" : "bad"},
                 {QString::fromUtf8(nameOf(m.level).data()).toUpper(), {}, false, toneOf(m)},
                 {wholeCount(m.within), most > 0 ? static_cast<double>(m.within) / most : 0, true},
                 {rateText(m.perMinute), {}, true},
                 {rateText(m.perMinuteOutside), {}, true, "muted"},
                 {timeOfDay(zone, m.first, 0), {}, false, "muted"},
                 {where, {}, false, "muted"},
                 {shown(text, 400), {}, false, toneOf(m)}};
    row.filter = filterOf(m.text);
    row.tip =
        shown(text) + QLatin1Char('\n') +
        MessagesWindow::tr("%1 lines in the window, %2 outside of it", nullptr, counted(m.within))
            .arg(wholeCount(m.within), wholeCount(m.outside)) +
        QLatin1Char('\n') +
        MessagesWindow::tr("first seen at %1 in %2")
            .arg(QString::fromStdString(zone.format(m.first)), where);
    return row;
}

} // namespace

MessagesWindow::MessagesWindow(Session& session, QWidget* parent)
    : InsightWindow(session, QStringLiteral("messages"), tr("Messages"),
                    {QString(), tr("Level"), tr("Lines"), tr("Rate"), tr("else"), tr("First"),
                     tr("Where"), tr("Message")},
                    parent)
    , find_(new QLineEdit(this)) {
    setObjectName(QStringLiteral("messagesWindow"));
    find_->setPlaceholderText(tr("Find a message"));
    find_->setAccessibleName(find_->placeholderText());
    find_->setClearButtonEnabled(true);
    choices().addWidget(find_, 1);
    table().horizontalHeader()->setSectionResizeMode(7, QHeaderView::Stretch);
    connect(find_, &QLineEdit::textChanged, this, &MessagesWindow::narrow);
    connect(&table(), &InsightTable::chosen, this, [this](int row) {
        const QString text = find_->text();
        int at = -1;
        for (const MessageRow& m : all_) {
            if (!shown(m.text).contains(text, Qt::CaseInsensitive)) continue;
            if (++at == row) return this->session().selection().select(m.record, m.first);
        }
    });
}

void MessagesWindow::ask() {
    begin(tr("Grouping messages …"));
    Selection& selection = session().selection();
    session().run(
        slot(), this,
        [query = session().sharedQuery(), window = chosenWindow(), clock = selection.clock()](
            std::stop_token stop) { return countMessages(*query, window, clock, stop); },
        [this](Result<std::vector<MessageRow>> result) { take(std::move(result)); });
}

void MessagesWindow::take(Result<std::vector<MessageRow>> result) {
    if (!result) return fail(result.error());
    all_ = std::move(*result);
    narrow();
}

void MessagesWindow::narrow() {
    double most = 1;
    for (const MessageRow& m : all_)
        most = std::max(most, static_cast<double>(m.within));
    std::vector<InsightRow> rows;
    std::uint64_t fatal = 0, fresh = 0, surged = 0;
    QHash<quint32, QString> paths;
    for (const SourceInfo& source : session().query().sources())
        paths.insert(static_cast<quint32>(source.id), shown(source.path, 60));
    for (const MessageRow& m : all_) {
        fatal += m.kind == MessageRow::Kind::Fatal;
        fresh += m.kind == MessageRow::Kind::New;
        surged += m.kind == MessageRow::Kind::Surged;
        if (rows.size() < kMostRows && shown(m.text).contains(find_->text(), Qt::CaseInsensitive))
            rows.push_back(rowOf(m, most, session().selection().zone(),
                                 paths.value(static_cast<quint32>(m.source))));
    }
    table().show(std::move(rows));
    tell(tr("%1 kinds of messages: %4 fatal, %2 new, %3 more often than else. A click goes to the "
            "first line, a double click or Enter shows all of them.",
            nullptr, counted(all_.size()))
             .arg(wholeCount(all_.size()), wholeCount(fresh), wholeCount(surged),
                  wholeCount(fatal)));
}

} // namespace postlude
