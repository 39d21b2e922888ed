# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of postlude-cli share. ctest sets POSTLUDE_CLI and POSTLUDE_SOURCE."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

CLI = os.environ.get("POSTLUDE_CLI", "")
SOURCE = pathlib.Path(os.environ.get("POSTLUDE_SOURCE", pathlib.Path(__file__).parents[2]))
SAMPLES = sorted(p for p in (SOURCE / "samples").glob("*/*") if p.suffix in (".gz", ".zst", ".zip"))
TANGO = next(p for p in SAMPLES if "tango" in p.name)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z")

DONE, USAGE, UNREADABLE, NOT_WRITTEN, CANCELLED = 0, 2, 3, 4, 130


class CliTest(unittest.TestCase):
    """Each test has a folder and a home of its own; the program's temporary files go to `temp`, to be seen."""

    def setUp(self):
        room = tempfile.TemporaryDirectory()
        self.addCleanup(room.cleanup)
        self.folder = pathlib.Path(room.name, "work")
        self.temp = pathlib.Path(room.name, "temp")
        self.home = pathlib.Path(room.name, "home")
        for folder in (self.folder, self.temp, self.home):
            folder.mkdir()

    def environment(self):
        homes = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
        return {**os.environ, **homes, "HOME": str(self.home), "TMPDIR": str(self.temp), "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}

    def start(self, *arguments, **options):
        return subprocess.Popen([CLI, *map(os.fsencode, arguments)], cwd=self.folder, env=self.environment(),
                                stdin=subprocess.DEVNULL, **options)

    def run_cli(self, *arguments, status=DONE):
        child = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, messages = child.communicate(timeout=250)
        self.assertEqual(child.returncode, status, f"{arguments}\n{messages.decode(errors='replace')[-2000:]}")
        if status in (USAGE, UNREADABLE, NOT_WRITTEN):
            self.assertTrue(messages.strip() or out.strip(), "a failure says what it is")
        self.assertEqual(list(self.temp.iterdir()), [], "nothing temporary stays behind")
        return out

    def json_of(self, *arguments):
        return json.loads(self.run_cli(*arguments, "--json"))

    def records_of(self, *arguments):
        return [json.loads(line) for line in self.run_cli("records", *arguments, "--json").splitlines()]

    def write(self, name, content):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file


# Six requests of two servers, as HAProxy writes them.
HAPROXY = "".join(
    f"Jan 15 09:57:4{i} lb-01 haproxy[3688]: 127.1.99.4{i}:3690{i} [15/Jan/2024:09:57:4{i}.143] www web_pool/web-0{1 + i % 2} "
    f"0/0/0/18/1{i} {200 if i < 5 else 503} 1187 - - ---- 5/5/4/0/0 0/0 \"GET /static/{i}.js HTTP/1.1\"\n" for i in range(6))
