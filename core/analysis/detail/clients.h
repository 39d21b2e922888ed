// SPDX-License-Identifier: GPL-3.0-or-later
// Gives clients numbers from 1 on. IPv4 addresses are kept as numbers, for there may be millions.
#pragma once

#include "core/case/interner.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::detail {

class Clients {
public:
    /// What to look for: read from text by any thread, for codesOf().
    struct Key {
        std::uint32_t address = 0;
        bool other = false; ///< no IPv4 address
    };
    static std::vector<Key> keysOf(const TextList& texts);
    /// Of each text; 0 for no client ("" and "-").
    std::vector<std::uint32_t> codesOf(const TextList& texts, const std::vector<Key>& keys);
    [[nodiscard]] std::string name(std::uint32_t code) const;
    /// "10.1.2.0/24", "2001:db8:1::/48"; the text itself where it is no address.
    [[nodiscard]] std::string network(std::uint32_t code) const;
    /// The same for all clients of a network, different for others.
    [[nodiscard]] std::uint64_t networkKey(std::uint32_t code) const;
    [[nodiscard]] std::size_t size() const { return all_.size(); } ///< codes are 1…size()

private:
    struct Entry {
        std::uint32_t value = 0;   ///< an IPv4 address, or the number of a text
        std::uint32_t network = 0; ///< of a text: number of the network's text; 0: an IPv4 address
    };
    struct Slot {
        std::uint32_t address = 0, code = 0;
    };
    std::uint32_t codeOf(std::string_view text);
    std::uint32_t find(std::uint32_t address);
    void grow(std::size_t atLeast);

    std::vector<Entry> all_;  ///< of code n at n − 1
    std::vector<Slot> slots_; ///< open hash table of IPv4 addresses
    Interner texts_, networks_;
    std::vector<std::uint32_t> textCodes_; ///< of text n at n − 1
    std::size_t addresses_ = 0;
};

/// "192.0.2.1" as a number; empty if it is anything else.
std::optional<std::uint32_t> ipv4(std::string_view text);

/// A set of codes, exact.
class ClientSet {
public:
    explicit ClientSet(std::size_t clients)
        : bits_(clients / 64 + 1, 0) {}
    void add(std::uint32_t code) { bits_[code / 64] |= std::uint64_t{1} << code % 64; }
    [[nodiscard]] bool has(std::uint32_t code) const {
        return (bits_[code / 64] >> code % 64 & 1U) != 0;
    }
    void add(const ClientSet& other);
    [[nodiscard]] std::uint64_t count() const;

private:
    std::vector<std::uint64_t> bits_;
};

} // namespace postlude::detail
