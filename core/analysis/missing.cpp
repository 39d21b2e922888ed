// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/missing.h"

namespace postlude {

namespace {

constexpr std::size_t kLookedAt = 10'000;

/// Lines that nobody understood are no part of this: they are counted with their source.
bool leavesOut(const Error& error) {
    if (error.place.line != 0) return false;
    switch (error.kind) {
    case ErrorKind::NotFound:
    case ErrorKind::Permission:
    case ErrorKind::Unreadable:
    case ErrorKind::Damaged:
    case ErrorKind::TooLarge:
        return true;
    default:
        return false;
    }
}

} // namespace

Result<std::vector<std::string>> missingEvidence(const Case& of) {
    const auto issues = of.issues(kLookedAt);
    if (!issues) return std::unexpected(issues.error());
    std::vector<std::string> out;
    for (const ReadIssue& issue : *issues)
        if (leavesOut(issue.error)) out.push_back("Not all was read: " + describe(issue.error));
    return out;
}

} // namespace postlude
