// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/sqlmodel.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <charconv>

namespace postlude {

namespace {

constexpr std::size_t kCellText = 400;
constexpr std::size_t kTipText = 4000;

QString numberText(double value) {
    return QString::number(value, 'g', 12);
}

QString textOf(const SqlValue& value, std::size_t most) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return QString::number(*whole);
    if (const auto* number = std::get_if<double>(&value)) return numberText(*number);
    if (const auto* text = std::get_if<std::string>(&value))
        return shown(std::string_view(*text), most);
    return QStringLiteral("∅");
}

std::string fieldOf(const SqlValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return csvQuoted(*text);
    return value.index() == 0 ? std::string() : textOf(value, kCellText).toStdString();
}

/// "lb/haproxy.log:12-14, …"
std::optional<Evidence> firstEvidence(std::string_view text) {
    text = text.substr(0, text.find(", "));
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    Evidence evidence;
    evidence.source = std::string(text.substr(0, colon));
    const std::string_view lines = text.substr(colon + 1);
    const char* end = lines.data() + lines.size();
    const auto [behind, code] = std::from_chars(lines.data(), end, evidence.firstLine);
    if (code != std::errc{}) return {};
    evidence.lastLine = evidence.firstLine;
    if (behind != end && *behind == '-') std::from_chars(behind + 1, end, evidence.lastLine);
    return evidence;
}

} // namespace

void SqlModel::show(SqlAnswer answer) {
    const std::size_t rows = answer.rows.size();
    setRows(rows, [&] { answer_ = std::make_shared<const SqlAnswer>(std::move(answer)); });
}

QString SqlModel::title(int column) const {
    return shown(answer_->names[static_cast<std::size_t>(column)]);
}

QVariant SqlModel::cell(int row, int column, int role) const {
    const SqlValue& value =
        answer_->rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    const bool isNumber = value.index() == 1 || value.index() == 2;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(value, kCellText);
    case Qt::ToolTipRole:
        return plainTip(textOf(value, kTipText));
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return value.index() == 0 ? QVariant(Theme::current().muted) : QVariant{};
    case Qt::FontRole:
        return Theme::current().mono();
    default:
        return {};
    }
}

bool SqlModel::isNumeric(int column) const {
    if (!answer_) return false;
    for (const auto& row : answer_->rows) {
        const SqlValue& value = row[static_cast<std::size_t>(column)];
        if (value.index() != 0) return value.index() == 1 || value.index() == 2;
    }
    return false;
}

const SqlValue* SqlModel::named(int row, std::string_view name) const {
    const auto it = std::ranges::find(answer_->names, name);
    if (it == answer_->names.end() || row < 0 || row >= rowCount()) return nullptr;
    return &answer_->rows[static_cast<std::size_t>(row)]
                         [static_cast<std::size_t>(it - answer_->names.begin())];
}

std::optional<Evidence> SqlModel::evidenceOf(int row) const {
    const SqlValue *source = named(row, "source"), *line = named(row, "line");
    const auto* path = source ? std::get_if<std::string>(source) : nullptr;
    const auto* number = line ? std::get_if<std::int64_t>(line) : nullptr;
    if (path && number && *number > 0) {
        const auto at = static_cast<std::uint64_t>(*number);
        return Evidence{*path, at, at, {}, {}};
    }
    const SqlValue* listed = named(row, "evidence");
    if (const auto* text = listed ? std::get_if<std::string>(listed) : nullptr)
        if (auto evidence = firstEvidence(*text)) return evidence;
    const SqlValue* time = named(row, "time");
    const auto* when = time ? std::get_if<std::string>(time) : nullptr;
    const auto at = when ? fromRfc3339(*when) : std::nullopt;
    if (!at) return {};
    return Evidence{{}, 0, 0, "requests", {*at, *at + std::chrono::seconds{1}}};
}

std::string csvOf(const SqlAnswer& answer) {
    std::string text;
    const auto add = [&](std::size_t column, const std::string& field) {
        text += (column == 0 ? "" : ",") + field;
    };
    for (std::size_t i = 0; i < answer.names.size(); ++i)
        add(i, csvQuoted(answer.names[i]));
    text += '\n';
    for (const auto& row : answer.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            add(i, fieldOf(row[i]));
        text += '\n';
    }
    return text;
}

} // namespace postlude
