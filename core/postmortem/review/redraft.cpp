// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/redraft.h"
#include "core/postmortem/detail/textfaults.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/places.h"

#include <algorithm>
#include <set>

namespace postlude {

namespace {

using checks::named;

std::string textOf(const std::string& text) {
    return text;
}
std::string textOf(const TimelineEntry& entry) {
    return entry.text;
}
std::string textOf(const Task& task) {
    return task.text;
}

template <class Item>
bool holds(const std::vector<Item>& list, const Item& item) {
    return std::ranges::find(list, item) != list.end();
}

class Merger {
public:
    explicit Merger(Redraft& to)
        : to_(to) {}

    template <class Value>
    void value(const char* part, Value& current, const Value& base, const Value& fresh) {
        if (fresh == base || fresh == current) return;
        if (current == base) {
            current = fresh;
            to_.taken.push_back(std::string(part) + " is told anew");
        } else {
            to_.left.push_back(std::string(part) + " stays as it was written; the logs tell "
                                                   "something else now");
        }
    }

    /// What is new comes where the old that it follows upon stands, else at the end.
    template <class Item>
    void list(const char* part, std::vector<Item>& current, const std::vector<Item>& base,
              const std::vector<Item>& fresh) {
        std::vector<Item> news;
        for (const Item& item : fresh)
            if (!holds(base, item) && !holds(current, item)) news.push_back(item);
        std::vector<Item> merged;
        std::size_t next = 0;
        for (Item& item : current) {
            const bool outdated = holds(base, item) && !holds(fresh, item);
            if (!outdated) {
                merged.push_back(std::move(item));
                continue;
            }
            to_.taken.push_back(std::string(part) + ": " + named(textOf(item)) +
                                " is told no more");
            if (next < news.size()) merged.push_back(news[next++]);
        }
        merged.insert(merged.end(), news.begin() + static_cast<std::ptrdiff_t>(next), news.end());
        for (const Item& item : news)
            to_.taken.push_back(std::string(part) + ": " + named(textOf(item)) + " is new");
        current = std::move(merged);
        grown_ = !news.empty();
    }
    [[nodiscard]] bool grown() const { return grown_; }

private:
    Redraft& to_;
    bool grown_ = false;
};

bool isSorted(const std::vector<TimelineEntry>& timeline) {
    Instant last{Duration::min()};
    for (const TimelineEntry& entry : timeline) {
        if (entry.time && *entry.time < last) return false;
        if (entry.time) last = *entry.time;
    }
    return true;
}

/// New entries go to their time; who had put the entries in another order keeps that.
void settleOrder(std::vector<TimelineEntry>& timeline) {
    std::ranges::stable_sort(timeline, [](const TimelineEntry& a, const TimelineEntry& b) {
        if (!a.time || !b.time) return a.time.has_value() && !b.time.has_value();
        return *a.time < *b.time;
    });
}

/// All three with one label for the same evidence, so that a sentence is the same in each.
std::pair<Postmortem, Postmortem> alike(const Postmortem& current, const Postmortem& oldDraft,
                                        const Postmortem& newDraft) {
    Postmortem base = relabelled(oldDraft, current);
    Postmortem known = current;
    for (const MarkedEvidence& marked : base.evidence)
        if (!evidenceOf(known, marked.label)) known.evidence.push_back(marked);
    Postmortem fresh = relabelled(newDraft, known);
    return {std::move(base), std::move(fresh)};
}

/// What the new sentences lead to.
void takeEvidence(Postmortem& document, const Postmortem& fresh) {
    std::set<std::string> wanted;
    for (const PlacedText& text : proseOf(document))
        for (const Mark& mark : marksIn(text.text))
            wanted.emplace(mark.label);
    for (const MarkedEvidence& marked : fresh.evidence)
        if (wanted.contains(marked.label) && !evidenceOf(document, marked.label))
            document.evidence.push_back(marked);
    sortEvidence(document);
}

} // namespace

Redraft redrafted(const Postmortem& current, const Postmortem& oldDraft,
                  const Postmortem& newDraft) {
    const auto [base, fresh] = alike(current, oldDraft, newDraft);
    Redraft r{current, {}, {}};
    Postmortem& d = r.document;
    Merger merge(r);
    merge.value("Title", d.title, base.title, fresh.title);
    Summary& s = d.summary;
    merge.value("Start", s.start, base.summary.start, fresh.summary.start);
    merge.value("End", s.end, base.summary.end, fresh.summary.end);
    merge.value("Impact", s.impact, base.summary.impact, fresh.summary.impact);
    merge.value("Users affected", s.affectedShare, base.summary.affectedShare,
                fresh.summary.affectedShare);
    merge.value("Requests failed", s.failedShare, base.summary.failedShare,
                fresh.summary.failedShare);
    merge.value("Requests answered late", s.slowShare, base.summary.slowShare,
                fresh.summary.slowShare);
    merge.value("Root cause", s.rootCause, base.summary.rootCause, fresh.summary.rootCause);
    merge.value("Trigger", s.trigger, base.summary.trigger, fresh.summary.trigger);
    merge.value("Resolution", s.resolution, base.summary.resolution, fresh.summary.resolution);
    merge.list("Issue summary", s.other, base.summary.other, fresh.summary.other);
    merge.list("Services", d.services, base.services, fresh.services);
    const bool sorted = isSorted(current.timeline);
    merge.list("Timeline", d.timeline, base.timeline, fresh.timeline);
    if (sorted && merge.grown()) settleOrder(d.timeline);
    merge.list("Root cause", d.rootCause, base.rootCause, fresh.rootCause);
    merge.list("Resolution", d.resolution, base.resolution, fresh.resolution);
    merge.list("What went well", d.wentWell, base.wentWell, fresh.wentWell);
    merge.list("What went wrong", d.wentWrong, base.wentWrong, fresh.wentWrong);
    merge.list("Where we got lucky", d.gotLucky, base.gotLucky, fresh.gotLucky);
    merge.list("Improvements", d.improvements, base.improvements, fresh.improvements);
    merge.list("Tasks", d.tasks, base.tasks, fresh.tasks);
    takeEvidence(d, fresh);
    return r;
}

} // namespace postlude
