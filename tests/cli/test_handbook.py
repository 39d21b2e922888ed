# SPDX-License-Identifier: GPL-3.0-or-later
"""What the handbook shows of the command line works: subcommands, options, SQL, the format."""
import json
import re
import shlex
import unittest

from support import SOURCE, TANGO, CliTest

PAGES = sorted((SOURCE / "resources/help").glob("*/*.md"))


def commands(text):
    """Indented lines that call postlude-cli, as words."""
    lines = re.findall(r"^    .*?(postlude-cli .*)$", text, re.M)
    return [shlex.split(line)[1:] for line in lines]


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


if __name__ == "__main__":
    unittest.main()
