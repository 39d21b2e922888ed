// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/dotchart.h"

#include "core/base/zone.h"
#include "core/postmortem/wording.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>

namespace postlude {

namespace {

struct Step {
    double seconds;
    const char* label;
};
constexpr std::array<Step, 8> kSteps{{{1, "1 s"},
                                      {10, "10 s"},
                                      {60, "1 min"},
                                      {600, "10 min"},
                                      {3600, "1 h"},
                                      {6 * 3600, "6 h"},
                                      {86400, "1 d"},
                                      {7 * 86400, "7 d"}}};

} // namespace

DotChart::DotChart(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("dotChart"));
    setAccessibleName(tr("Time to detect and to resolve, incident by incident"));
    setMouseTracking(true);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] { update(); });
}

void DotChart::setCases(std::vector<CaseOverview> cases) {
    cases_ = std::move(cases);
    update();
}

void DotChart::setCurrent(const std::filesystem::path& file) {
    current_ = file;
    update();
}

QSize DotChart::sizeHint() const {
    return {fontMetrics().height() * 40, fontMetrics().height() * 14};
}
QSize DotChart::minimumSizeHint() const {
    return {fontMetrics().height() * 14, fontMetrics().height() * 8};
}

QRectF DotChart::plot() const {
    const double em = fontMetrics().height();
    return QRectF(rect()).adjusted(em * 4, em * 2, -em, -em * 1.6);
}

/// Logarithmic: a minute and a day are both to be seen.
double DotChart::y(double seconds) const {
    const double least = std::log(kSteps.front().seconds), most = std::log(kSteps.back().seconds);
    const double at = std::log(std::clamp(seconds, kSteps.front().seconds, kSteps.back().seconds));
    return plot().bottom() - plot().height() * (at - least) / (most - least);
}

std::vector<DotChart::Dot> DotChart::dots() const {
    std::optional<Instant> first, last;
    for (const CaseOverview& c : cases_)
        if (c.start) {
            first = first ? std::min(*first, *c.start) : *c.start;
            last = last ? std::max(*last, *c.start) : *c.start;
        }
    std::vector<Dot> all;
    const double span = first ? seconds(*last - *first) : 0;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        const CaseOverview& c = cases_[i];
        if (!c.start) continue;
        const double x = span > 0
                             ? plot().left() + plot().width() * seconds(*c.start - *first) / span
                             : plot().center().x();
        if (c.toDetect) all.push_back({{x, y(seconds(*c.toDetect))}, i, false});
        if (c.toResolve) all.push_back({{x, y(seconds(*c.toResolve))}, i, true});
    }
    return all;
}

void DotChart::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.surface);
    const double em = fontMetrics().height();
    for (const Step& step : kSteps) {
        const double at = y(step.seconds);
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(plot().left(), at), QPointF(plot().right(), at));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(0, at - em / 2, plot().left() - em / 3, em),
                         Qt::AlignRight | Qt::AlignVCenter, QLatin1String(step.label));
    }
    const QColor detected = theme.accent, resolved = theme.warning;
    const auto mark = [&](QPointF at, bool square, bool large) {
        const double r = em * (large ? 0.36 : 0.26);
        painter.setPen(QPen(square ? resolved : detected, 2));
        painter.setBrush(square ? QBrush(resolved) : QBrush(theme.surface));
        square ? painter.drawRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r))
               : painter.drawEllipse(at, r, r);
    };
    double left = plot().left();
    for (const auto& [text, square] :
         {std::pair{tr("detected after"), false}, {tr("resolved after"), true}}) {
        mark({left + em / 2, em * 0.9}, square, false);
        painter.setPen(theme.text);
        painter.drawText(QPointF(left + em * 1.1, em * 1.25), text);
        left += fontMetrics().horizontalAdvance(text) + em * 2.2;
    }
    const std::vector<Dot> all = dots();
    for (const Dot& dot : all)
        mark(dot.at, dot.resolved, cases_[dot.of].file == current_);
    painter.setPen(theme.muted);
    if (all.empty())
        return painter.drawText(plot(), Qt::AlignCenter, tr("No case tells when it was detected")),
               void();
    const auto day = [&](const Dot& dot) {
        return QString::fromStdString(Zone::utc().date(*cases_[dot.of].start));
    };
    const auto [low, high] = std::ranges::minmax(all, {}, [](const Dot& d) { return d.at.x(); });
    const QRectF foot(plot().left() - em * 3, plot().bottom() + em * 0.4, plot().width() + em * 4,
                      em);
    painter.drawText(foot.adjusted(em * 3, 0, 0, 0), Qt::AlignLeft, day(low));
    if (high.at.x() > low.at.x()) painter.drawText(foot, Qt::AlignRight, day(high));
}

const DotChart::Dot* DotChart::near(const std::vector<Dot>& all, QPointF at) const {
    const Dot* best = nullptr;
    double least = fontMetrics().height() * 0.8;
    for (const Dot& dot : all) {
        const double away = QLineF(dot.at, at).length();
        if (away > least) continue;
        least = away;
        best = &dot;
    }
    return best;
}

void DotChart::mousePressEvent(QMouseEvent* event) {
    const std::vector<Dot> all = dots();
    if (const Dot* dot = near(all, event->position()))
        Q_EMIT picked(QString::fromStdString(cases_[dot->of].file.string()));
}

bool DotChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::vector<Dot> all = dots();
    const Dot* dot = near(all, help->pos());
    if (!dot) {
        QToolTip::hideText();
        return true;
    }
    const CaseOverview& c = cases_[dot->of];
    const QString took = QString::fromStdString(spoken(dot->resolved ? *c.toResolve : *c.toDetect));
    QToolTip::showText(
        help->globalPos(),
        plainTip((dot->resolved ? tr("%1: resolved after %2") : tr("%1: detected after %2"))
                     .arg(shown(c.title), took)),
        this);
    return true;
}

} // namespace postlude
