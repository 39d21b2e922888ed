// SPDX-License-Identifier: GPL-3.0-or-later
// Groups masked messages by their words: Drain's tree, and in its clusters what Drain lacks:
// a word of few values ("enabled", "disabled") parts groups, a word of many is a variable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace postlude::detail {

class Drain {
public:
    static constexpr double kSimilar = 0.5;       ///< share of equal words, variables not counted
    static constexpr std::size_t kChildren = 100; ///< first words kept apart, per length
    static constexpr std::size_t kValues = 3;     ///< a word with more in one place is a variable
    static constexpr std::size_t kClusters = 500; ///< looked through for one message
    static constexpr std::size_t kTogether = 64;  ///< groups of one cluster

    explicit Drain(std::size_t mostGroups);

    /// A masked message's group, from 1; 0 if that would be one group too many.
    std::uint32_t place(std::string_view masked);
    /// Groups so far, 0 included. Some may be one by now: see root().
    [[nodiscard]] std::size_t groups() const { return groups_.size(); }
    /// The group that `group` is now part of.
    [[nodiscard]] std::uint32_t root(std::uint32_t group) const;
    /// Masked, of a root.
    [[nodiscard]] const std::string& text(std::uint32_t root) const { return groups_[root].text; }

private:
    struct Slot { ///< a word's place in a cluster
        std::vector<std::uint32_t> values;
        std::string pattern; ///< once it is a variable
        bool variable = false;
    };
    struct Cluster {
        std::vector<Slot> slots;
        std::map<std::string, std::uint32_t> groups; ///< by their masked text
    };
    struct Group {
        std::string text;
        std::uint32_t parent = 0;
    };
    using Leaf = std::vector<std::uint32_t>;

    Leaf& leafOf();
    [[nodiscard]] double similarity(const Cluster& cluster) const;
    [[nodiscard]] std::uint32_t nearest(const Leaf& leaf) const;
    std::uint32_t groupIn(Cluster& cluster);
    bool widen(Slot& slot, std::size_t k);
    void generalise(Slot& slot);
    bool crowded(Cluster& cluster);
    void regroup(Cluster& cluster);
    [[nodiscard]] std::string textIn(const Cluster& cluster,
                                     const std::vector<std::string_view>& words) const;
    std::uint32_t idOf(std::string_view word);
    void unite(std::uint32_t a, std::uint32_t b);

    std::size_t most_;
    std::vector<std::string_view> words_; ///< of the message being placed
    std::vector<std::uint32_t> ids_;      ///< of these words; kUnknown
    std::unordered_map<std::string, std::uint32_t> known_;
    std::vector<std::string> names_;
    std::map<std::size_t, std::map<std::string, Leaf, std::less<>>> tree_; ///< length, first word
    std::vector<Cluster> clusters_;
    std::vector<Group> groups_;
};

} // namespace postlude::detail
