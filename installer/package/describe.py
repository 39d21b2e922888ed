#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What postlude-cli says of itself with --help, as a man page and as completions of three shells.

    describe.py CLI VERSION FOLDER

Writes postlude-cli.1, postlude-cli.bash, _postlude-cli (zsh) and postlude-cli.fish, so that none of
them ever says what the program does not.
"""
import dataclasses
import os
import pathlib
import re
import subprocess
import sys

HEAD = re.compile(r"^  (\S.*?)(?:  +(\S.*))?$")
EXAMPLES = (("Read a bundle, and look at what happened:",
             "postlude-cli import logs/ more.tar.gz -o incident.postlude\n"
             "postlude-cli analyze incident.postlude"),
            ("Failed requests of one server, one JSON object a line:",
             "postlude-cli records incident.postlude --json \\\\\n"
             "    --filter 'server = \"app1\" and status >= 500'"),
            ("Requests and failures of each server:",
             "postlude-cli sql incident.postlude \\\\\n"
             "    \"SELECT server, count(*), sum(status >= 500) FROM records GROUP BY server\""),
            ("A draft of the postmortem with its charts:",
             "postlude-cli draft incident.postlude -o report.md"))


@dataclasses.dataclass
class Entry:
    head: str
    text: str

    @property
    def flags(self):
        return [f for f in self.head.split(" ")[0].split(",") if f.startswith("-")]

    @property
    def takes(self):
        """What stands behind the flag, without CLI11's remarks: "CASE", "SOURCE=ZONE ..."."""
        rest = self.head.partition(" ")[2]
        return re.split(r" ?(?:REQUIRED|Excludes:|Needs:)", rest)[0].strip()


@dataclasses.dataclass
class Command:
    name: str
    about: str
    sections: dict  # "Positionals", "Options" ...: entries

    def options(self):
        return [e for e in self.sections.get("Options", []) if e.flags]


def entries_of(lines):
    entries = []
    for line in lines:
        if line.startswith("   ") and entries:
            entries[-1].text = (entries[-1].text + " " + line.strip()).strip()
        elif match := HEAD.match(line):
            entries.append(Entry(match[1], match[2] or ""))
    return entries


def command_of(name, text):
    blocks = re.split(r"\n(?=[A-Z]\w+:\n)", text)
    sections = {}
    for block in blocks[1:]:
        title, _, body = block.partition(":\n")
        sections[title] = entries_of(body.split("\n\n")[0].splitlines())
    return Command(name, blocks[0].splitlines()[0], sections)


def ask(cli, *arguments):
    # The folder of the user who builds is nobody else's.
    environment = {**os.environ, "HOME": "/HOME", "XDG_CONFIG_HOME": "/HOME/.config", "LC_ALL": "C.UTF-8"}
    return subprocess.run([cli, *arguments, "--help"], check=True, capture_output=True, text=True,
                          env=environment).stdout.replace("/HOME/", "~/")


def commands_of(cli, path=()):
    own = command_of(" ".join(path), ask(cli, *path))
    below = [e.head.split()[0] for e in own.sections.get("Subcommands", [])]
    return [own] + [c for name in below for c in commands_of(cli, (*path, name))]


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"^([.\\](?!\\|e|-|\())", r"\\&\1", text)


def man_options(command):
    for title in ("Positionals", "Options"):
        for entry in command.sections.get(title, []):
            if "--help" in entry.flags:
                continue
            names = ", ".join(f"\\fB{roff(f)}\\fR" for f in entry.flags) or f"\\fI{roff(entry.head.split()[0])}\\fR"
            takes = f" \\fI{roff(entry.takes)}\\fR" if entry.flags and entry.takes else ""
            yield f".TP\n{names}{takes}\n{roff(entry.text) or 'See above.'}"


