// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/composed.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/held.h"
#include "core/format/detail/leadinglevel.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace postlude {

namespace {

About aboutWrapped(const KnownFormat& outer, const FormatsByProcess& inner) {
    KnownFormats distinct;
    for (const auto& [process, formats] : inner)
        for (const auto& format : formats)
            if (std::ranges::find(distinct, format->name(), &KnownFormat::name) == distinct.end())
                distinct.push_back(format);
    // Of several names only the last can be one with a head.
    std::ranges::stable_partition(
        distinct, [](const auto& format) { return format->name().find('/') == std::string::npos; });
    About about;
    about.rank = outer.rank() + 5;
    about.name = outer.name();
    about.title = outer.title();
    for (const auto& format : distinct) {
        about.name += (&format == &distinct.front() ? '/' : '+') + format->name();
        about.title += (&format == &distinct.front() ? ": " : ", ") + format->title();
    }
    return about;
}

/// Lays what the line inside says over what its head says.
void lay(const Record& inner, Record& over) {
    over.kind = inner.kind;
    if (inner.level != Level::None) over.level = inner.level;
    const bool lessSure = !inner.time.hasYear && over.time.known() && over.time.hasYear;
    if (inner.time.known() && !lessSure) {
        WrittenTime time = inner.time;
        adoptOffset(over.time, time);
        over.time = time;
    } else if (inner.time.isEnd) {
        over.time.isEnd = true;
    }
    over[TextField::Message] = {};
    constexpr auto raw = static_cast<std::size_t>(TextField::TimeRaw);
    for (std::size_t i = 0; i < inner.texts.size(); ++i)
        if (inner.texts[i].data() != nullptr && !(lessSure && i == raw))
            over.texts[i] = inner.texts[i];
    for (std::size_t i = 0; i < inner.numbers.size(); ++i)
        if (inner.numbers[i] != kAbsent) over.numbers[i] = inner.numbers[i];
    over.extra.insert(over.extra.end(), inner.extra.begin(), inner.extra.end());
}

/// "5:state" off the front of what a state() has put together.
std::string_view takeSized(std::string_view& text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto size =
        static_cast<std::size_t>(std::atoll(std::string(text.substr(0, colon)).c_str()));
    text.remove_prefix(std::min(colon + 1, text.size()));
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(taken.size());
    return taken;
}

/// Which formats read what; shared by all parsers of a wrapped format.
struct Insides {
    FormatsByProcess found; ///< as a sample had it; "": of all other programs
    std::shared_ptr<const FormatsByProcess> known; ///< by knownProgram(); may be null
};

/// What reads the messages of some programs, made when the first of them comes.
class InnerParsers {
public:
    explicit InnerParsers(const Insides& insides, bool withKnown)
        : insides_(insides)
        , withKnown_(withKnown && insides.known != nullptr) {}

    struct Inner {
        std::unique_ptr<LineParser> parser;
        std::optional<std::string> fresh; ///< its state at first
        bool goesOn = true;               ///< an entry may be several messages
    };
    /// Null: nothing does.
    Inner* of(std::string_view process) {
        const auto it = byProcess_.find(process);
        if (it != byProcess_.end()) return it->second;
        Inner* const inner = make(process);
        if (byProcess_.size() < kMostProcesses) byProcess_.emplace(process, inner);
        return inner;
    }

    [[nodiscard]] std::optional<std::string> state() const {
        std::string all;
        for (const auto& [key, inner] : inner_) {
            auto state = inner.parser->state();
            if (!state) return {};
            if (state != inner.fresh)
                all += fmt::format("{}:{}{}:{}", key.size(), key, state->size(), *state);
        }
        return all;
    }
    void restore(std::string_view states) {
        for (auto& [key, inner] : inner_)
            if (inner.fresh) inner.parser->restore(*inner.fresh);
        while (!states.empty()) {
            const std::string_view key = takeSized(states);
            const std::string_view state = takeSized(states);
            const std::size_t slash = std::min(key.find('/'), key.size());
            if (Inner* const inner = at(key.substr(0, slash), key.substr(slash)))
                inner->parser->restore(state);
        }
    }

private:
    static constexpr std::size_t kMostProcesses = 256;

    Inner* make(std::string_view process) {
        const bool own = insides_.found.contains(process);
        const std::string_view known = withKnown_ ? knownProgram(process) : std::string_view{};
        return at(known.empty() ? std::string_view{} : known,
                  own ? '/' + std::string(process) : std::string());
    }

    /// `own`: "/process", or "" for what others have.
    Inner* at(std::string_view known, std::string_view own) {
        std::string key = std::string(known).append(own);
        if (const auto it = inner_.find(key); it != inner_.end()) return &it->second;
        KnownFormats formats;
        const auto found =
            insides_.found.find(own.empty() ? own : own.substr(1)); // or that of all others
        if (found != insides_.found.end()) formats = found->second;
        const bool goesOn = known.empty() || (!own.empty() && !writesLineByLine(known));
        if (!known.empty())
            for (const auto& each : insides_.known->at(std::string(known)))
                if (std::ranges::find(formats, each) == formats.end()) formats.push_back(each);
        if (formats.empty()) return nullptr;
        Inner inner{makeMixedFormat(std::move(formats))->parser(), {}, goesOn};
        inner.fresh = inner.parser->state();
        return &inner_.emplace(std::move(key), std::move(inner)).first->second;
    }

