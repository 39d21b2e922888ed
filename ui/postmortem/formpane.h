// SPDX-License-Identifier: GPL-3.0-or-later
// The middle of the page: all sections below each other, each with a head to scroll to.
#pragma once

#include "core/postmortem/find.h"
#include "ui/postmortem/evidencepiece.h"
#include "ui/postmortem/summaryform.h"
#include "ui/postmortem/timelinesection.h"

#include <QPointer>
#include <QScrollArea>

class QVBoxLayout;

namespace postlude {

class GrowingText;

class FormPane : public QScrollArea {
    Q_OBJECT
public:
    FormPane(Document& document, TimelineModel& timeline, EntryModel& tasks,
             QWidget* parent = nullptr);

    struct Section {
        QString title;
        std::string part; ///< as faultsOf() names it
        QWidget* head;
    };
    [[nodiscard]] const std::vector<Section>& sections() const { return sections_; }
    void scrollTo(int section);
    /// The section at the top of what is seen.
    [[nodiscard]] int sectionAtTop() const;
    [[nodiscard]] TimelineView& timeline() { return *timeline_; }
    /// Scrolls to a place as Kept::after names it, or to a part; a row is ready to be written on.
    void reveal(const std::string& place);
    /// The same, and an open question that stands there is selected, to be written over.
    void goTo(const std::string& place);
    /// Scrolls there with the text selected; the keyboard stays where it is.
    void select(const FoundText& found);
    /// What select() has marked is no longer looked for.
    void unselect();

    /// The text that was written last; null: none was.
    [[nodiscard]] GrowingText* writtenText() const;
    /// Where attach() would put evidence, on the screen; none if no text or entry was written on.
    [[nodiscard]] std::optional<QPoint> attachPlace() const;
    /// Behind the sentence that was written last, or on the entry that was chosen last.
    void attach(const EvidencePiece& piece);

Q_SIGNALS:
    void scrolled();

private:
    [[nodiscard]] QWidget* kindChoice();
    void showAllKinds(); ///< for an entry that is hidden
    void addSection(const QString& title, const char* part);
    void addText(const QString& label, const char* name,
                 std::vector<std::string>& (*part)(Postmortem&));
    [[nodiscard]] QWidget* fieldOf(const std::string& place) const;
    /// The table that a place is a row of, and which; null for others.
    [[nodiscard]] std::pair<EntryView*, int> rowOf(const std::string& place) const;
    void show(const EntryView& view, int row);
    void mark(QWidget* field, const FoundText& found);
    Document& document_;
    QWidget* body_;
    QVBoxLayout* column_;
    TimelineView* timeline_;
    EntryView* tasks_;
    std::vector<Section> sections_;
    void noteFocus(QWidget* now);
    QPointer<QWidget> written_; ///< the text or timeline that had the keyboard last
    QPointer<QWidget> marked_;  ///< the field that holds what was found last
};

} // namespace postlude