def man_page(commands, version):
    root, *subs = commands
    out = [f'.TH POSTLUDE\\-CLI 1 "" "Postlude {version}" "User Commands"',
           ".SH NAME\npostlude\\-cli \\- read the logs of an outage and draft its postmortem",
           ".SH SYNOPSIS\n.B postlude\\-cli\n.I subcommand\n.RI [ options ]",
           ".SH DESCRIPTION\nEverything that\n.BR postlude (1)\ndoes, without a display. A bundle is what an incident "
           "left behind: folders, archives and logs of balancers, servers and databases, configurations, alerts, chats. "
           "A case is one file with all that was read of it. Wherever a case is taken a bundle is taken, too, and read on "
           "the way.\n.PP\nTimes are RFC 3339 in UTC; what is unknown is absent. Results go to standard output, messages "
           "to standard error.",
           ".SH SUBCOMMANDS"]
    for command in subs:
        out += [f".SS {roff(command.name)}\n{roff(command.about)}.", *man_options(command)]
    out.append(".SH EXAMPLES")
    for text, code in EXAMPLES:
        code = "\n".join(line.replace("-", "\\-").replace("'", "\\(aq") for line in code.splitlines())
        out.append(f".PP\n{roff(text)}\n.PP\n.RS 4\n.nf\n{code}\n.fi\n.RE")
    out += [".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\ndone, but something asked for does not hold\n.TP\n2\nwrong usage\n"
            ".TP\n3\ninput unreadable or not understood\n.TP\n4\ncould not write\n.TP\n130\ncancelled",
            ".SH FILES\n.TP\n.I ~/.config/postlude/formats/\nFormats of your own, one file each, or of\n.BR lnav (1).",
            ".SH SEE ALSO\n.BR postlude (1)"]
    return "\n".join(out) + "\n"


def words(command, below):
    return [*below, *[f for e in command.options() for f in e.flags]]


def below(commands, command):
    start = command.name + " " if command.name else ""
    rest = [c.name[len(start):] for c in commands if c.name.startswith(start) and c.name != command.name]
    return [name for name in rest if " " not in name]


def bash(commands):
    cases = "\n".join(f'        "{c.name}") words="{" ".join(words(c, below(commands, c)))}" ;;' for c in commands)
    names = " ".join(sorted({part for c in commands for part in c.name.split()}))
    return f"""# bash completion for postlude-cli; written by describe.py
_postlude_cli() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} path="" word words=""
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case " {names} " in
        *" $word "*) path="${{path:+$path }}$word" ;;
        *) break ;;
        esac
    done
    case "$path" in
{cases}
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [[ $current != -* && $path ]]; then
        mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$current")
    fi
}}
complete -o filenames -F _postlude_cli postlude-cli
"""


def quoted(text):
    return text.replace("'", "").replace("[", "(").replace("]", ")").replace(":", " ")


def zsh(commands):
    arms = []
    for c in commands:
        specs = [f"'{f}[{quoted(e.text)}]{':' + quoted(e.takes) + ':_files' if e.takes else ''}'"
                 for e in c.options() for f in e.flags]
        subs = [f"'{name}:{quoted(next(x.about for x in commands if x.name == (c.name + ' ' + name).strip()))}'"
                for name in below(commands, c)]
        describe = f"        local -a subs=({' '.join(subs)}); _describe subcommand subs\n" if subs else ""
        arms.append(f"    '{c.name}')\n{describe}        _arguments {' '.join(specs)} '*:file:_files' ;;")
    names = " ".join(sorted({part for c in commands for part in c.name.split()}))
    return ("#compdef postlude-cli\n# written by describe.py\n"
            f"local at='' word\nfor word in ${{words[2,CURRENT-1]}}; do\n    case ' {names} ' in\n"
            "        *\" $word \"*) at=\"${at:+$at }$word\" ;;\n        *) break ;;\n    esac\ndone\n"
            "case $at in\n" + "\n".join(arms) + "\nesac\n")


def fish(commands):
    lines = ["# fish completion for postlude-cli; written by describe.py"]
    tops = below(commands, commands[0])
    for c in commands:
        parts = c.name.split()
        seen = " ".join(f"__fish_seen_subcommand_from {p};" + " and" for p in parts)
        when = f"-n '{seen.rsplit(';', 1)[0]}'" if parts else f"-n 'not __fish_seen_subcommand_from {' '.join(tops)}'"
        for name in below(commands, c):
            about = next(x.about for x in commands if x.name == (c.name + " " + name).strip())
            lines.append(f"complete -c postlude-cli {when} -a {name} -d '{quoted(about)}'")
        for e in c.options():
            flags = " ".join(("-l " + f[2:]) if f.startswith("--") else ("-s " + f[1:]) for f in e.flags)
            lines.append(f"complete -c postlude-cli {when} {flags} {'-r ' if e.takes else ''}-d '{quoted(e.text)}'")
    return "\n".join(lines) + "\n"


def main():
    cli, version, folder = sys.argv[1:]
    commands = commands_of(cli)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("postlude-cli.1", man_page(commands, version)), ("postlude-cli.bash", bash(commands)),
                       ("_postlude-cli", zsh(commands)), ("postlude-cli.fish", fish(commands))):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
