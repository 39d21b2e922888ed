// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/columns.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/numbers.h"
#include "core/format/detail/plancut.h"

#include "core/base/shorttext.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstring>

namespace postlude {

namespace {

template <class Field>
std::size_t at(Field field) {
    return static_cast<std::size_t>(field);
}

/// Where a list of attempts is kept, as assign_server.cpp has it.
std::string_view listName(const Target& target, std::string_view otherwise) {
    return target.name.empty() ? otherwise : std::string_view(target.name);
}

constexpr char kNoneBytes[RecordBatch::kReadable] = "-";
constexpr std::string_view kNone(kNoneBytes, 1);

} // namespace

Record RecordBatch::record(std::size_t row) const {
    Record record;
    record.kind = kind;
    record.time = times[row];
    for (std::size_t i = 0; i < kTextFields; ++i)
        if (hasText[i]) record.texts[i] = texts[i][row];
    for (std::size_t i = 0; i < kNumberFields; ++i)
        if (hasNumber[i]) record.numbers[i] = numbers[i][row];
    for (const Extra& each : extra)
        if (each.values[row].data() != nullptr)
            record.extra.emplace_back(each.name, each.values[row]);
    return record;
}

ColumnPlan::ColumnPlan(const Plan& plan)
    : plan_(plan)
    , usable_(!plan.ops_.empty()) {
    for (const Plan::Op& op : plan.ops_) {
        Filled fills;
        usable_ = usable_ && claim(op.step->target, fills);
        ops_.push_back({&op, wayOf(op.step->target), std::move(fills)});
        addQuick(op);
    }
    // What the line's head says stays beside what the line says itself.
    for (const TextField field : {TextField::Host, TextField::Process})
        usable_ = usable_ && !texts_[at(field)];
    usable_ = usable_ && !numbers_[at(NumberField::Pid)];
    const auto mayEnd = [](const Plan::Op& op) { return op.mayEnd; };
    if (usable_ && program().fromAccept) usable_ = std::ranges::none_of(plan.ops_, mayEnd);
}

void ColumnPlan::addQuick(const Plan::Op& op) {
    using Cut = Plan::Cut;
    Quick quick{&op,       Ends::Slowly,  op.end, '\0', static_cast<std::uint8_t>(op.beforeSize),
                op.choosy, op.step->outer};
    if (op.after.size() == 2) quick.second = op.after[1];
    const bool mayBeOver =
        op.mayEnd || std::ranges::any_of(quick_, [](const Quick& q) { return q.op->mayEnd; });
    const bool begins = op.before == Plan::Before::Known || (quick_.empty() && op.beforeSize == 0);
    const bool blank = op.before == Plan::Before::Byte && op.first == ' ';
    if (mayBeOver || op.escaped || op.beforeSize > kPlaceBlock) {
        // stays slow
    } else if (begins) {
        if (op.cut == Cut::Byte) quick.ends = Ends::Byte;
        if (op.cut == Cut::Number) quick.ends = Ends::Number;
        if (op.cut == Cut::Until && op.after.size() > 2) quick.ends = Ends::Text;
        if (op.cut == Cut::Quoted && op.after.starts_with('"')) quick.ends = Ends::Quote;
        if (op.cut == Cut::List && op.after.starts_with(' ')) quick.ends = Ends::List;
        if (op.cut == Cut::Until && op.after.size() == 2) quick.ends = Ends::Pair;
        if (op.cut == Cut::LastBefore && op.after.size() == 1 && quick.outer.size() == 2)
            quick.ends = Ends::Last;
    } else if (blank && !quick_.empty()) {
        if (op.cut == Cut::Braces && program().mergeBlanks) quick.ends = Ends::Nothing;
        if (op.cut == Cut::MaybeQuoted && op.after.empty() && program().mergeBlanks)
            quick.ends = Ends::Quoted;
    }
    quick_.push_back(quick);
}

ColumnPlan::Way ColumnPlan::wayOf(const Target& target) {
    switch (target.act) {
    case Act::Skip:
        return Way::Skip;
    case Act::Text:
        return target.text == TextField::ClientIp ? Way::Client : Way::Text;
    case Act::Peer:
        return Way::Client;
    case Act::Attempts:
    case Act::Upstreams:
        return Way::Attempts;
    case Act::LastSpan:
        return Way::LastSpan;
    case Act::Server:
        return Way::Server;
    case Act::Frontend:
        return Way::Frontend;
    case Act::Backend:
    case Act::Extra:
        return Way::Name;
    case Act::Number:
        return Way::Count;
    case Act::Span:
        return Way::Span;
    case Act::Noted:
        return Way::Noted;
    case Act::Time:
    case Act::TimeEnd:
        return Way::Time;
    case Act::Request:
        return Way::Request;
    case Act::Forwarded:
        return Way::Unless;
    case Act::Captures:
    case Act::Words:
        return Way::Parts;
    default:
        return Way::General;
    }
}

std::optional<std::size_t> ColumnPlan::extraNamed(std::string_view name) const {
    const auto it = std::ranges::find(extra_, name);
    if (it == extra_.end()) return {};
    return static_cast<std::size_t>(it - extra_.begin());
}

bool ColumnPlan::claimText(TextField field, Filled& fills) {
    fills.texts.push_back(at(field));
    const bool isNew = !texts_[at(field)];
    texts_.set(at(field));
    return isNew;
}

bool ColumnPlan::claimNumber(NumberField field, Filled& fills) {
    fills.numbers.push_back(at(field));
    const bool isNew = !numbers_[at(field)];
    numbers_.set(at(field));
    return isNew;
}

bool ColumnPlan::claimExtra(std::string_view name, Filled& fills) {
    fills.extra.push_back(extra_.size());
    const bool isNew = std::ranges::find(extra_, name) == extra_.end();
    extra_.push_back(name);
    return isNew;
}

/// Captured headers. Those of other frontends are chosen by another field.
bool ColumnPlan::claimParts(const Target& target, Filled& fills) {
    return std::ranges::all_of(target.parts,
                               [&](const Target& part) {
                                   return part.act != target.act && claimAct(part, fills) &&
                                          wayOf(part) != Way::Unless && wayOf(part) != Way::Time &&
                                          wayOf(part) != Way::Noted;
                               }) &&
           claimExtra(target.name, fills);
}

bool ColumnPlan::claim(const Target& target, Filled& fills) {
    if (target.act == Act::Captures || target.act == Act::Words) return claimParts(target, fills);
    return claimAct(target, fills);
}

/// False also for what is not read from this field alone.
bool ColumnPlan::claimAct(const Target& target, Filled& fills) {
    switch (target.act) {
    case Act::Skip:
    case Act::Forwarded:
        return true;
    case Act::Text:
        return claimText(target.text, fills);
    case Act::Number:
    case Act::Span:
        return claimNumber(target.number, fills);
    case Act::Noted:
    case Act::Extra:
        return claimExtra(target.name, fills);
    case Act::Time:
    case Act::TimeEnd:
        return !std::exchange(timed_, true) && claimText(TextField::TimeRaw, fills);
    case Act::Request:
        return claimText(TextField::Method, fills) && claimText(TextField::Path, fills) &&
               claimText(TextField::HttpVersion, fills);
    case Act::RequestUrl:
        return claimText(TextField::Method, fills) && claimText(TextField::Path, fills) &&
               claimText(TextField::HttpVersion, fills) && claimExtra("origin", fills);
    case Act::Server:
    case Act::ServerUrl:
        return claimText(TextField::Server, fills);
    case Act::Backend:
    case Act::BackendUrl:
        return claimText(TextField::Backend, fills);
    case Act::Frontend:
        return claimText(TextField::Frontend, fills);
    case Act::TargetGroup:
        return claimText(TextField::Backend, fills) && claimExtra(target.name, fills);
    case Act::Peer:
        return claimText(TextField::ClientIp, fills);
    case Act::Address:
    case Act::AddressPort:
        return claimText(TextField::ClientIp, fills) && claimNumber(NumberField::ClientPort, fills);
    case Act::Attempts:
    case Act::Upstreams:
        return claimText(TextField::Server, fills) && claimNumber(NumberField::Retries, fills) &&
               claimExtra(listName(target, "attempts"), fills);
    case Act::LastSpan:
        return claimNumber(target.number, fills) &&
               claimExtra(listName(target, nameOf(target.number)), fills);
    default:
        return false;
    }
}

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
    out.extra.resize(plan.extra_.size());
    for (std::size_t i = 0; i < plan.extra_.size(); ++i)
        out.extra[i].name = plan.extra_[i];
    pieces_.resize(plan.ops_.size());
    spare_.resize(plan.ops_.size());
    for (std::size_t i = 0; i < plan.ops_.size(); ++i) {
        const ColumnPlan::Op& op = plan.ops_[i];
        using Way = ColumnPlan::Way;
        const bool asItStands = op.way == Way::Text || op.way == Way::Name ||
                                op.way == Way::Server || op.way == Way::Client ||
                                op.way == Way::Noted || op.way == Way::Time ||
                                op.way == Way::Frontend;
        pieces_[i] = !asItStands              ? &spare_[i]
                     : op.fills.texts.empty() ? &out.extra[op.fills.extra[0]].values
                                              : &out.texts[op.fills.texts[0]];
    }
}

