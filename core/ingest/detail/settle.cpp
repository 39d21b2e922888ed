// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts, roles, zones and years: each source is judged by itself first, then by its neighbours.
#include "core/ingest/detail/placer.h"
#include "core/ingest/detail/survey.h"

#include <algorithm>
#include <chrono>

namespace postlude::detail {

namespace {

std::uint64_t count(const Source& source, RecordKind kind) {
    return source.kinds[static_cast<std::size_t>(kind)];
}

RecordKind mostOf(const Source& source) {
    return static_cast<RecordKind>(std::ranges::max_element(source.kinds) - source.kinds.begin());
}

bool isDatabaseFormat(std::string_view format) {
    static constexpr std::array<std::string_view, 8> names{
        "postgres", "mysql", "mariadb", "mongo", "redis", "cassandra", "clickhouse", "oracle"};
    return std::ranges::any_of(
        names, [&](std::string_view n) { return format.find(n) != std::string_view::npos; });
}

SourceRole roleOf(const Source& source) {
    if (source.isConfig) return SourceRole::Config;
    if (!source.format) return source.info.bytes == 0 ? SourceRole::Other : SourceRole::Document;
    if (isDatabaseFormat(source.info.format)) return SourceRole::Database;
    switch (mostOf(source)) {
    case RecordKind::Alert:
        return SourceRole::Alerts;
    case RecordKind::Change:
        return SourceRole::Changes;
    case RecordKind::Chat:
        return SourceRole::Chat;
    default:
        return source.servers.empty() ? SourceRole::Server : SourceRole::Balancer;
    }
}

/// A web server behind a balancer may log the one process behind it, too. If somebody else shares
/// requests out among several, those who name only one do not balance. Who names a backend that had
/// none does.
void demoteSingles(std::vector<Source>& sources) {
    const bool spread =
        std::ranges::any_of(sources, [](const Source& s) { return s.servers.size() > 1; });
    for (Source& source : sources)
        if (spread && source.info.role == SourceRole::Balancer && source.servers.size() == 1 &&
            !source.servers.begin()->ends_with('/'))
            source.info.role = SourceRole::Server;
}

bool isLogOfHost(const Source& source) {
    const SourceRole role = source.info.role;
    return role == SourceRole::Balancer || role == SourceRole::Server ||
           role == SourceRole::Database;
}

/// The one machine that the lines name; none if they name several or hardly any.
std::string hostInLines(const Source& source) {
    if (!isLogOfHost(source) || source.hosts.empty()) return {};
    std::uint64_t records = 0;
    for (const std::uint64_t n : source.kinds)
        records += n;
    const auto most =
        std::ranges::max_element(source.hosts, {}, [](const auto& entry) { return entry.second; });
    return most->second * 10 >= records * 9 ? most->first : std::string();
}

/// A folder whose logs all name the same machine is that machine's, configurations included.
void settleHosts(std::vector<Source>& sources) {
    std::map<std::string, std::set<std::string>> named;
    for (const Source& source : sources)
        if (const std::string host = hostInLines(source); !host.empty())
            named[source.folder].insert(host);
    for (Source& source : sources) {
        const std::string own = hostInLines(source);
        const auto& there = named[source.folder];
        if (!own.empty())
            source.info.host = own;
        else if (!source.folder.empty() && there.size() == 1)
            source.info.host = *there.begin();
        else
            source.info.host = source.folder;
    }
}

/// What else a balancer's machine writes (its error log) is the balancer's, too.
void settleCompanions(std::vector<Source>& sources) {
    std::set<std::string> balancers;
    for (const Source& source : sources)
        if (source.info.role == SourceRole::Balancer && !source.info.host.empty())
            balancers.insert(source.info.host);
    for (Source& source : sources)
        if (source.info.role == SourceRole::Server && count(source, RecordKind::Request) == 0 &&
            balancers.contains(source.info.host))
            source.info.role = SourceRole::Balancer;
}

/// The offset that a source writes most often.
int mainOffset(const Source& source) {
    return std::ranges::max_element(source.offsets, {}, [](const auto& e) { return e.second; })
        ->first;
}

/// The first stamp as written, a yearless one in the year in which it is nearest to `near`.
std::optional<Instant> beginOf(const Source& source, Instant near) {
    if (source.firstDated || !source.firstYearless) return source.firstDated;
    const int year = toCivil(near).year;
    std::optional<Instant> best;
    for (const int y : {year, year - 1, year + 1})
        if (const Instant at = inYear(*source.firstYearless, y);
            !best || std::chrono::abs(at - near) < std::chrono::abs(*best - near))
            best = at;
    return best;
}

/// Seconds east of UTC: every offset that some country's clocks have.
const std::vector<int>& offsetsInUse() {
    static const std::vector<int> all = [] {
        std::vector<int> out;
        for (int hour = -12; hour <= 14; ++hour)
            out.push_back(hour * 60);
        for (const int odd : {-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})
            out.push_back(odd);
        for (int& minutes : out)
            minutes *= 60;
        return out;
    }();
    return all;
}

/// What sources write, one vote each. Many programs write UTC wherever they run, so UTC wins only
/// if nothing else is written as often.
class Votes {
public:
    void add(const Source& source) {
        const int offset = mainOffset(source);
        ++votes_[offset];
        for (const auto& [written, number] : source.offsets)
            witnesses_.try_emplace(written, &source);
        if (!source.firstDated) return;
        begins_.push_back(*source.firstDated - std::chrono::seconds(offset));
        spans_.push_back({begins_.back(), begins_.back() + source.sampled});
    }
    void settle() { std::ranges::sort(begins_); }
    /// That with this offset it is about a time which one of these logs is about, too.
    [[nodiscard]] bool meets(const Source& source, int offset) const {
        return std::ranges::any_of(spans_, [&](const Window& span) {
            const auto first = beginOf(source, span.from);
            if (!first) return false;
            const Instant from = *first - std::chrono::seconds(offset);
            return from <= span.to && from + source.sampled >= span.from;
        });
    }
    /// That it begins with this offset when one of these logs does, give or take `near`.
    [[nodiscard]] bool begins(const Source& source, int offset, Duration near) const {
        return std::ranges::any_of(begins_, [&](Instant at) {
            const auto first = beginOf(source, at);
            return first && std::chrono::abs(*first - std::chrono::seconds(offset) - at) <= near;
        });
    }
    /// The offset in use anywhere under which it begins together with one of these logs, to a few
    /// minutes: of logs of one machine, for those have one clock. Nothing if more than one does.
    [[nodiscard]] std::optional<int> beginningWith(const Source& source) const {
        std::optional<int> found;
        for (const int offset : offsetsInUse()) {
            if (!begins(source, offset, std::chrono::minutes(3))) continue;
            if (found) return {};
            found = offset;
        }
        return found;
    }
    [[nodiscard]] std::optional<int> most() const {
        std::optional<int> best;
        for (const auto& [offset, number] : votes_)
            if (!best || number > votes_.at(*best) || (number == votes_.at(*best) && *best == 0))
                best = offset;
        return best;
    }
    /// The one of the written offsets (or UTC) under which a log begins when the others do; nothing
    /// if none does, or more than one.
    [[nodiscard]] std::optional<int> fitting(const Source& source) const {
        constexpr auto kNear = std::chrono::minutes(20);
        if (!source.firstDated || begins_.size() < 2) return {};
        const Instant usual = begins_[begins_.size() / 2];
        std::set<int> offsets{0};
        for (const auto& [offset, witness] : witnesses_)
            offsets.insert(offset);
        std::optional<int> found;
        for (const int offset : offsets) {
            const Duration off = *source.firstDated - std::chrono::seconds(offset) - usual;
            if (off > kNear || off < -kNear) continue;
            if (found) return {};
            found = offset;
        }
        return found;
    }
    /// The first source that writes it.
    [[nodiscard]] const Source& witness(int offset) const { return *witnesses_.at(offset); }

private:
    std::map<int, std::size_t> votes_;
    std::map<int, const Source*> witnesses_;
    std::vector<Instant> begins_;
    std::vector<Window> spans_; ///< of the samples
};

bool writesOffsets(const Source& source) {
    std::uint64_t written = 0;
    for (const auto& [offset, number] : source.offsets)
        written += number;
    return written > 0 && written >= source.undetermined;
}

void setZone(Source& source, const Zone& zone, const std::string& from) {
    source.zone = zone;
    source.info.zone = zone.name();
    source.info.zoneFrom = from;
}

/// What the logs of each machine write, and all of them. That a program writes an offset other than
/// UTC's tells its machine's zone; UTC tells of that program alone, and another's log may be in
/// local time beside it. It is the machine's until a log without a zone does not fit it.
class Neighbours {
public:
    explicit Neighbours(const std::vector<Source>& sources) {
        for (const Source& source : sources) {
            if (!isLogOfHost(source) || !writesOffsets(source)) continue;
            if (!source.info.host.empty()) hosts_[source.info.host].add(source);
            if (source.info.role != SourceRole::Database) all_.add(source);
        }
        all_.settle();
        for (const Source& source : sources) {
            const auto host = hosts_.find(source.info.host);
            if (!source.format || writesOffsets(source) || host == hosts_.end()) continue;
            if (const auto other = otherThan(host->second, source))
                local_.try_emplace(source.info.host, *other);
        }
    }
    /// From the other logs of its machine, then from all machines' logs. Of a source that does not
    /// vote itself.
    void inferZone(Source& source) const {
        const auto host = hosts_.find(source.info.host);
        if (const auto other =
                host != hosts_.end() ? localOf(host->second, source) : std::nullopt) {
            const Zone zone = Zone::fixed(*other);
            setZone(source, zone,
                    "guessed: with " + zone.name() + " logs of this host begin together");
        } else if (host != hosts_.end()) {
            const int offset = *host->second.most();
            setZone(source, Zone::fixed(offset),
                    "as " + host->second.witness(offset).info.path + " of the same host writes");
        } else if (const auto fits = all_.fitting(source); fits && fits != all_.most()) {
            const Zone zone = Zone::fixed(*fits);
            setZone(source, zone,
                    "guessed: with " + zone.name() + " it begins when the other logs do");
        } else if (const auto most = all_.most()) {
            const Zone zone = Zone::fixed(*most);
            setZone(source, zone, "guessed: most other logs write " + zone.name());
        } else {
            setZone(source, Zone::utc(), "guessed: UTC");
        }
    }

private:
    static bool fits(const Votes& machine, const Source& source) {
        return machine.begins(source, *machine.most(), std::chrono::minutes(20));
    }
    /// An offset that its machine's logs do not write, where with theirs it is about another time.
    static std::optional<int> otherThan(const Votes& machine, const Source& source) {
        if (fits(machine, source) || machine.meets(source, *machine.most())) return {};
        const auto found = machine.beginningWith(source);
        return found == machine.most() ? std::nullopt : found;
    }
    /// Logs of one machine that write no zone are in one, its own.
    [[nodiscard]] std::optional<int> localOf(const Votes& machine, const Source& source) const {
        if (const auto other = otherThan(machine, source)) return other;
        const auto local = local_.find(source.info.host);
        if (local == local_.end() || fits(machine, source)) return {};
        return local->second;
    }

