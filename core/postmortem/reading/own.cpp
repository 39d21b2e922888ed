// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/detail/lines.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/detail/ownreader.h"
#include "core/postmortem/marks.h"

#include <algorithm>

namespace postlude::reading {

namespace {

bool isBullet(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.starts_with("- ") || text == "-" || text.starts_with("* ") || text.starts_with("+ "))
        return true;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    return digits > 0 && digits < 4 &&
           (text.substr(digits).starts_with(". ") || text.substr(digits).starts_with(") "));
}

/// Of "[^3]: …" the "3", of "[^e3]: …" the "e3"; empty: it is no note.
std::string_view noteLabel(std::string_view line) {
    const std::size_t end = line.find("]:");
    if (!line.starts_with("[^") || end == std::string_view::npos || end >= 12) return {};
    const std::string_view label = line.substr(2, end - 2);
    if (markAt(line, 0).size > 0) return label;
    return label.find_first_not_of("0123456789") == std::string_view::npos ? label
                                                                           : std::string_view();
}

std::size_t numberFrom(std::string_view digits) {
    std::size_t number = 0;
    for (const char c : digits)
        number = number * 10 + static_cast<std::size_t>(c - '0');
    return number;
}

std::optional<KeptMark> keptMark(std::string_view line) {
    constexpr std::string_view open = "<!-- kept ";
    constexpr std::string_view close = " -->";
    line = trimmed(line);
    if (!line.starts_with(open) || !line.ends_with(close)) return {};
    std::string_view inside = line.substr(open.size(), line.size() - open.size() - close.size());
    KeptMark mark;
    if (inside.ends_with(", as code")) {
        mark.code = true;
        inside.remove_suffix(9);
    }
    const std::size_t after = inside.find(" after ");
    mark.name = std::string(inside.substr(0, after));
    if (after != std::string_view::npos) mark.after = std::string(inside.substr(after + 7));
    return mark;
}

/// Of "*caption*" the caption.
std::string_view inside(std::string_view emphasis) {
    return emphasis.substr(1, emphasis.size() < 2 ? 0 : emphasis.size() - 2);
}

/// As places are called; anything else was put there by somebody.
bool isPlace(std::string_view text) {
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.[]") ==
           std::string_view::npos;
}

} // namespace

OwnReader::OwnReader(const std::vector<std::string_view>& lines, const FrontMatter& matter)
    : lines_(lines)
    , matter_(matter)
    , to_(lines)
    , d_(to_.document()) {
    d_.summary.zone = matter.zone;
    d_.form = matter.form;
    for (int i = 0; i <= static_cast<int>(Part::Evidence); ++i)
        parts_[std::string(headingOf(static_cast<Part>(i)))] = static_cast<Part>(i);
    parts_.erase("");
    for (const auto& [part, heading] : matter.headings)
        parts_[heading] = part;
    for (std::size_t i = lines.size(); i-- > 0;)
        if (trimmed(lines[i]).starts_with("<!-- end kept "))
            ends_[std::string(trimmed(lines[i]))].push_back(i);
}

Reading OwnReader::read() {
    for (at_ = matter_.end; at_ < lines_.size();)
        takeBlock();
    linkNotes();
    sortEvidence(d_);
    std::ranges::stable_sort(kept_, {}, &std::pair<std::size_t, Kept>::first);
    for (auto& [number, kept] : kept_)
        d_.kept.push_back(std::move(kept));
    settleEdited();
    return std::move(to_.reading);
}

void OwnReader::takeBlock() {
    const std::string_view line = trimmed(lines_[at_]);
    if (line.empty()) {
        ++at_;
        return;
    }
    if (const auto mark = keptMark(line); mark && takeKept(*mark)) return;
    if (line.starts_with('#') && takeHeading(line)) return;
    if (!part_ || line.starts_with("<!--")) return keep(at_, at_);
    if (line.starts_with("![")) return takePicture();
    if (line.starts_with('|')) return takeRow();
    if (part_ == Part::Evidence && !noteLabel(line).empty()) return takeNote();
    takeText(isBullet(line));
}

bool OwnReader::begins(std::string_view line) {
    line = trimmed(line);
    return line.empty() || line.starts_with("# ") || line.starts_with("## ") ||
           line.starts_with("### ") || line.starts_with("<!--") || line.starts_with("![") ||
           line.starts_with('|') || !noteLabel(line).empty() || isBullet(line);
}

void OwnReader::keep(std::size_t first, std::size_t last) {
    const bool joins = !kept_.empty() && keptTo_ <= first && keptAt_ == place_ && newKept_ &&
                       std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(keptTo_),
                                   lines_.begin() + static_cast<std::ptrdiff_t>(first), blankLine);
    if (joins)
        kept_.back().second.markdown += '\n' + verbatim(lines_, keptTo_, last);
    else
        kept_.push_back({lastNumber_, {place_, verbatim(lines_, first, last)}});
    newKept_ = true;
    keptAt_ = place_;
    keptTo_ = last + 1;
    at_ = last + 1;
}

