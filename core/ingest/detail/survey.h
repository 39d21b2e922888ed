// SPDX-License-Identifier: GPL-3.0-or-later
// What the beginning of a source tells about it, and what all sources together tell about each.
#pragma once

#include "core/base/zone.h"
#include "core/bundle/bundle.h"
#include "core/case/store.h"
#include "core/format/catalogue.h"

#include <array>
#include <map>
#include <set>

namespace postlude::detail {

/// One source of the import.
struct Source {
    SourceInfo info;
    std::vector<std::string> files;       ///< if its text is plain files in place
    std::vector<Member> streamed;         ///< parts that come into the case as they are read
    std::shared_ptr<const Format> format; ///< null: no log
    bool isConfig = false;
    std::string folder; ///< the top folder: whose logs stand together
    std::optional<Instant> modified;
    bool zoneStated = false; ///< by the user: also for stamps with an offset
    Zone zone;
    Instant near{};          ///< yearless stamps are close to it
    SourceProgress progress; ///< of an interrupted import

    std::vector<Error> remarks; ///< to be told when all sources are judged

    // from the sample
    std::array<std::uint64_t, kRecordKinds> kinds{};
    std::map<int, std::uint64_t> offsets; ///< seconds east → records that write it
    std::uint64_t undetermined = 0;       ///< records with a time but no offset
    std::optional<Instant> firstYearless; ///< in 1972
    bool leapDay = false;                 ///< one of them is a 29 February
    std::optional<Instant> firstDated;    ///< with its year; its zone may not be settled
    Duration sampled{};                   ///< from its first stamp to the sample's last
    std::map<std::string, std::uint64_t> hosts;
    std::optional<std::string> learned; ///< the parser's state behind it
    std::set<std::string> servers;      ///< those it shares requests out to, at most a few
};

/// Reads the sample with the source's format and notes what is in it.
void survey(Source& source, std::string_view sample, bool whole);

/// Hosts, roles, zones and years of all sources. `zones`, `years`: what the user stated.
Result<void> settle(std::vector<Source>& sources, const std::map<std::string, std::string>& zones,
                    const std::map<std::string, int>& years);

} // namespace postlude::detail
