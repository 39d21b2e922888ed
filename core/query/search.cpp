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

Mask Search::rows(const SegmentState& segment, const Mask* asked) {
    const std::uint32_t number = segment.info.number;
    Places places{in_.columns.place(number, "offset", &Segment::offset),
                  in_.columns.place(number, "bytes", &Segment::bytes), asked,
                  Mask(segment.info.rows)};
    if (places.offset->size() != places.rows() || places.bytes->size() != places.rows())
        return places.found;
    textOf(segment, sweep_);
    textOf(segment, single_);
    const bool few = asked != nullptr && countOf(*asked) < places.rows() / 16;
    if (needles_ && !few && places.inRow())
        scan(places);
    else
        tryRows(places, few);
    for (const auto* text : {&sweep_, &single_})
        if (const auto same = (*text)->check(); !same) throw SourceMissing{source_, same.error()};
    return std::move(places.found);
}

void Search::scan(Places& places) {
    const std::size_t overlap = needles_->longest() - 1;
    const std::uint64_t end = places.end(places.rows() - 1);
    std::uint64_t next = places.begin(0); // nothing before this is looked at any more
    for (std::uint64_t at = next; at < end;) {
        checkStop(stop_);
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(kStretch + overlap, end - at));
        places.stretch = read(*sweep_, at, size);
        places.stretchAt = at;
        if (!tuned_) needles_->tune(places.stretch.substr(0, kSample));
        tuned_ = true;
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
