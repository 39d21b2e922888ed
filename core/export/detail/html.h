// SPDX-License-Identifier: GPL-3.0-or-later
// The report as HTML: for browsers with everything inside, and for QTextDocument on paper.
#pragma once

#include "core/export/detail/report.h"

#include <functional>

namespace postlude {

/// Gives the address of a picture, such as "data:image/svg+xml;base64,…".
using PictureAddress = std::function<std::string(const ChartPicture&)>;

enum class HtmlFor : std::uint8_t { Browser, Paper };

/// One document without scripts or anything to be fetched; every text is escaped.
std::string htmlOf(const Report& report, const std::string& title, HtmlFor reader,
                   const PictureAddress& address);

} // namespace postlude
