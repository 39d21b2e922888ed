// SPDX-License-Identifier: GPL-3.0-or-later
// Format files as users write them. (Apart from the tests, because moc loses its way in them.)
#pragma once

inline constexpr const char* kGate = R"json({
  "name": "gate", "title": "Gate log", "reader": "regex",
  "patterns": [{"kind": "request",
    "pattern": "(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ) gate (?<client_ip>\\S+) (?<method>[A-Z]+) (?<path>\\S+) (?<status>\\d{3}) (?<duration_ms>\\d+)ms (?<x_lane>\\w+)"}],
  "samples": [
    {"line": "2024-01-15T09:57:47Z gate 192.0.2.7 GET /x 503 120ms slow",
     "expect": {"status": "503", "duration_ms": "120", "lane": "slow", "kind": "request"}},
    "2024-01-15T09:57:48Z gate 192.0.2.8 POST /y 200 7ms fast"]})json";

inline constexpr const char* kLnav = R"json({
  "$schema": "https://lnav.org/schemas/format-v1.schema.json",
  "mill_log": {
    "title": "Mill", "multiline": true,
    "regex": {
      "access": {"pattern": "^(?P<timestamp>\\d+/\\d+/\\d+ \\d+:\\d+:\\d+ [AP]M) (?<c_ip>[\\w.:]++) (?<cs_method>[A-Z]+) (?<cs_uri_stem>[^ ?]+)(?:\\?(?<cs_uri_query>\\S+))? (?<sc_status>\\d+) (?<sc_bytes>\\d+) (?<took>\\d+) (?<wheel>\\w+)$"},
      "event": {"pattern": "^(?<timestamp>\\d+/\\d+/\\d+ \\d+:\\d+:\\d+ [AP]M) (?<level>[A-Z]) (?<req_id>[0-9a-f]+) (?<body>.*)$"}
    },
    "timestamp-format": ["%m/%d/%y %I:%M:%S %p"],
    "opid-field": "req_id", "duration-field": "took",
    "level": {"error": "^E$", "warning": "^W$", "debug": "^D$"},
    "value": {"took": {"kind": "integer", "unit": {"suffix": "s", "divisor": 1000}}, "wheel": {"kind": "string"}},
    "sample": [
      {"line": "01/15/24 09:57:47 PM W 7f3a water is low", "level": "warning"},
      {"line": "01/15/24 12:00:01 AM 192.0.2.7 GET /grind?corn=rye 503 12 1500 west"}
    ]},
  "broken_log": {"title": "Broken", "regex": {"a": {"pattern": "^(?<timestamp>\\d+ (?<body>.*)"}},
    "sample": [{"line": "1 x"}]}
})json";

inline constexpr const char* kLnavJson = R"json({
  "brook_log": {"title": "Brook", "file-type": "json", "timestamp-field": "at", "timestamp-divisor": 1000,
    "level-field": "lvl", "level": {"error": 50, "info": 30}, "body-field": "msg",
    "line-format": [{"field": "msg"}]}})json";

/// Without a day, and with a back reference.
inline constexpr const char* kLnavCalls = R"json({
  "calls_log": {"title": "Calls", "duration-field": "took",
    "regex": {"all": {"pattern": "^(?<timestamp>\\d+:\\d+:\\d+\\.\\d+) (?P<quote>['\"])(?<call>\\w+)(?P=quote) (?<took>[\\d.]+)$"}},
    "sample": [{"line": "08:09:33.814 'access' 0.1"}]}})json";
