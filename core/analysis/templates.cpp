// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/templates.h"

#include "core/analysis/detail/drain.h"
#include "core/analysis/detail/masks.h"
#include "core/analysis/detail/words.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace postlude {

using namespace detail;

namespace {

constexpr std::size_t kCached = 16U << 20U; ///< bytes of masked texts whose group is known

std::string_view head(std::string_view message) {
    message = message.substr(0, message.find('\n'));
    if (message.size() <= TemplateMiner::kLongest) return message;
    message = message.substr(0, TemplateMiner::kLongest);
    return message.substr(0, message.rfind(' ')); // half a word would be another one
}

std::string shown(std::string_view masked) {
    std::string out;
    for (const char c : masked) {
        if (c == kVariable)
            out += "<*>";
        else
            out += c == kGlue ? ' ' : c;
    }
    return out;
}

std::string afterFirst(std::string_view text) {
    const auto blank = text.find(' ');
    return blank == text.npos ? std::string() : std::string(text.substr(blank));
}

/// Templates that differ in their first word alone, which Drain's tree keeps apart: one, if that
/// word has many values.
class FirstWords {
public:
    static constexpr std::size_t kMany = 5, kWordsLeft = 3;

    /// `texts` are masked and become more general.
    static void merge(std::vector<std::string>& texts) {
        std::map<std::string, std::vector<std::size_t>> alike;
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (std::string rest = afterFirst(texts[i]); saysEnough(rest))
                alike[std::move(rest)].push_back(i);
        for (const auto& [rest, members] : alike) {
            const auto first = [&](std::size_t i) {
                return std::string_view(texts[i]).substr(0, texts[i].size() - rest.size());
            };
            const bool value = std::ranges::any_of(members, [&](std::size_t i) {
                return first(i).size() == 1 && first(i)[0] == kVariable;
            });
            if (members.size() < (value ? 2 : kMany)) continue;
            std::string word(first(members[0]));
            for (const std::size_t i : members)
                word = commonOf(word, first(i));
            for (const std::size_t i : members)
                texts[i] = word + rest;
        }
    }

private:
    static bool saysEnough(std::string_view rest) {
        std::vector<std::string_view> words;
        splitWords(rest.substr(std::min<std::size_t>(rest.size(), 1)), words);
        return std::ranges::count_if(words, [](std::string_view w) {
                   return !w.empty() && !hasVariable(w);
               }) >= std::ptrdiff_t(kWordsLeft);
    }
};

} // namespace

class TemplateMiner::Impl {
public:
    std::uint32_t add(std::string_view message) {
        mask(head(message), masked_);
        if (const auto it = known_.find(masked_); it != known_.end()) return it->second;
        const std::uint32_t group = drain_.place(masked_);
        cached_ += masked_.size() + 64;
        if (cached_ > kCached) {
            known_.clear();
            cached_ = 0;
        }
        known_.emplace(masked_, group);
        if (group == kOther) full_ = true;
        return group;
    }

    [[nodiscard]] Settled settled() const {
        std::vector<std::string> texts(drain_.groups());
        for (std::uint32_t g = 1; g < texts.size(); ++g)
            if (drain_.root(g) == g) texts[g] = drain_.text(g);
        FirstWords::merge(texts);
        Settled out{{""}, {kOther}};
        std::unordered_map<std::string, std::uint32_t> seen;
        for (std::uint32_t g = 1; g < texts.size(); ++g) {
            const auto [it, isNew] =
                seen.try_emplace(texts[drain_.root(g)], std::uint32_t(out.texts.size()));
            if (isNew) out.texts.push_back(shown(it->first));
            out.ofGroup.push_back(it->second);
        }
        return out;
    }

    [[nodiscard]] bool full() const { return full_; }

private:
    std::string masked_;
    std::unordered_map<std::string, std::uint32_t> known_;
    std::size_t cached_ = 0;
    bool full_ = false;
    Drain drain_{kMost};
};

TemplateMiner::TemplateMiner()
    : impl_(std::make_unique<Impl>()) {}
TemplateMiner::~TemplateMiner() = default;
TemplateMiner::TemplateMiner(TemplateMiner&&) noexcept = default;
TemplateMiner& TemplateMiner::operator=(TemplateMiner&&) noexcept = default;

std::uint32_t TemplateMiner::add(std::string_view message) {
    return impl_->add(message);
}

TemplateMiner::Settled TemplateMiner::settled() const {
    return impl_->settled();
}

bool TemplateMiner::full() const {
    return impl_->full();
}

} // namespace postlude
