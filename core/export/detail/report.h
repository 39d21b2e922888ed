// SPDX-License-Identifier: GPL-3.0-or-later
// The document laid out in blocks, once for all written forms. Texts are as people and logs gave
// them: every writer escapes for its own language.
#pragma once

#include "core/base/zone.h"
#include "core/export/export.h"

#include <stop_token>

namespace postlude {

struct Span {
    /// Between is what we put between texts (" — "): no markup in it, blanks kept. Blank is what
    /// parts a text from the mark within it: blanks or an end of line. Entry leads to an entry of
    /// the timeline, which begins with its Anchor.
    enum class Kind : std::uint8_t {
        Text,
        Between,
        Strong,
        Code,
        Note,
        Blank,
        Entry,
        Anchor
    } kind = Kind::Text;
    /// Of a Code only what we made ourselves: digits and letters. Of a Note the mark in the text
    /// ("[^e3]"); empty: it comes behind the text. Of an Entry as it stands there: "[10:02:07]".
    std::string text;
    std::size_t note = 0;   ///< number of the footnote or entry, from 1
    std::string label = {}; ///< what the note is called where notes are known by names
};
using Line = std::vector<Span>;

/// What a link to an entry shows where it is one.
inline std::string unbracketed(const std::string& text) {
    return text.size() < 2 ? text : text.substr(1, text.size() - 2);
}

struct Block {
    enum class Kind : std::uint8_t { Heading, Paragraph, List, Table, Picture, Notes, Kept };
    Kind kind = Kind::Paragraph;
    int level = 0;                                   ///< of a heading, from 1
    std::vector<Line> lines = {};                    ///< one; of a list and of notes one an item
    std::vector<std::vector<std::string>> rows = {}; ///< of a table; the first holds the heads
    ChartPicture picture = {};
    Kept kept = {};
    std::size_t number = 0;               ///< of a kept piece in the document, from 1
    std::vector<std::string> labels = {}; ///< of notes: Span::label of each
};

using Report = std::vector<Block>;

struct ReportOptions {
    bool exact = false;         ///< instants to the last digit, times as written
    const Form* form = nullptr; ///< null: the usual one
    std::stop_token stop = {};  ///< once it asks, no more lines are read: nobody will want them
};

/// `query` may be null: then the footnotes carry no digests.
Report composeReport(const Postmortem& document, const Query* query,
                     const std::vector<ChartPicture>& charts, const ReportOptions& options);

/// What a footnote says of a piece of evidence.
Line evidenceLine(const Evidence& evidence, const Query* query, const Zone& zone, bool exact);

} // namespace postlude
