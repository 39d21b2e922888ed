// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fieldvalues.h"

#include "core/query/quoted.h"
#include "ui/common/shown.h"

#include <charconv>
#include <map>
#include <set>

namespace postlude {

namespace {

using Counts = std::map<std::string, std::uint64_t, std::less<>>;
using Read = std::vector<std::pair<std::string, std::uint64_t>>;

constexpr std::size_t kMostValues = 400;
constexpr std::size_t kMostRows = 1'000'000; ///< looked at for a field that has many values
constexpr std::size_t kMostDistinct = 20'000;
constexpr std::size_t kSampled = 300; ///< records of each source, for fields of its own

/// Few different ones each: counted in all records by their dictionary.
bool isNarrow(TextField field) {
    using enum TextField;
    switch (field) {
    case Method:
    case HttpVersion:
    case Frontend:
    case Backend:
    case Server:
    case Termination:
    case Host:
    case Process:
    case User:
    case State:
    case Subject:
        return true;
    default:
        return false;
    }
}

Read ordered(const Counts& counts) {
    Read all(counts.begin(), counts.end());
    std::ranges::stable_sort(all, std::greater{}, &Read::value_type::second);
    if (all.size() > kMostValues) all.resize(kMostValues);
    return all;
}

class Tally {
public:
    explicit Tally(bool milliseconds)
        : divisor_(milliseconds ? 1'000'000 : 1) {}
    void add(const FieldChunk& chunk) {
        const FieldColumn& column = chunk.fields.front();
        const std::size_t rows = chunk.requests.ids.size();
        rows_ += rows;
        std::map<std::uint32_t, std::uint64_t> codes;
        for (std::size_t row = 0; row < rows; ++row) {
            if (row < column.numbers.size() && column.numbers[row] != kAbsent)
                ++numbers_[column.numbers[row] / divisor_];
            else if (const std::uint32_t code = column.texts.code(row))
                ++codes[code];
        }
        for (const auto& [code, count] : codes)
            if (counts_.size() < kMostDistinct)
                counts_[std::string(column.texts.text(code))] += count;
    }
    [[nodiscard]] bool full() const {
        return rows_ >= kMostRows || numbers_.size() > kMostDistinct;
    }
    [[nodiscard]] Read take() {
        for (const auto& [number, count] : numbers_)
            counts_[std::to_string(number)] += count;
        return ordered(counts_);
    }

private:
    std::int64_t divisor_;
    std::size_t rows_ = 0;
    Counts counts_;
    std::map<std::int64_t, std::uint64_t> numbers_;
};

Read tally(const Query& query, const std::string& field, std::stop_token outer) {
    const auto number = numberFieldNamed(field);
    Tally tally(number && isDuration(*number));
    std::stop_source enough;
    const std::stop_callback passOn(outer, [&enough] { enough.request_stop(); });
    FieldScan scan;
    scan.requests.scope = RequestScope::All;
    scan.requests.probes = true;
    scan.requests.columns = 0;
    scan.fields = {field};
    // What it is stopped by is its own: what was counted until then is what is wanted.
    (void)query.scanFields(
        scan,
        [&](const FieldChunk& chunk) {
            tally.add(chunk);
            if (tally.full()) enough.request_stop();
        },
        enough.get_token());
    return tally.take();
}

struct Sample {
    std::map<std::string, Counts> fields;
    std::set<std::string> numeric;
};

bool isNumber(const std::string& text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc{} && end == text.data() + text.size();
}

/// The first records of each source: what fields it has beside those that all have.
Sample sampleOf(const Query& query, const std::stop_token& stop) {
    Sample sample;
    std::map<std::string, bool> numbers;
    for (const SourceInfo& source : query.sources()) {
        if (source.records == 0 || stop.stop_requested()) continue;
        RecordsRequest request;
        request.sources = {source.id};
        request.fileOrder = true;
        request.limit = kSampled;
        const auto list = query.select(request, stop);
        if (!list) continue;
        for (const RecordId id : list->ids()) {
            const auto row = query.record(id);
            if (!row) continue;
            for (const auto& [name, value] : row->extra) {
                ++sample.fields[name][value];
                numbers.try_emplace(name, true).first->second &= isNumber(value);
            }
        }
    }
    for (const auto& [name, all] : numbers)
        if (all) sample.numeric.insert(name);
    return sample;
}

std::vector<FieldValue> made(const Read& read, bool numeric) {
    std::vector<FieldValue> values;
    for (const auto& [text, count] : read)
        if (!text.empty())
            values.push_back({shown(text, 200),
                              numeric ? QString::fromStdString(text) : filterWord(text), count});
    return values;
}

} // namespace

FieldValues::FieldValues(QObject* parent)
    : QObject(parent) {}

void FieldValues::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    session_ = session;
    forget();
    if (session_) connect(session_, &Session::dataChanged, this, &FieldValues::forget);
}

