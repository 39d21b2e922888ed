// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/sensitive.h"

#include "core/base/zone.h"
#include "core/postmortem/detail/folded.h"
#include "core/postmortem/detail/personnames.h"
#include "core/postmortem/forms.h"
#include "core/postmortem/places.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude {

namespace {

std::string prefixOf(SensitiveKind kind) {
    return kind == SensitiveKind::Mail ? "mail" : std::string(nameOf(kind));
}

/// What is the same thing: names and addresses are, however they are capitalised.
std::string keyOf(SensitiveKind kind, std::string_view found) {
    const bool exact = kind == SensitiveKind::Secret || kind == SensitiveKind::Path;
    return exact ? std::string(found) : folded(found);
}

class Cleaner {
public:
    Cleaner(const KnownNames& known, const std::stop_token& stop, const ProgressSink& progress,
            std::size_t bytes)
        : known_(known)
        , stop_(stop)
        , progress_(progress) {
        now_.stage = "Looking for names";
        now_.bytesTotal = bytes;
        for (const std::string& person : known.people)
            for (const std::string& word : wordsOfName(person)) {
                const auto [at, isNew] = whole_.emplace(folded(word), person);
                if (!isNew && at->second != person) at->second.clear(); // of two: nobody knows
            }
    }

    /// Leaves the text alone once nobody wants it any more.
    void clean(std::string& text) {
        if (stop_.stop_requested()) return;
        tell(text.size());
        std::string out;
        std::size_t from = 0;
        for (const Sensitive& s : sensitiveIn(text, known_)) {
            out += text.substr(from, s.at - from);
            out += placeholder(s.kind, text.substr(s.at, s.size));
            from = s.at + s.size;
        }
        if (from == 0) return;
        text = out + text.substr(from);
    }
    void clean(std::vector<std::string>& texts) {
        for (std::string& text : texts)
            clean(text);
    }
    /// A placeholder for what may yet be met elsewhere.
    void reserve(SensitiveKind kind, const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            placeholder(kind, name);
            --replaced[numbers_[keyOf(kind, name)]].times;
        }
    }
    std::vector<Replacement> replaced;

private:
    void tell(std::size_t bytes) {
        constexpr std::uint64_t step = 64 * 1024;
        const bool due = now_.bytesDone / step != (now_.bytesDone + bytes) / step;
        now_.bytesDone += bytes;
        if (due && progress_) progress_(now_);
    }
    /// "Dana" is Dana Fields if no other of that name is known.
    [[nodiscard]] std::string meant(SensitiveKind kind, const std::string& found) const {
        const auto whole =
            kind == SensitiveKind::Person ? whole_.find(folded(found)) : whole_.end();
        return whole == whole_.end() || whole->second.empty() ? found : whole->second;
    }
    std::string placeholder(SensitiveKind kind, const std::string& written) {
        const std::string found = meant(kind, written);
        const auto [known, isNew] = numbers_.try_emplace(keyOf(kind, found), replaced.size());
        if (isNew)
            replaced.push_back(
                {kind, found, prefixOf(kind) + "-" + std::to_string(++counts_[kind]), 0});
        Replacement& r = replaced[known->second];
        ++r.times;
        return r.with;
    }
    const KnownNames& known_;
    const std::stop_token& stop_;
    const ProgressSink& progress_;
    Progress now_;
    std::map<std::string, std::size_t> numbers_; ///< keyOf() what was found → which of `replaced`
    std::map<SensitiveKind, int> counts_;
    std::map<std::string, std::string> whole_; ///< word of a name, folded → the name
};

void cleanHead(Cleaner& cleaner, Postmortem& d) {
    for (std::string* text : {&d.title, &d.owner, &d.severity})
        cleaner.clean(*text);
    for (auto* names : {&d.authors, &d.reviewers, &d.services})
        cleaner.clean(*names);
    if (!Zone::named(d.summary.zone)) cleaner.clean(d.summary.zone);
    for (std::string* text : {&d.summary.startText, &d.summary.endText})
        cleaner.clean(*text);
    // The name of a template of one's own may be a path, and tells whose it is.
    if (std::ranges::find(builtInForms(), d.form, &Form::name) == builtInForms().end())
        d.form.clear();
}

void cleanEvidence(Cleaner& cleaner, Evidence& e) {
    static constexpr std::array charts{"requests", "share", "errors", "latency"};
    cleaner.clean(e.source);
    if (std::ranges::find(charts, e.chart) == charts.end()) cleaner.clean(e.chart);
}

void cleanEntry(Cleaner& cleaner, TimelineEntry& entry) {
    cleaner.clean(entry.timeText);
    for (Evidence& e : entry.evidence)
        cleanEvidence(cleaner, e);
}

void cleanTask(Cleaner& cleaner, Task& task) {
    for (std::string* text : {&task.text, &task.owner, &task.tracker, &task.doneWhen, &task.type,
                              &task.priority, &task.due, &task.status})
        cleaner.clean(*text);
}

/// Places stay: without them nobody knows where the text belongs.
void cleanKept(Cleaner& cleaner, Kept& kept) {
    const bool dotted = kept.after.starts_with("summary.") || kept.after.starts_with("lessons.");
    if (!dotted || kept.after.find(' ') != std::string::npos) cleaner.clean(kept.after);
    cleaner.clean(kept.markdown);
}

} // namespace

std::string SanitisedEdition::clean(std::string_view text) const {
    KnownNames names;
    for (const Replacement& r : replaced)
        names.hosts.push_back(r.found);
    std::string out;
    std::size_t from = 0;
    for (const Sensitive& s : sensitiveIn(text, names)) {
        const std::string_view found = text.substr(s.at, s.size);
        const auto r = std::ranges::find_if(replaced, [&](const Replacement& each) {
            return keyOf(each.kind, each.found) == keyOf(each.kind, found);
        });
        out += text.substr(from, s.at - from);
        out += r == replaced.end() ? prefixOf(s.kind) : r->with;
        from = s.at + s.size;
    }
    return out + std::string(text.substr(from));
}

SanitisedEdition sanitised(const Postmortem& document, const KnownNames& known) {
    return *sanitised(document, known, {}, {});
}

Result<SanitisedEdition> sanitised(const Postmortem& document, const KnownNames& known,
                                   const std::stop_token& stop, const ProgressSink& progress) {
    SanitisedEdition edition{document, {}};
    Postmortem& d = edition.document;
    std::size_t bytes = 0;
    for (const PlacedText& text : proseOf(document))
        bytes += text.text.size();
    for (const Kept& kept : document.kept)
        bytes += kept.markdown.size();
    Cleaner cleaner(known, stop, progress, bytes);
    cleanHead(cleaner, d);
    editTexts(d, [&](const std::string&, std::string& text) { cleaner.clean(text); });
    for (TimelineEntry& entry : d.timeline)
        cleanEntry(cleaner, entry);
    for (MarkedEvidence& marked : d.evidence)
        cleanEvidence(cleaner, marked.evidence);
    for (Task& task : d.tasks)
        cleanTask(cleaner, task);
    for (Kept& kept : d.kept)
        cleanKept(cleaner, kept);
    cleaner.reserve(SensitiveKind::Host, known.hosts); // servers are named in charts, too
    cleaner.reserve(SensitiveKind::Service, known.services);
    if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
    edition.replaced = std::move(cleaner.replaced);
    return edition;
}

} // namespace postlude
