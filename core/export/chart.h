// SPDX-License-Identifier: GPL-3.0-or-later
// The report's charts, painted from series without any widget.
#pragma once

#include "core/postmortem/postmortem.h"

#include <QImage>
#include <QSize>
#include <filesystem>

class QPainter;

namespace postlude {

enum class ChartKind : std::uint8_t { Requests, Share, Errors, Latency };
std::string_view nameOf(ChartKind kind);  ///< "requests", "share", "errors", "latency"
std::string_view titleOf(ChartKind kind); ///< "Share of traffic per server"

/// The Okabe–Ito colours, the same for a server everywhere; 0xRRGGBB. Index = place of the
/// server in Query::servers().
std::uint32_t serverColour(std::size_t index);

struct Chart {
    ChartKind kind = ChartKind::Requests;
    SeriesTable table;
    Window incident; ///< shaded; empty: none
    std::vector<double>
        expectedShares;               ///< dashed lines of the share chart, per series; may be empty
    std::vector<std::size_t> colours; ///< serverColour() index per series; empty: their order
    std::string zone = "UTC";
};

struct ChartPicture {
    ChartKind kind;
    std::string stem;    ///< file name without ending: "share"
    std::string caption; ///< "Share of traffic per server, 09:57:40 – 10:03:50 UTC"
};

/// The four charts over the incident the document speaks of, in its zone, with a margin of half its
/// length on both sides, or, without an incident, over the whole span; none if there are no
/// requests. Errors: Query's.
Result<std::vector<Chart>> incidentCharts(const Query& query, const Analysis& analysis,
                                          const Postmortem& document, std::stop_token stop);
/// Reports are white; a window with a dark theme is not.
enum class ChartGround : std::uint8_t { Light, Dark };
/// Paints in the units of `size`; meant for 960 × 300, at least 320 × 180.
void paintChart(QPainter& painter, QSize size, const Chart& chart,
                ChartGround ground = ChartGround::Light);
/// "Share of traffic per server, 2024-01-15 09:57:40 – 10:03:50 UTC" and the file name's stem.
ChartPicture pictureOf(const Chart& chart);
QImage chartImage(const Chart& chart, double scale); ///< 960 × 300 times `scale`
std::string chartSvg(const Chart& chart);
/// Both write the file whole or not at all. Errors: Write, DiskFull, Permission, NotFound.
Result<void> writeSvg(const Chart& chart, const std::filesystem::path& file);
Result<void> writePng(const Chart& chart, const std::filesystem::path& file);

} // namespace postlude
