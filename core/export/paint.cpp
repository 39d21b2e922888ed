// SPDX-License-Identifier: GPL-3.0-or-later
// The charts' painter: a plain ground, thin lines, the incident as a band, everything labelled.
#include "core/base/text.h"
#include "core/export/chart.h"
#include "core/export/detail/axis.h"
#include "core/export/detail/curves.h"
#include "core/postmortem/wording.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace postlude {

namespace {

struct Inks {
    QColor ground, text, muted, grid, axis, band, bandEdge;
};

const Inks& inksOf(ChartGround ground) {
    static const Inks light{{0xFF, 0xFF, 0xFF}, {0x1F, 0x23, 0x28}, {0x65, 0x6D, 0x76},
                            {0xE8, 0xEB, 0xEF}, {0xC5, 0xCB, 0xD3}, {0xFD, 0xEC, 0xEA},
                            {0xC6, 0x3B, 0x35}};
    static const Inks dark{{0x16, 0x19, 0x1D}, {0xE6, 0xED, 0xF3}, {0x9A, 0xA4, 0xAF},
                           {0x2A, 0x31, 0x3A}, {0x4A, 0x53, 0x5E}, {0x3A, 0x1F, 0x22},
                           {0xF0, 0x70, 0x68}};
    return ground == ChartGround::Dark ? dark : light;
}

constexpr qreal kEdge = 12;  ///< around everything
constexpr qreal kRow = 18;   ///< of title, legend and labels
constexpr qreal kStrip = 18; ///< above the plot, for the incident's label
constexpr std::size_t kMostLegend = 12;

QFont fontOf(int pixels, bool bold = false) {
    QFont font;
    font.setFamilies({"Inter", "DejaVu Sans", "sans-serif"});
    font.setPixelSize(pixels);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    font.setStyleStrategy(QFont::PreferNoShaping); // as in paper.cpp
    return font;
}

class ChartPainter {
public:
    ChartPainter(QPainter& painter, QSize size, const Chart& chart, const Inks& inks)
        : p_(painter)
        , inks_(inks)
        , size_(size)
        , chart_(chart)
        , curves_(curvesOf(chart))
        , zone_(Zone::named(chart.zone).value_or(Zone::utc())) {
        const auto buckets = static_cast<std::int64_t>(chart.table.total.buckets.size());
        window_ = {chart.table.origin,
                   chart.table.origin + chart.table.bucket * std::max<std::int64_t>(buckets, 1)};
    }

    void paint() {
        p_.setRenderHint(QPainter::Antialiasing);
        p_.fillRect(QRectF(QPointF(), QSizeF(size_)), inks_.ground);
        layOut();
        titleAndLegend();
        band();
        if (curves_.stacked) areas();
        valueAxis();
        timeAxis();
        expectedLines();
        if (!curves_.stacked) lines();
        gaps();
        bandEdges();
    }

private:
    void layOut();
    void titleAndLegend();
    [[nodiscard]] QString title() const {
        return QString::fromStdString(std::string(titleOf(chart_.kind)));
    }
    [[nodiscard]] QString unit() const { return QString::fromStdString(curves_.unit); }
    [[nodiscard]] QString day() const {
        return QString::fromStdString(zone_.date(window_.from) + ", times in " + zone_.name());
    }
    /// Where a picture is too narrow for title, unit and day beside each other, the unit has a row
    /// of its own.
    [[nodiscard]] bool unitBelow() const {
        return kEdge + widthOf(title(), fontOf(13, true)) * 1.08 + 10 +
                   (widthOf(unit(), fontOf(11)) + widthOf(day(), fontOf(11))) * 1.06 + 12 >
               size_.width() - kEdge - 8;
    }
    [[nodiscard]] qreal legendTop() const { return kEdge + kRow + 4 + (unitBelow() ? kRow : 0); }
    [[nodiscard]] qreal widthOf(const QString& what, const QFont& font) const {
        return QFontMetricsF(font, p_.device()).horizontalAdvance(what);
    }
    qreal legend(qreal left, qreal y, bool draw);
    void legendEntry(QPointF& at, qreal left, const std::string& name, const QColor& colour,
                     Qt::PenStyle style, bool area, bool draw);
    void band();
    void bandEdges();
    void areas();
    void gaps();
    void lines();
    void expectedLines();
    void valueAxis();
    void timeAxis();

