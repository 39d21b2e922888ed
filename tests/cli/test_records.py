# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import json
import os
import sqlite3
import subprocess
import unittest

from support import DONE, HAPROXY, NOT_WRITTEN, SAMPLES, TANGO, TIME, UNREADABLE, USAGE, CliTest

NUMBERS = {"line", "offset", "client_port", "status", "bytes_sent", "bytes_received", "duration_ms", "queue_ms",
           "connect_ms", "response_ms", "retries", "pid"}
TEXTS = {"time", "time_raw", "source", "format", "kind", "client_ip", "method", "path", "http_version", "frontend", "backend",
         "server", "termination", "user_agent", "referrer", "request_id", "host", "process", "level", "message"}
ALWAYS = {"source", "line", "offset", "format", "kind"}
KINDS = {"request", "message", "server_state", "change", "alert", "chat"}
BAD_LINE = "\x1b[31mnot a line of this log\n"


class Records(CliTest):
    def check(self, record):
        self.assertLessEqual(ALWAYS, record.keys())
        self.assertLessEqual(record.keys(), NUMBERS | TEXTS | {"fields"})
        self.assertIn(record["kind"], KINDS)
        for key, value in record.items():
            if key in NUMBERS:
                self.assertIsInstance(value, (int, float), key)
            elif key in TEXTS:
                self.assertTrue(isinstance(value, str) and value, key)
        if "time" in record:
            self.assertRegex(record["time"], TIME)

    def test_keys_and_order_of_every_sample(self):
        for sample in SAMPLES:
            with self.subTest(sample.name):
                records = self.records_of(sample)
                self.assertGreater(len(records), 20_000)
                for record in records:
                    self.check(record)
                times = [r["time"][:-1].ljust(29, "0") for r in records if "time" in r]
                self.assertTrue(all(a <= b for a, b in zip(times, times[1:])), "by time")

    def test_a_request_in_full(self):
        self.write("lb/haproxy.log", HAPROXY)
        first = self.records_of("lb")[0]
        wanted = {"time": "2024-01-15T09:57:40.143Z", "source": "haproxy.log", "line": 1, "offset": 0, "kind": "request",
                  "client_ip": "127.1.99.40", "client_port": 36900, "method": "GET", "path": "/static/0.js",
                  "status": 200, "bytes_sent": 1187, "duration_ms": 10, "queue_ms": 0, "connect_ms": 0, "response_ms": 18,
                  "frontend": "www", "backend": "web_pool", "server": "web-01", "termination": "----", "pid": 3688}
        self.assertEqual({k: first.get(k) for k in wanted}, wanted)

    def test_what_is_named_must_be_there(self):
        self.write("lb/haproxy.log", HAPROXY)
        for command in ("records", "analyze", "compare"):
            more = ("--window", "2024-01-15T09:00:00Z..2024-01-15T10:00:00Z", "--with", "good") if command == "compare" else ()
            self.run_cli(command, "lb", "nothere.log", *more, status=UNREADABLE)

    def test_a_closed_output_writes_nowhere(self):
        self.write("lb/haproxy.log", HAPROXY)
        self.run_cli("import", "lb", "-o", "c.postlude")
        child = self.start("records", "c.postlude", stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
        self.assertIn(b"standard output", child.communicate()[1])
        self.assertEqual(child.returncode, NOT_WRITTEN)
        self.assertEqual(sorted(f.name for f in self.folder.iterdir()), ["c.postlude", "lb"])

    def test_reading_keeps_nobody_from_writing(self):
        self.write("lb/haproxy.log", HAPROXY * 20_000)
        self.run_cli("import", "lb", "-o", "c.postlude")
        reader = self.start("records", "c.postlude", "--json", stdout=subprocess.PIPE)
        reader.stdout.readline()  # the rest waits until somebody wants it
        self.run_cli("sql", "c.postlude", "SELECT count(*) FROM incidents")  # saves what it finds
        with contextlib.closing(sqlite3.connect(self.folder / "c.postlude")) as case:
            self.assertTrue(case.execute("SELECT value FROM note WHERE name = 'analysis'").fetchone()[0])
        reader.stdout.close()
        self.assertEqual(reader.wait(), DONE)

    def test_a_span_is_compared_exactly(self):
        self.write("lb.log", "".join(
            f"Jan 15 00:00:01 lb haproxy[1]: 127.0.0.1:2000 [15/Jan/2024:00:00:00.000] www web/a 0/0/0/{ms}/{ms} 200 1 - - ---- "
            f'0/0/0/0/0 0/0 "GET / HTTP/1.1"\n' for ms in range(1, 2001)))
        self.run_cli("import", "lb.log", "-o", "c.postlude")
        for ms in (1, 267, 1001, 1023, 1999):
            count = lambda test: int(self.run_cli("records", "c.postlude", "--count", "--filter", "duration_ms " + test))
            self.assertEqual(count(f"= {ms / 1000:.3f}s"), 1, ms)
            self.assertEqual(count(f"<= {ms / 1000:.3f}s"), ms, ms)
            self.assertEqual(count(f"> {ms}ms"), 2000 - ms, ms)

    def test_fields_of_any_name(self):
        self.write("app.log", "".join(json.dumps(
            {"time": f"2024-01-15T10:00:{i:02}Z", "method": "GET", "path": "/", "status": 200, "in": f"x{i % 2}", "user name": "bob", "n": 3})
            + "\n" for i in range(20)))
        for search, found in (('"in" = x1', b"10\n"), ('"user name" contains bo', b"20\n"), ('"in" in (x0, x1)', b"20\n"),
                              ("n = 3.0", b"20\n"), ('n = "3.0"', b"0\n"), ('"GET"', b"20\n")):
            self.assertEqual(self.run_cli("records", "app.log", "--count", "--filter", search), found, search)
        for wrong in ("status = nan", "duration_ms > inf"):
            self.run_cli("records", "app.log", "--filter", wrong, status=USAGE)

    def test_lines_are_searched_in_the_log_itself(self):
        log = self.write("haproxy.log", HAPROXY)
        self.run_cli("import", "haproxy.log", "-o", "c.postlude")
        search = 'text ~ "/static/[35][.]js" and status = 503'
        self.assertEqual([r["line"] for r in self.records_of("c.postlude", "--filter", search)], [6])
        self.assertEqual(self.run_cli("records", "c.postlude", "--count", "--filter", '"HTTP/1.1"'), b"6\n")
        self.assertEqual(self.json_of("records", "c.postlude", "--count", "--filter", "status = 200"), {"records": 5})
        log.write_text(HAPROXY.replace("static", "statik"))
        self.assertEqual(self.run_cli("records", "c.postlude", "--count", "--filter", "statik", status=USAGE), b"")
        self.assertEqual(self.run_cli("records", "c.postlude", "--count", "--filter", '"statik"', status=UNREADABLE), b"0\n")
        self.run_cli("records", "c.postlude", status=UNREADABLE)
        self.assertEqual(len(self.records_of("c.postlude")), 6, "what was read stands")
        stale = [s.get("stale") for s in self.json_of("analyze", "c.postlude")["sources"]]
        self.assertEqual(stale, ["the file has changed since it was read"])

    def test_as_read_has_every_line_in_its_place(self):
        text = HAPROXY.splitlines(keepends=True)
        text.insert(2, BAD_LINE)
        self.write("haproxy.log", "".join(text))
        entries = self.records_of("haproxy.log", "--as-read")
        self.assertEqual([e["line"] for e in entries], list(range(1, 8)))
        offset = 0
        for entry, line in zip(entries, text):
            self.assertEqual(entry["offset"], offset)
            offset += len(line)
        self.assertEqual(set(entries[2]), {"source", "line", "offset", "issue"})
        self.assertEqual(entries[2]["source"], "haproxy.log")

    def test_the_last_of_the_entries_that_empty_lines_part_needs_none(self):
        head = "Sat 2026-11-21 06:25:0%d.143256 UTC [s=6ab3;i=%d;b=4f1c;m=77;t=61;x=5]\n    PRIORITY=6\n    MESSAGE=pool %d\n"
        export = "__REALTIME_TIMESTAMP=179524230%d143256\nPRIORITY=6\nMESSAGE=pool %d\n"
        for name, text in [("verbose.log", "".join(head % (i, i, i) for i in (1, 2, 3))),
                           ("export.log", "\n".join(export % (i, i) for i in (1, 2, 3)))]:
            with self.subTest(name):
                self.write(name, text)
                entries = self.records_of(name, "--as-read")
                self.assertEqual([e.get("message") for e in entries], ["pool 1", "pool 2", "pool 3"])
                self.assertEqual([e["line"] for e in entries], [1, 4, 7] if name == "verbose.log" else [1, 5, 9])

    def test_as_read_says_how_many_lines_it_does_not_list(self):
        text = (HAPROXY + BAD_LINE * 2) * 200
        self.write("lb/haproxy.log", text)
        self.run_cli("import", "lb", "-o", "c.postlude")
        entries = self.records_of("c.postlude", "--as-read")
        listed = [e for e in entries if "issue" in e and "line" in e]
        self.assertLess(len(listed), 400)
        self.assertEqual(set(entries[-1]), {"source", "issue"})
        self.assertEqual(entries[-1]["issue"], f"{400 - len(listed)} more lines are not understood, and not listed")
        self.assertNotIn("issue", self.run_cli("records", "c.postlude", "--as-read", "--json", "--filter", "status > 0").decode())

    def test_as_read_tells_the_stamp_and_else_the_start(self):
        self.write("squid.log", "1705312660.143   2180 192.0.2.7 TCP_MISS/200 1187 GET http://a.example/x - HIER_DIRECT/198.51.100.4 text/html\n")
        self.assertEqual(self.records_of("squid.log")[0]["time"], "2024-01-15T09:57:37.963Z")
        self.assertEqual(self.records_of("squid.log", "--as-read")[0]["time"], "2024-01-15T09:57:40.143Z")

    def test_filter_source_and_limit(self):
        self.write("lb/haproxy.log", HAPROXY)
        self.write("lb/app.log", "2024-01-15 09:57:41,100 INFO app started\n2024-01-15 09:57:42,200 ERROR app fell over\n" * 3)
        self.assertEqual([r["status"] for r in self.records_of("lb", "--filter", "status >= 500")], [503])
        by_server = self.records_of("lb", "--filter", 'server = "web-02" and not status = 503')
        self.assertEqual([r["line"] for r in by_server], [2, 4])
        self.assertEqual({r["source"] for r in self.records_of("lb", "--source", "haproxy.log")}, {"haproxy.log"})
        self.assertEqual(len(self.records_of("lb", "--limit", "2")), 2)
        self.run_cli("records", "lb", "--source", "none.log", status=UNREADABLE)
        self.run_cli("records", "lb", "--filter", "status >=", status=USAGE)
        for limit in ("-1", "99999999999999999999999", "few"):
            self.run_cli("records", "lb", "--limit", limit, status=USAGE)

    def test_terminal_text_is_harmless(self):
        self.write("haproxy.log", HAPROXY.replace("/static/3.js", "/\x1b]0;owned\x07\u202e"))
        for arguments in ((), ("--as-read",)):
            out = self.run_cli("records", "haproxy.log", *arguments)
            self.assertEqual(len(out.splitlines()), 6)
            self.assertFalse(set(out) & (set(range(32)) - {10}))
            self.assertNotIn("\u202e".encode(), out)

    def test_a_reader_who_has_seen_enough(self):
        child = self.start("records", TANGO, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        json.loads(child.stdout.readline())
        child.stdout.close()
        messages = child.stderr.read()
        child.stderr.close()
        self.assertEqual((child.wait(timeout=100), messages), (DONE, b""))
        self.assertEqual(list(self.temp.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
