// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/segment.h"
#include "core/case/interner.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace postlude {

namespace {

/// A line may hold names that nobody has ever seen. So many get a column of their own; what
/// comes after stands in one more, "fields", as name=value.
constexpr std::size_t kExtraColumns = 256;
constexpr std::string_view kRest = "fields";
constexpr std::size_t kMessageBytes = 65'536;
using Rows = std::span<const SegmentRow>;
constexpr std::size_t kSegmentBytes = std::size_t{128} << 20U;

/// A field that is there has a value, if only "".
std::string_view present(std::string_view text) {
    return text.data() == nullptr ? std::string_view("") : text;
}

constexpr std::size_t kTrial = 8192; // rows after which a column is judged, by the later half
constexpr std::size_t kStep = kTrial / 2;

/// Codes are only kept from the first row on that has a value. Where hardly any text comes twice
/// (time stamps, addresses, ids) none is looked up any more.
struct Texts {
    Interner interner;
    std::vector<std::uint32_t> codes;
    std::size_t distinctBefore = 0;
    bool distinct = false;

    /// `text(i)` of the rows from `first` on; null: absent. Gives the bytes of all.
    template <class Text>
    std::size_t setAll(std::uint32_t first, std::size_t count, Text text) {
        std::size_t i = 0;
        while (i < count && text(i).data() == nullptr)
            ++i;
        if (i == count) return 0;
        codes.resize(first + count, 0);
        std::uint32_t* const to = codes.data() + first;
        std::size_t bytes = 0;
        for (; i < count; ++i) {
            const std::string_view value = text(i);
            if (value.data() == nullptr) continue;
            to[i] = distinct ? interner.append(value) : interner.code(value);
            bytes += value.size();
        }
        const auto last = first + static_cast<std::uint32_t>(count) - 1;
        if (first == 0 || (first - 1) / kStep != last / kStep) judge(last / kStep * kStep);
        return bytes;
    }
    /// The same of a batch's column.
    std::size_t setAll(std::uint32_t first, const RecordBatch::Texts& values, std::size_t count) {
        const auto isNone = [](std::string_view text) { return text.data() == nullptr; };
        if (codes.empty() && std::all_of(values.begin(), values.begin() + count, isNone)) return 0;
        std::array<std::uint32_t, RecordBatch::kRows> now;
        const std::size_t bytes = distinct ? interner.append(values, count, now.data())
                                           : interner.codes(values, count, now.data());
        if (codes.size() < first) codes.resize(first, 0);
        codes.insert(codes.end(), now.begin(), now.begin() + count);
        const auto last = first + static_cast<std::uint32_t>(count) - 1;
        if (first == 0 || (first - 1) / kStep != last / kStep) judge(last / kStep * kStep);
        return bytes;
    }
    void judge(std::uint32_t row) {
        if (row == kTrial) distinct = interner.size() - distinctBefore > kStep / 10 * 7;
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
    std::vector<Texts*> batchExtra;
    // The message of the last row may still grow, so it joins its column when the next row comes.
    std::string message;
    bool hasMessage = false;
    std::size_t textBytes = 0;

    void addTexts(Rows rows) {
        for (std::size_t i = 0; i < kTextFields; ++i) {
            if (static_cast<TextField>(i) == TextField::Message) continue;
            textBytes += texts[i].setAll(segment.rows, rows.size(),
                                         [&](std::size_t at) { return rows[at].record.texts[i]; });
        }
    }
    /// The last one waits.
    void addMessages(Rows rows) {
        constexpr auto field = static_cast<std::size_t>(TextField::Message);
        const auto text = [&](std::size_t at) {
            return rows[at].record.texts[field].substr(0, kMessageBytes);
        };
        textBytes += texts[field].setAll(segment.rows, rows.size() - 1, text);
        const std::string_view last = text(rows.size() - 1);
        hasMessage = last.data() != nullptr;
        if (hasMessage) message.assign(last);
        textBytes += last.size();
    }
    void addNumbers(Rows rows) {
        for (std::size_t i = 0; i < kNumberFields; ++i) {
            const auto value = [i](const SegmentRow& row) { return row.record.numbers[i]; };
            const auto absent = [&](const SegmentRow& row) { return value(row) == kAbsent; };
            if (std::ranges::all_of(rows, absent)) continue;
            auto& column = segment.numbers[i];
            column.resize(segment.rows, kAbsent);
            std::ranges::transform(rows, std::back_inserter(column), value);
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
    /// True if all these rows have the fields of `order`, each once.
    [[nodiscard]] bool isInOrder(Rows rows) const {
        const auto& first = rows.front().record.extra;
        for (std::size_t at = 0; at < order.size(); ++at)
            if (std::find(order.begin(), order.begin() + at, order[at]) != order.begin() + at)
                return false;
        const auto isKnown = [](const auto& field, auto* known) {
            return field.first == known->first;
        };
        const auto sameName = [](const auto& a, const auto& b) {
            return a.first.size() == b.first.size() &&
                   (a.first.data() == b.first.data() || a.first == b.first);
        };
        return std::ranges::equal(first, order, isKnown) &&
               std::ranges::all_of(rows.subspan(1), [&](const SegmentRow& row) {
                   return std::ranges::equal(row.record.extra, first, sameName);
               });
    }
    void addExtras(Rows rows) {
        if (!isInOrder(rows)) {
            for (std::size_t i = 0; i < rows.size(); ++i)
                addExtra(segment.rows + static_cast<std::uint32_t>(i), rows[i].record);
            return;
        }
        for (std::size_t at = 0; at < order.size(); ++at)
            textBytes += order[at]->second.setAll(segment.rows, rows.size(), [&](std::size_t i) {
                return present(rows[i].record.extra[at].second);
            });
    }
    void addExtra(std::uint32_t row, const Record& record) {
        std::optional<std::string> rest;
        std::size_t at = 0;
        for (const auto& [name, value] : record.extra) {
            textBytes += value.size();
            if (name == kRest) {
                rest = rest ? std::string(value) + ' ' + *rest : std::string(value);
                continue;
            }
            if (Texts* const named = extraNamed(name, at++); named && !named->hasRow(row))
                named->setAll(row, 1, [&](std::size_t) { return present(value); });
            else
                rest = (rest ? *rest + ' ' : std::string()).append(name).append("=").append(value);
        }
        if (rest)
            extra[std::string(kRest)].setAll(row, 1,
                                             [&](std::size_t) { return std::string_view(*rest); });
    }
    void addPlaces(Rows rows) {
        for (const auto& [record, time, place] : rows) {
            segment.time.push_back(time ? nanoseconds(*time) : kAbsent);
            segment.line.push_back(static_cast<std::int64_t>(place.line));
            segment.lines.push_back(place.lines);
            segment.offset.push_back(static_cast<std::int64_t>(place.offset));
            segment.bytes.push_back(place.bytes);
            segment.kind.push_back(static_cast<std::uint8_t>(record.kind));
            segment.level.push_back(static_cast<std::uint8_t>(record.level));
        }
    }
    /// False if names would have to share a column, which only addExtras() knows how to.
    bool addExtras(const RecordBatch& batch) {
        batchExtra.clear();
        for (const auto& [name, values] : batch.extra) {
            const bool any = std::any_of(values.begin(), values.begin() + batch.rows,
                                         [](auto text) { return text.data() != nullptr; });
            if (any && name == kRest) return false;
            Texts* const column = any ? extraNamed(name, batchExtra.size()) : nullptr;
            if (any && column == nullptr) return false;
            batchExtra.push_back(column);
        }
        for (std::size_t i = 0; i < batchExtra.size(); ++i)
            if (batchExtra[i] != nullptr)
                textBytes += batchExtra[i]->setAll(segment.rows, batch.extra[i].values, batch.rows);
        return true;
    }
    void addBatch(const RecordBatch& batch, const BatchPlaces& places) {
        for (std::size_t i = 0; i < kTextFields; ++i)
            if (batch.hasText[i])
                textBytes += texts[i].setAll(segment.rows, batch.texts[i], batch.rows);
        for (std::size_t i = 0; i < kNumberFields; ++i) {
            if (!batch.hasNumber[i]) continue;
            auto& column = segment.numbers[i];
            const auto known = [](std::int64_t value) { return value != kAbsent; };
            if (column.empty() && std::none_of(batch.numbers[i].begin(),
                                               batch.numbers[i].begin() + batch.rows, known))
                continue;
            column.resize(segment.rows, kAbsent);
            put(column, batch.numbers[i], batch.rows);
        }
        put(segment.time, places.time, batch.rows);
        put(segment.line, places.line, batch.rows);
        put(segment.offset, places.offset, batch.rows);
        put(segment.bytes, places.bytes, batch.rows);
        segment.lines.resize(segment.rows + batch.rows, 1);
        segment.kind.resize(segment.rows + batch.rows, static_cast<std::uint8_t>(batch.kind));
        segment.level.resize(segment.rows + batch.rows, static_cast<std::uint8_t>(Level::None));
    }
    static void put(std::vector<std::int64_t>& column, const RecordBatch::Numbers& values,
                    std::size_t rows) {
        column.insert(column.end(), values.begin(), values.begin() + rows);
    }
    void settleMessage() {
        if (!std::exchange(hasMessage, false)) return;
        texts[static_cast<std::size_t>(TextField::Message)].setAll(
            segment.rows - 1, 1, [this](std::size_t) { return std::string_view(message); });
    }
};

SegmentBuilder::SegmentBuilder()
    : columns_(std::make_unique<Columns>()) {}
SegmentBuilder::~SegmentBuilder() = default;
SegmentBuilder::SegmentBuilder(SegmentBuilder&&) noexcept = default;
SegmentBuilder& SegmentBuilder::operator=(SegmentBuilder&&) noexcept = default;

void SegmentBuilder::add(std::span<const SegmentRow> rows) {
    if (rows.empty()) return;
    Columns& columns = *columns_;
    columns.settleMessage();
    columns.addPlaces(rows);
    columns.addTexts(rows);
    columns.addMessages(rows);
    columns.addNumbers(rows);
    columns.addExtras(rows);
    columns.segment.rows += static_cast<std::uint32_t>(rows.size());
}

void SegmentBuilder::add(const Record& record, std::optional<Instant> time,
                         const RecordPlace& place) {
    const SegmentRow row{record, time, place};
    add({&row, 1});
}

void SegmentBuilder::append(std::string_view line, const RecordPlace& whole) {
    Columns& columns = *columns_;
    if (columns.segment.rows == 0) return;
    columns.segment.lines.back() = whole.lines;
    columns.segment.bytes.back() = whole.bytes;
    if (!std::exchange(columns.hasMessage, true))
        columns.message.clear(); // it is still that of an earlier row
    else if (!columns.message.empty())
        columns.message += '\n';
    if (columns.message.empty())
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::size_t room = kMessageBytes - std::min(columns.message.size(), kMessageBytes);
    columns.message += line.substr(0, room);
    columns.textBytes += std::min(line.size(), room);
}

void SegmentBuilder::add(const RecordBatch& batch, const BatchPlaces& places) {
    Columns& columns = *columns_;
    columns.settleMessage();
    const auto message = static_cast<std::size_t>(TextField::Message);
    if (!batch.hasText[message] && columns.addExtras(batch)) {
        columns.addBatch(batch, places);
        columns.segment.rows += static_cast<std::uint32_t>(batch.rows);
        return;
    }
    for (std::size_t row = 0; row < batch.rows; ++row) {
        std::optional<Instant> time;
        if (places.time[row] != kAbsent) time = instant(places.time[row]);
        add(batch.record(row), time,
            {static_cast<std::uint64_t>(places.line[row]), 1,
             static_cast<std::uint64_t>(places.offset[row]),
             static_cast<std::uint32_t>(places.bytes[row])});
    }
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