    [[nodiscard]] qreal x(double secondsFromStart) const {
        return plot_.left() +
               plot_.width() * secondsFromStart / std::max(seconds(window_.length()), 1e-9);
    }
    [[nodiscard]] qreal x(Instant t) const {
        return std::clamp(x(seconds(t - window_.from)), plot_.left(), plot_.right());
    }
    [[nodiscard]] qreal y(double value) const {
        return plot_.bottom() - plot_.height() * std::min(value / top_, 1.0);
    }
    [[nodiscard]] qreal bucketEdge(std::size_t i) const {
        return x(seconds(chart_.table.bucket) * static_cast<double>(i));
    }
    void text(QRectF box, Qt::Alignment alignment, const QString& what) {
        p_.drawText(box, static_cast<int>(alignment) | Qt::TextSingleLine, what);
    }
    [[nodiscard]] double highest() const;

    QPainter& p_;
    const Inks& inks_;
    QSize size_;
    const Chart& chart_;
    Curves curves_;
    Zone zone_;
    Window window_;
    QRectF plot_;
    std::vector<AxisTick> values_;
    double top_ = 1;
};

double ChartPainter::highest() const {
    double most = 0;
    const std::size_t buckets = chart_.table.total.buckets.size();
    for (std::size_t b = 0; b < buckets; ++b) {
        double sum = 0;
        for (const Curve& curve : curves_.curves) {
            const double value =
                b < curve.values.size() && std::isfinite(curve.values[b]) ? curve.values[b] : 0;
            sum = curves_.stacked ? sum + value : std::max(sum, value);
        }
        most = std::max(most, sum);
    }
    return most;
}

void ChartPainter::layOut() {
    const bool share = chart_.kind == ChartKind::Share;
    values_ = valueTicks(share ? 100 : highest(), curves_.top, 4);
    top_ = values_.back().at;
    const QFontMetricsF metrics(fontOf(11), p_.device());
    qreal widest = 0;
    for (const AxisTick& tick : values_)
        widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(tick.label)));
    // A viewer without our font may write wider: leave it some room.
    const qreal left = kEdge + std::ceil(widest * 1.1) + 8;
    const qreal legendBottom = legend(kEdge, legendTop(), false);
    const qreal top = legendBottom + 4 + (chart_.incident.empty() ? 6 : kStrip);
    plot_ = QRectF(QPointF(left, top),
                   QPointF(size_.width() - kEdge - 8, size_.height() - kEdge - kRow - 4));
}

void ChartPainter::titleAndLegend() {
    const qreal right = size_.width() - kEdge - 8;
    const qreal dayLeft = right - widthOf(day(), fontOf(11)) * 1.06;
    const qreal titleWidth = widthOf(title(), fontOf(13, true)) * 1.08;
    p_.setFont(fontOf(13, true));
    p_.setPen(inks_.text);
    text({kEdge, kEdge - 2, size_.width() - 2 * kEdge, kRow}, Qt::AlignLeft | Qt::AlignVCenter,
         title());
    p_.setFont(fontOf(11));
    p_.setPen(inks_.muted);
    const bool below = unitBelow();
    const qreal unitLeft = below ? kEdge : kEdge + titleWidth + 10;
    text({unitLeft, kEdge - 1 + (below ? kRow : 0), right - unitLeft, kRow},
         Qt::AlignLeft | Qt::AlignVCenter, unit());
    text({dayLeft, kEdge - 1, right - dayLeft, kRow}, Qt::AlignRight | Qt::AlignVCenter, day());
    legend(kEdge, legendTop(), true);
}

void ChartPainter::legendEntry(QPointF& at, qreal left, const std::string& name,
                               const QColor& colour, Qt::PenStyle style, bool area, bool draw) {
    const QString label = QFontMetricsF(fontOf(11), p_.device())
                              .elidedText(QString::fromStdString(name), Qt::ElideMiddle, 220);
    const qreal width = QFontMetricsF(fontOf(11), p_.device()).horizontalAdvance(label) * 1.06;
    const qreal mark = colour.isValid() ? (area ? 12 : 24) + 6 : 0;
    if (at.x() > left && at.x() + mark + width > size_.width() - kEdge) at = {left, at.y() + kRow};
    if (draw && mark > 0 && area) p_.fillRect(QRectF(at.x(), at.y() + 3, 12, 12), colour);
    if (draw && mark > 0 && !area) {
        p_.setPen(QPen(colour, 2, style, Qt::FlatCap));
        p_.drawLine(QPointF(at.x(), at.y() + 9), QPointF(at.x() + 24, at.y() + 9));
    }
    if (draw) {
        p_.setPen(inks_.text);
        text({at.x() + mark, at.y(), width + 40, kRow}, Qt::AlignLeft | Qt::AlignVCenter, label);
    }
    at.rx() += mark + width + 16;
}

