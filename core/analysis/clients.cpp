// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/clients.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace postlude::detail {

namespace {

/// "2001:db8:1:2::3" → "2001:db8:1::/48". The text itself if it is no address.
std::string networkOf(std::string_view client) {
    std::size_t colon = 0;
    for (int i = 0; i < 3; ++i) {
        colon = client.find(':', colon + (i ? 1 : 0));
        if (colon == std::string_view::npos) return std::string(client);
    }
    return std::string(client.substr(0, colon)) + "::/48";
}

std::size_t slotOf(std::uint32_t address, std::size_t slots) {
    return std::size_t(std::uint64_t(address) * 0x9E37'79B9'7F4A'7C15U >> 32U) & (slots - 1);
}

} // namespace

std::optional<std::uint32_t> ipv4(std::string_view text) {
    if (text.size() < 7 || text.size() > 15) return {};
    std::uint32_t out = 0, part = 0;
    int dots = 0, digits = 0;
    for (const char c : text) {
        if (c == '.') {
            if (digits == 0 || ++dots > 3) return {};
            out = out << 8U | part;
            part = 0;
            digits = 0;
            continue;
        }
        if (c < '0' || c > '9' || (digits > 0 && part == 0)) return {}; // "01" is not ours to read
        part = part * 10 + std::uint32_t(c - '0');
        if (++digits > 3 || part > 255) return {};
    }
    if (dots != 3 || digits == 0) return {};
    return out << 8U | part;
}

std::vector<Clients::Key> Clients::keysOf(const TextList& texts) {
    std::vector<Key> out;
    out.reserve(texts.size());
    for (const std::string_view text : texts) {
        const auto address = ipv4(text);
        out.push_back({address.value_or(0), !address});
    }
    return out;
}

std::vector<std::uint32_t> Clients::codesOf(const TextList& texts, const std::vector<Key>& keys) {
    constexpr std::size_t kAhead = 12; // the table is larger than the cache
    grow(addresses_ + keys.size());
    std::vector<std::uint32_t> out;
    out.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i + kAhead < keys.size())
            __builtin_prefetch(&slots_[slotOf(keys[i + kAhead].address, slots_.size())]);
        out.push_back(keys[i].other ? codeOf(texts[i]) : find(keys[i].address));
    }
    return out;
}

std::uint32_t Clients::codeOf(std::string_view text) {
    if (text.empty() || text == "-") return 0;
    const std::uint32_t number = texts_.code(text);
    if (number > textCodes_.size()) {
        all_.push_back({number, networks_.code(networkOf(text))});
        textCodes_.push_back(std::uint32_t(all_.size()));
    }
    return textCodes_[number - 1];
}

std::uint32_t Clients::find(std::uint32_t address) {
    for (std::size_t i = slotOf(address, slots_.size());; i = (i + 1) & (slots_.size() - 1)) {
        Slot& slot = slots_[i];
        if (slot.code == 0) {
            all_.push_back({address, 0});
            ++addresses_;
            slot = {address, std::uint32_t(all_.size())};
            return slot.code;
        }
        if (slot.address == address) return slot.code;
    }
}

void Clients::grow(std::size_t atLeast) {
    if (atLeast * 3 / 2 < slots_.size()) return;
    std::vector<Slot> slots(std::bit_ceil(std::max<std::size_t>(64, atLeast * 3 / 2 + 1)));
    for (const Slot& slot : slots_) {
        if (slot.code == 0) continue;
        std::size_t i = slotOf(slot.address, slots.size());
        while (slots[i].code != 0)
            i = (i + 1) & (slots.size() - 1);
        slots[i] = slot;
    }
    slots_ = std::move(slots);
}

std::string Clients::name(std::uint32_t code) const {
    if (code == 0 || code > all_.size()) return {};
    const Entry& e = all_[code - 1];
    if (e.network) return std::string(texts_.text(e.value));
    return fmt::format("{}.{}.{}.{}", e.value >> 24U, e.value >> 16U & 255U, e.value >> 8U & 255U,
                       e.value & 255U);
}

std::string Clients::network(std::uint32_t code) const {
    if (code == 0 || code > all_.size()) return {};
    const Entry& e = all_[code - 1];
    if (e.network) return std::string(networks_.text(e.network));
    return fmt::format("{}.{}.{}.0/24", e.value >> 24U, e.value >> 16U & 255U,
                       e.value >> 8U & 255U);
}

std::uint64_t Clients::networkKey(std::uint32_t code) const {
    if (code == 0 || code > all_.size()) return 0;
    const Entry& e = all_[code - 1];
    return e.network ? std::uint64_t(e.network) << 32U : std::uint64_t(e.value >> 8U) + 1;
}

void ClientSet::add(const ClientSet& other) {
    for (std::size_t i = 0; i < bits_.size() && i < other.bits_.size(); ++i)
        bits_[i] |= other.bits_[i];
}

std::uint64_t ClientSet::count() const {
    std::uint64_t out = 0;
    for (const std::uint64_t word : bits_)
        out += std::uint64_t(std::popcount(word));
    return out;
}

} // namespace postlude::detail
