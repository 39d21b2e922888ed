// SPDX-License-Identifier: GPL-3.0-or-later
// Bundle in, case out, step by step: open, keep packed text, learn the configurations' log
// formats, detect, settle, read.
#include "core/ingest/import.h"

#include "core/ingest/corrections.h"
#include "core/ingest/detail/import_run.h"
#include "core/ingest/detail/resume.h"
#include "core/ingest/detail/sample.h"
#include "core/ingest/detail/text_keeper.h"
#include "core/ingest/preview.h"

#include <thread>

namespace postlude {

namespace detail {

namespace {

constexpr std::size_t kSummaryIssues = 1000;

} // namespace

Result<ImportSummary> Import::run(const std::vector<std::filesystem::path>& paths) {
    Result<void> done = prepare();
    if (done) done = open(paths);
    if (done) done = keepText();
    if (done) done = forgetChanged();
    if (done) done = detect();
    if (done) done = settle(sources_, options_.zones, options_.years);
    if (done) done = saveSources();
    if (done) done = readAll();
    if (done) done = readChangedAgain();
    if (done) done = store_.endImport();
    if (!done) return std::unexpected(done.error());
    return summary();
}

/// Everything that the user may have got wrong, before anything is read.
Result<void> Import::prepare() {
    auto catalogue = catalogueFor(options_, nullptr, refused_);
    if (!catalogue) return std::unexpected(catalogue.error());
    catalogue_ = std::move(*catalogue);
    for (const auto& [path, format] : options_.formats)
        if (format.empty())
            return std::unexpected(Error{ErrorKind::Usage, "no format is named", {path, 0, 0}, {}});
    return {};
}

Result<void> Import::open(const std::vector<std::filesystem::path>& paths) {
    board_.begin("Opening", 0, 0);
    auto bundle = Bundle::open(paths, options_.limits, stop_);
    if (!bundle) return std::unexpected(bundle.error());
    bundle_ = std::move(*bundle);
    std::vector<std::string> names;
    for (const auto& path : paths) {
        std::error_code code;
        const auto whole = std::filesystem::absolute(path, code);
        names.push_back((code ? path : whole).string());
    }
    if (auto same = sameAsBegun(target_, names); !same) return same;
    if (auto begun = store_.beginImport(names); !begun) return begun;
    for (const Error& error : refused_)
        if (auto told = report(SourceId::None, error); !told) return told;
    // What was concluded from fewer records no longer holds.
    if (auto dropped = target_.setNote("analysis", {}); !dropped) return dropped;
    std::vector<SourceInfo*> infos;
    sources_.reserve(bundle_->sources().size());
    for (const SourceFiles& files : bundle_->sources()) {
        Source& source = sources_.emplace_back();
        source.info.path = files.path;
        for (const Member& part : files.parts) {
            source.info.parts.push_back(part.path);
            source.info.bytes += part.bytes;
            if (part.modified) source.modified = std::max(source.modified, part.modified);
        }
        const auto slash = files.path.find('/');
        if (slash != std::string::npos) source.folder = files.path.substr(0, slash);
        infos.push_back(&source.info);
    }
    return store_.addSources(infos);
}

/// Packed members are unpacked into the case once, in the order of their archives.
Result<void> Import::keepText() {
    TextKeeper keeper(store_, target_.file().parent_path());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        auto origin = keeper.add(sources_[i].info.id, bundle_->sources()[i]);
        if (!origin) return std::unexpected(origin.error());
        sources_[i].files = std::move(origin->files);
        sources_[i].streamed = std::move(origin->streamed);
    }
    if (keeper.waiting()) {
        const auto tell = [&](const Progress& p) {
            unpacked_ = p.bytesTotal;
            if (progress_) progress_(p);
        };
        const auto visit = [&](const Member& member, std::string_view chunk, bool last) {
            return keeper.take(member, chunk, last);
        };
        const auto wanted = [&](const Member& member) { return keeper.wants(member); };
        if (auto done = bundle_->unpack(visit, stop_, tell, wanted); !done) return done;
    }
    if (auto done = keeper.finish(); !done) return done;
    binaries_ = keeper.binaries();
    for (const auto& [source, error] : keeper.gone())
        if (auto done = report(source, error); !done) return done;
    for (const Error& issue : bundle_->issues())
        if (auto done = report(SourceId::None, issue); !done) return done;
    return {};
}

/// What was read of a file that has been replaced since is no beginning of the one that is there.
Result<void> Import::forgetChanged() {
    const auto begun = store_.progress();
    if (!begun) return std::unexpected(begun.error());
    for (const Source& source : sources_) {
        const auto it = begun->find(source.info.id);
        if (it == begun->end() || it->second.done || source.files.empty()) continue;
        const auto first = store_.readText(source.info.id, 0, 1);
        const auto last = store_.readText(source.info.id, it->second.offset, 1);
        const auto changed = [](const auto& read) {
            return !read && read.error().kind == ErrorKind::Damaged;
        };
        if (!changed(first) && !changed(last)) continue;
        if (auto gone = store_.forgetReading(source.info.id); !gone) return gone;
        if (auto set = store_.setFiles(source.info.id, {source.files.begin(), source.files.end()});
            !set)
            return set;
    }
    return {};
}

/// What is known already of sources that an interrupted import had begun stays.
Result<void> Import::takeUp() {
    auto begun = store_.progress();
    if (!begun) return std::unexpected(begun.error());
    if (begun->empty()) return {};
    const auto saved = store_.sources();
    if (!saved) return std::unexpected(saved.error());
    std::map<SourceId, const SourceInfo*> known;
    for (const SourceInfo& info : *saved)
        known[info.id] = &info;
    for (Source& source : sources_) {
        const auto it = begun->find(source.info.id);
        if (it == begun->end()) continue;
        const SourceInfo& old = *known.at(source.info.id);
        source.info.lines = old.lines;
        source.info.records = old.records;
        source.info.unread = old.unread;
        source.info.first = old.first;
        source.info.last = old.last;
        source.progress = std::move(it->second);
    }
    return {};
}

Result<void> Import::saveSources() {
    for (const auto& [path, format] : options_.formats)
        if (std::ranges::none_of(sources_, [&](const Source& s) { return s.info.path == path; }))
            return std::unexpected(Error{ErrorKind::Usage,
                                         "the bundle has no such source",
                                         {path, 0, 0},
                                         "name it as the list of sources does"});
    if (auto done = takeUp(); !done) return done;
    std::vector<const SourceInfo*> infos;
    for (const Source& source : sources_)
        if (!source.progress.done) infos.push_back(&source.info);
    if (auto done = store_.updateSources(infos); !done) return done;
    const bool any =
        std::ranges::any_of(sources_, [](const Source& s) { return s.format != nullptr; });
    if (any) return {};
    return std::unexpected(Error{ErrorKind::NotUnderstood,
                                 "no log in it could be read",
                                 {},
                                 "name the format of a source, or give its log format string"});
}

/// The largest first.
Result<void> Import::readAll() {
    std::vector<const Source*> order;
    std::uint64_t total = unpacked_;
    for (const Source& source : sources_) {
        total += source.info.bytes;
        if (!source.progress.done) order.push_back(&source);
    }
    std::ranges::stable_sort(
        order, [](const Source* a, const Source* b) { return a->info.bytes > b->info.bytes; });
    board_.begin("Reading", unpacked_, total);
    for (const Source& source : sources_)
        if (source.progress.done)
            board_.add(source.info.path, source.info.bytes, source.info.lines);
    return read(std::move(order));
}

unsigned Import::threads() const {
    return options_.threads ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
}

Result<void> Import::read(std::vector<const Source*> order) {
    PieceSize size = Crew::pieceSize(threads());
    if (options_.pieceLines != 0)
        size.lines = size.firstLines = std::min(options_.pieceLines, kSegmentRows);
    Committer committer(store_);
    StreamOrigin streams{*bundle_, options_.limits.unpackedBytes};
    const Reading reading{target_, options_, stop_, board_, issues_, committer, streams, size};
    return Crew(reading, std::move(order), threads()).run();
}

/// What was unpacked while it was read can be looked at further on only now.
Result<bool> Import::changesFurtherOn(const Source& source) {
    if (source.streamed.empty() || source.progress.done || source.isConfig ||
        options_.formats.contains(source.info.path))
        return false;
    const std::vector<std::string> further = linesFurtherOn(store_, source.info.id);
    if (further.empty()) return false;
    const auto sample = store_.readText(source.info.id, 0, kSampleBytes);
    if (!sample) return std::unexpected(sample.error());
    const Detection found = catalogue_->detect(*sample, false, source.info.path, further);
    return (found.format ? found.format->name() : std::string()) != source.info.format;
}

Result<void> Import::beginAnew(Source& source) {
    if (auto gone = store_.forgetReading(source.info.id); !gone) return gone;
    const auto sample = store_.readText(source.info.id, 0, kSampleBytes);
    if (!sample) return std::unexpected(sample.error());
    Source fresh;
    fresh.info.id = source.info.id;
    fresh.info.path = source.info.path;
    fresh.info.parts = source.info.parts;
    fresh.folder = source.folder;
    fresh.modified = source.modified;
    source = std::move(fresh);
    if (auto done = detectOne(source, *sample, false); !done) return done;
    return tellRemarks(source);
}

/// Sources that turn out to go on in another format are read as if that had been seen at first.
Result<void> Import::readChangedAgain() {
    std::vector<const Source*> changed;
    std::uint64_t bytes = 0;
    for (Source& source : sources_) {
        const auto changes = changesFurtherOn(source);
        if (!changes) return std::unexpected(changes.error());
        if (!*changes) continue;
        if (auto done = beginAnew(source); !done) return done;
        changed.push_back(&source);
        bytes += source.info.bytes;
    }
    if (changed.empty()) return {};
    if (auto done = settle(sources_, options_.zones, options_.years); !done) return done;
    for (const Source* source : changed)
        if (auto done = store_.updateSource(source->info); !done) return done;
    board_.begin("Reading", 0, bytes);
    return read(std::move(changed));
}

Result<ImportSummary> Import::summary() const {
    ImportSummary all;
    auto sources = store_.sources();
    if (!sources) return std::unexpected(sources.error());
    all.sources = std::move(*sources);
    for (const SourceInfo& source : all.sources) {
        all.lines += source.lines;
        all.records += source.records;
        all.unread += source.unread;
        all.bytes += source.bytes;
    }
    auto issues = target_.issues(kSummaryIssues);
    if (!issues) return std::unexpected(issues.error());
    all.issues = std::move(*issues);
    return all;
}

} // namespace detail

Result<ImportSummary> importBundle(const std::vector<std::filesystem::path>& bundle, Case& target,
                                   const ImportOptions& options, std::stop_token stop,
                                   const ProgressSink& progress) {
    try {
        ImportOptions corrected = withCorrections(options, target);
        if (auto kept = detail::keepSpan(target, corrected); !kept)
            return std::unexpected(kept.error());
        return detail::Import(target, corrected, std::move(stop), progress).run(bundle);
    } catch (const std::bad_alloc&) {
        return std::unexpected(Error{ErrorKind::TooLarge,
                                     "out of memory",
                                     {},
                                     "what was saved is kept: close other programs and open it "
                                     "again to go on"});
    }
}

} // namespace postlude
