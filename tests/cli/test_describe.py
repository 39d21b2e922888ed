# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess
import sys
import unittest

from support import CLI, SOURCE, CliTest


class Describe(CliTest):
    """The manual page and the completions are made of what the program says of itself."""

    def setUp(self):
        super().setUp()
        out = self.folder / "doc"
        subprocess.run([sys.executable, SOURCE / "installer/package/describe.py", CLI, "1.2.3", out], check=True)
        self.text = {file.name: file.read_text() for file in out.iterdir()}

    def test_nothing_is_left_out(self):
        page = self.text["postlude-cli.1"].replace("\\-", "-")
        helped = self.run_cli("--help").decode()
        names = re.findall(r"^  ([a-z][\w-]+) ", helped.partition("Subcommands:")[2], re.M)
        self.assertGreater(len(names), 7)
        for name in names:
            self.assertIn(f".SS {name}\n", page)
            options = set(re.findall(r"--[a-z][\w-]+", self.run_cli(name, "--help").decode())) - {"--help"}
            section = re.split(r"^\.S[SH] ", page.partition(f".SS {name}\n")[2], maxsplit=1, flags=re.M)[0]
            arm = self.text["postlude-cli.bash"].partition(f'"{name}") words="')[2].partition('"')[0]
            zsh = self.text["_postlude-cli"].partition(f"    '{name}')\n")[2].partition(" ;;")[0]
            fish = "\n".join(x for x in self.text["postlude-cli.fish"].splitlines() if f"seen_subcommand_from {name}'" in x)
            for option in options:
                self.assertIn(option, section, name)
                self.assertIn(option, arm.split(), name)
                self.assertIn(f"'{option}[", zsh, name)
                self.assertIn(f"-l {option[2:]} ", fish, name)
        self.assertNotIn(os.path.expanduser("~/.config"), page, "nothing of who builds it")

    def test_bash_completes(self):
        def completed(*words):
            script = (self.text["postlude-cli.bash"] + f'COMP_WORDS=(postlude-cli {" ".join(words)})\n'
                      f'COMP_CWORD={len(words)}\n_postlude_cli\nprintf "%s\\n" "${{COMPREPLY[@]}}"\n')
            return subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True,
                                  cwd=self.folder).stdout.split()

        self.assertEqual(completed("che"), ["check-config"])
        self.assertEqual(completed("check-config", "--sa"), ["--sarif"])
        self.write("tango.log", "")
        self.assertEqual(completed("import", "tan"), ["tango.log"])


if __name__ == "__main__":
    unittest.main()
