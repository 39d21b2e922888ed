// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/library.h"

#include "core/base/text.h"
#include "core/case/documents.h"
#include "core/postmortem/places.h"
#include "core/postmortem/wording.h"

#include <QStringList>
#include <algorithm>
#include <functional>
#include <map>

namespace postlude {

namespace {

bool isDone(const Task& task) {
    const QString status = QString::fromStdString(task.status).trimmed().toLower();
    return status == "done" || status == "closed" || status == "erledigt" || status == "declined";
}

std::optional<Duration> since(const std::optional<Instant>& start,
                              const std::optional<Instant>& at) {
    return start && at && *at >= *start ? std::optional(*at - *start) : std::nullopt;
}

void addDocument(const Postmortem& d, CaseOverview& to) {
    to.title = d.title;
    to.severity = d.severity;
    to.status = d.status;
    to.start = d.summary.start;
    to.toResolve = since(d.summary.start, d.summary.end);
    const auto detected = std::ranges::find_if(d.timeline, [](const TimelineEntry& e) {
        return e.kind == EntryKind::Detection && e.time;
    });
    if (detected != d.timeline.end()) to.toDetect = since(d.summary.start, detected->time);
    std::ranges::copy_if(d.tasks, std::back_inserter(to.openTasks), std::not_fn(isDone));
    to.text = d.title;
    for (const PlacedText& text : proseOf(d))
        to.text += "\n" + std::string(text.text);
}

/// Lengths and cause are those of the start: what a document tells of another incident is not
/// mixed with the one that these logs have.
void addAnalysis(const Incident& i, CaseOverview& to) {
    if (!i.causes.empty()) {
        to.cause = nameOf(i.causes.front().kind);
        to.culprit = i.causes.front().culprit;
    }
    if (to.start) return;
    to.start = i.impactStart;
    to.toDetect = since(i.impactStart, i.detected);
    to.toResolve = since(i.impactStart, i.resolved);
}

/// A case's further postmortems are searched, too.
void addOthers(const Case& file, CaseOverview& to) {
    const auto all = documentsOf(file);
    const auto usual = usualDocument(file);
    for (const DocumentInfo& info : all ? *all : std::vector<DocumentInfo>{}) {
        if (info.deleted || !usual || info.id == *usual) continue;
        const auto revision = newestRevision(file, info.id);
        if (!revision || !*revision) continue;
        if (const auto document = postmortemFromJson((*revision)->json))
            for (const PlacedText& text : proseOf(*document))
                to.text += "\n" + std::string(text.text);
    }
}

CaseOverview overviewOf(const std::filesystem::path& file) {
    CaseOverview overview;
    overview.file = file;
    overview.title = file.stem().string();
    const auto opened = Case::open(file, OpenMode::ReadOnly);
    if (!opened) {
        overview.fault = describe(opened.error());
        return overview;
    }
    const auto revision = (*opened)->postmortem();
    Postmortem told;
    if (revision && *revision)
        if (const auto document = postmortemFromJson((*revision)->json)) {
            told = *document;
            addDocument(told, overview);
        }
    addOthers(**opened, overview);
    const auto analysis = savedAnalysis(**opened);
    if (analysis && *analysis)
        if (const Incident* incident = incidentMeant(told, **analysis))
            addAnalysis(*incident, overview);
    return overview;
}

} // namespace

Result<std::vector<CaseOverview>> libraryOf(const std::filesystem::path& folder,
                                            std::stop_token stop, const ProgressSink& progress) {
    std::error_code fault;
    if (!std::filesystem::is_directory(folder, fault))
        return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                     .what = "no such folder",
                                     .place = {.source = folder.string()}});
    std::vector<std::filesystem::path> files;
    constexpr auto skip = std::filesystem::directory_options::skip_permission_denied;
    for (auto it = std::filesystem::recursive_directory_iterator(folder, skip, fault);
         !fault && it != std::filesystem::recursive_directory_iterator(); it.increment(fault))
        if (it->path().extension() == ".postlude") files.push_back(it->path());
    if (fault) // of the cases that are there, some would be missing without a word
        return std::unexpected(Error{.kind = ErrorKind::Unreadable,
                                     .what = "the folder cannot be read on: " + fault.message(),
                                     .place = {.source = folder.string()},
                                     .remedy = "name a folder below it"});
    std::ranges::sort(files);
    std::vector<CaseOverview> cases;
    Progress told{"Reading the cases", {}, 0, 0, 0};
    std::vector<std::uint64_t> sizes;
    for (const auto& file : files) {
        const auto size = std::filesystem::file_size(file, fault);
        sizes.push_back(fault ? 0 : size);
        told.bytesTotal += sizes.back();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& file = files[i];
        told.source = file.filename().string();
        if (progress) progress(told);
        told.bytesDone += sizes[i];
        if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
        cases.push_back(overviewOf(file));
    }
    std::ranges::stable_sort(cases, [](const CaseOverview& a, const CaseOverview& b) {
        if (!a.start || !b.start) return a.start.has_value() && !b.start.has_value();
        return *a.start < *b.start;
    });
    return cases;
}

std::vector<Recurring> recurringIn(const std::vector<CaseOverview>& cases) {
    std::map<std::pair<bool, std::string>, std::size_t> times;
    for (const CaseOverview& c : cases) {
        if (!c.cause.empty()) ++times[{true, c.cause}];
        if (!c.culprit.empty()) ++times[{false, c.culprit}];
    }
    std::vector<Recurring> often;
    for (const auto& [what, n] : times)
        if (n > 1) often.push_back({what.second, what.first, n});
    std::ranges::stable_sort(often, std::greater<>(), &Recurring::times);
    return often;
}

bool matches(const CaseOverview& overview, std::string_view words) {
    const QString text = QString::fromStdString(overview.title + "\n" + overview.text + "\n" +
                                                overview.cause + "\n" + overview.culprit);
    const QString wanted = QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
    return std::ranges::all_of(wanted.split(' ', Qt::SkipEmptyParts), [&](const QString& word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace postlude
