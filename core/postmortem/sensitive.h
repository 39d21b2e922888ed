// SPDX-License-Identifier: GPL-3.0-or-later
// What does not belong into other people's hands: secrets, addresses, names.
#pragma once

#include "core/base/progress.h"
#include "core/postmortem/postmortem.h"

#include <stop_token>

namespace postlude {

enum class SensitiveKind : std::uint8_t { Secret, Mail, Address, Person, Host, Path, Service };
std::string_view nameOf(SensitiveKind kind); ///< "secret", "e-mail address", "host" …

/// Names that only the case knows to be some. People are known by each word of their names, too.
struct KnownNames {
    std::vector<std::string> hosts, people, services;
};
/// Hosts of the sources and servers; authors, owners and who spoke in the chat; services that the
/// document names, backends, and the parts of the site that the impact is counted by. `analysis`
/// may be null.
KnownNames knownNames(const Postmortem& document, const std::vector<SourceInfo>& sources,
                      const Analysis* analysis);

struct Sensitive {
    SensitiveKind kind = SensitiveKind::Secret;
    std::size_t at = 0, size = 0; ///< bytes of the text
};
/// By place, none overlapping. Linear in the text. Thread-safe.
std::vector<Sensitive> sensitiveIn(std::string_view text, const KnownNames& known);

/// True if a password, key or token stands in the text.
bool holdsSecret(std::string_view text);

struct Replacement {
    SensitiveKind kind = SensitiveKind::Secret;
    std::string found, with; ///< "web-02" → "host-1"
    std::size_t times = 0;   ///< in the document; 0: at most in its charts
};

/// An edition for others: the same thing has the same placeholder everywhere.
struct SanitisedEdition {
    Postmortem document;
    std::vector<Replacement> replaced; ///< in the order in which they were met
    /// The same replacements in another text, such as the name of a curve.
    [[nodiscard]] std::string clean(std::string_view text) const;
};
SanitisedEdition sanitised(const Postmortem& document, const KnownNames& known);
/// The same on any thread, which tells how much of the text it has looked at. Error: Cancelled.
Result<SanitisedEdition> sanitised(const Postmortem& document, const KnownNames& known,
                                   const std::stop_token& stop, const ProgressSink& progress);

} // namespace postlude
