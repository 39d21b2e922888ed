# SPDX-License-Identifier: GPL-3.0-or-later
"""Files get the rights that the user's umask leaves them; what is temporary is its owner's alone."""
import os
import stat
import subprocess
import unittest

from support import HAPROXY, TANGO, CliTest

MUCH = HAPROXY * 2000  # more than a pipe holds: whoever writes it waits for its reader


class Private(CliTest):
    umask = 0

    def environment(self):
        os.umask(self.umask)  # children inherit it
        return super().environment()

    def setUp(self):
        super().setUp()
        self.addCleanup(os.umask, os.umask(0o022))

    def modes(self):
        return {str(path.relative_to(self.folder.parent)): stat.S_IMODE(path.lstat().st_mode)
                for folder in (self.folder, self.home) for path in folder.rglob("*")}

    def everything(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        self.run_cli("analyze", "case.postlude", "--json")
        for ending in ("md", "html", "json", "pdf"):
            self.run_cli("draft", "case.postlude", "-o", f"report.{ending}")

    def test_a_private_umask_keeps_everything_private(self):
        self.umask = 0o077
        self.everything()
        for path, mode in self.modes().items():
            self.assertEqual(mode & 0o077, 0, path)

    def test_files_are_as_any_other_program_makes_them(self):
        self.umask = 0o027
        self.everything()
        files = {path: mode for path, mode in self.modes().items() if path.startswith("work/") and not (self.folder.parent / path).is_dir()}
        self.assertGreaterEqual(len(files), 5)
        self.assertEqual(files, dict.fromkeys(files, 0o640))

    def test_what_is_temporary_is_private_and_goes(self):
        self.write("lb/haproxy.log", MUCH)
        child = self.start("records", "lb", "--json", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        child.stdout.read(1)  # it has a case of its own now, and waits for us
        there = list(self.temp.rglob("*"))
        folders = list(self.temp.iterdir())
        self.assertTrue(folders, "a temporary case")
        for folder in folders:
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode) & 0o077, 0, f"{folder} of {there}")
        child.stdout.close()
        child.wait()
        self.assertEqual(list(self.temp.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
