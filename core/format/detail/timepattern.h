// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps by a strptime format, as lnav's format files state them:
//   %Y %y %m %b %B %h %d %e %j %a %A   %H %k %I %l %p %M %S   %L %f %N (fractions)
//   %s %i %6 %q %@ (epoch in s, ms, µs, hexadecimal s; TAI64N)   %z %Z   %D %T %F %R   %% %n %t
#pragma once

#include "core/base/error.h"
#include "core/format/record.h"

namespace postlude {

/// Immutable; may be shared by threads.
class TimePattern {
public:
    /// Error: NotUnderstood with `place.offset` = column (1-based) of an unknown conversion.
    static Result<TimePattern> compile(std::string_view format);
    /// Reads a time stamp at the start of `text` and takes it away. False (and `text` unchanged)
    /// if there is none. Digits behind a point or comma at the end are a fraction of the second,
    /// whether the format has one or not.
    bool take(std::string_view& text, WrittenTime& out) const;

private:
    struct Step {
        char what; ///< the conversion's letter; 0: `literal`
        char literal;
    };
    std::vector<Step> steps_;
};

} // namespace postlude
