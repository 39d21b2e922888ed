#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a big log, the same for the same arguments.

    generate.py LINES [--format haproxy|nginx|alb|pino|caddy|regex] [--seed N] [--per-second N] > FILE

haproxy is its httplog behind syslog, nginx an access log with upstream and times, alb one of an AWS application load
balancer, pino and caddy are JSON lines, regex is a Python application's log, read by a regular expression with eleven groups.
Traffic comes in daily waves over four servers; in the middle tenth one of them gets nearly everything and fails often. Lines
are written when a request ended, so that accept dates are not in order, as in real logs.
"""
import argparse
import datetime
import random
import sys
import types

START = datetime.datetime(2024, 1, 15, tzinfo=datetime.timezone.utc).timestamp()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
PATHS = [f"/{kind}/{number:x}{end}" for number in range(40, 4000, 13)
         for kind, end in (("static", ".js"), ("product", ""), ("cart", "/add?qty=2"), ("api/v1/item", "?lang=en"))]
SERVERS = ("web-01", "web-02", "web-03", "web-04")
ADDRESSES = {server: f"127.23.1.{21 + i}:8080" for i, server in enumerate(SERVERS)}
AGENTS = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0", "okhttp/4.11.0", "curl/8.5.0",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36")
BATCH = 10_000


def stamp(seconds, cache={}):  # one entry a second: the default is meant to last
    whole = int(seconds)
    if whole not in cache:
        t = datetime.datetime.fromtimestamp(whole, datetime.timezone.utc)
        month = MONTHS[t.month - 1]
        cache.clear() if len(cache) > 10_000 else None
        cache[whole] = (f"{month} {t.day:2d} {t:%H:%M:%S}", f"{t.day:02d}/{month}/{t.year}:{t:%H:%M:%S}")
    return cache[whole]


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")


def haproxy(r):
    queue = r.wait // 9
    return (f"{stamp(r.ended)[0]} lb-01 haproxy[3688]: {r.client}:{r.port} [{stamp(r.began)[1]}.{int(r.began * 1000) % 1000:03d}] "
            f"www web_pool/{r.server} 0/{r.wait}/0/{-1 if r.failed else r.took}/{r.took + r.wait} {r.status} {r.size} - - "
            f"{'sH--' if r.failed else '----'} {r.i % 97}/{r.i % 89}/{r.i % 83}/{r.i % 23}/0 0/{queue} \"GET {r.path} HTTP/1.1\"\n")


def nginx(r):
    seconds = f"{r.took / 1000:.3f}"
    return (f'{r.client} - - [{stamp(r.ended)[1]} +0000] "GET {r.path} HTTP/1.1" {r.status} {r.size} "{AGENTS[r.i % 5]}" xff="-" '
            f"rid={r.id:032x} upstream={ADDRESSES[r.server]} us={r.status} urt={seconds} rt={seconds}\n")


def alb(r):
    ended, began = iso(r.ended), iso(r.began)
    return (f'h2 {ended}Z app/www/50dc6c495c0c9188 {r.client}:{r.port} {ADDRESSES[r.server]} 0.000 {r.took / 1000:.3f} 0.000 '
            f'{r.status} {r.status} {r.i % 900} {r.size} "GET https://shop.example:443{r.path} HTTP/2.0" "{AGENTS[r.i % 5]}" '
            f"ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067 "
            f'"Root=1-{r.id % (1 << 32):08x}-{r.id >> 32:024x}" "shop.example" "arn:aws:acm:eu-west-1:123456789012:certificate/12345678" '
            f'0 {began}Z "forward" "-" "-" "{ADDRESSES[r.server]}" "{r.status}" "-" "-" TID_{r.id:032x}\n')


def pino(r):
    return (f'{{"level":30,"time":{int(r.ended * 1000)},"pid":4711,"hostname":"app-2","name":"shop","reqId":"req-{r.i:x}",'
            f'"req":{{"method":"GET","url":"{r.path}","host":"shop.example","remoteAddress":"{r.client}","remotePort":{r.port}}},'
            f'"res":{{"statusCode":{r.status}}},"responseTime":{r.took}.{r.i % 997:03d},"msg":"request completed"}}\n')


def caddy(r):
    return (f'{{"level":"info","ts":{r.ended:.7f},"logger":"http.log.access.log0","msg":"handled request","request":{{"remote_ip":'
            f'"{r.client}","remote_port":"{r.port}","client_ip":"{r.client}","proto":"HTTP/2.0","method":"GET","host":"shop.example",'
            f'"uri":"{r.path}","headers":{{"User-Agent":["{AGENTS[r.i % 5]}"],"Accept":["*/*"],"Accept-Encoding":["gzip, br"]}},'
            f'"tls":{{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"shop.example"}}}},"bytes_read":0,'
            f'"user_id":"","duration":{r.took / 1000:.9f},"size":{r.size},"status":{r.status},"resp_headers":{{"Server":["Caddy"],'
            f'"Content-Type":["text/html; charset=utf-8"],"X-Upstream":["{ADDRESSES[r.server]}"]}}}}\n')


def regex(r):
    return (f"{iso(r.ended)[:19].replace('T', ' ')},{int(r.ended * 1000) % 1000:03d} INFO     [3564] app.request: GET {r.path} -> "
            f"{r.status} dur={r.took}ms wait={r.wait}ms client={r.client} req={r.id:032x}\n")


def batch(rnd, write, first, count, total, per_second):
    bad = total * 45 // 100 <= first < total * 55 // 100
    servers = rnd.choices(SERVERS, (1, 10, 1, 1) if bad else (1, 1, 1, 1), k=count)
    services = [int(t) for t in (rnd.lognormvariate(4.5, 0.8) for _ in range(count))]
    paths = rnd.choices(PATHS, k=count)
    nets = rnd.choices(range(1, 40), k=count)
    rows = []
    r = types.SimpleNamespace()
    for i in range(count):
        r.i, r.path, r.server, r.id = first + i, paths[i], servers[i], (first + i) * 0x9E3779B97F4A7C15 % (1 << 64)
        r.failed = bad and servers[i] == "web-02" and rnd.random() < 0.3
        r.took = 8000 + services[i] if r.failed else services[i]
        r.wait = services[i] // 9 if bad else 0
        r.ended = START + (first + i) / per_second
        r.began = r.ended - (r.took + r.wait) / 1000
        r.status, r.size = (504, 194) if r.failed else (200, 200 + r.took * 37 % 20_000)
        r.client, r.port = f"127.{nets[i]}.{r.took % 251}.{i % 253}", 20_000 + i % 40_000
        rows.append(write(r))
    return "".join(rows)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("lines", type=int)
    writers = {write.__name__: write for write in (haproxy, nginx, alb, pino, caddy, regex)}
    arguments.add_argument("--format", choices=writers, default="haproxy")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--per-second", type=float, default=250)
    asked = arguments.parse_args()
    rnd = random.Random(asked.seed)
    for first in range(0, asked.lines, BATCH):
        count = min(BATCH, asked.lines - first)
        sys.stdout.write(batch(rnd, writers[asked.format], first, count, asked.lines, asked.per_second))


main()
