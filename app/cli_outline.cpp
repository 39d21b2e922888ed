// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_outline.h"

#include "core/base/text.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::cli {

namespace {

constexpr std::size_t kWidth = 100;

/// One line of at most so many bytes, cut between characters.
std::string shortened(std::string_view text, std::size_t most = kWidth) {
    std::string line(text);
    std::ranges::replace(line, '\n', ' ');
    line = visible(line);
    if (line.size() <= most) return line;
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U)
        --cut;
    return line.substr(0, cut) + "…";
}

class Outline {
public:
    explicit Outline(const Reading& reading)
        : d_(reading.document)
        , remarks_(reading.remarks)
        , zone_(zoneOf(d_)) {}

    std::string write() {
        out_ += (d_.title.empty() ? "(no title)" : shortened(d_.title)) + "\n";
        summary();
        list("Introduction", d_.introduction);
        timeline();
        list("Root cause", d_.rootCause);
        list("Resolution", d_.resolution);
        list("Went well", d_.wentWell);
        list("Went wrong", d_.wentWrong);
        list("Got lucky", d_.gotLucky);
        list("Improvements", d_.improvements);
        tasks();
        list("Conclusion", d_.conclusion);
        kept();
        remarks();
        return std::move(out_);
    }

private:
    void field(std::string_view name, std::string_view text) {
        if (!text.empty()) out_ += fmt::format("  {:<16}{}\n", name, shortened(text));
    }
    void instantField(std::string_view name, const std::optional<Instant>& at,
                      const std::string& text) {
        if (at)
            field(name, zone_.format(*at, 0));
        else
            field(name, text);
    }
    void head(std::string_view name, std::size_t count) {
        out_ += fmt::format("\n{} ({})\n", name, count);
    }
    void list(std::string_view name, const std::vector<std::string>& texts) {
        if (texts.empty()) return;
        head(name, texts.size());
        for (const std::string& text : texts)
            out_ += "  - " + shortened(text) + "\n";
    }
    void summary() {
        const Summary& s = d_.summary;
        field("Severity", d_.severity);
        instantField("Start", s.start, s.startText);
        instantField("End", s.end, s.endText);
        field("Zone", s.zone);
        field("Duration", s.durationText);
        field("Impact", s.impact);
        field("Affected", s.affectedShare);
        field("Root cause", s.rootCause);
        field("Trigger", s.trigger);
        field("Resolution", s.resolution);
        for (const std::string& other : s.other)
            field("", other);
    }
    void timeline() {
        if (d_.timeline.empty()) return;
        head("Timeline", d_.timeline.size());
        for (const TimelineEntry& entry : d_.timeline) {
            const std::string time =
                entry.time ? zone_.format(*entry.time, 0) : shortened(entry.timeText, 40);
            out_ += fmt::format("  {}{}: {}\n", time.empty() ? "" : time + "  ", nameOf(entry.kind),
                                shortened(entry.text));
        }
    }
    void tasks() {
        if (d_.tasks.empty()) return;
        head("Tasks", d_.tasks.size());
        for (const Task& task : d_.tasks) {
            std::string more = visible(task.status);
            if (!task.owner.empty()) more += ", " + shortened(task.owner, 40);
            if (!task.due.empty()) more += ", due " + shortened(task.due, 40);
            out_ += "  - " + shortened(task.text) + " (" + more + ")\n";
        }
    }
    void kept() {
        if (d_.kept.empty()) return;
        head("Kept as it stood", d_.kept.size());
        for (const Kept& kept : d_.kept)
            out_ += "  - " +
                    (kept.after.empty() ? "at the start" : "after " + visible(kept.after)) + ": " +
                    shortened(kept.markdown) + "\n";
    }
    void remarks() {
        if (remarks_.empty()) return;
        head("Remarks", remarks_.size());
        for (const ReadingRemark& remark : remarks_)
            out_ += "  - " + (remark.line > 0 ? fmt::format("line {}: ", remark.line) : "") +
                    visible(remark.text) + "\n";
    }

    const Postmortem& d_;
    const std::vector<ReadingRemark>& remarks_;
    Zone zone_;
    std::string out_;
};

} // namespace

std::string outlineOf(const Reading& reading) {
    return Outline(reading).write();
}

} // namespace postlude::cli