/// Draws (or only measures) the legend in as many rows as it needs; gives its lower edge.
qreal ChartPainter::legend(qreal left, qreal top, bool draw) {
    QPointF at(left, top);
    p_.setFont(fontOf(11));
    const std::size_t shown = std::min(curves_.curves.size(), kMostLegend);
    for (std::size_t i = 0; i < shown; ++i) {
        const Curve& curve = curves_.curves[i];
        QColor colour = curve.colour;
        if (curves_.stacked) colour.setAlphaF(0.8F);
        legendEntry(at, left, curve.name, colour, curve.style, curves_.stacked, draw);
    }
    if (shown < curves_.curves.size())
        legendEntry(at, left, "and " + std::to_string(curves_.curves.size() - shown) + " more", {},
                    Qt::NoPen, true, draw);
    if (!curves_.expected.empty())
        legendEntry(at, left, "expected by weight before", inks_.text, Qt::DashLine, false, draw);
    return at.y() + kRow;
}

void ChartPainter::band() {
    if (chart_.incident.empty()) return;
    const QRectF box(QPointF(x(chart_.incident.from), plot_.top()),
                     QPointF(x(chart_.incident.to), plot_.bottom()));
    p_.fillRect(box, inks_.band);
    const QString full = "incident " +
                         QString::fromStdString(zone_.timeOfDay(chart_.incident.from, 0)) + " – " +
                         QString::fromStdString(zone_.timeOfDay(chart_.incident.to, 0));
    p_.setFont(fontOf(10));
    p_.setPen(inks_.bandEdge);
    const qreal width = QFontMetricsF(p_.font(), p_.device()).horizontalAdvance(full) * 1.1;
    const qreal left = std::clamp(box.center().x() - width / 2, plot_.left(),
                                  std::max(plot_.left(), plot_.right() - width));
    text({left, plot_.top() - kStrip, width, kStrip - 3}, Qt::AlignHCenter | Qt::AlignVCenter,
         full);
}

void ChartPainter::bandEdges() {
    if (chart_.incident.empty()) return;
    p_.setRenderHint(QPainter::Antialiasing, false);
    p_.setPen(QPen(inks_.bandEdge, 1, Qt::SolidLine, Qt::FlatCap));
    for (const Instant edge : {chart_.incident.from, chart_.incident.to}) {
        if (edge < window_.from || edge > window_.to) continue;
        p_.drawLine(QPointF(x(edge), plot_.top() - 3), QPointF(x(edge), plot_.bottom()));
    }
    p_.setPen(QPen(inks_.bandEdge, 2));
    p_.drawLine(QPointF(x(chart_.incident.from), plot_.top() - 2),
                QPointF(x(chart_.incident.to), plot_.top() - 2));
    p_.setRenderHint(QPainter::Antialiasing, true);
}

/// Steps, not slopes: a bucket's number holds for the whole bucket.
void ChartPainter::areas() {
    const std::size_t buckets = chart_.table.total.buckets.size();
    std::vector<double> below(buckets, 0);
    for (const Curve& curve : curves_.curves) {
        QPainterPath path;
        for (std::size_t b = 0; b < std::min(buckets, curve.values.size()); ++b) {
            const double value = curve.values[b];
            if (!std::isfinite(value) || value <= 0) continue;
            std::size_t end = b; // buckets of the same height make one rectangle
            while (end + 1 < std::min(buckets, curve.values.size()) &&
                   curve.values[end + 1] == value && below[end + 1] == below[b])
                ++end;
            path.addRect(QRectF(QPointF(bucketEdge(b), y(below[b] + value)),
                                QPointF(bucketEdge(end + 1), y(below[b]))));
            for (std::size_t i = b; i <= end; ++i)
                below[i] += value;
            b = end;
        }
        QColor fill = curve.colour;
        fill.setAlphaF(0.8F);
        // Without smoothing neighbouring buckets leave no hairlines between them.
        p_.setRenderHint(QPainter::Antialiasing, false);
        p_.fillPath(path, fill);
        p_.setRenderHint(QPainter::Antialiasing, true);
    }
}

