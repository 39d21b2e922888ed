// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/evidencedrag.h"

#include "ui/common/theme.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QPainter>

namespace postlude {

namespace {

QString mimeType() {
    return QStringLiteral("application/x-postlude-evidence");
}

QPixmap label(const QString& text) {
    constexpr int kPad = 8;
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.small());
    const QString line = metrics.elidedText(text, Qt::ElideRight, 60 * metrics.averageCharWidth());
    const QSize size(metrics.horizontalAdvance(line) + 2 * kPad, metrics.height() + kPad);
    const double ratio = qApp->devicePixelRatio();
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(theme.chip);
    QPainter painter(&picture);
    painter.setFont(theme.small());
    painter.setPen(theme.chipText);
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, line);
    return picture;
}

} // namespace

/// In the form in which a case keeps what a user brings forward.
QMimeData* packEvidence(const Evidence& evidence) {
    Hypothesis carrier;
    carrier.key = newKey({});
    carrier.exhibits = {{evidence, false}};
    auto* data = new QMimeData;
    data->setData(mimeType(), toJson({carrier}));
    return data;
}

std::optional<Evidence> evidenceIn(const QMimeData* data) {
    if (!data || !data->hasFormat(mimeType())) return {};
    const auto carriers = hypothesesFrom(data->data(mimeType()));
    if (carriers.empty() || carriers.front().exhibits.empty()) return {};
    return carriers.front().exhibits.front().evidence;
}

void dragEvidence(QWidget* source, const Evidence& evidence, const QString& text) {
    auto* drag = new QDrag(source);
    drag->setMimeData(packEvidence(evidence));
    drag->setPixmap(label(text));
    drag->exec(Qt::CopyAction);
}

} // namespace postlude
