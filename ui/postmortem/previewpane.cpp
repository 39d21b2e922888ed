// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/previewpane.h"

#include "core/export/export.h"
#include "core/postmortem/wording.h"
#include "ui/common/session.h"
#include "ui/common/theme.h"
#include "ui/postmortem/forms.h"

#include <QAbstractTextDocumentLayout>
#include <QFileInfo>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>

#include <algorithm>
#include <map>

namespace postlude {

namespace {

constexpr int kSoonMs = 40; // with the writing itself below the 100 ms promised
constexpr const char* kFolder = "charts";

/// "45 %" and "3 min" are not broken over two lines; in the document the blank stays what it is.
QString keptTogether(QString markdown) {
    static const QRegularExpression blank(QStringLiteral(R"((?<=\d) (?=%|(?:ms|s|min|h|d)\b))"));
    return markdown.replace(blank, QString(QChar::Nbsp));
}

/// A long list takes QTextDocument the square of the time: another bullet begins another list.
QString inShortLists(const QString& markdown) {
    constexpr int most = 100;
    QStringList lines = markdown.split(QLatin1Char('\n'));
    int items = 0;
    for (QString& line : lines) {
        if (line.startsWith(QLatin1String("- "))) {
            if (items++ / most % 2 == 1) line[0] = QLatin1Char('*');
        } else if (!line.isEmpty() && !line.startsWith(QLatin1Char(' '))) {
            items = 0;
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString withoutFootnotes(const QString& markdown) {
    static const QRegularExpression note(QStringLiteral(R"(^\[\^([\w-]+)\]:\s*)"));
    static const QRegularExpression mark(QStringLiteral(R"((?<!\\)\[\^([\w-]+)\])"));
    QStringList out;
    for (QString line : markdown.split(QLatin1Char('\n'))) {
        const QRegularExpressionMatch found = note.match(line);
        // A list item, so that each note is a paragraph of its own.
        if (found.hasMatch())
            line = QStringLiteral("- \\[%1\\] ").arg(found.captured(1)) +
                   line.mid(found.capturedLength());
        out << line.replace(mark, QStringLiteral(" \\[\\1\\]"));
    }
    return out.join(QLatin1Char('\n'));
}

PreviewPane::PreviewPane(Document& document, QWidget* parent)
    : QTextBrowser(parent)
    , document_(document) {
    setObjectName(QStringLiteral("preview"));
    setAccessibleName(tr("Preview of the postmortem"));
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a width that stays, for the pictures
    for (QTimer* timer : {&soon_, &widened_}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &PreviewPane::refresh);
    }
    connect(&document, &Document::changed, this, [this] {
        // What takes long waits until nothing is typed.
        const bool heavy = pace_ > 4 * kSoonMs;
        if (heavy || !soon_.isActive()) soon_.start(heavy ? 2 * pace_ : kSoonMs);
    });
    connect(&document, &Document::analysisChanged, this, &PreviewPane::loadCharts);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] {
        shown_.clear();
        soon_.start(0);
    });
}

void PreviewPane::setSession(Session* session) {
    session_ = session;
    charts_.clear();
    shown_.clear();
    soon_.start(0);
}

void PreviewPane::follow(const std::string& part) {
    awaited_.clear();
    static const std::map<std::string, std::vector<Part>> parts{
        {"Impact", {Part::Impact, Part::Summary}},
        {"Timeline", {Part::Timeline}},
        {"Root cause and resolution", {Part::Cause, Part::RootCause, Part::Resolution}},
        {"Corrective and preventative measures",
         {Part::Measures, Part::Improvements, Part::Tasks, Part::Declined}},
        {"Lessons learned", {Part::Lessons, Part::Well, Part::Wrong, Part::Lucky}}};
    const auto wanted = parts.find(part);
    if (wanted == parts.end()) return verticalScrollBar()->setValue(0);
    const std::vector<FormSection> sections = completed(formOf(document_.now()));
    for (const Part each : wanted->second) {
        const auto section = std::ranges::find(sections, each, &FormSection::part);
        if (section == sections.end()) continue;
        const std::string heading =
            section->heading.empty() ? std::string(headingOf(each)) : section->heading;
        if (showHeading(QString::fromStdString(heading))) return;
    }
    awaited_ = part; // what is shown next may have it
}

bool PreviewPane::showHeading(const QString& heading) {
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() < 2 || block.text() != heading) continue;
        const QRectF place = document()->documentLayout()->blockBoundingRect(block);
        verticalScrollBar()->setValue(int(place.top()) - fontMetrics().height() / 2);
        return true;
    }
    return false;
}

/// The charts are those of one incident, which the start that is typed may change.
std::optional<Instant> PreviewPane::incidentShown() const {
    const Analysis* analysis = document_.analysis();
    const Incident* meant = analysis ? incidentMeant(document_.now(), *analysis) : nullptr;
    return meant ? std::optional(meant->impactStart) : std::nullopt;
}

void PreviewPane::loadCharts() {
    const Analysis* analysis = document_.analysis();
    charted_ = incidentShown();
    if (!session_ || !analysis || analysis->incidents.empty()) return;
    session_->run(
        QStringLiteral("previewCharts"), this,
        [query = session_->sharedQuery(), copy = *analysis, document = document_.now()](
            std::stop_token stop) { return incidentCharts(*query, copy, document, stop); },
        [this](Result<std::vector<Chart>> charts) {
            if (!charts) return session_->tellFault(charts.error());
            charts_ = std::move(*charts);
            shown_.clear();
            soon_.start(0);
        });
}