    const Insides& insides_;
    bool withKnown_;
    std::map<std::string, Inner, std::less<>> inner_; ///< by "known/own"
    std::map<std::string, Inner*, std::less<>> byProcess_;
};

/// The parts that a container's log makes of a long line, until the last one comes. A stream has
/// its own.
class PartialLines {
public:
    [[nodiscard]] bool none() const { return parts_.empty(); }
    /// True if the line of `out` is but a part, and kept; else `out` has all of the message.
    bool keep(Record& out, std::string_view line) {
        if (parts_.empty() && out.extra.empty()) return false;
        const std::string_view stream = extraOf(out, "stream");
        const bool open = isPart(out);
        if (!open && parts_.empty()) return false;
        auto it = parts_.find(stream);
        if (it == parts_.end()) {
            if (!open) return false;
            it = parts_.emplace(std::string(stream), Part{}).first;
            it->second.head.hold(out, line);
        }
        Part& part = it->second;
        const std::string_view text = out[TextField::Message];
        if (part.text.size() + text.size() <= kMostBytes) part.text += text;
        if (open) return true;
        joined_ = parts_.extract(it);
        giveJoined(out);
        return false;
    }
    /// What nothing came behind.
    bool takeAny(Record& out) {
        if (parts_.empty()) return false;
        joined_ = parts_.extract(parts_.begin());
        giveJoined(out);
        return true;
    }
    void clear() { parts_.clear(); }

private:
    static constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
    static constexpr std::size_t kDockersPart = 16'000; ///< it cuts at 16 KiB

    struct Part {
        HeldRecord head;
        std::string text;
    };

    static std::string_view extraOf(const Record& record, std::string_view wanted) {
        for (const auto& [name, value] : record.extra)
            if (name == wanted) return value;
        return {};
    }
    /// Kubernetes says so; Docker ends what is whole with a line break.
    static bool isPart(const Record& out) {
        if (extraOf(out, "part").starts_with('P')) return true;
        const std::string_view text = out[TextField::Message];
        return text.size() >= kDockersPart && text.back() != '\n' && out.has(TextField::TimeRaw) &&
               !extraOf(out, "stream").empty() && extraOf(out, "part").empty();
    }
    void giveJoined(Record& out) {
        out = joined_.mapped().head.record();
        out[TextField::Message] = joined_.mapped().text;
    }

    std::map<std::string, Part, std::less<>> parts_; ///< by stream
    std::map<std::string, Part, std::less<>>::node_type joined_;
};

class WrappedParser : public RankedParser {
public:
    WrappedParser(std::unique_ptr<LineParser> outer, const Insides& insides, bool withKnown)
        : outer_(std::move(outer))
        , inner_(insides, withKnown) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        viaFallback = false;
        continued_.reset();
        opensNext_ = false;
        const LineVerdict verdict = outer_->parse(line, out);
        if (line.empty() && partial_.takeAny(out)) return parseInside(out);
        if (verdict == LineVerdict::Continuation) continued_ = outer_->continued();
        if (verdict != LineVerdict::Record || out.kind != RecordKind::Message) return verdict;
        if (partial_.keep(out, line)) return LineVerdict::Opening;
        return parseInside(out);
    }

    [[nodiscard]] std::optional<std::string_view> continued() const override { return continued_; }
    [[nodiscard]] bool opensNext() const override { return opensNext_ || outer_->opensNext(); }
    /// In the middle of a line it is more than can be told.
    [[nodiscard]] std::optional<std::string> state() const override {
        const auto outer = outer_->state();
        const auto inner = inner_.state();
        if (!outer || !inner || !partial_.none()) return {};
        std::string all = fmt::format("{}:{}", outer->size(), *outer);
        all += mayGoOn_ ? fmt::format("+{}:{}{}:", process_.size(), process_, pid_) : "-";
        return all + *inner;
    }
    void restore(std::string_view state) override {
        partial_.clear();
        outer_->restore(takeSized(state));
        mayGoOn_ = state.starts_with('+');
        state.remove_prefix(std::min<std::size_t>(1, state.size()));
        if (mayGoOn_) {
            process_.assign(takeSized(state));
            const std::size_t end = std::min(state.find(':'), state.size());
            pid_ = std::atoll(std::string(state.substr(0, end)).c_str());
            state.remove_prefix(std::min(end + 1, state.size()));
        }
        inner_.restore(state);
    }

private:
    LineVerdict parseInside(Record& out) {
        InnerParsers::Inner* const inner = inner_.of(out[TextField::Process]);
        const bool goesOn = std::exchange(mayGoOn_, false) && isSameWriter(out);
        // Containers' logs hold the line's own break.
        std::string_view message = out[TextField::Message];
        while (message.ends_with('\n') || message.ends_with('\r'))
            message.remove_suffix(1);
        out[TextField::Message] = message;
        if (inner == nullptr) return asItStands(out);
        LineParser* const parser = inner->parser.get();
        process_.assign(out[TextField::Process]);
        pid_ = out[NumberField::Pid];
        const LineVerdict inside = parser->parse(message, record_);
        if (inside == LineVerdict::Opening) return inside;
        // Other programs may have written in between; then the line stands for itself.
        const bool continues =
            inside == LineVerdict::Continuation && goesOn && (inner->goesOn || isIndented(message));
        mayGoOn_ = inside == LineVerdict::Record || continues;
        if (continues) continued_ = parser->continued().value_or(message);
        if (inside == LineVerdict::Record) lay(record_, out), opensNext_ = parser->opensNext();
        // Mixed formats rank their lines.
        viaFallback =
            inside == LineVerdict::Record && static_cast<const RankedParser*>(parser)->viaFallback;
        return continues ? inside : asItStands(out);
    }

