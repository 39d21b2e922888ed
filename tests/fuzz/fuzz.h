// SPDX-License-Identifier: GPL-3.0-or-later
// What the fuzz targets share. A target is one file that defines LLVMFuzzerTestOneInput; with the
// preset "fuzz" libFuzzer drives it, in all other builds main.cpp gives it its seeds and what
// once crashed it, so that the targets never rot.
#pragma once

#include "core/format/catalogue.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace postlude::fuzz {

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Takes the text up to the next line break away.
std::string_view takeLine(std::string_view& text);

/// Reads `text` with `format`, and fails where a record's views or places cannot be right.
void readAll(const Format& format, std::string_view text);

/// First line: a server's own format string; the others: lines to read with it.
void dialect(const char* name, std::string_view text);

/// Ends the program if `holds` is not so.
void require(bool holds, const char* what);

} // namespace postlude::fuzz
