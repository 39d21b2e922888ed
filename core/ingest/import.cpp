// SPDX-License-Identifier: GPL-3.0-or-later
// Bundle in, case out, step by step: open, keep packed text, learn the configurations' log
// formats, detect, settle, read.
#include "core/ingest/import.h"

#include "core/base/text.h"
#include "core/ingest/corrections.h"
#include "core/ingest/detail/crew.h"
#include "core/ingest/detail/sample.h"
#include "core/ingest/detail/text_keeper.h"
#include "core/ingest/preview.h"

#include <thread>

namespace postlude {

using namespace detail;

namespace {

constexpr std::size_t kSummaryIssues = 1000;

class Import {
public:
    Import(Case& target, const ImportOptions& options, std::stop_token stop,
           const ProgressSink& progress)
        : target_(target)
        , store_(target.store())
        , options_(options)
        , stop_(std::move(stop))
        , progress_(progress)
        , board_(progress)
        , issues_(target) {}

    Result<ImportSummary> run(const std::vector<std::filesystem::path>& paths) {
        Result<void> done = prepare();
        if (done) done = open(paths);
        if (done) done = keepText();
        if (done) done = detect();
        if (done) done = settle(sources_, options_.zones, options_.years);
        if (done) done = saveSources();
        if (done) done = readAll();
        if (done) done = readChangedAgain();
        if (done) done = store_.endImport();
        if (!done) return std::unexpected(done.error());
        return summary();
    }

private:
    Result<void> prepare();
    Result<void> open(const std::vector<std::filesystem::path>& paths);
    Result<void> keepText();
    Result<void> detect();
    Result<void> learnFrom(Source& source);
    Result<void> detectOne(Source& source, std::string_view sample, bool whole);
    Result<std::string> sampleOf(const Source& source);
    Result<std::string> streamedSample(const Source& source);
    Result<void> saveSources();
    Result<void> readAll();
    Result<void> read(std::vector<const Source*> order);
    Result<void> readChangedAgain();
    Result<bool> changesFurtherOn(const Source& source);
    Result<void> beginAnew(Source& source);
    Result<void> report(SourceId source, const Error& error) { return issues_.add(source, error); }
    Result<ImportSummary> summary() const;

