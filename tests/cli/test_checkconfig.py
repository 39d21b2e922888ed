# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import unittest

from support import DONE, SOURCE, UNREADABLE, USAGE, CliTest

FAULTY = 1
GOLDEN = SOURCE / "tests/core/lbconfig/golden"
GOOD = (GOLDEN / "haproxy/hash-sound.cfg").read_text()
BAD = GOOD.replace("192.0.2.22:8080 check", "192.0.2.22:8080 check weight 50")


class CheckConfig(CliTest):
    def findings(self, *arguments, status=FAULTY):
        return json.loads(self.run_cli("check-config", *arguments, "--json", status=status))

    def test_statuses(self):
        self.write("good.cfg", GOOD)
        self.write("bad.cfg", BAD)
        self.assertEqual(self.run_cli("check-config", "good.cfg"), b"")
        self.assertEqual(self.findings("good.cfg", status=DONE), [])
        text = self.run_cli("check-config", "bad.cfg", status=FAULTY).decode()
        self.assertRegex(text, r"bad\.cfg:\d+: warning: .*weight 50.* \[weights-apart\]")
        self.write("notes.txt", "nothing of the kind\n")
        self.write("torn.conf", "http {\n  upstream a {\n    server 192.0.2.1:80 \"x;\n}\n")
        self.write("noise", bytes(range(256)) * 9)
        for name in ("notes.txt", "torn.conf", "noise", "nowhere.cfg"):
            self.run_cli("check-config", name, status=UNREADABLE)
        self.run_cli("check-config", status=USAGE)
        self.run_cli("check-config", "bad.cfg", "--json", "--sarif", status=USAGE)

    def test_json(self):
        self.write("bad.cfg", BAD)
        (finding,) = self.findings("bad.cfg")
        self.assertEqual({k: finding[k] for k in ("rule", "severity", "file", "backend", "server")},
                         {"rule": "weights-apart", "severity": "warning", "file": "bad.cfg", "backend": "pool",
                          "server": "app2"})
        self.assertIn("weight 50", BAD.splitlines()[finding["line"] - 1])
        self.assertTrue(finding["what"] and finding["why"] and finding["remedy"])

    def test_folder(self):
        """All configurations of a folder, the newest snapshot of each; one that is torn is a finding."""
        self.write("in/haproxy.cfg.before", BAD)
        self.write("in/haproxy.cfg.after", GOOD)
        self.write("in/torn/nginx.conf", "http {\n  server {\n    proxy_pass http://a\n")
        self.write("in/app.log", "2024-01-15T09:57:47Z error: upstream timed out\n")
        (finding,) = self.findings("in")
        self.assertEqual((finding["rule"], finding["file"]), ("syntax", "in/torn/nginx.conf"))
        self.assertTrue(finding["line"] and finding["column"])

    def test_against(self):
        self.write("old.cfg", GOOD)
        self.write("new.cfg", BAD)
        found = {f["rule"]: f for f in self.findings("new.cfg", "--against", "old.cfg")}
        self.assertEqual(set(found), {"change-weights", "weights-apart"})
        change = found["change-weights"]
        self.assertIn("weight 50", change["directive"])
        self.assertNotIn("weight", change["before"])
        self.assertEqual(change["line_before"], change["line"])
        self.assertEqual(self.findings("old.cfg", "--against", "old.cfg", status=DONE), [])
        self.assertEqual(self.findings("new.cfg", "--against", "new.cfg", status=DONE), [])  # it stood before
        self.run_cli("check-config", "new.cfg", "--against", "nowhere.cfg", status=UNREADABLE)
        for folder, text in (("a", GOOD), ("b", BAD)):
            self.write(f"{folder}/lb-1/haproxy.cfg", GOOD)
            self.write(f"{folder}/lb-2/haproxy.cfg", text)
        files = {f["file"] for f in self.findings("b", "--against", "a")}
        self.assertEqual(files, {"b/lb-2/haproxy.cfg"})

    def test_load(self):
        """Two requests a second of 1.5 s each: three at once, where two are allowed."""
        text = GOOD.replace("192.0.2.21:8080 check", "192.0.2.21:8080 check maxconn 2")
        self.write("lb.cfg", text)
        self.assertEqual(self.findings("lb.cfg", status=DONE), [])
        (finding,) = self.findings("lb.cfg", "--load", "pool/app1=3")
        self.assertEqual((finding["rule"], finding["server"], finding["severity"]),
                         ("maxconn-below-load", "app1", "error"))
        self.assertEqual(self.findings("lb.cfg", "--load", "pool/app1=1", "--load", "app2=9", status=DONE), [])
        self.write("limits.cfg", re.sub(r"(?m)^( *bind .*)$", r"\1\n    maxconn 20", text).replace("check maxconn 2", "check maxconn 9")
                   .replace("192.0.2.22:8080 check", "192.0.2.22:8080 check maxconn 9"))
        found = [f["what"].split(" may")[0] for f in self.findings("limits.cfg", "--load", "30")]
        self.assertEqual(found, ["frontend www", "The servers of backend pool"])
        self.assertEqual(self.findings("limits.cfg", "--load", "10", status=DONE), [])
        for load in ("many", "nan", "inf", "-1"):
            self.run_cli("check-config", "lb.cfg", "--load", f"app1={load}", status=USAGE)
        self.write("lb.log", "".join(
            f"Jan 15 09:57:{s:02d} lb-01 haproxy[1]: 192.0.2.{7 + s % 9}:3690{half} [15/Jan/2024:09:57:{s:02d}.{5 * half}00] www "
            f"pool/app1 0/0/1/1499/1500 200 100 - - ---- 5/5/4/0/0 0/0 \"GET /{s} HTTP/1.1\"\n"
            for s in range(30) for half in (0, 1)))
        (finding,) = self.findings("lb.cfg", "--log", "lb.log")
        self.assertEqual(finding["rule"], "maxconn-below-load")
        self.assertIn("3 requests were in flight", finding["what"])
        self.run_cli("check-config", "lb.cfg", "--log", "nowhere", status=UNREADABLE)

    def test_includes(self):
        self.write("nginx.conf", "events { }\nhttp {\n include mime.types;\n include /etc/nginx/conf.d/*.conf;\n"
                                 " include sites/shop.conf;\n include gone.conf;\n}\n")
        self.write("conf.d/app.conf", "upstream app {\n server 192.0.2.1:80;\n server 192.0.2.2:80 weight=99;\n}\n")
        self.write("sites/shop.conf", "server { listen 80; location / { proxy_pass http://app; } }\n")
        for path in ("nginx.conf", "."):
            found = {(f["rule"], f["file"].removeprefix("./"), f["line"]) for f in self.findings(path)}
            self.assertEqual(found, {("include-missing", "nginx.conf", 6), ("weights-apart", "conf.d/app.conf", 3)})

    def test_sarif(self):
        """What the schema of SARIF 2.1.0 demands, and what readers of it rely on."""
        self.write("my configs/bad one.cfg", BAD)
        log = json.loads(self.run_cli("check-config", "my configs", "--sarif", status=FAULTY))
        self.assertEqual(log["version"], "2.1.0")
        self.assertIn("sarif-schema-2.1.0.json", log["$schema"])
        (run,) = log["runs"]
        driver = run["tool"]["driver"]
        self.assertEqual(driver["name"], "postlude-cli")
        ids = [rule["id"] for rule in driver["rules"]]
        self.assertEqual(len(ids), len(set(ids)))
        for rule in driver["rules"]:
            self.assertIn(rule["defaultConfiguration"]["level"], ("note", "warning", "error"))
            for key in ("shortDescription", "fullDescription", "help"):
                self.assertTrue(rule[key]["text"])
        self.assertTrue(run["results"])
        for result in run["results"]:
            self.assertEqual(ids[result["ruleIndex"]], result["ruleId"])
            self.assertIn(result["level"], ("none", "note", "warning", "error"))
            self.assertTrue(result["message"]["text"])
            place = result["locations"][0]["physicalLocation"]
            self.assertEqual(place["artifactLocation"]["uri"], "my%20configs/bad%20one.cfg")
            self.assertGreaterEqual(place["region"]["startLine"], 1)
            self.assertTrue(all(isinstance(v, str) for v in result["partialFingerprints"].values()))
        uris = [a["location"]["uri"] for a in run["artifacts"]]
        self.assertTrue(all(re.fullmatch(r"[-._~/%A-Za-z0-9:]+", u) for u in uris))

    def test_hostile_names(self):
        self.write("x.cfg", BAD.replace("app2", "\"app\u202e\x1b[31m2\""))
        text = self.run_cli("check-config", "x.cfg", status=FAULTY)
        self.assertNotIn(b"\x1b", text)
        self.assertNotIn("\u202e".encode(), text)


if __name__ == "__main__":
    unittest.main()
