// SPDX-License-Identifier: GPL-3.0-or-later
// What a program's messages have in common: "Failed password for <*> from <*> port <*>".
#pragma once

#include "core/format/record.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// Groups messages by template as they come: values are masked by their look, then a tree as
/// Drain's (He 2017) compares the words; where one place has few different words, each is a
/// template of its own ("link up", "link down"). One setting for all logs; how well it does is
/// measured by tests/bench/templates.cpp. The same messages in the same order give the same
/// groups. Memory is bounded by kMost groups of at most kLongest bytes. Not thread-safe.
class TemplateMiner {
public:
    /// More are not told apart: what is new then goes to kOther.
    static constexpr std::size_t kMost = 10'000;
    /// Bytes of a message that count; the first line alone does.
    static constexpr std::size_t kLongest = 1000;
    /// The group of what found no place any more.
    static constexpr std::uint32_t kOther = 0;

    TemplateMiner();
    ~TemplateMiner();
    TemplateMiner(TemplateMiner&&) noexcept;
    TemplateMiner& operator=(TemplateMiner&&) noexcept;

    /// The message's group: a small number that stays, while the group's text may become more
    /// general and groups may turn out to be one (see settled()).
    std::uint32_t add(std::string_view message);

    struct Settled {
        std::vector<std::string> texts;     ///< each once; values are "<*>"; first is "" (other)
        std::vector<std::uint32_t> ofGroup; ///< for each group the index of its text
    };
    /// The templates of all that came so far.
    [[nodiscard]] Settled settled() const;
    /// True once something went to kOther.
    [[nodiscard]] bool full() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Is this a message of the gravest kind: a process that died, memory or disk that ran out …? Such
/// ones count even if they are not new, as long as there are at most kRareLines of their kind.
bool isFatalMessage(std::string_view text, Level level);
inline constexpr std::uint64_t kRareLines = 5;

} // namespace postlude
