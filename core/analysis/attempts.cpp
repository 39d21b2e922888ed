// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that were tried more than once: a server that fails them all appears in no share of
// requests, for their last attempt went elsewhere.
#include "core/analysis/detail/eachrecord.h"
#include "core/analysis/detail/fairness.h"

namespace postlude::detail {

namespace {

/// "a:80, b:80" of a log that lists whom it tried, the last of whom is `server`.
std::vector<std::string> listed(const RecordRow& row) {
    const std::string_view server = row[TextField::Server];
    for (const auto& [name, value] : row.extra) {
        const auto last = value.rfind(", ");
        if (last == std::string::npos || std::string_view(value).substr(last + 2) != server)
            continue;
        std::vector<std::string> out;
        for (std::size_t at = 0; at < last;) {
            const auto end = std::min(value.find(", ", at), last);
            out.push_back(value.substr(at, end - at));
            at = end + 2;
        }
        return out;
    }
    return {};
}

void add(const RecordRow& row, std::uint64_t times, std::map<std::string, Repeated>& out) {
    const std::int64_t retries = row[NumberField::Retries];
    if (retries == kAbsent || retries <= 0 || row.kind != RecordKind::Request) return;
    Repeated& r = out[std::string(row[TextField::Backend])];
    r.attempts += std::uint64_t(retries) * times;
    for (const std::string& server : listed(row))
        r.byServer[server] += times;
}

} // namespace

std::map<std::string, Repeated> repeatedAttempts(const Scene& scene) {
    constexpr std::size_t kMost = 5000;
    RecordsRequest request;
    request.kinds = 1U << unsigned(RecordKind::Request);
    request.window = scene.phases.during;
    for (const SourceInfo& s : scene.sources)
        if (s.role == SourceRole::Balancer) request.sources.push_back(s.id);
    auto filter = Filter::parse("retries > 0");
    if (!filter || request.sources.empty()) return {};
    request.filter = std::move(*filter);
    const auto list = scene.query.select(request, scene.traffic.stop());
    std::map<std::string, Repeated> out;
    if (!list) return out;
    const std::size_t every = oneInOf(list->size(), kMost);
    // What could not be read is not counted: this only adds to what is known.
    static_cast<void>(eachRecord(scene.query, list->ids(every), scene.traffic.stop(),
                                 [&](const RecordRow& row) { add(row, every, out); }));
    return out;
}

} // namespace postlude::detail
