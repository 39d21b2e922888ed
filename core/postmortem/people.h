// SPDX-License-Identifier: GPL-3.0-or-later
// Who is meant where a chat names people by the service's ids.
#pragma once

#include "core/postmortem/postmortem.h"
#include "core/query/query.h"

#include <map>

namespace postlude {

/// "U0C5E4637B" → "kestrel": from who wrote in the chats of the case, and from the users.json that
/// Slack's exports carry. Empty where there is none; ids without a name are not in it.
std::map<std::string, std::string> chatNames(const Query& query, std::stop_token stop);

/// "<@U0C5E4637B>" becomes "@kestrel" in all texts, where the name is known.
void nameMentions(Postmortem& document, const std::map<std::string, std::string>& names);

} // namespace postlude
