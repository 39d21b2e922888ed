# SPDX-License-Identifier: GPL-3.0-or-later
"""Apache's own logs, in log formats of its configuration, against the requests sent."""
import pathlib

from support import AGENT, CLIENT, REFERRER, ServerTest, about, between, main

MODULES = ("mpm_event", "authz_core", "proxy", "proxy_http", "proxy_balancer", "slotmem_shm",
           "lbmethod_byrequests", "unique_id", "alias")
CONFIG = r"""
ServerName lb.example
ServerRoot {folder}
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
Listen 127.0.0.1:{port}
{modules}
User nobody
Group nogroup
LogLevel info
ErrorLog {logs}/error.log
LogFormat "%h %l %u %t \"%r\" %>s %O \"%{{Referer}}i\" \"%{{User-Agent}}i\"" combined
LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{{Referer}}i\" \"%{{User-Agent}}i\"" vhost_combined
LogFormat "%a:%{{remote}}p [%{{begin:%Y-%m-%dT%H:%M:%S}}t.%{{begin:msec_frac}}t] \"%m %U%q %H\" %>s %B %I %O %D %{{ms}}T %{{BALANCER_WORKER_NAME}}e %{{UNIQUE_ID}}e" balancer
LogFormat "{{ \"t\":\"%{{begin:usec}}t\", \"ip\":\"%a\", \"req\":\"%r\", \"status\":%>s, \"out\":%O, \"us\":%D, \"agent\":\"%{{User-Agent}}i\" }}" json
CustomLog {logs}/combined.log combined
CustomLog {logs}/vhost.log vhost_combined
CustomLog {logs}/balancer.log balancer
CustomLog {logs}/json.log json
<Location "/own">
  Require all denied
</Location>
ProxyPass /own !
ProxyPass /down http://127.0.0.1:{gone}/
ProxyPass / balancer://shop/
<Proxy balancer://shop>
  BalancerMember http://127.0.0.1:{a}
</Proxy>
"""


class ApacheTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.a, self.gone, self.port = self.origin(), self.free_port(), self.free_port()
        folder = pathlib.Path("/usr/lib/apache2/modules")
        modules = "\n".join(f"LoadModule {m}_module {folder}/mod_{m}.so" for m in MODULES)
        config = CONFIG.format(folder=self.folder, logs=self.logs, port=self.port, a=self.a, gone=self.gone,
                               modules=modules)
        (self.logs / "apache2.conf").write_text(config)
        self.folder.chmod(0o755)
        self.start("apache2", "-f", self.logs / "apache2.conf", "-DFOREGROUND", port=self.port)
        self.sent = [self.send(self.port, "/s200/b1200/d60/one?x=1&y=%20z"),
                     self.send(self.port, "/s404/b0/two", method="POST", body=b"k=v" * 100),
                     self.send(self.port, "/s503/b33/d5/three", method="PUT", version="HTTP/1.0", body=b"1"),
                     self.send(self.port, "/own"),
                     self.send(self.port, "/down/five")]
        self.broken = self.send(self.port, "", raw=b"BROKEN \x01\"\\ line\r\n\r\n")

    def pairs(self, source):
        records = [r for r in self.read(source, expect=6) if r.get("client_ip") == CLIENT]
        self.assertEqual(len(records), len(self.sent) + 1)
        return list(zip(records, self.sent)), records[-1]

    def test_combined_with_and_without_host(self):
        for source in ("combined.log", "vhost.log"):
            with self.subTest(source=source):
                pairs, broken = self.pairs(source)
                for record, sent in pairs:
                    self.agree(record, method=sent.method, path=sent.path, http_version=sent.version, status=sent.status,
                               bytes_sent=sent.received, user_agent=lambda v: v.startswith("Probe/7 ("), referrer=REFERRER,
                               time=about(sent.started))
                self.agree(broken, status=400, user_agent=None)

    def test_times_sizes_and_the_balancers_choice(self):
        pairs, broken = self.pairs("balancer.log")
        for record, sent in pairs:
            self.agree(record, client_port=sent.port, method=sent.method, path=sent.path, http_version=sent.version,
                       status=sent.status, bytes_received=sent.sent, duration_ms=between(0, sent.most_ms),
                       time=about(sent.started, 0.5), request_id=lambda v: len(v) > 20)
        for record, sent in pairs[:3]:
            self.agree(record, server=lambda v: v is not None and str(self.a) in v)
        self.agree(pairs[0][0], duration_ms=between(59, 2000))
        self.agree(pairs[3][0], server=None, status=403)
        self.agree(broken, status=400)

    def test_json(self):
        pairs, broken = self.pairs("json.log")
        for record, sent in pairs:
            self.agree(record, method=sent.method, path=sent.path, http_version=sent.version, status=sent.status,
                       bytes_sent=sent.received, duration_ms=between(0, sent.most_ms), time=about(sent.started, 0.5),
                       user_agent=lambda v: v.startswith("Probe/7 ("))
        self.agree(broken, status=400)

    def test_error_log(self):
        records = self.read("error.log", expect=3)
        refused = [r for r in records if "AH01114" in str(r)]
        self.assertEqual(len(refused), 1)
        self.agree(refused[0], level="error", kind="message", client_ip=CLIENT, client_port=self.sent[4].port,
                   time=about(self.sent[4].started), pid=lambda v: v > 0)
        denied = [r for r in records if "AH01630" in str(r)]
        self.agree(denied[0], level="error", client_ip=CLIENT, client_port=self.sent[3].port)


if __name__ == "__main__":
    main("apache2")
