// SPDX-License-Identifier: GPL-3.0-or-later
// W3C extended logs (IIS, HTTPERR, CloudFront, ProxySG, WebLogic …): "#Fields:" says what the
// columns of the rows behind it are, and may say so again. The data files in resources/formats
// with "reader": "w3c" say which columns a log must have ("needs"), what to take for the head
// of a part that has none ("heads"), and columns of their own or in other units ("columns").
#include "core/format/detail/pairs.h"
#include "core/format/detail/readers.h"
#include "core/format/detail/w3ccolumns.h"

#include "core/base/text.h"

#include <QJsonArray>

namespace postlude {

namespace {

using Heads = std::vector<W3cHead>;

struct W3cLog {
    std::vector<std::string> needs;
    W3cNames own;           ///< names → targets that differ from what they mostly mean
    bool plainHead = false; ///< the line of the columns' names has no "#Fields:" before it
    Heads heads;            ///< of parts without a head, most particular first
};

std::string_view takeCell(std::string_view& row, char separator) {
    std::string_view cell;
    std::size_t end = 0;
    if (separator == ' ' && row.starts_with('"')) {
        for (end = row.find('"', 1); end != std::string_view::npos; end = row.find('"', end + 2))
            if (row.substr(end + 1, 1) != "\"") break; // two of them stand for one
        end = std::min(end, row.size());
        cell = row.substr(1, end - 1);
        end = std::min(row.find(separator, end), row.size());
    } else {
        end = std::min(row.find(separator), row.size());
        cell = row.substr(0, end);
    }
    row.remove_prefix(std::min(end + 1, row.size()));
    return cell;
}

class W3cParser : public LineParser {
public:
    explicit W3cParser(std::shared_ptr<const W3cLog> log)
        : log_(std::move(log)) {}

    LineVerdict parse(std::string_view line, Record& out) override {
        out.clear();
        if (trimmed(line).empty()) return LineVerdict::Blank;
        if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        if (line.starts_with('#')) return readDirective(line);
        if (log_->plainHead && isHead(line)) return takeHead(line), LineVerdict::Blank;
        if (headed_ && readRow(head_, line, false, out)) return LineVerdict::Record;
        // Without a head, or behind one that was lost where logs were put together.
        for (std::size_t i = 0; i < log_->heads.size(); ++i)
            if (readRow(log_->heads[i], line, true, out)) return LineVerdict::Record;
        out.clear();
        return LineVerdict::Unread;
    }

