// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/score.h"

#include "core/base/shorttext.h"
#include "core/base/text.h"

#include <cmath>

namespace postlude {

namespace {

constexpr std::size_t kSampleLines = 400;
constexpr std::size_t kFurtherLines = 100;
constexpr std::size_t kLineBytes = 64U * 1024U;

constexpr std::size_t kTraceLines = 8; // of a stack trace tell as much as all of it

/// A line that can only be the middle of a stack trace, of Java, .NET or JavaScript.
bool isTraceLine(std::string_view line) {
    const std::string_view text = trimmed(line);
    const bool indented = text.data() != line.data();
    return (indented && (text.starts_with("at ") || text.starts_with("... "))) ||
           text.starts_with("Caused by: ") || text.starts_with("Suppressed: ");
}

/// Runs of such lines cut short, and none at the front: they would leave no room for others.
Lines withoutTraces(const Lines& lines) {
    Lines left;
    std::size_t run = kTraceLines;
    for (const std::string_view line : lines) {
        run = isTraceLine(line) ? run + 1 : 0;
        if (run <= kTraceLines) left.push_back(line);
    }
    return left.empty() ? lines : left;
}

Lines linesOf(std::string_view text, bool whole) {
    Lines all;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos && !whole && !all.empty()) break; // cut off in the middle
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        line = withoutNuls(line);
        if (!trimmed(line).empty()) all.push_back(line.substr(0, kLineBytes));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return withoutTraces(all);
}

} // namespace

/// Runs, so that a continuation follows its record.
Lines pickLines(std::string_view text, bool whole, std::span<const std::string> further) {
    const Lines all = linesOf(text, whole);
    Lines picked = all;
    if (all.size() > kSampleLines) {
        constexpr std::size_t half = kSampleLines / 2;
        constexpr std::size_t runs = 5;
        constexpr std::size_t length = half / runs;
        picked.resize(half);
        for (std::size_t run = 1; run <= runs; ++run) {
            const std::size_t from = half + (all.size() - half - length) * run / runs;
            picked.insert(picked.end(), all.begin() + static_cast<std::ptrdiff_t>(from),
                          all.begin() + static_cast<std::ptrdiff_t>(from + length));
        }
    }
    for (const std::string& piece : further) {
        Lines lines = linesOf(piece, true);
        lines.resize(std::min(lines.size(), kFurtherLines / further.size()));
        picked.insert(picked.end(), lines.begin(), lines.end());
    }
    return picked;
}

namespace {

/// A time, or one word that is no address: most clients are logged by their addresses.
bool isDoubtfulClient(std::string_view text) {
    if (text.empty() || text == "localhost") return false;
    if (text.find_first_of(".:") == std::string_view::npos) return true;
    return text.size() > 10 && text[4] == '-' && text[7] == '-' && text[10] == 'T';
}

constexpr double kTimeless = 0.5;   // is what a record without a time is worth of one with a time …
constexpr double kAmongTimed = 0.9; // … and so much where its format knows lines of both kinds

} // namespace

double worthOf(const Record& record) {
    double fields = record.level != Level::None ? 1 : 0;
    for (const std::string_view text : record.texts)
        if (text.data() != nullptr) ++fields;
    for (const std::int64_t number : record.numbers)
        if (number != kAbsent) ++fields;
    // Servers hide quotes in values: this took two fields for one.
    if (record[TextField::UserAgent].find("\" \"") != std::string_view::npos) fields -= 2;
    // A short number is hardly an id: it may have been a size.
    const std::string_view id = record[TextField::RequestId];
    if (!id.empty() && id.size() < 7 && id.find_first_not_of("0123456789") == id.npos) fields -= 2;
    // Then a head that was not understood may have taken its place.
    if (isDoubtfulClient(record[TextField::ClientIp])) fields -= 4;
    fields += 0.25 * static_cast<double>(std::min<std::size_t>(record.extra.size(), 12));
    const double rich = 0.6 + 0.4 * std::min(1.0, fields / 14);
    return record.time.known() ? rich : rich * kTimeless;
}

