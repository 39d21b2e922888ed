#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a big HAProxy log (httplog behind syslog), the same for the same arguments.

    generate.py LINES [--seed N] [--per-second N] > FILE

Traffic comes in daily waves over four servers; in the middle tenth one of them gets nearly everything and fails often. Lines
are written when a request ended, so that accept dates are not in order, as in real logs.
"""
import argparse
import datetime
import random
import sys

START = datetime.datetime(2024, 1, 15, tzinfo=datetime.timezone.utc).timestamp()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
PATHS = [f"/{kind}/{number:x}{end}" for number in range(40, 4000, 13)
         for kind, end in (("static", ".js"), ("product", ""), ("cart", "/add?qty=2"), ("api/v1/item", "?lang=en"))]
BATCH = 10_000


def stamp(seconds, cache={}):  # one entry a second: the default is meant to last
    whole = int(seconds)
    if whole not in cache:
        t = datetime.datetime.fromtimestamp(whole, datetime.timezone.utc)
        month = MONTHS[t.month - 1]
        cache.clear() if len(cache) > 10_000 else None
        cache[whole] = (f"{month} {t.day:2d} {t:%H:%M:%S}", f"{t.day:02d}/{month}/{t.year}:{t:%H:%M:%S}")
    return cache[whole]


def batch(rnd, first, count, total, per_second):
    bad = total * 45 // 100 <= first < total * 55 // 100
    servers = rnd.choices(("web-01", "web-02", "web-03", "web-04"), (1, 10, 1, 1) if bad else (1, 1, 1, 1), k=count)
    services = [int(t) for t in (rnd.lognormvariate(4.5, 0.8) for _ in range(count))]
    paths = rnd.choices(PATHS, k=count)
    nets = rnd.choices(range(1, 40), k=count)
    rows = []
    for i in range(count):
        ended = START + (first + i) / per_second
        failed = bad and servers[i] == "web-02" and rnd.random() < 0.3
        took = 8000 + services[i] if failed else services[i]
        queue = services[i] // 9 if bad else 0
        began = ended - (took + queue) / 1000
        syslog, accept = stamp(ended)[0], stamp(began)[1]
        status, size, state = (504, 194, "sH--") if failed else (200, 200 + took * 37 % 20_000, "----")
        response = "-1" if failed else took
        rows.append(
            f"{syslog} lb-01 haproxy[3688]: 127.{nets[i]}.{took % 251}.{i % 253}:{20_000 + i % 40_000} "
            f"[{accept}.{int(began * 1000) % 1000:03d}] www web_pool/{servers[i]} 0/{queue}/0/{response}/{took + queue} "
            f"{status} {size} - - {state} {i % 97}/{i % 89}/{i % 83}/{i % 23}/0 0/{queue // 9} \"GET {paths[i]} HTTP/1.1\"\n")
    return "".join(rows)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("lines", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--per-second", type=float, default=250)
    asked = arguments.parse_args()
    rnd = random.Random(asked.seed)
    for first in range(0, asked.lines, BATCH):
        count = min(BATCH, asked.lines - first)
        sys.stdout.write(batch(rnd, first, count, asked.lines, asked.per_second))


main()
