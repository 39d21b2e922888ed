// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/windows.h"

#include "core/base/text.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace postlude::claims {

namespace {

using State = Claim::State;

/// Where a bracket that opens before `at` closes: brackets within it and what is in quotation
/// marks, as the filter language has them, are passed over.
std::size_t closing(std::string_view text, std::size_t at) {
    bool quoted = false;
    for (int depth = 1; at < text.size(); ++at) {
        if (quoted && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && text[at] == '(')
            ++depth;
        else if (!quoted && text[at] == ')' && --depth == 0)
            return at;
    }
    return std::string_view::npos;
}

/// What stands behind a bracket that opens, and where that closes.
std::optional<std::pair<ChosenWindow, std::size_t>> chosenAt(std::string_view behind) {
    constexpr std::size_t longest = 120; // of a window with the names of two zones
    const std::size_t end = behind.substr(0, longest).find_first_of(",)");
    if (end == std::string_view::npos) return {};
    const auto window = reading::ownWindow(behind.substr(0, end));
    if (!window || window->empty()) return {};
    if (behind[end] == ')') return {{{*window, {}}, end}};
    const std::size_t close = closing(behind, end);
    if (close == std::string_view::npos) return {};
    const std::string_view filter = trimmed(behind.substr(end + 1, close - end - 1));
    if (filter.empty() || !Filter::parse(filter)) return {};
    return {{{*window, std::string(filter)}, close}};
}

/// The end of the last sentence or line before.
std::size_t sentenceStart(std::string_view text, std::size_t from, std::size_t open) {
    const std::string_view before = text.substr(from, open - from);
    std::size_t start = 0;
    for (std::size_t at = 0; at < before.size(); ++at) {
        if (before[at] == '\n') start = at + 1;
        if (std::string_view(".!?").find(before[at]) == std::string_view::npos) continue;
        const std::size_t end = before.find_first_not_of("\"')]*", at + 1);
        if (end != std::string_view::npos && before[end] == ' ') start = end;
    }
    return from + start;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::size_t firstOf(std::string_view text, std::initializer_list<std::string_view> words) {
    std::size_t first = std::string_view::npos;
    for (const std::string_view word : words)
        first = std::min(first, text.find(word));
    return first;
}
std::size_t peopleIn(std::string_view text) {
    return firstOf(text, {"client", "user", "customer", "visitor", "nutzer", "kund", "besucher"});
}
std::size_t requestsIn(std::string_view text) {
    return firstOf(text, {"request", "anfrage", "traffic", "verkehr", "calls"});
}
bool speaks(std::string_view text, std::initializer_list<std::string_view> words) {
    return firstOf(text, words) != std::string_view::npos;
}

/// The thing that is counted, by the word next to the number: behind it, else before it.
bool countsPeople(std::string_view before, std::string_view behind) {
    const std::size_t people = peopleIn(behind);
    const std::size_t requests = requestsIn(behind);
    return people != requests ? people < requests : peopleIn(before) < requestsIn(before);
}

struct Bound {
    std::string what;
    double value = 0;
    std::string logs, how;
    double slack = 0; ///< beyond what is written
};

std::optional<Bound> ofLength(std::string_view clause, const WindowFigures& f) {
    const auto bound = [](const char* what, const std::optional<double>& value) {
        if (!value) return std::optional<Bound>();
        return std::optional(Bound{what, *value, responseTimeText(*value),
                                   "of the requests' durations", *value * 0.01});
    };
    if (speaks(clause, {"p99", "99th", "99. perz"})) return bound("99th percentile", f.p99);
    if (speaks(clause, {"p95", "95th", "95. perz"})) return bound("95th percentile", f.p95);
    if (speaks(clause, {"median", "p50", "50th"})) return bound("Median", f.p50);
    return {};
}

std::optional<Bound> shareOf(const char* what, std::uint64_t part, std::uint64_t of,
                             const char* how) {
    if (of == 0) return {};
    const double share = double(part) / double(of);
    return Bound{what, share * 100, percentText(share), how};
}

std::optional<Bound> boundTo(std::string_view before, std::string_view behind, const Quantity& q,
                             const WindowFigures& f) {
    const std::string clause = std::string(before) + " " + std::string(behind);
    const bool failure = speaks(clause, {"fail", "error", "fehl", "scheiter"});
    const bool people = countsPeople(before, behind);
    const auto counted = [](const char* what, std::uint64_t n) {
        return Bound{what, double(n), grouped(std::int64_t(n)), "counted"};
    };
    switch (q.kind) {
    case Quantity::Kind::Length:
        return ofLength(clause, f);
    case Quantity::Kind::Percent:
        if (people)
            return shareOf("Clients with a failed request", f.clientsFailed, f.clients,
                           "clients with a failed request of the clients");
        if (failure)
            return shareOf("Requests that failed", f.failed, f.requests, "failed of requests");
        return shareOf("Share of all requests", f.requests, f.all,
                       "those that pass the filter of all requests of the window");
    case Quantity::Kind::Number: {
        const bool total =
            before.ends_with("of ") || before.ends_with("of the ") || before.ends_with("von ");
        if (before.ends_with("of all ") || before.ends_with("von allen "))
            return counted("All requests", f.all);
        if (people)
            return total || !failure ? counted("Clients", f.clients)
                                     : counted("Clients with a failed request", f.clientsFailed);
        if (requestsIn(clause) == std::string::npos) return {};
        return total || !failure ? counted("Requests", f.requests)
                                 : counted("Requests that failed", f.failed);
    }
    default:
        return {};
    }
}

std::string difference(const Quantity& q, double by) {
    const char* too = by > 0 ? "high" : "low";
    if (q.kind == Quantity::Kind::Percent)
        return fmt::format("{:.1f} points too {}", std::abs(by), too);
    if (q.kind == Quantity::Kind::Length)
        return fmt::format("{} too {}", spoken(fromSeconds(std::min(std::abs(by), 1e9))), too);
    return grouped(std::llround(std::min(std::abs(by), 1e15))) +
           (by > 0 ? " too many" : " too few");
}

} // namespace

std::vector<PlacedWindow> windowsIn(std::string_view text) {
    constexpr std::size_t room = 2000; // a filter that is longer is none that one writes
    std::vector<PlacedWindow> windows;
    std::size_t from = 0;
    for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at)) {
        const std::size_t open = at++;
        const auto found = chosenAt(text.substr(at, room));
        if (!found) continue;
        at += found->second + 1;
        windows.push_back({sentenceStart(text, from, open), open, at, found->first});
        from = at;
    }
    return windows;
}

