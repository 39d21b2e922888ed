// SPDX-License-Identifier: GPL-3.0-or-later
// Text is swept in stretches that stay in the processor's cache, for a few texts that every match
// holds; only where one of them is, the record is looked up and tried. Without such texts, or
// where other tests left few records, these are tried one by one.
#include "core/query/detail/search.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kStretch = std::size_t{128} << 10U;
constexpr std::size_t kSample = std::size_t{16} << 10U;
constexpr std::size_t kRecordBytes = std::size_t{16} << 20U;
constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

std::size_t countOf(const Mask& mask) {
    std::size_t count = 0;
    for (const std::uint8_t one : mask)
        count += one;
    return count;
}

std::string_view withoutReturn(std::string_view text) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

} // namespace

struct Search::Places {
    std::shared_ptr<const Numbers> offset, bytes;
    const Mask* asked;
    Mask found;
    std::size_t row = 0;        ///< where the last hit was
    std::string_view stretch{}; ///< text at hand, and where it begins
    std::uint64_t stretchAt = 0;

    [[nodiscard]] std::size_t rows() const { return found.size(); }
    [[nodiscard]] std::uint64_t begin(std::size_t i) const {
        return static_cast<std::uint64_t>((*offset)[i]);
    }
    [[nodiscard]] std::uint64_t end(std::size_t i) const { return begin(i) + size(i); }
    [[nodiscard]] std::size_t size(std::size_t i) const {
        const auto most = static_cast<std::int64_t>(kRecordBytes);
        return static_cast<std::size_t>(std::clamp<std::int64_t>((*bytes)[i], 0, most));
    }
    [[nodiscard]] bool isAsked(std::size_t i) const { return asked == nullptr || (*asked)[i] != 0; }
    [[nodiscard]] bool atHand(std::size_t i) const {
        return begin(i) >= stretchAt && end(i) <= stretchAt + stretch.size();
    }
    [[nodiscard]] std::string_view textAtHand(std::size_t i) const {
        return stretch.substr(static_cast<std::size_t>(begin(i) - stretchAt), size(i));
    }
    /// Do records follow one another, so that a place belongs to one of them at most?
    [[nodiscard]] bool inRow() const {
        for (std::size_t i = 1; i < rows(); ++i)
            if ((*offset)[i] < (*offset)[i - 1] + (*bytes)[i - 1]) return false;
        return rows() > 0 && (*offset)[0] >= 0;
    }
};

Search::Search(const Snapshot& in, const Filter::Node& test, std::stop_token stop)
    : in_(in)
    , stop_(std::move(stop)) {
    const FilterValue& value = test.values.front();
    if (test.op == FilterOp::Contains) {
        if (!value.text.empty()) needles_.emplace(std::vector{value.text}, true);
        whole_ = true;
        return;
    }
    pattern_ = value.pattern->copy();
    const Required& required = pattern_->required();
    if (!required.texts.empty()) needles_.emplace(required.texts, required.anyCase);
    whole_ = required.whole;
}

SourceText& Search::textOf(const SegmentState& segment, std::optional<SourceText>& which) {
    if (source_ != segment.info.source) {
        sweep_.reset();
        single_.reset();
        tuned_ = false;
        source_ = segment.info.source;
    }
    if (!which) which.emplace(orThrow(SourceText::open(in_.store, source_)));
    return *which;
}

std::string_view Search::read(SourceText& text, std::uint64_t offset, std::size_t size) {
    auto got = text.read(offset, size);
    if (!got) throw SourceMissing{source_, std::move(got.error())};
    return *got;
}

bool Search::passes(std::string_view text) const {
    if (!whole_) return pattern_->matches(withoutReturn(text));
    if (!needles_) return true; // what is looked for is nothing
    for (std::size_t i = 0; i < needles_->count(); ++i)
        if (needles_->find(i, text, 0) != Needles::kNone) return true;
    return false;
}

