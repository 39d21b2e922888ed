// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/summaryform.h"

#include "core/base/text.h"
#include "core/base/zone.h"
#include "core/postmortem/redraft.h"
#include "core/postmortem/wording.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/postmortem/fields.h"
#include "ui/postmortem/forms.h"
#include "ui/postmortem/timetext.h"
#include "ui/postmortem/zonebeside.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>

namespace postlude {

namespace {

QStringList statusNames() {
    QStringList names;
    for (int i = 0; i <= int(DocumentStatus::Closed); ++i)
        names << statusTitle(DocumentStatus(i));
    return names;
}

TextBinding statusBinding() {
    return {"status", [](const Postmortem& d) { return statusTitle(d.status); },
            [](Postmortem& d, const QString& text) {
                const auto at = statusNames().indexOf(text);
                if (at >= 0) d.status = DocumentStatus(at);
            }};
}

/// A status is given once nothing stands in its way; otherwise the choice goes back.
void guardStatus(Document& document, QComboBox* combo) {
    QObject::disconnect(combo, &QComboBox::textActivated, &document, nullptr);
    QObject::connect(
        combo, &QComboBox::textActivated, &document, [&document, combo](const QString& text) {
            const auto wanted = DocumentStatus(statusNames().indexOf(text));
            const Postmortem& now = document.now();
            const auto ways = wanted > now.status ? inTheWayOf(wanted, now, document.differing())
                                                  : std::vector<std::string>{};
            if (ways.empty())
                return document.edit("status", [&](Postmortem& d) { d.status = wanted; });
            QStringList list;
            for (const std::string& way : ways)
                list << QString::fromStdString(way);
            combo->setCurrentText(statusNames().at(int(now.status)));
            document.refuse(
                SummaryForm::tr("Not yet “%1”: %2").arg(text, list.join(QStringLiteral("; "))));
        });
}

/// The question of a template that stands for an empty part comes with it.
TextBinding formBinding() {
    return {"template", [](const Postmortem& d) { return QString::fromStdString(formOf(d).title); },
            [](Postmortem& d, const QString& text) {
                for (const std::string& name : formNames(formsFolder())) {
                    const auto form = formNamed(name, formsFolder());
                    if (!form || QString::fromStdString(form->title) != text) continue;
                    d.form = form->name == usualForm().name ? "" : form->name;
                    askFor(*form, d);
                    return;
                }
            }};
}

QStringList formTitles() {
    QStringList titles;
    for (const std::string& name : formNames(formsFolder()))
        if (const auto form = formNamed(name, formsFolder()))
            titles << QString::fromStdString(form->title);
    return titles;
}

/// While it is typed it is none that anybody knows.
TextBinding zoneBinding() {
    return {"time zone", [](const Postmortem& d) { return QString::fromStdString(d.summary.zone); },
            [](Postmortem& d, const QString& text) {
                const std::string name = text.trimmed().toStdString();
                if (Zone::named(name)) d.summary.zone = name;
            },
            [](const Postmortem&, const QString& text) {
                // An empty field was not typed in, or not yet.
                const std::string name = text.trimmed().toStdString();
                return !name.empty() && !Zone::named(name);
            }};
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

HeadForm::HeadForm(Document& document, QWidget* parent)
    : FieldGrid(parent) {
    const auto line = [&](const char* name, TextBinding binding) {
        QLineEdit* edit = makeLine(document, std::move(binding), this);
        edit->setObjectName(QLatin1String(name));
        return edit;
    };
    QLineEdit* title = line(
        "documentTitle", bindText("title", [](Postmortem& d) -> std::string& { return d.title; }));
    title->setPlaceholderText(tr("What the incident is called"));
    addField(tr("Title"), title);
    QComboBox* status = makeChoice(document, statusBinding(), statusNames(), true, this);
    status->setObjectName(QStringLiteral("documentStatus"));
    guardStatus(document, status);
    const auto half = [this](const QString& label, QWidget* field) {
        addField(label, field, nullptr, Room::Half);
    };
    half(tr("Status"), status);
    half(tr("Severity"),
         makeChoice(document,
                    bindText("severity", [](Postmortem& d) -> std::string& { return d.severity; }),
                    {QStringLiteral("SEV1"), QStringLiteral("SEV2"), QStringLiteral("SEV3"),
                     QStringLiteral("SEV4")},
                    false, this));
    half(tr("Owner"), line("documentOwner", bindText("owner", [](Postmortem& d) -> std::string& {
                               return d.owner;
                           })));
    half(tr("Authors"), line("documentAuthors",
                             bindNames("authors", [](Postmortem& d) -> std::vector<std::string>& {
                                 return d.authors;
                             })));
    half(tr("Services"), line("documentServices",
                              bindNames("services", [](Postmortem& d) -> std::vector<std::string>& {
                                  return d.services;
                              })));
    half(tr("Reviewers"),
         line("documentReviewers",
              bindNames("reviewers",
                        [](Postmortem& d) -> std::vector<std::string>& { return d.reviewers; })));
    QComboBox* form = makeChoice(document, formBinding(), formTitles(), true, this);
    form->setObjectName(QStringLiteral("documentTemplate"));
    form->setToolTip(tr("Order and headings of the parts on paper; the text stays as it is"));
    half(tr("Template"), form);
}

QLineEdit* SummaryForm::makeTime(const char* name, const std::string& what,
                                 std::optional<Instant> Summary::* part,
                                 std::string Summary::* written) {
    const auto read = [part](const Postmortem& d, const QString& text) {
        auto near = d.summary.*part ? d.summary.*part : d.summary.start;
        if (!near) near = d.summary.end;
        if (!near && !d.timeline.empty()) near = d.timeline.front().time;
        return readTime(text, zoneOf(d), near);
    };
    TextBinding binding{what,
                        [part, written](const Postmortem& d) {
                            const auto& at = d.summary.*part;
                            return at ? writtenTime(*at, zoneOf(d), true)
                                      : QString::fromStdString(validUtf8(d.summary.*written));
                        },
                        [=](Postmortem& d, const QString& text) {
                            // What is no time is kept as it was written.
                            const auto at = read(d, text);
                            d.summary.*part = at;
                            d.summary.*written = at ? "" : text.trimmed().toStdString();
                        },
                        {}};
    // As typed while it says the same; otherwise the reader's form would fight the typing.
    binding.says = [=](const Postmortem& d, const QString& text) {
        const auto at = read(d, text);
        if (at || d.summary.*part) return at == d.summary.*part;
        return text.trimmed().toStdString() == d.summary.*written;
    };
    QLineEdit* edit = makeLine(document_, std::move(binding), this);
    edit->setObjectName(QLatin1String(name));
    edit->setFont(Theme::current().mono());
    const auto offer = [this, edit] { edit->setPlaceholderText(example()); };
    connect(&document_, &Document::analysisChanged, edit, offer);
    connect(&document_, &Document::changed, edit, offer);
    offer();
    const auto mark = [this, edit, read] {
        const QString text = edit->text();
        const bool fine = text.trimmed().isEmpty() || read(document_.now(), text);
        const QString state = fine ? QString() : QStringLiteral("no");
        if (edit->property("valid").toString() == state) return;
        edit->setProperty("valid", state);
        edit->style()->unpolish(edit);
        edit->style()->polish(edit);
    };
    connect(edit, &QLineEdit::textEdited, edit, mark);
    connect(&document_, &Document::changed, edit, mark, Qt::QueuedConnection);
    return edit;
}

void SummaryForm::addText(const QString& label, const char* name,
                          std::string& (*part)(Postmortem&)) {
    GrowingText* edit = makeText(document_, bindText(name, part), this);
    edit->setObjectName(QLatin1String(name));
    addField(label, edit);
}

QString SummaryForm::example() const {
    const Analysis* analysis = document_.analysis();
    if (!analysis || analysis->span.empty()) return {};
    const Incident* incident = mainIncident(*analysis);
    const Instant at = incident ? incident->impactStart : analysis->span.from;
    return writtenTime(std::chrono::floor<std::chrono::seconds>(at), zoneOf(document_.now()), true);
}

QString SummaryForm::notRead(const std::string& written) const {
    if (trimmed(written).empty()) return {};
    const QString like = example();
    return like.isEmpty()
               ? tr("No date and time can be read from this")
               : tr("No date and time can be read from this: write it like %1").arg(like);
}

void SummaryForm::addTimes() {
    const auto use = [](std::optional<Instant> Summary::* part, std::string Summary::* written) {
        return [part, written](Postmortem& d, const std::string& logs) {
            const auto at = readTime(QString::fromStdString(logs), zoneOf(d), {});
            if (!at) return;
            d.summary.*part = at;
            (d.summary.*written).clear();
        };
    };
    auto* start = new ClaimLine(document_, "start", "summary.start", checkStart,
                                use(&Summary::start, &Summary::startText), this);
    start->setFault([this](const Postmortem& d) {
        return d.summary.start ? QString() : notRead(d.summary.startText);
    });
    auto* end = new ClaimLine(document_, "end", "summary.end", checkEnd,
                              use(&Summary::end, &Summary::endText), this);
    end->setFault([this](const Postmortem& d) {
        const Summary& s = d.summary;
        if (!s.end) return notRead(s.endText);
        return s.start && *s.end <= *s.start ? tr("The end is not after the start") : QString();
    });
    addField(tr("Start"), makeTime("summaryStart", "start", &Summary::start, &Summary::startText),
             start);
    addField(tr("End"), makeTime("summaryEnd", "end", &Summary::end, &Summary::endText), end);
    QComboBox* zone = makeChoice(document_, zoneBinding(), someZones(), false, this);
    zone->setObjectName(QStringLiteral("summaryZone"));
    // A zone that nobody knows is not taken: the field says so by falling back.
    connect(zone->lineEdit(), &QLineEdit::editingFinished, this, [this, zone] {
        if (Zone::named(zone->currentText().trimmed().toStdString())) return;
        document_.refuse(tr("There is no time zone “%1”").arg(zone->currentText().trimmed()));
        zone->setEditText(QString::fromStdString(document_.now().summary.zone));
    });
    addField(tr("Time zone"), zone, new ZoneBeside(document_, this));
}

void SummaryForm::addAsWritten() {
    using Wanted = bool (*)(const Summary&);
    const auto add = [this](const QString& label, const char* name, const char* what,
                            std::string& (*part)(Postmortem&), Wanted wanted) {
        QLineEdit* edit = makeLine(document_, bindText(what, part), this);
        edit->setObjectName(QLatin1String(name));
        addField(label, edit);
        const auto settle = [this, edit, wanted] {
            // Who has emptied it may still go on writing.
            showField(edit, edit->hasFocus() || wanted(document_.now().summary));
        };
        connect(&document_, &Document::changed, edit, settle);
        settle();
    };
    add(
        tr("Start as written"), "startWritten", "start as written",
        [](Postmortem& d) -> std::string& { return d.summary.startText; },
        [](const Summary& s) { return s.start && !s.startText.empty(); });
    add(
        tr("End as written"), "endWritten", "end as written",
        [](Postmortem& d) -> std::string& { return d.summary.endText; },
        [](const Summary& s) { return s.end && !s.endText.empty(); });
    add(
        tr("Duration as written"), "durationWritten", "duration as written",
        [](Postmortem& d) -> std::string& { return d.summary.durationText; },
        [](const Summary& s) { return !s.durationText.empty(); });
}

void SummaryForm::addShares() {
    const auto add = [this](const QString& label, const char* name, const char* place,
                            ClaimLine::Check check, std::string& (*part)(Postmortem&)) {
        QLineEdit* edit = makeLine(document_, bindText(name, part), this);
        edit->setObjectName(QLatin1String(name));
        const auto use = [part](Postmortem& d, const std::string& logs) { part(d) = logs; };
        addField(label, edit, new ClaimLine(document_, name, place, check, use, this));
    };
    add(tr("Users affected"), "summaryAffected", "summary.affected_share", checkAffected,
        [](Postmortem& d) -> std::string& { return d.summary.affectedShare; });
    add(tr("Requests failed"), "summaryFailed", "summary.failed_share", checkFailed,
        [](Postmortem& d) -> std::string& { return d.summary.failedShare; });
    add(tr("Answered late"), "summarySlow", "summary.slow_share", checkSlow,
        [](Postmortem& d) -> std::string& { return d.summary.slowShare; });
}

SummaryForm::SummaryForm(Document& document, Part part, QWidget* parent)
    : FieldGrid(parent)
    , document_(document) {
    if (part == Part::Impact) {
        addShares();
        addText(tr("What users saw"), "summaryImpact",
                [](Postmortem& d) -> std::string& { return d.summary.impact; });
        return;
    }
    addTimes();
    addAsWritten();
    addText(tr("Root cause"), "summaryRootCause",
            [](Postmortem& d) -> std::string& { return d.summary.rootCause; });
    addText(tr("Trigger"), "summaryTrigger",
            [](Postmortem& d) -> std::string& { return d.summary.trigger; });
    addText(tr("Resolution"), "summaryResolution",
            [](Postmortem& d) -> std::string& { return d.summary.resolution; });
    GrowingText* notes = makeText(
        document_,
        bindLines("notes",
                  [](Postmortem& d) -> std::vector<std::string>& { return d.summary.other; }),
        this);
    notes->setObjectName(QStringLiteral("summaryNotes"));
    notes->setPlaceholderText(tr("How it was counted, and what else there is to say; one a line"));
    addField(tr("Notes"), notes);
}

} // namespace postlude
