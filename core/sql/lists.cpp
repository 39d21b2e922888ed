// SPDX-License-Identifier: GPL-3.0-or-later
// The short tables: sources, lines that could not be read, and what the analysis says.
#include "core/sql/detail/kept_rows.h"

#include <limits>

namespace postlude::sql {

namespace {

/// A table whose rows are made when they are asked for, all of them.
class ListTable final : public Table {
public:
    using Make = std::function<Result<std::vector<KeptRow>>()>;
    ListTable(SqlTable about, Make make)
        : Table(std::move(about))
        , make_(std::move(make)) {}
    bool uses(std::size_t /*column*/, Op /*op*/) const override { return false; }
    Result<std::unique_ptr<Rows>> find(const std::vector<Test>& /*tests*/,
                                       std::stop_token /*stop*/) override {
        auto rows = make_();
        if (!rows) return std::unexpected(rows.error());
        return std::make_unique<KeptRows>(std::move(*rows));
    }

private:
    Make make_;
};

std::string kTimeType() {
    return std::string(kTime);
}

Result<std::vector<KeptRow>> sourceRows(const Query& query) {
    std::vector<KeptRow> rows;
    for (const SourceInfo& s : query.sources()) {
        SqlValue offset, uncertainty;
        if (s.clockOffset) {
            offset = seconds(*s.clockOffset);
            uncertainty = seconds(s.clockUncertainty);
        }
        rows.push_back({s.path, s.host, std::string(nameOf(s.role)), s.format, s.what, s.zone,
                        s.zoneFrom, whole(s.bytes), whole(s.lines), whole(s.records),
                        whole(s.unread), orNull(s.first), orNull(s.last), offset, uncertainty});
    }
    return rows;
}

std::unique_ptr<Table> sourcesTable(const Query& query) {
    return std::make_unique<ListTable>(
        SqlTable{"sources",
                 "the files of the bundle",
                 {{"path", "TEXT", "in the bundle"},
                  {"host", "TEXT", "whose log it is"},
                  {"role", "TEXT", "balancer, server, database …"},
                  {"format", "TEXT", ""},
                  {"what", "TEXT", "what it is"},
                  {"zone", "TEXT", ""},
                  {"zone_from", "TEXT", "how that is known"},
                  {"bytes", "INTEGER", ""},
                  {"lines", "INTEGER", ""},
                  {"records", "INTEGER", ""},
                  {"unread", "INTEGER", "lines that could not be read"},
                  {"first", kTimeType(), ""},
                  {"last", kTimeType(), ""},
                  {"clock_offset_s", "REAL", "above 0: that clock is ahead"},
                  {"clock_uncertainty_s", "REAL", ""}}},
        [&query] { return sourceRows(query); });
}

std::unique_ptr<Table> issuesTable(const Case& of) {
    return std::make_unique<ListTable>(
        SqlTable{"issues",
                 "files that could not be read, and of each source the first lines",
                 {{"source", "TEXT", ""},
                  {"line", "INTEGER", ""},
                  {"offset", "INTEGER", ""},
                  {"what", "TEXT", ""},
                  {"remedy", "TEXT", ""}}},
        [&of]() -> Result<std::vector<KeptRow>> {
            auto issues = of.issues(std::numeric_limits<std::int32_t>::max());
            if (!issues) return std::unexpected(issues.error());
            std::vector<KeptRow> rows;
            for (const ReadIssue& issue : *issues) {
                const Place& at = issue.error.place;
                rows.push_back({at.source, whole(at.line), whole(at.offset), issue.error.what,
                                issue.error.remedy});
            }
            return rows;
        });
}

/// Made once, when first asked for.
class Known {
public:
    explicit Known(Sql::Analyse analyse)
        : analyse_(std::move(analyse)) {}
    Result<const Analysis*> get() {
        if (!analysis_) {
            auto made = analyse_();
            if (!made) return std::unexpected(made.error());
            analysis_ = std::move(*made);
        }
        return &*analysis_;
    }

private:
    Sql::Analyse analyse_;
    std::optional<Analysis> analysis_;
};

using Fill = void (*)(const Analysis&, std::vector<KeptRow>&);

std::unique_ptr<Table> analysisTable(SqlTable about, std::shared_ptr<Known> known, Fill fill) {
    return std::make_unique<ListTable>(
        std::move(about), [known = std::move(known), fill]() -> Result<std::vector<KeptRow>> {
            const auto analysis = known->get();
            if (!analysis) return std::unexpected(analysis.error());
            std::vector<KeptRow> rows;
            fill(**analysis, rows);
            return rows;
        });
}

/// "lb/haproxy.log:12-14, lb/haproxy.cfg:7"
std::string linesOf(const std::vector<Evidence>& evidence) {
    std::string text;
    for (const Evidence& e : evidence) {
        if (e.source.empty()) continue;
        text += (text.empty() ? "" : ", ") + e.source + ':' + std::to_string(e.firstLine);
        if (e.lastLine > e.firstLine) text += '-' + std::to_string(e.lastLine);
    }
    return text;
}

void fillFindings(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (const Finding& f : analysis.findings)
        rows.push_back({f.title, f.statement, orNull(f.at), linesOf(f.evidence)});
}

void fillIncidents(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (std::size_t i = 0; i < analysis.incidents.size(); ++i) {
        const Incident& in = analysis.incidents[i];
        rows.push_back({whole(i + 1), preciseTime(in.impactStart), orNull(in.detected),
                        orNull(in.mitigated), orNull(in.resolved), whole(in.impact.requests),
                        whole(in.impact.failed), whole(in.impact.slow), whole(in.impact.clients),
                        whole(in.impact.clientsAffected), in.worstServer});
    }
}

void addCauses(std::size_t incident, const Incident& of, std::vector<KeptRow>& rows) {
    for (std::size_t i = 0; i < of.causes.size(); ++i) {
        const Cause& c = of.causes[i];
        rows.push_back({whole(incident), std::string("cause"), whole(i + 1),
                        std::string(nameOf(c.kind)), c.culprit, c.change, orNull(c.at), c.score,
                        c.statement, linesOf(c.evidence)});
    }
    const auto add = [&](const char* verdict, const std::vector<Verdict>& verdicts) {
        for (const Verdict& v : verdicts)
            rows.push_back({whole(incident), std::string(verdict), SqlValue(),
                            std::string(nameOf(v.kind)), SqlValue(), SqlValue(), SqlValue(),
                            SqlValue(), v.statement, linesOf(v.evidence)});
    };
    add("ruled out", of.ruledOut);
    add("undecided", of.undecided);
}

void fillCauses(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (std::size_t i = 0; i < analysis.incidents.size(); ++i)
        addCauses(i + 1, analysis.incidents[i], rows);
}

void fillTimeline(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (std::size_t i = 0; i < analysis.incidents.size(); ++i)
        for (const StoryEntry& e : analysis.incidents[i].story)
            rows.push_back({whole(i + 1), preciseTime(e.time), std::string(nameOf(e.kind)),
                            e.statement, linesOf(e.evidence)});
}

void fillServers(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (const ServerReport& s : analysis.servers) {
        const auto add = [&](const char* phase, const ServerPhase& of,
                             const std::optional<double>& expected) {
            rows.push_back({s.key.backend, s.key.server, s.host, std::string(phase),
                            whole(of.requests), whole(of.failed), of.share, orNull(expected),
                            orNull(of.p50Ms), orNull(of.p95Ms), orNull(of.p99Ms)});
        };
        add("before", s.before, s.expectedShareBefore);
        add("during", s.during, s.expectedShareDuring);
        add("after", s.after, {});
    }
}

void fillClocks(const Analysis& analysis, std::vector<KeptRow>& rows) {
    for (const HostClock& h : analysis.hosts) {
        const SqlValue offset = h.offset ? SqlValue(seconds(*h.offset)) : SqlValue();
        const SqlValue by = h.offset ? SqlValue(seconds(h.uncertainty)) : SqlValue();
        rows.push_back({h.host, h.server, offset, by, whole(h.pairs)});
    }
}

struct Told {
    SqlTable about;
    Fill fill;
};

std::vector<Told> toldByAnalysis() {
    const SqlColumn evidence{"evidence", "TEXT", "file:line, file:line-line …"};
    const SqlColumn incident{"incident", "INTEGER", "its number, from 1"};
    return {
        {{"findings",
          "what the analysis states, in order of telling",
          {{"title", "TEXT", ""}, {"statement", "TEXT", ""}, {"time", kTimeType(), ""}, evidence}},
         fillFindings},
        {{"incidents",
          "when users were hit, and how many",
          {incident,
           {"impact_start", kTimeType(), ""},
           {"detected", kTimeType(), ""},
           {"mitigated", kTimeType(), ""},
           {"resolved", kTimeType(), ""},
           {"requests", "INTEGER", "during it"},
           {"failed", "INTEGER", ""},
           {"slow", "INTEGER", ""},
           {"clients", "INTEGER", ""},
           {"clients_affected", "INTEGER", ""},
           {"worst_server", "TEXT", ""}}},
         fillIncidents},
        {{"causes",
          "likely causes, best first, and what was ruled out",
          {incident,
           {"verdict", "TEXT", "cause, ruled out or undecided"},
           {"rank", "INTEGER", "1 is the likeliest"},
           {"kind", "TEXT", ""},
           {"culprit", "TEXT", ""},
           {"change", "TEXT", "before → after"},
           {"time", kTimeType(), ""},
           {"score", "REAL", "0 to 1"},
           {"statement", "TEXT", ""},
           evidence}},
         fillCauses},
        {{"timeline",
          "what happened, by time",
          {incident,
           {"time", kTimeType(), ""},
           {"kind", "TEXT", ""},
           {"statement", "TEXT", ""},
           evidence}},
         fillTimeline},
        {{"servers",
          "each server before, during and after the gravest incident",
          {{"backend", "TEXT", ""},
           {"server", "TEXT", ""},
           {"host", "TEXT", "whose own log it is"},
           {"phase", "TEXT", "before, during or after"},
           {"requests", "INTEGER", ""},
           {"failed", "INTEGER", ""},
           {"share", "REAL", "of its backend's requests, 0 to 1"},
           {"expected_share", "REAL", "by weights and time up"},
           {"p50_ms", "REAL", ""},
           {"p95_ms", "REAL", ""},
           {"p99_ms", "REAL", ""}}},
         fillServers},
        {{"clocks",
          "how far each host's clock was off the balancer's",
          {{"host", "TEXT", ""},
           {"server", "TEXT", "the balancer's name for it"},
           {"offset_s", "REAL", "above 0: ahead"},
           {"uncertainty_s", "REAL", ""},
           {"pairs", "INTEGER", "requests that both logged"}}},
         fillClocks}};
}

} // namespace

std::vector<std::unique_ptr<Table>> listTables(const Case& of, const Query& query,
                                               Sql::Analyse analyse) {
    std::vector<std::unique_ptr<Table>> tables;
    tables.push_back(sourcesTable(query));
    tables.push_back(issuesTable(of));
    const auto known = std::make_shared<Known>(std::move(analyse));
    for (Told& each : toldByAnalysis())
        tables.push_back(analysisTable(std::move(each.about), known, each.fill));
    return tables;
}

} // namespace postlude::sql
