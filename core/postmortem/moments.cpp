// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/moments.h"

#include "core/base/time.h"
#include "core/postmortem/wording.h"

#include <algorithm>

#include <re2/re2.h>

namespace postlude {

std::string momentsIn(std::string_view text, const Zone& zone, bool withDate) {
    static const RE2 next(R"((“[^”]*”?)|\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)\b)");
    std::string out;
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece quoted, stamp;
    const char* told = text.data();
    while (RE2::FindAndConsume(&rest, next, &quoted, &stamp)) {
        const auto at = fromRfc3339(std::string_view(stamp.data(), stamp.size()));
        if (stamp.empty() || !at) continue;
        out.append(told, stamp.data());
        out += momentText(*at, zone, withDate);
        told = stamp.data() + stamp.size();
    }
    return out.append(told, text.data() + text.size());
}

Duration uncertaintyOfStart(const Incident& incident) {
    const Window& sure = incident.impactStartInterval;
    if (incident.impactStart < sure.from || incident.impactStart > sure.to) return {}; // not known
    return std::max<Duration>(incident.impactStart - sure.from, sure.to - incident.impactStart);
}

} // namespace postlude
