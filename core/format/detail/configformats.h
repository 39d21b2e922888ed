// SPDX-License-Identifier: GPL-3.0-or-later
// Log formats in the configurations of each server.
#pragma once

#include "core/format/detail/configs.h"

namespace postlude {

/// The next line, without its end, taken off the front.
std::string_view takeConfigLine(std::string_view& text);

std::vector<DefinedFormat> haproxyFormats(std::string_view config);
std::vector<DefinedFormat> nginxFormats(std::string_view config);
/// "apache" (LogFormat, CustomLog) and "apache-error" (ErrorLogFormat).
std::vector<DefinedFormat> apacheFormats(std::string_view config);
std::vector<DefinedFormat> postgresFormats(std::string_view config);
/// logformat of squid.conf.
std::vector<DefinedFormat> squidFormats(std::string_view config);
/// text_format and json_format of Envoy's YAML, accessLogFormat of Istio's.
std::vector<DefinedFormat> envoyFormats(std::string_view config);

} // namespace postlude
