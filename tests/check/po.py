#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""po.py - every sentence of the programs has its English in proto/po/en.po:
none is missing, empty or doubtful; what nobody says any more may go.  To mend
it, add what it lists as `msgid "…"` and `msgstr "…"`, anywhere in the file.
Texts without a word ("%s %s") need none."""
import ast
import glob
import os
import re
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
FORMAT = re.compile(r"%[-#0 +]*(\*|\d+)?(\.(\*|\d+))?(hh|h|ll|l|z)?[a-zA-Z%]")


def messages(text):
    """{msgid: (msgstr, is it doubtful?)}"""
    found = {}
    for block in text.split("\n\n"):
        m = re.search(r'^msgid ((?:".*"\n?)+)msgstr ((?:".*"\n?)+)', block,
                      re.M)
        if m:
            said, english = ("".join(map(ast.literal_eval, part.split("\n")
                                         if part[-1:] != "\n" else
                                         part[:-1].split("\n")))
                             for part in m.groups())
            found[said] = (english, "#, fuzzy" in block)
    found.pop("", None)
    return found


def main():
    po = sys.argv[1] if len(sys.argv) > 1 else "proto/po/en.po"
    sources = sorted(f for d in ("proto", "client", "server/*")
                     for f in glob.glob(d + "/*.[ch]"))
    pot = subprocess.run(
        ["xgettext", "-L", "C", "--from-code=UTF-8", "-k", "-k_", "-kN_",
         "-kwhy_set:3", "-kprint_line:2", "-kprint_par:3", "--no-location",
         "-o", "-", *sources], check=True, capture_output=True, text=True)
    said = {s for s in messages(pot.stdout)
            if re.search(r"[^\W\d_]", FORMAT.sub("", s))}
    with open(po, encoding="utf-8") as f:
        known = messages(f.read())
    faults = [f"no English for: {s!r}" for s in sorted(said - known.keys())]
    faults += [f"empty or doubtful: {s!r}" for s, (english, doubt)
               in sorted(known.items()) if doubt or not english]
    print("\n".join(faults))
    checked = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", po])
    sys.exit(bool(faults) or checked.returncode)


if __name__ == "__main__":
    main()