namespace {

/// Whether times are when requests began or ended cannot be seen in one line. But lines are
/// written when requests end: ends stand in order, beginnings of requests that overlap do not.
class OrderOfTimes {
public:
    void add(const Record& record) {
        if (record.kind != RecordKind::Request || !record.has(NumberField::Duration)) return;
        ++count_;
        total_ += record[NumberField::Duration];
        isEnd_ = record.time.isEnd;
        if (record.time.local < last_) ++backward_;
        last_ = record.time.local;
    }
    /// Taken off the score of a format that says the less likely of the two.
    [[nodiscard]] double penalty() const {
        constexpr std::int64_t noticeable = 20'000'000;
        if (count_ < 50 || total_ / count_ < noticeable) return 0;
        return isEnd_ == (backward_ > 0) ? 0.02 : 0;
    }

private:
    std::int64_t count_ = 0, backward_ = 0, total_ = 0;
    std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
    bool isEnd_ = false;
};

/// A whole number without a unit may be µs, ms or s: there is a format for each, and the values
/// tell which is meant.
class LikelyDurations {
public:
    void add(const Record& record) {
        if (record.kind == RecordKind::Request && record.has(NumberField::Duration))
            values_.push_back(record[NumberField::Duration]);
    }
    [[nodiscard]] double penalty() {
        if (values_.empty()) return 0;
        std::ranges::sort(values_);
        const std::int64_t median = values_[values_.size() / 2];
        const auto zeros = std::ranges::count(values_, 0);
        const bool mostlyZero = zeros * 5 > std::ssize(values_) * 3;
        if (areMultiplesOf(kSecond)) // few requests take a second
            return mostlyZero && values_.back() < 600 * kSecond ? 0 : 0.03;
        if (areMultiplesOf(kSecond / 1000))
            return median > 5 * kSecond || (mostlyZero && values_.back() < kSecond / 16) ? 0.02 : 0;
        // Nothing is done in a few µs.
        return areMultiplesOf(1000) && values_.front() < 20'000 ? 0.02 : 0;
    }

private:
    static constexpr std::int64_t kSecond = 1'000'000'000;
    [[nodiscard]] bool areMultiplesOf(std::int64_t unit) const {
        return std::ranges::all_of(values_, [&](std::int64_t v) { return v % unit == 0; });
    }
    std::vector<std::int64_t> values_;
};

} // namespace

/// A format of the user's own is meant for its lines, however few fields it finds in them; only
/// what finds very much more goes before it.
constexpr double kLeastOfOwn = 0.9;

constexpr double kContinued = 12; // lines a record are as good as the record
constexpr int kSpecific = 50;     // formats of this rank do not take just anything for a record

/// Continuations beyond what their records vouch for.
class LongEntries {
public:
    void add(std::string_view line) {
        ++count_;
        if (line.front() == ' ' || line.front() == '\t') ++indented_;
    }
    [[nodiscard]] double credited(double records) const {
        return std::min(count_, records * kContinued);
    }
    /// Those that speak neither for a format nor against it: an indented line is no other format's
    /// record, and what reads all the others may know a long statement, too.
    [[nodiscard]] double left(double records, bool trusted) const {
        const double more = count_ - credited(records);
        if (trusted) return more;
        return records < kFewRecords ? 0 : std::min(more, indented_);
    }

private:
    static constexpr double kFewRecords = 3; ///< any text with a time in it may have as many
    double count_ = 0, indented_ = 0;
};

double scoreLines(const KnownFormat& format, const Lines& lines) {
    const bool usersOwn = !format.origin().empty() || format.rank() == kGivenByUser;
    const double least = usersOwn ? kLeastOfOwn : 0;
    const std::unique_ptr<LineParser> parser = format.plainParser();
    const auto* ranked = dynamic_cast<const RankedParser*>(parser.get());
    Record record;
    double worth = 0;
    double records = 0;
    double headings = 0;
    double unread = 0;
    double timeless = 0, timelessWorth = 0;
    LongEntries entries;
    OrderOfTimes order;
    LikelyDurations durations;
    std::size_t seen = 0;
    for (const std::string_view line : lines) {
        const LineVerdict verdict = parser->parse(line, record);
        ++seen;
        if (verdict == LineVerdict::Continuation || verdict == LineVerdict::Opening)
            entries.add(line);
        if (verdict == LineVerdict::Blank) ++headings;
        if (verdict == LineVerdict::Unread) ++unread;
        if (verdict == LineVerdict::Record) {
            ++records;
            order.add(record);
            durations.add(record);
            const bool fallback = ranked != nullptr && ranked->viaFallback;
            const double own = std::max(least, worthOf(record)) * (fallback ? 0.9 : 1);
            worth += own;
            if (!record.time.known()) ++timeless, timelessWorth += own;
        }
        if (seen == kFirstLook && records == 0) return 0;
    }
    // The empty line that ends an entry of several lines is not among those picked.
    if (parser->parse({}, record) == LineVerdict::Record) ++records, worth += worthOf(record);
    if (records == 0) return 0;
    // Lambda's own lines have no time, and those of what runs in it have.
    if (format.rank() >= kSpecific && least == 0 && timeless * 5 <= records * 4)
        worth += timelessWorth * (kAmongTimed / kTimeless - 1);
    // Continuations are as good as their records, as long as they do not outnumber them by far.
    const double mean = worth / records - order.penalty() - durations.penalty();
    const double all = static_cast<double>(lines.size());
    const bool trusted = format.rank() >= kSpecific && unread * 20 <= all;
    // Headings are no entries, which speaks neither for nor against.
    const double judged = all - std::min(headings, records * 4) - entries.left(records, trusted);
    return mean * std::min(1.0, (records + entries.credited(records)) / judged);
}

void sortCandidates(std::vector<Candidate>& candidates) {
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        const auto percent = [](const Candidate& c) { return std::lround(c.score * 100); };
        const auto key = [&](const Candidate& c) {
            return std::tuple(-percent(c), -c.format->rank(), c.format->name());
        };
        return key(a) < key(b);
    });
}

} // namespace postlude
