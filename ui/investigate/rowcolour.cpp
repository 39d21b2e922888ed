// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/rowcolour.h"

#include "ui/common/theme.h"

namespace postlude {

namespace {

/// Places in the theme's set for those who see few colours.
enum Hue : std::uint8_t { Blue, Orange, Green, Purple, Sky, Vermilion, Yellow, Grey };

QColor ofHue(Hue hue) {
    return Theme::current().server(hue);
}

QColor mixed(const QColor& a, const QColor& b, float share) {
    const auto part = [share](float from, float to) { return from + (to - from) * share; };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()),
                            part(a.blueF(), b.blueF()));
}

QColor ofLevel(Level level) {
    if (level == Level::None) return {};
    if (level >= Level::Critical) return ofHue(Purple);
    if (level >= Level::Error) return ofHue(Vermilion);
    if (level >= Level::Warning) return ofHue(Orange);
    return ofHue(level >= Level::Info ? Sky : Grey);
}

QColor ofStatus(std::int64_t status) {
    if (status == kAbsent) return {};
    if (status >= 500) return ofHue(Vermilion);
    if (status >= 400) return ofHue(Orange);
    if (status >= 300) return ofHue(Sky);
    return ofHue(status >= 200 ? Green : Grey); // none was sent, or one on the way to another
}

QColor ofSource(SourceId id, const ServerIndex& servers) {
    const auto& all = servers.sources();
    const auto it = std::ranges::find(all, id, &SourceInfo::id);
    if (it == all.end()) return {};
    return Theme::current().server(static_cast<std::size_t>(it - all.begin()));
}

} // namespace

QColor rowColour(ColourBy by, const RecordRow& row, const ServerIndex& servers) {
    switch (by) {
    case ColourBy::Source:
        return ofSource(row.source, servers);
    case ColourBy::Server: {
        const QColor colour = servers.colourOf(row);
        return colour == Theme::current().neutral ? QColor{} : colour;
    }
    case ColourBy::Level:
        return ofLevel(row.level);
    case ColourBy::Status:
        return ofStatus(row[NumberField::Status]);
    default:
        return {};
    }
}

bool standsOut(ColourBy by, const RecordRow& row) {
    if (by == ColourBy::Level) return row.level >= Level::Warning;
    const std::int64_t status = row[NumberField::Status];
    return by != ColourBy::Status || status < 200 || status >= 400;
}

QColor rowFill(const QColor& colour) {
    const Theme& theme = Theme::current();
    return mixed(theme.surface, colour, theme.dark ? 0.18F : 0.12F);
}

QColor toneOnFill(const QColor& tone) {
    return mixed(tone, Theme::current().text, 0.35F);
}

} // namespace postlude
