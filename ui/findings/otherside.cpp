// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/otherside.h"

#include "ui/common/shown.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr Duration kSlack = std::chrono::seconds{2}; ///< what corrected clocks may still be off
constexpr std::size_t kMost = 5;
constexpr std::size_t kLookedAt = 2000;

const SourceInfo* sourceOf(const std::vector<SourceInfo>& sources, SourceId id) {
    const auto it = std::ranges::find(sources, id, &SourceInfo::id);
    return it == sources.end() ? nullptr : &*it;
}

std::int64_t durationOf(const RecordRow& row) {
    return std::max<std::int64_t>(0, row[NumberField::Duration]);
}

OtherSide sideOf(const RecordRow& row, const RecordRow& of, const SourceInfo& source, bool sameId) {
    OtherSide side{row.id, source, row.line, row[NumberField::Status], row[NumberField::Duration],
                   {},     sameId};
    if (row.time && of.time) side.later = *row.time - *of.time;
    return side;
}

Result<std::vector<RecordRow>> rowsOf(const Query& query, const QString& filter,
                                      std::optional<Window> window, std::stop_token stop) {
    RecordsRequest request;
    auto parsed = Filter::parse(filter.toStdString());
    if (!parsed) return std::unexpected(parsed.error());
    request.filter = std::move(*parsed);
    request.window = window;
    request.limit = kLookedAt;
    const auto list = query.select(request, std::move(stop));
    if (!list) return std::unexpected(list.error());
    std::vector<RecordRow> rows;
    for (const RecordId id : list->ids())
        if (auto row = query.record(id)) rows.push_back(std::move(*row));
    return rows;
}

/// How far apart both ends of the requests are; a different status makes it unlikely.
double distance(const RecordRow& a, const RecordRow& b) {
    const double start = std::abs(seconds(*a.time - *b.time));
    const double end = std::abs(seconds(*a.time - *b.time) +
                                static_cast<double>(durationOf(a) - durationOf(b)) * 1e-9);
    const bool other = a[NumberField::Status] != b[NumberField::Status];
    return std::min(start, end) + (other ? 0.5 : 0);
}

} // namespace

bool hasOtherSide(const RecordRow& row) {
    return !row[TextField::RequestId].empty() ||
           (row.kind == RecordKind::Request && row.time && !row[TextField::Path].empty());
}

Result<std::vector<OtherSide>> otherSidesOf(const Query& query, const RecordRow& row,
                                            std::stop_token stop) {
    const std::vector<SourceInfo> sources = query.sources();
    const SourceInfo* own = sourceOf(sources, row.source);
    std::vector<OtherSide> sides;
    if (!row[TextField::RequestId].empty()) {
        const auto rows = rowsOf(query,
                                 QStringLiteral("request_id = ") +
                                     filterWord(std::string(row[TextField::RequestId])),
                                 {}, stop);
        if (!rows) return std::unexpected(rows.error());
        for (const RecordRow& other : *rows)
            if (const SourceInfo* source = sourceOf(sources, other.source);
                source && other.id != row.id && sides.size() < kMost)
                sides.push_back(sideOf(other, row, *source, true));
        if (!sides.empty()) return sides;
    }
    if (!own || row.kind != RecordKind::Request || !row.time) return sides;
    QString filter = QStringLiteral("path = ") + filterWord(std::string(row[TextField::Path]));
    if (!row[TextField::Method].empty())
        filter +=
            QStringLiteral(" and method = ") + filterWord(std::string(row[TextField::Method]));
    const Window window{*row.time - kSlack, *row.time + Duration{durationOf(row)} + kSlack};
    const auto rows = rowsOf(query, filter, window, stop);
    if (!rows) return std::unexpected(rows.error());
    const RecordRow* best = nullptr;
    for (const RecordRow& other : *rows) {
        const SourceInfo* source = sourceOf(sources, other.source);
        const bool counts =
            source && source->role != own->role && other.time && other.kind == RecordKind::Request;
        if (counts && (!best || distance(row, other) < distance(row, *best))) best = &other;
    }
    if (best && distance(row, *best) < 1)
        sides.push_back(sideOf(*best, row, *sourceOf(sources, best->source), false));
    return sides;
}

} // namespace postlude
