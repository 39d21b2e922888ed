// SPDX-License-Identifier: GPL-3.0-or-later
// The document that is being read, and where what is kept verbatim stands in it.
#pragma once

#include "core/postmortem/detail/blocks.h"
#include "core/postmortem/detail/clues.h"

namespace postlude::reading {

class Collector {
public:
    explicit Collector(const std::vector<std::string_view>& lines)
        : lines_(lines) {}

    Reading reading;
    Clues clues;

    Postmortem& document() { return reading.document; }
    Summary& summary() { return reading.document.summary; }

    /// Adds an item to a list of the document called `name` ("lessons.well").
    void add(std::vector<std::string>& list, std::string_view name, std::string text);
    /// A further line of a field called `name` ("summary.impact").
    void append(std::string& field, std::string_view name, std::string_view text);
    /// A further line of the last item.
    void appendToLast(std::vector<std::string>& list, std::string_view text);
    TimelineEntry& addEntry(EntryKind kind, bool kindGiven, std::string text,
                            const std::optional<WrittenTime>& time, std::string timeText,
                            const std::optional<WrittenDate>& date, std::size_t line);
    void addTask(Task task);
    /// Lines of the text that have no part of their own, as they stand. What follows upon what was
    /// kept before is one piece with it.
    void keep(std::size_t first, std::size_t last);
    void keepBlock(const Block& block) { keep(block.first, block.last); }
    void remark(std::size_t line, std::string text);
    void stoodAt(std::string place) { place_ = std::move(place); }
    /// What can be said once all was read: kinds of entries from their words, instants.
    void finish();

private:
    const std::vector<std::string_view>& lines_;
    std::string place_;
    std::size_t keptTo_ = 0; ///< one behind the last line kept
    std::string keptAt_;
    std::vector<bool> kindGiven_;
};

/// The zone named in a heading or a sentence on times: "(all times WAT)".
std::optional<WrittenZone> zoneWithin(std::string_view text);

/// Sentences of a paragraph, in order, blanks between them left off.
std::vector<std::string_view> sentencesOf(std::string_view paragraph);

} // namespace postlude::reading
