# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed, interrupted, called again: a case is whole at every moment."""
import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from support import CANCELLED, DONE, NOT_WRITTEN, SOURCE, USAGE, CliTest

LINES = 150_000
MOMENTS = 10


class Interrupt(CliTest):
    def setUp(self):
        super().setUp()
        generate = [sys.executable, SOURCE / "tests/bench/generate.py", str(LINES)]
        (self.folder / "lb").mkdir()
        with open(self.folder / "lb/haproxy.log", "wb") as log:
            subprocess.run(generate, stdout=log, check=True)

    def imported(self, case):
        return self.start("import", "lb", "-o", case, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def remove(self, case):
        for file in self.folder.glob(case + "*"):
            file.unlink()

    def full_time(self):
        began = time.monotonic()
        self.assertEqual(self.imported("full.postlude").wait(), 0)
        return time.monotonic() - began

    def assert_sound(self, case):
        with contextlib.closing(sqlite3.connect(self.folder / case)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])

    def test_killed_at_any_moment_it_goes_on(self):
        whole = self.full_time()
        wanted = self.run_cli("records", "full.postlude", "--json", "--limit", "2000")
        killed = 0
        for moment in range(MOMENTS):
            with self.subTest(moment=moment):
                child = self.imported("cut.postlude")
                time.sleep(whole * (moment + 0.5) / MOMENTS)
                child.kill()
                killed += child.wait() == -signal.SIGKILL
                if (self.folder / "cut.postlude").exists():
                    self.assert_sound("cut.postlude")
                if child.returncode != 0:
                    self.go_on("cut.postlude")
                self.assert_sound("cut.postlude")
                self.assertEqual(self.run_cli("records", "cut.postlude", "--json", "--limit", "2000"), wanted)
                self.remove("cut.postlude")
        self.assertGreater(killed, 0, "no moment lay within the import")

    def cut(self, *more):
        """An import that was killed when it had read some, but not all."""
        for share in (0.5, 0.3, 0.2, 0.1, 0.05):
            self.remove("cut.postlude")
            child = self.start("import", "lb", "-o", "cut.postlude", *more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.whole * share)
            child.kill()
            child.wait()
            try:
                with contextlib.closing(sqlite3.connect(self.folder / "cut.postlude")) as case:
                    read, whole = case.execute("SELECT sum(rows), (SELECT complete FROM import) FROM segment").fetchone()
            except sqlite3.Error:
                continue
            if read and not whole:
                return read
        return self.skipTest("the import is over before it can be killed")

    def test_it_goes_on_with_the_same_alone(self):
        self.whole = self.full_time()
        self.cut()
        log = (self.folder / "lb/haproxy.log").read_bytes()
        self.write("other/haproxy.log", log.replace(b"GET /", b"GET /two/"))
        self.run_cli("import", "other", "-o", "cut.postlude", status=USAGE)
        self.run_cli("import", "lb", "--since", "2024-01-15T00:00:00Z", "-o", "cut.postlude", status=USAGE)
        self.write("lb/haproxy.log", log.replace(b"GET /", b"GET /two/"))
        self.run_cli("import", "lb/", "-o", "cut.postlude")
        self.assertEqual(int(self.run_cli("records", "cut.postlude", "--count", "--filter", 'path contains "/two/"')), LINES)
        self.assertEqual(int(self.run_cli("records", "cut.postlude", "--count")), LINES)

    def test_a_span_holds_to_the_end(self):
        self.whole = self.full_time()
        since = ("--since", "2024-01-15T00:00:30Z")
        wanted = self.run_cli("records", "full.postlude", "--count", "--filter", "time >= 2024-01-15T00:00:30Z")
        self.cut(*since)
        self.run_cli("import", "lb", "-o", "cut.postlude")
        self.assertEqual(self.run_cli("records", "cut.postlude", "--count"), wanted)

    def go_on(self, case):
        """Imports again: goes on to the end, or the kill came when all was saved already."""
        child = self.start("import", "lb", "-o", case, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, messages = child.communicate(timeout=120)
        if child.returncode == NOT_WRITTEN:
            self.assertIn(b"is whole", messages)
            return
        self.assertEqual(child.returncode, DONE, messages)
        summary = json.loads(out)
        self.assertEqual((summary["lines"], summary["records"]), (LINES, LINES))

    def test_interrupted_leaves_nothing_temporary(self):
        for which in (signal.SIGINT, signal.SIGTERM):
            child = self.start("records", "lb", "--json", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            while child.poll() is None and not any(self.temp.iterdir()):
                time.sleep(0.002)  # what it reads into is made first
            child.send_signal(which)
            child.communicate(timeout=60)
            self.assertEqual(child.returncode, CANCELLED)
            self.assertEqual(list(self.temp.iterdir()), [])

    def test_interrupted_import_keeps_what_was_read(self):
        whole = self.full_time()
        for part in (0.5, 0.3, 0.1):  # one of them is before its end, however unevenly the machine works
            self.remove("cut.postlude")
            child = self.imported("cut.postlude")
            time.sleep(whole * part)
            child.send_signal(signal.SIGINT)
            if child.wait(timeout=60) == CANCELLED:
                break
        self.assertEqual(child.returncode, CANCELLED)
        self.assert_sound("cut.postlude")
        self.assertEqual(self.json_of("import", "lb", "-o", "cut.postlude")["records"], LINES)


if __name__ == "__main__":
    unittest.main()
