# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that crashes or is killed leaves a report without anything of the logs, and a case that is whole."""
import os
import signal
import subprocess
import time
import unittest

from support import TANGO, CliTest

WINDOW = os.environ.get("POSTLUDE_WINDOW", "")


@unittest.skipUnless(WINDOW, "no window to crash")
class Crash(CliTest):
    def environment(self):
        return {**super().environment(), "QT_QPA_PLATFORM": "offscreen", "HOME": str(self.folder),
                "XDG_DATA_HOME": str(self.folder / "data"), "XDG_RUNTIME_DIR": str(self.temp)}

    def crash(self, with_signal):
        self.temp.chmod(0o700)
        window = subprocess.Popen([WINDOW, TANGO], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if list((self.folder / "data").rglob("runs/*.case")):
                break
            time.sleep(0.1)
        time.sleep(1)
        window.send_signal(with_signal)
        self.assertEqual(window.wait(timeout=60), -with_signal)
        cases = list((self.folder / "data").rglob("*.postlude"))
        self.assertEqual(len(cases), 1)
        subprocess.run(["rm", "-rf", self.temp], check=True)
        self.temp.mkdir(mode=0o700)
        self.run_cli("sql", cases[0], "SELECT count(*) FROM records")
        return list((self.folder / "data").rglob("*.report"))

    def test_a_crash_leaves_a_report_without_logs(self):
        for with_signal in (signal.SIGSEGV, signal.SIGABRT):
            reports = self.crash(with_signal)
            self.assertEqual(len(reports), 1)
            text = reports[0].read_text()
            self.assertTrue(text.startswith(f"ended by {with_signal.name}\n"), text[:100])
            self.assertIn("postlude", text)
            self.assertNotIn("web-0", text)
            self.assertEqual(reports[0].stat().st_mode & 0o077, 0, "for its owner alone")
            subprocess.run(["rm", "-rf", self.folder / "data"], check=True)

    def test_a_kill_leaves_the_trace_alone(self):
        self.assertEqual(self.crash(signal.SIGKILL), [])
        self.assertEqual(len(list((self.folder / "data").rglob("runs/*.case"))), 1)


if __name__ == "__main__":
    unittest.main()
