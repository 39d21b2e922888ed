// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/compose.h"

#include <deque>

namespace postlude {

namespace {

constexpr double kGood = 0.3;     // what reads the lines inside or the lines left over
constexpr double kHead = 0.3;     // what reads the heads, which may be without a time
constexpr double kBetter = 0.015; // by how much the composed must read more than the plain
constexpr double kMuchBetter = 0.1;
constexpr int kVague = 20;              // formats of a lower rank read anything with a time
constexpr int kSpecific = 50;           // these may be tried on programs that the sample lacks
constexpr int kTellsItself = 40;        // formats of this rank do not read just any text
constexpr double kRich = 0.7;           // more than a time and a text
constexpr double kOften = 0.05;         // more than quotes of other logs
constexpr double kNearlyAll = 0.9;      // of one program's messages
constexpr std::size_t kMostFormats = 4; // in one source
constexpr std::size_t kMostProcesses = 64;
constexpr std::size_t kLinesPerProcess = 100;

/// The formats that read these lines, the one that reads the most first; none if even that one
/// is no good.
class Readers {
public:
    Readers(const KnownFormats& formats, const Prefilter* prefilter)
        : formats_(formats)
        , prefilter_(prefilter) {}

    /// `first`: what reads most of them, if that is known.
    KnownFormats of(const Lines& lines, std::shared_ptr<const KnownFormat> first = nullptr) const {
        KnownFormats found;
        if (first == nullptr) first = best(lines);
        Lines left = lines;
        while (first != nullptr && found.size() < kMostFormats) {
            left = unreadBy(*first, left);
            found.push_back(std::move(first));
            if (left.empty()) break;
            first = best(left);
            if (std::ranges::find(found, first) != found.end()) break;
        }
        if (found.size() < kMostFormats)
            if (auto json = ofObjects(lines, found)) found.push_back(std::move(json));
        if (found.size() < kMostFormats)
            if (auto pairs = ofPairs(lines, found)) found.push_back(std::move(pairs));
        return found;
    }

    /// Continuations are among them: what looks like one may be another format's record.
    static Lines unreadBy(const KnownFormat& format, const Lines& lines) {
        const auto parser = format.plainParser();
        Record record;
        Lines left;
        for (const std::string_view line : lines) {
            const LineVerdict verdict = parser->parse(line, record);
            if (verdict == LineVerdict::Unread || verdict == LineVerdict::Continuation)
                left.push_back(line);
        }
        return left;
    }

private:
    /// JSON objects among lines of another kind are read, however few they are …
    std::shared_ptr<const KnownFormat> ofObjects(const Lines& lines,
                                                 const KnownFormats& others) const {
        auto found = bestOfLeft(lines, others, [](std::string_view line) {
            return line.starts_with("{\"") && line.ends_with('}');
        });
        return found != nullptr && found->readsJson() ? found : nullptr;
    }

    /// … and so are logfmt's lines.
    std::shared_ptr<const KnownFormat> ofPairs(const Lines& lines,
                                               const KnownFormats& others) const {
        auto found = bestOfLeft(lines, others, [](std::string_view line) {
            const bool begins = line.starts_with("level=") || line.starts_with("time=") ||
                                line.starts_with("ts=") || line.starts_with("t=");
            return begins && line.find(" msg=") != std::string_view::npos;
        });
        return found != nullptr && found->name() == "logfmt" ? found : nullptr;
    }

    template <class Wanted>
    std::shared_ptr<const KnownFormat> bestOfLeft(const Lines& lines, const KnownFormats& others,
                                                  const Wanted& wanted) const {
        Lines left;
        std::ranges::copy_if(lines, std::back_inserter(left), wanted);
        for (const auto& other : others)
            if (!left.empty()) left = unreadBy(*other, left);
        return left.empty() ? nullptr : best(left);
    }

    std::shared_ptr<const KnownFormat> best(const Lines& lines) const {
        std::vector<Candidate> candidates;
        const KnownFormats formats =
            prefilter_ != nullptr ? prefilter_->possible(formats_, lines) : formats_;
        for (const auto& format : formats) {
            if (format->rank() < kVague || format->wholeDocument()) continue;
            if (const double score = scoreLines(*format, lines); score >= kGood)
                candidates.push_back({format, score});
        }
        sortCandidates(candidates);
        return candidates.empty() ? nullptr : candidates.front().format;
    }

