// SPDX-License-Identifier: GPL-3.0-or-later
// The merged lines of all sources: a list of record ids, each read when it is shown. The first of
// a segment takes long, for the whole segment is unpacked: while a view paints it is left to
// others.
#pragma once

#include "ui/common/rowmodel.h"
#include "ui/common/selection.h"
#include "ui/investigate/rowcolour.h"

#include <QCache>
#include <QHash>

namespace postlude {

class LinesModel : public RowModel {
    Q_OBJECT
public:
    /// The first six are shown unless the user chooses otherwise.
    enum Column : int {
        Time,
        Source,
        Server,
        Status,
        Took,
        Text,
        Number, ///< of the line in its source
        Client,
        Method,
        Backend,
        Host,
        Process,
        Bytes,
        RequestIdent,
        Columns
    };
    static constexpr int kUsualColumns = Number;
    enum Role : int {
        WrittenRole = MarkRole + 1, ///< QString, the line as it was written; empty unless wanted
        EdgeRole,                   ///< QColor of the row; invalid: none
        FillRole,                   ///< the same behind it
        ColouredByRole,             ///< QString, what EdgeRole says, in a word
    };
    /// How times are written.
    enum class Times : std::uint8_t { Absolute, SinceImpact, SincePrevious };

    using RowModel::RowModel;
    /// `query` answers for the rows' content; it must know every id of `list`.
    /// `byFile`: the list is one source in file order, its times as they come.
    void setLines(std::shared_ptr<const Query> query, RecordList list, bool byFile = false);
    void clear();
    void setServers(const ServerIndex& servers);
    /// Letters of the date before each time; 0 where all lines are of one day.
    [[nodiscard]] int dateDigits() const { return dateDigits_; }
    void setDisplay(ClockView clock, const Zone& zone);
    /// Bookmarked lines with the colour of their star.
    void setMarked(QHash<quint64, QColor> records);
    /// `impact`: what SinceImpact counts from.
    void setTimes(Times times, std::optional<Instant> impact);
    [[nodiscard]] Times times() const { return times_; }
    void setColourBy(ColourBy by);
    [[nodiscard]] ColourBy colourBy() const { return by_; }
    /// Whether the lines are read as they were written, too: WrittenRole.
    void setWritten(bool written);
    [[nodiscard]] bool written() const { return written_; }
    /// The filter language's test for what stands in a cell; empty where there is none.
    [[nodiscard]] QString testOf(int row, int column) const;
    [[nodiscard]] const std::shared_ptr<const Query>& query() const { return query_; }

    /// Lines that were left out of a painting and what they hold.
    struct Wanted {
        std::vector<int> rows;
        std::vector<RecordId> ids;
    };
    struct Read {
        Result<RecordRow> row;
        std::string written = {};
    };
    using Records = std::vector<Read>; ///< one for each that is wanted
    /// What a worker does for takeRecords(). `written`: as setWritten().
    [[nodiscard]] static Read read(const Query& query, RecordId id, bool written);
    /// As long as it is set, lines of segments that were not read lately are empty, and wanted().
    void setPainting(bool painting) { painting_ = painting; }
    /// These, too, where they were not read: who scrolls on comes to them next.
    void wantAlso(int first, int last);
    /// What was left out since the last call.
    [[nodiscard]] Wanted takeWanted();
    /// `lists`: listNumber() when they were wanted; what is for another list is dropped.
    void takeRecords(int lists, const Wanted& wanted, const Records& records);
    [[nodiscard]] int listNumber() const { return lists_; }

    [[nodiscard]] const RecordList& list() const { return list_; }
    [[nodiscard]] std::optional<RecordId> recordAt(int row) const;
    [[nodiscard]] std::optional<Instant> timeAt(int row) const;
    /// The row of that record; if it is not in the list, the first at or after `t` (−1 if empty).
    [[nodiscard]] int rowOf(std::optional<RecordId> record, Instant t) const;
    /// The rows of those of `records` that are in the list, ascending.
    [[nodiscard]] std::vector<int> rowsOf(const RecordList& records) const;
    [[nodiscard]] bool byFile() const { return byFile_; }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override {
        const Qt::ItemFlags flags = RowModel::flags(index);
        return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
    }

protected:
    [[nodiscard]] int columns() const override { return Columns; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] bool isNumeric(int column) const override;

private:
    struct Line {
        QString source, server, status, took, text;
        QString address;       ///< of the server, where it is called something else
        bool ofSource = false; ///< the line names no server: it is that of its source
        std::array<QString, Columns - kUsualColumns> more; ///< the columns behind the text
        QString written;
        QColor colour, edge;
        bool standsOut = false; ///< the edge's colour is behind the row, too
        QString by;             ///< what the row is coloured by, if that has no column of its own
        enum class Tone : std::uint8_t { Plain, Bad, Warning, Muted } tone = Tone::Plain;
        bool whole = true; ///< false: could not be read; `text` says why
    };
    [[nodiscard]] int dateDigitsOf(const RecordList& list) const;
    [[nodiscard]] int rowInFile(std::optional<RecordId> record, Instant t) const;
    [[nodiscard]] const Line& line(int row) const;
    [[nodiscard]] Line lineOf(const Read& read) const;
    void want(int row) const;
    [[nodiscard]] bool isAtHand(RecordId id) const;
    void noteRead(RecordId id) const;
    [[nodiscard]] Line describe(const RecordRow& row) const;
    [[nodiscard]] QString timeText(int row) const;
    [[nodiscard]] QVariant shownText(int row, int column) const;
    [[nodiscard]] QColor toneOf(const Line& line) const;

    std::shared_ptr<const Query> query_;
    RecordList list_;
    bool byFile_ = false;
    ServerIndex servers_;
    ClockView clock_ = ClockView::Corrected;
    Zone zone_ = Zone::utc();
    QHash<quint64, QColor> marked_;
    Times times_ = Times::Absolute;
    std::optional<Instant> impact_;
    ColourBy by_ = ColourBy::Nothing;
    bool written_ = false;
    int dateDigits_ = 0;
    mutable QCache<int, Line> cache_{4096};
    bool painting_ = false;
    int lists_ = 0;
    mutable Wanted wanted_;
    mutable QList<quint64> read_; ///< segments, the one read last at the end
};

} // namespace postlude
