// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/summaryform.h"

#include "core/base/zone.h"
#include "ui/common/theme.h"
#include "ui/postmortem/fields.h"
#include "ui/postmortem/timetext.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>

namespace postlude {

namespace {

Zone zoneOfDocument(const Postmortem& d) {
    return Zone::named(d.summary.zone).value_or(Zone::utc());
}

QStringList statusNames() {
    QStringList names;
    for (int i = 0; i <= int(DocumentStatus::Closed); ++i)
        names << QString::fromStdString(std::string(nameOf(DocumentStatus(i))));
    return names;
}

TextBinding statusBinding() {
    return {"status",
            [](const Postmortem& d) {
                return QString::fromStdString(std::string(nameOf(d.status)));
            },
            [](Postmortem& d, const QString& text) {
                const auto at = statusNames().indexOf(text);
                if (at >= 0) d.status = DocumentStatus(at);
            }};
}

/// A zone that nobody knows is not taken; the field says so by falling back.
TextBinding zoneBinding() {
    return {"time zone", [](const Postmortem& d) { return QString::fromStdString(d.summary.zone); },
            [](Postmortem& d, const QString& text) {
                const std::string name = text.trimmed().toStdString();
                if (Zone::named(name)) d.summary.zone = name;
            },
            [](const Postmortem&, const QString& text) {
                return !Zone::named(text.trimmed().toStdString());
            }};
}

QLabel* labelFor(const QString& text, QWidget* field, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field);
    field->setAccessibleName(text);
    return label;
}

void addPair(QGridLayout* grid, int row, int column, const QString& text, QWidget* field) {
    grid->addWidget(labelFor(text, field, grid->parentWidget()), row, column);
    grid->addWidget(field, row, column + 1);
}

QStringList someZones() {
    QStringList zones{QStringLiteral("UTC")};
    const QString local = QString::fromStdString(Zone::local().name());
    if (!zones.contains(local)) zones << local;
    for (const char* name : {"America/Los_Angeles", "America/New_York", "Europe/London",
                             "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo"})
        zones << QLatin1String(name);
    return zones;
}

} // namespace

HeadForm::HeadForm(Document& document, QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(3, 2);
    const auto line = [&](const char* name, TextBinding binding) {
        QLineEdit* edit = makeLine(document, std::move(binding), this);
        edit->setObjectName(QLatin1String(name));
        return edit;
    };
    QLineEdit* title = line("documentTitle", bindText("title", [](Postmortem& d) -> std::string& { return d.title; }));
    title->setPlaceholderText(tr("What the incident is called"));
    grid->addWidget(labelFor(tr("Title"), title, this), 0, 0);
    grid->addWidget(title, 0, 1, 1, 3);
    addPair(grid, 1, 0, tr("Status"), makeChoice(document, statusBinding(), statusNames(), true, this));
    addPair(grid, 1, 2, tr("Severity"),
            makeChoice(document, bindText("severity", [](Postmortem& d) -> std::string& { return d.severity; }),
                       {QStringLiteral("SEV1"), QStringLiteral("SEV2"), QStringLiteral("SEV3"), QStringLiteral("SEV4")}, false, this));
    addPair(grid, 2, 0, tr("Owner"), line("documentOwner", bindText("owner", [](Postmortem& d) -> std::string& { return d.owner; })));
    addPair(grid, 2, 2, tr("Authors"), line("documentAuthors", bindNames("authors", [](Postmortem& d) -> std::vector<std::string>& { return d.authors; })));
    addPair(grid, 3, 0, tr("Services"), line("documentServices", bindNames("services", [](Postmortem& d) -> std::vector<std::string>& { return d.services; })));
    addPair(grid, 3, 2, tr("Reviewers"), line("documentReviewers", bindNames("reviewers", [](Postmortem& d) -> std::vector<std::string>& { return d.reviewers; })));
}

