// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of load balancers: which text is one, and which log formats it defines.
#pragma once

#include "core/format/detail/dialects.h"

#include <string_view>

namespace postlude {

/// "haproxy", "nginx", "apache", "caddy", "postgresql", "squid", "envoy", or "" if this is no
/// configuration of theirs. The path only helps where the text leaves it open.
std::string configDialect(std::string_view text, std::string_view path);

struct DefinedFormat {
    std::string
        dialect; ///< "haproxy", "nginx", "apache", "apache-error", "postgresql", "squid", "envoy"
    std::string name; ///< as the configuration calls it, or the section it stands in
    std::string text;
    HaproxyCaptures captures;
    std::uint64_t line = 0;
};

/// Every log format that a configuration of `dialect` defines, in order.
std::vector<DefinedFormat> definedFormats(std::string_view config, std::string_view dialect);

} // namespace postlude
