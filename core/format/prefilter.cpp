// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/prefilter.h"

#include "core/format/detail/colours.h"

#include <re2/set.h>
#include <unordered_map>
#include <unordered_set>

namespace postlude {

namespace {

constexpr std::int64_t kMostMemory = std::int64_t{64} << 20U;

/// The place behind the group that opens at `at`.
std::size_t behindGroup(std::string_view pattern, std::size_t at) {
    int depth = 0;
    bool inClass = false;
    for (; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\')
            ++at;
        else if (inClass)
            inClass = c != ']';
        else if (c == '[')
            inClass = true;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            return at + 1;
    }
    return pattern.size();
}

/// Copies a class; "]" as its first member is one of it.
std::size_t copyClass(std::string_view pattern, std::size_t at, std::string& out) {
    out += pattern[at++];
    if (at < pattern.size() && pattern[at] == '^') out += pattern[at++];
    if (at < pattern.size() && pattern[at] == ']') out += "\\]", ++at;
    for (; at < pattern.size() && pattern[at] != ']'; ++at) {
        if (pattern.substr(at).starts_with("[:")) {
            const std::size_t close = std::min(pattern.find(":]", at), pattern.size() - 2);
            out += pattern.substr(at, close + 1 - at);
            at = close + 1;
        } else if (pattern[at] == '[') {
            out += "\\[";
            continue;
        } else if (pattern[at] == '\\' && at + 1 < pattern.size()) {
            if (pattern.substr(at).starts_with("\\s")) out += "\\v"; // Perl's has it, RE2's not
            out += pattern[at++];
        }
        out += pattern[at];
    }
    return at;
}

/// What begins with "(" at `at`: nothing is captured, and looking around is left out.
std::size_t copyGroup(std::string_view pattern, std::size_t at, std::string& out) {
    const std::string_view rest = pattern.substr(at);
    const auto begins = [&](std::string_view what) { return rest.starts_with(what); };
    if (begins("(?=") || begins("(?!") || begins("(?<=") || begins("(?<!"))
        return behindGroup(pattern, at) - 1;
    if (begins("(?>")) return out += "(?:", at + 2;
    if (begins("(?<")) return out += "(?:", std::min(pattern.find('>', at), pattern.size() - 1);
    out += begins("(?") ? "(" : "(?:";
    return at;
}

} // namespace

std::optional<std::string> widened(std::string_view pattern) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '[') {
            at = copyClass(pattern, at, out);
            if (at >= pattern.size()) return {};
            out += ']';
        } else if (c == '(') {
            at = copyGroup(pattern, at, out);
        } else if (c == '\\' && at + 1 < pattern.size()) {
            const char next = pattern[++at];
            if ((next >= '1' && next <= '9') || next == 'k' || next == 'g') return {};
            if (next == 's')
                out += "[\\s\\v]";
            else if (next == 'b' || next == 'B')
                continue; // a place, no text
            else
                (out += c) += next;
        } else {
            out += c;
        }
    }
    return out;
}

struct Prefilter::Automaton {
    Automaton()
        : set(options(), RE2::ANCHOR_BOTH) {}
    static RE2::Options options() {
        RE2::Options options;
        options.set_encoding(RE2::Options::EncodingLatin1);
        options.set_dot_nl(true);
        options.set_log_errors(false);
        options.set_max_mem(kMostMemory);
        return options;
    }

    RE2::Set set;
    std::vector<const KnownFormat*> owners; ///< of the patterns in the set
    std::unordered_set<const KnownFormat*> judged;
    bool usable = false;
};

Prefilter::Prefilter(const KnownFormats& formats)
    : automaton_(std::make_unique<Automaton>()) {
    for (const auto& format : formats) {
        std::vector<std::string> patterns;
        for (const std::string& each : format->recordPatterns()) {
            auto wide = widened(each);
            const bool good = wide && RE2(*wide, Automaton::options()).ok();
            if (!good) {
                patterns.clear();
                break;
            }
            patterns.push_back(std::move(*wide));
        }
        for (const std::string& pattern : patterns) {
            automaton_->set.Add(pattern, nullptr);
            automaton_->owners.push_back(format.get());
            automaton_->judged.insert(format.get());
        }
    }
    automaton_->usable = automaton_->set.Compile();
}

Prefilter::~Prefilter() = default;

KnownFormats Prefilter::possible(const KnownFormats& formats, const Lines& lines) const {
    if (!automaton_->usable) return formats;
    std::unordered_set<const KnownFormat*> fit;
    std::vector<int> hits;
    std::string plain;
    for (std::string_view line : std::span(lines).first(std::min(lines.size(), kFirstLook))) {
        if (withoutColours(line, plain)) line = plain;
        RE2::Set::ErrorInfo error{};
        hits.clear();
        if (!automaton_->set.Match({line.data(), line.size()}, &hits, &error) &&
            error.kind != RE2::Set::kNoError)
            return formats;
        for (const int hit : hits)
            fit.insert(automaton_->owners[static_cast<std::size_t>(hit)]);
    }
    KnownFormats left;
    for (const auto& format : formats)
        if (!automaton_->judged.contains(format.get()) || fit.contains(format.get()))
            left.push_back(format);
    return left;
}

} // namespace postlude
