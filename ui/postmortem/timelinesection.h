// SPDX-License-Identifier: GPL-3.0-or-later
// A table of the form with its buttons; the timeline's also shows, takes and drops evidence.
#pragma once

#include "ui/postmortem/entryview.h"
#include "ui/postmortem/timelinemodel.h"

#include <QWidget>

class QLayout;
class QPushButton;

namespace postlude {

/// Table above, Add · Remove · ↑ · ↓ below.
class TableSection : public QWidget {
    Q_OBJECT
public:
    TableSection(Document& document, EntryModel& model, EntryView* view, const QString& addText,
                 const QString& emptyText, QWidget* parent);
    [[nodiscard]] EntryView& view() { return *view_; }
    QPushButton* addButton(const QString& text, const QString& tip, const char* name);

private:
    Document& document_;
    EntryView* view_;
    QLayout* buttons_;
};

class TimelineView : public EntryView {
    Q_OBJECT
public:
    TimelineView(TimelineModel& model, QWidget* parent = nullptr);

    /// Those that are selected become one; of one alone, it and the next.
    void mergeRows();
    void splitRow();
    /// To the current entry.
    void attach(const std::vector<Evidence>& evidence);
    /// Shows the entries of this kind alone; empty: all. What is hidden stays in the document.
    void showKind(std::optional<EntryKind> kind);
    [[nodiscard]] std::optional<EntryKind> kindShown() const { return kind_; }

Q_SIGNALS:
    void evidenceRequested(const postlude::Evidence& evidence);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void follow(int row);
    void hideOthers();
    TimelineModel& timeline_;
    std::optional<EntryKind> kind_;
};

} // namespace postlude
