// SPDX-License-Identifier: GPL-3.0-or-later
// Which format a source is in: every format tries a bounded sample; the one that reads the most
// lines with the most fields is taken.
#include "core/format/catalogue.h"
#include "core/format/detail/compose.h"
#include "core/format/detail/configs.h"
#include "core/format/detail/kinds.h"

#include "core/base/text.h"

#include <atomic>

namespace postlude {

namespace {

constexpr std::size_t kSampleBytes = 256U * 1024U;
constexpr double kAccepted = 0.3;

KnownFormats knownOf(const std::vector<std::shared_ptr<const Format>>& formats) {
    KnownFormats all;
    for (const auto& format : formats)
        if (auto known = std::dynamic_pointer_cast<const KnownFormat>(format))
            all.push_back(std::move(known));
    return all;
}

/// Of the formats that are built in. Making it takes as long as a few dozen detections without.
const Prefilter* prefilter() {
    constexpr int few = 30;
    static std::atomic<int> asked = 0;
    if (asked < few && asked.fetch_add(1) < few) return nullptr;
    static const Prefilter all([] {
        const auto known = Catalogue::builtIn();
        return known ? knownOf(known->formats()) : KnownFormats();
    }());
    return &all;
}

std::vector<Candidate> candidatesFor(const KnownFormats& formats, std::string_view sample,
                                     bool whole, std::span<const std::string> further,
                                     const Prefilter* filter) {
    const Lines lines = pickLines(sample, whole, further);
    std::vector<Candidate> candidates;
    for (const auto& format : filter != nullptr ? filter->possible(formats, lines) : formats) {
        const double score =
            format->wholeDocument() ? format->looksLike(sample, whole) : scoreLines(*format, lines);
        if (score > 0) candidates.push_back({format, score});
    }
    sortCandidates(candidates);
    addComposed(candidates, formats, lines, filter);
    return candidates;
}

bool isDocument(const KnownFormats& formats, std::string_view sample, bool whole) {
    return std::ranges::any_of(formats, [&](const auto& format) {
        return format->wholeDocument() && format->looksLike(sample, whole) >= kAccepted;
    });
}

std::string titleOfConfig(const std::string& dialect) {
    if (dialect == "haproxy") return "HAProxy configuration";
    if (dialect == "nginx") return "nginx configuration";
    if (dialect == "postgresql") return "PostgreSQL configuration";
    if (dialect == "squid") return "Squid configuration";
    if (dialect == "envoy") return "Envoy configuration";
    return dialect == "apache" ? "Apache configuration" : "Caddyfile";
}

} // namespace

std::string Catalogue::configDialect(std::string_view sample, bool whole,
                                     const std::string& path) const {
    sample = sample.substr(0, kSampleBytes);
    if (trimmed(sample).empty() || !binaryKind(sample).empty()) return {};
    std::string dialect = postlude::configDialect(sample, path);
    // `git log -p` and chats quote configurations; a document is sure of itself.
    if (!dialect.empty() && isDocument(knownOf(formats_), sample, whole)) dialect.clear();
    return dialect;
}

Detection Catalogue::detect(std::string_view sample, bool whole, const std::string& path,
                            std::span<const std::string> further, Trial trial) const {
    Detection found;
    whole = whole && sample.size() <= kSampleBytes;
    sample = sample.substr(0, kSampleBytes);
    if (trimmed(sample).empty()) {
        found.what = "empty file";
        return found;
    }
    found.what = binaryKind(sample);
    if (!found.what.empty()) return found;
    found.dialect = configDialect(sample, whole, path);
    if (!found.dialect.empty()) {
        found.isConfig = true;
        found.what = titleOfConfig(found.dialect);
        return found;
    }
    const auto candidates = candidatesFor(knownOf(formats_), sample, whole, further,
                                          trial == Trial::Likely ? prefilter() : nullptr);
    for (const Candidate& each : candidates)
        found.candidates.emplace_back(each.format->name(), each.score);
    if (!candidates.empty() && candidates.front().score >= kAccepted) {
        found.format = candidates.front().format;
        found.score = candidates.front().score;
        found.what = candidates.front().format->title();
        return found;
    }
    found.what = textKind(sample, path);
    return found;
}

} // namespace postlude
