// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/formpane.h"

#include "core/postmortem/places.h"
#include "ui/common/theme.h"
#include "ui/postmortem/fields.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdio>

namespace postlude {

namespace {

QLabel* plainLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

FormPane::FormPane(Document& document, TimelineModel& timeline, EntryModel& tasks, QWidget* parent)
    : QScrollArea(parent)
    , document_(document)
    , body_(new QWidget)
    , column_(new QVBoxLayout(body_)) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(body_, "surface");
    setWidget(body_);
    const int em = fontMetrics().height();
    column_->setContentsMargins(em * 3 / 2, em, em * 3 / 2, em * 2);
    column_->setSpacing(em / 2);

    addSection(tr("Issue summary"), "Summary");
    column_->addWidget(new HeadForm(document, body_));
    column_->addSpacing(em / 2);
    column_->addWidget(new SummaryForm(document, SummaryForm::Part::Summary, body_));
    addText(tr("Introduction"), "introduction",
            [](Postmortem& d) -> std::vector<std::string>& { return d.introduction; });

    addSection(tr("Impact"), "Impact");
    column_->addWidget(new SummaryForm(document, SummaryForm::Part::Impact, body_));

    addSection(tr("Timeline"), "Timeline");
    timeline_ = new TimelineView(timeline, body_);
    auto* table = new TableSection(
        document, timeline, timeline_, tr("+ Add entry"),
        tr("Nothing yet. Add what happened, and when; or drag evidence here."), body_);
    connect(table->addButton(tr("Sort by time"), tr("Puts the entries in the order of their times"),
                             "sortEntries"),
            &QPushButton::clicked, &timeline, &TimelineModel::sortByTime);
    column_->addWidget(table);

    addSection(tr("Root cause and resolution"), "Root cause and resolution");
    addText(tr("Root cause"), "rootCauseText",
            [](Postmortem& d) -> std::vector<std::string>& { return d.rootCause; });
    addText(tr("Resolution"), "resolutionText",
            [](Postmortem& d) -> std::vector<std::string>& { return d.resolution; });

    addSection(tr("Corrective and preventative measures"), "Corrective and preventative measures");
    addText(tr("Improvements"), "improvements",
            [](Postmortem& d) -> std::vector<std::string>& { return d.improvements; });
    column_->addWidget(plainLabel(tr("Tasks"), body_));
    auto* taskView = new EntryView(tasks, 0, body_);
    taskView->setObjectName(QStringLiteral("taskTable"));
    taskView->setAccessibleName(tr("Tasks"));
    column_->addWidget(
        new TableSection(document, tasks, taskView, tr("+ Add task"),
                         tr("Nothing yet. Add at least one task that prevents a repeat."), body_));

    addText(tr("Declined, and why"), "declined",
            [](Postmortem& d) -> std::vector<std::string>& { return d.declined; });

    addSection(tr("Lessons learned"), "Lessons learned");
    addText(tr("What went well"), "wentWell",
            [](Postmortem& d) -> std::vector<std::string>& { return d.wentWell; });
    addText(tr("What went wrong"), "wentWrong",
            [](Postmortem& d) -> std::vector<std::string>& { return d.wentWrong; });
    addText(tr("Where we got lucky"), "gotLucky",
            [](Postmortem& d) -> std::vector<std::string>& { return d.gotLucky; });
    addText(tr("Conclusion"), "conclusion",
            [](Postmortem& d) -> std::vector<std::string>& { return d.conclusion; });
    column_->addStretch();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &FormPane::scrolled);
}

void FormPane::addSection(const QString& title, const char* part) {
    auto* head = plainLabel(title, body_);
    head->setFont(Theme::current().title());
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, head,
            [head] { head->setFont(Theme::current().title()); });
    if (!sections_.empty()) column_->addSpacing(fontMetrics().height());
    column_->addWidget(head);
    sections_.push_back({title, part, head});
}

/// One paragraph a line, under its label.
void FormPane::addText(const QString& label, const char* name,
                       std::vector<std::string>& (*part)(Postmortem&)) {
    QLabel* head = plainLabel(label, body_);
    GrowingText* text = makeText(document_, bindLines(name, part), body_);
    text->setObjectName(QLatin1String(name));
    text->setAccessibleName(label);
    text->setPlaceholderText(tr("One paragraph a line"));
    head->setBuddy(text);
    column_->addWidget(head);
    column_->addWidget(text);
}

void FormPane::scrollTo(int section) {
    if (section < 0 || std::size_t(section) >= sections_.size()) return;
    const QWidget* head = sections_[std::size_t(section)].head;
    verticalScrollBar()->setValue(section == 0 ? 0 : head->y() - fontMetrics().height() / 2);
}

int FormPane::sectionAtTop() const {
    const int top = verticalScrollBar()->value() + viewport()->height() / 4;
    int at = 0;
    for (std::size_t i = 0; i < sections_.size(); ++i)
        if (sections_[i].head->y() <= top) at = int(i);
    if (verticalScrollBar()->maximum() > 0 &&
        verticalScrollBar()->value() == verticalScrollBar()->maximum())
        at = int(sections_.size()) - 1;
    return at;
}

void FormPane::reveal(const std::string& place) {
    std::size_t row = 0;
    if (std::sscanf(place.c_str(), "timeline[%zu]", &row) == 1)
        return timeline_->reveal(static_cast<int>(row));
    const auto named = [&](const std::string& part) {
        return std::ranges::find(sections_, part, &Section::part);
    };
    auto found = named(place);
    if (found == sections_.end()) found = named(partOf(place));
    scrollTo(static_cast<int>(found - sections_.begin()));
}

} // namespace postlude
