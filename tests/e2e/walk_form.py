# SPDX-License-Identifier: ISC
"""walk_form.py - a form on the screen, filled as a person would: Tab until the
cursor is in the field, then its keys; rows of a list in their own screens."""
import json
import re

from walk import choice, several, shown, verdicts

ONE, MANY, EACH, ROWS_OF, PAGE, LINE = range(6)
BOX = 28			# column where what is filled begins


def kind(f):
    options = f.get("choices") or f["type"] == "yesno"
    if f["type"] in ("yesno", "choice") and options:
        return ONE
    if f["type"] == "multi" and options:
        return MANY
    if f["type"] == "verdicts" and options:
        return EACH
    return {"list": ROWS_OF, "longtext": PAGE, "file": PAGE}.get(f["type"],
                                                                 LINE)


def is_blank(value):
    return value in (None, "", [], "[]", {})


def had(f):
    """Does the field hold something before anything is typed?"""
    for key in ("draft", "value", "preset"):
        if f.get(key) is not None:
            return not is_blank(f[key])
    return False


def preset(f):
    """What the manual proposes, when the story does not say otherwise; of what
    may be left empty a verb takes nothing that it does not say."""
    value = f.get("preset") if f.get("required") else None
    if f["type"] == "yesno" and value is not None:
        return "sí" if value in (True, 1, "1") else "no"
    return "" if is_blank(value) else str(value)


class Form:
    def __init__(self, terminal, fields):
        self.t = terminal
        self.fields = [f for f in fields if not f.get("auto")]
        self.answer = None

    def fill(self, answers, answer=None, keeps=False):
        """What the story does not tell is emptied, unless it keeps."""
        self.answer = answer
        for f in self.fields:
            told = answers.get(f["id"], "")
            value = told or preset(f)
            if told or not keeps and (value or had(f)):
                if self.go(f, told != ""):
                    self.put(f, value)

    # ---- the cursor ----

    def at(self):
        """The field under the cursor: the last label not below it."""
        for y in range(self.t.y, 2, -1):
            row = self.t.row(y)
            if self.answer and row.startswith(" DECISIÓN"):
                return self.answer
            found = [f for f in self.fields if row[:2] == "  " and
                     row[2:].startswith(f["label"][:70])]
            if found:
                return max(found, key=lambda f: len(f["label"]))["id"]
        return None

    def go(self, f, must):
        """Tab round and round, as a field may begin to apply meanwhile; False
        when it does not apply and need not, or the screen says so at every
        turn."""
        t, began, still = self.t, None, []
        for _ in range(4 * len(self.fields) + 8):
            if t.comes(lambda: self.at() == f["id"], 0):
                return True
            before = self.at()
            still += [before] if self.is_still(f) else []
            if before == began and not must or len(still) > 2 and \
                    still.count(still[0]) > 2:
                return False
            began = began or before
            t.keys("Tab")
            t.comes(lambda: self.at() != before, 1)
        t.fail(f"the field «{f['label']}» is not reached")
        return False

    def is_still(self, f):
        """Does its row say that it does not apply?"""
        return re.search(rf"^  {re.escape(f['label'])}[ .\n]*: no aplica$",
                         self.t.text(), re.M)

    # ---- what is typed ----

    def put(self, f, value):
        {ONE: self.one, MANY: self.many, EACH: self.each,
         ROWS_OF: self.rows, PAGE: self.page, LINE: self.line}[kind(f)](
             f, value)

    def holds(self, text):
        """Is the end of it in the box?  A page has two rows of it."""
        y, tail = self.t.y, text.split("\n")[-1][-20:].strip()
        return any(tail in self.t.row(r)[BOX:] for r in (y - 1, y))

    def line(self, f, value):
        self.t.keys("Erase")
        self.t.type(shown(f, value))
        self.t.wait(lambda: self.holds(shown(f, value)), value)

    def page(self, f, value):
        text = shown(f, value)
        if "\n" not in text:
            return self.line(f, value)
        t = self.t
        t.keys("Editor")
        t.sees("F8 acepta.")
        t.keys("Erase")
        t.type(text.replace("\n", "\r"))
        t.sees(text.split("\n")[-1][-20:])
        t.keys("F8")
        t.wait(lambda: not t.has("F8 acepta.") and self.at() == f["id"],
               "the field again")

    def one(self, f, value):
        t = self.t
        if not value:
            return t.keys("Back")
        n = choice(f, value)
        if n == 0:
            t.fail(f"«{f['label']}» has no {value}")
        word = "" if f["type"] == "yesno" else f["choices"][n - 1]
        if "[" in t.row(t.y)[BOX:BOX + 1] and n <= 9:
            t.keys(str(n))
            return t.wait(lambda: word in t.row(t.y), word)
        if n > 9:
            while not t.comes(lambda: word in t.row(t.y), 1):
                t.keys(" ")
            return None
        t.keys(str(n))
        return t.wait(lambda: f"(o) {n} " in t.text(), f"answer {n}")

    def many(self, f, value):
        t = self.t
        t.keys("Back")
        for word in several(value) if value else []:
            n = choice(f, word)
            if n <= 9:
                t.keys(str(n))
            else:
                while not t.row(t.y)[BOX:].endswith(f" {n} {word}"):
                    before = t.y
                    t.keys(word[0])
                    t.wait(lambda: t.y != before, word)
                t.keys(" ")
            t.wait(lambda: f"[x] {n} " in t.text(), word)

    def each(self, f, value):
        """A key gives the one verdict, once more the other."""
        t = self.t
        t.keys("Back")
        for n, word, _ in verdicts(value):
            t.keys(n)
            if word == "regresar":
                t.wait(lambda: re.search(rf"\(o\) aprobar .*  {n} ",
                                         t.text()), value)
                t.keys(n)
            t.wait(lambda: re.search(rf"\(o\) {word}.*  {n} ", t.text()),
                   value)

    # ---- rows ----

    def rows(self, f, value):
        """Take out what there is, add what there shall be."""
        t, label = self.t, f["label"][:25]
        t.keys("Enter")
        t.wait(lambda: label in t.row(0) and "renglón" not in t.row(0),
               f"the rows of {label}")
        n = self.count()
        while n > 0:
            t.keys("x")
            t.send("s", lambda: self.count() == n - 1, "a row less")
            n -= 1
        for row in json.loads(value) if value else []:
            if not isinstance(row, dict):
                row = {f["columns"][0]["id"]: row}
            n += 1
            t.keys("F6")
            t.sees("renglón nuevo")
            Form(t, f["columns"]).fill({k: self.cell(v)
                                        for k, v in row.items()})
            t.keys("F8")
            t.wait(lambda: self.count() == n, "a row more")
        t.keys("F8")
        t.wait(lambda: self.at() == f["id"] and not self.is_rows(),
               "the form again")

    def is_rows(self):
        return re.match(r" (\d+) rengl(?:ón|ones)$", self.t.row(1))

    def count(self):
        found = self.is_rows()
        return int(found.group(1)) if found else -1

    @staticmethod
    def cell(value):
        if isinstance(value, bool):
            return "sí" if value else "no"
        if isinstance(value, (list, dict)):
            return json.dumps(value, ensure_ascii=False)
        return str(value)
