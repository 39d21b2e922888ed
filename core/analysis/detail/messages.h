// SPDX-License-Identifier: GPL-3.0-or-later
// What the logs say in an incident that they did not say before it: templates that are new, that
// came far more often, and rare lines of the gravest kind.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// When messages count for what. One without quiet time has nothing to compare with.
struct MessagePhases {
    std::vector<Window> quiet; ///< by time: before the incidents and between them
    struct Incident {
        Window lead; ///< the moments before the onset: for what is first seen, not for rates
        Window during;
    };
    std::vector<Incident> incidents; ///< by time
    bool quietIsAfter = false;       ///< there is none before: the time after the last stands in
    [[nodiscard]] Duration quietLength() const;
};
MessagePhases messagePhases(const Window& span, const std::vector<Stretch>& stretches);

/// How often one template came in the quiet time and in one incident.
struct MessageCount {
    std::uint64_t before = 0, during = 0, lead = 0;
    double dispersion = 1; ///< of its lines in the quiet time, 1: as chance alone
};
/// Of each count how surely it rose: a binomial test on rates, counts divided by their dispersion.
/// `busier`: by how much requests rose, at least 1. Then q over all (see falseShares()).
std::vector<double> risen(const std::vector<MessageCount>& counts, Duration quiet, Duration during,
                          double busier);
/// From lines per equal slice of the quiet time, pulled towards `usual` as far as there are few.
double dispersionOf(const std::vector<std::uint32_t>& slices, double usual);

/// All messages of the case, counted once for all incidents. Requests are not messages, nor is
/// what people and alerts said.
class Messages {
public:
    static Result<Messages> gather(const Query& query, const std::vector<SourceInfo>& sources,
                                   const Clocks& clocks, const MessagePhases& phases,
                                   std::stop_token stop);
    /// What changed in incident k of the phases, most telling first.
    [[nodiscard]] Result<std::vector<MessageChange>> changesIn(std::size_t k, const Query& query,
                                                               const Traffic& traffic) const;
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

private:
    struct Seen { ///< in one incident and its lead-up
        std::uint64_t during = 0, lead = 0;
        std::int64_t first = 0, last = 0;
        RecordId firstId{}, lastId{};
        std::vector<SourceId> sources;
    };
    struct Kind { ///< of message
        std::string text;
        std::uint8_t level = 0;
        std::uint64_t all = 0, before = 0;
        std::vector<std::uint32_t> slices; ///< of the quiet time; empty: none
        std::map<std::size_t, Seen> incidents;
    };
    class Counting;
    void take(Kind& to, const Kind& other) const;
    /// Of the quiet time what the logs cover that say such a thing in the incident.
    [[nodiscard]] Duration quietOf(const Seen& seen) const;
    [[nodiscard]] std::vector<MessageCount> countsIn(std::size_t k) const;
    [[nodiscard]] Result<MessageChange> told(const Kind& kind, const Seen& seen, double q,
                                             std::size_t k, const Query& query) const;
    [[nodiscard]] std::string sentence(const Kind& kind, const MessageChange& change,
                                       std::size_t k) const;

    std::vector<Kind> kinds_;
    MessagePhases phases_;
    std::map<SourceId, SourceInfo> sources_;
    std::vector<std::string> notes_;
};

/// Tells of the best of them in the story: what was first said before the onset.
void addMessages(Incident& incident);

} // namespace postlude::detail