void FieldValues::forget() {
    known_.clear();
    asked_.clear();
    numeric_.clear();
    names_.clear();
    for (const std::string& field : filterFields())
        names_ << QString::fromStdString(field);
    for (int i = 0; i < kNumberFields; ++i)
        numeric_.insert(QString::fromUtf8(nameOf(static_cast<NumberField>(i)).data()));
    sampled_ = complete_ = false;
}

QStringList FieldValues::fields() {
    if (!sampled_ && session_) sample();
    return names_;
}

bool FieldValues::isNumeric(const QString& field) const {
    return numeric_.contains(field);
}

void FieldValues::sample() {
    sampled_ = true;
    session_->run(
        QStringLiteral("fields.sample"), this,
        [query = session_->sharedQuery()](std::stop_token stop) {
            Sample sample = sampleOf(*query, stop);
            for (const std::string& name : query->requestFields(RequestScope::All))
                sample.fields[name];
            return sample;
        },
        [this](const Sample& sample) {
            for (const std::string& name : sample.numeric)
                numeric_.insert(QString::fromStdString(name));
            for (const auto& [name, counts] : sample.fields) {
                const QString field = shown(name, 100);
                // A name that nobody could type cannot be offered.
                if (field.toStdString() != name || !Filter::parse(fieldForFilter(name) + " = 1"))
                    continue;
                if (!names_.contains(field)) names_ << field;
                if (!known_.contains(field) && !counts.empty())
                    known_.insert(field, made(ordered(counts), isNumeric(field)));
            }
            names_.sort(Qt::CaseInsensitive);
            complete_ = true;
            Q_EMIT changed();
        });
}

/// Those that need no record to be read.
FieldValues::Read FieldValues::fixed(const QString& field) const {
    Read all;
    if (field == QLatin1String("level"))
        for (int i = 1; i <= static_cast<int>(Level::Emergency); ++i)
            all.emplace_back(nameOf(static_cast<Level>(i)), 0);
    if (field == QLatin1String("kind"))
        for (int i = 0; i < kRecordKinds; ++i)
            all.emplace_back(nameOf(static_cast<RecordKind>(i)), 0);
    if (field == QLatin1String("source"))
        for (const SourceInfo& source : session_->query().sources())
            if (source.records > 0) all.emplace_back(source.path, source.records);
    return all;
}

std::vector<FieldValue> FieldValues::values(const QString& field) {
    if (!session_) return {};
    if (!asked_.contains(field)) read(field);
    return known_.value(field);
}

void FieldValues::read(const QString& field) {
    asked_.insert(field);
    if (const Read all = fixed(field); !all.empty()) {
        known_.insert(field, made(all, false));
        return;
    }
    if (field == QLatin1String("time") || field == QLatin1String("text") ||
        field == QLatin1String("line"))
        return;
    session_->run(
        QStringLiteral("fields.values.") + field, this,
        [query = session_->sharedQuery(), name = field.toStdString()](std::stop_token stop) {
            const auto text = textFieldNamed(name);
            if (text && isNarrow(*text)) return query->values(*text, kMostValues);
            return tally(*query, name, std::move(stop));
        },
        [this, field](const Read& read) {
            if (!read.empty()) {
                std::vector<FieldValue> values = made(read, isNumeric(field));
                if (field == QLatin1String("status"))
                    for (const char* of : {"5xx", "4xx", "3xx", "2xx"})
                        values.push_back({QLatin1String(of), QLatin1String(of), 0});
                known_.insert(field, std::move(values));
            }
            Q_EMIT changed();
        });
}

} // namespace postlude
