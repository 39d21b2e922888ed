// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/opening.h"

#include "core/analysis/missing.h"
#include "ui/common/casefolder.h"

namespace postlude {

namespace {

using Paths = std::vector<std::filesystem::path>;

Result<std::unique_ptr<Case>> openCase(const std::filesystem::path& file) {
    auto opened = Case::open(file);
    if (!opened && opened.error().kind == ErrorKind::Busy)
        return Case::open(file, OpenMode::ReadOnly);
    if (!opened && opened.error().kind == ErrorKind::Permission)
        return Case::open(file, OpenMode::ReadOnly);
    return opened;
}

bool isSame(const std::filesystem::path& a, const std::filesystem::path& b) {
    std::error_code failure;
    return !a.empty() && !b.empty() && std::filesystem::equivalent(a, b, failure);
}

/// A case of the same files in the same state, whole or (if nobody else writes it) begun; null if
/// that is the one that is open.
Result<std::unique_ptr<Case>> caseOf(const Paths& bundle, const std::filesystem::path& isOpen,
                                     const std::stop_token& stop) {
    const QString fingerprint = bundleFingerprint(bundle, stop);
    if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "Not opened"});
    const auto known = casesFor(fingerprint);
    for (const auto& file : known)
        if (isSame(file, isOpen)) return nullptr;
    for (const auto& file : known) {
        auto opened = openCase(file);
        if (!opened) continue;
        if ((*opened)->importComplete() || (*opened)->mode() == OpenMode::ReadWrite) return opened;
    }
    return Case::create(newCaseFile(bundleName(bundle), fingerprint));
}

Paths absolute(const Paths& paths) {
    Paths all;
    for (const auto& path : paths) {
        std::error_code failure;
        all.push_back(std::filesystem::absolute(path, failure).lexically_normal());
    }
    return all;
}

std::optional<Error> missing(const Paths& bundle) {
    for (const auto& path : bundle) {
        std::error_code failure;
        if (std::filesystem::exists(path, failure)) continue;
        return Error{ErrorKind::NotFound,
                     "There is no file or folder " + path.string(),
                     {},
                     "It may have been moved or deleted; open it from where it is now"};
    }
    return {};
}

} // namespace

CaseView viewOf(const Case& file, std::shared_ptr<Query> query) {
    CaseView view{std::move(query), {}, {}};
    view.extents = {extentOf(file, *view.query, ClockView::Corrected),
                    extentOf(file, *view.query, ClockView::Raw)};
    if (auto missing = missingEvidence(file)) view.missing = std::move(*missing);
    return view;
}

Result<CaseView> viewOf(const Case& file) {
    auto query = openQuery(file);
    if (!query) return std::unexpected(query.error());
    return viewOf(file, std::move(*query));
}

Result<OpenedCase> openFromDisk(const Paths& paths, const std::filesystem::path& isOpen,
                                const std::stop_token& stop) {
    OpenedCase opened{absolute(paths), nullptr, {}, nullptr};
    if (opened.bundle.empty())
        return std::unexpected(Error{ErrorKind::Usage, "Nothing was given to open"});
    if (auto gone = missing(opened.bundle)) return std::unexpected(std::move(*gone));
    const bool isCase = opened.bundle.size() == 1 && isCaseFile(opened.bundle.front());
    if (isCase && isSame(opened.bundle.front(), isOpen)) return opened;
    auto file = isCase ? openCase(opened.bundle.front()) : caseOf(opened.bundle, isOpen, stop);
    if (!file) return std::unexpected(file.error());
    if (!*file) return opened;
    auto view = viewOf(**file);
    if (!view) return std::unexpected(view.error());
    if (auto saved = savedAnalysis(**file); saved && *saved)
        opened.analysis = std::make_shared<const Analysis>(std::move(**saved));
    if (isCase) opened.bundle.clear();
    opened.file = std::move(*file);
    opened.view = std::move(*view);
    return opened;
}

} // namespace postlude