    const KnownFormats& formats_;
    const Prefilter* prefilter_;
};

/// The messages inside of `lines`, by the program that wrote them.
class Messages {
public:
    Messages(const KnownFormat& outer, const Lines& lines) {
        const auto parser = outer.plainParser();
        Record record;
        for (const std::string_view line : lines) {
            const bool message = parser->parse(line, record) == LineVerdict::Record &&
                                 record.kind == RecordKind::Message;
            std::string_view text = record[TextField::Message];
            while (text.ends_with('\n') || text.ends_with('\r'))
                text.remove_suffix(1);
            if (!message || text.empty() || text == line) continue;
            auto it = byProcess_.find(record[TextField::Process]);
            if (it == byProcess_.end()) {
                if (byProcess_.size() == kMostProcesses) continue;
                it = byProcess_.emplace(record[TextField::Process], Lines{}).first;
            }
            if (it->second.size() < kLinesPerProcess)
                it->second.push_back(kept_.emplace_back(text));
            auto& own = linesByProcess_[it->first];
            if (own.size() < kLinesPerProcess) own.push_back(line);
        }
    }
    /// With their heads.
    [[nodiscard]] Lines linesOf(const std::string& process) const {
        const auto it = linesByProcess_.find(process);
        return it == linesByProcess_.end() ? Lines() : it->second;
    }
    [[nodiscard]] const std::map<std::string, Lines, std::less<>>& byProcess() const {
        return byProcess_;
    }

private:
    std::deque<std::string> kept_; // the views stay where they are
    std::map<std::string, Lines, std::less<>> byProcess_, linesByProcess_;
};

/// Programs that are not in the sample may still write what the others write.
void addForOthers(FormatsByProcess& inner) {
    if (inner.empty() || inner.contains("")) return;
    KnownFormats any;
    for (const auto& [process, formats] : inner)
        for (const auto& format : formats)
            if (format->rank() >= kSpecific && any.size() < kMostFormats &&
                std::ranges::find(any, format) == any.end())
                any.push_back(format);
    if (!any.empty()) inner.emplace("", std::move(any));
}

bool holds(const FormatsByProcess& inner, const KnownFormat& format) {
    return std::ranges::any_of(inner, [&](const auto& each) {
        return std::ranges::any_of(each.second, [&](const auto& f) { return f.get() == &format; });
    });
}

/// What it reads is nothing else by chance, even if its lines have few fields.
bool isStructured(const std::shared_ptr<const KnownFormat>& format) {
    return format->readsJson() || format->name() == "logfmt";
}

/// Messages that tell a time are lines of the program's own log, however few fields they have.
bool tellTimes(const KnownFormats& formats, const Lines& lines) {
    const auto parser = makeMixedFormat(formats)->parser();
    Record record;
    const auto timed = std::ranges::count_if(lines, [&](std::string_view line) {
        const LineVerdict verdict = parser->parse(line, record);
        return verdict == LineVerdict::Continuation || verdict == LineVerdict::Opening ||
               (verdict == LineVerdict::Record && record.time.known());
    });
    return double(timed) >= kNearlyAll * double(lines.size());
}

/// What a wrapped format is weighed against.
struct Least {
    double plain;  ///< the best of the formats that are not made of others
    double outer;  ///< the head's alone
    bool doubtful; ///< the plain one is inside as well, or the head proves little
    bool clear;    ///< what is inside reads nothing by chance
    [[nodiscard]] double score() const {
        return doubtful ? plain + kMuchBetter : clear ? outer - kMuchBetter : outer + kBetter;
    }
};

/// What is good for one program's messages, though they are too few to make a difference to all.
FormatsByProcess goodAlone(const std::shared_ptr<const KnownFormat>& outer,
                           const FormatsByProcess& inner, const Messages& messages) {
    FormatsByProcess good;
    for (const auto& [process, formats] : inner) {
        const Lines lines = messages.linesOf(process);
        const auto isClear = [&](const auto& format) {
            return isStructured(format) || format->rank() >= kSpecific;
        };
        if (!std::ranges::all_of(formats, isClear)) continue;
        const auto alone = makeWrappedFormat(outer, {{process, formats}});
        if (scoreLines(*alone, lines) >= scoreLines(*outer, lines) + kBetter)
            good.emplace(process, formats);
    }
    return good;
}

void wrapLast(KnownFormats& several, const KnownFormats& formats, const Lines& lines,
              const Prefilter* prefilter);

/// `plain`: the best of the formats that are not made of others.
std::optional<Candidate> wrapped(const Candidate& outer, const Candidate& plain,
                                 const KnownFormats& formats, const Lines& lines,
                                 const Prefilter* prefilter) {
    KnownFormats others;
    for (const auto& format : formats)
        if (format != outer.format) others.push_back(format);
    const Readers readers(others, prefilter);
    FormatsByProcess inner;
    const Messages messages(*outer.format, lines);
    for (const auto& [process, inside] : messages.byProcess())
        if (KnownFormats found = readers.of(inside); !found.empty()) {
            wrapLast(found, others, inside, prefilter); // heads within heads
            inner.emplace(process, std::move(found));
        }
    if (inner.empty()) return {};
    const auto isTimed = [&](const auto& each) {
        return tellTimes(each.second, messages.byProcess().find(each.first)->second);
    };
    const bool timed = std::ranges::all_of(inner, isTimed);
    // A format that reads its lines with their heads needs no help with them, and a head that is
    // but a time proves little.
    const bool vague = outer.format->rank() < kVague;
    Least least{plain.score, outer.score, holds(inner, *plain.format) || (vague && !timed), false};
    least.clear =
        !vague && (timed || std::ranges::all_of(inner, [&](const auto& each) {
                       return std::ranges::all_of(each.second, isStructured) || isTimed(each);
                   }));
    FormatsByProcess good =
        vague || least.doubtful ? FormatsByProcess() : goodAlone(outer.format, inner, messages);
    addForOthers(inner);
    Candidate candidate{makeWrappedFormat(outer.format, std::move(inner)), 0};
    candidate.score = scoreLines(*candidate.format, lines);
    if (candidate.score >= least.score()) return candidate;
    if (good.empty()) return {};
    addForOthers(good);
    candidate.format = makeWrappedFormat(outer.format, std::move(good));
    candidate.score = std::max(outer.score, scoreLines(*candidate.format, lines));
    return candidate;
}

/// The share of the lines that `first` takes for continuations of its entries, and `mixed` for
/// entries of another format.
double wronglyContinued(const KnownFormat& first, const KnownFormat& mixed, const Lines& lines) {
    const auto one = first.parser(), other = mixed.parser();
    Record record;
    std::size_t count = 0;
    for (const std::string_view line : lines) {
        const bool continued = one->parse(line, record) == LineVerdict::Continuation;
        const bool entry = other->parse(line, record) == LineVerdict::Record &&
                           record.time.known() && worthOf(record) >= kRich;
        if (continued && entry) ++count;
    }
    return double(count) / double(lines.size());
}

bool readsAll(const KnownFormats& several, const Lines& lines) {
    const auto parser = makeMixedFormat(several)->parser();
    Record record;
    return std::ranges::all_of(lines, [&](std::string_view line) {
        return parser->parse(line, record) != LineVerdict::Unread;
    });
}

/// Readers that find more than a time, the best of the candidates first; `vague`, which finds no
/// more, gets what they leave. None if no candidate is clear.
KnownFormats clearReaders(const std::vector<Candidate>& candidates, const KnownFormats& formats,
                          const Lines& lines, const Prefilter* prefilter) {
    const auto isClear = [](const std::shared_ptr<const KnownFormat>& format) {
        return format->rank() > kVague && !format->wholeDocument();
    };
    const auto best = std::ranges::find_if(candidates, [&](const Candidate& each) {
        return isClear(each.format) && each.score >= kGood;
    });
    if (best == candidates.end()) return {};
    KnownFormats clear;
    std::ranges::copy_if(formats, std::back_inserter(clear), isClear);
    KnownFormats several = Readers(clear, prefilter).of(lines, best->format);
    if (!readsAll(several, lines)) several.push_back(candidates.front().format);
    return several;
}

/// Where the last of them reads heads, with what reads the messages behind those that the others
/// leave.
void wrapLast(KnownFormats& several, const KnownFormats& formats, const Lines& lines,
              const Prefilter* prefilter) {
    if (!several.back()->wraps() || several.back()->rank() < kVague) return;
    Lines left = lines;
    for (const auto& format : std::span(several).first(several.size() - 1))
        left = Readers::unreadBy(*format, left);
    const Candidate last{several.back(), scoreLines(*several.back(), left)};
    if (const auto better = wrapped(last, last, formats, left, prefilter))
        several.back() = better->format;
}

/// A format and JSON objects among its lines, which are nothing else by chance.
bool isObjectsBesides(const KnownFormats& several) {
    return several.size() == 2 && !isStructured(several.front()) && isStructured(several.back());
}

/// What reads these lines as lines of several formats taking turns.
void addMixed(std::vector<Candidate>& candidates, const KnownFormats& formats, const Lines& lines,
              const Prefilter* prefilter) {
    Candidate& first = candidates.front();
    const bool vague = first.format->rank() <= kVague;
    KnownFormats several = vague ? clearReaders(candidates, formats, lines, prefilter)
                                 : Readers(formats, prefilter).of(lines, first.format);
    if (several.size() < 2) return;
    wrapLast(several, formats, lines, prefilter);
    const bool specific = std::ranges::all_of(
        several, [](const auto& format) { return format->rank() >= kTellsItself; });
    const bool objects = isObjectsBesides(several);
    Candidate mixed{makeMixedFormat(std::move(several)), 0};
    mixed.score = scoreLines(*mixed.format, lines);
    if (const double wrong = wronglyContinued(*first.format, *mixed.format, lines);
        specific && wrong >= kOften)
        first.score *= 1 - wrong;
    if (objects && mixed.score > first.score) {
        candidates.insert(candidates.begin(), std::move(mixed));
        return;
    }
    if (mixed.score < first.score + kBetter) return;
    candidates.push_back(std::move(mixed));
    sortCandidates(candidates);
}

} // namespace

void addComposed(std::vector<Candidate>& candidates, const KnownFormats& formats,
                 const Lines& lines, const Prefilter* prefilter) {
    constexpr std::size_t most = 3; // of the candidates are tried as heads
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i)
        if (candidates[i].format->wraps() && candidates[i].score >= kHead)
            if (auto each = wrapped(candidates[i], candidates.front(), formats, lines, prefilter))
                found.push_back(*each);
    candidates.insert(candidates.end(), found.begin(), found.end());
    sortCandidates(candidates);
    if (candidates.empty() || candidates.front().format->wholeDocument()) return;
    addMixed(candidates, formats, lines, prefilter);
}

} // namespace postlude
