# SPDX-License-Identifier: GPL-3.0-or-later
"""The script that gathers a host's logs: takes what was written to lately, no secrets, and Postlude reads the archive."""
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest

CLI = os.environ["POSTLUDE_CLI"]
SCRIPT = pathlib.Path(os.environ["POSTLUDE_SOURCE"]) / "resources/collect/postlude-collect"
ACCESS = '192.0.2.7 - - [15/Jan/2024:09:59:0%d +0000] "GET /cart HTTP/1.1" 200 12 "-" "curl/7.88"\n'


class Collect(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.base = pathlib.Path(self.folder.name)
        self.root = self.base / "host's root"
        self.write("etc/hostname", "web-01.example\n")
        self.write("var/log/nginx/access.log", "".join(ACCESS % i for i in range(5)))
        self.write("var/log/nginx/access.log.9", ACCESS % 9, age_hours=100)
        self.write("srv/www log/shop.log", "ignored: the name has a blank, which nginx would quote\n")
        self.write("srv/log/shop.log", ACCESS % 3)
        self.write("etc/nginx/nginx.conf", "http {\n  access_log /srv/log/shop.log combined;\n  error_log stderr;\n}\n", age_hours=900)
        self.write("etc/nginx/site.key", "-----BEGIN PRIVATE KEY-----\n")
        self.write("etc/nginx/conf.d/odd.conf", "# pasted by somebody\n-----BEGIN RSA PRIVATE KEY-----\n")
        self.write("etc/nginx/.htpasswd", "admin:x\n")
        self.write("etc/haproxy/haproxy.cfg.before", "backend web\n", age_hours=900)

    def write(self, name, text, age_hours=0):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        then = time.time() - 3600 * age_hours
        os.utime(file, (then, then))
        return file

    def run_script(self, *arguments, **more):
        return subprocess.run(["sh", str(SCRIPT), "-r", str(self.root), *arguments], cwd=self.base, capture_output=True,
                              env={**os.environ, "TMPDIR": str(self.base)}, timeout=120, **more)

    def test_takes_recent_logs_and_configurations_but_no_secrets(self):
        done = self.run_script("-H", "6", "-o", "all.tar.gz")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.base / "all.tar.gz").stat().st_mode & 0o777, 0o600)
        with tarfile.open(self.base / "all.tar.gz") as archive:
            files = {member.name for member in archive if member.isfile()}
        self.assertEqual(files, {"web-01.example/" + name for name in (
            "var/log/nginx/access.log", "srv/log/shop.log", "etc/nginx/nginx.conf", "etc/haproxy/haproxy.cfg.before",
            "system/collected.txt")})
        self.assertIn(b"access.log", done.stderr)
        self.assertEqual([path.name for path in self.base.iterdir() if path.name.startswith("postlude-collect")], [])

    def test_what_it_wrote_is_read(self):
        done = self.run_script("-s", time.strftime("%Y-%m-%d 00:00", time.localtime(time.time() - 86400)), "-o", "-")
        self.assertEqual(done.returncode, 0, done.stderr)
        bundle = self.base / "from-ssh.tar.gz"
        bundle.write_bytes(done.stdout)
        case = self.base / "new.postlude"
        read = subprocess.run([CLI, "import", str(bundle), "-o", str(case)], capture_output=True, timeout=120)
        self.assertEqual(read.returncode, 0, read.stderr)
        lines = subprocess.run([CLI, "records", str(case), "--json"], capture_output=True, timeout=120).stdout
        self.assertEqual(lines.count(b"/cart"), 6)

    def test_named_logs_are_taken_and_what_may_not_be_read_is_told(self):
        own = self.write("opt/app/app.log", "started\n")
        locked = self.write("var/log/haproxy.log", "secret\n")
        locked.chmod(0)
        done = self.run_script("-o", "one.tar.gz", str(own.parent), "/nowhere at all")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"not there: /nowhere at all", done.stderr)
        with tarfile.open(self.base / "one.tar.gz") as archive:
            self.assertIn("web-01.example/opt/app/app.log", archive.getnames())
            told = archive.extractfile("web-01.example/system/collected.txt").read()
        if os.geteuid() != 0:
            self.assertIn(b"Could not be read", told)
            self.assertIn(b"haproxy.log", told)

    def test_wrong_arguments_and_empty_hosts_end_with_a_message(self):
        for arguments in (["-H", "soon"], ["-s", "yesterday"], ["-z"]):
            done = self.run_script(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(b"postlude-collect", done.stderr)
        self.root = self.base / "empty"
        self.root.mkdir()
        self.assertEqual(self.run_script().returncode, 2)
        self.assertEqual(list(self.base.glob("*.tar.gz")), [])


if __name__ == "__main__":
    sys.exit(unittest.main())
