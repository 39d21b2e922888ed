// SPDX-License-Identifier: GPL-3.0-or-later
// key=value text inside messages, and names → targets as data files state them.
#pragma once

#include "core/base/error.h"
#include "core/format/detail/target.h"

#include <QJsonObject>
#include <map>

namespace postlude {

using TargetMap = std::map<std::string, Target, std::less<>>;

/// The texts in an array of a data file.
std::vector<std::string> textsOf(const QJsonValue& array);
/// {"svc": "process"}: names of a log → targets. NotUnderstood names the entry at fault.
Result<TargetMap> readTargetMap(const QJsonObject& object);
/// Every key="value" and key=value in `text`: to its target, else to extra under its name.
/// A value that does not fit its target goes to extra. With `unescaped`, quoted ones lose their
/// escapes there.
void assignPairs(const TargetMap& map, std::string_view text, Assigner& assigner, Record& out,
                 std::string* unescaped = nullptr);
/// The same where values have no quotes and go on until the next key ("act=not blocked cnt=2"),
/// between blanks or, if there are any, tabs or '^'; "\\=" is an '='. They stay in `unescaped`.
void assignLongPairs(const TargetMap& map, std::string_view text, Assigner& assigner, Record& out,
                     std::string& unescaped);

} // namespace postlude
