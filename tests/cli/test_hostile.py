# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole incident whose server bears a name that every kind of reader might obey: none of ours does."""
import csv
import html.parser
import io
import json
import re
import tarfile
import unittest
import xml.etree.ElementTree as tree

from support import TANGO, CliTest

NAME = "=<img/onerror=alert(1)>**x**`$(id)`\x1b[31m"  # formula, markup, Markdown, shell, terminal
HARMLESS_TAGS = {"html", "head", "meta", "title", "style", "body", "main", "nav", "article", "section", "header", "footer", "div", "span",
                 "p", "h1", "h2", "h3", "h4", "h5", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "b",
                 "i", "code", "pre", "br", "hr", "img", "sup", "sub", "blockquote", "figure", "figcaption", "details", "summary", "small",
                 "time", "svg", "g", "path", "rect", "line", "text", "polyline", "polygon", "circle", "defs", "clippath", "tspan", "desc"}


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.strange = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name.startswith("on") or (name in ("href", "src") and not re.match(r"(#|data:image/|[\w./-]+$)", value or "")):
                self.strange.append((tag, name, value))
        if tag not in HARMLESS_TAGS:
            self.strange.append((tag, attributes))


class Hostile(CliTest):
    def setUp(self):
        super().setUp()
        with tarfile.open(TANGO) as archive:
            for member in archive.getmembers():
                if member.isfile():
                    content = archive.extractfile(member).read().decode()
                    self.write("bundle/" + member.name, self.renamed(content, member.name))
        self.run_cli("import", "bundle", "-o", "case.postlude")

    @staticmethod
    def renamed(content, name):
        if name.endswith(".json"):
            return content.replace("web-04", json.dumps(NAME)[1:-1])
        return content.replace("web-04", NAME)

    def test_the_name_is_known_as_it_is(self):
        out = self.run_cli("sql", "case.postlude", "SELECT DISTINCT server FROM records WHERE server LIKE '=%'", "--json")
        servers = [json.loads(line)["server"] for line in out.splitlines()]
        self.assertEqual(servers, [NAME])

    def test_terminals_are_not_told_what_to_do(self):
        for command in (("records", "--limit", "2000"), ("analyze",), ("compare",), ("sql", "SELECT server FROM servers")):
            self.assertNotIn(b"\x1b", self.run_cli(command[0], "case.postlude", *command[1:]), command)

    def test_spreadsheets_get_no_formula(self):
        out = self.run_cli("sql", "case.postlude", "SELECT DISTINCT server FROM records", "--csv").decode()
        for row in csv.reader(io.StringIO(out)):
            self.assertFalse(row and row[0].startswith(("=", "+", "-", "@")), row)

    def test_pages_have_our_own_tags_only(self):
        self.run_cli("draft", "case.postlude", "-o", "report.html")
        page = (self.folder / "report.html").read_text()
        self.assertIn("onerror=alert(1)", page, "the name is told")
        tags = Tags()
        tags.feed(page)
        self.assertEqual(tags.strange, [])

    def test_markdown_stays_text(self):
        self.run_cli("draft", "case.postlude", "-o", "report.md")
        text = (self.folder / "report.md").read_text()
        self.assertIn("onerror", text)
        self.assertNotIn("\x1b", text)
        for line in text.splitlines():
            outside = re.sub(r"(`+).*?\1", "", line)  # of code
            self.assertNotRegex(outside, r"(?<!\\)<img", line)
            self.assertNotRegex(outside, r"(?<!\\)\*\*x\*\*", line)

    def test_charts_are_well_formed(self):
        self.run_cli("draft", "case.postlude", "-o", "report.md")
        charts = sorted((self.folder / "report_files").glob("*.svg"))
        self.assertTrue(charts)
        for chart in charts:
            for element in tree.parse(chart).iter():
                self.assertFalse([name for name in element.attrib if name.startswith("on")], chart)


if __name__ == "__main__":
    unittest.main()
