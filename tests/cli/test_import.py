# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import io
import os
import tarfile
import unittest

from support import HAPROXY, NOT_WRITTEN, SAMPLES, TANGO, TIME, UNREADABLE, USAGE, CliTest

SOURCE_KEYS = {"path", "format", "what", "timezone", "timezone_from", "lines", "records", "unread", "first", "last"}


class Import(CliTest):
    def test_summary_of_every_sample(self):
        for sample in SAMPLES:
            with self.subTest(sample.name):
                summary = self.json_of("import", sample, "-o", sample.name + ".postlude")
                self.assertLess(summary["unread"], summary["lines"] / 1000)
                self.assertGreater(summary["records"], 20_000)
                for source in summary["sources"]:
                    self.assertLessEqual(source.keys(), SOURCE_KEYS)
                    for key in source.keys() & {"first", "last"}:
                        self.assertRegex(source[key], TIME)
                    if source["records"]:
                        self.assertIn("timezone_from", source)

    def test_a_case_needs_its_bundle_no_more(self):
        bundle = self.folder / "gone.tar.gz"
        bundle.write_bytes(TANGO.read_bytes())
        self.run_cli("import", bundle, "-o", "case.postlude")
        bundle.unlink()
        before = hashlib.sha256((self.folder / "case.postlude").read_bytes()).digest()
        texts = self.run_cli("records", "case.postlude", "--source", "lb/haproxy.log", "--limit", "5")
        self.assertEqual(len(texts.splitlines()), 5)
        self.assertGreater(len(self.records_of("case.postlude")), 20_000)
        self.assertEqual(before, hashlib.sha256((self.folder / "case.postlude").read_bytes()).digest())
        self.assertEqual([p.name for p in self.folder.iterdir()], ["case.postlude"])

    def test_a_whole_case_is_not_written_over(self):
        self.write("haproxy.log", HAPROXY)
        self.run_cli("import", "haproxy.log", "-o", "case.postlude")
        self.run_cli("import", "haproxy.log", "-o", "case.postlude", status=NOT_WRITTEN)
        self.write("notes.txt", "mine")
        self.run_cli("import", "haproxy.log", "-o", "notes.txt", status=NOT_WRITTEN)
        self.assertEqual((self.folder / "notes.txt").read_text(), "mine")

    def test_zone_and_window(self):
        self.write("haproxy.log", HAPROXY)
        self.run_cli("import", "haproxy.log", "-o", "a.postlude", "--timezone", "haproxy.log=UTC-5")
        self.assertEqual(self.records_of("a.postlude")[0]["time"], "2024-01-15T14:57:40.143Z")
        self.run_cli("import", "haproxy.log", "-o", "b.postlude", "--since", "2024-01-15T09:57:42Z",
                     "--until", "2024-01-15T09:57:44.143Z")
        self.assertEqual([r["line"] for r in self.records_of("b.postlude")], [3, 4])

    def test_the_limit_of_members_is_told(self):
        for i in range(12):
            self.write(f"many/web-{i:02}.log", HAPROXY)
        summary = self.json_of("import", "many", "-o", "few.postlude", "--max-members", "10")
        self.assertEqual(len(summary["sources"]), 10)
        self.assertIn("more than 10 files", " ".join(issue["issue"] for issue in summary["issues"]))
        self.assertEqual(len(self.json_of("import", "many", "-o", "all.postlude")["sources"]), 12)

    def test_exit_statuses(self):
        self.write("haproxy.log", HAPROXY)
        self.run_cli(status=USAGE)
        self.run_cli("import", "haproxy.log", status=USAGE)
        self.run_cli("import", "haproxy.log", "-o", "x.postlude", "--nonsense", status=USAGE)
        self.run_cli("import", "haproxy.log", "-o", "x.postlude", "--timezone", "haproxy.log=Mars", status=USAGE)
        self.run_cli("import", "haproxy.log", "-o", "x.postlude", "--since", "yesterday", status=USAGE)
        self.run_cli("import", "missing", "-o", "x.postlude", status=UNREADABLE)
        self.write("noise.bin", os.urandom(5000))
        self.run_cli("import", "noise.bin", "-o", "noise.postlude", status=UNREADABLE)
        self.assertEqual(list(self.folder.glob("noise.postlude*")), [])
        self.run_cli("import", "haproxy.log", "-o", "no/such/folder/x.postlude", status=NOT_WRITTEN)
        self.assertFalse((self.folder / "x.postlude").exists())

    def test_hostile_names(self):
        names = ["-o", "two\nlines.log", "red\x1b[31m.log", "<script>alert(1)</script>.log", "\u202egol.log", "$(id).log"]
        for name in names:
            self.write("bundle/" + name, HAPROXY)
        summary = self.json_of("import", "bundle", "-o", "case.postlude")
        self.assertEqual(summary["records"], 6 * len(names))
        out = self.run_cli("records", "case.postlude")
        self.assertEqual(len(out.splitlines()), 6 * len(names))
        self.assertNotIn(b"\x1b", out)

    def test_hostile_archive(self):
        archive = self.folder / "evil.tar"
        outside = self.home / "outside.log"
        with tarfile.open(archive, "w") as tar:
            for name in ("../outside.log", str(outside), "in/../../up.log", "good/haproxy.log"):
                member = tarfile.TarInfo(name)
                member.size = len(HAPROXY)
                tar.addfile(member, io.BytesIO(HAPROXY.encode()))
            link = tarfile.TarInfo("good/passwd.log")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
        summary = self.json_of("import", archive, "-o", "case.postlude")
        self.assertEqual([s["path"].split("/")[-1] for s in summary["sources"] if s["records"]], ["haproxy.log"])
        self.assertTrue(summary["issues"])
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["case.postlude", "evil.tar"])
        self.assertEqual(sorted(p.name for p in self.folder.parent.iterdir()), ["home", "temp", "work"])
        self.assertFalse(outside.exists())


if __name__ == "__main__":
    unittest.main()
