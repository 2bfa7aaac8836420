#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""walk.py - one scenario through one front end: the same story, told by verbs,
by questions (linear) or by keys (screens), leaves the same events.

  walk.py MODE PLAY.json STORY PORT DIR     MODE: verbs, linear or screens

PLAY.json is a scenario file, DIR has keys/, known_hosts and files/: those that
an answer names go by sftp, and the answer is not typed.  Lines that must be
refused are left out: they leave nothing.  The events of the case go to stdout
without what no two runs share: numbers, times, salts.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
LIMIT = 30			# seconds until something that is due is missing


def fail(text):
    sys.exit("walk.py: " + text)


class Office:
    def __init__(self, port, folder):
        self.port, self.dir = port, folder

    def ssh(self, login, *words):
        o = ["-F", "none", "-p", self.port, "-i", f"{self.dir}/keys/{login}"]
        for opt in ("IdentitiesOnly=yes", "IdentityAgent=none",
                    "BatchMode=yes", "LogLevel=ERROR",
                    f"UserKnownHostsFile={self.dir}/known_hosts",
                    "StrictHostKeyChecking=yes"):
            o += ["-o", opt]
        return ["ssh", *o, f"{login}@127.0.0.1", *words]

    def file(self, name):
        """Where a file of that name waits to be sent, or None."""
        path = f"{self.dir}/files/{name}"
        return path if os.path.exists(path) else None

    def send(self, login, path, folder):
        """What a person types to sftp."""
        o = self.ssh(login)
        r = subprocess.run(
            ["sftp", "-q", "-P", self.port, *o[5:-1], "-i", o[4], "-b", "-",
             f"{login}@127.0.0.1"], text=True, capture_output=True,
            input=f"put {path} {folder}\n")
        if r.returncode != 0:
            fail(f"{login}: sftp put {path}: {r.stdout}{r.stderr}")

    def say(self, login, line):
        """A verb, and its document; a refusal ends the test."""
        r = subprocess.run(self.ssh(login, line + " --json"), text=True,
                           stdin=subprocess.DEVNULL, capture_output=True)
        if r.returncode != 0:
            fail(f"{login}: {line}: {r.stdout}{r.stderr}")
        return json.loads(r.stdout)


# ---- the story ----

class Act:
    """One line of a scenario: who, verb, step, answers."""

    def __init__(self, login, line, opens):
        words = shlex.split(line)
        self.opens = opens	# steps that are open after it
        self.login, self.line, self.verb = login, line, words[0]
        self.words = [w for w in words[1:] if not re.match(r"[\w-]+=", w)]
        self.answers = dict(w.split("=", 1) for w in words[1:]
                            if re.match(r"[\w-]+=", w))

    def sent(self, office):
        """Files that are there to be sent; the answer that names them goes."""
        for word, value in list(self.answers.items()):
            path = office.file(value)
            if path:
                del self.answers[word]
                self.line = self.line.replace(f" {word}={value}", "")
                yield path

    def verb_line(self, code, folio):
        rest = self.line[len(self.verb):]
        return f"{self.verb} {code if self.verb == 'iniciar' else folio}{rest}"


def acts(play, story):
    for a in play["scenarios"][story]["do"]:
        if a.get("at"):
            yield a["at"], None
        if a.get("line") and not a.get("refused"):
            yield None, Act(a["as"], a["line"], a.get("open", []))


def shown(field, value):
    """An answer as it is typed in one line or many."""
    if field["type"] == "file" and value.startswith("["):
        files = [f if isinstance(f, dict) else {"name": f}
                 for f in json.loads(value)]
        return "\n".join(",".join(
            [f["name"]] + ([str(f.get("size", 0)), f.get("sha256", ""),
                            f.get("place", "")] if len(f) > 1 else []))
            for f in files)
    return value.replace(",", "\n") if field["type"] == "file" else value


def several(value):
    """The words of a field that holds any of some."""
    if value.startswith("["):
        return json.loads(value)
    return [w.strip() for w in value.split(",")]


def verdicts(value):
    """What is said of each thing: its number, the word, a remark or ""."""
    return re.findall(r"(?:^|,)(\d+):(\w+):?(.*?)(?=,\d+:|$)", value)


def choice(field, value):
    """The number of an option, from 1; 0 when it is none."""
    options = field.get("choices") or []
    if field["type"] == "yesno":
        options = ["sí", "no"]
    fold = [str(o).lower() for o in options]
    word = {"si": "sí", "1": "sí", "0": "no"}.get(value, value) \
        if field["type"] == "yesno" else value
    return fold.index(word.lower()) + 1 if word.lower() in fold else 0


# ---- walkers ----

class Walker:
    def __init__(self, office, code):
        self.office, self.code, self.folio = office, code, None

    def send(self, act, path):
        self.office.send(act.login, path, f"/{self.folio}/{act.words[0]}/")


class Verbs(Walker):
    def do(self, act):
        doc = self.office.say(act.login, act.verb_line(self.code, self.folio))
        if act.verb == "iniciar":
            self.folio = doc["folio"]

    def end(self):
        pass


# ---- the end: what is in the record ----

def events(office, folio):
    doc = office.say("jefa", f"historial {folio}")
    out = []
    for e in doc["events"]:
        kept = {k: e.get(k) for k in ("actor", "on_behalf_of", "role", "type",
                                      "step", "row", "data")}
        text = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        text = re.sub(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", "T", text)
        out.append(re.sub(r'"(undoes|n|event)": \d+', r'"\1": N', text))
    return out


def main():
    mode, path, story, port, folder = sys.argv[1:6]
    with open(path, encoding="utf-8") as f:
        play = json.load(f)
    office = Office(port, folder)
    code = play["code"]
    if mode == "verbs":
        walker = Verbs(office, code)
    elif mode == "linear":
        from walk_linear import Linear
        walker = Linear(office, code)
    else:
        from walk_screens import Screens
        walker = Screens(office, code)
    try:
        for at, act in acts(play, int(story)):
            if at:
                utc = subprocess.run(
                    ["sh", "-c", 'date -u -d "@$(date -d "$1" +%s)" '
                     "+%Y-%m-%dT%H:%M:%SZ", "sh", at], text=True, check=True,
                    capture_output=True,
                    env={**os.environ, "TZ": "America/Hermosillo"})
                office.say("admin", f"reloj poner {utc.stdout.strip()}")
            else:
                for path in act.sent(office):
                    walker.send(act, path)
                walker.do(act)
    finally:
        walker.end()
    if walker.folio:
        print("\n".join(events(office, walker.folio)))


if __name__ == "__main__":
    main()