namespace {

/// The next place of the byte before `end`, else a place behind it. Behind `end` there are as many
/// bytes as are looked at together.
[[gnu::always_inline]] inline const char* nextOf(char byte, const char* from, const char* end) {
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(byte);
    do {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const auto equal =
            static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
        if (equal != 0) return from + std::countr_zero(equal);
        from += kPlaceBlock;
    } while (from < end);
    return end;
#else
    return std::find(from, std::max(from, end), byte);
#endif
}

} // namespace

/// Fields that need more than the next place of a byte.
bool ColumnRunner::cutSlowly(const Plan::Op& op, std::string_view line, Rest& rest,
                             std::string_view& piece) const {
    const Plan& plan = plan_->plan_;
    if (rest.ended) return true;
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

/// Where the last `byte` stands before the next place of `outer`, which is two bytes; `end`: not
/// as simple as that.
const char* lastBefore(char byte, std::string_view outer, const char* from, const char* end) {
    const char* const stop = nextOf(outer[0], from, end);
    if (stop >= end || stop[1] != outer[1]) return end;
    const char* last = stop;
    while (last > from && last[-1] != byte)
        --last;
    return last > from ? last - 1 : end;
}

/// Where the literal that is looked for stands; `end`: not found, or to be looked at more closely.
const char* literalEnd(char first, std::string_view literal, const char* from, const char* end) {
    for (const char* at = nextOf(first, from, end); at < end; at = nextOf(first, at + 1, end))
        if (static_cast<std::size_t>(end - at) >= literal.size() &&
            std::memcmp(at, literal.data(), literal.size()) == 0)
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
        stop = nextOf(quick.end, begin, end);
        break;
    case Ends::Pair:
        stop = nextOf(quick.end, begin, end);
        if (stop < end && stop[1] != quick.second) return false;
        break;
    case Ends::Quote: // one behind a backslash is none
        stop = literalEnd(quick.end, quick.op->after, begin, end);
        if (stop == end || (stop > begin && stop[-1] == '\\')) return false;
        break;
    case Ends::List: // nor is a blank within nginx's "a, b : c"
        stop = literalEnd(quick.end, quick.op->after, begin, end);
        if (stop == end || stop == begin || stop[-1] == ',' || stop[-1] == ':' || stop[1] == ':')
            return false;
        break;
    case Ends::Text:
        stop = literalEnd(quick.end, quick.op->after, begin, end);
        break;
    case Ends::Last:
        stop = lastBefore(quick.end, quick.outer, begin, end);
        break;
    case Ends::Nothing: // the blank before it may have been that of the field before
        stop = from + (*from == ' ' ? 1 : 0);
        if (stop >= end || *stop == '{' || stop[-1] != ' ') return false;
        piece = {stop, 0};
        from = stop;
        return true;
    case Ends::Quoted:
        from += *from == ' ' ? 1 : 0;
        if (from >= end || *from != '"' || from[-1] != ' ') return false;
        stop = nextOf('"', from + 1, end);
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
    const std::size_t row = out_->rows;
    Texts* const* to = pieces_.data();
    const char* at = line.data();
    bool ended = false;
    for (const ColumnPlan::Quick& quick : plan_->quick_) {
        std::string_view& piece = (**to++)[row];
        const char* const from = at;
        if (!cutQuickly(quick, at, end, piece)) {
            Rest rest{static_cast<std::size_t>(from - line.data()), ended};
            piece = {};
            if (!cutSlowly(*quick.op, line, rest, piece)) return false;
            at = line.data() + rest.at;
            ended = rest.ended;
        } else if (quick.choosy && !isAllowedAt(quick, *to[-1], row)) {
            return false;
        }
    }
    if (at != end && !ended &&
        !isAllTaken(plan_->program(), line, static_cast<std::size_t>(at - line.data())))
        return false;
    ++out_->rows;
    return true;
}

void ColumnRunner::readTexts(Texts& pieces, bool emptyIsNone) const {
    for (std::size_t row = 0; row < out_->rows; ++row) {
        std::string_view& piece = pieces[row];
        if (isMissing(piece) || (emptyIsNone && piece.empty())) piece = {};
    }
}

void ColumnRunner::readFrontends(Texts& pieces) const {
    readTexts(pieces, false);
    for (std::size_t row = 0; row < out_->rows; ++row)
        if (pieces[row].ends_with('~')) pieces[row].remove_suffix(1);
}

void ColumnRunner::readServers(Texts& pieces) const {
    readTexts(pieces, true);
    for (std::size_t row = 0; row < out_->rows; ++row)
        if (pieces[row] == "-:-") pieces[row] = {};
}

namespace {

/// Digits and points alone.
bool isPlainAddress(std::string_view piece) {
    return std::ranges::all_of(piece, [](char c) { return isDigit(c) || c == '.'; });
}

} // namespace

void ColumnRunner::readClients(const ColumnPlan::Op& op, Texts& pieces) {
    const bool mayBeBracketed = op.cut->act == Act::Text;
    for (std::size_t row = 0; row < out_->rows; ++row) {
        std::string_view& piece = pieces[row];
        if (isPlainAddress(piece)) continue;
        if (!mayBeAddress(piece)) return endBefore(row);
        if (isNothing(piece))
            piece = {};
        else if (mayBeBracketed && piece.starts_with('[') && piece.ends_with(']'))
            piece = piece.substr(1, piece.size() - 2);
    }
}

namespace {

/// The number in 1 … 8 digits. They and what stands before them are within `text`.
inline bool readShort(std::string_view text, std::string_view piece, std::int64_t& value) {
    return piece.size() - 1 <= 7 && piece.data() + piece.size() - text.data() >= 8 &&
           readDigits(piece.data() + piece.size(), piece.size(), value);
}

} // namespace

void ColumnRunner::readCounts(const ColumnPlan::Op& op, const Texts& pieces) {
    const NumberField field = op.cut->step->target.number;
    const bool noneIsZero = field == NumberField::Status || field == NumberField::ClientPort;
    Numbers& numbers = out_->numbers[op.fills.numbers[0]];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        if (!readShort(text_, pieces[row], numbers[row]))
            readGeneral(op, pieces[row], row);
        else if (noneIsZero && numbers[row] == 0)
            numbers[row] = kAbsent;
    }
}

