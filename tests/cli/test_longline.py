# SPDX-License-Identifier: GPL-3.0-or-later
"""A line that does not end, and messages of half a megabyte that every kind of reader might obey: told, and exported harmless, in little
memory. POSTLUDE_LINE_MEGABYTES=200 for a longer one."""
import csv
import io
import json
import os
import re
import subprocess
import unittest
import xml.etree.ElementTree as tree
import zipfile

from support import CLI, DONE, CliTest
from test_hostile import Tags

JUNK = "<script>alert(1)</script>|[x](javascript:alert(1))|=cmd|\x1b[31m%s%n'; DROP TABLE records--,\"&\u202e"
MEGABYTE = 1 << 20
LINE = int(os.environ.get("POSTLUDE_LINE_MEGABYTES", "60")) * MEGABYTE
MOST_MEMORY = 512 << 10  # KiB
MOST_REPORT = 2 * MEGABYTE  # what is told of such a line is short


def request(second):
    """One each second from 09:57 on; of two minutes half of them fail."""
    clock = f"{9 + (57 + second // 60) // 60:02}:{(57 + second // 60) % 60:02}:{second % 60:02}"
    status = 503 if 120 <= second < 240 and second % 2 else 200
    return (f"Jan 15 {clock} lb haproxy[1]: 192.0.2.{second % 200 + 1}:5000 [15/Jan/2024:{clock}.000] web pool/app{second % 2 + 1} "
            f"0/0/1/5/6 {status} 512 - - ---- 1/1/0/0/0 0/0 \"GET /item/{second} HTTP/1.1\"\n")


class LongLine(CliTest):
    def setUp(self):
        super().setUp()
        lines = [request(second) for second in range(400)]
        with open(self.write("bundle/lb.log", "".join(lines[:130])), "ab") as log:
            log.write(request(130).split(" HTTP/1.1")[0].encode())
            piece = (JUNK * (MEGABYTE // len(JUNK))).encode()
            for _ in range(LINE // len(piece) + 1):
                log.write(piece)
            log.write(b' HTTP/1.1"\n' + "".join(lines[131:]).encode())
        messages = [f"2024-01-15T09:{57 + s // 60}:{s % 60:02}Z INFO app1 took job {s}\n" for s in range(0, 120, 5)]
        messages += [f"2024-01-15T09:59:{s}Z FATAL app1 pool is empty {JUNK * (MEGABYTE // 2 // len(JUNK))}\n" for s in range(10, 20)]
        self.write("bundle/app.log", "".join(messages))
        alert = {"status": "firing", "labels": {"alertname": "Http5xx " + JUNK * 50}, "annotations": {"summary": JUNK * 50},
                 "startsAt": "2024-01-15T09:59:30.000Z", "endsAt": "0001-01-01T00:00:00Z"}
        self.write("bundle/alerts.json", json.dumps([{"receiver": "pager", "status": "firing", "alerts": [alert]}]))
        self.frugal("import", "bundle", "-o", "case.postlude")

    def frugal(self, *arguments):
        """What it prints, with a look at the memory it took."""
        with open(self.folder.parent / "said", "w+b") as said:
            child = subprocess.Popen([CLI, *arguments], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, stdout=said)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            out = said.read()
        self.assertEqual(child.returncode, DONE, arguments)
        self.assertLess(used.ru_maxrss, MOST_MEMORY, arguments)
        return out

    def report(self, name):
        self.frugal("draft", "case.postlude", "-o", name)
        content = (self.folder / name).read_bytes()
        self.assertLess(len(content), MOST_REPORT)
        return content

    def test_it_is_told_and_costs_no_other_line(self):
        records = [json.loads(line) for line in self.frugal("records", "bundle/lb.log", "--as-read", "--json").splitlines()]
        self.assertEqual([r["line"] for r in records], list(range(1, 401)))
        self.assertEqual([r["line"] for r in records if "issue" in r], [131])
        self.assertRegex(records[130]["issue"], "longer than")
        self.assertEqual(records[131]["path"], "/item/131")

    def test_shorter_lines_may_be_asked_for(self):
        summary = self.json_of("import", "bundle", "-o", "short.postlude", "--max-line", "100k")
        self.assertEqual(summary["unread"], 11)
        self.assertIn("longer than 102400 bytes", summary["issues"][0]["issue"])

    def test_terminals(self):
        for arguments in (("records", "case.postlude"), ("analyze", "case.postlude")):
            self.assertNotRegex(self.frugal(*arguments).decode(), "[\x1b\u202e]")

    def test_analysis_tells_of_the_messages(self):
        told = json.dumps(json.loads(self.frugal("analyze", "case.postlude", "--json"))["incidents"][0]["messages"])
        self.assertIn("pool is empty", told)
        self.assertLess(len(told), 100_000)

    def test_markdown(self):
        text = self.report("report.md").decode()
        self.assertIn("Http5xx", text, "the alert is told")
        self.assertNotRegex(text, "[\x1b\u202e]")
        self.assertNotRegex(re.sub(r"(`+).*?\1", "", text), r"(?<!\\)<script|(?<!\\)\]\(javascript")

    def test_html(self):
        page = self.report("report.html").decode()
        self.assertIn("alert(1)", page, "the alert is told")
        tags = Tags()
        tags.feed(page)
        self.assertEqual(tags.strange, [])

    def test_pdf(self):
        content = self.report("report.pdf")
        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertTrue(content.rstrip().endswith(b"%%EOF"))
        self.assertNotRegex(content, rb"/(JavaScript|JS|Launch|OpenAction|URI) ?[(/<]")

    def test_opendocument(self):
        with zipfile.ZipFile(io.BytesIO(self.report("report.odt"))) as archive:
            self.assertIsNone(archive.testzip())
            for name in archive.namelist():
                if name.endswith((".xml", ".svg")):
                    tags = {element.tag.rpartition("}")[2] for element in tree.fromstring(archive.read(name)).iter()}
                    self.assertFalse(tags & {"script", "scripts", "event-listeners"}, name)

    def test_json(self):
        self.assertIn("timeline", json.loads(self.report("report.json")))

    def test_tasks(self):
        for row in csv.reader(io.StringIO(self.report("report.csv").decode())):
            for cell in row:
                self.assertFalse(cell.startswith(("=", "+", "-", "@")), cell)


if __name__ == "__main__":
    unittest.main()
