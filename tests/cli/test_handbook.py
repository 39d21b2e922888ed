# SPDX-License-Identifier: GPL-3.0-or-later
"""What the handbook shows of the command line works: subcommands, options, SQL, the format."""
import json
import re
import shlex
import subprocess
import unittest
from xml.etree import ElementTree

from support import SOURCE, TANGO, CliTest

HELP = SOURCE / "resources/help"
PAGES = sorted(HELP.glob("*/*.md"))


def commands(text):
    """Indented lines that call postlude-cli, as words."""
    lines = re.findall(r"^    .*?(postlude-cli .*)$", text, re.M)
    return [shlex.split(line)[1:] for line in lines]


def what_is_the_same(text):
    """What a page in one language shares with that in another."""
    return {"headings": [len(marks) for marks in re.findall(r"^(#+) ", text, re.M)],
            "commands and formats": re.findall(r"^    (.*)$", text, re.M),
            "filters and questions": re.findall(r"```\w*\n.*?```", text, re.S),
            "keys": sorted(set(re.findall(r"<kbd>(.+?)</kbd>", text))),
            "links": sorted(re.findall(r"\]\(([^)]*)\)", text))}


def interface_texts(language):
    """Every text of the window in `language`, as it is read."""
    file = ElementTree.parse(SOURCE / "resources/translations/postlude_de.ts")
    return {(element.text or "").replace("&", "") for element in file.iter("source" if language == "en" else "translation")}


class Handbook(CliTest):
    def options_of(self, *subcommand):
        return set(re.findall(r"--[a-z][a-z-]*", self.run_cli(*subcommand, "--help").decode()))

    def test_there_are_pages(self):
        self.assertGreater(len(PAGES), 10)

    def test_every_command_is_known_with_its_options(self):
        for page in PAGES:
            for words in commands(page.read_text()):
                with self.subTest(page=page.name, command=words):
                    subcommand = words[:2] if words[0] == "postmortem" else words[:1]
                    used = {word.split("=")[0] for word in words if re.fullmatch(r"--[a-z][a-z-]*(=.*)?", word)}
                    self.assertLessEqual(used, self.options_of(*subcommand))

    def test_options_named_in_the_text_exist(self):
        known = set()
        for subcommand in ("import", "records", "analyze", "compare", "draft", "export", "formats", "check-config", "sql", "verify"):
            known |= self.options_of(subcommand)
        for page in PAGES:
            for option in re.findall(r"`(--[a-z][a-z-]*)", page.read_text()):
                self.assertIn(option, known, page.name)

    def test_every_question_in_sql_has_an_answer(self):
        self.run_cli("import", TANGO, "-o", "case.postlude")
        questions = [q for page in PAGES for q in re.findall(r"```sql\n(.+?)\n```", page.read_text(), re.S)]
        self.assertTrue(questions)
        for question in questions:
            self.assertTrue(self.run_cli("sql", "case.postlude", question, "--json").strip(), question)

    def test_the_format_is_taken(self):
        for page in PAGES:
            for text in re.findall(r"^    (\{ \"name\".*?\] \})$", page.read_text(), re.M | re.S):
                json.loads(text)
                self.write("gate.json", text)
                self.run_cli("formats", "--check", "gate.json")

    def test_each_language_has_every_page_and_shows_the_same_in_it(self):
        for page in sorted(HELP.glob("en/*.md")):
            with self.subTest(page=page.name):
                self.assertEqual(what_is_the_same(page.read_text()), what_is_the_same((HELP / "de" / page.name).read_text()))

    def test_what_asks_for_more_is_called_as_in_the_window(self):
        for page in PAGES:
            texts = interface_texts(page.parent.name)
            for called in re.findall(r"\*([^*]+…)\*", page.read_text()):
                self.assertIn(" ".join(called.split()).split(" → ")[-1], texts, page)

    def test_pages_for_a_browser_lead_to_one_another_in_both_languages(self):
        if subprocess.run(["/usr/bin/python3", "-c", "import markdown"], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("python3-markdown is not here")
        subprocess.run(["/usr/bin/python3", SOURCE / "installer/package/handbook.py", HELP, self.folder / "out"], check=True)
        written = sorted((self.folder / "out").rglob("*.html"))
        self.assertEqual(len(written), len(PAGES) + 2)  # index.html of each language
        for page in written:
            text = page.read_text()
            self.assertIn('<html lang="de">' if page.parent.name == "de" else '<html lang="en">', text)
            for link in re.findall(r'(?:href|src)="([^"]+)"', text):
                self.assertTrue((page.parent / link).is_file(), f"{page}: {link}")


if __name__ == "__main__":
    unittest.main()
