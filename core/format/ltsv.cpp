// SPDX-License-Identifier: GPL-3.0-or-later
// Labelled tab-separated values (ltsv.org): "time:…\thost:…\tstatus:200".
#include "core/format/detail/chars.h"
#include "core/format/detail/pairs.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kMostFields = 128;

/// Takes "label:value" off the front. False if it is no such thing.
bool takeField(std::string_view& line, std::string_view& label, std::string_view& value) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    label = field.substr(0, colon);
    value = field.substr(colon + 1);
    return std::ranges::all_of(
        label, [](char c) { return isAlnum(c) || c == '_' || c == '.' || c == '-'; });
}

class LtsvParser : public RankedParser {
public:
    explicit LtsvParser(std::shared_ptr<const TargetMap> fields)
        : fields_(std::move(fields)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        if (trimmed(line).empty()) return LineVerdict::Blank;
        const bool read = line.find('\t') != std::string_view::npos && readAll(line, out);
        if (!read || !out.time.known()) return out.clear(), LineVerdict::Unread;
        out.kind = out.has(NumberField::Status) ? RecordKind::Request : RecordKind::Message;
        out.time.isEnd = out.kind == RecordKind::Request;
        return LineVerdict::Record;
    }
    [[nodiscard]] std::optional<std::string> state() const override { return std::string(); }

private:
    bool readAll(std::string_view line, Record& out) {
        assigner_.begin();
        std::string_view label;
        std::string_view value;
        for (std::size_t count = 0; !line.empty() && count < kMostFields; ++count) {
            if (!takeField(line, label, value)) return false;
            if (value.empty() || isNothing(value)) continue;
            const auto known = fields_->find(label);
            if (known != fields_->end() && assigner_.assign(known->second, value, out)) continue;
            out.extra.emplace_back(label, value);
        }
        return true;
    }

    std::shared_ptr<const TargetMap> fields_;
    Assigner assigner_;
};

class LtsvFormat : public KnownFormat {
public:
    LtsvFormat(About about, TargetMap fields)
        : KnownFormat(std::move(about))
        , fields_(std::make_shared<const TargetMap>(std::move(fields))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<LtsvParser>(fields_);
    }
    [[nodiscard]] std::vector<std::string> recordPatterns() const override {
        return {"(?s)[\\w.-]+:[^\\t]*\\t.*"};
    }

private:
    std::shared_ptr<const TargetMap> fields_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeLtsvFormat(About about, const QJsonObject& file) {
    auto fields = readTargetMap(file["fields"].toObject());
    if (!fields) return std::unexpected(fields.error());
    return std::make_shared<const LtsvFormat>(std::move(about), std::move(*fields));
}

} // namespace postlude
