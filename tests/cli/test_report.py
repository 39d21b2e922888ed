# SPDX-License-Identifier: GPL-3.0-or-later
"""analyze, draft, export and formats."""
import json
import os
import re
import resource
import signal
import subprocess
import unittest
import xml.etree.ElementTree
import zipfile

from support import CLI, HAPROXY, NOT_WRITTEN, SAMPLES, TANGO, TIME, UNREADABLE, USAGE, CliTest

CAUSES = {"lb-weights", "lb-algorithm", "lb-hashing", "lb-health-check", "lb-other", "overload-crash", "database",
          "client-flood", "deploy", "upstream", "host-resource", "network", "unknown"}


def times_in(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from times_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from times_in(inner, key)
    elif key in ("impact_start", "impact_start_interval", "detected", "mitigated", "resolved", "time", "at", "from", "to"):
        yield value


class Report(CliTest):
    def check_evidence(self, items, sources):
        for item in items:
            self.assertIn(set(item), ({"source", "first_line", "last_line"}, {"chart", "from", "to"}))
            if "source" in item:
                self.assertIn(item["source"], sources)
                self.assertTrue(1 <= item["first_line"] <= item["last_line"] <= sources[item["source"]]["lines"], item)

    def check_incident(self, incident, sources):
        impact = incident["impact"]
        for share in ("failed_share", "slow_share", "clients_affected_share"):
            self.assertTrue(0 <= impact[share] <= 1, share)
        self.assertLessEqual(impact["failed"], impact["requests"])
        self.assertTrue({c["kind"] for c in incident["causes"]} <= CAUSES)
        scores = [c["score"] for c in incident["causes"]]
        self.assertEqual(scores, sorted(scores, reverse=True))
        story = [entry["time"] for entry in incident["timeline"]]
        self.assertEqual(story, sorted(story))
        for part in ("causes", "ruled_out", "timeline"):
            for stated in incident[part]:
                self.assertTrue(stated["statement"])
                self.check_evidence(stated["evidence"], sources)

    def test_analysis_of_every_sample(self):
        for sample in SAMPLES:
            with self.subTest(sample.name):
                analysis = self.json_of("analyze", sample)
                sources = {s["path"]: s for s in analysis["sources"]}
                self.assertTrue(analysis["servers"])
                self.assertEqual(len(analysis["incidents"]), 1)
                self.check_incident(analysis["incidents"][0], sources)
                for text in times_in(analysis["incidents"]):
                    self.assertRegex(text, TIME)

    def test_a_case_says_what_its_bundle_says(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        first = self.json_of("analyze", "case.postlude")
        self.assertEqual(first, self.json_of("analyze", "case.postlude"))
        self.assertEqual(first["incidents"], self.json_of("analyze", TANGO)["incidents"])
        self.assertIn(b"web-02", self.run_cli("analyze", "case.postlude"))

    def test_quiet_logs_have_no_incident(self):
        self.write("haproxy.log", HAPROXY.replace(" 503 ", " 200 "))
        self.assertEqual(self.json_of("analyze", "haproxy.log")["incidents"], [])

    def test_draft_with_its_charts(self):
        written = self.run_cli("draft", TANGO, "-o", "report.md").decode().splitlines()
        text = (self.folder / "report.md").read_text()
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
        self.assertTrue(pictures)
        for picture in pictures:
            self.assertTrue((self.folder / picture).is_file(), picture)
        for file in written:
            self.assertTrue((self.folder / file).is_file(), file)
        charts = list((self.folder / "report_files").iterdir())
        self.assertEqual({c.suffix for c in charts}, {".svg", ".png"})
        for chart in charts:
            if chart.suffix == ".svg":
                xml.etree.ElementTree.parse(chart)
            else:
                self.assertTrue(chart.read_bytes().startswith(b"\x89PNG"))
        for heading in ("Issue Summary", "Timeline", "Root cause and resolution", "Corrective and preventative measures"):
            self.assertRegex(text.lower(), rf"(?m)^## {heading.lower()}")

    def test_a_draft_that_cannot_be_finished_leaves_the_old_one(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        self.run_cli("draft", "case.postlude", "-o", "r.md")

        def there():
            return {f: (f.stat().st_ino, f.stat().st_size) for f in self.folder.rglob("*") if f.is_file() and "postlude" not in f.name}

        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        before = there()
        most = max(size for _, size in before.values()) - 1  # one of them finds no room
        child = self.start("draft", "case.postlude", "-o", "r.md", stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=limited)
        self.assertIn(b"r.md", child.communicate()[1])
        self.assertEqual(child.returncode, NOT_WRITTEN)
        self.assertEqual(there(), before)
        self.assertEqual({f.name for f in self.folder.iterdir() if f.is_dir()}, {"r_files"})

    def test_what_a_bundle_could_not_give_is_said(self):
        whole = TANGO.read_bytes()
        self.write("cut.tar.gz" if TANGO.name.endswith("gz") else "cut" + TANGO.suffix, whole[:len(whole) * 3 // 4])
        cut = next(self.folder.glob("cut*")).name
        self.assertTrue(any("Not all was read" in note for note in self.json_of("analyze", cut)["notes"]))
        child = self.start("draft", cut, "-o", "r.md", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.assertIn(b"Not all was read", child.communicate()[1])
        self.assertIn("Not all was read", (self.folder / "r.md").read_text())

    def test_draft_in_other_forms(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        for name, head in (("r.html", b"<!"), ("r.pdf", b"%PDF"), ("r.json", b"{")):
            self.run_cli("draft", "case.postlude", "-o", name)
            self.assertTrue((self.folder / name).read_bytes().startswith(head), name)
        json.loads((self.folder / "r.json").read_text())

    def test_text_document(self):
        name = self.folder / "r.odt"
        self.run_cli("draft", TANGO, "-o", "r.odt")
        self.assertIn(b"application/vnd.oasis.opendocument.text", name.read_bytes()[:120])  # not packed, and first
        with zipfile.ZipFile(name) as packed:
            self.assertIsNone(packed.testzip())
            self.assertEqual(packed.namelist()[0], "mimetype")
            parts = {n: packed.read(n) for n in packed.namelist()}
        trees = {n: xml.etree.ElementTree.fromstring(b) for n, b in parts.items() if n.endswith((".xml", ".svg"))}
        text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
        link = "{http://www.w3.org/1999/xlink}href"
        content = trees["content.xml"]
        headings = ["".join(h.itertext()) for h in content.iter(text + "h")]
        self.assertIn("Timeline", headings)
        marks = {m.get(text + "name") for m in content.iter(text + "bookmark")}
        targets = {a.get(link)[1:] for a in content.iter(text + "a")}
        self.assertTrue(targets and targets <= marks, targets - marks)
        pictures = {i.get(link) for i in content.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image")}
        self.assertEqual(pictures, {n for n in parts if n.startswith("Pictures/")})
        listed = {e.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
                  for e in trees["META-INF/manifest.xml"]}
        self.assertEqual(listed - {"/"}, set(parts) - {"mimetype", "META-INF/manifest.xml"})
        used = {e.get(k) for e in content.iter() for k in e.keys() if k.endswith("}style-name")}
        known = {e.get(k) for t in ("content.xml", "styles.xml") for e in trees[t].iter() for k in e.keys()
                 if k == "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"}
        self.assertLessEqual(used, known)

    def test_draft_and_export_statuses(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        report = self.write("mine.json", "old")
        report.chmod(0o600)
        self.run_cli("draft", "case.postlude", "-o", "mine.json")
        self.assertEqual(report.stat().st_mode & 0o777, 0o600)
        self.run_cli("draft", "case.postlude", "-o", "new.json")
        self.assertEqual((self.folder / "new.json").stat().st_mode, self.write("x", "").stat().st_mode)
        self.run_cli("draft", "case.postlude", "-o", "no/such/folder/r.md", status=NOT_WRITTEN)
        self.run_cli("draft", "case.postlude", "-o", "report.doc", status=USAGE)
        self.run_cli("draft", "nothing", "-o", "r.md", status=UNREADABLE)
        self.run_cli("export", "case.postlude", "-o", "r.md", status=UNREADABLE)
        self.run_cli("export", TANGO, "-o", "r.md", status=UNREADABLE)
        self.write("broken.postlude", "no case at all")
        self.run_cli("analyze", "broken.postlude", status=UNREADABLE)

    def test_a_full_disk_is_told(self):
        self.write("haproxy.log", HAPROXY)
        with open("/dev/full", "wb") as full:
            child = self.start("records", "haproxy.log", stdout=full, stderr=subprocess.PIPE)
            self.assertIn(b"standard output", child.communicate()[1])
        self.assertEqual(child.returncode, NOT_WRITTEN)

    def test_formats(self):
        formats = self.json_of("formats")
        self.assertGreater(len(formats), 5)
        for known in formats:
            self.assertLessEqual({"name", "title", "samples"}, set(known))
        self.assertTrue(next(f for f in formats if f["name"] == "nginx-combined")["samples"])
        self.assertTrue(self.run_cli("formats"))

    def test_no_widgets(self):
        libraries = subprocess.run(["ldd", os.path.realpath(CLI)], capture_output=True, check=True).stdout
        self.assertIn(b"libQt6Core", libraries)
        self.assertNotIn(b"libQt6Widgets", libraries)


if __name__ == "__main__":
    unittest.main()
