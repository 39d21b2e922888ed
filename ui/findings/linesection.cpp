// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/linesection.h"

#include "core/base/text.h"
#include "ui/common/hostclocks.h"
#include "ui/common/layouts.h"
#include "ui/common/session.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/elidedbutton.h"
#include "ui/findings/textlabel.h"

#include <QPushButton>
#include <QTextTable>
#include <QTimer>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr int kPauseMs = 40; ///< of lines that the cursor runs over not each is taken apart
constexpr std::size_t kMostRaw = 16'384; // more of one line is no help beside a chart

Result<LineSection::Line> fetch(const Query& query, RecordId id) {
    Result<RecordRow> row = query.record(id);
    if (!row) return std::unexpected(row.error());
    LineSection::Line line{std::move(*row), {}, {}};
    for (const SourceInfo& source : query.sources())
        if (source.id == line.row.source)
            line.source = shownWhole(source.path), line.host = source.host;
    const Result<std::string> raw = query.rawText(id);
    if (!raw) {
        line.raw = QString::fromStdString(describe(raw.error()));
        return line;
    }
    QStringList written;
    std::string_view rest = std::string_view(*raw).substr(0, kMostRaw);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        written << shownWhole(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    line.raw = written.join(QLatin1Char('\n'));
    if (raw->size() > kMostRaw) line.raw += moreBytes(raw->size() - kMostRaw);
    return line;
}

QTextCharFormat ink(const QColor& colour, const QFont& font) {
    QTextCharFormat format;
    format.setFont(font);
    format.setForeground(colour);
    return format;
}

/// Of the column of names: as much as they take, that a time fits beside them, and at most a third.
int namesWidth(const std::vector<DetailLine>& details, const QFont& font, int whole) {
    const QFontMetrics metrics(font);
    int wide = 0;
    for (const DetailLine& line : details)
        wide = std::max(wide, metrics.horizontalAdvance(line.name));
    return std::min(wide + 10, whole / 3);
}

} // namespace

GrowingView::GrowingView(QWidget* parent)
    : QTextEdit(parent) {
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setFrameShape(NoFrame);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setStyleSheet(
        QStringLiteral("QTextEdit { background: transparent; border: none; padding: 0; }"));
    document()->setDocumentMargin(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            [this] { fit(); });
}

void GrowingView::fit() {
    setFixedHeight(sizeHint().height());
}

QSize GrowingView::sizeHint() const {
    return {240, int(document()->documentLayout()->documentSize().height()) + 4};
}

QSize GrowingView::minimumSizeHint() const {
    return {60, sizeHint().height()};
}

void GrowingView::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        QTimer::singleShot(0, this, &GrowingView::fit);
}

void GrowingView::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

LineSection::LineSection(QWidget* parent)
    : QWidget(parent)
    , heading_(new TextLabel({}, this))
    , message_(new TextLabel({}, this))
    , view_(new GrowingView(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading_);
    column->addWidget(message_);
    sides_ = new QVBoxLayout;
    neighbours_ = new QVBoxLayout;
    column->addWidget(view_); // what the line says, before where one may go from it
    for (QVBoxLayout* links : {sides_, neighbours_}) {
        links->setSpacing(0);
        column->addLayout(links);
    }
    setRole(heading_, "heading");
    setRole(message_, "muted");
    view_->setObjectName(QStringLiteral("lineDetails"));
    view_->setAccessibleName(tr("The selected line, field by field"));
    soon_.setSingleShot(true);
    soon_.setInterval(kPauseMs);
    connect(&soon_, &QTimer::timeout, this, &LineSection::load);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &LineSection::dress);
    dress();
    load();
}

void LineSection::dress() {
    heading_->setFont(Theme::current().heading());
    if (line_) showLine(Line(*line_));
}

void LineSection::setSession(Session* session) {
    if (session_) session_->selection().disconnect(this);
    session_ = session;
    shown_.reset();
    line_.reset();
    if (session) {
        connect(&session->selection(), &Selection::lineChanged, &soon_,
                qOverload<>(&QTimer::start));
        connect(&session->selection(), &Selection::displayChanged, this, &LineSection::dress);
    }
    load();
}

void LineSection::load() {
    soon_.stop();
    const auto record = session_ ? session_->selection().line() : std::nullopt;
    if (!record) {
        shown_.reset();
        line_.reset();
        return showMessage(tr("Line"),
                           session_ ? tr("Select a line to see what is in it.") : QString());
    }
    if (shown_ == record && line_) return;
    shown_ = record;
    session_->run(
        QStringLiteral("lineDetails"), this,
        [query = session_->sharedQuery(), id = *record](std::stop_token) {
            return fetch(*query, id);
        },
        [this](Result<Line> line) {
            if (line) {
                showLine(*line);
                showNeighbours();
                return loadSides();
            }
            showMessage(tr("Line"), QString::fromStdString(describe(line.error())));
        });
}

void LineSection::addLink(QVBoxLayout& to, const QString& text, const QString& tip,
                          std::function<void()> run) {
    auto* link = new ElidedButton({menuText(text)}, this);
    setRole(link, "link");
    link->setFont(Theme::current().small());
    link->setCursor(Qt::PointingHandCursor);
    link->setToolTip(plainTip(tip));
    link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    link->setMinimumWidth(0);
    to.addWidget(link);
    connect(link, &QPushButton::clicked, this, std::move(run));
}