    Case& target_;
    Case::Store& store_;
    const ImportOptions& options_;
    std::stop_token stop_;
    const ProgressSink& progress_;
    ProgressBoard board_;
    IssueLog issues_;
    BundleLimits limits_;
    std::optional<Bundle> bundle_;
    std::optional<Catalogue> catalogue_;
    std::vector<Source> sources_;
    std::vector<Error> refused_; // of the user's format files
    std::map<SourceId, std::string> binaries_;
    std::uint64_t unpacked_ = 0; // packed bytes that were dealt with
};

Error cancelled() {
    return {ErrorKind::Cancelled, "cancelled", {}, {}};
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
    auto bundle = Bundle::open(paths, limits_, stop_);
    if (!bundle) return std::unexpected(bundle.error());
    bundle_ = std::move(*bundle);
    std::vector<std::string> names;
    for (const auto& path : paths) {
        std::error_code code;
        const auto whole = std::filesystem::absolute(path, code);
        names.push_back((code ? path : whole).string());
    }
    if (auto begun = store_.beginImport(names); !begun) return begun;
    for (const Error& error : refused_)
        if (auto told = report(SourceId::None, error); !told) return told;
    // What was concluded from fewer records no longer holds.
    if (auto dropped = target_.setNote("analysis", {}); !dropped) return dropped;
    for (const SourceFiles& files : bundle_->sources()) {
        Source source;
        source.info.path = files.path;
        for (const Member& part : files.parts) {
            source.info.parts.push_back(part.path);
            source.info.bytes += part.bytes;
            if (part.modified) source.modified = std::max(source.modified, part.modified);
        }
        const auto slash = files.path.find('/');
        if (slash != std::string::npos) source.folder = files.path.substr(0, slash);
        const auto id = store_.addSource(source.info);
        if (!id) return std::unexpected(id.error());
        source.info.id = *id;
        sources_.push_back(std::move(source));
    }
    return {};
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
    for (const Error& issue : bundle_->issues())
        if (auto done = report(SourceId::None, issue); !done) return done;
    return {};
}

/// The beginning of what will be unpacked while it is read.
Result<std::string> Import::streamedSample(const Source& source) {
    std::string sample;
    StreamEvents events;
    events.text = [&](const std::string& text) -> Result<void> {
        sample += text;
        if (sample.size() < kSampleBytes) return {};
        return std::unexpected(Error{ErrorKind::Usage, "enough", {}, {}});
    };
    const auto index = static_cast<std::size_t>(&source - sources_.data());
    const auto done = streamParts(*bundle_, bundle_->sources()[index].parts, events, stop_);
    if (!done && done.error().kind == ErrorKind::Cancelled) return std::unexpected(done.error());
    sample.resize(std::min(sample.size(), kSampleBytes));
    if (done && sample.empty() && !done->empty()) {
        binaries_[source.info.id] = *done;
        return *done;
    }
    return sample;
}

Result<std::string> Import::sampleOf(const Source& source) {
    if (const auto binary = binaries_.find(source.info.id); binary != binaries_.end())
        return binary->second;
    if (!source.streamed.empty()) return streamedSample(source);
    return store_.readText(source.info.id, 0, kSampleBytes);
}

/// Configurations come first, because they bring the log formats of the bundle's own servers.
Result<void> Import::detect() {
    for (Source& source : sources_) {
        if (stop_.stop_requested()) return std::unexpected(cancelled());
        if (auto done = learnFrom(source); !done) return done;
    }
    for (Source& source : sources_) {
        if (stop_.stop_requested()) return std::unexpected(cancelled());
        if (source.isConfig) {
            if (auto done = detectOne(source, {}, false); !done) return done;
            continue;
        }
        auto sample = sampleOf(source);
        if (!sample) {
            Error issue = sample.error();
            issue.place.source = source.info.path;
            if (auto done = report(source.info.id, issue); !done) return done;
            sample = std::string();
        }
        const bool whole = sample->size() < kSampleBytes;
        if (auto done = detectOne(source, *sample, whole); !done) return done;
    }
    return {};
}

/// Takes the log formats that a configuration defines.
Result<void> Import::learnFrom(Source& source) {
    if (options_.formats.contains(source.info.path)) return {};
    const auto sample = sampleOf(source);
    if (!sample) return {}; // told later
    const bool whole = sample->size() < kSampleBytes;
    const std::string dialect = catalogue_->configDialect(*sample, whole, source.info.path);
    if (dialect.empty()) return {};
    source.isConfig = true;
    source.info.what = catalogue_->detect(*sample, whole, source.info.path).what;
    for (Error& issue : catalogue_->addFromConfig(*sample, source.info.path)) {
        if (issue.place.source.empty()) issue.place.source = source.info.path;
        if (auto done = report(source.info.id, issue); !done) return done;
    }
    return {};
}

Result<void> Import::detectOne(Source& source, std::string_view sample, bool whole) {
    const auto size = store_.textSize(source.info.id);
    if (size && source.streamed.empty())
        source.info.bytes = std::max<std::uint64_t>(*size, sample.empty() ? 0 : 1);
    const auto stated = options_.formats.find(source.info.path);
    if (stated != options_.formats.end()) {
        source.format = catalogue_->named(stated->second);
        source.isConfig = false;
        if (!source.format)
            return std::unexpected(Error{ErrorKind::Usage,
                                         "no format is called that",
                                         {stated->second, 0, 0},
                                         "formats lists them all"});
        source.info.what = source.format->title();
    } else if (!source.isConfig) {
        std::vector<std::string> further;
        if (!binaries_.contains(source.info.id) && source.streamed.empty())
            further = linesFurtherOn(store_, source.info.id);
        const Detection found = catalogue_->detect(sample, whole, source.info.path, further);
        source.format = found.format;
        source.info.what = found.what;
    }
    if (source.format) source.info.format = source.format->name();
    survey(source, sample, whole);
    for (Error& remark : source.format ? source.format->remarks() : std::vector<Error>{}) {
        remark.place.source = source.info.path;
        if (auto done = report(source.info.id, remark); !done) return done;
    }
    const bool log = source.info.path.find(".log") != std::string::npos;
    if (source.format || source.isConfig || sample.empty() || !log) return {};
    return report(source.info.id, {ErrorKind::NotUnderstood,
                                   "no known format reads this log",
                                   {source.info.path, 0, 0},
                                   "name its format, or give its log format string"});
}

/// What is known already of a source that an interrupted import had begun stays.
Result<void> Import::saveSources() {
    for (const auto& [path, format] : options_.formats)
        if (std::ranges::none_of(sources_, [&](const Source& s) { return s.info.path == path; }))
            return std::unexpected(Error{ErrorKind::Usage,
                                         "the bundle has no such source",
                                         {path, 0, 0},
                                         "name it as the list of sources does"});
    const auto saved = store_.sources();
    if (!saved) return std::unexpected(saved.error());
    for (Source& source : sources_) {
        const auto old = std::ranges::find(*saved, source.info.id, &SourceInfo::id);
        if (old != saved->end()) {
            source.info.lines = old->lines;
            source.info.records = old->records;
            source.info.unread = old->unread;
            source.info.first = old->first;
            source.info.last = old->last;
        }
        auto progress = store_.progressOf(source.info.id);
        if (!progress) return std::unexpected(progress.error());
        source.progress = std::move(*progress);
        if (source.progress.done) continue;
        if (auto done = store_.updateSource(source.info); !done) return done;
    }
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

Result<void> Import::read(std::vector<const Source*> order) {
    const unsigned threads =
        options_.threads ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
    PieceSize size = Crew::pieceSize(threads);
    if (options_.pieceLines != 0)
        size.lines = size.firstLines = std::min(options_.pieceLines, kSegmentRows);
    Committer committer(store_);
    StreamOrigin streams{*bundle_, limits_.unpackedBytes};
    const Reading reading{target_, options_,  limits_, stop_, board_,
                          issues_, committer, streams, size};
    return Crew(reading, std::move(order), threads).run();
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
    return detectOne(source, *sample, false);
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

} // namespace

Result<ImportSummary> importBundle(const std::vector<std::filesystem::path>& bundle, Case& target,
                                   const ImportOptions& options, std::stop_token stop,
                                   const ProgressSink& progress) {
    const ImportOptions corrected = withCorrections(options, target);
    return Import(target, corrected, std::move(stop), progress).run(bundle);
}

} // namespace postlude
