// SPDX-License-Identifier: GPL-3.0-or-later
// What each source of an import is. Sources are judged side by side, but for the configurations,
// which bring the log formats of the bundle's own servers and so come first.
#include "core/base/guarded.h"
#include "core/ingest/detail/import_run.h"
#include "core/ingest/detail/sample.h"

#include <atomic>
#include <system_error>
#include <thread>

namespace postlude::detail {

namespace {

constexpr std::size_t kSamplesKept = std::size_t{32} << 20U;
constexpr std::size_t kMostNames = std::size_t{64} << 20U; ///< bytes of a list of them
constexpr std::size_t kFewSources = 16;                    // not worth a thread
constexpr std::size_t kManySources = 1000;

Error cancelled() {
    return {ErrorKind::Cancelled, "cancelled", {}, {}};
}

/// The beginning of files that are read in place, past the case.
std::optional<std::string> beginningOf(const std::vector<std::string>& files, std::size_t most) {
    std::string text;
    for (const auto& file : files) {
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> open(std::fopen(file.c_str(), "rb"),
                                                                   &std::fclose);
        if (!open) return {};
        const std::size_t before = text.size();
        std::error_code code;
        const auto size = std::filesystem::file_size(file, code);
        if (code) return {};
        text.resize(before + std::min<std::uint64_t>(size, most - before));
        text.resize(before + std::fread(text.data() + before, 1, text.size() - before, open.get()));
        if (std::ferror(open.get()) != 0) return {};
        if (text.size() >= most) break;
    }
    return text;
}

} // namespace

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
    if (!done || !sample.empty() || done->empty()) return sample;
    const std::scoped_lock lock(mutex_);
    binaries_[source.info.id] = *done;
    return *done;
}

Result<std::string> Import::sampleOf(const Source& source) {
    {
        const std::scoped_lock lock(mutex_);
        if (const auto binary = binaries_.find(source.info.id); binary != binaries_.end())
            return binary->second;
        if (auto kept = samples_.extract(source.info.id)) {
            sampleBytes_ -= kept.mapped().size();
            return std::move(kept.mapped());
        }
    }
    if (!source.streamed.empty()) return streamedSample(source);
    if (!source.files.empty())
        if (auto sample = beginningOf(source.files, kSampleBytes)) return std::move(*sample);
    return store_.readText(source.info.id, 0, kSampleBytes);
}

void Import::keepSample(SourceId source, std::string sample) {
    const std::scoped_lock lock(mutex_);
    if (binaries_.contains(source) || sampleBytes_ + sample.size() > kSamplesKept) return;
    sampleBytes_ += sample.size();
    samples_[source] = std::move(sample);
}

/// Runs `work` for all sources, by as many threads as the import may have. The first error counts.
Result<void> Import::each(const std::function<Result<void>(Source&)>& work) {
    std::atomic<std::size_t> next = 0;
    std::optional<Error> error;
    const bool many = sources_.size() > kManySources;
    const auto run = [&] {
        for (std::size_t i = next++; i < sources_.size(); i = next++) {
            Result<void> done;
            if (stop_.stop_requested()) done = std::unexpected(cancelled());
            if (done) done = guardedMemory([&] { return work(sources_[i]); });
            if (many) board_.add(sources_[i].info.path, 1, 0);
            if (done) continue;
            const std::scoped_lock lock(mutex_);
            if (!error) error = done.error();
            next = sources_.size();
        }
    };
    {
        std::vector<std::jthread> others;
        const std::size_t most = std::min<std::size_t>(threads(), sources_.size() / kFewSources);
        try {
            for (std::size_t i = 1; i < most; ++i)
                others.emplace_back(run);
        } catch (const std::system_error&) {
            // No more threads to be had: those there are do it all.
        }
        run();
    }
    return error ? std::unexpected(*error) : Result<void>();
}

Result<void> Import::detect() {
    if (sources_.size() > kManySources)
        board_.begin("Looking at the files", 0, 2 * sources_.size());
    if (auto done = each([this](Source& source) { return judgeConfig(source); }); !done)
        return done;
    for (Source& source : sources_)
        if (auto done = source.isConfig ? learnFrom(source) : Result<void>(); !done) return done;
    for (Source& source : sources_)
        if (Catalogue::mayHoldNames(source.info.path)) learnNames(source);
    if (auto done = each([this](Source& source) { return judge(source); }); !done) return done;
    for (Source& source : sources_)
        if (auto done = tellRemarks(source); !done) return done;
    return {};
}

/// Configurations come first, because they bring the log formats of the bundle's own servers.
Result<void> Import::judgeConfig(Source& source) {
    if (options_.formats.contains(source.info.path)) return {};
    auto sample = sampleOf(source);
    if (!sample) return {}; // told later
    const bool whole = sample->size() < kSampleBytes;
    source.isConfig = !catalogue_->configDialect(*sample, whole, source.info.path).empty();
    keepSample(source.info.id, std::move(*sample));
    return {};
}

/// Takes the log formats that a configuration defines.
Result<void> Import::learnFrom(Source& source) {
    const auto sample = sampleOf(source);
    if (!sample) return {};
    const bool whole = sample->size() < kSampleBytes;
    source.info.what = catalogue_->detect(*sample, whole, source.info.path).what;
    for (Error& issue : catalogue_->addFromConfig(*sample, source.info.path)) {
        if (issue.place.source.empty()) issue.place.source = source.info.path;
        source.remarks.push_back(std::move(issue));
    }
    return {};
}

/// Takes the names that a chat's export says in files of their own.
void Import::learnNames(Source& source) {
    auto list = sampleOf(source);
    if (!list) return; // told later
    const bool more = list->size() >= kSampleBytes && source.streamed.empty();
    std::string sample = more ? *list : std::string();
    if (more && source.files.empty())
        list = store_.readText(source.info.id, 0, kMostNames);
    else if (auto whole = more ? beginningOf(source.files, kMostNames) : std::nullopt)
        list = std::move(*whole);
    if (list) catalogue_->addNames(*list, source.info.path);
    keepSample(source.info.id, more ? std::move(sample) : std::move(list.value()));
}

Result<void> Import::judge(Source& source) {
    if (source.isConfig) return detectOne(source, {}, false);
    auto sample = sampleOf(source);
    if (!sample) {
        sample.error().place.source = source.info.path;
        source.remarks.push_back(std::exchange(sample, std::string()).error());
    }
    return detectOne(source, *sample, sample->size() < kSampleBytes);
}

Result<void> Import::tellRemarks(Source& source) {
    for (const Error& remark : std::exchange(source.remarks, {}))
        if (auto done = report(source.info.id, remark); !done) return done;
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
        if (!whole && !isBinary(source.info.id) && source.streamed.empty())
            further = linesFurtherOn(store_, source.info.id);
        const Detection found = catalogue_->detect(sample, whole, source.info.path, further);
        source.format = found.format;
        source.info.what = found.what;
    }
    if (source.format) source.info.format = source.format->name();
    survey(source, sample, whole);
    for (Error& remark : source.format ? source.format->remarks() : std::vector<Error>{}) {
        remark.place.source = source.info.path;
        source.remarks.push_back(std::move(remark));
    }
    const bool log = source.info.path.find(".log") != std::string::npos;
    if (!source.format && !source.isConfig && !sample.empty() && log)
        source.remarks.push_back({ErrorKind::NotUnderstood,
                                  "no known format reads this log",
                                  {source.info.path, 0, 0},
                                  "name its format, or give its log format string"});
    return {};
}

} // namespace postlude::detail
