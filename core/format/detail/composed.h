// SPDX-License-Identifier: GPL-3.0-or-later
// Formats made of others: a log in whose messages other programs' lines are wrapped (syslog,
// Docker, Kubernetes …), and a log in which lines of several formats take turns.
#pragma once

#include "core/format/detail/readers.h"

#include <map>
#include <span>

namespace postlude {

using KnownFormats = std::vector<std::shared_ptr<const KnownFormat>>;
/// Which formats a program's messages are in; "" is for programs that are not listed.
using FormatsByProcess = std::map<std::string, KnownFormats, std::less<>>;

/// `outer` reads the head; what it calls the message is read by the formats of its process. What
/// these leave is a plain message. Fields of both are kept; the inner one's count more, except
/// that it is the outer time's zone that holds where the inner time has none.
std::shared_ptr<const KnownFormat> makeWrappedFormat(std::shared_ptr<const KnownFormat> outer,
                                                     FormatsByProcess inner);
/// `outer`, under its own name, that also reads what well-known programs write, whether a sample
/// holds it or not.
std::shared_ptr<const KnownFormat> makeRoutedFormat(std::shared_ptr<const KnownFormat> outer,
                                                    const KnownFormats& all);
/// The name in the table of well-known programs that this one goes by: "haproxy" for "haproxy-1";
/// "" if it is none of them.
std::string_view knownProgram(std::string_view process);
/// True if each message of a well-known program stands for itself, whatever its format allows.
bool writesLineByLine(std::string_view known);
/// Which of `all` these programs' messages are in.
FormatsByProcess formatsOfPrograms(const KnownFormats& all);
/// A line is read by the first of the formats that can, and continues a record if none can and one
/// of them says so.
std::shared_ptr<const KnownFormat> makeMixedFormat(KnownFormats formats);

/// Tells formats of this process apart, as long as they live.
std::string composedKey(const KnownFormats& formats);
/// What was made for the same key, if somebody still has it: thousands of sources may be composed
/// alike. Thread-safe.
std::shared_ptr<const KnownFormat>
onceComposed(const std::string& key,
             const std::function<std::shared_ptr<const KnownFormat>()>& make);

/// What all of them remark.
std::vector<Error> remarksOf(const KnownFormats& formats);

/// LineParser::state() of several parsers as one, and back; nothing if one cannot tell.
std::optional<std::string> joinedStates(std::span<const std::unique_ptr<LineParser>> parsers);
void restoreJoined(std::span<const std::unique_ptr<LineParser>> parsers, std::string_view states);

} // namespace postlude
