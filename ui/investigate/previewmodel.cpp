// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/previewmodel.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

namespace postlude {

namespace {

constexpr std::size_t kCellText = 400;
enum ChoiceColumn : int { Title, Fits, Why };
enum PreviewColumn : int { LineNumber, Time, FirstField };

} // namespace

void ChoicesModel::show(std::vector<FormatChoice> choices) {
    setRows(choices.size(), [&] { choices_ = std::move(choices); });
}

QVariant ChoicesModel::cell(int row, int column, int role) const {
    const FormatChoice& choice = choices_[static_cast<std::size_t>(row)];
    if (role == Qt::ToolTipRole)
        return plainTip(shown(choice.format->title()) + QLatin1Char('\n') +
                        shown(choice.format->name()) + QLatin1Char('\n') + shown(choice.why));
    if (role == Qt::TextAlignmentRole && column == Fits)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    if (column == Title) return shown(choice.format->title());
    return column == Fits ? percent(choice.score) : shown(choice.why);
}

QString ChoicesModel::title(int column) const {
    return column == Title ? tr("Format") : column == Fits ? tr("Fits") : tr("Why");
}

void PreviewModel::show(Preview preview, const Zone& zone) {
    const std::size_t rows = preview.rows.size();
    setRows(rows, [&] {
        preview_ = std::move(preview);
        zone_ = zone;
        named_.clear();
        for (const std::string& name : preview_.columns)
            if (name != "time") named_.push_back(name);
    });
}

int PreviewModel::columns() const {
    return FirstField + std::max(1, static_cast<int>(named_.size()));
}

QString PreviewModel::textOf(const PreviewRow& row, int column) const {
    if (column == LineNumber) return row.line ? wholeCount(row.line) : QString{};
    if (column == Time) return row.at ? QString::fromStdString(zone_.format(*row.at)) : QString{};
    // A line that is no record has no fields: its text begins where they would.
    if (row.verdict != LineVerdict::Record)
        return column == FirstField ? shown(std::string_view(row.text), kCellText) : QString{};
    const auto at = static_cast<std::size_t>(column - FirstField);
    if (at >= named_.size()) return {};
    for (const auto& [name, value] : row.cells)
        if (name == named_[at]) return shown(std::string_view(value), kCellText);
    return {};
}

QVariant PreviewModel::cell(int row, int column, int role) const {
    const PreviewRow& line = preview_.rows[static_cast<std::size_t>(row)];
    const bool unread = line.verdict == LineVerdict::Unread;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(line, column);
    case Qt::ToolTipRole:
        return plainTip(shown(std::string_view(line.text), 2000));
    case Qt::ForegroundRole:
        if (unread) return Theme::current().bad;
        return line.verdict == LineVerdict::Record ? QVariant{} : Theme::current().muted;
    case Qt::TextAlignmentRole:
        if (column == LineNumber) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::FontRole:
        return Theme::current().mono();
    default:
        return {};
    }
}

QString PreviewModel::title(int column) const {
    if (column == LineNumber) return tr("Line");
    if (column == Time) return tr("Time");
    const auto at = static_cast<std::size_t>(column - FirstField);
    return at < named_.size() ? shown(named_[at]) : tr("Text");
}

} // namespace postlude
