# SPDX-License-Identifier: GPL-3.0-or-later
"""compare: what bad requests have that good ones have not, and its filters, tried."""
import random
import unittest

from support import HAPROXY, TANGO, UNREADABLE, USAGE, CliTest


def line(second, client, server, path, status):
    return (f"Jan 15 09:{57 + second // 60}:{second % 60:02} lb-01 haproxy[3688]: {client}:36901 "
            f"[15/Jan/2024:09:{57 + second // 60}:{second % 60:02}.143] www web_pool/{server} 0/0/0/18/18 {status} 1187 - - ---- "
            f"5/5/4/0/0 0/0 \"GET {path} HTTP/1.1\"\n")


class Compare(CliTest):
    def planted(self):
        """Two minutes; in the second, /pay fails for everybody."""
        dice = random.Random(7)
        lines = []
        for i in range(2400):
            path = "/pay?id=%d" % i if i % 10 == 3 else "/shop/%d" % dice.randrange(7)
            bad = i >= 1200 and path.startswith("/pay") and dice.random() < 0.7
            client = "127.%d.0.%d" % (dice.randrange(50), dice.randrange(1, 12))
            lines.append(line(i // 20, client, "web-0%d" % dice.randint(1, 2), path, 503 if bad else 200))
        return self.write("haproxy.log", "".join(lines))

    def test_the_gravest_incident_of_a_sample(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        good, before = self.json_of("compare", "case.postlude")["comparisons"]
        self.assertEqual((good["with"], before["with"]), ("good", "before"))
        self.assertEqual(before["other_window"][1], before["window"][0])
        self.assertIn({"field": "server", "value": "web-02"}, [d["values"][0] for d in good["differences"]])
        for one in (good, before):
            for d in one["differences"]:
                self.assertGreaterEqual(d["ratio"], 3)
                self.assertTrue(d["ratio_low"] <= d["ratio"] <= d["ratio_high"])
                self.assertLessEqual(d["false_share"], 0.01)
                self.assertGreaterEqual(d["with"], 0.01 * d["all"])
        self.assertEqual(self.run_cli("compare", "case.postlude"), self.run_cli("compare", "case.postlude"))

    def test_a_planted_difference_and_its_filter(self):
        log = self.planted()
        window = "2024-01-15T09:58:00Z..2024-01-15T09:59:00Z"
        good, = self.json_of("compare", log, "--window", window, "--with", "good")["comparisons"]
        found, = good["differences"]
        self.assertEqual(found["values"], [{"field": "path", "value": "/pay"}])
        shown = self.records_of(log, "--filter", found["filter"])
        self.assertEqual({r["path"][:5] for r in shown}, {"/pay?"})
        self.assertEqual(len(shown), 240)
        self.assertIn(b"path /pay: 100 % of the bad", self.run_cli("compare", log, "--window", window, "--with", "good"))

    def test_windows_and_what_is_bad(self):
        log = self.planted()
        before, = self.json_of("compare", log, "--window", "2024-01-15T09:58:00Z..2024-01-15T09:59:00Z", "--with", "before")["comparisons"]
        self.assertEqual([d["values"][0]["field"] for d in before["differences"]], ["status"])
        stated, = self.json_of("compare", log, "--window", "2024-01-15T09:57:00Z..2024-01-15T09:58:00Z",
                               "--with", "2024-01-15T09:58:00Z..2024-01-15T09:59:00Z")["comparisons"]
        self.assertEqual((stated["with"], stated["requests"]), ("window", 1200))
        paths, = self.json_of("compare", log, "--window", "2024-01-15T09:57:00Z..2024-01-15T09:58:00Z", "--with", "good",
                              "--bad", "path contains \"/shop/3\"")["comparisons"]
        self.assertEqual([d["values"][0]["value"] for d in paths["differences"]], ["/shop/3"])

    def test_wrong_use(self):
        log = self.write("haproxy.log", HAPROXY)
        self.run_cli("compare", log, status=USAGE)  # no incident, no window
        self.run_cli("compare", log, "--window", "yesterday", status=USAGE)
        self.run_cli("compare", log, "--window", "2024-01-15T09:58:00Z..2024-01-15T09:57:00Z", status=USAGE)
        self.run_cli("compare", log, "--window", "2024-01-15T00:00:00Z..2024-01-16T00:00:00Z", "--with", "before", status=USAGE)
        self.run_cli("compare", self.folder / "none.log", status=UNREADABLE)
        for wrong in (("--bad", "status >"), ("--window", "yesterday"), ("--with", "tomorrow")):
            self.run_cli("compare", self.folder / "none.log", *wrong, status=USAGE)  # before it is read
        few = self.json_of("compare", log, "--window", "2024-01-15T00:00:00Z..2024-01-16T00:00:00Z")["comparisons"]
        self.assertEqual([c["differences"] for c in few], [[]])
        self.assertIn("Not enough", few[0]["notes"][0])


if __name__ == "__main__":
    unittest.main()