    /// What nothing reads inside of, or has been.
    static LineVerdict asItStands(Record& out) {
        if (out.level == Level::None && out.kind == RecordKind::Message)
            out.level = leadingLevel(out[TextField::Message]);
        return LineVerdict::Record;
    }

    /// Syslog writes a tabulator as "#011".
    static bool isIndented(std::string_view message) {
        return message.starts_with(' ') || message.starts_with('\t') || message.starts_with("#011");
    }
    [[nodiscard]] bool isSameWriter(const Record& out) const {
        return out[TextField::Process] == process_ && out[NumberField::Pid] == pid_;
    }

    std::unique_ptr<LineParser> outer_;
    InnerParsers inner_;
    PartialLines partial_;
    Record record_;
    std::optional<std::string_view> continued_;
    bool opensNext_ = false; ///< what is inside does
    bool mayGoOn_ = false;   ///< the line before was a record of …
    std::string process_;
    std::int64_t pid_ = kAbsent;
};

class WrappedFormat : public KnownFormat {
public:
    WrappedFormat(About about, std::shared_ptr<const KnownFormat> outer, Insides insides)
        : KnownFormat(std::move(about))
        , outer_(std::move(outer))
        , insides_(std::move(insides)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<WrappedParser>(outer_->parser(), insides_, true);
    }
    [[nodiscard]] std::unique_ptr<LineParser> plainParser() const override {
        return std::make_unique<WrappedParser>(outer_->plainParser(), insides_, false);
    }
    [[nodiscard]] bool readsJson() const override {
        return insides_.found.empty() && outer_->readsJson();
    }
    [[nodiscard]] std::vector<std::string> recordPatterns() const override {
        return insides_.found.empty() ? outer_->recordPatterns() : std::vector<std::string>();
    }
    [[nodiscard]] std::string source() const override {
        return insides_.found.empty() ? outer_->source() : std::string();
    }
    [[nodiscard]] std::vector<Error> remarks() const override {
        std::vector<Error> all = outer_->remarks();
        for (const auto& [process, formats] : insides_.found)
            std::ranges::move(remarksOf(formats), std::back_inserter(all));
        return all;
    }
    [[nodiscard]] const std::shared_ptr<const KnownFormat>& outer() const { return outer_; }
    [[nodiscard]] const Insides& insides() const { return insides_; }

private:
    std::shared_ptr<const KnownFormat> outer_;
    Insides insides_;
};

/// As the outer one says of itself.
About aboutRouted(const KnownFormat& outer) {
    return {outer.name(), outer.title(), outer.samples(), false,
            outer.rank(), outer.wraps(), outer.reader(),  outer.origin()};
}

} // namespace

std::shared_ptr<const KnownFormat> makeWrappedFormat(std::shared_ptr<const KnownFormat> outer,
                                                     FormatsByProcess inner) {
    std::string key = composedKey({outer});
    for (const auto& [process, formats] : inner)
        key += fmt::format("{}:{}", process.size(), process) + composedKey(formats);
    return onceComposed(key, [&] {
        About about = aboutWrapped(*outer, inner);
        Insides insides{std::move(inner), {}};
        const auto* routed = dynamic_cast<const WrappedFormat*>(outer.get());
        if (routed != nullptr && routed->insides().found.empty()) {
            insides.known = routed->insides().known;
            outer = std::shared_ptr(routed->outer());
        }
        return std::make_shared<const WrappedFormat>(std::move(about), std::move(outer),
                                                     std::move(insides));
    });
}

std::shared_ptr<const KnownFormat> makeRoutedFormat(std::shared_ptr<const KnownFormat> outer,
                                                    const KnownFormats& all) {
    About about = aboutRouted(*outer);
    Insides insides{{}, std::make_shared<const FormatsByProcess>(formatsOfPrograms(all))};
    return std::make_shared<const WrappedFormat>(std::move(about), std::move(outer),
                                                 std::move(insides));
}

} // namespace postlude