namespace {

/// "0.045" × unit, of at most nine digits before the point and twelve in all. False: it is
/// something else.
bool readDecimal(std::string_view piece, std::int64_t unit, std::int64_t& value) {
    if (unit <= 0 || piece.size() > 13) return false;
    const char* at = piece.data();
    const char* const end = at + piece.size();
    std::int64_t whole = 0;
    for (; at < end && isDigit(*at); ++at)
        whole = whole * 10 + (*at - '0');
    if (at == piece.data() || at - piece.data() > 9) return false;
    value = whole * unit;
    if (at < end && *at++ != '.') return false;
    for (; at < end && isDigit(*at); ++at)
        value += (unit /= 10) * (*at - '0');
    return at == end;
}

} // namespace

/// False for what does not look like a number.
[[gnu::always_inline]] inline bool ColumnRunner::isSpan(std::int64_t unit, std::string_view piece,
                                                        std::int64_t& value) const {
    if (unit <= 0 || !readShort(text_, piece, value)) return readDecimal(piece, unit, value);
    value *= unit;
    return true;
}

void ColumnRunner::readSpans(const ColumnPlan::Op& op, const Texts& pieces) {
    const std::int64_t unit = op.cut->step->target.unit;
    Numbers& numbers = out_->numbers[op.fills.numbers[0]];
    for (std::size_t row = 0; row < out_->rows; ++row)
        if (!isSpan(unit, pieces[row], numbers[row])) readGeneral(op, pieces[row], row);
}

