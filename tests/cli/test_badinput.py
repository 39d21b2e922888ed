# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles with little in them, or with the wrong things: the analysis says what it can, and what it cannot."""
import datetime as dt
import json
import random
import re
import unittest

from support import CliTest

ORIGIN = dt.datetime(2024, 5, 14, 9, 0, tzinfo=dt.timezone.utc)
BEGIN, END, LENGTH = 300, 480, 780  # seconds: an incident of three minutes in thirteen


def lines(rate=20, begin=BEGIN, end=END, length=LENGTH, origin=ORIGIN, seed=5, name=lambda t, s: f"app{s}"):
    """(seconds, HAProxy's line, the server's own line, server) of every request; one of the two servers fails in between."""
    dice = random.Random(seed)
    t, out = 0.0, []
    while True:
        t += dice.expovariate(rate)
        if t >= length:
            return out
        server, took = dice.choice((1, 2)), 40 + int(80 * dice.random())
        failed = begin <= t < end and server == 2 and dice.random() < 0.7
        status = 503 if failed else 200
        at, client = origin + dt.timedelta(seconds=t), f"192.0.2.{dice.randrange(200)}"
        path = f"/shop/{dice.randrange(10**6)}"
        stamp = f"{at:%d/%b/%Y:%H:%M:%S}"
        ended = at + dt.timedelta(milliseconds=took)
        lb = (f"{ended:%b} {ended.day:2d} {ended:%H:%M:%S} lb1 haproxy[7]: {client}:{10000 + dice.randrange(50000)} "
              f"[{stamp}.{at.microsecond // 1000:03d}] www shop/{name(t, server)} 0/0/1/{took - 1}/{took} {status} 512 - - ---- "
              f"1/1/0/0/0 0/0 \"GET {path} HTTP/1.1\"\n")
        own = f"{client} - - [{stamp} +0000] \"GET {path} HTTP/1.1\" {status} 512 \"-\" \"curl/8\"\n"
        out.append((t, lb, own, server))


