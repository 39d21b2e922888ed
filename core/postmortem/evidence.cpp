// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/evidence.h"

#include <QCryptographicHash>
#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

// A digest over more than this proves nothing that a reader would check.
constexpr std::uint64_t kMostLines = 50'000;

std::vector<std::string_view> splitLines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

/// SHA-256 over lines joined by line feeds, as they come.
class LinesDigest {
public:
    void add(std::string_view line) {
        if (!first_) hash_.addData(QByteArrayView("\n", 1));
        hash_.addData(QByteArrayView(line.data(), static_cast<qsizetype>(line.size())));
        first_ = false;
    }
    [[nodiscard]] std::string hex() const { return hash_.result().toHex().toStdString(); }

private:
    QCryptographicHash hash_{QCryptographicHash::Sha256};
    bool first_ = true;
};

Result<std::string> digestOfRecords(const Query& query, SourceId source, const Evidence& e) {
    LinesDigest digest;
    for (std::uint64_t line = e.firstLine; line <= e.lastLine;) {
        const Result<RecordId> id = query.recordAtLine(source, line);
        if (!id) return std::unexpected(id.error());
        const Result<RecordRow> row = query.record(*id);
        if (!row) return std::unexpected(row.error());
        const Result<std::string> text = query.rawText(*id);
        if (!text) return std::unexpected(text.error());
        const std::vector<std::string_view> lines = splitLines(*text);
        if (line < row->line || line - row->line >= lines.size())
            return std::unexpected(
                Error{ErrorKind::NotFound, fmt::format("line {} is missing", line)});
        for (std::size_t i = line - row->line; i < lines.size() && line <= e.lastLine; ++i, ++line)
            digest.add(lines[i]);
    }
    return digest.hex();
}

Result<std::string> digestOfDocument(const Query& query, SourceId source, const Evidence& e) {
    const Result<std::string> text = query.document(source);
    if (!text) return std::unexpected(text.error());
    const std::vector<std::string_view> lines = splitLines(*text);
    if (e.lastLine > lines.size())
        return std::unexpected(
            Error{ErrorKind::NotFound, fmt::format("line {} is missing", e.lastLine)});
    LinesDigest digest;
    for (std::uint64_t line = e.firstLine; line <= e.lastLine; ++line)
        digest.add(lines[line - 1]);
    return digest.hex();
}

} // namespace

Result<std::string> digestOf(const Evidence& e, const Query& query) {
    const std::vector<SourceInfo> sources = query.sources();
    const auto source = std::ranges::find(sources, e.source, &SourceInfo::path);
    if (source == sources.end())
        return std::unexpected(Error{ErrorKind::NotFound, "this source is not in the case"});
    if (e.firstLine == 0 || e.lastLine < e.firstLine)
        return std::unexpected(Error{ErrorKind::NotFound, "no lines are named"});
    if (e.lastLine - e.firstLine >= kMostLines)
        return std::unexpected(Error{ErrorKind::TooLarge, "these are too many lines"});
    if (source->records > 0) {
        const Result<std::string> digest = digestOfRecords(query, source->id, e);
        if (digest) return digest;
    }
    // Lines without a record of their own: of a configuration, or lines that no format reads.
    return digestOfDocument(query, source->id, e);
}

} // namespace postlude
