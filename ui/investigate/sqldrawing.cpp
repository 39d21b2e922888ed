// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/shown.h"
#include "ui/investigate/sqlchart.h"

#include <map>

namespace postlude {

namespace {

constexpr std::size_t kMostLines = 8; ///< colours that can be told apart
constexpr std::size_t kMostBars = 40;
constexpr std::size_t kName = 60;

/// Also what SQLite's own functions cut it to: "2024-01-15 10:02", "2024-01-15T10".
std::optional<double> instantOf(const SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text || text->size() < 13 || text->size() > 40) return {};
    std::string whole = *text;
    if (whole[10] == ' ') whole[10] = 'T';
    if (whole.size() == 13) whole += ":00";
    if (whole.size() == 16) whole += ":00";
    auto at = fromRfc3339(whole);
    if (!at) at = fromRfc3339(whole + "Z");
    if (!at) return {};
    return static_cast<double>(nanoseconds(*at)) / 1e9;
}

std::optional<double> numberOf(const SqlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&value)) return *number;
    return {};
}

enum class Kind : std::uint8_t { Empty, Time, Number, Text };

Kind kindOf(const SqlAnswer& answer, std::size_t column) {
    Kind kind = Kind::Empty;
    for (const auto& row : answer.rows) {
        const SqlValue& value = row[column];
        if (value.index() == 0) continue;
        const Kind here = numberOf(value)    ? Kind::Number
                          : instantOf(value) ? Kind::Time
                                             : Kind::Text;
        if (kind == Kind::Empty) kind = here;
        if (kind != here) return Kind::Text;
    }
    return kind;
}

struct Columns {
    std::vector<std::size_t> times, numbers, texts;
};

Columns columnsOf(const SqlAnswer& answer) {
    Columns columns;
    for (std::size_t i = 0; i < answer.names.size(); ++i) {
        const Kind kind = kindOf(answer, i);
        if (kind == Kind::Time) columns.times.push_back(i);
        if (kind == Kind::Number) columns.numbers.push_back(i);
        if (kind == Kind::Text) columns.texts.push_back(i);
    }
    return columns;
}

QString nameOf(const SqlValue& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return shown(std::string_view(*text), kName);
    return QStringLiteral("∅");
}

template <class X>
void addLine(SqlDrawing& drawing, const SqlAnswer& answer, std::size_t column, X x) {
    SqlLine line{shown(std::string_view(answer.names[column]), kName), {}};
    for (std::size_t row = 0; row < answer.rows.size(); ++row) {
        const auto at = x(row);
        const auto y = numberOf(answer.rows[row][column]);
        if (at && y) line.points.emplace_back(*at, *y);
    }
    drawing.lines.push_back(std::move(line));
}

/// A line for each text, of the first column of numbers; those that come to most are drawn.
void splitByText(SqlDrawing& drawing, const SqlAnswer& answer, const Columns& columns) {
    std::map<QString, SqlLine> lines;
    for (const auto& row : answer.rows) {
        const auto x = instantOf(row[columns.times.front()]);
        const auto y = numberOf(row[columns.numbers.front()]);
        if (!x || !y) continue;
        const QString name = nameOf(row[columns.texts.front()]);
        lines[name].name = name;
        lines[name].points.emplace_back(*x, *y);
    }
    const auto sum = [](const SqlLine& line) {
        double all = 0;
        for (const auto& [x, y] : line.points)
            all += std::abs(y);
        return all;
    };
    for (auto& [name, line] : lines)
        drawing.lines.push_back(std::move(line));
    std::ranges::stable_sort(drawing.lines, std::greater{}, sum);
}

void settle(SqlDrawing& drawing) {
    if (drawing.lines.size() > kMostLines) {
        drawing.lines.resize(kMostLines);
        drawing.cut = true;
    }
    for (SqlLine& line : drawing.lines)
        std::ranges::stable_sort(line.points, {}, &std::pair<double, double>::first);
}

} // namespace

SqlDrawing drawingOf(const SqlAnswer& answer) {
    SqlDrawing drawing;
    const Columns columns = columnsOf(answer);
    if (columns.numbers.empty()) return drawing;
    std::size_t axis = columns.numbers.front();
    if (!columns.times.empty()) {
        drawing.across = SqlDrawing::Times;
        axis = columns.times.front();
        const auto x = [&](std::size_t row) { return instantOf(answer.rows[row][axis]); };
        if (columns.texts.size() == 1 && columns.numbers.size() == 1)
            splitByText(drawing, answer, columns);
        else
            for (const std::size_t column : columns.numbers)
                addLine(drawing, answer, column, x);
    } else if (!columns.texts.empty()) {
        drawing.across = SqlDrawing::Names;
        axis = columns.texts.front();
        drawing.cut = answer.rows.size() > kMostBars;
        for (std::size_t row = 0; row < std::min(kMostBars, answer.rows.size()); ++row)
            drawing.names << nameOf(answer.rows[row][axis]);
        for (const std::size_t column : columns.numbers)
            addLine(drawing, answer, column, [](std::size_t row) -> std::optional<double> {
                return row < kMostBars ? std::optional(static_cast<double>(row)) : std::nullopt;
            });
    } else if (columns.numbers.size() > 1) {
        drawing.across = SqlDrawing::Numbers;
        const auto x = [&](std::size_t row) { return numberOf(answer.rows[row][axis]); };
        for (const std::size_t column : columns.numbers)
            if (column != axis) addLine(drawing, answer, column, x);
    }
    drawing.axis = shown(std::string_view(answer.names[axis]), kName);
    settle(drawing);
    return drawing;
}

} // namespace postlude
