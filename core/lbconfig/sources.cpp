// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/sources.h"

#include "core/bundle/bundle.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace postlude {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargest = 16U << 20U; ///< bytes of one configuration
constexpr std::size_t kMostFiles = 20'000;   ///< beside the one that was named
constexpr int kDeepest = 6;                  ///< folders below it

/// A file that may be a configuration, or be included by one.
struct Candidate {
    std::string path; ///< as it is shown
    fs::path file;    ///< on disk; empty: `text` holds it
    std::string text;
};

std::optional<std::string> contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    std::string raw(kLargest + 1, '\0');
    in.read(raw.data(), static_cast<std::streamsize>(raw.size()));
    if (in.bad() || static_cast<std::size_t>(in.gcount()) > kLargest) return {};
    raw.resize(static_cast<std::size_t>(in.gcount()));
    return Decoder().decode(raw, true);
}

std::optional<std::string> textOf(const Candidate& c) {
    return c.file.empty() ? std::optional(c.text) : contents(c.file);
}

/// True for what is worth a closer look: text that is no log of many lines.
bool mayBeConfig(const Candidate& c) {
    if (c.file.empty()) return true;
    std::error_code code;
    const auto size = fs::file_size(c.file, code);
    return !code && size > 0 && size <= kLargest;
}

/// Of names that say it where the text is too short to: "Caddyfile", "haproxy.cfg.old".
std::optional<ConfigDialect> dialectOf(std::string_view text, const std::string& path, bool named) {
    if (const auto byText = configDialectOf(text)) return byText;
    const std::string name = fs::path(path).filename().string();
    const bool usual = name.starts_with("Caddyfile") || name.starts_with("haproxy.cfg") ||
                       name.starts_with("nginx.conf");
    return named || usual ? configDialectNamed(name) : std::nullopt;
}

class Finder {
public:
    Finder(fs::path path, std::stop_token stop)
        : path_(std::move(path))
        , stop_(std::move(stop)) {}

