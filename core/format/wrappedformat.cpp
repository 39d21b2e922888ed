// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/composed.h"
#include "core/format/detail/envelope.h"

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

class WrappedParser : public RankedParser {
public:
    WrappedParser(const KnownFormat& outer, const FormatsByProcess& inner) {
        parsers_.push_back(outer.parser());
        for (const auto& [process, formats] : inner) {
            byProcess_[process] = parsers_.size();
            parsers_.push_back(makeMixedFormat(formats)->parser());
        }
    }

    LineVerdict parse(std::string_view line, Record& out) override {
        viaFallback = false;
        const LineVerdict verdict = parsers_.front()->parse(line, out);
        if (verdict != LineVerdict::Record || out.kind != RecordKind::Message) return verdict;
        LineParser* const parser = parserFor(out[TextField::Process]);
        const bool goesOn = std::exchange(mayGoOn_, false) && isSameWriter(out);
        if (parser == nullptr) return LineVerdict::Record;
        process_.assign(out[TextField::Process]);
        pid_ = out[NumberField::Pid];
        // Containers' logs hold the line's own break.
        std::string_view message = out[TextField::Message];
        while (message.ends_with('\n') || message.ends_with('\r'))
            message.remove_suffix(1);
        out[TextField::Message] = message;
        const LineVerdict inside = parser->parse(message, record_);
        if (inside == LineVerdict::Opening) return inside;
        // Other programs may have written in between; then the line stands for itself.
        const bool continues = inside == LineVerdict::Continuation && goesOn;
        mayGoOn_ = inside == LineVerdict::Record || continues;
        if (inside == LineVerdict::Record) lay(record_, out);
        // Mixed formats rank their lines.
        viaFallback =
            inside == LineVerdict::Record && static_cast<const RankedParser*>(parser)->viaFallback;
        return continues ? inside : LineVerdict::Record;
    }

    [[nodiscard]] bool opensNext() const override { return parsers_.front()->opensNext(); }
    [[nodiscard]] std::optional<std::string> state() const override {
        auto all = joinedStates(parsers_);
        if (all && mayGoOn_) all->insert(0, process_ + '\n' + std::to_string(pid_) + '\n');
        return all;
    }
    void restore(std::string_view state) override {
        const std::size_t first = state.find('\n');
        mayGoOn_ = first != std::string_view::npos;
        if (mayGoOn_) {
            const std::size_t second = state.find('\n', first + 1);
            process_.assign(state.substr(0, first));
            pid_ = std::atoll(std::string(state.substr(first + 1, second - first - 1)).c_str());
            state.remove_prefix(std::min(second, state.size() - 1) + 1);
        }
        restoreJoined(parsers_, state);
    }

private:
    [[nodiscard]] LineParser* parserFor(std::string_view process) const {
        auto it = byProcess_.find(process);
        if (it == byProcess_.end()) it = byProcess_.find(std::string_view{});
        return it == byProcess_.end() ? nullptr : parsers_[it->second].get();
    }
    [[nodiscard]] bool isSameWriter(const Record& out) const {
        return out[TextField::Process] == process_ && out[NumberField::Pid] == pid_;
    }

    std::vector<std::unique_ptr<LineParser>> parsers_; ///< the head's first
    std::map<std::string, std::size_t, std::less<>> byProcess_;
    Record record_;
    bool mayGoOn_ = false; ///< the line before was a record of …
    std::string process_;
    std::int64_t pid_ = kAbsent;
};

class WrappedFormat : public KnownFormat {
public:
    WrappedFormat(std::shared_ptr<const KnownFormat> outer, FormatsByProcess inner)
        : KnownFormat(aboutWrapped(*outer, inner))
        , outer_(std::move(outer))
        , inner_(std::move(inner)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<WrappedParser>(*outer_, inner_);
    }
    [[nodiscard]] std::vector<Error> remarks() const override {
        std::vector<Error> all = outer_->remarks();
        for (const auto& [process, formats] : inner_)
            std::ranges::move(remarksOf(formats), std::back_inserter(all));
        return all;
    }

private:
    std::shared_ptr<const KnownFormat> outer_;
    FormatsByProcess inner_;
};

} // namespace

std::shared_ptr<const KnownFormat> makeWrappedFormat(std::shared_ptr<const KnownFormat> outer,
                                                     FormatsByProcess inner) {
    std::string key = composedKey({outer});
    for (const auto& [process, formats] : inner)
        key += fmt::format("{}:{}", process.size(), process) + composedKey(formats);
    return onceComposed(key, [&] {
        return std::make_shared<const WrappedFormat>(std::move(outer), std::move(inner));
    });
}

} // namespace postlude
