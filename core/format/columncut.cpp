// SPDX-License-Identifier: GPL-3.0-or-later
// Taking lines apart: where each field of a row begins and ends.
#include "core/format/detail/columns.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/plancut.h"

#include "core/base/shorttext.h"

#include <algorithm>

namespace postlude {

void ColumnRunner::begin(const ColumnPlan& plan, std::string_view text, RecordBatch& out) {
    text_ = text;
    plan_ = &plan;
    out_ = &out;
    out.rows = 0;
    for (Numbers& notes : notes_)
        notes.fill(kAbsent);
    out.kind = plan.program().kind;
    out.hasText = plan.texts_;
    out.hasNumber = plan.numbers_;
    if (plan.summed_) out.numbers[static_cast<std::size_t>(NumberField::Duration)].fill(0);
    out.extra.resize(plan.extra_.size());
    for (std::size_t i = 0; i < plan.extra_.size(); ++i)
        out.extra[i].name = plan.extra_[i];
    pieces_.resize(plan.ops_.size());
    spare_.resize(plan.ops_.size());
    for (std::size_t i = 0; i < plan.ops_.size(); ++i) {
        const ColumnPlan::Op& op = plan.ops_[i];
        using Way = ColumnPlan::Way;
        const bool asItStands =
            op.way == Way::Text || op.way == Way::Name || op.way == Way::Server ||
            op.way == Way::Client || op.way == Way::Noted || op.way == Way::Time ||
            op.way == Way::Frontend || (op.way == Way::Addend && !op.fills.extra.empty());
        pieces_[i] = !asItStands              ? &spare_[i]
                     : op.fills.texts.empty() ? &out.extra[op.fills.extra[0]].values
                                              : &out.texts[op.fills.texts[0]];
    }
}

namespace {

constexpr char kNoneBytes[RecordBatch::kReadable] = "-";
constexpr std::string_view kNone(kNoneBytes, 1);
constexpr Wanted kQuote('"');

/// The next place of the byte before `end`, else a place behind it. Behind `end` there are as many
/// bytes as are looked at together.
[[gnu::always_inline]] inline const char* nextOf(const Wanted& wanted, const char* from,
                                                 const char* end) {
#ifdef __SSE2__
    const __m128i byte = _mm_load_si128(reinterpret_cast<const __m128i*>(wanted.bytes.data()));
    do {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const auto equal =
            static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, byte)));
        if (equal != 0) return from + static_cast<unsigned>(std::countr_zero(equal));
        from += kPlaceBlock;
    } while (from < end);
    return end;
#else
    return std::find(from, std::max(from, end), wanted.bytes[0]);
#endif
}

} // namespace

/// Fields that need more than the next place of a byte.
bool ColumnRunner::cutSlowly(const Plan::Op& op, std::string_view line, Rest& rest,
                             std::string_view& piece) const {
    const Plan& plan = plan_->plan_;
    Plan::Field field;
    if (!plan.takeBefore(op, line, rest.at) || !Plan::cutField(op, line, rest.at, field))
        return false;
    rest.at = field.next;
    piece = line.substr(field.from, field.to - field.from);
    if (!op.special) return true;
    if (op.choosy && !isAllowed(*op.step, piece)) return false;
    if (op.escaped && piece.find('\\') != std::string_view::npos) return false;
    if (op.escaped && piece == "null") piece = kNone;
    rest.ended = op.mayEnd && endsHere(line, rest.at);
    return true;
}

namespace {

/// As numberEnd() goes by.
bool isOfNumber(char c) {
    return isDigit(c) || c == '-' || c == '+' || c == '.';
}

/// Where the last `byte` stands before the next place of `outer` and `second`; `end`: not as simple
/// as that.
const char* lastBefore(char byte, const Wanted& outer, char second, const char* from,
                       const char* end) {
    const char* const stop = nextOf(outer, from, end);
    if (stop + 1 >= end || stop[1] != second) return end;
    const char* last = stop;
    while (last > from && last[-1] != byte)
        --last;
    return last > from ? last - 1 : end;
}

/// Where the literal that is looked for stands; `end`: not found, or to be looked at more closely.
const char* literalEnd(const Wanted& first, std::string_view literal, const char* from,
                       const char* end) {
    for (const char* at = nextOf(first, from, end); at < end; at = nextOf(first, at + 1, end))
        if (static_cast<std::size_t>(end - at) >= literal.size() &&
            isSameText({at, literal.size()}, literal))
            return at;
    return end;
}

} // namespace

