// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/resume.h"

#include "core/base/precisetime.h"
#include "core/case/store.h"

#include <fmt/ranges.h>

namespace postlude::detail {

namespace {

constexpr const char* kNote = "span";

/// "in/", "./in" and "in" are the same folder.
std::vector<std::string> plain(const std::vector<std::string>& paths) {
    std::vector<std::string> out;
    for (const std::string& path : paths) {
        const auto normal = std::filesystem::path(path).lexically_normal();
        out.push_back((normal.has_filename() ? normal : normal.parent_path()).string());
    }
    return out;
}

bool isBegun(const Case& target) {
    const auto progress = target.store().progress();
    return progress && !progress->empty();
}

std::string textOf(const std::optional<Instant>& time) {
    return time ? preciseTime(*time) : std::string();
}

} // namespace

Result<void> sameAsBegun(const Case& target, const std::vector<std::string>& paths) {
    const std::vector<std::string> before = plain(target.bundlePaths());
    if (target.importComplete() || !isBegun(target) || before == plain(paths)) return {};
    return std::unexpected(
        Error{ErrorKind::Usage,
              fmt::format("the interrupted import of this case read another bundle, {}",
                          fmt::join(before, ", ")),
              {},
              "give the same again, or choose another case"});
}

Result<void> keepSpan(Case& target, ImportOptions& options) {
    const auto kept = target.note(kNote);
    if (!kept) return std::unexpected(kept.error());
    const std::string asked = textOf(options.since) + " " + textOf(options.until);
    if (!*kept || !isBegun(target)) return target.setNote(kNote, asked);
    if (**kept == asked) return {};
    if (options.since || options.until)
        return std::unexpected(
            Error{ErrorKind::Usage,
                  "the interrupted import of this case read another span of time",
                  {},
                  "give the same --since and --until again, or choose another case"});
    const auto blank = (*kept)->find(' ');
    options.since = fromRfc3339((*kept)->substr(0, blank));
    options.until = fromRfc3339((*kept)->substr(blank + 1));
    return {};
}

} // namespace postlude::detail
