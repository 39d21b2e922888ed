// SPDX-License-Identifier: GPL-3.0-or-later
// What a query can do with its other answers, if it has no quicker way.
#include "core/query/query.h"

namespace postlude {

Result<void> Query::scanFields(const FieldScan& scan, const FieldVisitor& visit,
                               std::stop_token stop) const {
    const std::vector<FieldColumn> none(scan.fields.size());
    const auto one = [&](const RequestChunk& chunk) {
        const std::vector<std::uint8_t> all(chunk.ids.size(), 1);
        visit({chunk, none, all});
    };
    return scanRequests(scan.requests, one, std::move(stop));
}

Result<void> Query::scanMessages(const MessageScan& scan, const MessageVisitor& visit,
                                 std::stop_token stop) const {
    RecordsRequest request;
    request.kinds = scan.kinds;
    request.sources = scan.sources;
    request.clock = scan.clock;
    request.fileOrder = true;
    const auto list = select(request, std::move(stop));
    if (!list) return std::unexpected(list.error());
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto row = record(list->id(i));
        if (!row) return std::unexpected(row.error());
        if ((*row)[TextField::Message].empty()) continue;
        TextList text;
        text.push_back((*row)[TextField::Message]);
        const std::int64_t time = nanoseconds(list->time(i));
        const auto level = static_cast<std::uint8_t>(row->level);
        constexpr std::uint32_t kFirst = 1;
        visit({row->source, {&row->id, 1}, {&time, 1}, {&level, 1}, {{&kFirst, 1}, &text}});
    }
    return {};
}

} // namespace postlude
