# SPDX-License-Identifier: GPL-3.0-or-later
"""HAProxy's own logs, in the formats and envelopes it can write, against the requests sent."""
import os
import socket
import time

from support import AGENT, CLIENT, ServerTest, about, between, main

CUSTOM = ('%ci:%cp [%trl] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %U %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq '
          '%{+Q}[capture.req.hdr(0)] %[capture.req.hdr(1),lower] %ID %{+Q}HM %{+Q}HP %HQ %HV')
JSON = ('{\\"t\\":\\"%t\\",\\"client\\":\\"%ci\\",\\"port\\":%cp,\\"method\\":\\"%HM\\",\\"uri\\":\\"%HU\\",\\"status\\":%ST,'
        '\\"bytes\\":%B,\\"be\\":\\"%b\\",\\"srv\\":\\"%s\\",\\"ta\\":%Ta,\\"tr\\":%Tr,\\"term\\":\\"%tsc\\"}')

CONFIG = """
global
    {global}
    stats socket {folder}/admin.sock level admin
    log-send-hostname lb-7
defaults
    mode http
    retries 2
    option redispatch
    timeout connect 2s
    timeout client 10s
    timeout server 10s
frontend web
    bind 127.0.0.1:{port}
{frontend}
    use_backend down if {{ path_beg /down }}
    default_backend shop
backend shop
    server a 127.0.0.1:{a} check inter 100ms fall 2 rise 2
backend down
    server gone 127.0.0.1:{gone}
"""


