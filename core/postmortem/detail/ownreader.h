// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a report that Postlude wrote line by line: blocks and what was kept in own.cpp, fields
// and lists in ownfields.cpp, the timeline in owntimeline.cpp.
#pragma once

#include "core/postmortem/detail/own.h"

#include <map>

namespace postlude::reading {

/// A comment line such as "<!-- kept 3 after timeline[2], as code -->".
struct KeptMark {
    std::string name, after;
    bool code = false;
};

class OwnReader {
public:
    OwnReader(const std::vector<std::string_view>& lines, const FrontMatter& matter);
    Reading read();

private:
    void takeBlock();
    /// Anything that may not be part of the paragraph or item before it.
    [[nodiscard]] static bool begins(std::string_view line);
    void keep(std::size_t first, std::size_t last);
    bool takeKept(const KeptMark& mark);
    bool takeHeading(std::string_view line);
    void takePicture();
    void takeRow();
    void takeNote();
    void takeText(bool item);

    bool place(std::string_view text, bool item, std::size_t line);
    bool add(std::vector<std::string>& list, const std::string& name, std::string_view text);
    bool headField(std::string_view text);
    bool status(const std::string& text);
    bool summaryField(std::string_view text, std::size_t line);
    void duration(const std::string& text, std::size_t line);

    bool entry(std::string_view text, std::size_t line);
    bool takeTime(std::string_view& text, TimelineEntry& entry, EntryTime& edited);
    bool finish(TimelineEntry entry, std::string text, const std::vector<std::size_t>& notes,
                const EntryTime& edited);
    void linkNotes();
    void settleEdited();

    const std::vector<std::string_view>& lines_;
    const FrontMatter& matter_;
    Collector to_;
    Postmortem& d_;
    std::map<std::string, Part> parts_;                    ///< by their headings
    std::map<std::string, std::vector<std::size_t>> ends_; ///< lines that end what was kept
    std::size_t at_ = 0;
    std::optional<Part> part_ = Part::Head; ///< none: under a heading that is not ours
    bool titled_ = false;
    bool headed_ = false; ///< the heads of the tasks' table were read
    bool edited_ = false;
    std::optional<Instant> day_; ///< for times without a date: local midnight
    std::string place_;
    std::vector<std::pair<std::size_t, Kept>> kept_; ///< with their numbers
    std::size_t lastNumber_ = 0;
    bool newKept_ = false;
    std::string keptAt_;
    std::size_t keptTo_ = 0;
    std::map<std::size_t, Evidence> notes_;
    std::map<std::size_t, std::size_t> noteLines_;      ///< of those that no entry leads to yet
    std::vector<std::vector<std::size_t>> noteNumbers_; ///< of each entry
};

} // namespace postlude::reading
