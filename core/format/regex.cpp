// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::uint32_t kMostGroups = 200;
/// Steps in one match. A pattern that goes back without end would otherwise take minutes.
constexpr std::uint32_t kMostSteps = 1'000'000;
constexpr std::size_t kLeastStack = std::size_t{32} << 10U;
constexpr std::size_t kMostStack = std::size_t{1} << 20U; // deeper is too complex

const pcre2_code* codeOf(const std::shared_ptr<const void>& code) {
    return static_cast<const pcre2_code*>(code.get());
}

std::string messageOf(int error) {
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(error, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

/// PCRE2 has a table of entries: the number in two bytes, then the name.
std::vector<std::pair<int, std::string>> namesOf(const pcre2_code* code) {
    std::uint32_t count = 0;
    std::uint32_t size = 0;
    PCRE2_SPTR entry = nullptr;
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, static_cast<void*>(&entry));
    std::vector<std::pair<int, std::string>> names;
    for (; count > 0; --count, entry += size)
        names.emplace_back(entry[0] << 8U | entry[1], reinterpret_cast<const char*>(entry + 2));
    std::ranges::sort(names);
    return names;
}

} // namespace

Result<Regex> Regex::compile(std::string_view pattern, Fits fits) {
    constexpr std::uint32_t options = PCRE2_DOTALL | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C;
    const std::uint32_t whole = fits == Fits::Whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
    int error = 0;
    std::size_t at = 0;
    pcre2_code* const code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()),
                                           pattern.size(), options | whole, &error, &at, nullptr);
    if (code == nullptr)
        return std::unexpected(Error{ErrorKind::NotUnderstood,
                                     "the pattern is no regular expression: " + messageOf(error),
                                     {{}, 0, at + 1},
                                     {}});
    Regex regex;
    regex.code_ = std::shared_ptr<const void>(code, [code](const void*) { pcre2_code_free(code); });
    regex.names_ = namesOf(code);
    // Where memory may not hold code, PCRE2 goes through the pattern itself, which is slower.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return regex;
}

namespace {

/// What matching needs beside the pattern. One a thread: parsers come and go by the hundred while a
/// source is judged, and a stack is memory mapped by the system.
struct Context {
    pcre2_match_context* match = pcre2_match_context_create(nullptr);
    pcre2_jit_stack* stack = pcre2_jit_stack_create(kLeastStack, kMostStack, nullptr);
    Context() {
        pcre2_set_match_limit(match, kMostSteps);
        pcre2_jit_stack_assign(match, nullptr, stack);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() {
        pcre2_match_context_free(match);
        pcre2_jit_stack_free(stack);
    }
};

} // namespace

RegexMatch::Verdict RegexMatch::run(const Regex& regex, std::string_view text,
                                    std::uint32_t options) {
    thread_local const Context context;
    if (!found_)
        found_ = {pcre2_match_data_create(kMostGroups + 1, nullptr),
                  [](void* data) { pcre2_match_data_free(static_cast<pcre2_match_data*>(data)); }};
    text_ = text.data() == nullptr ? std::string_view("") : text;
    const int done =
        pcre2_match(codeOf(regex.code_), reinterpret_cast<PCRE2_SPTR>(text_.data()), text_.size(),
                    0, options, static_cast<pcre2_match_data*>(found_.get()), context.match);
    groups_ = std::max(done, 0);
    if (done > 0) return Verdict::Yes;
    switch (done) {
    case PCRE2_ERROR_PARTIAL:
        return Verdict::Partly;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return Verdict::TooComplex;
    default: // or a text that is no UTF-8, where the pattern asks for that
        return Verdict::No;
    }
}

RegexMatch::Verdict RegexMatch::find(const Regex& regex, std::string_view text) {
    return run(regex, text, 0);
}

RegexMatch::Verdict RegexMatch::begins(const Regex& regex, std::string_view text) {
    return run(regex, text, PCRE2_ANCHORED | PCRE2_PARTIAL_SOFT);
}

std::string_view RegexMatch::operator[](int group) const {
    if (group >= groups_) return {};
    const std::size_t* const ends =
        pcre2_get_ovector_pointer(static_cast<pcre2_match_data*>(found_.get()));
    const std::size_t from = ends[2 * group];
    const std::size_t to = ends[2 * group + 1];
    if (from == PCRE2_UNSET || to < from) return {};
    return text_.substr(from, to - from);
}

} // namespace postlude
