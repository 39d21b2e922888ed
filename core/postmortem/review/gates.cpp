// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/places.h"
#include "core/postmortem/redraft.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

bool blank(const std::string& text) {
    return trimmed(text).empty();
}

bool asks(std::string_view text) {
    const std::size_t open = text.find('[');
    return open != std::string_view::npos && text.find("?]", open) != std::string_view::npos;
}

class Gates {
public:
    explicit Gates(const Postmortem& document)
        : d_(document) {}

    void inReview() {
        const Summary& s = d_.summary;
        want(!blank(d_.title), "the title is missing");
        want(s.start || !blank(s.startText), "the start of the impact is missing");
        want(s.end || !blank(s.endText), "the end of the impact is missing");
        want(!blank(s.impact), "the impact is missing");
        want(!blank(s.rootCause) || !d_.rootCause.empty(), "the root cause is missing");
        want(!blank(s.resolution) || !d_.resolution.empty(), "the resolution is missing");
        want(!d_.timeline.empty(), "the timeline is empty");
    }
    void reviewed(std::size_t differing) {
        want(!std::ranges::all_of(d_.reviewers, blank), "no reviewer is named");
        want(differing == 0, fmt::format("{} {} from the logs", differing,
                                         differing == 1 ? "number differs" : "numbers differ"));
        const auto texts = proseOf(d_);
        const auto open =
            std::ranges::count_if(texts, [](const PlacedText& t) { return asks(t.text); });
        want(open == 0, fmt::format("{} with an open question",
                                    open == 1 ? "there is a text" : "there are texts"));
    }
    void closed() {
        const auto unowned = std::ranges::count_if(
            d_.tasks, [](const Task& t) { return blank(t.owner) || blank(t.due); });
        want(unowned == 0, fmt::format("{} without owner or date",
                                       unowned == 1 ? "there is a task" : "there are tasks"));
    }
    std::vector<std::string> ways;

private:
    void want(bool given, std::string otherwise) {
        if (!given) ways.push_back(std::move(otherwise));
    }
    const Postmortem& d_;
};

} // namespace

std::vector<std::string> inTheWayOf(DocumentStatus status, const Postmortem& document,
                                    std::size_t differing) {
    Gates gates(document);
    if (status >= DocumentStatus::InReview) gates.inReview();
    if (status >= DocumentStatus::Reviewed) gates.reviewed(differing);
    if (status >= DocumentStatus::Closed) gates.closed();
    return std::move(gates.ways);
}

} // namespace postlude