bool OwnReader::takeKept(const KeptMark& mark) {
    const auto ends = ends_.find("<!-- end kept " + mark.name + " -->");
    if (ends == ends_.end()) return false;
    std::vector<std::size_t>& places = ends->second; // the nearest last
    while (!places.empty() && places.back() <= at_)
        places.pop_back();
    if (places.empty()) return false;
    std::size_t first = at_ + 1;
    std::size_t last = places.back();
    at_ = last + 1;
    if (mark.code && last >= first + 2) {
        ++first;
        --last;
    }
    lastNumber_ = 0;
    for (const char c : mark.name)
        if (c >= '0' && c <= '9' && lastNumber_ < 100'000'000)
            lastNumber_ = lastNumber_ * 10 + static_cast<std::size_t>(c - '0');
    kept_.push_back({lastNumber_,
                     {isPlace(mark.after) ? mark.after : place_,
                      last > first ? verbatim(lines_, first, last - 1) : std::string()}});
    newKept_ = false;
    return true;
}

bool OwnReader::takeHeading(std::string_view line) {
    const std::size_t level = line.find_first_not_of('#');
    if (level == std::string_view::npos || level > 3 || line[level] != ' ') return false;
    const std::string text = ownText(trimmed(line.substr(level)));
    if (level == 1) {
        if (titled_) {
            part_.reset();
            return false;
        }
        titled_ = true;
        d_.title = matter_.untitled && text == "Postmortem" ? std::string() : text;
        place_ = "title";
    } else {
        const auto part = parts_.find(text);
        part_ = part == parts_.end() ? std::nullopt : std::optional(part->second);
        if (!part_) return false;
    }
    ++at_;
    return true;
}

/// Our own charts are drawn anew on the next export; words added to a caption are not.
void OwnReader::takePicture() {
    const std::string_view line = trimmed(lines_[at_]);
    const auto drawn = [&](const char* name) {
        return line.ends_with(std::string("_files/") + name + ".svg)");
    };
    const bool chart = std::ranges::any_of(
        std::initializer_list<const char*>{"requests", "share", "errors", "latency"}, drawn);
    const std::string_view title = line.substr(2, line.find(']') - 2);
    const bool captioned = at_ + 2 < lines_.size() && blankLine(lines_[at_ + 1]) &&
                           trimmed(lines_[at_ + 2]).starts_with("*" + std::string(title)) &&
                           trimmed(lines_[at_ + 2]).ends_with('*');
    if (!chart || !captioned) return keep(at_, at_);
    const std::size_t caption = at_ + 2;
    if (isOwnCaption(ownText(title), ownText(inside(trimmed(lines_[caption])))))
        at_ = caption + 1;
    else
        keep(caption, caption);
}

void OwnReader::takeRow() {
    const std::vector<std::string_view> cells = ownCells(lines_[at_]);
    const bool head =
        !headed_ && cells.size() == 8 && cells[0] == "Task" && cells[7] == "Done when";
    const bool rule = cells.size() == 8 && cells[0].starts_with("---");
    headed_ = headed_ || head;
    if (part_ != Part::Tasks || cells.size() != 8) return keep(at_, at_);
    ++at_;
    if (head || rule) return;
    Task t;
    std::size_t i = 0;
    for (std::string* cell :
         {&t.text, &t.type, &t.owner, &t.priority, &t.due, &t.tracker, &t.status, &t.doneWhen})
        *cell = ownText(cells[i++]);
    place_ = "tasks[" + std::to_string(d_.tasks.size()) + "]";
    d_.tasks.push_back(std::move(t));
}

void OwnReader::takeNote() {
    const std::string_view line = trimmed(lines_[at_]);
    const std::string label(noteLabel(line));
    const std::string_view note = trimmed(line.substr(line.find("]:") + 2));
    const auto evidence = ownEvidence(note);
    if (!evidence) return keep(at_, at_);
    if (label.front() == 'e') {
        if (evidenceOf(d_, label)) return keep(at_, at_);
        d_.evidence.push_back({label, *evidence});
    } else {
        const std::size_t number = numberFrom(label);
        if (!notes_.emplace(number, *evidence).second) return keep(at_, at_);
        noteLines_[number] = at_;
    }
    to_.reading.notes.push_back({label, *evidence, ownDigest(note)});
    ++at_;
    const std::string_view more = behindDigest(note);
    if (more.empty()) return;
    kept_.push_back({lastNumber_, {place_, std::string(more)}});
    newKept_ = false;
}

/// A paragraph or an item, its further lines included. A backslash at the end is a line break.
void OwnReader::takeText(bool item) {
    const std::size_t first = at_;
    std::string_view line = trimmed(lines_[at_++]);
    if (item) line = trimmed(line.substr(std::min(line.find(' '), line.size())));
    std::string text(line);
    while (at_ < lines_.size() && !begins(lines_[at_])) {
        const std::size_t slashes = text.size() - (text.find_last_not_of('\\') + 1);
        const bool broken = slashes % 2 == 1;
        if (broken) text.pop_back();
        text += (broken ? "\n" : " ") + std::string(trimmed(lines_[at_++]));
    }
    if (!place(text, item, first)) {
        const std::size_t last = at_ - 1;
        keep(first, last);
    }
}

Reading readOwn(const std::vector<std::string_view>& lines, const FrontMatter& matter) {
    return OwnReader(lines, matter).read();
}

} // namespace postlude::reading
