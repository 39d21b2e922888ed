# SPDX-License-Identifier: GPL-3.0-or-later
"""Caddy's own logs, with the encoders and time forms of its configuration, against the requests sent."""
from support import AGENT, CLIENT, REFERRER, ServerTest, about, between, main

SITE = """
http://:{port} {{
    bind 127.0.0.1
    log {{
        output file {logs}/{name}.log
        format {format}
    }}
    handle /own* {{
        respond "own" 403
    }}
    handle /down* {{
        reverse_proxy 127.0.0.1:{gone}
    }}
    handle {{
        reverse_proxy 127.0.0.1:{a}
    }}
}}
"""
FORMATS = {
    "json": "json",
    "iso": "json {\n time_format iso8601\n duration_format string\n }",
    "wall": "json {\n time_format wall_milli\n duration_format nano\n }",
    "console": "console {\n time_format rfc3339_nano\n }",
}


class CaddyTest(ServerTest):
    def setUp(self):
        super().setUp()
        a, gone = self.origin(), self.free_port()
        self.ports = {name: self.free_port() for name in FORMATS}
        sites = "".join(SITE.format(port=port, logs=self.logs, name=name, format=FORMATS[name], a=a, gone=gone)
                        for name, port in self.ports.items())
        (self.logs / "Caddyfile").write_text("{\n    admin off\n    auto_https off\n    log {\n        output file "
                                             f"{self.logs}/caddy.log\n    }}\n}}\n" + sites)
        env = {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "TZ": "UTC"}
        self.start("caddy", "run", "--config", self.logs / "Caddyfile", "--adapter", "caddyfile", port=self.ports["json"], env=env)

    def requests(self, name):
        port = self.ports[name]
        return [self.send(port, "/s200/b1200/d60/one?x=1&y=%20z"),
                self.send(port, "/s404/b0/two", method="POST", body=b"k=v" * 100),
                self.send(port, "/s503/b33/d5/three", method="PUT", version="HTTP/1.0", body=b"1"),
                self.send(port, "/own"),
                self.send(port, "/down/five")]

    def check(self, name):
        sent = self.requests(name)
        records = [r for r in self.read(f"{name}.log", expect=len(sent)) if r["kind"] == "request"]
        self.assertEqual(len(records), len(sent))
        for record, exchange in zip(records, sent):
            self.agree(record, client_ip=CLIENT, client_port=exchange.port, method=exchange.method, path=exchange.path,
                       http_version=exchange.version, status=exchange.status, bytes_sent=exchange.body, referrer=REFERRER,
                       user_agent=lambda v: v is not None and v.startswith("Probe/7 ("),
                       duration_ms=between(0, exchange.most_ms), time=about(exchange.started, 0.3))
        self.agree(records[0], duration_ms=between(59, 2000))
        self.assertEqual(records[4]["status"], 502)

    def test_json(self):
        self.check("json")

    def test_json_with_iso_times_and_durations_in_words(self):
        self.check("iso")

    def test_json_with_wall_times_and_nanoseconds(self):
        self.check("wall")

    def test_console(self):
        self.check("console")

    def test_its_own_messages(self):
        sent = self.requests("json")
        records = self.read("caddy.log", expect=2)
        self.assertTrue(all(r["kind"] == "message" and r.get("level") and r.get("message") for r in records), records)
        refused = [r for r in records if "refused" in str(r)]
        self.assertTrue(refused, records)
        self.agree(refused[0], level="error", time=about(sent[4].started))


if __name__ == "__main__":
    main("caddy")