class BadInput(CliTest):
    def analysed(self, *paths):
        return self.json_of("analyze", *(paths or ("in",)))

    def told(self):
        return self.run_cli("analyze", "in").decode()

    def balancer(self, rows):
        self.write("in/lb/haproxy.log", "".join(r[1] for r in rows))

    def servers(self, rows, which=(1, 2)):
        for s in which:
            self.write(f"in/app{s}/access.log", "".join(r[2] for r in rows if r[3] == s))

    def started(self, incident, seconds=BEGIN, within=5, origin=ORIGIN):
        at = dt.datetime.fromisoformat(incident["impact_start"].replace("Z", "+00:00"))
        self.assertLess(abs((at - origin).total_seconds() - seconds), within, incident["impact_start"])

    def assertNothingInvented(self, answer):
        """Everything that is stated lies within what was logged, and shares are shares."""
        for incident in answer["incidents"]:
            impact = incident["impact"]
            self.assertLessEqual(impact["failed"], impact["requests"])
            self.assertLessEqual(impact.get("operations_failed", 0), impact.get("operations", 0))
            self.assertLessEqual(impact["excess_failed_low"], impact["excess_failed"] + 1e-6)
            self.assertLessEqual(impact["excess_failed"], impact["excess_failed_high"] + 1e-6)
            self.assertLessEqual(impact.get("clients_affected", 0), impact.get("clients", 0))
            for cause in incident["causes"]:
                self.assertTrue(0 <= cause["score"] <= 1)
            for key in ("requests", "failed", "slow"):
                self.assertEqual(sum(s[key] for s in impact["services"]), impact[key])

    def test_one_source_only(self):
        self.balancer(lines())
        answer = self.analysed()
        (incident,) = answer["incidents"]
        self.started(incident)
        self.assertEqual(incident["worst_server"], "shop/app2")
        self.assertEqual(incident["causes"][0]["kind"], "unknown")
        undecided = {u["kind"]: u["statement"] for u in incident["undecided"]}
        self.assertIn("none is in the bundle", undecided["lb-other"])
        self.assertIn("no log of one", undecided["database"])
        self.assertLess({"deploy", "host-resource"}, set(undecided))
        self.assertNothingInvented(answer)

    def test_one_log_twice(self):
        """A balancer's own file, and the syslog of its host that keeps a copy: said, for all is counted twice."""
        rows = lines()
        self.balancer(rows)
        self.write("in/lb/syslog", "".join(r[1] for r in rows if r[0] > 100))
        answer = self.analysed()
        self.assertTrue(any("lb/syslog holds the same requests as lb/haproxy.log" in n for n in answer["notes"]), answer["notes"])

    def test_two_balancers_of_one_site(self):
        self.write("in/lb1/haproxy.log", "".join(r[1] for r in lines(seed=5)))
        self.write("in/lb2/haproxy.log", "".join(r[1].replace(" lb1 ", " lb2 ") for r in lines(seed=6)))
        answer = self.analysed()
        self.assertFalse(any("counted twice" in n for n in answer["notes"]), answer["notes"])

    def test_two_sources_only(self):
        rows = lines()
        self.balancer(rows)
        self.servers(rows, (2,))
        answer = self.analysed()
        self.started(*answer["incidents"])
        (clock,) = [h for h in answer["hosts"] if h["host"] == "app2"]
        self.assertLess(abs(clock["clock_offset_s"]), 1)
        self.assertEqual(clock["server"], "app2")

    def test_no_balancer(self):
        rows = lines()
        self.servers(rows)
        answer = self.analysed()
        (incident,) = answer["incidents"]
        self.started(incident)
        self.assertIn("app2", incident["worst_server"])
        self.assertTrue(any("No balancer" in n for n in answer["notes"]))
        self.assertFalse(any("clock_offset_s" in h for h in answer["hosts"]))

    def test_no_baseline(self):
        """It is there from the first line on: no beginning is made up."""
        rows = [r for r in lines() if r[0] >= BEGIN]
        self.balancer(rows)
        answer = self.analysed()
        (incident,) = answer["incidents"]
        self.started(incident, within=2)
        self.assertIn("may have begun earlier", self.told())
        self.assertNotIn("missing_requests", incident["impact"])

    def test_no_good_time_at_all(self):
        self.balancer([r for r in lines() if BEGIN <= r[0] < END])
        answer = self.analysed()
        self.assertTrue(any("no good time" in n for n in answer["notes"]), answer["notes"])
        self.assertNothingInvented(answer)

    def test_it_does_not_end(self):
        self.balancer([r for r in lines() if r[0] < END - 10])
        (incident,) = self.analysed()["incidents"]
        self.assertNotIn("resolved", incident)

    def test_ninety_seconds_of_baseline(self):
        self.balancer([r for r in lines() if r[0] >= BEGIN - 90])
        self.started(*self.analysed()["incidents"])

    def test_twenty_requests(self):
        rows = lines(rate=1)[:20]
        self.balancer(rows)
        answer = self.analysed()
        self.assertEqual(answer["incidents"], [])
        broken = [(t, lb.replace(" 200 ", " 503 ", 1), own, s) for t, lb, own, s in rows]
        self.write("all/lb/haproxy.log", "".join(r[1] for r in broken))
        answer = self.analysed("all")
        self.assertNothingInvented(answer)
        self.assertTrue(answer["incidents"] or answer["notes"])

    def test_a_server_renamed_in_the_middle(self):
        self.balancer(lines(name=lambda t, s: f"app{s}" if t < 390 or s == 1 else "web-new"))
        answer = self.analysed()
        (incident,) = answer["incidents"]
        self.started(incident)
        self.assertIn(incident["worst_server"], ("shop/app2", "shop/web-new"))
        self.assertTrue(any(n.startswith("shop/app2 is asked until") and "shop/web-new from" in n for n in answer["notes"]), answer["notes"])
        self.assertNothingInvented(answer)

    def test_half_the_log_is_missing(self):
        """Ten minutes of an hour are gone, and servers logged what came in them: a gap is told, and nothing is made of it."""
        rows = lines(begin=9e9, end=9e9, length=3600)
        self.balancer([r for r in rows if not 1200 <= r[0] < 1800])
        self.servers(rows)
        answer = self.analysed()
        self.assertEqual(answer["incidents"], [])
        self.assertTrue(any("the balancer's log has a gap" in n for n in answer["notes"]), answer["notes"])

    def test_silence(self):
        """Nobody logged anything for five minutes, and all was well before and after."""
        rows = [r for r in lines(begin=9e9, end=9e9, length=2400) if not 1200 <= r[0] < 1500]
        self.balancer(rows)
        self.servers(rows)
        answer = self.analysed()
        (incident,) = answer["incidents"]
        self.started(incident, 1200)
        end = dt.datetime.fromisoformat(incident["resolved"].replace("Z", "+00:00"))
        self.assertLess(abs((end - ORIGIN).total_seconds() - 1500), 5)
        self.assertLess(abs(incident["impact"]["missing_requests"]["missing"] - 6000), 600)
        self.assertIn("the servers logged none either", incident["causes"][0]["statement"])
        self.assertEqual(incident["ruled_out"], [])
        self.assertFalse([n for n in answer["notes"] if "Clients are not logged" in n], "nothing was logged, clients least of all")
        self.assertNothingInvented(answer)
        self.assertIn("No request was logged from", self.told())

    def test_silence_without_a_balancer(self):
        """The servers were asked nothing; whether a balancer was, nobody can tell."""
        self.servers([r for r in lines(begin=9e9, end=9e9, length=2400) if not 1200 <= r[0] < 1500])
        (incident,) = self.analysed()["incidents"]
        self.assertIn("no balancer's log is here", incident["causes"][0]["statement"])
        self.assertNotIn("got as far as the balancer", incident["causes"][0]["statement"])

    def test_nights_are_no_silence(self):
        """Few come at night and none for hours; by day requests come every other second."""
        rows = [r for r in lines(rate=0.5, begin=9e9, end=9e9, length=2 * 86400)
                if 8 * 3600 <= (r[0] + 9 * 3600) % 86400 < 18 * 3600 or r[0] % 3000 < 8]
        self.balancer(rows)
        self.assertEqual(self.analysed()["incidents"], [])

    def test_a_zone_that_nobody_wrote(self):
        """A server's log of local time without a zone beside a balancer that writes UTC: its requests tell which zone it is."""
        rows = lines()
        self.balancer(rows)
        for s in (1, 2):
            text = []
            for t, _, own, server in rows:
                if server != s:
                    continue
                at = ORIGIN + dt.timedelta(seconds=t, hours=2 if s == 2 else 0)
                client, path = own.split()[0], own.split('"')[1].split()[1]
                status = int(own.split('"')[2].split()[0])
                text.append(json.dumps({"time": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}" + ("" if s == 2 else "Z"),
                                        "method": "GET", "path": path, "status": status, "remote_addr": client,
                                        "duration_ms": 20}) + "\n")
            self.write(f"in/app{s}/access.log", "".join(text))
        answer = self.analysed()
        clock = {h["host"]: h.get("clock_offset_s") for h in answer["hosts"]}
        self.assertLess(abs(clock["app2"] - 7200), 0.2)
        self.assertRegex(self.told(), r"app2/access.log writes none and was taken for .* as UTC\+02:00")

    def test_shares_of_a_quiet_time(self):
        self.balancer(lines(begin=9e9, end=9e9))
        self.write("in/lb/haproxy.cfg", "frontend www\n  bind :80\n  default_backend shop\nbackend shop\n  balance roundrobin\n"
                   "  server app1 192.0.2.1:80 weight 30 check\n  server app2 192.0.2.2:80 weight 10 check\n")
        self.assertEqual(self.analysed()["incidents"], [])
        self.assertRegex(self.told(), r"Uneven shares.*\n?.*app2 got 5\d % of them where 25 % were expected")

    def test_a_clock_that_is_set(self):
        rows = lines(length=1800)
        self.balancer(rows)
        for s in (1, 2):
            text = []
            for t, _, own, server in rows:
                if server != s:
                    continue
                at = ORIGIN + dt.timedelta(seconds=t + (120 if s == 2 and t > 900 else 0))
                head, _, tail = own.partition("[")
                text.append(f"{head}[{at:%d/%b/%Y:%H:%M:%S}{tail[20:]}")
            self.write(f"in/app{s}/access.log", "".join(text))
        answer = self.analysed()
        self.started(*answer["incidents"])
        clock = {h["host"]: h for h in answer["hosts"]}
        self.assertNotIn("clock_steps", clock["app1"])
        (step,) = clock["app2"]["clock_steps"]
        self.assertLess(abs(step["by_s"] - 120), 2)
        at = dt.datetime.fromisoformat(step["at"].replace("Z", "+00:00"))
        self.assertLess(abs((at - ORIGIN).total_seconds() - 900), 90)
        self.assertRegex(self.told(), r"clock of app2 was set forward by 1(19|20)\.\d\d ")
        early, late = [leg["clock_offset_s"] for leg in clock["app2"]["clock_course"]]
        self.assertLess(abs(early), 0.5)
        self.assertLess(abs(late - 120), 0.5)

    def test_contradictory_evidence(self):
        """The balancer says that all is well and somebody else that all is lost: what is logged counts, people are quoted."""
        self.balancer(lines(begin=9e9, end=9e9))
        stamp = f"{ORIGIN + dt.timedelta(seconds=350):%Y-%m-%dT%H:%M:%SZ}"
        alert = {"status": "firing", "labels": {"alertname": "AllServersDown"}, "startsAt": stamp}
        self.write("in/alerts.json", json.dumps([{"receiver": "pager", "status": "firing", "alerts": [alert]}]))
        answer = self.analysed()
        self.assertEqual(answer["incidents"], [])
        self.assertTrue(any("An alert fired (AllServersDown at 2024-05-14T09:05:50Z)" in n for n in answer["notes"]), answer["notes"])

    def test_servers_that_say_otherwise(self):
        rows = [(t, lb.replace(" 503 ", " 200 "), own, s) for t, lb, own, s in lines()]
        self.balancer(rows)
        self.servers(rows)
        answer = self.analysed()
        self.assertTrue(any(re.search(r"Servers logged [1-9] \d\d\d failed requests from .* the balancer none", n.replace("\u202f", " "))
                            for n in answer["notes"]), answer["notes"])
        self.balancer(lines())
        self.assertFalse(any("Servers logged" in n for n in self.analysed()["notes"]))

    def test_configurations_in_the_wrong_order(self):
        """A server takes more while its weight is said to become less: the order of the two is doubted."""
        config = ("frontend www\n  bind :80\n  default_backend shop\nbackend shop\n  balance roundrobin\n"
                  "  server app1 192.0.2.1:80 weight 10 check\n  server app2 192.0.2.2:80 weight {} check\n")
        self.write("in/lb/haproxy.cfg.before", config.format(90))
        self.write("in/lb/haproxy.cfg.after", config.format(10))
        rows = [(t, lb.replace("shop/app1", "shop/app2") if BEGIN <= t < END and t % 1 < 0.7 else lb, own, s) for t, lb, own, s in lines()]
        self.balancer(rows)
        (incident,) = self.analysed()["incidents"]
        (cause,) = [c for c in incident["causes"] if c["kind"] == "lb-weights"]
        self.assertIn("Its share moved against that", cause["statement"])

    def test_a_change_that_a_commit_alone_tells(self):
        """No configuration is here; a flag was set on the same server half a minute before."""
        def stamp(seconds):
            return f"{ORIGIN + dt.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
        # Two thirds of the requests go to app2 while it lasts, and most of them fail there.
        rows = [(t, lb.replace("shop/app1", "shop/app2").replace(" 200 ", " 503 ") if BEGIN <= t < END and t % 1 < 0.4 else lb, own, s)
                for t, lb, own, s in lines()]
        self.balancer(rows)
        self.write("in/changes/deploys.log",
                   f"{stamp(BEGIN - 35)} [train] shop app2: enable badge 5 % (flags) ok\n"
                   f"{stamp(BEGIN - 2)} [netcfg] haproxy lb1: reload (config) ok\n"
                   f"{stamp(END - 2)} [orbit] haproxy lb1: reload, previous configuration restored (config) ok\n")
        self.write("in/changes/git-log.txt",
                   "commit 8afe535e33a2ec29a58450ec5ac625b70b736b7d\nAuthor: p <p@x.example>\n"
                   f"Date:   {ORIGIN + dt.timedelta(seconds=BEGIN - 200):%Y-%m-%d %H:%M:%S} +0000\n\n    app2 takes more\n\n"
                   "diff --git a/haproxy/haproxy.cfg b/haproxy/haproxy.cfg\n--- a/haproxy/haproxy.cfg\n+++ b/haproxy/haproxy.cfg\n"
                   "@@ -30,1 +30,1 @@\n-    server app2 192.0.2.2:80 weight 10\n+    server app2 192.0.2.2:80 weight 100\n")
        (incident,) = self.analysed()["incidents"]
        self.assertEqual([c["kind"] for c in incident["causes"][:2]], ["lb-weights", "deploy"])

    def test_a_log_that_begins_without_servers(self):
        """All are down when it begins: it is the balancer's log all the same, and no connection was ever made."""
        rows = []
        for t, lb, own, s in lines(begin=9e9, end=9e9):
            if t < 120:
                lb = lb.replace(f"shop/app{s} 0/0/1/", "shop/<NOSRV> 0/-1/-1/").replace(" 200 512 - - ----", " 503 512 - - SC--")
                lb = re.sub(r"0/-1/-1/\d+/", "0/-1/-1/-1/", lb)
            rows.append((t, lb, own, s))
        self.balancer(rows)
        self.servers([r for r in rows if r[0] >= 120])
        answer = self.analysed()
        self.assertFalse(any("No balancer" in n for n in answer["notes"]), answer["notes"])
        self.assertEqual({h["host"] for h in answer["hosts"] if h.get("pairs")}, {"app1", "app2"})
        (incident,) = answer["incidents"]
        self.assertEqual(incident["causes"][0]["kind"], "unknown")

    def test_years_nobody_lives_in(self):
        for year in (1970, 2099):
            rows = lines(origin=ORIGIN.replace(year=year))
            self.servers(rows)
            answer = self.analysed()
            (incident,) = answer["incidents"]
            self.assertTrue(incident["impact_start"].startswith(str(year)))
            self.started(incident, origin=ORIGIN.replace(year=year))
        odd = lines()[:4000]
        odd[17] = (0, odd[17][1], odd[17][2].replace("/2024:", "/1970:"), 1)
        odd[18] = (0, odd[18][1], odd[18][2].replace("/2024:", "/2099:"), 1)
        self.servers(odd, (1,))
        self.servers(odd, (2,))
        self.assertNothingInvented(self.analysed())


if __name__ == "__main__":
    unittest.main()
