// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/paths.h"

#include "core/base/text.h"
#include "core/bundle/archivename.h"

#include <algorithm>
#include <map>

namespace postlude::detail {

namespace {

std::vector<std::string_view> components(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!part.empty() && part != ".") parts.push_back(part);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return parts;
}

bool isAbsolute(std::string_view path) {
    const bool drive = path.size() >= 2 && path[1] == ':' &&
                       ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z'));
    return path.starts_with('/') || path.starts_with('\\') || drive;
}

/// The first component with its slash if all paths share it, from `skip` on.
std::string sharedTop(const std::vector<std::string_view>& paths, std::size_t skip) {
    if (paths.empty()) return {};
    const auto slash = paths.front().find('/', skip);
    if (slash == std::string_view::npos) return {};
    const std::string top(paths.front().substr(skip, slash + 1 - skip));
    const bool shared = std::ranges::all_of(
        paths, [&](std::string_view p) { return p.substr(skip).starts_with(top); });
    return shared ? top : std::string();
}

} // namespace

CleanPath cleanPath(std::string_view stored, bool backslashes) {
    std::string slashed(stored);
    if (backslashes) std::ranges::replace(slashed, '\\', '/');
    if (isAbsolute(slashed)) return {{}, "its path is absolute", false};
    CleanPath clean;
    for (const std::string_view part : components(slashed)) {
        if (part == "..") return {{}, "its path points outside the archive", false};
        if (!clean.path.empty()) clean.path += '/';
        clean.path += visible(part);
        clean.changed = clean.changed || visible(part) != part;
    }
    if (clean.path.empty()) clean.refused = "it has no name";
    return clean;
}

bool isClutter(std::string_view path) {
    const auto slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return path.starts_with("__MACOSX/") || path.find("/__MACOSX/") != std::string_view::npos ||
           name == ".DS_Store" || name == "Thumbs.db" || name.starts_with("._") ||
           name.ends_with(".postlude") || name.ends_with(".postlude-wal") ||
           name.ends_with(".postlude-shm") || name.ends_with(".postlude-lock") ||
           name.ends_with(".postlude-journal");
}

std::string commonTop(const std::vector<std::string_view>& paths, bool archive) {
    std::string top = archive ? sharedTop(paths, 0) : std::string();
    const std::string more = sharedTop(paths, top.size());
    const std::size_t skip = top.size() + more.size();
    const bool folders = std::ranges::any_of(
        paths, [&](std::string_view p) { return p.find('/', skip) != std::string_view::npos; });
    if (!more.empty() && folders) top += more;
    return top;
}

std::vector<std::string> resolvePaths(const std::vector<std::vector<std::string>>& leaves) {
    using Chain = std::vector<std::string>;
    std::map<Chain, std::vector<std::string_view>> inside; // archive → paths directly in it
    for (const Chain& leaf : leaves)
        for (std::size_t level = 0; level < leaf.size(); ++level)
            inside[Chain(leaf.begin(), leaf.begin() + static_cast<std::ptrdiff_t>(level))]
                .push_back(leaf[level]);
    std::map<Chain, std::size_t> strip;
    for (const auto& [chain, paths] : inside)
        strip[chain] = commonTop(paths, true).size();

    std::vector<std::string> out;
    for (const Chain& leaf : leaves) {
        std::string path;
        Chain chain;
        for (const std::string& piece : leaf) {
            const std::string rest = piece.substr(strip[chain]);
            const bool last = chain.size() + 1 == leaf.size();
            path += last ? rest : archiveStem(rest) + "/";
            chain.push_back(piece);
        }
        out.push_back(std::move(path));
    }
    return out;
}

} // namespace postlude::detail
