// SPDX-License-Identifier: GPL-3.0-or-later
// OpenTelemetry's log exports (OTLP in JSON): many logRecords in one line or document, with what
// they come from (resource, scope) said once for all of them.
#include "core/format/detail/jsonholder.h"
#include "core/format/detail/members.h"
#include "core/format/detail/readers.h"

#include "core/base/text.h"

namespace postlude {

namespace {

/// A part of the document with its place in the whole.
JsonPiece within(const JsonPiece& outer, const JsonPiece& inner) {
    return {inner.text, outer.offset + inner.offset};
}

std::vector<JsonPiece> partsOf(const JsonPiece& outer, std::string_view path) {
    bool complete = true;
    std::vector<JsonPiece> parts = objectsAt(outer.text, path, complete);
    for (JsonPiece& part : parts)
        part = within(outer, part);
    return parts;
}

/// What a resource or scope says of itself, by the names of its attributes.
class Origin {
public:
    void read(const std::vector<JsonPiece>& parts) {
        if (parts.empty() || !members_.read(parts.front().text))
            known_ = false;
        else
            known_ = true;
    }
    [[nodiscard]] std::string_view of(std::string_view name) const {
        if (!known_) return {};
        for (const std::string& full : {std::string(name), "attributes." + std::string(name),
                                        "attributes." + std::string(name) + ".stringValue"})
            if (const auto* found = members_.find(full)) return found->value;
        return {};
    }

private:
    JsonMembers members_;
    bool known_ = false;
};

class OtlpFormat : public KnownFormat {
public:
    OtlpFormat(About about, std::shared_ptr<const KnownFormat> records)
        : KnownFormat(std::move(about))
        , records_(std::move(records)) {}
    [[nodiscard]] bool wholeDocument() const override { return true; }

    /// One record a line is read line by line, by another format.
    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        sample.remove_prefix(std::min(sample.find_first_not_of(" \t\r\n"), sample.size()));
        if (!sample.starts_with('{')) return 0;
        bool complete = false;
        const auto resources = objectsAt(sample, "resourceLogs", complete);
        const auto records = objectsAt(sample, "resourceLogs.scopeLogs.logRecords", complete);
        if (records.empty()) return 0;
        const bool pretty = trimmed(sample.substr(0, sample.find('\n'))).size() < 24;
        return pretty || records.size() > resources.size() ? 0.99 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = false;
        Reading reading{LineCounter(text), records_->parser(), {}, sink, unread, {}, {}};
        for (const JsonPiece& resource : objectsAt(text, "resourceLogs", complete)) {
            reading.resource.read(partsOf(resource, "resource"));
            for (const JsonPiece& scope : partsOf(resource, "scopeLogs")) {
                reading.scope.read(partsOf(scope, "scope"));
                for (const JsonPiece& each : partsOf(scope, "logRecords"))
                    read(each, reading);
            }
        }
        if (complete) return {};
        return std::unexpected(Error{ErrorKind::Damaged,
                                     "the text ends in the middle of an object",
                                     {{}, reading.lines.lineAt(text.size()), text.size()}});
    }

private:
    struct Reading {
        LineCounter lines;
        std::unique_ptr<LineParser> parser;
        Record record;
        const RecordSink& sink;
        const std::function<void(const Error&)>& unread;
        Origin resource, scope;
    };

    static void read(const JsonPiece& piece, Reading& reading) {
        const RecordPlace place =
            reading.lines.place(piece.offset, piece.offset + piece.text.size());
        Record& record = reading.record;
        if (reading.parser->parse(piece.text, record) != LineVerdict::Record) {
            reading.unread({ErrorKind::NotUnderstood,
                            "this object is no record of a log",
                            {{}, place.line, place.offset}});
            return;
        }
        const auto fill = [&](TextField field, std::string_view value) {
            if (!record.has(field) && !value.empty()) record[field] = value;
        };
        fill(TextField::Process, reading.resource.of("service.name"));
        fill(TextField::Host, reading.resource.of("host.name"));
        if (const auto name = reading.scope.of("name"); !name.empty())
            record.extra.emplace_back("scope.name", name);
        reading.sink(record, place);
    }

    std::shared_ptr<const KnownFormat> records_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeOtlpFormat(About about, const QJsonObject& file) {
    auto records = makeJsonFormat(about, file);
    if (!records) return std::unexpected(records.error());
    return std::make_shared<const OtlpFormat>(std::move(about), std::move(*records));
}

} // namespace postlude
