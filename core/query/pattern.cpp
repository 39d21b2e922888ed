// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/pattern.h"

#include <re2/re2.h>
#include <simdjson.h>

namespace postlude {

namespace {

RE2::Options optionsFor(RE2::Options::Encoding encoding) {
    RE2::Options options;
    options.set_encoding(encoding);
    options.set_log_errors(false);
    return options;
}

std::string byLines(std::string_view pattern) {
    return "(?m)" + std::string(pattern);
}

struct Fault {
    RE2::ErrorCode code;
    std::string_view what, remedy;
};
constexpr std::string_view kEscape = "put a \\ before signs that mean themselves";
constexpr Fault kFaults[] = {
    {RE2::ErrorBadEscape, "there is no such escape", kEscape},
    {RE2::ErrorBadCharClass, "this is no class of characters", kEscape},
    {RE2::ErrorBadCharRange, "this range goes backwards", "write it as a-z"},
    {RE2::ErrorMissingBracket, "this class of characters is never closed", "add a ]"},
    {RE2::ErrorMissingParen, "a bracket is never closed", "add a ), or write \\( for the sign"},
    {RE2::ErrorUnexpectedParen, "a bracket was never opened", "write \\) for the sign itself"},
    {RE2::ErrorTrailingBackslash, "nothing follows the last \\", "write \\\\ for the sign itself"},
    {RE2::ErrorRepeatArgument, "there is nothing to repeat here", kEscape},
    {RE2::ErrorRepeatSize, "this repeats too often", "at most 1000 times"},
    {RE2::ErrorRepeatOp, "this cannot be repeated once more", "put it in brackets"},
    {RE2::ErrorBadPerlOp, "there is no such (?…) here",
     "what looks ahead or behind cannot be used; join two tests with \"and\" instead"},
    {RE2::ErrorBadUTF8, "this is no UTF-8", "write it as UTF-8"},
    {RE2::ErrorBadNamedCapture, "this name cannot be read", "write it as (?P<name>…)"},
    {RE2::ErrorPatternTooLarge, "this expression is too large", "repeat less in it"}};

Error faultIn(std::string_view pattern, const RE2& machine) {
    Error error{ErrorKind::NotUnderstood, "this is no regular expression", {}, {}};
    error.remedy = kEscape;
    for (const Fault& fault : kFaults) {
        if (fault.code != machine.error_code()) continue;
        error.what = fault.what;
        error.remedy = fault.remedy;
    }
    const std::size_t at = pattern.find(machine.error_arg());
    error.place.offset = at == std::string_view::npos ? 0 : at;
    return error;
}

} // namespace

struct Pattern::Machines {
    std::string text;
    RE2 utf8, bytes;
    explicit Machines(std::string_view pattern)
        : text(pattern)
        , utf8(byLines(pattern), optionsFor(RE2::Options::EncodingUTF8))
        , bytes(byLines(pattern), optionsFor(RE2::Options::EncodingLatin1)) {}
};

Pattern::Pattern(std::string_view text, Required required)
    : machines_(std::make_unique<Machines>(text))
    , required_(std::move(required)) {}

Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(std::string_view text) {
    if (text.size() > kMostBytes)
        return std::unexpected(Error{ErrorKind::NotUnderstood,
                                     "this expression is too long",
                                     {},
                                     "write one of at most 10000 bytes"});
    std::shared_ptr<const Pattern> made(new Pattern(text, requiredBy(text)));
    if (!made->machines_->utf8.ok()) return std::unexpected(faultIn(text, made->machines_->utf8));
    return made;
}

bool Pattern::matches(std::string_view in) const {
    const re2::StringPiece text(in.data(), in.size());
    if (RE2::PartialMatch(text, machines_->utf8)) return true;
    return machines_->bytes.ok() && !simdjson::validate_utf8(in.data(), in.size()) &&
           RE2::PartialMatch(text, machines_->bytes);
}

std::shared_ptr<const Pattern> Pattern::copy() const {
    return std::shared_ptr<const Pattern>(new Pattern(machines_->text, required_));
}

} // namespace postlude
