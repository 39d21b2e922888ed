// SPDX-License-Identifier: GPL-3.0-or-later
// The merged lines of all sources: a list of record ids, each read when it is shown.
#pragma once

#include "ui/common/rowmodel.h"
#include "ui/common/selection.h"
#include "ui/investigate/serverindex.h"

#include <QCache>
#include <QSet>

namespace postlude {

class LinesModel : public RowModel {
    Q_OBJECT
public:
    enum Column : int { Time, Source, Server, Status, Took, Text, Columns };

    using RowModel::RowModel;
    /// `query` answers for the rows' content; it must know every id of `list`.
    void setLines(std::shared_ptr<const Query> query, RecordList list);
    void clear();
    void setServers(const ServerIndex& servers);
    void setDisplay(ClockView clock, const Zone& zone);
    void setMarked(QSet<quint64> records);

    [[nodiscard]] const RecordList& list() const { return list_; }
    [[nodiscard]] std::optional<RecordId> recordAt(int row) const;
    [[nodiscard]] std::optional<Instant> timeAt(int row) const;
    /// The row of that record; if it is not in the list, the first at or after `t` (−1 if empty).
    [[nodiscard]] int rowOf(std::optional<RecordId> record, Instant t) const;

protected:
    [[nodiscard]] int columns() const override { return Columns; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;

private:
    struct Line {
        QString source, server, status, took, text;
        QColor colour;
        enum class Tone : std::uint8_t { Plain, Bad, Warning, Muted } tone = Tone::Plain;
        bool whole = true; ///< false: could not be read; `text` says why
    };
    [[nodiscard]] const Line& line(int row) const;
    [[nodiscard]] Line read(RecordId id) const;
    [[nodiscard]] Line describe(const RecordRow& row) const;
    [[nodiscard]] QVariant shownText(int row, int column) const;
    [[nodiscard]] QColor toneOf(const Line& line) const;

    std::shared_ptr<const Query> query_;
    RecordList list_;
    ServerIndex servers_;
    ClockView clock_ = ClockView::Corrected;
    Zone zone_ = Zone::utc();
    QSet<quint64> marked_;
    mutable QCache<int, Line> cache_{4096};
};

} // namespace postlude