    std::map<std::string, Votes> hosts_;
    std::map<std::string, int> local_; ///< by host, where its logs write another
    Votes all_;
};

Result<void> settleZones(std::vector<Source>& sources,
                         const std::map<std::string, std::string>& stated) {
    const Neighbours neighbours(sources);
    for (Source& source : sources) {
        if (!source.format) continue;
        if (const auto own = stated.find(source.info.path); own != stated.end()) {
            const auto zone = Zone::named(own->second);
            if (!zone)
                return std::unexpected(Error{ErrorKind::Usage,
                                             "no time zone is called that",
                                             {own->second, 0, 0},
                                             "use a name such as Europe/Berlin or UTC-5"});
            source.zoneStated = true;
            setZone(source, *zone, "stated by the user");
        } else if (writesOffsets(source)) {
            setZone(source, Zone::fixed(mainOffset(source)), "written in the line");
        } else {
            neighbours.inferZone(source);
        }
    }
    return {};
}

/// That time, or if no 29 February is near the last one before it.
Instant inLeapYear(Instant near) {
    const auto leaps = [](int year) { return std::chrono::year{year}.is_leap(); };
    const int around = toCivil(near).year;
    if (leaps(around) || leaps(around - 1) || leaps(around + 1)) return near;
    int year = around - 2;
    while (!leaps(year))
        --year;
    return instant(daysFromCivil(year, 2, 29) * 86'400'000'000'000);
}

/// Yearless stamps are close to what the user stated, else to what the neighbours write, else to
/// the file's own date.
void settleYears(std::vector<Source>& sources, const std::map<std::string, int>& stated) {
    std::vector<Instant> dated;
    for (const Source& source : sources)
        if (source.firstDated && isLogOfHost(source)) dated.push_back(*source.firstDated);
    if (dated.empty())
        for (const Source& source : sources)
            if (source.firstDated) dated.push_back(*source.firstDated);
    std::ranges::sort(dated);
    const Instant now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    for (Source& source : sources) {
        const auto own = stated.find(source.info.path);
        if (own != stated.end() && source.firstYearless)
            source.near = inYear(*source.firstYearless, own->second);
        else if (source.firstDated)
            source.near = *source.firstDated;
        else if (!dated.empty())
            source.near = dated[dated.size() / 2];
        else
            source.near = beforeOf(source.modified.value_or(now));
        if (source.leapDay && own == stated.end()) source.near = inLeapYear(source.near);
    }
}

/// What is stated must be of a source that there is.
Result<void> checkStated(const std::vector<Source>& sources, const auto& stated) {
    for (const auto& [path, what] : stated)
        if (std::ranges::none_of(sources, [&](const Source& s) { return s.info.path == path; }))
            return std::unexpected(Error{ErrorKind::Usage,
                                         "the bundle has no such source",
                                         {path, 0, 0},
                                         "name it as the list of sources does"});
    return {};
}

} // namespace

Result<void> settle(std::vector<Source>& sources, const std::map<std::string, std::string>& zones,
                    const std::map<std::string, int>& years) {
    if (auto good = checkStated(sources, zones); !good) return good;
    if (auto good = checkStated(sources, years); !good) return good;
    for (Source& source : sources) {
        source.info.role = roleOf(source);
        if (source.isConfig) source.info.first = source.info.last = source.modified;
    }
    demoteSingles(sources);
    settleHosts(sources);
    settleCompanions(sources);
    if (auto done = settleZones(sources, zones); !done) return done;
    settleYears(sources, years);
    return {};
}

} // namespace postlude::detail
