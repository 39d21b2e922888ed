// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline as an editable table.
#pragma once

#include "core/base/zone.h"
#include "ui/postmortem/entrymodel.h"

namespace postlude {

class TimelineModel : public EntryModel {
    Q_OBJECT
public:
    enum Column { Time, Kind, Text, Links, Sure, Columns };

    explicit TimelineModel(Document& document, QObject* parent = nullptr);
    [[nodiscard]] const Session* session() const { return document_.session(); } ///< may be null
    void sortByTime(); ///< entries without a time keep their place after the one before them
    void attach(int row, const Evidence& evidence);
    void detach(int row, std::size_t which);
    /// Adds one where its time belongs; gives its row, -1 if the document is read-only.
    int addAt(Instant time, const QString& text, const std::vector<Evidence>& evidence);
    /// mergeEntries() and splitEntry(); give the row to go on with, -1 where nothing was to be
    /// done.
    int merge(const std::vector<int>& rows);
    int split(int row);
    [[nodiscard]] const TimelineEntry& entry(int row) const { return shown_[std::size_t(row)]; }

protected:
    [[nodiscard]] int columns() const override { return Columns; }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] std::size_t rows() const override { return shown_.size(); }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    bool write(int row, int column, const QString& text) override;
    [[nodiscard]] bool editable(int column) const override { return column <= Text; }
    void insertInto(Postmortem& document, std::size_t at) const override;
    void removeFrom(Postmortem& document, std::size_t at) const override;
    void swapIn(Postmortem& document, std::size_t a, std::size_t b) const override;
    [[nodiscard]] std::string noun() const override { return "entry"; }
    void takeOver() override;

private:
    [[nodiscard]] QString text(const TimelineEntry& entry, int column) const;
    [[nodiscard]] QString sureness(const TimelineEntry& entry) const;
    void writeTime(TimelineEntry& entry, int row, const QString& text) const;
    [[nodiscard]] std::optional<Instant> near(int row) const;
    std::vector<TimelineEntry> shown_;
    Zone zone_ = Zone::utc();
    bool dated_ = false; ///< the timeline touches several days: times are written with dates
};

} // namespace postlude
