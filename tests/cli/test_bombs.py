# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles made to harm whoever unpacks them: each ends soon, in little memory, with the good log read and nothing written elsewhere."""
import gzip
import io
import os
import subprocess
import tarfile
import unittest
import zipfile
import zlib

from quine import quine
from support import CLI, DONE, HAPROXY, CliTest

RECORDS = 6  # of the good log
MOST_MEMORY = 1 << 20  # KiB; under a sanitizer, too
MEMBERS = 100_000


def tarred(members, **options):
    """An archive of (name or TarInfo, bytes)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, **options) as archive:
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def one_line(megabytes):
    """Packed, in the memory of one of them."""
    packer, out = zlib.compressobj(9, zlib.DEFLATED, 31), []
    for _ in range(megabytes):
        out.append(packer.compress(b"x" * (1 << 20)))
    return b"".join(out) + packer.flush()


GOOD = ("lb/good.log", HAPROXY.encode())


class Bombs(CliTest):
    def import_(self, bundle, *more):
        """What is said of it; the good log is read, and nothing else is there afterwards."""
        before = set(self.folder.iterdir()) | {self.folder / "case.postlude"}
        with open(self.temp.parent / "said", "w+b") as said:
            child = subprocess.Popen([CLI, "import", bundle, "-o", "case.postlude", *more], cwd=self.folder, env=self.environment(),
                                     stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            told = said.read().decode(errors="replace")
        self.assertEqual(child.returncode, DONE, told[-2000:])
        self.assertLess(used.ru_maxrss, MOST_MEMORY)
        self.assertEqual(set(self.folder.iterdir()) - before, set(), "nothing else is written")
        self.assertEqual(list(self.temp.iterdir()), [])
        self.assertEqual(sorted(p.name for p in self.folder.parent.iterdir()), ["home", "said", "temp", "work"])
        read = self.records_of("case.postlude", "--filter", "source contains good")
        self.assertEqual(len(read), RECORDS)
        return told

    def test_paths_that_lead_outside(self):
        canary = self.write("canary", "untouched")
        outside = [("../canary", b"x"), (str(canary), b"x"), ("lb/../../canary", b"x"), ("..\\canary", b"x"), ("lb\\..\\..\\canary", b"x"),
                   ("C:\\canary", b"x"), ("./../work/canary", b"x"), ("~/canary", b"x"), ("//canary", b"x"), ("", b"x"), (".", b"x"),
                   ("..", b"x"), (f"file://{canary}", b"x")]
        self.write("evil.tar.gz", gzip.compress(tarred([*outside, GOOD])))
        self.import_("evil.tar.gz")
        (self.folder / "case.postlude").unlink()
        self.write("evil.zip", zipped([*outside[:9], GOOD]))
        self.import_("evil.zip")
        self.assertEqual(canary.read_text(), "untouched")

    def test_links_and_devices(self):
        self.write("secret", "Jan 15 09:57:48 lb-01 app[1]: secret\n")
        through = [(special("out", tarfile.SYMTYPE, str(self.folder)), b""), ("out/planted", b"x"),
                   (special("lb/secret.log", tarfile.SYMTYPE, "../../secret"), b""),
                   (special("lb/hard.log", tarfile.LNKTYPE, str(self.folder / "secret")), b""),
                   (special("lb/self.log", tarfile.SYMTYPE, "self.log"), b""),
                   (special("zero", tarfile.CHRTYPE), b""), (special("disk", tarfile.BLKTYPE), b""), (special("pipe", tarfile.FIFOTYPE), b"")]
        self.write("links.tar", tarred([*through, GOOD]))
        self.import_("links.tar")
        self.assertNotIn(b"secret", self.run_cli("sql", "case.postlude", "SELECT message FROM records", "--json"))

    def test_ratio(self):
        bomb = one_line(300)
        self.write("in/bomb.log.gz", bomb)
        self.write("in/inner.tar", tarred([("bomb.log.gz", bomb), GOOD]))
        self.assertIn("times its size", self.import_("in"))
        (self.folder / "case.postlude").unlink()
        (self.folder / "in/inner.tar").unlink()
        self.write("in/lb/good.log", HAPROXY)
        self.assertIn("times its size", self.import_("in", "--max-ratio", "400"))
        (self.folder / "case.postlude").unlink()
        self.assertNotIn("times its size", self.import_("in", "--max-ratio", "1100"))  # deflate packs no better

    def test_nesting(self):
        """Four archives in each of four in each …, twelve deep: sixteen million logs, of which none is unpacked."""
        name, content = "x.log", HAPROXY.encode()
        for depth in range(12):
            members = [(f"{number}-{name}", content) for number in range(4)]
            name, content = ("x.zip", zipped(members)) if depth % 2 else ("x.tar.gz", gzip.compress(tarred(members)))
        self.write("in/nested.zip", content)
        self.write("in/lb/good.log", HAPROXY)
        self.assertIn("nested more than", self.import_("in"))

    def test_depth_as_asked_for(self):
        content = zipped([("x.log", HAPROXY.encode())])
        self.write("in/inner.zip", zipped([("x.zip", zipped([("x.zip", content)]))]))
        self.write("in/lb/good.log", HAPROXY)
        self.assertNotIn("nested", self.import_("in"))
        (self.folder / "case.postlude").unlink()
        self.assertIn("nested more than 1 deep", self.import_("in", "--max-depth", "1"))

    def test_what_all_may_unpack_to(self):
        self.write("in/big.tar.gz", gzip.compress(tarred([GOOD, ("x.log", HAPROXY.encode() * 4000)])))
        self.assertNotIn("unpacks to more", self.import_("in"))
        (self.folder / "case.postlude").unlink()
        self.assertIn("unpacks to more than 1048576 bytes", self.import_("in", "--max-unpacked", "1M"))

    def test_a_zip_that_holds_itself(self):
        content = quine()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.assertEqual(archive.read(archive.namelist()[0]), content)
        self.write("in/quine.zip", content)
        self.write("in/lb/good.log", HAPROXY)
        self.assertIn("nested more than", self.import_("in"))

    def test_count(self):
        members = [(f"m/{number}.log", b"") for number in range(MEMBERS)]
        self.write("many.tar.gz", gzip.compress(tarred([GOOD, *members])))
        self.import_("many.tar.gz")
        (self.folder / "case.postlude").unlink()
        self.assertIn("more than 1000 members", self.import_("many.tar.gz", "--max-members", "1000"))

    def test_one_content_under_many_names(self):
        """A zip's list names one packed member a thousand times."""
        content = zipped([GOOD, ("x.log", bytes(1 << 20))])
        end = content.rindex(b"PK\5\6")
        begin = content.index(b"PK\1\2")
        second = content.index(b"PK\1\2", begin + 4)
        entry, times = content[second:end], 1000
        listing = content[begin:second] + entry * times
        tail = bytearray(content[end:])
        tail[8:12] = (times + 1).to_bytes(2, "little") * 2
        tail[12:16] = len(listing).to_bytes(4, "little")
        self.write("overlap.zip", content[:begin] + listing + bytes(tail))
        self.import_("overlap.zip")

    def test_sizes_that_are_not_so(self):
        huge = tarfile.TarInfo("huge.log")
        huge.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "huge.log",
                            "GNU.sparse.realsize": str(1 << 50)}
        self.write("in/sparse.tar", tarred([GOOD, (huge, b"1\n0\n1\n".ljust(512, b"\0") + b"x")]))
        lying = bytearray(tarred([GOOD, ("long.log", b"x")]))
        at = lying.index(b"long.log") + 124
        lying[at:at + 12] = b"\x80" + bytes(3) + (1 << 62).to_bytes(8, "big")
        header = at - 124
        checked = lying[header:header + 148] + b" " * 8 + lying[header + 156:header + 512]
        lying[header + 148:header + 156] = b"%06o\0 " % sum(checked)
        self.write("in/lying.tar", bytes(lying).replace(b"good", b"evil"))
        self.import_("in")

    def test_names(self):
        names = ["lb/\x1b]0;owned\x07.log", "lb/\u202egol.exe", "lb/new\nline.log", "lb/tab\t.log", "lb/" + "n" * 5000 + ".log", "-o", "--help",
                 "lb/'; DROP TABLE sources; --.log", "lb/<img src=x onerror=alert(1)>.log", "lb/%s%n%n.log", "lb/=cmd|' /C calc'!A0.log",
                 "lb/\u0000.log", "lb/nul\u200b.log", "/".join(["d"] * 500) + ".log", "lb/" + "\u0301" * 200 + ".log"]
        self.write("in/names.tar", tarred([*((name, HAPROXY.encode()) for name in names), GOOD]))
        told = self.import_("in")
        sources = self.run_cli("sql", "case.postlude", "SELECT path FROM sources")
        for said in (told.encode(), sources, self.run_cli("analyze", "case.postlude")):
            self.assertNotRegex(said.decode(), "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


if __name__ == "__main__":
    unittest.main()