void LineSection::loadSides() {
    emptyLayout(*sides_);
    if (!session_ || !line_ || !hasOtherSide(line_->row)) return;
    session_->run(
        QStringLiteral("otherSide"), this,
        [query = session_->sharedQuery(), row = line_->row](std::stop_token stop) {
            return std::pair(row.id, otherSidesOf(*query, row, std::move(stop)));
        },
        [this](const std::pair<RecordId, Result<std::vector<OtherSide>>>& found) {
            if (!line_ || line_->row.id != found.first) return;
            if (!found.second) return session_->tellFault(found.second.error());
            showSides(*found.second);
        });
}

void LineSection::showSides(const std::vector<OtherSide>& sides) {
    emptyLayout(*sides_);
    const RecordRow& row = line_->row;
    for (const OtherSide& side : sides) {
        QStringList said{shown(side.source.path) + QLatin1Char(':') + QString::number(side.line)};
        if (side.status != kAbsent) said << QString::number(side.status);
        if (side.duration != kAbsent) said << milliseconds(side.duration);
        said << tr("began %1").arg(signedOffset(side.later));
        QStringList tip{side.sameId ? tr("the same request id")
                                    : tr("the same path and method at that time; no id proves it")};
        if (side.source.clockOffset)
            tip << tr("the clock of %1 is off by %2, corrected")
                       .arg(shown(side.source.host), signedOffset(*side.source.clockOffset));
        addLink(*sides_, QStringLiteral("⇄ ") + said.join(QStringLiteral(" · ")),
                tip.join(QLatin1Char('\n')), [this, side] {
                    Q_EMIT session_->evidenceRequested(
                        Evidence{side.source.path, side.line, side.line, {}, {}});
                });
    }
    if (sides.empty()) {
        auto* none = new TextLabel(tr("⇄ no line of it on the other side"), this);
        none->setFont(Theme::current().small());
        setRole(none, "muted");
        return sides_->addWidget(none);
    }
    if (!row.time) return;
    constexpr Duration kMargin = std::chrono::milliseconds{20};
    const Duration took{std::max<std::int64_t>(0, row[NumberField::Duration])};
    const Window window{*row.time - kMargin, *row.time + took + kMargin};
    addLink(*sides_, tr("What happened meanwhile"), tr("Shows the time of this request alone"),
            [this, window] { session_->selection().setWindow(window); });
}

void LineSection::showNeighbours() {
    emptyLayout(*neighbours_);
    if (!session_ || !line_) return;
    const auto add = [this](const QString& text, const char* field, std::string_view value) {
        if (value.empty()) return;
        const QString filter =
            QLatin1String(field) + QStringLiteral(" = ") + filterWord(std::string(value));
        addLink(*neighbours_, text, filter, [this, filter] { session_->changeFilter(filter); });
    };
    add(tr("All lines of this request id"), "request_id", line_->row[TextField::RequestId]);
    add(tr("All lines of this client"), "client_ip", line_->row[TextField::ClientIp]);
}

void LineSection::showMessage(const QString& heading, const QString& text) {
    heading_->setText(heading);
    message_->setText(text);
    message_->setVisible(!text.isEmpty());
    view_->clear();
    view_->hide();
    emptyLayout(*sides_);
    emptyLayout(*neighbours_);
}

void LineSection::showLine(const Line& line) {
    line_ = line;
    const Theme& theme = Theme::current();
    const Zone zone = session_ ? session_->selection().zone() : Zone::utc();
    heading_->setText(
        tr("Line %1 · %2")
            .arg(QString::fromStdString(grouped(std::int64_t(line.row.line))), line.source));
    message_->hide();
    view_->show();
    view_->clear();
    QTextCursor cursor(view_->document());
    cursor.beginEditBlock();
    const std::vector<DetailLine> details =
        detailsOf(line.row, zone, session_ && HostClocks::of(*session_).isStated(line.host));
    QTextTableFormat form;
    form.setBorder(0);
    form.setCellSpacing(0);
    form.setCellPadding(1);
    form.setMargin(0);
    form.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    const int wide = namesWidth(details, theme.small(), view_->width());
    form.setColumnWidthConstraints(
        {QTextLength(QTextLength::FixedLength, wide), QTextLength(QTextLength::VariableLength, 0)});
    if (!details.empty()) {
        QTextTable* table = cursor.insertTable(int(details.size()), 2, form);
        for (int i = 0; i < int(details.size()); ++i) {
            const DetailLine& d = details[std::size_t(i)];
            table->cellAt(i, 0).firstCursorPosition().insertText(d.name,
                                                                 ink(theme.muted, theme.small()));
            QTextCursor cell = table->cellAt(i, 1).firstCursorPosition();
            cell.insertText(d.value, ink(d.bad ? theme.bad : theme.text, theme.mono()));
            if (!d.note.isEmpty())
                cell.insertText(QStringLiteral("  ") + d.note, ink(theme.muted, theme.small()));
        }
    }
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(line.raw, ink(theme.muted, theme.mono()));
    cursor.endEditBlock();
}

} // namespace postlude