QLineEdit* SummaryForm::makeTime(const char* name, const std::string& what,
                                 std::optional<Instant> Summary::*part) {
    const auto read = [part](const Postmortem& d, const QString& text) {
        const auto near = d.summary.*part ? d.summary.*part : d.summary.start;
        return readTime(text, zoneOfDocument(d), near);
    };
    TextBinding binding{
        what,
        [part](const Postmortem& d) {
            const auto& at = d.summary.*part;
            return at ? writtenTime(*at, zoneOfDocument(d), true) : QString{};
        },
        [=](Postmortem& d, const QString& text) {
            if (text.trimmed().isEmpty())
                (d.summary.*part).reset();
            else if (const auto at = read(d, text))
                d.summary.*part = at;
        },
        {}};
    // As typed while it says the same; otherwise the reader's form would fight the typing.
    binding.says = [=](const Postmortem& d, const QString& text) {
        const auto at = read(d, text);
        return at && at == d.summary.*part;
    };
    QLineEdit* edit = makeLine(document_, std::move(binding), this);
    edit->setObjectName(QLatin1String(name));
    edit->setFont(Theme::current().mono());
    edit->setPlaceholderText(QStringLiteral("2024-01-15 09:59:16"));
    const auto mark = [this, edit, read] {
        const QString text = edit->text();
        const bool fine = text.trimmed().isEmpty() || read(document_.now(), text);
        const QString state = fine ? QString() : QStringLiteral("no");
        if (edit->property("valid").toString() == state) return;
        edit->setProperty("valid", state);
        edit->setToolTip(fine ? QString() : tr("Not a time: write 2024-01-15 09:59:16"));
        edit->style()->unpolish(edit);
        edit->style()->polish(edit);
    };
    connect(edit, &QLineEdit::textEdited, edit, mark);
    connect(&document_, &Document::changed, edit, mark, Qt::QueuedConnection);
    return edit;
}

void SummaryForm::addRow(QGridLayout* grid, const QString& label, QWidget* field, QWidget* check) {
    const int row = grid->rowCount();
    QLabel* name = labelFor(label, field, this);
    const bool tall = qobject_cast<QPlainTextEdit*>(field);
    grid->addWidget(name, row, 0, tall ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addWidget(field, row, 1, 1, check ? 1 : 2);
    if (check) grid->addWidget(check, row, 2);
}

SummaryForm::SummaryForm(Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 2);
    const auto useTime = [](std::optional<Instant> Summary::*part) {
        return [part](Postmortem& d, const std::string& logs) {
            if (const auto at = readTime(QString::fromStdString(logs), zoneOfDocument(d), {}))
                d.summary.*part = at;
        };
    };
    addRow(grid, tr("Start"), makeTime("summaryStart", "start", &Summary::start),
           new ClaimLine(document, "start", checkStart, useTime(&Summary::start), this));
    addRow(grid, tr("End"), makeTime("summaryEnd", "end", &Summary::end),
           new ClaimLine(document, "end", checkEnd, useTime(&Summary::end), this));
    QComboBox* zone = makeChoice(document, zoneBinding(), someZones(), false, this);
    zone->setObjectName(QStringLiteral("summaryZone"));
    addRow(grid, tr("Time zone"), zone);

    const auto line = [&](const char* name, std::string what, std::string& (*part)(Postmortem&)) {
        QLineEdit* edit = makeLine(document, bindText(std::move(what), part), this);
        edit->setObjectName(QLatin1String(name));
        return edit;
    };
    addRow(grid, tr("Users affected"),
           line("summaryAffected", "users affected", [](Postmortem& d) -> std::string& { return d.summary.affectedShare; }),
           new ClaimLine(document, "users affected", checkAffected,
                         [](Postmortem& d, const std::string& logs) { d.summary.affectedShare = logs; }, this));
    addRow(grid, tr("Requests failed"),
           line("summaryFailed", "requests failed", [](Postmortem& d) -> std::string& { return d.summary.failedShare; }),
           new ClaimLine(document, "requests failed", checkFailed,
                         [](Postmortem& d, const std::string& logs) { d.summary.failedShare = logs; }, this));

    const auto text = [&](const char* name, std::string what, std::string& (*part)(Postmortem&)) {
        GrowingText* edit = makeText(document, bindText(std::move(what), part), this);
        edit->setObjectName(QLatin1String(name));
        return edit;
    };
    addRow(grid, tr("Impact"), text("summaryImpact", "impact", [](Postmortem& d) -> std::string& { return d.summary.impact; }));
    addRow(grid, tr("Root cause"), text("summaryRootCause", "root cause", [](Postmortem& d) -> std::string& { return d.summary.rootCause; }));
    addRow(grid, tr("Trigger"), text("summaryTrigger", "trigger", [](Postmortem& d) -> std::string& { return d.summary.trigger; }));
    addRow(grid, tr("Resolution"), text("summaryResolution", "resolution", [](Postmortem& d) -> std::string& { return d.summary.resolution; }));
}

} // namespace postlude