/// Hatched, with words where there is room for them.
void ChartPainter::gaps() {
    for (const Gap& gap : curves_.gaps) {
        const QRectF box(QPointF(bucketEdge(gap.first), plot_.top()),
                         QPointF(bucketEdge(gap.end), plot_.bottom()));
        QColor hatch = inks_.muted;
        hatch.setAlphaF(0.35F);
        p_.fillRect(box, QBrush(hatch, Qt::BDiagPattern));
        const QString why = QString::fromStdString(gap.why);
        const qreal width = widthOf(why, fontOf(11)) * 1.08 + 12;
        if (width > box.width()) continue;
        QRectF label(0, 0, width, kRow);
        label.moveCenter(box.center());
        p_.fillRect(label, inks_.ground);
        p_.setFont(fontOf(11));
        p_.setPen(inks_.text);
        text(label, Qt::AlignCenter, why);
    }
}

void ChartPainter::lines() {
    const qreal half = seconds(chart_.table.bucket) / 2;
    p_.save();
    p_.setClipRect(plot_.adjusted(0, -2, 0, 2));
    for (const Curve& curve : curves_.curves) {
        QPainterPath path;
        bool drawing = false;
        for (std::size_t b = 0; b < curve.values.size(); ++b) {
            const double value = curve.values[b];
            if (!std::isfinite(value)) {
                drawing = false;
                continue;
            }
            const QPointF point(x(seconds(chart_.table.bucket) * static_cast<double>(b) + half),
                                y(value));
            if (drawing)
                path.lineTo(point);
            else
                path.moveTo(point);
            // A lone bucket is a short stroke, else it would not be seen.
            const bool lone =
                !drawing && (b + 1 == curve.values.size() || !std::isfinite(curve.values[b + 1]));
            if (lone) path.lineTo(point + QPointF(2, 0));
            drawing = true;
        }
        p_.setBrush(Qt::NoBrush);
        p_.setPen(QPen(curve.colour, 1.8, curve.style, Qt::FlatCap, Qt::RoundJoin));
        p_.drawPath(path);
    }
    p_.restore();
}

void ChartPainter::expectedLines() {
    p_.setPen(QPen(inks_.text, 1.2, Qt::DashLine, Qt::FlatCap));
    for (const double value : curves_.expected)
        p_.drawLine(QPointF(plot_.left(), y(value)), QPointF(plot_.right(), y(value)));
}

void ChartPainter::valueAxis() {
    p_.setFont(fontOf(11));
    QColor grid = inks_.grid;
    if (curves_.stacked) {
        grid = inks_.text;
        grid.setAlpha(22);
    }
    for (const AxisTick& tick : values_) {
        const qreal at = y(tick.at);
        p_.setRenderHint(QPainter::Antialiasing, false);
        p_.setPen(QPen(tick.at == 0 ? inks_.axis : grid, 1));
        p_.drawLine(QPointF(plot_.left(), at), QPointF(plot_.right(), at));
        p_.setRenderHint(QPainter::Antialiasing, true);
        p_.setPen(inks_.muted);
        text({0, at - kRow / 2, plot_.left() - 8, kRow}, Qt::AlignRight | Qt::AlignVCenter,
             QString::fromStdString(tick.label));
    }
}

/// Labels that would leave the picture are moved inwards.
void ChartPainter::timeAxis() {
    p_.setFont(fontOf(11));
    const QFontMetricsF metrics(p_.font(), p_.device());
    const int most = std::max(2, static_cast<int>(plot_.width() / 95));
    for (const AxisTick& tick : timeTicks(window_, zone_, most)) {
        p_.setPen(QPen(inks_.axis, 1));
        p_.drawLine(QPointF(x(tick.at), plot_.bottom()), QPointF(x(tick.at), plot_.bottom() + 4));
        const auto label = QString::fromStdString(tick.label);
        const qreal width = metrics.horizontalAdvance(label) * 1.08;
        const qreal left =
            std::clamp(x(tick.at) - width / 2, 0.0, std::max(0.0, size_.width() - width));
        p_.setPen(inks_.muted);
        text({left, plot_.bottom() + 5, width, kRow}, Qt::AlignHCenter | Qt::AlignVCenter, label);
    }
}

} // namespace

void paintChart(QPainter& painter, QSize size, const Chart& chart, ChartGround ground) {
    painter.save();
    ChartPainter(painter, size, chart, inksOf(ground)).paint();
    painter.restore();
}

} // namespace postlude
