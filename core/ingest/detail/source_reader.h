// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one source from where it was left to its end, segment by segment.
#pragma once

#include "core/ingest/detail/line_reader.h"
#include "core/ingest/detail/placer.h"
#include "core/ingest/detail/saver.h"
#include "core/ingest/detail/shared.h"
#include "core/ingest/detail/survey.h"
#include "core/ingest/import.h"

#include <optional>

namespace postlude::detail {

/// What all readers of one import are given.
struct Reading {
    Case& target;
    const ImportOptions& options;
    const BundleLimits& limits;
    std::stop_token stop;
    ProgressBoard& board;
    IssueLog& issues;
};

/// Used by one thread, once.
class SourceReader {
public:
    SourceReader(const Reading& reading, const Source& source);
    /// Errors: Cancelled, and what the case says. What is wrong with the source is an issue.
    Result<void> read();

private:
    Result<void> readLines(TextReader& text);
    Result<void> readLine(LineParser& parser, const Line& line);
    Result<void> readDocument(TextReader& text);
    Result<void> countLines(TextReader& text);
    Result<void> record(const Record& record, const RecordPlace& place);
    Result<void> openedRecord(const SourceProgress& before, const RecordPlace& place);
    Result<void> unread(const RecordPlace& place, ErrorKind kind, const std::string& why);
    void warmUp(TextReader& text, LineParser& parser) const;
    [[nodiscard]] bool wanted(std::optional<Instant> time) const;
    Result<void> finish(std::uint64_t size);
    void tell(std::uint64_t offset);

    const Reading& reading_;
    const Source& source_;
    Placer placer_;
    Saver saver_;
    SourceProgress progress_;
    RecordPlace place_; // of the record that continuation lines belong to
    bool open_ = false; // there is one
    bool kept_ = false; // and it is within since/until
    /// The first line of an entry whose record is still to come, and the progress up to it.
    std::optional<std::pair<SourceProgress, RecordPlace>> opening_;
    std::uint64_t toldBytes_ = 0;
    std::uint64_t toldLines_ = 0;
    Record record_;
};

} // namespace postlude::detail
