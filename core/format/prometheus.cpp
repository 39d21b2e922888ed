// SPDX-License-Identifier: GPL-3.0-or-later
// What Prometheus answers to a query: series of values, one record a value.
#include "core/format/detail/jsonholder.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <simdjson.h>

namespace postlude {

namespace {

using Element = simdjson::dom::element;

/// One series: its labels, and its name as people write it: up{job="lb"}.
class Series {
public:
    /// False if the object is none.
    bool read(Element object) {
        labels_.clear();
        name_.clear();
        simdjson::dom::object metric;
        if (object["metric"].get(metric)) return false;
        std::string inside;
        for (const auto& [key, value] : metric) {
            std::string_view text;
            if (value.get(text)) continue;
            labels_.emplace_back(key, text);
            if (key == "__name__")
                name_ = text;
            else
                inside += fmt::format("{}{}=\"{}\"", inside.empty() ? "" : ",", key, text);
        }
        if (!inside.empty() || name_.empty()) name_ += '{' + inside + '}';
        return true;
    }

    /// [1705312667.123, "0.5"]
    bool value(Element pair, Record& out) {
        simdjson::dom::array both;
        double at = 0;
        std::string_view text;
        if (pair.get(both) || both.at(0).get(at) || both.at(1).get(text)) return false;
        if (!(at > 0 && at < 9e9)) return false;
        out.clear();
        out.time.local = std::llround(at * 1e3) * 1'000'000;
        out.time.offset = 0;
        stamp_ = fmt::format("{}", at);
        out[TextField::TimeRaw] = stamp_;
        message_ = name_ + ' ' + std::string(text);
        out[TextField::Message] = message_;
        for (const auto& [key, label] : labels_)
            out.extra.emplace_back(key == "__name__" ? "metric" : key, label);
        out.extra.emplace_back("value", text);
        return true;
    }

private:
    std::vector<std::pair<std::string_view, std::string_view>> labels_;
    std::string name_, message_, stamp_;
};

class PrometheusFormat : public KnownFormat {
public:
    using KnownFormat::KnownFormat;
    [[nodiscard]] bool wholeDocument() const override { return true; }

    [[nodiscard]] double looksLike(std::string_view sample, bool) const override {
        const auto has = [&](std::string_view part) {
            return sample.find(part) != std::string_view::npos;
        };
        const bool ours = trimmed(sample).starts_with('{') && has("\"result\"") &&
                          has("\"metric\"") && (has("\"values\"") || has("\"value\""));
        return ours ? 0.95 : 0;
    }

    Result<void> readDocument(std::string_view text, const RecordSink& sink,
                              const std::function<void(const Error&)>& unread) const override {
        bool complete = true;
        LineCounter lines(text);
        simdjson::dom::parser parser;
        Series series;
        Record record;
        for (const JsonPiece& piece : objectsAt(text, "data.result", complete)) {
            Element object;
            const RecordPlace place = lines.place(piece.offset, piece.offset + piece.text.size());
            const bool ours = !parser.parse(piece.text.data(), piece.text.size()).get(object) &&
                              series.read(object) &&
                              readValues(object, series, place, record, sink);
            if (!ours)
                unread({ErrorKind::NotUnderstood,
                        "this is no series of values",
                        {{}, place.line, place.offset}});
        }
        if (complete) return {};
        return std::unexpected(Error{ErrorKind::Damaged,
                                     "the text ends in the middle of a series",
                                     {{}, lines.lineAt(text.size()), text.size()}});
    }

private:
    /// All values of a series stand where the series does.
    static bool readValues(Element object, Series& series, const RecordPlace& place, Record& record,
                           const RecordSink& sink) {
        Element one;
        simdjson::dom::array many;
        if (!object["value"].get(one)) {
            if (!series.value(one, record)) return false;
            sink(record, place);
            return true;
        }
        if (object["values"].get(many)) return false;
        for (const Element& each : many)
            if (series.value(each, record)) sink(record, place);
        return true;
    }
};

} // namespace

std::shared_ptr<const KnownFormat> makePrometheusFormat(About about) {
    return std::make_shared<const PrometheusFormat>(std::move(about));
}

} // namespace postlude
