# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx's own logs, in log formats of its configuration, against the requests sent."""
from support import AGENT, CLIENT, REFERRER, ServerTest, about, between, main

CONFIG = r"""
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {logs}/error.log info;
{user}
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    log_format upstream '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
        '"$http_referer" "$http_user_agent" rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" '
        'urt="$upstream_response_time" ua="$upstream_addr" us="$upstream_status" id=$request_id len=$request_length';
    log_format json escape=json '{{"time":"$time_iso8601","msec":$msec,"remote_addr":"$remote_addr","remote_port":"$remote_port",'
        '"request":"$request","request_method":"$request_method","request_uri":"$request_uri","status":$status,'
        '"bytes_sent":$bytes_sent,"request_time":$request_time,"upstream_addr":"$upstream_addr","http_user_agent":"$http_user_agent",'
        '"http_referer":"$http_referer"}}';
    log_format seconds '$msec|$remote_addr:$remote_port|$request_method|$request_uri|$server_protocol|$status|$bytes_sent|$request_time|$upstream_addr|$upstream_response_time|$host';
    access_log {logs}/combined.log combined;
    access_log {logs}/upstream.log upstream;
    access_log {logs}/json.log json;
    access_log {logs}/seconds.log seconds;
    upstream shop {{ server 127.0.0.1:{gone} max_fails=0; server 127.0.0.1:{a} backup; }}
    server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://shop; }} location /own {{ return 204; }} }}
}}
"""


class NginxTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.a, self.gone, self.port = self.origin(), self.free_port(), self.free_port()
        (self.logs / "nginx.conf").write_text(CONFIG.format(folder=self.folder, logs=self.logs, port=self.port, a=self.a,
                                                            gone=self.gone, user="user root;"))
        self.start("nginx", "-c", self.logs / "nginx.conf", "-p", self.folder, "-e", self.logs / "error.log", port=self.port)
        self.sent = [self.send(self.port, "/s200/b1200/d60/one?x=1&y=%20z"),
                     self.send(self.port, "/s404/b0/two", method="POST", body=b"k=v" * 100),
                     self.send(self.port, "/s503/b33/d5/three", method="PUT", version="HTTP/1.0", body=b"1"),
                     self.send(self.port, "/own")]
        self.broken = self.send(self.port, "", raw=b"\x16\x03\x01 \xff\"\\\r\n\r\n")

    def pairs(self, source):
        records = [r for r in self.read(source, expect=5) if r.get("client_ip") == CLIENT]
        self.assertEqual(len(records), len(self.sent) + 1)
        return list(zip(records, self.sent)), records[-1]

    def test_combined(self):
        pairs, broken = self.pairs("combined.log")
        for record, sent in pairs:
            self.agree(record, method=sent.method, path=sent.path, http_version=sent.version, status=sent.status,
                       bytes_sent=sent.body, user_agent=lambda v: v.startswith("Probe/7 ("), referrer=REFERRER,
                       time=about(sent.ended), duration_ms=None, server=None)
        self.agree(broken, status=400, method=None, user_agent=None, referrer=None)

    def test_attempts_at_upstreams(self):
        pairs, broken = self.pairs("upstream.log")
        for record, sent in pairs[:3]:
            self.agree(record, method=sent.method, path=sent.path, status=sent.status, bytes_sent=sent.body,
                       server=f"127.0.0.1:{self.a}", retries=1, duration_ms=between(0, sent.most_ms),
                       response_ms=between(0, sent.most_ms), bytes_received=sent.sent, time=about(sent.started),
                       request_id=lambda v: len(v) == 32)
            self.assertIn(f"127.0.0.1:{self.gone}", str(record["fields"]))
        self.agree(pairs[0][0], duration_ms=between(58, 2000), response_ms=between(58, 2000))
        self.agree(pairs[3][0], server=None, retries=None, response_ms=None, status=204, connect_ms=None)
        self.agree(broken, status=400, server=None)

    def test_json(self):
        pairs, broken = self.pairs("json.log")
        for record, sent in pairs:
            self.agree(record, client_port=sent.port, method=sent.method, path=sent.path, status=sent.status,
                       bytes_sent=sent.received, user_agent=AGENT, referrer=REFERRER,
                       duration_ms=between(0, sent.most_ms), time=about(sent.started, 0.5))
        self.agree(pairs[0][0], server=f"127.0.0.1:{self.a}", duration_ms=between(58, 2000))
        self.agree(broken, status=400, client_port=self.broken.port)

    def test_fields_between_bars(self):
        pairs, broken = self.pairs("seconds.log")
        for record, sent in pairs:
            self.agree(record, client_port=sent.port, method=sent.method, path=sent.path, http_version=sent.version,
                       status=sent.status, bytes_sent=sent.received, duration_ms=between(0, sent.most_ms),
                       time=about(sent.started, 0.5))
        self.agree(broken, status=400)

    def test_error_log(self):
        refused = [r for r in self.read("error.log") if "connect() failed" in r.get("message", "")]
        self.assertEqual(len(refused), 3)
        for record, sent in zip(refused, self.sent):
            self.agree(record, level="error", kind="message", client_ip=CLIENT, time=about(sent.started),
                       pid=lambda v: v > 0)
            self.assertIn(f"127.0.0.1:{self.gone}", str(record))


if __name__ == "__main__":
    main("nginx")