class HaproxyTest(ServerTest):
    def run_haproxy(self, frontend, envelope="rfc3164"):
        self.a, self.gone, self.port = self.origin(), self.free_port(), self.free_port()
        inbox = self.syslog("haproxy.log")
        text = CONFIG.format(folder=self.folder, port=self.port, a=self.a, gone=self.gone, frontend=frontend,
                             **{"global": f"log 127.0.0.1:{inbox} len 4096 format {envelope} local0"})
        text = text.replace("defaults\n", "defaults\n    log global\n")
        (self.logs / "haproxy.cfg").write_text(text)
        self.start("haproxy", "-db", "-f", self.logs / "haproxy.cfg", port=self.port)
        time.sleep(0.2)

    def requests(self):
        return [self.send(self.port, "/s200/b1200/d60/one?x=1&y=%20z"),
                self.send(self.port, "/s404/b0/two", method="POST", body=b"k=v" * 100),
                self.send(self.port, "/s503/b33/d5/three", method="PUT", version="HTTP/1.0", body=b"1"),
                self.send(self.port, "/down/four"),
                self.send(self.port, "", raw=b"BROKEN \x01 line\r\n\r\n")]

    def of_requests(self, sent):
        records = [r for r in self.read("haproxy.log", expect=len(sent)) if r["kind"] == "request" and r.get("client_ip") == CLIENT]
        by_port = {r["client_port"]: r for r in records}
        self.assertEqual(len(records), len(sent))
        return [by_port[exchange.port] for exchange in sent]

    def check_common(self, record, exchange, **more):
        self.agree(record, client_ip=CLIENT, client_port=exchange.port, status=exchange.status,
                   bytes_sent=self.of_answer(exchange), frontend="web", time=about(exchange.started), **more)

    @staticmethod
    def of_answer(exchange):
        """HAProxy counts what the server sent, not the head it adds for the client."""
        return between(exchange.received - 20, exchange.received)

    def check_httplog(self, sent, records):
        one, two, three, four, broken = zip(records, sent)
        for record, exchange in (one, two, three):
            self.check_common(record, exchange, method=exchange.method, path=exchange.path, http_version=exchange.version,
                              backend="shop", server="a", termination="----", retries=0,
                              duration_ms=between(0, exchange.most_ms), connect_ms=between(0, 100), queue_ms=0,
                              response_ms=between(0, exchange.most_ms))
        self.assertGreaterEqual(one[0]["response_ms"], 59)
        self.assertGreaterEqual(one[0]["duration_ms"], one[0]["response_ms"])
        self.check_common(*four, method="GET", path="/down/four", backend="down", server="gone", connect_ms=None,
                          response_ms=None, termination="SC--", retries=2)
        self.agree(broken[0], client_port=broken[1].port, status=400, frontend="web", bytes_sent=between(0, broken[1].received), backend="web", server=None, termination="PR--", response_ms=None, connect_ms=None)

    def test_httplog_in_every_envelope(self):
        for envelope in ("rfc3164", "rfc5424", "iso", "timed", "raw", "short"):
            with self.subTest(envelope=envelope):
                for old in self.logs.iterdir():
                    old.unlink()
                self.run_haproxy("    option httplog", envelope)
                sent = self.requests()
                records = self.of_requests(sent)
                self.check_httplog(sent, records)
                if envelope in ("rfc3164", "rfc5424"):
                    self.assertTrue(all(r["host"] == "lb-7" and r["process"] == "haproxy" for r in records))
                self.doCleanups()
                self.setUp()

    def test_own_format_with_captures_and_an_identifier(self):
        self.run_haproxy("    capture request header User-Agent len 128\n    capture request header Referer len 64\n"
                         "    unique-id-format %{+X}o\\ %ci:%cp_%rt\n    log-format '" + CUSTOM + "'")
        sent = self.requests()[:4]
        records = [r for r in self.read("haproxy.log", expect=5) if r.get("client_ip") == CLIENT]
        by_port = {r["client_port"]: r for r in records}
        for exchange in sent:
            record = by_port[exchange.port]
            self.check_common(record, exchange, method=exchange.method, path=exchange.path, http_version=exchange.version,
                              bytes_received=between(exchange.sent - 40, exchange.sent), request_id=lambda value: bool(value) and ":" in value)
            self.assertIn(AGENT.split("(")[0], record.get("user_agent") or str(record["fields"]))

    def test_json_written_by_a_log_format(self):
        self.run_haproxy('    log-format "' + JSON + '"', "raw")
        sent = self.requests()[:4]
        records = [r for r in self.read("haproxy.log", expect=5) if r.get("client_ip") == CLIENT]
        by_port = {r["client_port"]: r for r in records}
        for exchange in sent:
            self.agree(by_port[exchange.port], client_ip=CLIENT, status=exchange.status, bytes_sent=self.of_answer(exchange),
                       method=exchange.method, path=exchange.path, time=about(exchange.started))
        self.agree(by_port[sent[0].port], backend="shop", server="a", duration_ms=between(59, 2000), termination="----")

    def test_clf(self):
        self.run_haproxy("    option httplog clf")
        self.check_plain(status=200, termination="----", path="/s200/b70/d20/plain", method="GET")

    def test_tcplog(self):
        self.run_tcp()
        self.check_plain(status=None, termination="--", path=None, method=None)

    def check_plain(self, **expected):
        exchange = self.send(self.port, "/s200/b70/d20/plain")
        record = next(r for r in self.read("haproxy.log") if r.get("client_ip") == CLIENT)
        self.agree(record, client_port=exchange.port, time=about(exchange.started), bytes_sent=self.of_answer(exchange),
                   duration_ms=between(19, 2000), server="a", **expected)

    def run_tcp(self):
        self.a, self.port = self.origin(), self.free_port()
        inbox = self.syslog("haproxy.log")
        (self.logs / "haproxy.cfg").write_text(
            f"global\n    log 127.0.0.1:{inbox} local0\ndefaults\n    log global\n    mode tcp\n    option tcplog\n"
            "    timeout connect 2s\n    timeout client 9s\n    timeout server 9s\n"
            f"listen web\n    bind 127.0.0.1:{self.port}\n    server a 127.0.0.1:{self.a}\n")
        self.start("haproxy", "-db", "-f", self.logs / "haproxy.cfg", port=self.port)

    def test_a_server_going_down_and_up(self):
        self.run_haproxy("    option httplog")
        self.send(self.port, "/s200/b1/before")
        self.admin("disable server shop/a")
        time.sleep(0.3)
        exchange = self.send(self.port, "/s200/b1/meanwhile")
        self.admin("enable server shop/a")
        time.sleep(0.5)
        records = self.read("haproxy.log", expect=4)
        states = [r for r in records if r["kind"] == "server_state"]
        self.assertTrue(any(r.get("backend") == "shop" and r.get("server") == "a" for r in states), states)
        self.assertTrue(any("has no server" in r.get("message", "") for r in states), records)
        self.assertEqual(exchange.status, 503)

    def admin(self, command):
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(os.fspath(self.folder / "admin.sock"))
            wire.sendall(command.encode() + b"\n")
            wire.recv(4096)


if __name__ == "__main__":
    main("haproxy")