bool WindowBinder::bind(Claim& claim, std::string_view text, const Quantity& q,
                        const ChosenWindow& chosen, const std::stop_token& stop) {
    const Counted& found = counted(chosen, stop);
    if (!found.figures) {
        claim.by = found.fault;
        return true;
    }
    const std::string words = lower(text);
    const auto bound = boundTo(std::string_view(words).substr(0, q.at),
                               std::string_view(words).substr(q.end()), q, *found.figures);
    if (!bound) return false;
    claim.kind = Claim::Kind::Value;
    claim.what = bound->what + ", " + spanText(chosen.window, Zone::utc());
    claim.logs = bound->logs;
    claim.how = bound->how + (chosen.filter.empty() ? "" : ", where " + visible(chosen.filter));
    const double by = q.value - bound->value;
    const bool agrees = std::abs(by) <= std::max(q.unit / 2, bound->slack) + 1e-9;
    claim.state = agrees ? State::Agrees : State::Differs;
    if (!agrees) claim.by = difference(q, by);
    return true;
}

const WindowBinder::Counted& WindowBinder::counted(const ChosenWindow& chosen,
                                                   const std::stop_token& stop) {
    const auto known =
        std::ranges::find(counted_, chosen, &std::pair<ChosenWindow, Counted>::first);
    if (known != counted_.end()) return known->second;
    Counted now;
    if (!query_) {
        now.fault = "there are no logs to ask";
    } else if (const Window span = query_->span(ClockView::Corrected);
               chosen.window.to <= span.from || chosen.window.from >= span.to) {
        now.fault = "the logs have nothing of that time";
    } else if (const auto figures = figuresOf(chosen, *query_, stop)) {
        now.figures = *figures;
    } else {
        now.fault = figures.error().what;
    }
    return counted_.emplace_back(chosen, std::move(now)).second;
}

} // namespace postlude::claims