/// Of one attempt alone; a list of them has blanks.
void ColumnRunner::readLastSpans(const ColumnPlan::Op& op, const Texts& pieces) {
    Numbers& numbers = out_->numbers[op.fills.numbers[0]];
    Texts& lists = out_->extra[op.fills.extra[0]].values;
    for (std::size_t row = 0; row < out_->rows; ++row) {
        lists[row] = {};
        if (!isSpan(op.cut->step->target.unit, pieces[row], numbers[row]))
            readGeneral(op, pieces[row], row);
    }
}

void ColumnRunner::readAttempts(const ColumnPlan::Op& op, const Texts& pieces) {
    const std::int64_t retries = op.cut->act == Act::Attempts ? 0 : kAbsent;
    Texts& servers = out_->texts[op.fills.texts[0]];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        const std::string_view piece = pieces[row];
        if (piece.empty() || isMissing(piece) || !std::ranges::all_of(piece, isGraph)) {
            readGeneral(op, piece, row);
            continue;
        }
        servers[row] = piece;
        out_->numbers[op.fills.numbers[0]][row] = retries;
        out_->extra[op.fills.extra[0]].values[row] = {};
    }
}

void ColumnRunner::readNotes(const ColumnPlan::Op& op, Texts& pieces) {
    const Target& target = op.cut->step->target;
    Numbers& notes = notes_[at(target.note)];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        if (readShort(text_, pieces[row], notes[row])) {
            notes[row] *= target.unit;
            continue;
        }
        const auto value = readSpan(pieces[row], target.unit);
        if (!value) return endBefore(row);
        notes[row] = *value;
        if (*value == kAbsent) pieces[row] = {};
    }
}

