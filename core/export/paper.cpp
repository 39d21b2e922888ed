// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/paper.h"

#include "core/base/text.h"
#include "core/export/detail/html.h"
#include "core/export/detail/links.h"
#include "core/export/print.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPageRanges>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QScreen>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextLayout>
#include <QTextObjectInterface>
#include <algorithm>
#include <cstring>
#include <utility>

namespace postlude {

namespace {

constexpr QSize kChart(960, 300);
constexpr double kChartWidth = 640; ///< on the page, in its units
constexpr double kFoot = 26;        ///< room for the page number, in units of the page

/// Inter draws signs between digits ("09:59", "(18.8 %)") by glyphs for which a PDF has no letters:
/// they could be seen, and neither be found nor copied.
QFont paperFont() {
    QFont font;
    font.setFamilies({"Inter", "DejaVu Sans", "sans-serif"});
    font.setPointSizeF(9.5);
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

/// In units of the page: points would be those of the painter's own resolution.
QFont sized(int units) {
    QFont font = paperFont();
    font.setPixelSize(units);
    return font;
}

/// "4 819", "45 %" and "3 min" are not broken over two lines: QTextDocument knows one blank alone
/// that keeps together. A reference stays with the word before it.
QString keptTogether(QString html) {
    static const QRegularExpression blank(
        QStringLiteral("(?<=\\d)(?: (?=%|(?:ms|s|min|h|d|UTC)\\b)|\u202F(?=\\d))"));
    html.replace(blank, QString(QChar::Nbsp));
    return html.replace(QLatin1String("<sup>"), QStringLiteral("\u2060<sup>"));
}

QString htmlFor(const Report& report, const std::string& title) {
    return keptTogether(QString::fromStdString(
        htmlOf(report, title, HtmlFor::Paper, [](const ChartPicture& p) { return p.stem; })));
}

/// Draws the charts where the document has pictures, as lines.
class ChartPainter : public QObject, public QTextObjectInterface {
public:
    explicit ChartPainter(const std::vector<Chart>& charts)
        : charts_(charts) {}
    /// What is painted now, in the units of the text. Those of the next page are asked for, too,
    /// and curves have a clip of their own.
    void setPage(const QRectF& page) { page_ = page; }
    /// What Q_INTERFACES would say: core/ has no moc.
    void* qt_metacast(const char* name) override {
        if (std::strcmp(name, qobject_interface_iid<QTextObjectInterface*>()) == 0)
            return static_cast<QTextObjectInterface*>(this);
        return QObject::qt_metacast(name);
    }
    QSizeF intrinsicSize(QTextDocument* text, int, const QTextFormat& format) override {
        const double width = std::min(kChartWidth, text->pageSize().width());
        return chartOf(format) ? QSizeF(width, width * kChart.height() / kChart.width()) : QSizeF();
    }
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int,
                    const QTextFormat& format) override {
        const Chart* chart = chartOf(format);
        if (!chart || !page_.contains(rect.center())) return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / kChart.width(), rect.height() / kChart.height());
        paintChart(*painter, kChart, *chart);
        painter->restore();
    }

private:
    [[nodiscard]] const Chart* chartOf(const QTextFormat& format) const {
        const std::string stem = format.toImageFormat().name().toStdString();
        const auto found = std::ranges::find_if(
            charts_, [&](const Chart& chart) { return pictureOf(chart).stem == stem; });
        return found == charts_.end() ? nullptr : &*found;
    }
    const std::vector<Chart>& charts_;
    QRectF page_;
};

/// Of its first line: that may have moved on to the next page from where the block begins. Pages
/// begin at roundings of their height.
double topOf(const QTextDocument& text, const QTextBlock& block) {
    const QTextLine line = block.layout()->lineAt(0);
    const double top = text.documentLayout()->blockBoundingRect(block).top();
    return top + (line.isValid() ? line.y() : 0) + 0.1;
}

/// The second and third level of headings with their pages, from 0.
struct Entry {
    int level = 0;
    QString text;
    int page = 0;
    double top = 0;  ///< on its page
    QRectF listed{}; ///< where the list of contents names it; empty: nowhere
};
std::vector<Entry> contentsOf(const QTextDocument& text, double pageHeight) {
    std::vector<Entry> entries;
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        if (level != 2 && level != 3) continue;
        const double top = topOf(text, block);
        const int page = static_cast<int>(top / pageHeight);
        entries.push_back({level, block.text(), page, top - page * pageHeight});
    }
    return entries;
}

/// Where footnotes and the first references to them stand, by the links that lead there; and
/// entries that are linked to, by their anchors.
std::map<std::string, PaperPlace> notePlaces(const QTextDocument& text, double pageHeight) {
    std::map<std::string, PaperPlace> places;
    const auto add = [&](const std::string& name, double top) {
        const int page = static_cast<int>(top / pageHeight);
        places.emplace(name, PaperPlace{page, top - page * pageHeight});
    };
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
        const double top = text.documentLayout()->blockBoundingRect(block).top();
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const std::string to = it.fragment().charFormat().anchorHref().toStdString();
            const QTextLine line =
                block.layout()->lineForTextPosition(it.fragment().position() - block.position());
            if (!line.isValid()) continue;
            if (to.starts_with("#note-")) add("ref-" + to.substr(6), top + line.y());
            if (to.starts_with("#ref-")) add("note-" + to.substr(5), topOf(text, block));
            for (const QString& name : it.fragment().charFormat().anchorNames())
                if (name.startsWith(QLatin1String("entry-")))
                    add(name.toStdString(), topOf(text, block));
        }
    }
    return places;
}

