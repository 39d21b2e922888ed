// SPDX-License-Identifier: GPL-3.0-or-later
// Tells at one go which of many formats can read none of some lines, so that they need not try.
#pragma once

#include "core/format/detail/composed.h"
#include "core/format/detail/score.h"

#include <memory>
#include <string>

namespace postlude {

/// A regular expression in RE2's language that fits every text which this one in Perl's does, and
/// perhaps more; nothing if there is none.
std::optional<std::string> widened(std::string_view pattern);

/// All record patterns of all formats as one automaton. Thread-safe.
class Prefilter {
public:
    /// Formats that do not tell their patterns are never left out. Takes as long as a few
    /// dozen detections without it.
    explicit Prefilter(const KnownFormats& formats);
    ~Prefilter();
    Prefilter(const Prefilter&) = delete;
    Prefilter& operator=(const Prefilter&) = delete;

    /// `formats` without those for which scoreLines() of these lines is certainly 0.
    [[nodiscard]] KnownFormats possible(const KnownFormats& formats, const Lines& lines) const;

private:
    struct Automaton;
    std::unique_ptr<Automaton> automaton_;
};

} // namespace postlude