/// Takes a field as it mostly is off the front of [from, end). False: that is to be tried slowly.
[[gnu::always_inline]] inline bool ColumnRunner::cutQuickly(const ColumnPlan::Quick& quick,
                                                            const char*& from, const char* end,
                                                            std::string_view& piece) {
    using Ends = ColumnPlan::Ends;
    const char* const begin = from + quick.skip;
    const char* stop = nullptr;
    switch (quick.ends) {
    case Ends::Byte:
        stop = nextOf(quick.wanted, begin, end);
        break;
    case Ends::Pair:
        stop = nextOf(quick.wanted, begin, end);
        if (stop < end && (stop + 1 == end || stop[1] != quick.second)) return false;
        break;
    case Ends::Quote: // one behind a backslash is none
        stop = literalEnd(quick.wanted, quick.op->after, begin, end);
        if (stop == end || (stop > begin && stop[-1] == '\\')) return false;
        break;
    case Ends::List: // nor is a blank within nginx's "a, b : c"
        stop = literalEnd(quick.wanted, quick.op->after, begin, end);
        if (stop == end || stop == begin || stop[-1] == ',' || stop[-1] == ':' || stop[1] == ':')
            return false;
        break;
    case Ends::Text:
        stop = literalEnd(quick.wanted, quick.op->after, begin, end);
        break;
    case Ends::Last:
        stop = lastBefore(quick.end, quick.wanted, quick.second, begin, end);
        break;
    case Ends::Nothing: // the blank before it may have been that of the field before
        stop = from + (*from == ' ' ? 1 : 0);
        if (stop >= end || *stop == '{' || stop[-1] != ' ') return false;
        piece = {stop, 0};
        from = stop;
        return true;
    case Ends::NoBrace:
        if (begin >= end || *begin == '{') return false;
        piece = {begin, 0};
        from = begin;
        return true;
    case Ends::Quoted:
        from += *from == ' ' ? 1 : 0;
        if (from >= end || *from != '"' || from[-1] != ' ') return false;
        stop = nextOf(kQuote, from + 1, end);
        if (stop + 1 != end || stop[-1] == '\\') return false;
        piece = {from + 1, static_cast<std::size_t>(stop - from - 1)};
        from = end;
        return true;
    case Ends::Number:
        for (stop = begin; stop < end && isOfNumber(*stop);)
            ++stop;
        piece = {begin, static_cast<std::size_t>(stop - begin)};
        from = stop;
        return true;
    case Ends::Slowly:
        return false;
    }
    piece = {begin, static_cast<std::size_t>(stop - begin)};
    from = stop;
    return stop < end;
}

/// Mostly the same is there as in the row before.
bool ColumnRunner::isAllowedAt(const ColumnPlan::Quick& quick, const Texts& pieces,
                               std::size_t row) {
    return (row > 0 && isSameText(pieces[row], pieces[row - 1])) ||
           isAllowed(*quick.op->step, pieces[row]);
}

bool ColumnRunner::cut(std::string_view line) {
    const char* const end = line.data() + line.size();
    if (line.size() < kPlaceBlock || text_.data() + text_.size() - end < RecordBatch::kReadable)
        return false;
    if (plan_->mayEnd_ && !isGraph(line.back())) return false;
    const std::size_t row = out_->rows;
    Texts* const* to = pieces_.data();
    Texts* const* const last = to + pieces_.size();
    const char* at = line.data();
    bool ended = false;
    for (const ColumnPlan::Quick& quick : plan_->quick_) {
        std::string_view& piece = (**to++)[row];
        const char* const from = at;
        if (!cutQuickly(quick, at, end, piece)) {
            Rest rest{static_cast<std::size_t>(from - line.data())};
            piece = {};
            if (!cutSlowly(*quick.op, line, rest, piece)) return false;
            at = line.data() + rest.at;
            ended = rest.ended;
            if (ended) break;
        } else if (quick.choosy && !isAllowedAt(quick, *to[-1], row)) {
            return false;
        }
    }
    while (to < last)
        (**to++)[row] = {};
    if (at != end && !ended &&
        !isAllTaken(plan_->program(), line, static_cast<std::size_t>(at - line.data())))
        return false;
    ++out_->rows;
    return true;
}

} // namespace postlude
