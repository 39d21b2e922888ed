// SPDX-License-Identifier: GPL-3.0-or-later
// Making hostile text harmless. Log text is bytes that anybody may have chosen.
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// Valid UTF-8: bytes that are not become U+FFFD. Nothing else changes.
std::string validUtf8(std::string_view bytes);

/// For one line on a screen or a terminal: valid UTF-8; control codes, bidi overrides and
/// zero-width characters become visible (U+2400 pictures, "‹U+202E›"), tabs a blank.
std::string visible(std::string_view bytes);

/// Inside a JSON string, with the quotes.
std::string jsonQuoted(std::string_view bytes);

/// Markdown (CommonMark and GFM) that renders as exactly visible() text, on one line and without
/// blanks at its ends: no emphasis, link, HTML, table cell break, footnote, list or heading can
/// arise from it, wherever it is put. Ordinary prose stays as it is.
std::string markdownEscaped(std::string_view bytes);

/// Inside HTML text or a quoted attribute.
std::string htmlEscaped(std::string_view bytes);

/// A CSV field; a leading = + - @ tab or CR gets an apostrophe before it, so that no
/// spreadsheet takes it for a formula.
std::string csvQuoted(std::string_view bytes);

/// A name for a file made from any text: letters, digits, '-', '_' and '.', never empty, never
/// starting with a dot, at most 80 bytes.
std::string fileNameFrom(std::string_view text);

/// "21 597", groups of three parted by a narrow space that lets no line break (U+202F).
std::string grouped(std::int64_t number);

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

} // namespace postlude
