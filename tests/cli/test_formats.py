# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import json
import re
import unittest

from support import HAPROXY, SOURCE, UNREADABLE, USAGE, CliTest

FAULTY = 1
GATE = {"name": "gate", "title": "Gate log", "reader": "regex",
        "patterns": [{"pattern": r"(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) gate (?<level>\w+) (?<message>.*)"}],
        "samples": ["2024-01-15T09:57:47Z gate error shut"]}
LOG = "2024-01-15T09:57:47Z gate error shut\n2024-01-15T09:57:48Z gate info open\n"


class Formats(CliTest):
    def environment(self):
        return {**super().environment(), "XDG_CONFIG_HOME": str(self.folder / "config")}

    def gate(self, file="gate.json", **changes):
        return self.write(file, json.dumps({**GATE, **changes}))

    def test_list(self):
        self.gate("config/postlude/formats/gate.json")
        formats = {f["name"]: f for f in self.json_of("formats")}
        self.assertEqual(formats["haproxy-http"]["from"], "built-in")
        self.assertEqual(formats["haproxy-http"]["reader"], "haproxy")
        self.assertTrue(formats["gate"]["from"].endswith("gate.json"))
        self.assertEqual(formats["gate"]["samples"], GATE["samples"])
        self.assertTrue(all(f["title"] and f["reader"] for f in formats.values()))
        self.gate("config/postlude/formats/torn.json", name="torn", samples=["2024-01-15T09:57:47Z gote"])
        names = {f["name"] for f in json.loads(self.run_cli("formats", "--json", status=FAULTY))}
        self.assertIn("gate", names)
        self.assertNotIn("torn", names)
        self.run_cli("formats", "--formats-folder", "nowhere", status=UNREADABLE)

    def test_each_has_five_expected_records(self):
        golden = collections.Counter()
        for file in (SOURCE / "tests" / "golden" / "format").glob("*/expected"):
            text = file.read_text(errors="replace")
            for name in re.split("[/+]", text.split("\n", 1)[0].removeprefix("format: ")):
                golden[name.removesuffix("-document")] += len(re.findall(r"^\d[-\d]*(?: at \d+)?: (?:request|message|server_state|change|alert|chat) ", text, re.M))
        names = {f["name"].removesuffix("-document") for f in self.json_of("formats")}  # pretty-printed, they are read alike
        few = {name: golden[name] for name in names if golden[name] < 5}
        self.assertEqual(few, {})

    def test_read_with_it(self):
        self.gate()
        self.write("x.log", LOG)
        records = self.records_of("x.log", "--format-file", "gate.json")
        self.assertEqual([(r["format"], r["level"], r["message"]) for r in records],
                         [("gate", "error", "shut"), ("gate", "info", "open")])
        self.gate("config/postlude/formats/gate.json")
        self.assertEqual({r["format"] for r in self.records_of("x.log")}, {"gate"})
        self.run_cli("import", "x.log", "-o", "x.postlude", "--format", "x.log=gate")
        self.run_cli("records", "x.log", "--format-file", "gate.json", status=USAGE)  # two of one name
        self.gate("torn.json", name="torn", samples=[])
        self.run_cli("records", "x.log", "--format-file", "torn.json", status=UNREADABLE)

    def test_check(self):
        self.gate()
        self.assertEqual([f["name"] for f in self.json_of("formats", "--check", "gate.json")], ["gate"])
        self.gate("torn.json", samples=["2024-01-15T09:57:47Z gote error shut"])
        child = self.start("formats", "--check", "torn.json", stderr=-1, stdout=-1)
        _, messages = child.communicate(timeout=60)
        self.assertEqual(child.returncode, FAULTY)
        self.assertIn("sample 1: it fits up to column 23", messages.decode())
        self.gate("shadow.json", name="haproxy-http")
        self.run_cli("formats", "--check", "shadow.json", status=FAULTY)
        self.run_cli("formats", "--check", "none.json", status=UNREADABLE)

    def test_detect(self):
        self.write("x", HAPROXY)
        found = self.json_of("formats", "--detect", "x")
        self.assertEqual(found["format"], "haproxy-http")
        self.assertEqual(found["candidates"][0]["format"], "haproxy-http")
        self.assertGreater(found["score"], 0.5)
        self.assertEqual((found["records"], len(found["rows"])), (6, 6))
        self.assertEqual(found["rows"][0]["record"]["server"], "web-01")
        self.run_cli("formats", "--detect", "nowhere", status=UNREADABLE)


if __name__ == "__main__":
    unittest.main()
