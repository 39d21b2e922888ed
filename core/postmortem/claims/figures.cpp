// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/windowclaims.h"
#include "core/postmortem/wording.h"
#include "core/series/outcome.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace postlude {

namespace {

using namespace std::chrono_literals;

/// What takes the requests of a window apart.
class Counter {
public:
    explicit Counter(const Query& query)
        : query_(query) {}

    void take(const FieldChunk& chunk) {
        const RequestChunk& c = chunk.requests;
        figures_.all += c.ids.size();
        for (std::size_t i = 0; i < c.ids.size(); ++i) {
            if (i < chunk.marked.size() && chunk.marked[i] == 0) continue;
            const std::uint32_t ended = i < c.termination.size() ? c.termination[i] : 0;
            const bool failed =
                isFailure(i < c.status.size() ? c.status[i] : kAbsent, termination(ended));
            ++figures_.requests;
            figures_.failed += failed ? 1 : 0;
            if (i < c.client.size() && c.client[i] != 0) clients_[c.client[i]] |= failed;
            if (i < c.duration.size() && c.duration[i] >= 0) took_.push_back(c.duration[i]);
        }
    }

    WindowFigures figures() {
        figures_.clients = clients_.size();
        figures_.clientsFailed = std::uint64_t(
            std::ranges::count_if(clients_, [](const auto& client) { return client.second; }));
        figures_.p50 = quantile(0.50);
        figures_.p95 = quantile(0.95);
        figures_.p99 = quantile(0.99);
        return figures_;
    }

private:
    const std::string& termination(std::uint32_t code) {
        auto [it, isNew] = terminations_.try_emplace(code);
        if (isNew && code != 0) it->second = query_.name(TextField::Termination, code);
        return it->second;
    }
    /// Of those there are, the one that so many are not above.
    std::optional<double> quantile(double share) {
        if (took_.empty()) return {};
        const auto rank = std::ptrdiff_t(std::ceil(share * double(took_.size()))) - 1;
        const auto at = took_.begin() + std::max<std::ptrdiff_t>(rank, 0);
        std::ranges::nth_element(took_, at);
        return double(*at) * 1e-9;
    }

    const Query& query_;
    WindowFigures figures_;
    std::unordered_map<std::uint32_t, bool> clients_; ///< whether a request of theirs failed
    std::vector<std::int64_t> took_;
    std::map<std::uint32_t, std::string> terminations_;
};

std::string count(std::uint64_t n) {
    return grouped(std::int64_t(n));
}

std::string share(std::uint64_t part, std::uint64_t of) {
    return percentText(of ? double(part) / double(of) : 0);
}

} // namespace

std::string responseTimeText(double seconds) {
    const double ms = seconds * 1000;
    if (ms >= 1000) return fmt::format("{:.2f} s", seconds);
    return ms < 1 ? fmt::format("{:.2f} ms", ms) : fmt::format("{:.0f} ms", ms);
}

Window roundedWindow(const Window& window) {
    if (window.length() < 1min)
        return {std::chrono::floor<std::chrono::milliseconds>(window.from),
                std::chrono::ceil<std::chrono::milliseconds>(window.to)};
    return {std::chrono::floor<std::chrono::seconds>(window.from),
            std::chrono::ceil<std::chrono::seconds>(window.to)};
}

Result<WindowFigures> figuresOf(const ChosenWindow& chosen, const Query& query,
                                std::stop_token stop) {
    const auto filter = Filter::parse(chosen.filter);
    if (!filter) return std::unexpected(filter.error());
    if (chosen.window.empty()) return WindowFigures{};
    FieldScan scan;
    scan.requests.window = chosen.window;
    scan.requests.columns = kStatusColumn | kTerminationColumn | kClientColumn | kDurationColumn;
    scan.mark = *filter;
    Counter counter(query);
    const auto done =
        query.scanFields(scan, [&](const FieldChunk& chunk) { counter.take(chunk); }, stop);
    if (!done) return std::unexpected(done.error());
    if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
    return counter.figures();
}

std::vector<std::string> figureSentences(const ChosenWindow& chosen, const WindowFigures& f,
                                         const Zone& zone) {
    const std::string where = " (" + exactSpanText(chosen.window, zone) +
                              (chosen.filter.empty() ? "" : ", " + chosen.filter) + ").";
    std::vector<std::string> sentences;
    const auto add = [&](const std::string& text) { sentences.push_back(text + where); };
    if (f.requests > 0)
        add(count(f.failed) + " of " + count(f.requests) + " requests failed, " +
            share(f.failed, f.requests));
    if (chosen.filter.empty())
        add("There were " + count(f.all) + " requests");
    else if (f.all > 0)
        add("There were " + count(f.requests) + " such requests, " + share(f.requests, f.all) +
            " of all requests");
    if (f.clients > 0)
        add(count(f.clientsFailed) + " of " + count(f.clients) + " clients had a failed request, " +
            share(f.clientsFailed, f.clients));
    for (const auto& [name, value] :
         {std::pair("median", f.p50), std::pair("95th percentile", f.p95),
          std::pair("99th percentile", f.p99)})
        if (value)
            add(fmt::format("The {} of response times was {}", name, responseTimeText(*value)));
    return sentences;
}

} // namespace postlude
