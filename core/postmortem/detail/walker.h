// SPDX-License-Identifier: GPL-3.0-or-later
// Goes through the blocks of a document and puts each into the part where it belongs.
#pragma once

#include "core/postmortem/detail/collector.h"
#include "core/postmortem/detail/tasks.h"

namespace postlude::reading {

class Walker {
public:
    Walker(const std::vector<Block>& blocks, Collector& to)
        : blocks_(blocks)
        , to_(to) {}
    void walk();

private:
    enum class Section : std::uint8_t {
        Head,
        Introduction,
        Summary,
        Timeline,
        Cause,
        RootCause,
        Resolution,
        Measures,
        Lessons,
        Conclusion,
        Unknown
    };

    // walker.cpp: what a block is
    void findSecond();
    void findTail();
    void take(const Block& block);
    [[nodiscard]] bool plainHeading(const Block& block) const;
    [[nodiscard]] bool tailStarts(const Block& block) const;

    // headings.cpp: which part begins
    void heading(const Block& block, int level, std::string_view text);
    bool takeTitle(const Block& block, const std::string& plain);
    [[nodiscard]] bool headsItems(const Block& block) const;
    bool namedHeading(const Block& block, int level, std::string_view text,
                      const std::string& plain);
    bool headingWithTail(const Block& block, int level, const std::string& plain);
    bool headingOfEntry(const Block& block, const std::string& plain);
    bool headingOfTask(const Block& block, std::string_view text);
    void unknownHeading(const Block& block, int level);
    bool open(Name name, int level);
    bool openField(Name name, int level);
    void enter(Section section, int level);
    [[nodiscard]] bool isField(int level) const;

    // parts.cpp: what stands in a part
    void piece(const Block& block, std::string_view markdown);
    void headPiece(const Block& block, std::string_view markdown);
    bool headField(const Block& block, Name name, const std::string& label, std::string_view rest);
    void summaryPiece(const Block& block, std::string_view markdown);
    bool summaryField(const Block& block, Name name, std::string_view rest);
    void appendToField(const Block& block, Name name, const std::string& plain);
    void causePiece(const Block& block, std::string_view markdown);
    void causeText(const Block& block, const std::string& plain);
    void measuresPiece(const Block& block, std::string_view markdown);
    void measure(const Block& block, const std::string& plain);
    bool charges(const Block& block, const std::string& plain);
    bool told(const Block& block, const std::string& plain);
    [[nodiscard]] bool groupsTasks(const Block& block) const;
    void lessonsPiece(const Block& block, std::string_view markdown);
    void noteTimes(const std::string& plain, std::size_t line);
    void noteProse(const std::string& plain, std::size_t line);
    void noteTold(const std::string& plain, std::size_t line);
    [[nodiscard]] bool timesFollow() const;
    [[nodiscard]] bool chargesFollow() const;
    /// Ends a field that an item began, where `block` no longer stands under it.
    void leaveField(const Block& block, bool labelled);
    void beginField(const Block& block, Name name, bool empty);

    // entries.cpp: the timeline
    void timelinePiece(const Block& block, std::string_view markdown);
    bool timedEntry(const Block& block, std::string_view plain, std::optional<EntryKind> kind);
    bool timelineLabel(const Block& block, std::string_view markdown);
    void groupTime(const Block& block, const std::string& plain);
    void untimed(const Block& block, const std::string& plain, std::optional<EntryKind> kind);
    bool timelineGroup(const Block& block, const std::string& plain);
    bool prose(const Block& block, const std::string& plain, int least = 2,
               std::optional<EntryKind> kind = {});
    bool saysZone(const Block& block, const std::string& plain);
    void closeEntry() { open_.reset(); }

    // tables.cpp
    void table(const Block& block);
    void timelineTable(const Block& block);
    void tasksTable(const Block& block);
    bool fieldsTable(const Block& block);

    const std::vector<Block>& blocks_;
    Collector& to_;
    std::size_t at_ = 0;
    std::size_t second_ = static_cast<std::size_t>(-1); ///< block where another postmortem begins
    bool headless_ = false; ///< nothing but prose: the sentences say what they are
    std::size_t tail_ = 0;  ///< no heading, item or field from this block on

    Section section_ = Section::Head;
    int sectionLevel_ = 0;
    bool sectionEmpty_ = true;   ///< nothing but headings in it yet
    bool fieldsAtLevel_ = false; ///< fields are headings of the section's own level
    bool sectionsSeen_ = false;
    /// From when to when, told in prose: counts where no field says it.
    std::optional<std::pair<std::string, std::size_t>> toldTimes_;
    bool summarySeen_ = false;
    std::size_t pieces_ = 0;     ///< in this section
    bool lastAfterBlank_ = true; ///< of the piece before
    bool lastWasItem_ = false;

    std::optional<Name> field_;              ///< that counts now
    std::optional<Name> headingField_;       ///< that a heading named; counts again after an item's
    std::optional<std::size_t> fieldIndent_; ///< of the item that began field_
    bool fieldEmpty_ = false;                ///< that item held nothing but the name
    bool fieldDeeper_ = false;               ///< something deeper stood under it

    std::optional<std::size_t> lastItem_; ///< indent of the measure before
    /// Of the tasks that follow, and where it stands.
    std::optional<std::pair<std::string, std::size_t>> taskType_;

    std::optional<WrittenDate> date_; ///< the timeline's section stands under
    struct OpenEntry {
        bool heading = false; ///< all that follows belongs to it
        std::size_t indent = 0;
        bool item = false;
    };
    std::optional<OpenEntry> open_; ///< the last entry, while more may belong to it
    std::size_t group_ = 0; ///< first entry of the field that counts now and may lack its time
    std::optional<WrittenTime> groupTime_; ///< "Time: …" before the entry it belongs to
    std::string groupTimeText_;
};

} // namespace postlude::reading
