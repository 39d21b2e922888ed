# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to logs before anybody looks at them: done to a drawn folder, the same for the same seed.

thinned   half of the balancer's request lines are lost, at random
gap       the balancer's log lacks a minute or two somewhere
renamed   from some moment before the incident on a server has another name in the balancer's log
measured  a table of measured values of all hosts lies there, and moves with nothing
alone     nothing but the balancer's log is there
"""
import datetime as dt
import glob
import os
import random
import re
import shutil

KINDS = ("thinned", "gap", "renamed", "measured", "alone")


def when(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def is_request(line):
    return b"GET " in line or b"POST " in line or b'"uri"' in line


def balancer_logs(folder):
    return [p for p in sorted(glob.glob(os.path.join(folder, "lb", "*.log"))) if "error" not in os.path.basename(p)]


def rewrite(path, change):
    with open(path, "rb") as file:
        lines = file.readlines()
    with open(path, "wb") as file:
        file.writelines(change(lines))


def thinned(folder, truth, dice):
    for path in balancer_logs(folder):
        rewrite(path, lambda lines: [l for l in lines if not is_request(l) or dice.random() < 0.5])


def gap(folder, truth, dice):
    """By the place in the file: lines come about evenly."""
    for path in balancer_logs(folder):
        def cut(lines):
            at, length = dice.uniform(0.05, 0.85), dice.uniform(0.08, 0.15)
            return lines[:int(at * len(lines))] + lines[int((at + length) * len(lines)):]
        rewrite(path, cut)


def renamed(folder, truth, dice):
    """One that no fault touches, if there is one."""
    culprits = truth["culprit"].get("server", []) if truth.get("culprit") else []
    names = sorted(set(truth["addresses"]) - {truth["balancer"]} - set(culprits))
    if not names:
        return
    name = dice.choice(names)
    address = truth["addresses"][name]
    for path in balancer_logs(folder):
        def change(lines):
            start = int(dice.uniform(0.05, 0.15) * len(lines))
            new = re.sub(r"\d+$", "", name) + "new7"
            other = re.sub(r"\d+$", "77", address)
            def one(line):
                line = re.sub(rb"/" + name.encode() + rb"\b", b"/" + new.encode(), line)
                return re.sub(re.escape(address.encode()) + rb"\b", other.encode(), line)
            return lines[:start] + [one(l) for l in lines[start:]]
        rewrite(path, change)


def measured(folder, truth, dice):
    """As Prometheus' tables are exported: one row a quarter of a minute, one column a series."""
    first, last = min(when(a[0]) for h in truth["clocks_ahead_s"].values() for a in h), max(
        when(a[0]) for h in truth["clocks_ahead_s"].values() for a in h)
    hosts = sorted(truth["addresses"])
    os.makedirs(os.path.join(folder, "metrics"), exist_ok=True)
    with open(os.path.join(folder, "metrics", "hosts.csv"), "w") as out:
        out.write("Time," + ",".join(f"cpu_{h},memory_{h}" for h in hosts) + "\n")
        level = {h: (dice.uniform(20, 50), dice.uniform(30, 70)) for h in hosts}
        for t in range(int(first), int(last) + 1, 15):
            row = [dt.datetime.fromtimestamp(t, dt.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")]
            for h in hosts:
                row += [f"{dice.gauss(level[h][0], 3):.2f}", f"{dice.gauss(level[h][1], 1):.2f}"]
            out.write(",".join(row) + "\n")


def alone(folder, truth, dice):
    for name in os.listdir(folder):
        if name != "lb":
            shutil.rmtree(os.path.join(folder, name))


def damage(folder, truth, kind):
    globals()[kind](folder, truth, random.Random(truth["seed"] * 10 + KINDS.index(kind)))
