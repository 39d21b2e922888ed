#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_translations.py SOURCE_FOLDER: every text of the interface is translated, and nothing was lost on the way.

Kept are: placeholders (%1, %n), what files are called in filters (*.md), blanks at both ends, the sign of an ellipsis, and a
mnemonic (&) where there was one. What counts something has a form for one of it in each language. Texts come from lupdate; without it only what is in the files is looked at.
"""
import importlib.machinery
import importlib.util
import os
import pathlib
import re
import subprocess
import sys

SAME = (("placeholders", r"%(?:L?\d+|n)"), ("names of files", r"\*\.\w+"), ("blanks", r"^\s+|\s+$"), ("line breaks", r"\n"),
        ("ellipses", r"…"), ("mnemonics", r"&(?=\w)"), ("three full stops", r"\.\.\."))

COUNTED = re.compile(r"(?:%L?[1-9n]|\b1) (?:[a-z]+ )?(?:bytes?|cases?|charts?|days?|entr(?:y|ies)|errors?|events?|files?|findings?|formats?|hours?|"
                     r"lines?|messages|minutes?|numbers?|records?|remarks?|requests?|rows?|seconds?|servers?|sources?|tasks?|times?|words?)\b")


TRANSLATED = re.compile(r'\btranslate\(\s*"[^"]*",\s*"((?:[^"\\]|\\.)*)"\s*[,)]')


def overlooked(root, texts):
    """Texts that are translated while the program runs, and that lupdate does not find where they are written."""
    known = {text for text, _ in texts}
    for file in sorted((root / "ui").rglob("*.cpp")):
        for text in TRANSLATED.findall(file.read_text(encoding="utf-8")):
            if text.replace('\\"', '"').replace("\\n", "\n") not in known:
                yield f"{file.relative_to(root)}: lupdate does not find {text!r}"


def updater(root):
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("update", str(root / "resources/translations/update"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("update", loader))
    loader.exec_module(module)
    return module


def differences(source, form, numerus):
    for what, pattern in SAME:
        asked, given = sorted(re.findall(pattern, source)), sorted(re.findall(pattern, form))
        if numerus:  # the singular may do without its number
            given, asked = [g for g in given if g != "%n"], [a for a in asked if a != "%n"]
        if asked != given:
            yield f"{what} differ: {source!r} -> {form!r}"


def main():
    root = pathlib.Path(sys.argv[1])
    update = updater(root)
    wrong = []
    for file in sorted((root / "resources/translations").glob("postlude_*.ts")):
        for (source, _), (numerus, forms) in update.messages(file).items():
            for form in filter(None, forms):
                wrong += [f"{file.name}: {told}" for told in differences(source, form, numerus)]
    print("\n".join(wrong))
    if not os.path.exists(update.LUPDATE):
        print("lupdate is not here: new texts were not looked for")
        return 1 if wrong else 0
    texts = update.texts_in_sources()
    wrong = [f"counts without a plural (tr with a number): {text!r}" for (text, _), plural in sorted(texts.items())
             if COUNTED.search(text) and not plural]
    wrong += overlooked(root, texts)
    print("\n".join(wrong))
    missing = subprocess.run([sys.executable, str(root / "resources/translations/update"), "--check"]).returncode
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main())
