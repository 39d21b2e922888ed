// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/bundle/bundle.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postlude {

namespace {

using namespace std::string_view_literals;

char32_t unitAt(std::string_view text, std::size_t at, bool big) {
    const auto first = static_cast<unsigned char>(text[at]);
    const auto second = static_cast<unsigned char>(text[at + 1]);
    return big ? (static_cast<char32_t>(first) << 8U) | second
               : (static_cast<char32_t>(second) << 8U) | first;
}

/// Takes whole characters off the front of `bytes`; a lone surrogate is U+FFFD.
std::string fromUtf16(std::string& bytes, bool big, bool last) {
    std::string out;
    out.reserve(bytes.size());
    std::size_t at = 0;
    for (; at + 2 <= bytes.size(); at += 2) {
        char32_t c = unitAt(bytes, at, big);
        const bool high = c >= 0xD800 && c < 0xDC00;
        if (high && at + 4 > bytes.size() && !last) break;
        const char32_t low = high && at + 4 <= bytes.size() ? unitAt(bytes, at + 2, big) : 0;
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
            at += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 0xFFFD;
        }
        appendUtf8(out, c);
    }
    bytes.erase(0, at);
    if (last && !bytes.empty()) {
        appendUtf8(out, 0xFFFD);
        bytes.clear();
    }
    return out;
}

/// Share of NUL bytes at even and odd places, in percent.
std::array<std::size_t, 2> nulShares(std::string_view sample) {
    std::array<std::size_t, 2> nuls{};
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == '\0') ++nuls[i % 2];
    const std::size_t half = std::max<std::size_t>(sample.size() / 2, 1);
    return {nuls[0] * 100 / half, nuls[1] * 100 / half};
}

enum class Guess : std::uint8_t { Bytes, Little, Big };

/// UTF-16 without a mark: western text has a NUL in every second byte.
Guess guessUtf16(std::string_view sample) {
    if (sample.size() < 8) return Guess::Bytes;
    const auto [even, odd] = nulShares(sample.substr(0, 4096));
    if (odd > 60 && even < 10) return Guess::Little;
    return even > 60 && odd < 10 ? Guess::Big : Guess::Bytes;
}

} // namespace

std::string Decoder::decode(std::string_view chunk, bool last) {
    pending_ += chunk;
    if (encoding_ == Encoding::Unknown) {
        if (pending_.size() < 64 && !last) return {};
        const Guess guess = guessUtf16(pending_);
        encoding_ = Encoding::Bytes;
        if (pending_.starts_with("\xef\xbb\xbf"))
            pending_.erase(0, 3);
        else if (pending_.starts_with("\xff\xfe"))
            encoding_ = Encoding::Utf16Le;
        else if (pending_.starts_with("\xfe\xff"))
            encoding_ = Encoding::Utf16Be;
        else if (guess == Guess::Little)
            encoding_ = Encoding::Utf16Le;
        else if (guess == Guess::Big)
            encoding_ = Encoding::Utf16Be;
        const bool marked = pending_.starts_with("\xff\xfe") || pending_.starts_with("\xfe\xff");
        if (encoding_ != Encoding::Bytes && marked) pending_.erase(0, 2);
    }
    if (encoding_ == Encoding::Bytes) return std::exchange(pending_, {});
    return fromUtf16(pending_, encoding_ == Encoding::Utf16Be, last);
}

bool needsDecoding(std::string_view sample) {
    return sample.starts_with("\xef\xbb\xbf") || sample.starts_with("\xff\xfe") ||
           sample.starts_with("\xfe\xff") || guessUtf16(sample) != Guess::Bytes;
}

bool looksBinary(std::string_view sample) {
    static constexpr std::array magics{"\x89PNG"sv,
                                       "\xff\xd8\xff"sv,
                                       "GIF8"sv,
                                       "\x7f"
                                       "ELF"sv,
                                       "%PDF-"sv,
                                       "SQLite format 3"sv,
                                       "MZ\x90"sv,
                                       "RIFF"sv};
    sample = sample.substr(0, 64 * 1024);
    if (std::ranges::any_of(magics, [&](auto m) { return sample.starts_with(m); })) return true;
    if (sample.empty() || needsDecoding(sample)) return false;
    std::size_t strange = 0;
    std::size_t nuls = 0;
    for (const char c : sample) {
        const auto byte = static_cast<unsigned char>(c);
        nuls += byte == 0 ? 1 : 0;
        strange +=
            (byte < 32 && byte != '\t' && byte != '\n' && byte != '\r' && byte != 27) ? 1 : 0;
    }
    // A crash leaves runs of NULs in a log that is sound otherwise, so they alone say little.
    const bool lines = sample.find('\n') != std::string_view::npos;
    return (strange - nuls) * 20 > sample.size() || (nuls * 3 > sample.size() && !lines) ||
           (nuls * 10 > sample.size() && (strange - nuls) * 100 > sample.size());
}

} // namespace postlude
