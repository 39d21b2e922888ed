// SPDX-License-Identifier: GPL-3.0-or-later
// SARIF 2.1.0 (OASIS): what code scanning of forges and editors read.
#include "core/lbconfig/review.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace postlude {

namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A relative URI reference, or file:// for an absolute path.
std::string uriOf(std::string_view path) {
    constexpr std::string_view kPlain = "-._~/";
    std::string out = path.starts_with('/') ? "file://" : "";
    for (const char c : validUtf8(path)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || kPlain.find(c) != std::string_view::npos;
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string text(std::string_view key, std::string_view value) {
    return fmt::format("{}:{{\"text\":{}}}", jsonQuoted(key), jsonQuoted(value));
}

std::string ruleJson(const ConfigRule& rule) {
    return fmt::format(R"({{"id":{},{},{},{},"defaultConfiguration":{{"level":"{}"}}}})",
                       jsonQuoted(rule.id), text("shortDescription", rule.title),
                       text("fullDescription", rule.why), text("help", rule.remedy),
                       nameOf(rule.severity));
}

std::string regionJson(const ConfigFinding& f) {
    if (f.line == 0) return {};
    std::string out = fmt::format(",\"region\":{{\"startLine\":{}", f.line);
    if (f.column) out += fmt::format(",\"startColumn\":{}", f.column);
    if (!f.text.empty()) out += ",\"snippet\":{\"text\":" + jsonQuoted(f.text) + "}";
    return out + "}";
}

/// Stays the same while lines move: what is wrong, with which server.
std::string fingerprint(const ConfigFinding& f) {
    return jsonQuoted(f.rule + "|" + f.backend + "|" + f.server + "|" + f.text);
}

std::string resultJson(const ConfigFinding& f) {
    const auto rules = configRules();
    const auto index = std::ranges::find(rules, f.rule, &ConfigRule::id) - rules.begin();
    const std::string message = fmt::format("{}. {}. {}.", f.what, f.why, f.remedy);
    return fmt::format(
        R"({{"ruleId":{},"ruleIndex":{},"level":"{}",{},)"
        R"("locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":{}}}{}}}}}],)"
        R"("partialFingerprints":{{"postlude/v1":{}}}}})",
        jsonQuoted(f.rule), index, nameOf(f.severity), text("message", message),
        jsonQuoted(uriOf(f.file)), regionJson(f), fingerprint(f));
}

} // namespace

std::string toSarif(const std::vector<ConfigFinding>& findings,
                    const std::vector<std::string>& files, std::string_view version) {
    std::vector<std::string> rules, results, artifacts;
    for (const ConfigRule& rule : configRules())
        rules.push_back(ruleJson(rule));
    for (const ConfigFinding& f : findings)
        results.push_back(resultJson(f));
    for (const std::string& file : std::set<std::string>(files.begin(), files.end()))
        artifacts.push_back(fmt::format(R"({{"location":{{"uri":{}}}}})", jsonQuoted(uriOf(file))));
    return fmt::format(
        R"({{"$schema":{},"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"postlude-cli",)"
        R"("semanticVersion":{},"rules":[{}]}}}},"columnKind":"utf16CodeUnits",)"
        R"("artifacts":[{}],"results":[{}]}}]}})",
        jsonQuoted(kSchema), jsonQuoted(version), fmt::join(rules, ","), fmt::join(artifacts, ","),
        fmt::join(results, ","));
}

} // namespace postlude
