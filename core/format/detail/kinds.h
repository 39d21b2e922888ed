// SPDX-License-Identifier: GPL-3.0-or-later
// What a file is that is no log and no configuration.
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// "PNG picture", "binary data" …; empty if this is text.
std::string binaryKind(std::string_view sample);
/// "Slack users", "notes", "JSON document", "text": for text that no format reads.
std::string textKind(std::string_view sample, std::string_view path);

} // namespace postlude