class Pages {
public:
    Pages(const QTextDocument& text, ChartPainter& charts, QSizeF size, const QString& title)
        : text_(text)
        , charts_(charts)
        , size_(size)
        , title_(title)
        , contents_(contentsOf(text, size.height())) {}

    /// A list of contents of a page is worth it from so many pages on.
    [[nodiscard]] bool listed() const { return text_.pageCount() > 3; }

    /// False if the device refuses, or nobody wants them any more.
    bool paint(QPagedPaintDevice& device, const std::stop_token& stop) {
        QPainter painter;
        if (!painter.begin(&device)) return false;
        const double scale = device.width() / size_.width();
        painter.scale(scale, scale);
        const int all = count();
        const QPageRanges ranges = device.pageRanges();
        bool begun = false;
        for (int page = 0; page < all; ++page) {
            if (stop.stop_requested()) return false;
            if (!ranges.isEmpty() && !ranges.contains(page + 1)) continue;
            if (std::exchange(begun, true) && !device.newPage()) return false;
            paint(painter, page);
        }
        return painter.end();
    }

    [[nodiscard]] int count() const { return text_.pageCount() + (listed() ? 1 : 0); }

    /// One page, from 0, its text's corner at the painter's.
    void paint(QPainter& painter, int page) {
        const int first = listed() ? 1 : 0;
        if (page < first)
            paintContents(painter, first);
        else
            paintPage(painter, page - first);
        paintFoot(painter, page + 1, count());
    }

    /// What was painted, with its links; `origin` and `scale` lead from our units to points.
    [[nodiscard]] std::string linked(const std::string& pdf, QPointF origin, double scale) const {
        const int first = listed() ? 1 : 0;
        const auto placed = [&](PaperPlace place) {
            return PaperPlace{place.page + first, origin.y() + place.top * scale};
        };
        std::map<std::string, PaperPlace> places;
        for (const auto& [name, place] : notePlaces(text_, size_.height()))
            places.emplace(name, placed(place));
        std::vector<PaperLink> links;
        std::vector<PaperHeading> headings;
        for (const Entry& entry : contents_) {
            const std::string name = "section-" + std::to_string(headings.size());
            const PaperPlace place = placed({entry.page, entry.top});
            places.emplace(name, place);
            headings.push_back({entry.text.toStdString(), place});
            if (!entry.listed.isEmpty())
                links.push_back(
                    {0,
                     QRectF(origin + entry.listed.topLeft() * scale, entry.listed.size() * scale),
                     name});
        }
        return withLinks(pdf, places, links, headings);
    }

private:
    void paintPage(QPainter& painter, int page) {
        const QRectF body(0, page * size_.height(), size_.width(), size_.height());
        charts_.setPage(body);
        painter.save();
        painter.translate(0, -body.top());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = body;
        context.palette.setColor(QPalette::Text, Qt::black);
        painter.setClipRect(body);
        text_.documentLayout()->draw(&painter, context);
        painter.restore();
    }

    void paintFoot(QPainter& painter, int page, int all) {
        const QRectF foot(0, size_.height() + kFoot / 3, size_.width(), kFoot * 2 / 3);
        const QFont font = sized(11);
        painter.setFont(font);
        painter.setPen(QColor(0x60, 0x60, 0x60));
        const QString number = QStringLiteral("%1 / %2").arg(page).arg(all);
        const QFontMetricsF metrics(font);
        const double room = size_.width() - metrics.horizontalAdvance(number) - 20;
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(title_, Qt::ElideRight, room));
        painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, number);
    }

    void paintContents(QPainter& painter, int before) {
        QFont head = sized(21);
        head.setWeight(QFont::DemiBold);
        painter.setPen(Qt::black);
        painter.setFont(head);
        painter.drawText(QRectF(0, 0, size_.width(), 80), Qt::AlignLeft | Qt::TextWordWrap, title_);
        const QFont text = sized(13);
        painter.setFont(text);
        const QFontMetricsF metrics(text);
        double y = 110;
        for (Entry& entry : contents_) {
            const double indent = entry.level == 3 ? 20 : 0;
            const QRectF line(indent, y, size_.width() - indent, metrics.height());
            entry.listed = line;
            const double room = line.width() - 60;
            painter.drawText(line, Qt::AlignLeft,
                             metrics.elidedText(entry.text, Qt::ElideRight, room));
            painter.drawText(line, Qt::AlignRight, QString::number(entry.page + before + 1));
            y += metrics.height() * (entry.level == 2 ? 1.7 : 1.5);
            if (y > size_.height() - metrics.height()) return;
        }
    }

    const QTextDocument& text_;
    ChartPainter& charts_;
    QSizeF size_;
    QString title_;
    std::vector<Entry> contents_;
};

} // namespace

