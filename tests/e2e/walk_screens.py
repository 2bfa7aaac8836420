# SPDX-License-Identifier: ISC
"""walk_screens.py - a scenario walked by keys through the real screens.

One terminal for each person, who stays where the last act left her.  What the
server is asked beside it (`paso`, `procedimientos`) is only what a reader of
this file needs to know: which fields there are, and what they were."""
import re

from terminal import LIMIT, ROWS, Terminal
from walk import Walker, verdicts
from walk_form import Form

MESSAGE = ROWS - 3
LIST_TOP, CASE_TOP, KEPT_TOP = 4, 3, 2	# where rows of lists begin
RESTS = 0.3			# s within which a detail follows the finger
HEAD = ("title", "requesting_area", "due_on", "priority")
HEAD_LABELS = ("Título", "Área solicitante", "Fecha compromiso", "Prioridad")


class Screens(Walker):
    def __init__(self, office, code):
        super().__init__(office, code)
        self.people = {}

    def end(self):
        for t in self.people.values():
            t.end()

    def sit(self, act):
        """At the terminal of who does it."""
        if act.login not in self.people:
            self.people[act.login] = Terminal(self.office.ssh(act.login, "-tt"))
        self.t = self.people[act.login]

    def do(self, act):
        self.sit(act)
        getattr(self, "do_" + act.verb, self.do_other)(act)

    # ---- where one is ----

    def title_has(self, text):
        return text in self.t.row(0)

    def refused(self):
        return re.match(r" ?! ", self.t.row(MESSAGE))

    def long_message(self):
        """One of two rows, which takes that of the foot."""
        return self.t.row(MESSAGE - 1).startswith("! ")

    def accepted(self, key, is_so, what):
        self.t.send(key, lambda: is_so() or self.refused(), what)
        if self.refused():
            self.t.fail("refused")

    def home(self):
        at_home = lambda: self.title_has("Bandeja de tareas") and \
            (self.t.has("Actualizado") or self.long_message())
        elsewhere = lambda: self.title_has(" PAUTA ") and \
            not self.title_has("Bandeja de tareas")
        self.t.wait(lambda: at_home() or elsewhere(), "a screen")
        if elsewhere():
            self.t.keys("F3")
            self.t.wait(at_home, "the work list")

    def is_at_step(self, ref):
        return self.title_has(self.folio) and \
            self.t.row(1).startswith(f" Paso {ref} (")

    def finger_at(self):
        """The row that the finger of a list points at, or -1."""
        for y in range(ROWS):
            if self.t.row(y).startswith(">"):
                return y
        return -1

    def finger(self):
        y = self.finger_at()
        return self.t.row(y) if y >= 0 else ""

    def down(self):
        """One row down; False at the end of the list."""
        before = self.finger()
        self.t.keys("Down")
        return self.t.comes(lambda: self.finger() != before, 1)

    def choose(self, top, is_it, what):
        """The finger down a list until it is there; news come at its end.  What
        the list says of a row comes when the finger rests on it."""
        self.t.read(RESTS)
        if self.t.comes(is_it, 0):
            return
        for _ in range(LIMIT):
            self.t.keys("g")
            self.t.wait(lambda: self.finger_at() == top, "the first row")
            self.t.read(RESTS)
            while not self.t.comes(is_it, 0):
                if not self.down():
                    break
                self.t.read(RESTS)
            else:
                return
            self.t.keys("F5")
        self.t.fail(f"not in the list: {what}")

    def pick(self, title, text):
        """A row of a list that popped up, by letters and then by arrows."""
        t = self.t
        t.sees(title)
        t.type(text)
        t.sees("Filtro: " + text)
        while text not in t.row(t.y).split(">")[-1]:
            before = t.y
            t.keys("Down")
            t.wait(lambda: t.y != before, f"a row that says {text}")
        t.keys("Enter")

    def task(self, ref, tab="1 Mías"):
        """The finger on a task of one's own list, or of another."""
        self.home()
        self.t.keys(tab[0])
        self.t.sees("[" + tab)
        self.t.wait(lambda: self.finger() != "", "a task")
        self.choose(LIST_TOP, lambda: self.folio in self.finger() and any(
            self.t.row(y).startswith(f" Paso {ref}: ")
            for y in range(14, 20)), f"{self.folio} {ref}")

    def open_case(self):
        t = self.t
        self.home()
        t.keys("b")
        t.sees("Buscar: [")
        t.type(self.folio)
        t.sees(f"Buscar: [{self.folio}")
        t.keys("Enter")
        t.wait(lambda: self.folio in self.finger(), "the case found")
        t.keys("Enter")
        t.wait(lambda: self.title_has(self.folio) and t.has("[1 Pasos]"),
               "the case")

    def is_own(self, act, ref):
        tasks = self.office.say(act.login, "bandeja")["tasks"]
        return any(w["folio"] == self.folio and
                   w["step"] + (f"#{w['row']}" if w.get("row") else "") == ref
                   for w in tasks)

    def open_step(self, act, is_open):
        """By the list, else through the case."""
        ref = act.words[0]
        doc = self.office.say(act.login, f"paso {self.folio} {ref}")
        if self.t.comes(lambda: is_open(ref), 0):
            return doc
        for _ in range(3):
            if self.is_own(act, ref):
                self.task(ref)
            else:
                self.open_case()
                self.choose(CASE_TOP, lambda: f" {ref.split('#')[0]} " in
                            self.finger() + " ", "the step " + ref)
            self.t.keys("Enter")
            self.t.wait(lambda: is_open(ref) or self.is_elsewhere(ref),
                        f"the step {ref} open")
            if is_open(ref):
                return doc
        self.t.fail(f"another step than {ref}")

    def is_elsewhere(self, ref):
        """What the list said was still of the row before, on a slow machine."""
        return self.t.row(1).startswith(" Paso ") and \
            not self.t.row(1).startswith(f" Paso {ref} (")

    def form(self, fields):
        return Form(self.t, fields)

    # ---- verbs ----

    def do_iniciar(self, act):
        t = self.t
        doc = self.office.say(act.login, "procedimientos")
        p = [p for p in doc["procedures"] if p["code"] == self.code][0]
        start = [s for s in p["starts"]
                 if s["id"] == act.answers.get("inicio", s["id"])][0]
        self.home()
        t.keys("F6")
        t.sees("Qué se inicia")
        t.wait(self.finger, "the procedures")
        while not (self.code in self.finger() and
                   start["title"][:20] in self.finger()):
            if not self.down():
                t.fail("it is not begun here: " + start["title"])
        t.keys("Enter")
        t.sees("F8 inicia el expediente")
        own = {f["id"]: f for f in start["fields"]}
        head = [own.pop(i, {"id": i, "label": label, "type": "text"})
                for i, label in zip(HEAD, HEAD_LABELS)]
        head[3].update(type="choice", choices=["normal", "urgente"])
        self.form(head + list(own.values())).fill(act.answers)
        self.accepted("F8", lambda: t.has("Se inició "), "a case")
        self.folio = re.search(r"Se inició (\S+)\.", t.text()).group(1)

    def do_hacer(self, act):
        doc = self.office.say(act.login, f"paso {self.folio} {act.words[0]}")
        ref = act.words[0]
        if doc.get("approval"):
            a, ap = act.answers, doc["approval"]
            return self.decide(act, a.get(ap["verdict"]) == ap["approve"],
                               a.get(ap["remarks"], ""), a.get("return_to"))
        self.open_step(act, self.is_at_step)
        answers = dict(act.answers)
        if "decision" in answers and doc.get("answer"):
            answers[doc["answer"]] = answers.pop("decision")
        self.form(doc["fields"]).fill(answers, doc.get("answer"))
        self.accepted("F8", lambda: not self.is_at_step(ref) or
                      f"Paso {ref} hecho" in self.t.row(MESSAGE),
                      f"the step {ref} done")

    def send(self, act, path):
        """As the step says; then it says that it has come."""
        self.sit(act)
        self.open_step(act, self.is_at_step)
        where = re.search(r"SUBIR CON +sftp -P \d+ \S+:(/\S+)",
                          self.t.text())
        if not where:
            self.t.fail("no line for sftp")
        self.office.send(act.login, path, where.group(1))
        name = path.split("/")[-1]
        self.t.wait(lambda: re.search(
            rf"ADJUNTOS .*: {re.escape(name)}, \d+ bytes", self.t.text()), name)

    # ---- decisions ----

    def is_at_decision(self, ref):
        return self.title_has("Aprobaciones") and \
            self.folio in self.finger() and f" {ref} " in self.finger() and \
            any(f" {self.folio} {ref}: " in self.t.row(y)
                for y in range(4, 10))

    def is_listed(self, ref):
        """Does it still wait?  That it was decided is said for 30 s only, and
        the clock of a scenario may be past them."""
        return any(self.folio in self.t.row(y) and
                   f" {ref} " in self.t.row(y) for y in range(2, 6))

    def decide(self, act, approved, motive, to):
        t, ref = self.t, act.words[0]
        doc = self.open_step(act, self.is_at_decision)
        ap = doc["approval"]
        items = any(f["type"] == "verdicts" for f in doc["fields"])
        skip = {ap["verdict"], "return_to"} | \
            (set() if items else {ap["remarks"]})
        own = [f for f in doc["fields"] if f["id"] not in skip]
        answers = {k: v for k, v in act.answers.items() if k not in skip}
        for f in own:
            if f["type"] == "verdicts" and ":" in answers.get(f["id"], "") and \
                    any(v[2] for v in verdicts(answers[f["id"]])):
                self.photos(answers.pop(f["id"]))
        fills = any(f["id"] in answers for f in own)
        if fills:
            t.keys("l")
            t.sees("campos de la decisión")
            self.form(own).fill(answers)
        done = lambda: not self.is_listed(ref)
        asks = lambda: t.has("F8 aprueba con ellos")
        if approved and not fills:
            self.accepted("a", lambda: done() or asks(), f"{ref} approved")
        if approved:
            if fills or asks():
                self.accepted("F8", done, f"{ref} approved")
            return
        if fills:
            t.keys("F12")
            t.wait(lambda: not t.has("campos de la decisión"), "the list")
        self.give_back(doc, ref, motive, to or [
            r["step"] for r in ap["return_to"] if r["step"] in act.opens][0])

    def photos(self, value):
        """One by one, where what is to be corrected in each is asked."""
        t, said = self.t, {"aprobar": 0, "regresar": 0}
        t.keys("f")
        for n, word, remark in verdicts(value):
            t.sees(f"Foto {n} de ")
            if word == "aprobar":
                t.keys("a")
            else:
                t.keys("d")
                t.sees("Qué debe corregirse en ella")
                t.type(remark)
                t.sees(remark)
                t.keys("Enter")
            said[word] += 1
            t.sees(f"Van {said['aprobar']}, no van {said['regresar']}")
        t.keys("F12")
        t.wait(lambda: self.title_has("Aprobaciones"), "the decision again")

    def give_back(self, doc, ref, motive, to):
        t = self.t
        t.keys("d")
        if len(doc["approval"]["return_to"]) > 1:
            self.pick("Devolver al paso", to)
        t.sees("Observación (obligatoria)")
        t.keys("Erase")
        t.type(motive)
        t.sees(motive[-20:])
        self.accepted("F8", lambda: not t.has("Observación (obligatoria)") and
                      not self.is_listed(ref), f"{ref} given back")

    def do_aprobar(self, act):
        self.decide(act, True, "", None)

    def do_devolver(self, act):
        a = act.answers
        self.decide(act, False, a["motivo"],
                    a.get("regresa_a") or a.get("return_to"))

    # ---- the rest ----

    def do_deshacer(self, act):
        self.home()
        self.accepted("u", lambda: self.t.has("se deshizo"), "undone")

    def do_turnar(self, act):
        ref, who = act.words[0], act.answers["persona"]
        self.task(ref, "1 Mías" if self.is_own(act, ref) else "2 Área")
        self.t.keys("t")
        self.pick("Turnar a", who)
        self.t.wait(lambda: self.t.row(MESSAGE), "handed over")
        if self.refused():
            self.t.fail("refused")

    def asked(self):
        """The answer yes to a question."""
        t = self.t
        t.sees("s=Sí")
        t.send("s", lambda: not t.has("s=Sí"), "the question answered")

    def do_cancelar(self, act):
        t, motive = self.t, act.answers["motivo"]
        self.open_case()
        t.keys("x")
        t.sees("Motivo (obligatorio)")
        t.type(motive)
        t.sees(motive[-20:])
        t.keys("F8")
        self.asked()
        t.sees("quedó cancelado")

    def do_reclasificar(self, act):
        t, ref = self.t, act.words[0]
        self.open_case()
        self.choose(CASE_TOP, lambda: f" {ref} " in self.finger() + " ",
                    "the step " + ref)
        doc = self.office.say(act.login, f"expediente {self.folio}")
        redo = [s["redo"] for s in doc["steps"] if s["number"] == ref][0]
        t.keys("r")
        t.sees("Contestar otra vez " + ref)
        self.form(redo["fields"]).fill(act.answers, keeps=True)
        t.keys("F8")
        if redo["reason"]:
            t.sees("Motivo (obligatorio)")
            t.type(act.answers["motivo"])
            t.sees(act.answers["motivo"][-20:])
            t.keys("F8")
        self.asked()
        self.t.sees("quedó contestado otra")

    def do_baja(self, act):
        t = self.t
        self.home()
        t.keys("F2")
        t.sees("Acciones")
        t.type("Conservaci")
        t.sees("Filtro: Conservaci")
        t.keys("Enter")
        t.wait(lambda: self.title_has("Conservación") and self.finger(),
               "the records kept")
        self.choose(KEPT_TOP, lambda: self.folio in self.finger() and
                    self.finger().endswith(f" {act.answers['fila']}"),
                    "that row of the register")
        t.keys("b")
        t.sees("Motivo")
        t.type(act.answers["motivo"])
        t.sees(act.answers["motivo"])
        t.keys("Enter")
        t.sees("Quedó escrito.")

    def do_other(self, act):
        """What comes from outside, or has its own screen elsewhere."""
        self.office.say(act.login, act.verb_line(self.code, self.folio))
