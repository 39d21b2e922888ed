// SPDX-License-Identifier: GPL-3.0-or-later
// All formats known in one import: the built-in ones, those found in the bundle's own
// configuration files, and those the user pasted; and the choice among them for a source.
#pragma once

#include "core/format/format.h"

#include <filesystem>
#include <map>
#include <span>

namespace postlude {

/// What a source is, judged by a bounded sample of its beginning and its path.
struct Detection {
    std::shared_ptr<const Format> format; ///< null: no log
    double score = 0;      ///< 0…1, share of sample lines read, weighted by fields found
    std::string what;      ///< for people: "HAProxy HTTP log", "nginx configuration", "PNG picture"
    bool isConfig = false; ///< a configuration snapshot
    std::string dialect;   ///< of a config: "haproxy", "nginx", "apache", "caddy"
    std::vector<std::pair<std::string, double>> candidates; ///< format name, score; best first
};

/// Which formats try a sample. The answer is the same; a test says so.
enum class Trial : std::uint8_t {
    Likely, ///< where many samples are judged, those that certainly read nothing are left out
    All,
};

/// Not thread-safe while being added to; const calls are.
class Catalogue {
public:
    /// With everything in resources/formats. The same files are read once per process.
    static Result<Catalogue> builtIn();

    /// Compiles a server's own format string. dialect: "haproxy", "nginx", "apache",
    /// "apache-error", "envoy", "postgresql" or "squid".
    /// Error: NotUnderstood with `place.offset` = column in the string.
    Result<void> addDialect(const std::string& dialect, const std::string& name,
                            const std::string& formatString);
    /// Takes the log formats a configuration defines (haproxy log-format, nginx log_format …).
    /// Gives what could not be compiled; never fails as a whole.
    std::vector<Error> addFromConfig(std::string_view config, const std::string& path);

    /// Takes the names of people and channels from a Slack export's users.json or channels.json,
    /// for its messages tell them by ids. False if `text` is no such list. mayHoldNames() judges by
    /// the path alone.
    bool addNames(std::string_view text, const std::string& path);
    [[nodiscard]] static bool mayHoldNames(std::string_view path);

    /// Takes a format that the user has written (userformats.h).
    /// Error: Usage if there is one of that name, wherever it comes from.
    Result<void> add(std::shared_ptr<const Format> format);
    /// Takes all that can be read of a folder of format files (readUserFolder); gives why others
    /// were refused.
    std::vector<Error> addUserFormats(const std::filesystem::path& folder);

    /// Also names that detect() gives to logs of several formats.
    [[nodiscard]] std::shared_ptr<const Format> named(std::string_view name) const;
    [[nodiscard]] std::vector<std::shared_ptr<const Format>> formats() const;

    /// The dialect ("haproxy" …) if this is a balancer's configuration, else "". Much cheaper than
    /// detect(), to which the parameters are the same.
    [[nodiscard]] std::string configDialect(std::string_view sample, bool whole,
                                            const std::string& path) const;
    /// `sample`: the first bytes of the source, at most 256 KiB, valid as it is on disk but
    /// already decompressed and decoded to UTF-8. `whole`: the sample is all of it. `further`:
    /// whole lines from further on, so that a change of the format is seen. A log may be made of
    /// several formats: they are then named "outer/inner" (a head with others' lines inside) or
    /// "one+other" (lines that take turns).
    [[nodiscard]] Detection detect(std::string_view sample, bool whole, const std::string& path,
                                   std::span<const std::string> further = {},
                                   Trial trial = Trial::Likely) const;

private:
    std::vector<std::shared_ptr<const Format>> formats_;
    std::map<std::string, std::string, std::less<>> slackNames_;
};

} // namespace postlude
