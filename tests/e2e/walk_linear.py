# SPDX-License-Identifier: ISC
"""walk_linear.py - a scenario told to the linear mode, prompt by prompt."""
import json
import os
import re
import select
import subprocess
import time

from walk import LIMIT, Walker, choice, fail, several, shown, verdicts

# What a question ends with: nothing follows until it is answered.
PROMPT = re.compile(
    r"(Número de .*|^.*\[[^\n]*\]|^[^\n]*\]|Respuesta \(\. regresa\)"
    r"|¿Entregar el paso\?.*|Devolver al paso.*|Procedimiento|Inicio"
    r"|a=agregar.*|Turnar a|¿Contestar .*|Motivo \(\. regresa\)|\.=regresar"
    r"|Paso que .*|Cancelar .*): $", re.M)
START_LABELS = {"Título": "title", "Área solicitante": "requesting_area",
                "Fecha compromiso": "due_on", "Prioridad": "priority"}


class Talk:
    """One person at a linear mode; stays from act to act."""

    def __init__(self, office, login):
        self.p = subprocess.Popen(
            ["env", "-u", "LANG", *office.ssh(login)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said = ""
        self.all = ""
        self.wait()

    def wait(self):
        """Read until a question; what was said is in self.said."""
        raw, end = b"", time.monotonic() + LIMIT
        fd = self.p.stdout.fileno()
        while True:
            text = raw.decode("utf-8", "ignore")
            if PROMPT.search(text.rsplit("\n", 1)[-1]) or \
                    (text.endswith("]: ") and "[" in text):
                break
            if not select.select([fd], [], [], 1)[0]:
                if time.monotonic() > end:
                    fail(f"no question comes:\n{self.all[-2000:]}{text}")
                continue
            part = os.read(fd, 65536)
            if not part:
                fail(f"it ended:\n{self.all[-2000:]}{text}")
            raw += part
        self.said = text
        self.all += text
        self.question = text.rsplit("\n", 1)[-1]

    def type(self, line):
        self.all += f"<{line}>"
        self.p.stdin.write((line + "\n").encode())
        self.p.stdin.flush()
        self.wait()

    def end(self):
        self.p.stdin.close()
        self.p.stdout.read()
        self.p.wait()


class Linear(Walker):
    def __init__(self, office, code):
        super().__init__(office, code)
        self.talks = {}

    def end(self):
        for t in self.talks.values():
            t.end()

    def do(self, act):
        if act.login not in self.talks:
            self.talks[act.login] = Talk(self.office, act.login)
        self.t = self.talks[act.login]
        self.expect("Número de tarea")
        run = getattr(self, "do_" + act.verb, self.do_other)
        run(act)
        while not self.t.question.startswith("Número de tarea"):
            self.t.type(".")

    def expect(self, text):
        if text not in self.t.question:
            fail(f"«{text}» is not asked:\n{self.t.all[-3000:]}")

    def accepted(self):
        if re.search(r"^! ", self.t.said, re.M):
            fail(f"refused:\n{self.t.all[-3000:]}")

    # ---- fields ----

    def field(self, f, value, keeps=False):
        """Answer the question about one field; the next one is waited for.
        What the story does not tell is emptied, unless it keeps."""
        t = self.t
        if keeps and not value:
            return self.skip("")
        if f["type"] == "list":
            return self.rows(f, value)
        if f["type"] == "verdicts" and f.get("choices"):
            return self.verdicts(f, value)
        preset = f.get("preset") if f.get("required") else None
        if not value and preset not in (None, ""):
            if isinstance(preset, list):
                return t.type("")
            if f["type"] == "yesno":
                preset = "sí" if preset in (True, 1, "1") else "no"
            return t.type(str(preset))
        if not value:
            if not t.question.endswith("[]: "):
                t.type("-")
            return self.skip("")
        if f["type"] == "multi":
            numbers = [str(choice(f, w)) for w in several(value)]
            return t.type(", ".join(numbers))
        if choice(f, value) and f["type"] != "area":
            return t.type(str(choice(f, value)))
        lines = shown(f, value).split("\n")
        for line in lines[:-1]:
            t.p.stdin.write((line + "\\\n").encode())
        return t.type(lines[-1])

    def rows(self, f, value):
        """Take out what there is, add what there shall be."""
        t = self.t
        while re.search(r"^  1 ", t.said.split(f["label"] + ":\n")[-1],
                        re.M):
            t.type("q 1")
        for row in json.loads(value) if value else []:
            t.type("a")
            if not isinstance(row, dict):
                row = {f["columns"][0]["id"]: row}
            for col in f["columns"]:
                if col.get("auto"):
                    continue
                v = row.get(col["id"], "")
                if isinstance(v, bool):
                    v = "sí" if v else "no"
                elif isinstance(v, (list, dict)):
                    v = json.dumps(v, ensure_ascii=False)
                if self.label_is(col):
                    self.field(col, str(v))
        self.expect("a=agregar")
        self.skip("")

    def skip(self, line):
        """What a later answer may excuse: left for later, a second time."""
        self.t.type(line)
        if "Es obligatorio" in self.t.said:
            self.t.type(line)

    def verdicts(self, f, value):
        given = {n: (word, remark) for n, word, remark in verdicts(value)}
        for i in range(len(f["choices"])):
            word, remark = given.get(str(i + 1), ("", ""))
            self.t.type({"aprobar": "1", "regresar": "2"}.get(word, ""))
            if "Qué debe corregirse" in self.t.question:
                self.t.type(remark)

    def label_is(self, f):
        q = self.t.said
        if f["type"] in ("list", "verdicts"):
            return f"{f['label']}:\n" in q
        return re.search(r"^(   Guardado\.)?" + re.escape(f["label"]) +
                         r"( \(obligatorio\))?(, \? = lista)? \[",
                         q[q.rfind("\n" + f["label"]) + 1:]
                         if "\n" + f["label"] in q else q, re.M)

    def fields(self, fields, answers, until, keeps=False):
        """Every field that is asked, in order, until that question."""
        for f in fields:
            if until in self.t.question:
                return
            if self.label_is(f):
                self.field(f, answers.get(f["id"], ""), keeps)
        self.expect(until)

    # ---- verbs ----

    def do_iniciar(self, act):
        doc = self.office.say(act.login, "procedimientos")
        codes = [p["code"] for p in doc["procedures"]]
        p = doc["procedures"][codes.index(self.code)]
        ids = [s["id"] for s in p["starts"]]
        start = p["starts"][ids.index(act.answers["inicio"])
                            if "inicio" in act.answers else 0]
        self.t.type("n")
        self.t.type(str(codes.index(self.code) + 1))
        if len(ids) > 1:
            self.t.type(str(ids.index(start["id"]) + 1))
        own = {f["id"]: f for f in start["fields"]}
        head = [own.pop(i, {"id": i, "label": lb, "type": "text"})
                for lb, i in START_LABELS.items()]
        opened = re.compile(r"Se abrió (\S+)\.")
        for f in head + list(own.values()):
            if opened.search(self.t.said):
                break
            if f["id"] == "priority" and "priority" not in act.answers:
                self.t.type("")
            elif self.label_is(f):
                self.field(f, act.answers.get(f["id"], ""))
        found = opened.search(self.t.said)
        if not found:
            fail(f"no case was begun:\n{self.t.all[-3000:]}")
        self.folio = found.group(1)

    def open_step(self, act):
        """By its number in the list, else through the case."""
        ref = act.words[0]
        doc = self.office.say(act.login, f"paso {self.folio} {ref}")
        self.t.type("")
        line = re.search(rf"^  (\d+) {self.folio}, .* Paso {re.escape(ref)}: ",
                         self.t.said, re.M)
        if line:
            self.t.type(line.group(1))
            return doc
        self.t.type(f"e {self.folio}")
        line = re.search(rf"^  (\d+) paso {re.escape(ref)}: ", self.t.said,
                         re.M)
        if not line:
            fail(f"no step {ref} to open:\n{self.t.all[-3000:]}")
        self.t.type(line.group(1))
        return doc

    def decide(self, act, approved, motive, to):
        """The verdict of an approval, after its other fields."""
        doc = self.open_step(act)
        self.fields(doc["fields"], act.answers, "Respuesta")
        self.t.type("1" if approved else "2")
        if "Devolver al paso" in self.t.question:
            steps = [r["step"] for r in doc["approval"]["return_to"]]
            to = to or [s for s in steps if s in act.opens][0]
            self.t.type(str(steps.index(to) + 1))
        if "Motivo" in self.t.question:
            self.t.type(motive)
        self.accepted()

    def do_hacer(self, act):
        doc = self.office.say(act.login, f"paso {self.folio} {act.words[0]}")
        if doc.get("approval"):
            a, ap = act.answers, doc["approval"]
            return self.decide(act, a.get(ap["verdict"]) == ap["approve"],
                               a.get(ap["remarks"], ""), a.get("return_to"))
        self.open_step(act)
        answers = dict(act.answers)
        if "decision" in answers and doc.get("answer"):
            answers[doc["answer"]] = answers.pop("decision")
        self.fields(doc["fields"], answers, "¿Entregar el paso?")
        self.t.type("s")
        self.accepted()

    def do_aprobar(self, act):
        self.decide(act, True, "", None)

    def do_devolver(self, act):
        a = act.answers
        self.decide(act, False, a["motivo"],
                    a.get("regresa_a") or a.get("return_to"))

    def do_deshacer(self, act):
        self.t.type("u " + self.folio)
        self.accepted()

    def do_turnar(self, act):
        for line in ("", "a"):		# her own tasks, then the area's
            self.t.type(line)
            line = re.search(rf"^  (\d+) {self.folio}, .* Paso "
                             rf"{re.escape(act.words[0])}: ", self.t.said,
                             re.M)
            if line:
                break
        if not line:
            fail(f"no task to hand over:\n{self.t.all[-3000:]}")
        self.t.type("t " + line.group(1))
        self.t.type(act.answers["persona"])
        self.accepted()
        if "Tareas del área" in self.t.said:
            self.t.type("a")

    def do_cancelar(self, act):
        self.t.type("e " + self.folio)
        self.t.type("x")
        self.t.type(act.answers["motivo"])
        self.accepted()

    def number(self, text):
        """The number of the line that says that, as it was said last."""
        found = re.findall(rf"^  (\d+) {text}", self.t.said, re.M)
        if not found:
            fail(f"not in the list: {text}\n{self.t.all[-3000:]}")
        return found[0]

    def do_reclasificar(self, act):
        case = self.office.say(act.login, f"expediente {self.folio}")
        redo = [s["redo"] for s in case["steps"]
                if s["number"] == act.words[0]][0]
        self.t.type("e " + self.folio)
        self.t.type("r")
        self.t.type(self.number(re.escape(act.words[0]) + " "))
        self.fields(redo["fields"], act.answers,
                    "Motivo" if redo["reason"] else "¿Contestar", True)
        if redo["reason"]:
            self.t.type(act.answers["motivo"])
        self.expect("¿Contestar otra vez")
        self.t.type("s")
        self.accepted()

    def do_baja(self, act):
        self.t.type("r")
        self.t.type(self.number(
            rf"{self.folio}, .*, renglón {act.answers['fila']}\."))
        self.t.type(self.number("Proponer baja"))
        self.t.type(act.answers["motivo"])
        self.accepted()

    def do_other(self, act):
        self.t.type(":" + act.verb_line(self.code, self.folio))
        self.accepted()
