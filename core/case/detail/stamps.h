// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps as numbers: a column of them takes far less so than as texts. Only texts that come
// back letter by letter are taken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postlude {

/// Where the date and the time of day stand in stamps that are all written alike:
/// "15/Jan/2024:09:57:48.002", "2024-01-15T09:57:48,002+01:00", "Jan 15 09:57:48".
class StampLayout {
public:
    /// That of this stamp; nothing if it is none.
    static std::optional<StampLayout> of(std::string_view sample);
    [[nodiscard]] const std::string& sample() const { return sample_; }

private:
    friend class StampReader;
    friend class StampWriter;
    bool findDate();
    [[nodiscard]] std::string_view prefix() const {
        return std::string_view(sample_).substr(0, clock_);
    }
    [[nodiscard]] std::string_view suffix() const {
        return std::string_view(sample_).substr(clock_ + 8 + (digits_ > 0 ? digits_ + 1 : 0));
    }

    std::string sample_;
    std::size_t clock_ = 0;  ///< of hh:mm:ss; the date, if any, stands before it
    std::size_t digits_ = 0; ///< of the fraction behind it
    int year_ = -1, month_ = -1, day_ = -1;
    bool named_ = false;  ///< the month is "Jan"
    bool spaced_ = false; ///< the day is " 5", not "05"
};

/// Not thread-safe: remembers the day.
class StampReader {
public:
    explicit StampReader(StampLayout layout)
        : layout_(std::move(layout)) {}
    /// ns since the epoch, as if in UTC. False if StampWriter would write it differently.
    bool read(std::string_view text, std::int64_t& value);

private:
    bool readDay(std::string_view prefix);

    StampLayout layout_;
    std::string before_;   // the last prefix
    std::int64_t day_ = 0; // ns
};

class StampWriter {
public:
    explicit StampWriter(StampLayout layout)
        : layout_(std::move(layout)) {}
    void append(std::string& out, std::int64_t value) const;

private:
    StampLayout layout_;
};

} // namespace postlude
