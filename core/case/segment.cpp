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

constexpr std::size_t kTrial = 8192; // texts after which a column is judged

/// Codes are only kept from the first row on that has a value. Where hardly any text comes twice
/// (time stamps, addresses, ids) none is looked up any more.
struct Texts {
    Interner interner;
    std::vector<std::uint32_t> codes;
    std::size_t distinctBefore = 0;
    bool distinct = false;

    void set(std::uint32_t row, std::string_view text) {
        if (codes.size() != row) codes.resize(row, 0);
        codes.push_back(distinct ? interner.append(text) : interner.code(text));
        if (row % (kTrial / 2) == 0) judge(row);
    }
    void judge(std::uint32_t row) {
        if (row == kTrial) distinct = interner.size() - distinctBefore > kTrial / 2 / 10 * 7;
        distinctBefore = interner.size();
    }
    [[nodiscard]] bool hasRow(std::uint32_t row) const { return codes.size() > row; }
    void give(std::uint32_t rows, TextColumn& to) {
        codes.resize(codes.empty() ? 0 : rows, 0);
        to.dictionary = interner.take();
        to.codes = std::move(codes);
    }
    /// For the next segment, with the memory of the last one.
    void begin(TextColumn& memory) {
        codes = std::move(memory.codes);
        codes.clear();
        interner.reuse(std::move(memory.dictionary));
        distinct = false;
        distinctBefore = 0;
    }
};

} // namespace

struct SegmentBuilder::Columns {
    Segment segment; ///< the columns without dictionaries
    std::array<Texts, kTextFields> texts;
    std::map<std::string, Texts, std::less<>> extra;
    std::vector<std::pair<const std::string, Texts>*> order; ///< of the last record's fields
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
            if (column.size() != segment.rows) column.resize(segment.rows, kAbsent);
            column.push_back(record.numbers[i]);
        }
    }
    /// Records mostly have the same fields in the same order. Null: there are too many.
    Texts* extraNamed(std::string_view name, std::size_t at) {
        if (at < order.size() && order[at]->first == name) return &order[at]->second;
        auto it = extra.find(name);
        if (it == extra.end() && extra.size() < kExtraColumns)
            it = extra.emplace(std::string(name), Texts{}).first;
        if (it == extra.end()) return nullptr;
        if (at <= order.size()) {
            order.resize(at);
            order.push_back(&*it);
        }
        return &it->second;
    }
    void addExtra(const Record& record) {
        std::optional<std::string> rest;
        std::size_t at = 0;
        for (const auto& [name, value] : record.extra) {
            textBytes += value.size();
            if (name == kRest) {
                rest = rest ? std::string(value) + ' ' + *rest : std::string(value);
                continue;
            }
            if (Texts* const named = extraNamed(name, at++); named && !named->hasRow(segment.rows))
                named->set(segment.rows, value);
            else
                rest = (rest ? *rest + ' ' : std::string()).append(name).append("=").append(value);
        }
        if (rest) extra[std::string(kRest)].set(segment.rows, *rest);
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
    if (std::exchange(columns.hasMessage, true))
        columns.message += '\n';
    else
        columns.message.clear(); // it is still that of an earlier row
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
        columns.texts[i].give(segment.rows, segment.texts[i]);
    for (auto& [name, texts] : columns.extra)
        if (!texts.codes.empty()) texts.give(segment.rows, segment.extra[name]);
    return segment;
}

void SegmentBuilder::clear() {
    Columns& columns = *columns_;
    Segment& segment = columns.segment;
    for (std::size_t i = 0; i < kTextFields; ++i)
        columns.texts[i].begin(segment.texts[i]);
    for (auto it = columns.extra.begin(); it != columns.extra.end();) {
        const auto used = segment.extra.find(it->first);
        if (used != segment.extra.end()) it->second.begin(used->second);
        it = used == segment.extra.end() ? columns.extra.erase(it) : std::next(it);
    }
    columns.order.clear();
    segment.extra.clear();
    segment.rows = 0;
    for (auto* column :
         {&segment.time, &segment.line, &segment.offset, &segment.lines, &segment.bytes})
        column->clear();
    for (auto& column : segment.numbers)
        column.clear();
    segment.kind.clear();
    segment.level.clear();
    columns.hasMessage = false;
    columns.textBytes = 0;
}

Segment SegmentBuilder::take() {
    static_cast<void>(segment());
    Segment segment = std::move(columns_->segment);
    *columns_ = {};
    return segment;
}

} // namespace postlude
