# SPDX-License-Identifier: GPL-3.0-or-later
"""postmortem read: any Markdown postmortem becomes structure."""
import importlib.util
import json
import re
import shutil
import subprocess
import unittest

from support import SOURCE, TANGO, TIME, UNREADABLE, USAGE, CliTest

FOREIGN = """**Postmortem: the pool that leaned**

**Issue Summary:**
- **Duration:** March 5, 2024, 23:40 - 00:30 (WAT)
- **Impact:** 30% of users could not log in.

**Timeline**
- 23:45: alerts fired
- 00:10: red herring in the database
- 00:30: service restored

> an aside

**Corrective and preventative measures**
- Tasks:
  - [x] Compare weights (owner: Ada, due 2024-04-01)
"""


class Postmortem(CliTest):
    def test_structure_as_json(self):
        self.write("foreign.md", FOREIGN)
        read = self.json_of("postmortem", "read", "foreign.md")
        self.assertEqual(read["title"], "Postmortem: the pool that leaned")
        self.assertEqual((read["summary"]["start"], read["summary"]["end"]),
                         ("2024-03-05T22:40:00.000Z", "2024-03-05T23:30:00.000Z"))
        self.assertEqual(read["summary"]["affected_share"], "30% of users")
        self.assertEqual([e["kind"] for e in read["timeline"]], ["detection", "misleading path", "resolution"])
        self.assertEqual([e["time_text"] for e in read["timeline"]], ["23:45", "00:10", "00:30"])
        for entry in read["timeline"]:
            self.assertRegex(entry["time"], TIME)
        self.assertEqual(read["tasks"], [{"text": "Compare weights", "owner": "Ada", "due": "2024-04-01", "status": "done"}])
        self.assertEqual(read["kept"], [{"after": "timeline[2]", "markdown": "> an aside"}])
        self.assertEqual([r["line"] for r in read["remarks"]], [4])
        self.assertIn("next day", read["remarks"][0]["text"])

    @unittest.skipUnless(importlib.util.find_spec("jsonschema"), "python3-jsonschema is not installed")
    def test_json_is_as_its_schema_says(self):
        import jsonschema
        schema = json.loads((SOURCE / "resources/schema/postmortem.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        self.write("foreign.md", FOREIGN)
        self.run_cli("draft", TANGO, "-o", "report.json", "--template", "narrative")
        for document in (self.json_of("postmortem", "read", "foreign.md"),
                         json.loads((self.folder / "report.json").read_text())):
            jsonschema.validate(document, schema)
            self.assertLessEqual(set(document), set(schema["properties"]))

    @unittest.skipUnless(shutil.which("pdftotext"), "poppler-utils is not installed")
    def test_what_a_pdf_shows_can_be_found_and_copied(self):
        self.run_cli("draft", TANGO, "-o", "report.pdf")
        self.run_cli("draft", TANGO, "-o", "report.json")
        drafted = json.loads((self.folder / "report.json").read_text())
        text = subprocess.run(["pdftotext", "-layout", self.folder / "report.pdf", "-"], capture_output=True,
                              check=True).stdout.decode()
        def signs(of):  # blanks of any kind, and where lines are broken, are the reader's
            return re.sub(r"\s|\[(\^e)?\d+\]", "", of)
        text = signs(text)
        for stated in (drafted["summary"]["failed_share"], drafted["summary"]["root_cause"],
                       *drafted["root_cause"][:3], drafted["summary"]["impact"][:300],
                       *(entry["text"] for entry in drafted["timeline"][:5]),
                       "2024-01-15 09:59:17 – 10:02:11 UTC (2 min 53 s)"):
            self.assertIn(signs(stated), text)

    def test_outline_for_people(self):
        self.write("foreign.md", FOREIGN + "\x1b[31mred\n")
        outline = self.run_cli("postmortem", "read", "foreign.md").decode()
        for part in ("Timeline (", "Compare weights (done, Ada, due 2024-04-01)", "Remarks (1)", "line 4: "):
            self.assertIn(part, outline)
        self.assertNotIn("\x1b", outline)

    def test_what_was_drafted_is_read_back(self):
        self.run_cli("draft", TANGO, "-o", "report.md")
        self.run_cli("draft", TANGO, "-o", "report.json")
        written = json.loads((self.folder / "report.json").read_text())
        read = self.json_of("postmortem", "read", "report.md")
        self.assertEqual(read.pop("remarks"), [])
        self.assertEqual(read, written)

    def test_templates_lose_nothing(self):
        self.run_cli("draft", TANGO, "-o", "usual.json")
        usual = json.loads((self.folder / "usual.json").read_text())
        for name in ("google-sre", "pagerduty", "atlassian", "narrative", "minimal"):
            self.run_cli("draft", TANGO, "-o", "other.md", "--template", name)
            other = self.json_of("postmortem", "read", "other.md")
            self.assertEqual(other["template"], name)
            for part in ("timeline", "tasks", "summary", "root_cause", "improvements"):
                self.assertEqual(other[part], usual[part], f"{name}: {part}")
        self.assertIn("\n## What we do now\n", (self.folder / "other.md").read_text())
        self.write("mine.json", '{"sections": [{"part": "timeline", "heading": "Our day"}]}')
        self.run_cli("draft", TANGO, "-o", "mine.md", "--template", "mine.json")
        self.assertIn("\n## Our day\n", (self.folder / "mine.md").read_text())
        self.assertEqual(self.json_of("postmortem", "read", "mine.md")["timeline"], usual["timeline"])
        self.run_cli("draft", TANGO, "-o", "x.md", "--template", "nonsense", status=UNREADABLE)

    def test_taken_over_and_given_to_others(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        self.write("foreign.md", FOREIGN + "\nAsk ada@shop.example about web-02 at 198.51.100.7.\n")
        said = self.run_cli("postmortem", "take", "foreign.md", "case.postlude").decode()
        self.assertIn("revision 1\n", said)
        self.assertIn("line 4: ", said)
        self.run_cli("export", "case.postlude", "-o", "own.json")
        self.assertEqual(json.loads((self.folder / "own.json").read_text())["title"], "Postmortem: the pool that leaned")
        self.write("own.json", json.dumps({"title": "T", "severity": "see web-02", "template": str(self.folder / "f.json")}))
        self.write("f.json", '{"sections": [{"part": "timeline", "heading": "Not this"}]}')
        self.run_cli("postmortem", "take", "own.json", "case.postlude", "--new", "Paths")
        self.run_cli("export", "case.postlude", "-o", "paths.md", "--document", "Paths")
        self.assertNotIn("Not this", (self.folder / "paths.md").read_text())
        self.run_cli("export", "case.postlude", "-o", "paths.md", "--document", "Paths", "--sanitise")
        for gone in ("web-02", "f.json"):
            self.assertNotIn(gone, (self.folder / "paths.md").read_text())
        listed = self.run_cli("export", "case.postlude", "--review").decode()
        self.run_cli("export", "case.postlude", "-o", "others.md", "--sanitise")
        text = (self.folder / "others.md").read_text()
        charts = "".join(f.read_text() for f in (self.folder / "others_files").glob("*.svg"))
        for gone in ("ada@shop.example", "web-02", "198.51.100.7"):
            self.assertIn(gone, listed)
            self.assertNotIn(gone, text + charts)
        self.run_cli("export", "case.postlude", "-o", "tasks.csv")
        self.assertIn('"Compare weights"', (self.folder / "tasks.csv").read_text())
        self.run_cli("export", "case.postlude", status=USAGE)

    def test_several_in_one_case(self):
        self.write("foreign.md", FOREIGN)
        self.run_cli("import", TANGO, "-o", "case.postlude")
        self.run_cli("postmortem", "take", "foreign.md", "case.postlude")
        self.write("foreign.md", FOREIGN.replace("leaned", "swayed"))
        self.run_cli("postmortem", "take", "foreign.md", "case.postlude", "--new", "For customers")
        listed = [json.loads(line) for line in
                  self.run_cli("postmortem", "list", "case.postlude", "--json").decode().splitlines()]
        self.assertEqual([(d["number"], d.get("name"), d["revisions"]) for d in listed],
                         [(1, None, 1), (2, "For customers", 1)])
        for which, word in (([], "leaned"), (["--document", "2"], "swayed"),
                            (["--document=For customers"], "swayed")):
            self.run_cli("export", "case.postlude", "-o", f"{len(which)}{word}.md", *which)
            self.assertIn(word, (self.folder / f"{len(which)}{word}.md").read_text())
        self.run_cli("export", "case.postlude", "-o", "no.md", "--document", "9", status=UNREADABLE)

    def test_cases_side_by_side(self):
        self.run_cli("import", TANGO, "-o", "one.postlude")
        self.run_cli("analyze", "one.postlude")
        self.run_cli("draft", "one.postlude", "-o", "report.json")
        (self.folder / "below").mkdir()
        self.run_cli("import", TANGO, "-o", "below/two.postlude")
        self.run_cli("analyze", "below/two.postlude")
        self.run_cli("postmortem", "take", "report.json", "one.postlude")
        self.write("broken.postlude", "no case")
        cases = [json.loads(line) for line in self.run_cli("cases", ".", "--json").splitlines()]
        self.assertEqual(len(cases), 3)
        written = next(c for c in cases if c["file"].endswith("one.postlude"))
        self.assertEqual((written["status"], written["cause"]), ("Draft", "lb-weights"))
        self.assertGreater(written["to_resolve_s"], written["to_detect_s"])
        self.assertTrue(written["open_tasks"])
        self.assertTrue(next(c for c in cases if c["file"].endswith("broken.postlude"))["fault"])
        self.assertIn("2 times: cause lb-weights", self.run_cli("cases", ".").decode())
        self.assertEqual(len(self.run_cli("cases", ".", "--json", "--search", "WEIGHTS roll-back").splitlines()), 1)
        self.run_cli("cases", "nowhere", status=UNREADABLE)

    def test_statuses(self):
        self.run_cli("postmortem", status=USAGE)
        self.run_cli("postmortem", "read", status=USAGE)
        self.run_cli("postmortem", "read", "missing.md", status=UNREADABLE)
        self.write("binary.md", bytes(range(256)) * 20)
        self.run_cli("postmortem", "read", "binary.md", status=UNREADABLE)
        self.write("faulty.json", '{"title": "x", "timeline": [{"time": "nonsense", "text": "y"}]}')
        self.run_cli("postmortem", "read", "faulty.json", status=UNREADABLE)
        self.write("empty.md", "")
        self.run_cli("postmortem", "read", "empty.md", status=UNREADABLE)
        self.run_cli("postmortem", "read", ".", status=UNREADABLE)
        self.write("script.md", "# t\n<script src='http://127.0.0.1:9/x'></script>\n![p](http://127.0.0.1:9/p.png)\n")
        self.run_cli("postmortem", "read", "script.md")

    def test_fifty_megabytes(self):
        self.write("big.md", FOREIGN + f"- 23:46: {'the same again ' * 30}\n" * 110_000)
        child = self.start("postmortem", "read", "big.md", "--json", stdout=subprocess.DEVNULL)
        self.assertEqual(child.wait(timeout=240), 0)


if __name__ == "__main__":
    unittest.main()
