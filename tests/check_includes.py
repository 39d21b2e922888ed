#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule of the house: who may include whom.

    check_includes.py SOURCE_TREE [--self-test]

A room of core/ includes only rooms before it; core/ knows no widget; ui/ sees core's public
headers (nothing under detail/); nothing includes app/; analysis and everything after it, and
ui/, ask the query interface and never see a segment. Exit 1 and one line a fault otherwise.
"""
import pathlib
import re
import sys
import tempfile

ROOMS = ["base", "bundle", "format", "case", "series", "ingest", "query", "lbconfig", "analysis", "sql",
         "sql", "postmortem", "export"]
STORAGE = re.compile(r"core/case/(segment|column|store)")
WIDGETS = re.compile(r"<(QtWidgets|QWidget|QApplication|QMessageBox|QDialog|qcustomplot)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"][^>"]+[>"])', re.M)


def room_of(path):
    parts = pathlib.PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == "core" else None


def faults_of(path, text):
    room, top = room_of(path), pathlib.PurePosixPath(path).parts[0]
    for quoted in INCLUDE.findall(text):
        target = quoted[1:-1]
        there = room_of(target)
        if target.startswith("app/") and top != "app":
            yield f"{path}: nothing includes app/ ({target})"
        if top == "core" and (target.startswith("ui/") or WIDGETS.match(quoted)):
            yield f"{path}: core/ knows no widget ({target})"
        if top == "core" and there and ROOMS.index(there) > ROOMS.index(room):
            yield f"{path}: {room}/ comes before {there}/ ({target})"
        if "/detail/" in target and there != room:
            yield f"{path}: {target} is private to core/{there}/"
        after_query = room in ROOMS[ROOMS.index("lbconfig"):] if room else top != "tests"
        if after_query and STORAGE.match(target):
            yield f"{path}: ask core/query, not {target}"


# The thing a pointer was made for only is gone when the first round of the loop begins.
DANGLING = re.compile(r"for \(const [^;:\n(]+ : (\*[\w.>-]+\([^;\n]*\)|[a-z]+\(\)->\w+)\)")


def dangling_in(path, text):
    if path.startswith("core/") and DANGLING.search(text):
        yield f"{path}: keep what the loop goes over in a variable: {DANGLING.search(text).group(0)}"


def check(root):
    found = []
    for top in ("core", "ui", "app", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cpp"):
                name = file.relative_to(root).as_posix()
                if top == "tests":  # tests may look behind the doors of what they test
                    continue
                text = file.read_text(encoding="utf-8")
                found += [*faults_of(name, text), *dangling_in(name, text)]
    return found


def self_test():
    bad = {"core/base/a.h": '#include "core/query/query.h"\n',
           "core/format/b.cpp": '#include <QWidget>\n',
           "ui/shell/c.cpp": '#include "core/case/segment.h"\n',
           "ui/shell/d.cpp": '#include "core/query/detail/merge.h"\n',
           "core/analysis/e.cpp": '#include "app/cli.h"\n',
           "core/query/f.cpp": "for (const Bucket& b : *columns_.series(s.info.number)) {\n",
           "core/query/g.cpp": "for (const State& s : state()->segments)\n"}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in bad.items():
            file = pathlib.Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        named = {line.split(":")[0] for line in check(pathlib.Path(folder))}
    return sorted(set(bad) - named)


def main():
    missed = self_test()
    faults = check(pathlib.Path(sys.argv[1])) + [f"self-test: {m} was not noticed" for m in missed]
    print("\n".join(faults) or "includes: as the rule says")
    return 1 if faults else 0


sys.exit(main())
