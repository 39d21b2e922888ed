// SPDX-License-Identifier: GPL-3.0-or-later
// What the user makes of possible causes: a verdict and a note on those of the analysis, causes of
// one's own, lines that speak for or against them. Kept in the case.
#pragma once

#include "core/analysis/analysis.h"

#include <QByteArray>

namespace postlude {

enum class HypothesisStatus : std::uint8_t { Open, Supported, Confirmed, RuledOut };

/// A line or window with what the user wants to prove by it.
struct Exhibit {
    Evidence evidence;
    bool against = false;
    bool operator==(const Exhibit&) const = default;
};

struct Hypothesis {
    std::string key;   ///< keyOf() one of the analysis, else "own:" and a number
    std::string title; ///< of one's own alone
    std::optional<HypothesisStatus> status; ///< absent: the analysis's word stands
    std::string note;
    std::vector<Exhibit> exhibits;

    [[nodiscard]] bool isOwn() const { return key.starts_with("own:"); }
    bool operator==(const Hypothesis&) const = default;
};

/// Stays the same when the logs are analysed anew, as long as the same is found.
std::string keyOf(std::size_t incident, CauseKind kind, const std::string& culprit);
/// The key of the next one of one's own.
std::string newKey(const std::vector<Hypothesis>& known);
/// The one with that key; null if the user said nothing of it.
const Hypothesis* hypothesisOf(const std::vector<Hypothesis>& known, const std::string& key);
/// `known` with `one` in it, in place of what had its key; one that says nothing is left out.
std::vector<Hypothesis> withHypothesis(std::vector<Hypothesis> known, const Hypothesis& one);

QByteArray toJson(const std::vector<Hypothesis>& hypotheses);
/// What cannot be understood is left out.
std::vector<Hypothesis> hypothesesFrom(const QByteArray& json);

} // namespace postlude
