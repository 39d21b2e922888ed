// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/archivename.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::array<std::string_view, 15> kEndings{".gz",  ".zst", ".xz",  ".bz2",  ".lz4",
                                                    ".lz",  ".tgz", ".txz", ".tzst", ".tbz2",
                                                    ".tbz", ".tar", ".zip", ".7z",   ".rar"};

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool endsIn(std::string_view path, std::string_view ending) {
    return path.size() > ending.size() &&
           std::ranges::equal(path.substr(path.size() - ending.size()), ending, {}, small);
}

} // namespace

std::span<const std::string_view> archiveEndings() {
    return kEndings;
}

std::string archiveStem(std::string_view path) {
    for (int round = 0; round < 2; ++round)
        for (const std::string_view ending : kEndings)
            if (endsIn(path, ending)) path.remove_suffix(ending.size());
    return std::string(path);
}

} // namespace postlude
