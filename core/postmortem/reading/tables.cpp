// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: of a timeline, of tasks, of fields.
#include "core/postmortem/detail/walker.h"

#include "core/base/text.h"

#include <algorithm>
#include <ranges>

namespace postlude::reading {

namespace {

/// "Time (UTC)" without what is in brackets.
std::optional<Name> columnName(const std::string& head) {
    const std::string plain = plainText(head);
    if (const auto name = namedExactly(plain)) return name;
    return namedExactly(trimmed(std::string_view(plain).substr(0, plain.find_first_of("(["))));
}

std::vector<std::optional<Name>> columnsOf(const std::vector<std::string>& heads) {
    std::vector<std::optional<Name>> names;
    for (const std::string& head : heads)
        names.push_back(columnName(head));
    return names;
}

bool has(const std::vector<std::optional<Name>>& columns, Name name) {
    return std::ranges::find(columns, std::optional(name)) != columns.end();
}

/// How a cell stands in a text: "Restarted the pool", "Oregon: slow", "(Owner: Ada)".
enum class Cell : std::uint8_t { Told, Headed, Aside };

void addCell(std::string& text, const std::string& head, const std::string& cell, Cell as) {
    if (cell.empty()) return;
    const std::string headed = as == Cell::Told || head.empty() ? cell : head + ": " + cell;
    if (as == Cell::Aside)
        text += (text.empty() ? "(" : " (") + headed + ")";
    else
        text += (text.empty() ? "" : " – ") + headed;
}

/// What people put into a cell that has nothing to say.
bool isNothing(const std::string& cell) {
    return cell.find_first_not_of("- ") == std::string::npos || cell == "–" || cell == "—";
}

/// True if the column says what happened, and not when, or who did it.
bool tells(const std::optional<Name>& column) {
    return !column || column == Name::Event || kindOf(*column);
}

} // namespace

void Walker::table(const Block& block) {
    const auto columns = columnsOf(block.rows.front());
    const bool tasks =
        has(columns, Name::Tasks) ||
        (section_ == Section::Measures &&
         (has(columns, Name::Owner) || has(columns, Name::Due) || has(columns, Name::Status)));
    const bool timeline =
        section_ == Section::Timeline ||
        (section_ == Section::Unknown && has(columns, Name::Time) && has(columns, Name::Event));
    if (tasks) return tasksTable(block);
    if (timeline) return timelineTable(block);
    if (fieldsTable(block)) return;
    to_.keepBlock(block);
}

void Walker::timelineTable(const Block& block) {
    const std::vector<std::string>& heads = block.rows.front();
    const auto columns = columnsOf(heads);
    const bool named = std::ranges::any_of(columns, [](const auto& c) { return c.has_value(); });
    for (const std::string& head : heads)
        if (const auto zone = zoneWithin(plainText(head))) to_.clues.timelineZone = zone;
    for (std::size_t r = named ? 1 : 0; r < block.rows.size(); ++r) {
        const auto& row = block.rows[r];
        std::string date;
        std::string time;
        std::string text;
        std::string who;
        std::optional<EntryKind> kind;
        const bool timeFirst =
            !has(columns, Name::Time) && !row.empty() && spanAtStart(plainText(row[0]));
        const auto telling = std::ranges::count_if(columns | std::views::drop(timeFirst), tells);
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string cell = plainText(row[c]);
            const auto column = c < columns.size() ? columns[c] : std::nullopt;
            const bool first = c == 0 && timeFirst;
            // Of several such cells only the head says which is which.
            const bool several = named && telling > 1 && column != Name::Event;
            if (column == Name::Date)
                date = cell;
            else if (column == Name::Time || column == Name::Start || first)
                time += (time.empty() ? "" : " ") + cell;
            else if (column == Name::Owner || column == Name::Authors)
                who += (who.empty() || isNothing(cell) ? "" : ", ") +
                       (isNothing(cell) ? std::string() : cell);
            else
                addCell(text, c < heads.size() ? plainText(heads[c]) : std::string(), cell,
                        !tells(column) ? Cell::Aside
                        : several      ? Cell::Headed
                                       : Cell::Told);
            if (column == Name::Kind)
                if (const auto name = namedExactly(cell))
                    kind = name == Name::Resolution ? EntryKind::Resolution : kindOf(*name);
        }
        if (!who.empty()) text = text.empty() ? who : who + ": " + text;
        const std::string whole = date.empty() ? time : time.empty() ? date : date + " " + time;
        const auto span = spanAtStart(whole);
        if (span && span->from.date && !span->from.ofDay) date_ = span->from.date;
        if (whole.empty() && text.empty()) continue;
        to_.addEntry(kind.value_or(EntryKind::Action), kind.has_value(), text,
                     span ? std::optional(span->from) : std::nullopt, whole, date_,
                     block.first + r + (r > 0 ? 1 : 0));
    }
    ++pieces_;
    lastWasItem_ = true;
}

void Walker::tasksTable(const Block& block) {
    const std::vector<std::string>& heads = block.rows.front();
    auto columns = columnsOf(heads);
    if (!has(columns, Name::Tasks)) {
        // The first column that is no field of a task says what it is.
        for (auto& column : columns)
            if (!column || *column == Name::Event || *column == Name::Action ||
                *column == Name::Improvements) {
                column = Name::Tasks;
                break;
            }
    }
    for (std::size_t r = 1; r < block.rows.size(); ++r) {
        Task task;
        for (std::size_t c = 0; c < block.rows[r].size(); ++c) {
            const std::string cell = plainText(block.rows[r][c]);
            const auto column = c < columns.size() ? columns[c] : std::nullopt;
            if (column == Name::Tasks)
                addCell(task.text, {}, cell, Cell::Told);
            else if (!column || cell.empty() || !setTaskField(task, *column, cell))
                addCell(task.text, c < heads.size() ? plainText(heads[c]) : std::string(), cell,
                        Cell::Aside);
        }
        if (!(task == Task{})) to_.addTask(std::move(task));
    }
    ++pieces_;
    lastWasItem_ = true;
}

/// "| Impact | 40 % of users |": a field a row.
bool Walker::fieldsTable(const Block& block) {
    if (section_ != Section::Head && section_ != Section::Summary) return false;
    const bool two =
        std::ranges::all_of(block.rows, [](const auto& row) { return row.size() == 2; });
    if (!two) return false;
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
        Block row = block;
        row.kind = Block::Kind::Item;
        row.first = row.last = block.first + r + (r > 0 ? 1 : 0);
        const std::string label = plainText(block.rows[r][0]);
        if (r == 0 && !namedExactly(label)) {
            if (!label.empty() || !block.rows[r][1].empty()) to_.keepBlock(row);
            continue;
        }
        row.text = block.rows[r][0] + (label.ends_with(':') ? " " : ": ") + block.rows[r][1];
        piece(row, row.text);
    }
    return true;
}

} // namespace postlude::reading
