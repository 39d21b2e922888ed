// SPDX-License-Identifier: GPL-3.0-or-later
// One import from beginning to end. What it does to each source: import.cpp; how it finds out what
// a source is: importdetect.cpp.
#pragma once

#include "core/ingest/detail/crew.h"
#include "core/ingest/import.h"

#include <mutex>

namespace postlude::detail {

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

    Result<ImportSummary> run(const std::vector<std::filesystem::path>& paths);

private:
    Result<void> prepare();
    Result<void> open(const std::vector<std::filesystem::path>& paths);
    Result<void> keepText();
    Result<void> forgetChanged();
    Result<void> detect();
    Result<void> each(const std::function<Result<void>(Source&)>& work);
    Result<void> judgeConfig(Source& source);
    Result<void> learnFrom(Source& source);
    void learnNames(Source& source);
    Result<void> judge(Source& source);
    void keepSample(SourceId source, std::string sample);
    bool isBinary(SourceId source) {
        const std::scoped_lock lock(mutex_);
        return binaries_.contains(source);
    }
    Result<void> tellRemarks(Source& source);
    [[nodiscard]] unsigned threads() const;
    Result<void> detectOne(Source& source, std::string_view sample, bool whole);
    Result<std::string> sampleOf(const Source& source);
    Result<std::string> streamedSample(const Source& source);
    Result<void> takeUp();
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
    std::optional<Bundle> bundle_;
    std::optional<Catalogue> catalogue_;
    std::vector<Source> sources_;
    std::vector<Error> refused_; // of the user's format files
    std::mutex mutex_;           // guards these while several threads look at samples
    std::map<SourceId, std::string> binaries_;
    std::map<SourceId, std::string> samples_; // that are looked at once more
    std::size_t sampleBytes_ = 0;
    std::uint64_t unpacked_ = 0; // packed bytes that were dealt with
};

} // namespace postlude::detail
