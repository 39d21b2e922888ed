// SPDX-License-Identifier: GPL-3.0-or-later
// What services export or answer: records of a few shapes, one object each, alone, in arrays or
// somewhere inside what is sent along with them.
#include "core/base/numbers.h"
#include "core/format/detail/jsonholder.h"
#include "core/format/detail/pairs.h"

#include "core/base/text.h"

#include <QJsonArray>

namespace postlude {

namespace {

constexpr std::size_t kTried = 40; ///< objects that are looked at to judge a text

/// A record of something that went on may tell when it got into other states, too.
struct LaterState {
    std::string member; ///< has the time, or the ms since the record's own
    std::string state;
};

class JsonExportFormat : public KnownFormat {
public:
    JsonExportFormat(About about, std::shared_ptr<const KnownFormat> records,
                     std::vector<std::string> holders, std::vector<std::string> within,
                     std::vector<LaterState> later)
        : KnownFormat(std::move(about))
        , records_(std::move(records))
        , holders_(std::move(holders))
        , within_(std::move(within))
        , later_(std::move(later)) {}
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        bool complete = false;
        const auto pieces = piecesOf(sample, complete);
        const std::size_t tried = std::min(pieces.size(), kTried);
        const auto parser = records_->parser();
        Record record;
        double read = 0;
        for (std::size_t i = 0; i < tried; ++i)
            if (parser->parse(pieces[i].text, record) == LineVerdict::Record) ++read;
        return tried == 0 ? 0 : 0.98 * read / static_cast<double>(tried);
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = false;
        LineCounter lines(text);
        const auto parser = records_->parser();
        Record record;
        for (const JsonPiece& piece : piecesOf(text, complete)) {
            const RecordPlace place = lines.place(piece.offset, piece.offset + piece.text.size());
            if (parser->parse(piece.text, record) == LineVerdict::Record) {
                tidy(record);
                sink(record, place);
                for (const LaterState& each : later_)
                    if (const auto later = inState(each, record)) sink(*later, place);
            } else {
                unread({ErrorKind::NotUnderstood,
                        "this object is none of this format",
                        {{}, place.line, place.offset}});
            }
        }
        if (complete) return {};
        return std::unexpected(Error{ErrorKind::Damaged,
                                     "the text ends in the middle of an object",
                                     {{}, lines.lineAt(text.size()), text.size()}});
    }

private:
    /// Where the format's file says that they are, else the text's own objects.
    [[nodiscard]] std::vector<JsonPiece> piecesOf(std::string_view text, bool& complete) const {
        const std::string_view start = trimmed(text.substr(0, 4096));
        if (start.starts_with('{')) {
            std::vector<JsonPiece> found;
            for (const std::string& path : holders_)
                for (const JsonPiece& each : objectsAt(text, path, complete))
                    found.push_back(each);
            std::ranges::sort(found, {}, &JsonPiece::offset);
            if (!found.empty()) return found;
        }
        const bool json = start.starts_with('{') || start.starts_with('[');
        return json ? objectsAt(text, {}, complete) : std::vector<JsonPiece>{};
    }

    static std::string_view extraOf(const Record& record, std::string_view wanted) {
        for (const auto& [name, value] : record.extra)
            if (name == wanted) return value;
        return {};
    }

    /// None: it has not got there, or not for good.
    static std::optional<Record> inState(const LaterState& later, const Record& record) {
        const std::string_view told = extraOf(record, later.member);
        const bool reopened = later.state == "resolved" && extraOf(record, "status") == "open";
        if (told.empty() || !record.time.known() || reopened) return {};
        Record out = record;
        out[TextField::State] = later.state;
        if (const auto ms = readWhole(told)) {
            out.time.local += *ms * 1'000'000;
            out[TextField::TimeRaw] = {};
            return out;
        }
        TimeReader times;
        if (!times.whole(told, out.time)) return {};
        out[TextField::TimeRaw] = told;
        return out;
    }

    /// Services write "" for what they do not know.
    void tidy(Record& record) const {
        for (std::string_view& text : record.texts)
            if (text.empty()) text = {};
        for (auto& [name, value] : record.extra)
            name = bareName(name);
    }

    [[nodiscard]] std::string_view bareName(std::string_view name) const {
        for (const std::string& outer : within_)
            if (name.starts_with(outer) && name.size() > outer.size())
                return name.substr(outer.size());
        return name;
    }

    std::shared_ptr<const KnownFormat> records_;
    std::vector<std::string> holders_, within_;
    std::vector<LaterState> later_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeJsonExportFormat(About about,
                                                                const QJsonObject& file) {
    auto records = makeJsonFormat(about, file);
    if (!records) return std::unexpected(records.error());
    std::vector<LaterState> later;
    const QJsonObject states = file["later"].toObject();
    for (auto it = states.begin(); it != states.end(); ++it)
        later.push_back({it.key().toStdString(), it.value().toString().toStdString()});
    return std::make_shared<const JsonExportFormat>(std::move(about), std::move(*records),
                                                    textsOf(file["in"]), textsOf(file["within"]),
                                                    std::move(later));
}

} // namespace postlude
