// SPDX-License-Identifier: GPL-3.0-or-later
// Writing and reading numbers as bytes, little end first. A reader that runs out of bytes says
// so in ok() and gives zeros from then on.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace postlude {

static_assert(std::endian::native == std::endian::little, "case files are little-endian");

template <class Number>
void putFixed(std::string& out, Number value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline void putVarint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U)
        out += static_cast<char>(value | 0x80U);
    out += static_cast<char>(value);
}

constexpr std::uint64_t zigzag(std::uint64_t difference) {
    return (difference << 1U) ^ (0 - (difference >> 63U));
}
constexpr std::uint64_t unzigzag(std::uint64_t code) {
    return (code >> 1U) ^ (0 - (code & 1U));
}

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes)
        : bytes_(bytes) {}
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] std::size_t left() const { return bytes_.size(); }

    template <class Number>
    Number fixed() {
        Number value{};
        const std::string_view part = take(sizeof value);
        if (ok_) std::memcpy(&value, part.data(), sizeof value);
        return value;
    }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        std::size_t i = 0;
        for (; i < bytes_.size() && i < 10; ++i) {
            const auto byte = static_cast<unsigned char>(bytes_[i]);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << (7U * i);
            if (byte < 0x80) {
                bytes_.remove_prefix(i + 1);
                return value;
            }
        }
        take(bytes_.size() + 1);
        return 0;
    }
    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) {
            ok_ = false;
            bytes_ = {};
            return {};
        }
        const std::string_view part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }

private:
    std::string_view bytes_;
    bool ok_ = true;
};

} // namespace postlude
