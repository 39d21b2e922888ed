// SPDX-License-Identifier: GPL-3.0-or-later
// Windows and filters in brackets, as people's sentences have them, and the numbers before them.
#pragma once

#include "core/postmortem/claims.h"
#include "core/postmortem/detail/quantities.h"
#include "core/postmortem/windowclaims.h"

namespace postlude::claims {

/// In bytes of the text: what is from `from` to `open` is about the window in the brackets, which
/// are from `open` to `close`.
struct PlacedWindow {
    std::size_t from = 0, open = 0, close = 0;
    ChosenWindow chosen;
};
std::vector<PlacedWindow> windowsIn(std::string_view text);

/// Says what numbers before such brackets come to. Each window is counted once.
class WindowBinder {
public:
    explicit WindowBinder(const Query* query)
        : query_(query) {}
    /// `text`: what stands before the brackets, with the number at `q`. False if it cannot be told
    /// what the number counts; where the logs cannot tell, it has no data.
    bool bind(Claim& claim, std::string_view text, const Quantity& q, const ChosenWindow& chosen,
              const std::stop_token& stop);

private:
    struct Counted {
        std::optional<WindowFigures> figures;
        std::string fault;
    };
    const Counted& counted(const ChosenWindow& chosen, const std::stop_token& stop);
    const Query* query_;
    std::vector<std::pair<ChosenWindow, Counted>> counted_;
};

} // namespace postlude::claims
