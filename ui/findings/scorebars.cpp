// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/scorebars.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace postlude {

namespace {

QString titleOfPart(const std::string& part) {
    if (part == "precedence") return ScoreBars::tr("precedence");
    if (part == "place") return ScoreBars::tr("place");
    if (part == "shape") return ScoreBars::tr("shape");
    if (part == "undo") return ScoreBars::tr("undoing");
    if (part == "depth") return ScoreBars::tr("depth");
    if (part == "rise") return ScoreBars::tr("rise");
    return shown(part);
}

/// What each part asks, for a tip.
QString questionOf(const std::string& part) {
    if (part == "precedence") return ScoreBars::tr("did it come shortly before the trouble?");
    if (part == "place") return ScoreBars::tr("is it where the trouble is?");
    if (part == "shape") return ScoreBars::tr("does the trouble look as this would make it look?");
    if (part == "undo") return ScoreBars::tr("did the trouble end when it was taken back?");
    if (part == "depth") return ScoreBars::tr("or is it what another one of these brought about?");
    if (part == "rise") return ScoreBars::tr("how much more went wrong from then on?");
    return {};
}

} // namespace

ScoreBars::ScoreBars(std::vector<std::pair<std::string, double>> scores, QWidget* parent)
    : QWidget(parent)
    , scores_(std::move(scores)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList words, tips;
    for (const auto& [name, score] : scores_) {
        words << QStringLiteral("%1 %2").arg(titleOfPart(name)).arg(score, 0, 'f', 2);
        const QString question = questionOf(name);
        tips << (question.isEmpty() ? words.last()
                                    : words.last() + QStringLiteral(": ") + question);
    }
    setAccessibleName(words.join(QStringLiteral(", ")));
    setToolTip(plainTip(tips.join(QLatin1Char('\n'))));
}

int ScoreBars::rowHeight() const {
    return QFontMetrics(Theme::current().small()).height() + 3;
}

QSize ScoreBars::sizeHint() const {
    return {200, rowHeight() * static_cast<int>(scores_.size())};
}

QSize ScoreBars::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

void ScoreBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::current();
    painter.setFont(theme.small());
    const QFontMetrics metrics(theme.small());
    int names = 0;
    for (const auto& [name, score] : scores_)
        names = std::max(names, metrics.horizontalAdvance(titleOfPart(name)));
    const int figure = metrics.horizontalAdvance(QStringLiteral("0.00"));
    const int left = names + 8;
    const int wide = std::max(10, width() - left - figure - 8);
    int top = 0;
    for (const auto& [name, score] : scores_) {
        const QRect row(0, top, width(), rowHeight());
        painter.setPen(theme.muted);
        painter.drawText(row, Qt::AlignVCenter, shown(name));
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, QString::number(score, 'f', 2));
        const QRect bar(left, top + rowHeight() / 2 - 3, wide, 6);
        painter.fillRect(bar, theme.border);
        painter.fillRect(
            QRect(bar.left(), bar.top(), static_cast<int>(wide * std::clamp(score, 0.0, 1.0)), 6),
            theme.accent);
        top += rowHeight();
    }
}

} // namespace postlude
