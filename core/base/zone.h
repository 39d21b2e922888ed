// SPDX-License-Identifier: GPL-3.0-or-later
// Time zones: fixed offsets and IANA names, on top of QTimeZone.
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>

namespace postlude {

/// A value; copying is cheap. Thread-safe (const after construction).
class Zone {
public:
    static Zone utc() { return Zone{}; }
    /// `east`: seconds east of UTC, −15 h … +15 h.
    static Zone fixed(int east);
    /// "UTC", "Z", "Europe/Berlin", "+02:00", "UTC-5", "GMT+3"; empty if no such zone is known.
    static std::optional<Zone> named(std::string_view name);
    /// The zone of this machine.
    static Zone local();

    /// What it is called on screen: "UTC", "UTC−05:00", "Europe/Berlin".
    [[nodiscard]] std::string name() const;
    /// Seconds east of UTC at that moment.
    [[nodiscard]] int offsetAt(Instant t) const;
    /// The moment at which clocks of this zone show `local` (read as if it were UTC). In the
    /// hour that occurs twice the first is taken; in the one that is skipped, the moment after.
    [[nodiscard]] Instant fromLocal(Instant local) const;
    /// The second such moment, if there are two.
    [[nodiscard]] std::optional<Instant> secondFromLocal(Instant local) const;
    /// "2024-01-15 09:59:16.011 UTC": date, time and zone as people write them.
    [[nodiscard]] std::string format(Instant t, int digits = 3) const;
    /// "09:59:16.011" alone.
    [[nodiscard]] std::string timeOfDay(Instant t, int digits = 3) const;
    /// "2024-01-15" alone.
    [[nodiscard]] std::string date(Instant t) const;

    bool operator==(const Zone&) const = default;

private:
    std::string id_; ///< IANA name; empty for a fixed offset
    int east_ = 0;
};

} // namespace postlude
