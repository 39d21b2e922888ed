// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/formpane.h"

#include "core/postmortem/places.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/postmortem/fields.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdio>
#include <map>

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
    body_->setMinimumWidth(1); // as wide as the pane, never wider: what is in it breaks
    const int em = fontMetrics().height();
    column_->setContentsMargins(em, em, em, em * 2);
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
    connect(
        table->addButton(tr("Merge"), tr("Makes one of those selected (Ctrl+J)"), "mergeEntries"),
        &QPushButton::clicked, timeline_, &TimelineView::mergeRows);
    connect(
        table->addButton(tr("Split"), tr("After the first sentence (Ctrl+Shift+J)"), "splitEntry"),
        &QPushButton::clicked, timeline_, &TimelineView::splitRow);
    column_->addWidget(kindChoice(), 0, Qt::AlignLeft);
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
    tasks_ = new EntryView(tasks, 0, body_);
    tasks_->setObjectName(QStringLiteral("taskTable"));
    tasks_->setAccessibleName(tr("Tasks"));
    column_->addWidget(
        new TableSection(document, tasks, tasks_, tr("+ Add task"),
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
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { noteFocus(now); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &FormPane::scrolled);
}

/// Which kinds of entries the table shows.
QWidget* FormPane::kindChoice() {
    auto* choice = new QComboBox(body_);
    choice->setObjectName(QStringLiteral("kindShown"));
    choice->setAccessibleName(tr("Entries that are shown"));
    choice->setToolTip(tr("Shows the entries of one kind; the others stay in the document"));
    choice->addItem(tr("All kinds"));
    for (int kind = 0; kind <= int(EntryKind::Observation); ++kind)
        choice->addItem(kindTitle(EntryKind(kind)), kind);
    connect(choice, &QComboBox::currentIndexChanged, timeline_, [this, choice] {
        const QVariant kind = choice->currentData();
        timeline_->showKind(kind.isValid() ? std::optional(EntryKind(kind.toInt())) : std::nullopt);
    });
    return choice;
}

void FormPane::showAllKinds() {
    body_->findChild<QComboBox*>(QStringLiteral("kindShown"))->setCurrentIndex(0);
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

/// Null where a place has no field of its own.
QWidget* FormPane::fieldOf(const std::string& place) const {
    static const std::map<std::string, const char*> names{
        {"title", "documentTitle"},
        {"introduction", "introduction"},
        {"summary.impact", "summaryImpact"},
        {"summary.affected_share", "summaryAffected"},
        {"summary.duration_text", "durationWritten"},
        {"summary.other", "summaryNotes"},
        {"summary.failed_share", "summaryFailed"},
        {"summary.root_cause", "summaryRootCause"},
        {"summary.trigger", "summaryTrigger"},
        {"summary.resolution", "summaryResolution"},
        {"root_cause", "rootCauseText"},
        {"resolution", "resolutionText"},
        {"improvements", "improvements"},
        {"declined", "declined"},
        {"lessons.well", "wentWell"},
        {"lessons.wrong", "wentWrong"},
        {"lessons.lucky", "gotLucky"},
        {"conclusion", "conclusion"}};
    const auto name = names.find(place.substr(0, place.find('[')));
    return name == names.end() ? nullptr : body_->findChild<QWidget*>(QLatin1String(name->second));
}

std::pair<EntryView*, int> FormPane::rowOf(const std::string& place) const {
    std::size_t row = 0;
    if (std::sscanf(place.c_str(), "timeline[%zu]", &row) == 1) return {timeline_, int(row)};
    if (std::sscanf(place.c_str(), "tasks[%zu]", &row) == 1) return {tasks_, int(row)};
    return {};
}

/// Tables are as tall as their rows: it is the pane that scrolls.
void FormPane::show(const EntryView& view, int row) {
    const QRect cell = view.visualRect(view.model()->index(row, 0));
    const QPoint spot = view.viewport()->mapTo(body_, cell.center());
    ensureVisible(spot.x(), spot.y(), 0, viewport()->height() / 4);
}

void FormPane::reveal(const std::string& place) {
    if (const auto [view, row] = rowOf(place); view) {
        if (view->isRowHidden(row)) showAllKinds();
        view->reveal(row);
        return show(*view, row);
    }
    if (QWidget* field = fieldOf(place)) {
        field->setFocus(Qt::OtherFocusReason);
        return ensureWidgetVisible(field, 0, viewport()->height() / 4);
    }
    const auto named = [&](const std::string& part) {
        return std::ranges::find(sections_, part, &Section::part);
    };
    auto found = named(place);
    if (found == sections_.end()) found = named(partOf(place));
    scrollTo(static_cast<int>(found - sections_.begin()));
}

void FormPane::goTo(const std::string& place) {
    const auto questions = openQuestions(document_.now());
    const auto question = std::ranges::find(questions, place, &FoundText::place);
    if (question == questions.end() || rowOf(place).first) return reveal(place);
    select(*question);
    if (marked_) marked_->setFocus(Qt::OtherFocusReason);
}

namespace {

/// Of a field with a paragraph a line, where the paragraph begins; blank lines are none.
int startOf(const QTextDocument& text, std::size_t paragraph) {
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
        const QString line = block.text();
        if (line.trimmed().isEmpty() || paragraph-- > 0) continue;
        qsizetype blank = 0;
        while (line[blank].isSpace())
            ++blank;
        return block.position() + int(blank);
    }
    return 0;
}

} // namespace

/// A menu or another pane does not end the writing; another field does.
void FormPane::noteFocus(QWidget* now) {
    if (!now || !body_->isAncestorOf(now)) return;
    const bool onEntry = now == timeline_ || timeline_->isAncestorOf(now);
    if (onEntry)
        written_ = timeline_;
    else
        written_ = qobject_cast<GrowingText*>(now);
}

GrowingText* FormPane::writtenText() const {
    return qobject_cast<GrowingText*>(written_);
}

std::optional<QPoint> FormPane::attachPlace() const {
    if (const GrowingText* text = writtenText())
        return text->viewport()->mapToGlobal(text->cursorRect().bottomLeft());
    if (written_ != timeline_ || !timeline_->currentIndex().isValid()) return {};
    return timeline_->viewport()->mapToGlobal(
        timeline_->visualRect(timeline_->currentIndex()).bottomLeft());
}

void FormPane::attach(const EvidencePiece& piece) {
    if (GrowingText* text = writtenText())
        text->addEvidence(piece.evidence);
    else if (written_ == timeline_ && timeline_->currentIndex().isValid())
        timeline_->attach(piece.evidence);
}

void FormPane::unselect() {
    if (auto* line = qobject_cast<QLineEdit*>(marked_)) line->deselect();
    if (auto* edit = qobject_cast<QPlainTextEdit*>(marked_)) {
        QTextCursor cursor = edit->textCursor();
        cursor.clearSelection();
        edit->setTextCursor(cursor);
    }
    if (auto* view = qobject_cast<EntryView*>(marked_)) view->clearSelection();
    marked_.clear();
}

void FormPane::select(const FoundText& found) {
    unselect();
    if (const auto [view, row] = rowOf(found.place); view) {
        if (view->isRowHidden(row)) showAllKinds();
        // Not the current cell: a key that is typed there would open it and replace its text.
        view->selectionModel()->select(view->model()->index(row, 0),
                                       QItemSelectionModel::ClearAndSelect |
                                           QItemSelectionModel::Rows);
        marked_ = view;
        return show(*view, row);
    }
    reveal(found.place);
    marked_ = fieldOf(found.place);
    mark(marked_, found);
}

void FormPane::mark(QWidget* field, const FoundText& found) {
    std::string text = document_.now().title;
    for (const PlacedText& placed : proseOf(document_.now()))
        if (placed.place == found.place) text = placed.text;
    const auto letters = [&](std::size_t from, std::size_t size) {
        return int(QString::fromStdString(text.substr(std::min(from, text.size()), size)).size());
    };
    const int at = letters(0, found.at), size = letters(found.at, found.size);
    if (auto* line = qobject_cast<QLineEdit*>(field)) line->setSelection(at, size);
    auto* edit = qobject_cast<QPlainTextEdit*>(field);
    if (!edit) return;
    std::size_t paragraph = 0;
    const auto bracket = found.place.find('[');
    const bool listed = bracket != std::string::npos;
    if (listed) std::sscanf(found.place.c_str() + bracket, "[%zu]", &paragraph);
    const int start = listed ? startOf(*edit->document(), paragraph) : 0;
    QTextCursor cursor(edit->document());
    cursor.setPosition(start + at);
    cursor.setPosition(start + at + size, QTextCursor::KeepAnchor);
    edit->setTextCursor(cursor);
    const QPoint spot = edit->viewport()->mapTo(body_, edit->cursorRect().center());
    ensureVisible(spot.x(), spot.y(), 0, viewport()->height() / 4);
}

} // namespace postlude
