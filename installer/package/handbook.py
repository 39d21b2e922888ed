#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handbook as HTML pages for a browser.

    handbook.py HELP_FOLDER FOLDER

Each page of Markdown becomes one of HTML, with all titles beside it: the English ones in FOLDER, those of another language in FOLDER/de,
where what is not translated is English. The first is index.html too; the pictures of all are in FOLDER/pictures.
"""
import html
import pathlib
import re
import shutil
import sys

import markdown

STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f4f6f8; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --line: #3a424c; --soft: #20262d; --link: #6db3f2; } }
body { margin: 0 auto; max-width: 72rem; display: grid; grid-template-columns: 15rem 1fr; gap: 2.5rem; padding: 2rem 1.5rem;
       font: 16px/1.55 Inter, system-ui, sans-serif; }
nav { font-size: .9rem; } nav a { display: block; padding: .2rem 0; text-decoration: none; }
nav a[aria-current] { font-weight: 600; } nav hr { border: 0; border-top: 1px solid var(--line); }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
a { color: var(--link); } h1 { margin-top: 0; } h2 { margin-top: 2rem; }
code, kbd { font: .87em 'JetBrains Mono', ui-monospace, monospace; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: .05em .35em; white-space: nowrap; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
@media (max-width: 50rem) { body { display: block; } nav { margin-bottom: 2rem; } }
""".strip()


NAMES = {"en": "English", "de": "Deutsch"}
# Keys, as the window calls them.
KEYS = {"de": {"Ctrl": "Strg", "Shift": "Umschalt", "Left": "Links", "Right": "Rechts", "Up": "Hoch", "Down": "Herunter", "Space": "Leertaste",
               "Insert": "Einfg", "Delete": "Entf", "Backspace": "Rücktaste"}}


def called(key, language):
    return re.sub(r"[A-Z][a-z]+", lambda name: KEYS.get(language, {}).get(name[0], name[0]), key)


def page(text, title, links, language):
    body = markdown.markdown(text, extensions=["fenced_code", "tables", "sane_lists"])
    body = body.replace('src="../pictures/', f'src="{to_english(language)}pictures/').replace("<img ", '<img loading="lazy" ')
    body = re.sub(r"(?<=<kbd>)[^<]+", lambda key: called(key[0], language), body)
    body = re.sub(r'href="([0-9a-z-]+)\.md"', r'href="\1.html"', body)
    return (f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
            f"<title>{html.escape(title)} · Postlude</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
            f"<nav>\n{links}\n</nav>\n<main>\n{body}\n</main>\n</body>\n</html>\n")


def to_english(language):
    return "" if language == "en" else "../"


def links_for(titles, shown, language):
    pages = [f'<a href="{name}.html"{" aria-current=page" if name == shown else ""}>{html.escape(title)}</a>'
             for name, title in titles.items()]
    others = [f'<a href="{to_english(language)}{"" if other == "en" else other + "/"}{shown}.html" hreflang="{other}" lang="{other}">{name}</a>'
              for other, name in NAMES.items() if other != language]
    return "\n".join([*pages, "<hr>", *others])


def texts_in(folder):
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}


def write(texts, language, out):
    titles = {name: text.splitlines()[0].removeprefix("# ") for name, text in texts.items()}
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        written = page(text, titles[name], links_for(titles, name, language), language)
        (out / f"{name}.html").write_text(written, encoding="utf-8")
        if name == next(iter(texts)):
            (out / "index.html").write_text(written, encoding="utf-8")


def main(help_folder, folder):
    pages, out = pathlib.Path(help_folder), pathlib.Path(folder)
    shutil.copytree(pages / "pictures", out / "pictures", dirs_exist_ok=True)
    english = texts_in(pages / "en")
    for language in NAMES:
        write(english | texts_in(pages / language), language, out if language == "en" else out / language)


if __name__ == "__main__":
    main(*sys.argv[1:])