/// As Assigner::assign does.
bool ColumnRunner::readTime(const Target& target, std::string_view& piece, WrittenTime& time) {
    if (piece.size() > 2 && piece.front() == '[' && piece.back() == ']')
        piece = piece.substr(1, piece.size() - 2);
    if (piece.empty() || !isGraph(piece.front()) || !isGraph(piece.back())) piece = trimmed(piece);
    if (!times_.whole(piece, time)) return false;
    if (target.utc && !time.offset) time.offset = 0;
    time.isEnd = target.act == Act::TimeEnd;
    return true;
}

void ColumnRunner::readTimes(const ColumnPlan::Op& op, Texts& pieces) {
    for (std::size_t row = 0; row < out_->rows; ++row)
        if (!readTime(op.cut->step->target, pieces[row], out_->times[row])) return endBefore(row);
}

namespace {

/// "GET /x HTTP/1.1", as nearly all requests are.
bool isPlainRequest(std::string_view piece, std::size_t& path, std::size_t& version) {
    constexpr std::size_t versionSize = 9; // " HTTP/1.1"
    path = piece.starts_with("GET ") ? 4 : piece.starts_with("POST ") ? 5 : 0;
    if (path == 0 || piece.size() < path + versionSize) return false;
    version = piece.size() - versionSize;
    return piece.substr(version).starts_with(" HTTP/") &&
           piece.find(' ', version + 1) == std::string_view::npos;
}

} // namespace

