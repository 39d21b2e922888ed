// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as files.
#include "core/export/chart.h"
#include "core/export/detail/files.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace postlude {

namespace {

constexpr QSize kSize(960, 300);

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

QImage chartImage(const Chart& chart, double scale) {
    QImage image(kSize * scale, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintChart(painter, kSize, chart);
    return image;
}

std::string chartSvg(const Chart& chart) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(kSize);
    svg.setViewBox(QRect(QPoint(), kSize));
    svg.setResolution(96);
    svg.setTitle(QString::fromStdString(pictureOf(chart).caption));
    svg.setDescription({});
    QPainter painter(&svg);
    paintChart(painter, kSize, chart);
    painter.end();
    return bytes.toStdString();
}

Result<void> writeSvg(const Chart& chart, const std::filesystem::path& file) {
    return writeWhole(file, chartSvg(chart));
}

Result<void> writePng(const Chart& chart, const std::filesystem::path& file) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImage image = chartImage(chart, 2);
    image.setText("Title", QString::fromStdString(pictureOf(chart).caption));
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return std::unexpected(Error{.kind = ErrorKind::Internal,
                                     .what = "the picture could not be encoded",
                                     .place = {.source = file.string()}});
    return writeWhole(file, viewOf(bytes));
}

} // namespace postlude