namespace {

/// The text in units of the screen on the paper of a device, with room for the page's number.
class PaperText {
public:
    PaperText(const Report& report, const std::string& title, const std::vector<Chart>& charts,
              const QPageLayout& paper)
        : charts_(charts)
        , size_(paper.paintRect(QPageLayout::Millimeter).size() / 25.4 *
                QGuiApplication::primaryScreen()->logicalDotsPerInchX()) {
        size_.rheight() -= kFoot;
        text_.documentLayout()->registerHandler(QTextFormat::ImageObject, &charts_);
        text_.setDefaultFont(paperFont());
        text_.setHtml(htmlFor(report, title));
        text_.setDocumentMargin(0);
        text_.setPageSize(size_);
        keepTogether();
    }
    [[nodiscard]] const QTextDocument& text() const { return text_; }
    [[nodiscard]] ChartPainter& charts() { return charts_; }
    [[nodiscard]] QSizeF size() const { return size_; }

private:
    [[nodiscard]] int pageOf(const QTextBlock& block) const {
        return static_cast<int>(topOf(text_, block) / size_.height());
    }

    /// A heading goes to the page of what it heads, and a chart to that of its caption.
    void keepTogether() {
        for (QTextBlock block = text_.begin(); block.isValid(); block = block.next()) {
            const bool leads = block.blockFormat().headingLevel() > 0 ||
                               block.text() == QString(QChar::ObjectReplacementCharacter);
            if (!leads || !block.next().isValid() || pageOf(block) == pageOf(block.next()))
                continue;
            // Headings upon headings go together.
            QTextBlock first = block;
            while (first.previous().isValid() &&
                   first.previous().blockFormat().headingLevel() > 0 &&
                   pageOf(first.previous()) == pageOf(block))
                first = first.previous();
            if (first.blockFormat().pageBreakPolicy() != QTextFormat::PageBreak_Auto) continue;
            QTextBlockFormat format;
            format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
            QTextCursor(first).mergeBlockFormat(format);
            text_.setPageSize(size_); // lays all of it out, not what was changed alone
        }
    }

    QTextDocument text_;
    ChartPainter charts_;
    QSizeF size_;
};

} // namespace

bool paintPages(QPagedPaintDevice& device, const Report& report, const std::string& title,
                const std::vector<Chart>& charts, const std::stop_token& stop) {
    PaperText paper(report, title, charts, device.pageLayout());
    Pages pages(paper.text(), paper.charts(), paper.size(), QString::fromStdString(visible(title)));
    return pages.paint(device, stop);
}

std::string pdfOf(const Report& report, const std::string& title,
                  const std::vector<Chart>& charts) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 18, 18, 14), QPageLayout::Millimeter);
    writer.setTitle(QString::fromStdString(visible(title)));
    writer.setCreator("Postlude");
    PaperText paper(report, title, charts, writer.pageLayout());
    Pages pages(paper.text(), paper.charts(), paper.size(), QString::fromStdString(visible(title)));
    if (!pages.paint(writer, {})) return {};
    buffer.close();
    const QRectF points = writer.pageLayout().paintRect(QPageLayout::Point);
    return pages.linked(bytes.toStdString(), points.topLeft(),
                        points.width() / paper.size().width());
}

struct LaidOutPages::Parts {
    std::shared_ptr<const PrintableReport> report; ///< whose charts are painted
    QPageLayout paper;
    PaperText text;
    Pages pages;

    Parts(std::shared_ptr<const PrintableReport> of, const Report& blocks, const std::string& title,
          const std::vector<Chart>& charts, const QPageLayout& on)
        : report(std::move(of))
        , paper(on)
        , text(blocks, title, charts, on)
        , pages(text.text(), text.charts(), text.size(), QString::fromStdString(visible(title))) {}
};

LaidOutPages::LaidOutPages(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
LaidOutPages::~LaidOutPages() = default;

std::unique_ptr<LaidOutPages> layOut(std::shared_ptr<const PrintableReport> owner,
                                     const Report& report, const std::string& title,
                                     const std::vector<Chart>& charts, const QPageLayout& paper) {
    return std::make_unique<LaidOutPages>(
        std::make_unique<LaidOutPages::Parts>(std::move(owner), report, title, charts, paper));
}

int LaidOutPages::count() const {
    return parts_->pages.count();
}

QImage LaidOutPages::image(int page, double dots) const {
    const QSizeF whole = parts_->paper.fullRect(QPageLayout::Millimeter).size() / 25.4 * dots;
    const QRectF body = parts_->paper.paintRect(QPageLayout::Millimeter);
    QImage image(whole.toSize(), QImage::Format_RGB32);
    if (image.isNull()) return image;
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(body.topLeft() / 25.4 * dots);
    const double scale = body.width() / 25.4 * dots / parts_->text.size().width();
    painter.scale(scale, scale);
    parts_->pages.paint(painter, page);
    return image;
}

} // namespace postlude
