// SPDX-License-Identifier: GPL-3.0-or-later
// Reading fields: what each step makes of its pieces in all rows.
#include "core/format/detail/columns.h"

#include "core/base/numbers.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/plancut.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace postlude {

namespace {

template <class Field>
std::size_t at(Field field) {
    return static_cast<std::size_t>(field);
}

} // namespace

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

using Lanes = unsigned char __attribute__((vector_size(RecordBatch::kReadable)));

/// The bytes from where a piece begins, as many as can be read.
Lanes bytesFrom(std::string_view piece) {
    Lanes bytes;
    std::memcpy(&bytes, piece.data(), sizeof bytes);
    return bytes;
}

/// True if none of the piece's bytes is marked, which are 1 to as many as lanes.
template <class Marks>
bool isNone(const Marks& marks, std::string_view piece) {
    std::array<std::uint64_t, 2> halves{};
    static_assert(sizeof marks == sizeof halves);
    std::memcpy(halves.data(), &marks, sizeof marks);
    const std::size_t behind = 8 * (sizeof marks - piece.size()); // bits
    return behind >= 64 ? halves[0] << (behind - 64) == 0
                        : halves[0] == 0 && halves[1] << behind == 0;
}

/// Digits and points alone.
bool isPlainAddress(std::string_view piece) {
    if (piece.empty() || piece.size() > sizeof(Lanes))
        return piece.find_first_not_of("0123456789.") == std::string_view::npos;
    const Lanes bytes = bytesFrom(piece);
    return isNone((bytes < '.') | (bytes > '9') | (bytes == '/'), piece);
}

/// Neither blanks nor controls.
bool isAllGraph(std::string_view piece) {
    if (piece.size() > sizeof(Lanes)) return std::ranges::all_of(piece, isGraph);
    const Lanes bytes = bytesFrom(piece);
    return isNone((bytes <= ' ') | (bytes == '\x7F'), piece);
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

/// No sum is known where one of them is not.
void ColumnRunner::readAddends(const ColumnPlan::Op& op, Texts& pieces) {
    const Target& target = op.cut->step->target;
    Numbers& sums = out_->numbers[at(NumberField::Duration)];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        std::int64_t value = 0;
        if (!isSpan(target.unit, pieces[row], value)) {
            const auto read = readSpan(pieces[row], target.unit);
            if (!read || pieces[row].data() == nullptr) return endBefore(row);
            value = *read;
        }
        sums[row] = value == kAbsent || sums[row] == kAbsent ? kAbsent : sums[row] + value;
        if (target.name.empty())
            out_->numbers[op.fills.numbers[0]][row] = value;
        else if (value == kAbsent)
            pieces[row] = {};
    }
}

void ColumnRunner::readAttempts(const ColumnPlan::Op& op, const Texts& pieces) {
    const std::int64_t retries = op.cut->act == Act::Attempts ? 0 : kAbsent;
    Texts& servers = out_->texts[op.fills.texts[0]];
    for (std::size_t row = 0; row < out_->rows; ++row) {
        const std::string_view piece = pieces[row];
        if (piece.empty() || isMissing(piece) || !isAllGraph(piece)) {
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
    case Way::Addend:
        return readAddends(op, pieces);
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
