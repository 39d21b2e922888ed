// SPDX-License-Identifier: GPL-3.0-or-later
// First line: a dialect, perhaps; the others: a balancer's configuration in it. It is taken apart,
// reviewed, and compared with what is left of it when its middle line is gone. It may include
// itself.
#include "core/lbconfig/review.h"
#include "tests/fuzz/fuzz.h"

#include <optional>

namespace {

using namespace postlude;

/// The text without the line in its middle.
std::string shortened(std::string_view text) {
    const auto begin = text.rfind('\n', text.size() / 2);
    const auto end = text.find('\n', text.size() / 2);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    return std::string(text.substr(0, begin)) + std::string(text.substr(end));
}

std::optional<BalancerConfig> parsed(ConfigDialect dialect, std::string_view text) {
    const ConfigFiles others{{"lb/a.conf", "lb/b.conf"},
                             [&](std::size_t) { return std::optional(std::string(text)); }};
    auto config = parseConfig(dialect, text, "lb/a.conf", others);
    if (config) return *std::move(config);
    fuzz::require(!config.error().what.empty(), "an error says what it is");
    const Place& at = config.error().place;
    fuzz::require(!at.source.empty(), "an error says in which file it is");
    fuzz::require(at.line > 0 || config.error().kind == ErrorKind::TooLarge,
                  "an error says in which line it is");
    fuzz::require(at.line <= text.size() + 2, "there is such a line");
    fuzz::require(!syntaxFinding(config.error()).what.empty(), "and it is a finding");
    return {};
}

void judge(const std::vector<ConfigFinding>& findings) {
    for (const ConfigFinding& f : findings) {
        fuzz::require(configRule(f.rule) != nullptr, "a finding has a rule");
        fuzz::require(!f.what.empty() && !f.file.empty(), "a finding says what and where");
    }
    fuzz::require(!toSarif(findings, {}, "0").empty(), "SARIF comes of any finding");
}

void shares(const BalancerConfig& config) {
    for (const ConfigBackend& b : config.backends) {
        double sum = 0;
        for (const double s : expectedShares(b))
            sum += s;
        fuzz::require(sum > -1e-6 && sum < 1 + 1e-6, "shares are parts of a whole");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = fuzz::textOf(data, size);
    auto dialect = configDialectNamed(fuzz::takeLine(text));
    if (!dialect) dialect = configDialectOf(text);
    if (!dialect) return 0;
    const auto config = parsed(*dialect, text);
    if (!config) return 0;
    shares(*config);
    judge(reviewConfig(*config));
    fuzz::require(reviewChange(*config, *config).empty(), "what has not changed is no change");
    if (const auto less = parsed(*dialect, shortened(text))) {
        judge(reviewChange(*config, *less));
        (void)differences(*config, *less);
    }
    return 0;
}
