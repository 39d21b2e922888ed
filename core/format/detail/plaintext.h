// SPDX-License-Identifier: GPL-3.0-or-later
// What a text says, out of the forms that exports wrap it in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postlude {

/// "<div>Hello <b>you</b> &amp; all<br>bye</div>" → "Hello you & all\nbye". Of pictures and emoji
/// their "alt" stays. Broken markup stays as it is.
std::string plainFromHtml(std::string_view html);

/// "[104,105]" → "hi": journald writes text that is not plain so. Nothing if it is no such list.
std::optional<std::string> textOfBytes(std::string_view list);

} // namespace postlude
