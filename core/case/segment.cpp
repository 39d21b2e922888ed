// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/segment.h"
#include "core/case/interner.h"

#include <algorithm>
#include <utility>

namespace postlude {

namespace {

/// A line may hold names that nobody has ever seen. So many get a column of their own; what
/// comes after stands in one more, "fields", as name=value.
constexpr std::size_t kExtraColumns = 256;
constexpr std::string_view kRest = "fields";
constexpr std::size_t kMessageBytes = 65'536;
constexpr std::size_t kSegmentBytes = std::size_t{128} << 20U;

/// Codes are only kept from the first row on that has a value.
struct Texts {
    Interner interner;
    std::vector<std::uint32_t> codes;

    void set(std::uint32_t row, std::string_view text) {
        codes.resize(row, 0);
        codes.push_back(interner.code(text));
    }
    [[nodiscard]] bool hasRow(std::uint32_t row) const { return codes.size() > row; }
    TextColumn take(std::uint32_t rows) {
        if (codes.empty()) return {};
        codes.resize(rows, 0);
        return {interner.take(), std::exchange(codes, {})};
    }
};

} // namespace

struct SegmentBuilder::Columns {
    Segment segment; ///< the columns without dictionaries
    std::array<Texts, kTextFields> texts;
    std::map<std::string, Texts, std::less<>> extra;
    // The message of the last row may still grow, so it joins its column when the next row comes.
    std::string message;
    bool hasMessage = false;
    std::size_t textBytes = 0;

    void addTexts(const Record& record) {
        const std::uint32_t row = segment.rows;
        for (std::size_t i = 0; i < kTextFields; ++i) {
            const std::string_view text = record.texts[i];
            if (text.data() == nullptr) continue;
            if (static_cast<TextField>(i) == TextField::Message) {
                message.assign(text.substr(0, kMessageBytes));
                hasMessage = true;
            } else {
                texts[i].set(row, text);
            }
            textBytes += text.size();
        }
    }
    void addNumbers(const Record& record) {
        for (std::size_t i = 0; i < kNumberFields; ++i) {
            if (record.numbers[i] == kAbsent) continue;
            auto& column = segment.numbers[i];
            column.resize(segment.rows, kAbsent);
            column.push_back(record.numbers[i]);
        }
    }
    void addExtra(const Record& record) {
        std::string rest;
        for (const auto& [name, value] : record.extra) {
            textBytes += value.size();
            auto it = extra.find(name);
            if (it == extra.end() && extra.size() < kExtraColumns && name != kRest)
                it = extra.emplace(std::string(name), Texts{}).first;
            if (it == extra.end() || it->second.hasRow(segment.rows))
                ((((rest += rest.empty() ? "" : " ") += name) += '=') += value);
            else
                it->second.set(segment.rows, value);
        }
        if (!rest.empty()) extra[std::string(kRest)].set(segment.rows, rest);
    }
    void settleMessage() {
        if (!std::exchange(hasMessage, false)) return;
        texts[static_cast<std::size_t>(TextField::Message)].set(segment.rows - 1, message);
    }
};

SegmentBuilder::SegmentBuilder()
    : columns_(std::make_unique<Columns>()) {}
SegmentBuilder::~SegmentBuilder() = default;
SegmentBuilder::SegmentBuilder(SegmentBuilder&&) noexcept = default;
SegmentBuilder& SegmentBuilder::operator=(SegmentBuilder&&) noexcept = default;

void SegmentBuilder::add(const Record& record, std::optional<Instant> time,
                         const RecordPlace& place) {
    Columns& columns = *columns_;
    columns.settleMessage();
    Segment& segment = columns.segment;
    segment.time.push_back(time ? nanoseconds(*time) : kAbsent);
    segment.line.push_back(static_cast<std::int64_t>(place.line));
    segment.lines.push_back(place.lines);
    segment.offset.push_back(static_cast<std::int64_t>(place.offset));
    segment.bytes.push_back(place.bytes);
    segment.kind.push_back(static_cast<std::uint8_t>(record.kind));
    segment.level.push_back(static_cast<std::uint8_t>(record.level));
    columns.addTexts(record);
    columns.addNumbers(record);
    columns.addExtra(record);
    ++segment.rows;
}

void SegmentBuilder::append(std::string_view line, const RecordPlace& whole) {
    Columns& columns = *columns_;
    if (columns.segment.rows == 0) return;
    columns.segment.lines.back() = whole.lines;
    columns.segment.bytes.back() = whole.bytes;
    if (columns.hasMessage)
        columns.message += '\n';
    else
        columns.message.clear(); // what is there is of an earlier row
    columns.hasMessage = true;
    const std::size_t room = kMessageBytes - std::min(columns.message.size(), kMessageBytes);
    columns.message += line.substr(0, room);
    columns.textBytes += std::min(line.size(), room);
}

std::uint32_t SegmentBuilder::rows() const {
    return columns_->segment.rows;
}

bool SegmentBuilder::full() const {
    return rows() >= kSegmentRows || columns_->textBytes >= kSegmentBytes;
}

const Segment& SegmentBuilder::segment() {
    Columns& columns = *columns_;
    columns.settleMessage();
    Segment& segment = columns.segment;
    for (auto& column : segment.numbers)
        if (!column.empty()) column.resize(segment.rows, kAbsent);
    for (std::size_t i = 0; i < kTextFields; ++i)
        segment.texts[i] = columns.texts[i].take(segment.rows);
    for (auto& [name, texts] : columns.extra)
        segment.extra.emplace(name, texts.take(segment.rows));
    return segment;
}

void SegmentBuilder::clear() {
    *columns_ = {};
}

Segment SegmentBuilder::take() {
    static_cast<void>(segment());
    Segment segment = std::move(columns_->segment);
    clear();
    return segment;
}

} // namespace postlude