namespace {

// Of the timeline: laying out more takes longer than one waits between two keys.
constexpr std::size_t kMostEntries = 2000;

Postmortem previewed(const Postmortem& document) {
    if (document.timeline.size() <= kMostEntries) return document;
    Postmortem shown = document;
    const std::size_t more = document.timeline.size() - kMostEntries;
    shown.timeline.resize(kMostEntries);
    shown.timeline.push_back(
        {{},
         {},
         EntryKind::Observation,
         PreviewPane::tr("%n more entries follow in what is exported", nullptr, int(more))
             .toStdString(),
         {}});
    return shown;
}

} // namespace

void PreviewPane::refresh() {
    if (coming_) return soon_.start(kSoonMs / 4); // one after the other
    if (!document_.isLoaded()) {
        shown_.clear();
        return clear();
    }
    if (incidentShown() != charted_) loadCharts();
    MarkdownOptions options{kFolder, {}};
    for (Chart& chart : charts_) {
        chart.zone = document_.now().summary.zone;
        options.charts.push_back(pictureOf(chart));
    }
    const Form form = formOf(document_.now());
    options.form = &form;
    // Digests of the lines are left to the export: the preview must keep up with typing.
    take(
        QString::fromStdString(postlude::toMarkdown(previewed(document_.now()), nullptr, options)));
}

/// In steps, between which keys that are typed come through.
void PreviewPane::take(const QString& markdown) {
    if (markdown == shown_) return;
    shown_ = markdown;
    taking_.start();
    pace_ = 0;
    // A text of its own, that comes into the view once it is whole: in a view each row that is read
    // lays out all those before it, and a thousand take minutes.
    coming_ = new QTextDocument(this);
    coming_->setUndoRedoEnabled(false);
    coming_->setDefaultFont(document()->defaultFont());
    coming_->setDocumentMargin(document()->documentMargin());
    coming_->setMarkdown(inShortLists(keptTogether(withoutFootnotes(markdown))),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                             QTextDocument::MarkdownNoHTML);
    pace_ += int(taking_.restart());
    QTimer::singleShot(0, this, [this] {
        taking_.restart();
        dress(*coming_);
        pace_ += int(taking_.elapsed());
        QTimer::singleShot(0, this, &PreviewPane::present);
    });
}

void PreviewPane::present() {
    taking_.restart();
    const int place = verticalScrollBar()->value();
    setUpdatesEnabled(false);
    QTextDocument* const last = text_;
    setDocument(text_ = std::exchange(coming_, nullptr));
    delete last;
    document()->size(); // lays out now, so that the scroll bar's range is right
    verticalScrollBar()->setValue(place);
    if (!awaited_.empty()) follow(std::string(awaited_));
    setUpdatesEnabled(true);
    pace_ += int(taking_.elapsed());
}

/// Headings, distances and thin table lines instead of the reader's defaults.
void PreviewPane::dress(QTextDocument& text) const {
    const Theme& theme = Theme::current();
    text.setIndentWidth(fontMetrics().height() * 1.2);
    QTextCursor cursor(&text);
    cursor.beginEditBlock();
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const double em = fontMetrics().height();
        // Of a picture a fifth of its height would be empty below it.
        const bool picture = block.text().contains(QChar::ObjectReplacementCharacter);
        format.setLineHeight(picture ? 100 : 118, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(level == 1         ? 0
                            : level > 1        ? em
                            : block.textList() ? em * 0.1
                                               : em * 0.35);
        format.setBottomMargin(level > 0 ? em * 0.4 : em * 0.15);
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
        if (level == 0) continue;
        QTextCharFormat head;
        // 1.5, 1.2 and 1 times the text, as QTextFormat counts.
        head.setProperty(QTextFormat::FontSizeAdjustment, std::max(3 - level, 0));
        head.setFontWeight(QFont::DemiBold);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(head);
    }
    for (QTextFrame* frame : text.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QTextTableFormat format = table->format();
        format.setBorderBrush(theme.border);
        format.setBorderCollapse(true);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorder(0.5);
        format.setCellPadding(4);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        table->setFormat(format);
    }
    cursor.endEditBlock();
}

QImage PreviewPane::picture(const Chart& chart) const {
    const double ratio = devicePixelRatioF();
    const int width =
        std::max(viewport()->width() - int(2 * document()->documentMargin()) - 8, 200);
    const QSize size(width, width * 9 / 20);
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintChart(painter, size, chart,
               Theme::current().dark ? ChartGround::Dark : ChartGround::Light);
    return image;
}

QVariant PreviewPane::loadResource(int type, const QUrl& name) {
    // Never the base class: it would read files, and a report may name any.
    if (type != QTextDocument::ImageResource) return {};
    const QString stem = QFileInfo(name.path()).completeBaseName();
    if (!name.isRelative() || QFileInfo(name.path()).path() != QLatin1String(kFolder)) return {};
    for (const Chart& chart : charts_)
        if (stem == QString::fromStdString(std::string(nameOf(chart.kind)))) return picture(chart);
    return {};
}

void PreviewPane::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    if (event->size().width() == event->oldSize().width() || charts_.empty()) return;
    shown_.clear(); // pictures are as wide as the pane
    widened_.start(150);
}

} // namespace postlude
