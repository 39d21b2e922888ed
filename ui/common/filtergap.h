// SPDX-License-Identifier: GPL-3.0-or-later
// What may stand where somebody types in a filter; no widget.
#pragma once

#include <QString>
#include <vector>

namespace postlude {

struct FilterGap {
    enum class What : std::uint8_t { Field, Comparison, Value, Joint, Nothing } what = What::Field;
    qsizetype from = 0, to = 0; ///< what is typed of it so far, and what a choice replaces
    QString typed;              ///< without its quotes
    QString field;              ///< of Comparison and Value
    bool quoted = false; ///< of a Joint: `field` is a text in quotes, which may be a field's name
};

/// Knows no grammar but the order of a test's parts; what is wrong before the cursor does not
/// matter to it.
FilterGap filterGapAt(const QString& text, qsizetype cursor);

/// Names that are compared with something, and where each begins.
std::vector<std::pair<qsizetype, QString>> filterFieldsIn(const QString& text);

} // namespace postlude