void ColumnRunner::readRequests(const ColumnPlan::Op& op, const Texts& pieces) {
    Texts& methods = out_->texts[at(TextField::Method)];
    Texts& paths = out_->texts[at(TextField::Path)];
    Texts& versions = out_->texts[at(TextField::HttpVersion)];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        const std::string_view piece = pieces[row];
        std::size_t path = 0;
        std::size_t version = 0;
        if (!isPlainRequest(piece, path, version)) {
            readGeneral(op, piece, row);
            continue;
        }
        methods[row] = {piece.data(), path - 1};
        paths[row] = {piece.data() + path, version - path};
        versions[row] = {piece.data() + version + 1, piece.size() - version - 1};
    }
}

void ColumnRunner::readGeneral(const ColumnPlan::Op& op, std::string_view piece, std::size_t row) {
    const ColumnPlan::Filled& fills = op.fills;
    for (const std::size_t i : fills.texts)
        scratch_.texts[i] = {};
    for (const std::size_t i : fills.numbers)
        scratch_.numbers[i] = kAbsent;
    scratch_.extra.clear();
    if (piece.data() != nullptr && !assigner_.assign(op.cut->step->target, piece, scratch_))
        return endBefore(row);
    for (const std::size_t i : fills.texts)
        out_->texts[i][row] = scratch_.texts[i];
    for (const std::size_t i : fills.numbers)
        out_->numbers[i][row] = scratch_.numbers[i];
    for (const std::size_t i : fills.extra)
        out_->extra[i].values[row] = {};
    for (const auto& [name, value] : scratch_.extra) {
        const auto named = std::ranges::find(fills.extra, name,
                                             [&](std::size_t i) { return out_->extra[i].name; });
        if (named == fills.extra.end() || out_->extra[*named].values[row].data() != nullptr)
            return endBefore(row);
        out_->extra[*named].values[row] = value;
    }
}

/// Mostly nothing was captured.
void ColumnRunner::readParts(const ColumnPlan::Op& op, const Texts& pieces) {
    for (const std::size_t i : op.fills.texts)
        out_->texts[i].fill({});
    for (const std::size_t i : op.fills.numbers)
        out_->numbers[i].fill(kAbsent);
    for (const std::size_t i : op.fills.extra)
        out_->extra[i].values.fill({});
    for (std::size_t row = 0; row < out_->rows; ++row)
        if (!pieces[row].empty()) readGeneral(op, pieces[row], row);
}

void ColumnRunner::readOp(const ColumnPlan::Op& op, Texts& pieces) {
    using Way = ColumnPlan::Way;
    switch (op.way) {
    case Way::Skip:
        return;
    case Way::Text:
        return readTexts(pieces, false);
    case Way::Name:
        return readTexts(pieces, true);
    case Way::Server:
        return readServers(pieces);
    case Way::Frontend:
        return readFrontends(pieces);
    case Way::Client:
        return readClients(op, pieces);
    case Way::Count:
        return readCounts(op, pieces);
    case Way::Span:
        return readSpans(op, pieces);
    case Way::LastSpan:
        return readLastSpans(op, pieces);
    case Way::Attempts:
        return readAttempts(op, pieces);
    case Way::Noted:
        return readNotes(op, pieces);
    case Way::Time:
        return readTimes(op, pieces);
    case Way::Request:
        return readRequests(op, pieces);
    case Way::Unless:
        for (std::size_t row = 0; row < out_->rows; ++row)
            if (!pieces[row].empty() && pieces[row] != "-") endBefore(row);
        return;
    case Way::Parts:
        return readParts(op, pieces);
    case Way::General:
        for (std::size_t row = 0; row < out_->rows; ++row)
            readGeneral(op, pieces[row], row);
        return;
    }
}

void ColumnRunner::read() {
    for (std::size_t i = 0; i < pieces_.size(); ++i)
        readOp(plan_->ops_[i], *pieces_[i]);
    if (plan_->program().fromAccept) moveToRequests();
}

void ColumnRunner::moveToRequests() {
    const bool timed = out_->hasNumber[at(NumberField::Duration)];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        std::int64_t none = kAbsent;
        moveToRequest(
            plan_->program(), {notes_[0][row], notes_[1][row], notes_[2][row], notes_[3][row]},
            out_->times[row], timed ? out_->numbers[at(NumberField::Duration)][row] : none);
    }
}

} // namespace postlude