    Result<ConfigsFound> run() {
        std::error_code code;
        found_.root = path_.generic_string();
        auto bundle = Bundle::open({path_}, {}, stop_);
        if (!bundle) return std::unexpected(bundle.error());
        if (auto listed = list(*bundle); !listed) return std::unexpected(listed.error());
        single_ = fs::is_regular_file(path_, code) && candidates_.size() == 1;
        if (single_) addNeighbours();
        readAll();
        if (found_.configs.empty() && found_.broken.empty())
            return std::unexpected(Error{
                ErrorKind::NotUnderstood,
                "no balancer's configuration is in it",
                {.source = path_.string(), .line = 0, .offset = 0},
                "HAProxy, nginx, Apache httpd, Caddyfiles, Traefik and Envoy are understood"});
        keepNewest();
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string shown(const std::string& member) const {
        std::error_code code;
        return fs::is_directory(path_, code) || !single() ? (path_ / member).generic_string()
                                                          : path_.generic_string();
    }
    /// A plain file is shown as it was named, members of an archive below its name.
    [[nodiscard]] bool single() const { return plain_; }

    Result<void> list(Bundle& bundle) {
        std::error_code code;
        for (const SourceFiles& source : bundle.sources())
            for (const Member& m : source.parts) {
                plain_ = fs::is_regular_file(path_, code) && !m.file.empty();
                if (!m.file.empty()) candidates_.push_back({shown(m.path), m.file, {}});
            }
        std::map<std::string, std::string> texts;
        const auto walked = bundle.unpack(
            [&](const Member& m, std::string_view chunk, bool) -> Result<void> {
                std::string& text = texts[m.path];
                if (text.size() <= kLargest) text += chunk;
                return {};
            },
            stop_, {});
        if (!walked) return walked;
        plain_ = false;
        for (auto& [path, text] : texts)
            if (text.size() <= kLargest)
                candidates_.push_back({shown(path), {}, Decoder().decode(text, true)});
        return {};
    }

    /// What the one file may include: the files in and below its folder.
    void addNeighbours() {
        std::error_code code;
        const fs::path own = candidates_.front().file;
        const fs::path folder = own.parent_path(), named = path_.parent_path();
        auto it = fs::recursive_directory_iterator(
            folder, fs::directory_options::skip_permission_denied, code);
        for (; !code && it != fs::recursive_directory_iterator() && candidates_.size() < kMostFiles;
             it.increment(code)) {
            if (it.depth() >= kDeepest) it.disable_recursion_pending();
            std::error_code ignored;
            if (!it->is_regular_file(ignored) || it->path() == own) continue;
            const auto below = it->path().lexically_relative(folder);
            candidates_.push_back({(named / below).generic_string(), it->path(), {}});
        }
    }

    void readAll() {
        for (const Candidate& c : candidates_)
            others_.paths.push_back(c.path);
        others_.text = [this](std::size_t i) { return textOf(candidates_[i]); };
        const std::size_t count = single_ ? 1 : candidates_.size();
        for (std::size_t i = 0; i < count && !stop_.stop_requested(); ++i)
            if (mayBeConfig(candidates_[i])) readOne(candidates_[i]);
        dropIncluded();
        markParts();
    }

    /// HAProxy reads the files of a folder one after the other: what one lacks may be in another.
    void markParts() {
        const auto whole = [](const BalancerConfig& c) {
            return std::ranges::any_of(c.directives, [](const Directive& d) {
                return d.depth == 0 && (d.words[0] == "global" || d.words[0] == "defaults");
            });
        };
        const auto folder = [](const BalancerConfig& c) { return fs::path(c.path).parent_path(); };
        for (BalancerConfig& part : found_.configs)
            for (BalancerConfig& main : found_.configs) {
                const bool both = part.dialect == ConfigDialect::HAProxy &&
                                  main.dialect == ConfigDialect::HAProxy &&
                                  folder(part) == folder(main);
                if (both && whole(main) && !whole(part)) part.incomplete = main.incomplete = true;
            }
    }

    void readOne(const Candidate& c) {
        const auto text = textOf(c);
        if (!text || looksBinary(std::string_view(*text).substr(0, 4096))) return;
        const auto dialect = dialectOf(*text, c.path, single_);
        if (!dialect) return;
        auto config = parseConfig(*dialect, *text, c.path, others_);
        if (config)
            found_.configs.push_back(*std::move(config));
        else
            found_.broken.push_back(config.error());
    }

    /// What another one includes is no configuration of its own.
    void dropIncluded() {
        std::set<std::string> included;
        for (const BalancerConfig& c : found_.configs)
            included.insert(c.files.begin() + 1, c.files.end());
        std::erase_if(found_.configs,
                      [&](const BalancerConfig& c) { return included.contains(c.path); });
    }

    void keepNewest() {
        std::vector<std::string> paths;
        for (const BalancerConfig& c : found_.configs)
            paths.push_back(c.path);
        std::vector<BalancerConfig> kept;
        for (const SnapshotSeries& series : snapshotSeries(paths)) {
            kept.push_back(std::move(found_.configs[series.order.back()]));
            found_.stems.push_back(series.stem);
        }
        found_.configs = std::move(kept);
        for (const BalancerConfig& c : found_.configs)
            found_.looked.insert(found_.looked.end(), c.files.begin(), c.files.end());
        for (const Error& e : found_.broken)
            found_.looked.push_back(e.place.source);
    }

    fs::path path_;
    std::stop_token stop_;
    bool single_ = false, plain_ = false;
    std::vector<Candidate> candidates_;
    ConfigFiles others_;
    ConfigsFound found_;
};

} // namespace

Result<ConfigsFound> findConfigs(const fs::path& path, std::stop_token stop) {
    return Finder(path, std::move(stop)).run();
}

} // namespace postlude
