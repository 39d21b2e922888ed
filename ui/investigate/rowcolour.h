// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of the lines are coloured by. A colour never says anything that the row does not
// say in words, too.
#pragma once

#include "ui/investigate/serverindex.h"

namespace postlude {

/// Kept with the case by its number.
enum class ColourBy : std::uint8_t { Nothing, Source, Server, Level, Status };
constexpr int kColourings = 5;

/// Invalid: this row has none.
QColor rowColour(ColourBy by, const RecordRow& row, const ServerIndex& servers);
/// What one looks for among the others: a usual row has its colour at the edge alone.
bool standsOut(ColourBy by, const RecordRow& row);
/// The colour behind text that is to be read.
QColor rowFill(const QColor& colour);
/// A tone of the text as it can be read on any of these.
QColor toneOnFill(const QColor& tone);

} // namespace postlude