    [[nodiscard]] std::optional<std::string> state() const override {
        if (!headed_) return std::string();
        return (head_.dated ? std::string() : date_) + '\n' + fields_;
    }
    void restore(std::string_view state) override {
        headed_ = !state.empty();
        if (!headed_) return;
        const std::size_t end = std::min(state.find('\n'), state.size() - 1);
        date_ = state.substr(0, end);
        takeHead(state.substr(end + 1));
    }

private:
    LineVerdict readDirective(std::string_view line) {
        constexpr std::string_view zeek = "#fields\t"; // Zeek's own way of saying it
        if (line.starts_with(zeek)) takeHead(line.substr(zeek.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return LineVerdict::Blank;
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "#Date") date_ = value.substr(0, value.find(' '));
        if (name == "#Fields") takeHead(value);
        return headed_ || name != "#Fields" ? LineVerdict::Blank : LineVerdict::Unread;
    }

    [[nodiscard]] bool isHead(std::string_view line) const {
        const bool names =
            line.find_first_not_of("abcdefghijklmnopqrstuvwxyz- ") == std::string_view::npos;
        return names && readW3cHead(line, log_->own).hasAll(log_->needs);
    }

    void takeHead(std::string_view fields) {
        fields_ = fields;
        head_ = readW3cHead(fields, log_->own);
        headed_ = head_.hasAll(log_->needs);
    }

    bool readRow(const W3cHead& head, std::string_view row, bool guessed, Record& out) {
        out.clear();
        assigner_.begin();
        cells_ = {};
        const char separator = row.find('\t') != std::string_view::npos ? '\t' : ' ';
        std::size_t column = 0;
        for (; column < head.columns.size() && !row.empty(); ++column) {
            while (separator == ' ' && row.starts_with(' '))
                row.remove_prefix(1);
            const std::string_view cell = takeCell(row, separator);
            if (guessed && !head.columns[column].mayHold(cell)) return false;
            if (!readCell(head.columns[column], cell, out)) return false;
        }
        // Tabs are unmistakable, so that a row that was cut short is still one.
        const bool enough =
            separator == '\t' ? column * 2 > head.columns.size() : column == head.columns.size();
        return enough && trimmed(row).empty() && finish(out);
    }

    bool readCell(const W3cColumn& column, std::string_view cell, Record& out) {
        const bool nothing = cell.empty() || cell == "-" || cell == "(empty)";
        switch (column.part) {
        case W3cPart::Other:
            break;
        case W3cPart::Status:
            if (cell == "0" || cell == "000") return true;
            return nothing || (cell.size() == 3 && assigner_.assign(column.target, cell, out));
        case W3cPart::Taken: { // the standard says seconds, IIS and ProxySG write whole ms
            Target target = column.target;
            if (cell.find('.') != std::string_view::npos) target.unit = 1'000'000'000;
            return assigner_.assign(target, cell, out);
        }
        default:
            cells_[static_cast<std::size_t>(column.part)] = nothing ? std::string_view{} : cell;
            return true;
        }
        return nothing || assigner_.assign(column.target, cell, out);
    }

    bool finish(Record& out) {
        if (!finishTime(out)) return false;
        finishPath(out);
        const bool request =
            out.has(TextField::Method) || out.has(TextField::Path) || out.has(NumberField::Status);
        out.kind = request ? RecordKind::Request : RecordKind::Message;
        if (!request && cellOf(W3cPart::Reason).data() != nullptr)
            out[TextField::Message] = cellOf(W3cPart::Reason);
        if (cellOf(W3cPart::Reason).data() != nullptr)
            out.extra.emplace_back("s-reason", cellOf(W3cPart::Reason));
        return true;
    }

    /// The standard's times are GMT, and written when the request is done with.
    bool finishTime(Record& out) {
        if (out.time.known()) return true;
        std::string_view date = cellOf(W3cPart::Date);
        if (date.empty()) date = date_;
        if (date.size() != 10 || cellOf(W3cPart::Time).empty()) return false;
        time_.assign(date);
        (time_ += ' ') += cellOf(W3cPart::Time);
        if (!times_.whole(time_, out.time)) return false;
        if (!out.time.offset && !head_.local) out.time.offset = 0;
        out.time.isEnd = true;
        out[TextField::TimeRaw] = time_;
        return true;
    }

    void finishPath(Record& out) {
        const std::string_view stem = cellOf(W3cPart::Stem);
        const std::string_view query = cellOf(W3cPart::Query);
        if (query.empty()) {
            if (!stem.empty()) out[TextField::Path] = stem;
            return;
        }
        if (stem.empty()) {
            out.extra.emplace_back("cs-uri-query", query);
            return;
        }
        path_.assign(stem);
        if (!query.starts_with('?')) path_ += '?';
        path_ += query;
        out[TextField::Path] = path_;
    }

    [[nodiscard]] std::string_view cellOf(W3cPart part) const {
        return cells_[static_cast<std::size_t>(part)];
    }

    std::shared_ptr<const W3cLog> log_;
    std::string fields_, date_; ///< as the directives say
    W3cHead head_;
    bool headed_ = false;
    std::array<std::string_view, kW3cParts> cells_;
    std::string time_, path_;
    Assigner assigner_;
    TimeReader times_;
};

class W3cFormat : public KnownFormat {
public:
    W3cFormat(About about, W3cLog log)
        : KnownFormat(std::move(about))
        , log_(std::make_shared<const W3cLog>(std::move(log))) {}
    [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
        return std::make_unique<W3cParser>(log_);
    }

private:
    std::shared_ptr<const W3cLog> log_;
};

} // namespace

Result<std::shared_ptr<const KnownFormat>> makeW3cFormat(About about, const QJsonObject& file) {
    W3cLog log;
    auto own = readTargetMap(file["columns"].toObject());
    if (!own) return std::unexpected(own.error());
    log.own = std::move(*own);
    const QJsonArray needs = file["needs"].toArray();
    for (const auto& each : needs)
        log.needs.push_back(each.toString().toStdString());
    log.plainHead = file["plain_head"].toBool();
    const QJsonArray heads = file["heads"].toArray();
    for (const auto& each : heads)
        log.heads.push_back(readW3cHead(each.toString().toStdString(), log.own));
    return std::make_shared<const W3cFormat>(std::move(about), std::move(log));
}

} // namespace postlude
