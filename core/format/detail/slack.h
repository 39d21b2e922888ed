// SPDX-License-Identifier: GPL-3.0-or-later
// Who is who in a Slack export, and its messages as people see them.
#pragma once

#include "core/format/detail/documents.h"

#include <map>

namespace postlude {

/// Names by id, of people and of channels ("U0C5E4637B" → "kestrel").
using SlackNames = std::map<std::string, std::string, std::less<>>;

/// Is it called as an export's lists are (users.json, channels.json)?
bool mayBeSlackList(std::string_view path);
/// Is this such a list? By its name and beginning.
bool isSlackList(std::string_view sample, std::string_view path);
/// Takes in what such a list says; what of it is cut off or no entry is left out.
void addSlackNames(std::string_view list, SlackNames& names);

/// "<@U0C5E4637B> see <https://x.example/|here> &amp; <#C1|ops>" → "@kestrel see here
/// (https://x.example/) & #ops". Ids that nobody named stay as they are.
std::string slackText(std::string_view written, const SlackNames& names);

/// Messages whose ids are told by `names`. Never null.
std::shared_ptr<const KnownFormat> makeSlackFormat(About about,
                                                   std::shared_ptr<const SlackNames> names);

} // namespace postlude