/// Of most segments there is no need to know where each record lies.
std::optional<std::uint64_t> Search::firstHit(const SegmentState& segment) {
    const auto* offset = segment.index ? segment.index->find("offset") : nullptr;
    const auto* bytes = segment.index ? segment.index->find("bytes") : nullptr;
    if (offset == nullptr || bytes == nullptr || offset->min < 0 || bytes->max < 0) return {};
    const auto most = std::min<std::int64_t>(bytes->max, kRecordBytes);
    const auto end = static_cast<std::uint64_t>(offset->max + most);
    auto at = static_cast<std::uint64_t>(offset->min);
    for (const std::size_t overlap = needles_->longest() - 1; at < end;) {
        const auto size = std::min<std::uint64_t>(kStretch + overlap, end - at);
        const std::string_view text = stretchAt(at, static_cast<std::size_t>(size));
        const auto hit = NeedleHits(*needles_, text).next(0);
        if (hit.at != Needles::kNone) return at + hit.at;
        if (text.size() < size || at + size >= end) break;
        at += size - overlap;
    }
    return kNowhere;
}

std::string_view Search::stretchAt(std::uint64_t at, std::size_t size) {
    checkStop(stop_);
    const std::string_view text = read(*sweep_, at, size);
    if (!std::exchange(tuned_, true)) needles_->tune(text.substr(0, kSample));
    return text;
}

void Search::check() const {
    for (const auto* text : {&sweep_, &single_})
        if (const auto same = (*text)->check(); !same) throw SourceMissing{source_, same.error()};
}

Mask Search::rows(const SegmentState& segment, const Mask* asked) {
    textOf(segment, sweep_);
    textOf(segment, single_);
    const std::uint32_t rows = segment.info.rows;
    const bool few = asked != nullptr && countOf(*asked) < rows / 16;
    const auto first = needles_ && !few ? firstHit(segment) : std::nullopt;
    if (first == kNowhere) return check(), Mask(rows);
    const std::uint32_t number = segment.info.number;
    Places places{in_.columns.place(number, "offset", &Segment::offset),
                  in_.columns.place(number, "bytes", &Segment::bytes), asked, Mask(rows)};
    if (places.offset->size() != places.rows() || places.bytes->size() != places.rows())
        return places.found;
    if (needles_ && !few && places.inRow())
        scan(places, std::max(first.value_or(0), places.begin(0)));
    else
        tryRows(places, few);
    check();
    return std::move(places.found);
}

/// Nothing before `next` is looked at any more.
void Search::scan(Places& places, std::uint64_t next) {
    const std::size_t overlap = needles_->longest() - 1;
    const std::uint64_t end = places.end(places.rows() - 1);
    for (std::uint64_t at = next; at < end;) {
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(kStretch + overlap, end - at));
        places.stretch = stretchAt(at, size);
        places.stretchAt = at;
        NeedleHits hits(*needles_, places.stretch);
        while (next < at + places.stretch.size()) {
            const auto hit = hits.next(next > at ? static_cast<std::size_t>(next - at) : 0);
            if (hit.at == Needles::kNone) break;
            next = take(at + hit.at, hit.size, places);
        }
        if (places.stretch.size() < size || at + size >= end) return;
        at = std::max(at + size - overlap, next);
    }
}

std::uint64_t Search::take(std::uint64_t at, std::size_t size, Places& places) {
    const auto* first = places.offset->data();
    const auto* after =
        std::upper_bound(first + places.row, first + places.rows(), static_cast<std::int64_t>(at));
    const std::size_t row = static_cast<std::size_t>(after - first) - 1;
    const std::uint64_t further = row + 1 < places.rows() ? places.begin(row + 1) : places.end(row);
    places.row = row;
    if (!places.isAsked(row)) return further;
    if (at + size > places.end(row)) return at + 1;
    bool found = whole_;
    if (!found)
        found = pattern_->matches(withoutReturn(
            places.atHand(row) ? places.textAtHand(row)
                               : read(*single_, places.begin(row), places.size(row))));
    places.found[row] = found ? 1 : 0;
    return further;
}

void Search::tryRows(Places& places, bool few) {
    for (std::size_t row = 0; row < places.rows(); ++row) {
        if (!places.isAsked(row)) continue;
        if (!places.atHand(row)) {
            checkStop(stop_);
            places.stretchAt = places.begin(row);
            places.stretch = read(*sweep_, places.stretchAt,
                                  few ? places.size(row) : std::max(kStretch, places.size(row)));
        }
        const std::string_view text = places.atHand(row) ? places.textAtHand(row) : places.stretch;
        places.found[row] = passes(text) ? 1 : 0;
    }
}

} // namespace postlude
