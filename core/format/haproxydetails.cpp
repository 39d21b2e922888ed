// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/haproxyevents.h"

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Named {
    std::string_view mark, name;
};
// In the order HAProxy writes them; each ends where the next begins.
constexpr Named kReasons[] = {{", reason: ", "reason"},
                              {", code: ", "code"},
                              {", info: ", "info"},
                              {", check duration: ", "check_duration"},
                              {", status: ", "check_status"}};
// Numbers stand before these words.
constexpr Named kCounts[] = {{" active and ", "active_servers"},
                             {" backup servers ", "backup_servers"},
                             {" sessions active", "sessions_active"},
                             {" sessions requeued", "requeued"},
                             {" requeued, ", "requeued"},
                             {" remaining in queue", "in_queue"},
                             {" total in queue", "in_queue"}};

/// The number whose last digit is before `end`; "" if there is none.
std::string_view numberBefore(std::string_view text, std::size_t end) {
    std::size_t from = end;
    while (from > 0 && isDigit(text[from - 1]))
        --from;
    return text.substr(from, end - from);
}

std::string_view bare(std::string_view value) {
    while (value.ends_with('.') || value.ends_with(' '))
        value.remove_suffix(1);
    if (value.size() > 1 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    return value;
}

/// Where the sentence about the check ends: before "2 active and 0 backup servers".
std::size_t endOfReason(std::string_view text) {
    const std::size_t active = text.find(" active and ");
    if (active == kNone) return text.size();
    return active - numberBefore(text, active).size();
}

} // namespace

void readHaproxyDetails(std::string_view text, Record& out) {
    const std::string_view check = text.substr(0, endOfReason(text));
    for (std::size_t i = 0; i < std::size(kReasons); ++i) {
        const std::size_t at = check.find(kReasons[i].mark);
        if (at == kNone) continue;
        std::size_t end = check.size();
        for (std::size_t next = i + 1; next < std::size(kReasons); ++next)
            end = std::min(end, check.find(kReasons[next].mark, at));
        const std::size_t from = at + kReasons[i].mark.size();
        out.extra.emplace_back(kReasons[i].name, bare(check.substr(from, end - from)));
    }
    for (const Named& count : kCounts) {
        const std::size_t at =
            text.find(count.mark, check.size() == text.size() ? 0 : check.size());
        if (at == kNone) continue;
        const std::string_view number = numberBefore(text, at);
        if (!number.empty()) out.extra.emplace_back(count.name, number);
    }
}

} // namespace postlude
