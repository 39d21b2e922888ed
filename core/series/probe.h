// SPDX-License-Identifier: GPL-3.0-or-later
// What health checks and scrapes look like.
#pragma once

#include "core/case/segment.h"

namespace postlude {

/// Known by its user agent: monitors, balancers' checks, Kubernetes, Prometheus …
bool isProberAgent(std::string_view userAgent);
/// "/healthz", "/health/ready?full=1", "/metrics" …: by its last part, for "/live/channel4/1.ts"
/// and "/health/article-7" are what people come for. A person may look at one, too.
bool isHealthPath(std::string_view path);

/// One a row: 1 = a request that its user agent or its path says may be one.
std::vector<std::uint8_t> mayBeProbes(const Segment& segment);

} // namespace postlude
