// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/composed.h"

#include <algorithm>
#include <iterator>

namespace postlude {

namespace {

About aboutMixed(const KnownFormats& formats) {
    About about;
    about.rank = formats.front()->rank() - 1;
    for (const auto& format : formats) {
        about.name += (about.name.empty() ? "" : "+") + format->name();
        about.title += (about.title.empty() ? "" : ", ") + format->title();
        for (std::string& sample : format->samples())
            about.samples.push_back(std::move(sample));
    }
    return about;
}

class MixedParser : public RankedParser {
public:
    explicit MixedParser(const KnownFormats& formats) {
        for (const auto& format : formats) {
            parsers_.push_back(format->parser());
            ranked_.push_back(dynamic_cast<const RankedParser*>(parsers_.back().get()));
        }
    }

    LineVerdict parse(std::string_view line, Record& out) override {
        opensNext_ = false;
        continued_.reset();
        if (opened_ < parsers_.size()) {
            const std::size_t was = opened_;
            const LineVerdict verdict = parsers_[opened_]->parse(line, out);
            opensNext_ = parsers_[opened_]->opensNext();
            if (verdict != LineVerdict::Opening && !opensNext_) opened_ = kNone;
            if (verdict == LineVerdict::Continuation) continued_ = parsers_[was]->continued();
            if (verdict != LineVerdict::Unread) return verdict;
        }
        LineVerdict other = LineVerdict::Unread;
        for (std::size_t i = 0; i < parsers_.size(); ++i) {
            const LineVerdict verdict = parsers_[i]->parse(line, out);
            viaFallback = ranked_[i] != nullptr && ranked_[i]->viaFallback;
            if (verdict == LineVerdict::Record || verdict == LineVerdict::Blank) return verdict;
            if (verdict == LineVerdict::Opening) {
                opened_ = i;
                return verdict;
            }
            if (verdict == LineVerdict::Continuation && other != verdict) {
                other = verdict;
                continued_ = parsers_[i]->continued();
            }
        }
        out.clear();
        return other;
    }

    [[nodiscard]] std::optional<std::string_view> continued() const override { return continued_; }
    [[nodiscard]] std::string_view fault() const override {
        for (const auto& parser : parsers_)
            if (const std::string_view fault = parser->fault(); !fault.empty()) return fault;
        return {};
    }

    [[nodiscard]] bool opensNext() const override { return opensNext_; }
    [[nodiscard]] std::optional<std::string> state() const override {
        auto all = joinedStates(parsers_);
        if (all) all->insert(all->begin(), static_cast<char>(opened_));
        return all;
    }
    void restore(std::string_view state) override {
        opened_ = state.empty() ? kNone : static_cast<unsigned char>(state.front());
        restoreJoined(parsers_, state.substr(state.empty() ? 0 : 1));
    }

private:
    static constexpr std::size_t kNone = 255;
    bool opensNext_ = false;
    std::optional<std::string_view> continued_;
    std::vector<std::unique_ptr<LineParser>> parsers_; ///< the first that can read a line does
    std::vector<const RankedParser*> ranked_;          ///< the same, null where they do not rank
    std::size_t opened_ = kNone;                       ///< whose entry goes on
};

class MixedFormat : public KnownFormat {
public:
    explicit MixedFormat(KnownFormats formats)
        : KnownFormat(aboutMixed(formats))
        , formats_(std::move(formats)) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<MixedParser>(formats_);
    }
    [[nodiscard]] std::vector<Error> remarks() const override { return remarksOf(formats_); }

private:
    KnownFormats formats_;
};

} // namespace

std::optional<std::string> joinedStates(std::span<const std::unique_ptr<LineParser>> parsers) {
    std::string all;
    for (const auto& parser : parsers) {
        const auto state = parser->state();
        if (!state) return {};
        all += std::to_string(state->size()) + ':' + *state;
    }
    return all;
}

void restoreJoined(std::span<const std::unique_ptr<LineParser>> parsers, std::string_view states) {
    for (const auto& parser : parsers) {
        const std::size_t colon = states.find(':');
        if (colon == std::string_view::npos) return;
        const auto size =
            static_cast<std::size_t>(std::atoll(std::string(states.substr(0, colon)).c_str()));
        parser->restore(states.substr(colon + 1, size));
        states.remove_prefix(std::min(states.size(), colon + 1 + size));
    }
}

std::vector<Error> remarksOf(const KnownFormats& formats) {
    std::vector<Error> all;
    for (const auto& format : formats)
        std::ranges::move(format->remarks(), std::back_inserter(all));
    return all;
}

std::shared_ptr<const KnownFormat> makeMixedFormat(KnownFormats formats) {
    return onceComposed("+" + composedKey(formats),
                        [&] { return std::make_shared<const MixedFormat>(std::move(formats)); });
}

} // namespace postlude
