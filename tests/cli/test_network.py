# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing leaves the machine: no program of ours reaches for the network, whatever logs say."""
import os
import subprocess
import sys
import unittest

from support import HAPROXY, TANGO, CliTest

GUARD = os.environ.get("POSTLUDE_NETWORK_GUARD", "")
WINDOW = os.environ.get("POSTLUDE_WINDOW", "")
CAUGHT = 99
SECONDS = 15  # in which the window reads and analyses the bundle

# What might tempt a reader: images, pages and files elsewhere, a document type with an entity.
TEMPTING = HAPROXY.replace("/static/", "/http://evil.example/") + "".join(
    f"Jan 15 09:57:48 lb-01 app[1]: {text}\n" for text in (
        "<img src='http://evil.example/a.png'>", "![x](http://evil.example/b.png)", "//evil.example/share/c",
        "<!DOCTYPE x SYSTEM 'http://evil.example/d.dtd'>", "@import url(http://evil.example/e.css)"))


@unittest.skipUnless(GUARD, "no guard to preload")
class Network(CliTest):
    def environment(self):
        return {**super().environment(), "LD_PRELOAD": GUARD, "QT_QPA_PLATFORM": "offscreen",
                "XDG_RUNTIME_DIR": str(self.folder.parent)}

    def test_the_guard_works(self):
        done = subprocess.run([sys.executable, "-c", "import socket; socket.socket(socket.AF_INET)"], env=self.environment(),
                              capture_output=True)
        self.assertEqual(done.returncode, CAUGHT)

    def test_commands_do_not(self):
        self.write("lb/haproxy.log", TEMPTING)
        for bundle in (TANGO, "lb"):
            self.run_cli("import", bundle, "-o", "case.postlude")
            self.run_cli("analyze", "case.postlude", "--json")
            for ending in ("md", "html", "pdf", "json"):
                self.run_cli("draft", "case.postlude", "-o", f"report.{ending}")
            self.run_cli("postmortem", "read", "report.md", "--json")
            (self.folder / "case.postlude").unlink()

    def test_the_window_does_not(self):
        self.write("lb/haproxy.log", TEMPTING)
        for bundle in (TANGO, "lb"):
            window = subprocess.Popen([WINDOW, bundle], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                self.assertNotEqual(window.wait(timeout=SECONDS), CAUGHT)
                self.fail("the window closed by itself")
            except subprocess.TimeoutExpired:
                window.terminate()
                window.wait()
        cases = sorted(self.home.rglob("*.postlude"))
        self.assertEqual(len(cases), 2, "the window has read both")
        for case in cases:
            self.assertTrue(self.records_of(case))


if __name__ == "__main__":
    unittest.main()
