// SPDX-License-Identifier: GPL-3.0-or-later
// Includes, resolved against the other files of the bundle. A bundle is no file system: what the
// server calls /etc/nginx/conf.d/*.conf may be lb/nginx/conf.d/app.conf here, so a path is looked
// for by as much of its end as there is.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>

namespace postlude::lbconfig {

namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kMostFiles = 1000;

std::vector<std::string_view> partsOf(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        if (part == ".." && !out.empty())
            out.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            out.push_back(part);
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return out;
}

/// "[a-z]" at the beginning of `glob`: does it fit `c`, and how long is it? 0: no such thing.
std::size_t classAt(std::string_view glob, char c, bool& fits) {
    std::size_t end = 2;
    while (end < glob.size() && glob[end] != ']')
        ++end;
    if (end >= glob.size()) return 0;
    std::string_view inside = glob.substr(1, end - 1);
    const bool inverted = inside.starts_with('!') || inside.starts_with('^');
    if (inverted) inside.remove_prefix(1);
    fits = false;
    for (std::size_t i = 0; i < inside.size(); ++i)
        if (i + 2 < inside.size() && inside[i + 1] == '-') {
            fits = fits || (inside[i] <= c && c <= inside[i + 2]);
            i += 2;
        } else {
            fits = fits || inside[i] == c;
        }
    fits = fits != inverted;
    return end + 1;
}

/// One part of a path against one of a pattern with * ? and [ ].
bool fits(std::string_view glob, std::string_view name) {
    std::size_t g = 0, n = 0, star = std::string_view::npos, from = 0;
    while (n < name.size()) {
        bool one = false;
        std::size_t width = 1;
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            from = n;
            continue;
        }
        if (g < glob.size()) {
            one = glob[g] == '?' || glob[g] == name[n];
            if (glob[g] == '[')
                if (const auto w = classAt(glob.substr(g), name[n], one)) width = w;
        }
        if (one) {
            g += width;
            ++n;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            n = ++from;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

bool isPattern(std::string_view text) {
    return text.find_first_of("*?[") != std::string_view::npos;
}

/// True if the last `count` parts of `path` fit those of `pattern`.
bool endFits(const std::vector<std::string_view>& pattern,
             const std::vector<std::string_view>& path, std::size_t count) {
    if (path.size() < count || pattern.size() < count) return false;
    for (std::size_t i = 1; i <= count; ++i)
        if (!fits(pattern[pattern.size() - i], path[path.size() - i])) return false;
    return true;
}

std::size_t inCommon(std::string_view a, std::string_view b) {
    return std::size_t(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// The members that an include names, in the order of their names.
std::vector<std::size_t> membersFor(std::string_view pattern, const std::string& from,
                                    const std::vector<std::string>& paths) {
    const auto parts = partsOf(pattern);
    const std::size_t least = !parts.empty() && isPattern(parts.back()) ? 2 : 1;
    const auto slash = from.rfind('/');
    const std::string near =
        (slash == std::string::npos ? "" : from.substr(0, slash + 1)) + std::string(pattern);
    std::vector<std::size_t> out;
    const auto nearParts = partsOf(near);
    for (std::size_t i = 0; i < paths.size() && !pattern.starts_with('/'); ++i) {
        const auto path = partsOf(paths[i]);
        if (path.size() == nearParts.size() && endFits(nearParts, path, path.size()) &&
            paths[i] != from)
            out.push_back(i);
    }
    std::size_t best = 0;
    for (std::size_t count = parts.size(); out.empty() && count >= least && count > 0; --count)
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (paths[i] == from || !endFits(parts, partsOf(paths[i]), count)) continue;
            best = std::max(best, inCommon(paths[i], from));
            out.push_back(i);
        }
    if (!isPattern(pattern)) // of several trees the one that the including file is in
        std::erase_if(out, [&](std::size_t i) { return inCommon(paths[i], from) < best; });
    std::ranges::sort(out, {}, [&](std::size_t i) { return paths[i]; });
    return out;
}

/// Files that come with the server and say nothing of balancing.
bool comesWithServer(std::string_view pattern) {
    static constexpr std::string_view kKnown[] = {
        "mime.types",    "fastcgi_params", "fastcgi.conf", "proxy_params",     "uwsgi_params",
        "scgi_params",   "koi-win",        "koi-utf",      "modules-enabled/", "modules/",
        "mods-enabled/", "conf-enabled/",  "letsencrypt/", "snippets/",        "conf.modules.d/",
        "ssl-dhparams",  "magic",          "ports.conf",   "conf-available/",  "mods-available/"};
    return std::ranges::any_of(
        kKnown, [&](auto known) { return pattern.find(known) != std::string_view::npos; });
}

class Expander {
public:
    Expander(BalancerConfig& config, const ConfigFiles& others)
        : config_(config)
        , others_(others) {}

    Result<void> run(std::string_view text) {
        config_.files = {config_.path};
        return add(text, 0, nullptr, 0);
    }

private:
    Result<std::vector<Directive>> directivesOf(std::string_view text) const {
        switch (config_.dialect) {
        case ConfigDialect::HAProxy:
            return haproxyDirectives(text);
        case ConfigDialect::Nginx:
            return nginxDirectives(text);
        case ConfigDialect::Apache:
            return apacheDirectives(text);
        case ConfigDialect::Caddy:
            return caddyDirectives(text);
        default:
            return std::vector<Directive>{};
        }
    }

    /// The pattern of a directive that includes; empty for all others.
    [[nodiscard]] std::string_view patternOf(const Directive& d) const {
        if (d.words.size() < 2) return {};
        const std::string word = lowerCase(d.words[0]);
        const bool includes =
            (config_.dialect == ConfigDialect::Nginx && word == "include") ||
            (config_.dialect == ConfigDialect::Apache && word.starts_with("include")) ||
            (config_.dialect == ConfigDialect::Caddy && word == "import" && !isSnippet(d.words[1]));
        return includes ? std::string_view(d.words[1]) : std::string_view();
    }

    [[nodiscard]] bool isSnippet(const std::string& name) const {
        return std::ranges::any_of(
            config_.directives, [&](const Directive& d) { return d.words[0] == "(" + name + ")"; });
    }

    Result<void> add(std::string_view text, std::uint32_t file, const Directive* within,
                     int depth) {
        auto read = directivesOf(text);
        if (!read) {
            read.error().place.source = config_.files[file];
            return std::unexpected(read.error());
        }
        for (Directive& d : *read) {
            if (d.words.empty()) continue;
            d.file = file;
            if (within) {
                const bool both = !within->section.empty() && !d.section.empty();
                d.section = within->section + (both ? " / " : "") + d.section;
                d.depth = static_cast<std::uint16_t>(d.depth + within->depth);
            }
            if (config_.directives.size() > kMostDirectives) return {};
            config_.directives.push_back(d);
            if (const std::string pattern(patternOf(d)); !pattern.empty())
                if (auto done = include(pattern, d, depth); !done) return done;
        }
        return {};
    }

    Result<void> include(const std::string& pattern, const Directive& by, int depth) {
        const bool variable = pattern.find_first_of("${") != std::string::npos;
        const std::size_t before = config_.files.size();
        if (auto done = addMembers(pattern, by, depth, variable); !done) return done;
        if (config_.files.size() == before && !comesWithServer(pattern)) config_.incomplete = true;
        return {};
    }

    Result<void> addMembers(const std::string& pattern, const Directive& by, int depth,
                            bool variable) {
        if (!others_.text || variable) return {};
        const auto members = membersFor(pattern, config_.files[by.file], others_.paths);
        const bool optional = isPattern(pattern) || lowerCase(by.words[0]) == "includeoptional" ||
                              comesWithServer(pattern);
        if (members.empty() && !optional) config_.missing.push_back({pattern, by.place()});
        for (const std::size_t member : members) {
            const std::string& path = others_.paths[member];
            if (depth >= kDeepest || config_.files.size() >= kMostFiles ||
                std::ranges::find(open_, path) != open_.end())
                continue; // includes itself
            const auto text = others_.text(member);
            if (!text) {
                config_.missing.push_back({pattern, by.place()});
                continue;
            }
            config_.files.push_back(path);
            open_.push_back(path);
            auto done = add(*text, std::uint32_t(config_.files.size() - 1), &by, depth + 1);
            open_.pop_back();
            if (!done) return done;
        }
        return {};
    }

    BalancerConfig& config_;
    const ConfigFiles& others_;
    std::vector<std::string> open_;
};

} // namespace

Result<void> readWithIncludes(BalancerConfig& config, std::string_view text,
                              const ConfigFiles& others) {
    return Expander(config, others).run(text);
}

} // namespace postlude::lbconfig
