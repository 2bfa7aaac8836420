# SPDX-License-Identifier: ISC
"""raw.py - packets that no file program sends.

raw.py PORT KEY LOGIN FOLDER: one connection for each thing tried; says what
was not answered as it should be, and exits 1.
"""
import struct
import time

import wire
from wire import FOLDER, text

STATUS, HANDLE = 101, 102
BAD, OK, FAILURE, DENIED, UNSUPPORTED = 5, 0, 4, 3, 8


class Line(wire.Line):
    def status(self):
        kind, body = self.answer()
        return struct.unpack(">I", body[:4])[0] if kind == STATUS else -kind

    def gone(self):
        try:
            while True:
                self.take(1)
        except EOFError:
            return True

    def open(self, name, flags=2 | 8 | 16):
        kind, body = self.ask(3, text(FOLDER + "/" + name) +
                              struct.pack(">II", flags, 0))
        assert kind == HANDLE, (name, kind, body)
        return body

    def write(self, handle, at, data):
        self.say(6, handle + struct.pack(">Q", at) + text(data))
        return self.status()


def lengths():
    for n in (0, 0xffffffff, 0x80000000, 140000):
        line = Line()
        line.raw(struct.pack(">I", n) + b"\x03" * 8)
        assert line.gone(), n


def before_greeting():
    line = Line(greet=False)
    line.say(17, text("/"))
    assert line.gone()


def types():
    line = Line()
    known = {3, 4, 5, 6, 7, 8, 11, 12, 16, 17, 200}
    for kind in range(256):
        if kind in known:
            continue
        line.say(kind, b"")
        want = DENIED if kind in (9, 10, 13, 14, 15, 18, 19, 20) else \
            UNSUPPORTED
        assert line.status() == want, kind
    for kind in known:
        line.say(kind, b"")
        assert line.status() in (BAD, FAILURE, UNSUPPORTED), kind


def handles():
    line = Line()
    for name in (b"", b"x", b"\0" * 8, b"\xff" * 8, b"a" * 5000):
        for kind in (4, 5, 8, 12):
            line.say(kind, text(name) + b"\0" * 16)
            assert line.status() == FAILURE, (name, kind)
        assert line.write(text(name), 0, b"x" * 100) == BAD, name
    for i in range(100):
        line.say(11, text("/"))
        if line.answer()[0] != HANDLE:
            break
    assert 0 < i < 64, i


def holes():
    line = Line()
    h = line.open("hueco.txt")
    assert line.write(h, 0, b"uno") == OK
    assert line.write(h, 2, b"dos") == FAILURE
    assert line.write(h, 3, b"tres") == FAILURE
    line.say(4, h)
    assert line.status() == FAILURE


def many_holes():
    line = Line()
    for i in range(12):
        h = line.open("hueco%d.txt" % i)
        assert line.write(h, 1, b"x") == FAILURE
        line.say(4, h)
        assert line.status() == FAILURE
    line.say(17, text(FOLDER))
    assert line.answer()[0] == 105


def lying_write():
    line = Line()
    h = line.open("miente.txt")
    line.say(6, h + struct.pack(">QI", 0, 0xffffffff) + b"x" * 10)
    assert line.status() == BAD
    line.say(6, h + struct.pack(">QI", 0, 3) + b"x" * 10)
    assert line.status() == BAD
    assert line.write(h, 0, b"bien") == OK


def not_opened_so():
    line = Line()
    h = line.open("ida.txt")
    line.say(5, h + struct.pack(">QI", 0, 10))
    assert line.status() == BAD
    line.say(12, h)
    assert line.status() != OK
    line.say(3, text(FOLDER + "/nota.txt") + struct.pack(">II", 1, 0))
    kind, r = line.answer()
    assert kind == HANDLE
    assert line.write(r, 0, b"x") == BAD
    line.say(5, r + struct.pack(">QI", 2 ** 64 - 1, 10))
    assert line.status() == BAD
    line.say(5, r + struct.pack(">QI", 0, 0xffffffff))
    assert line.answer()[0] == 103


def asked_at_once():
    """Answers that had no room wait for it, not for another word of ours."""
    line = Line(window=1 << 27)
    kind, h = line.ask(3, text(FOLDER + "/acta.pdf") + struct.pack(">II", 1, 0))
    assert kind == HANDLE
    ask = b"\x05" + struct.pack(">I", 7) + h + struct.pack(">QI", 0, 1 << 17)
    began = time.monotonic()
    line.raw((struct.pack(">I", len(ask)) + ask) * 120)
    for _ in range(120):
        kind, body = line.answer()
        assert kind == 103 and len(body) == 4 + (1 << 17)
    # The session wakes by itself each second: that is no way to be answered.
    assert time.monotonic() - began < 60


def many_uploads():
    line = Line()
    opened = 0
    for i in range(12):
        line.say(3, text("%s/m%d.txt" % (FOLDER, i)) +
                 struct.pack(">II", 26, 0))
        opened += line.answer()[0] == HANDLE
    assert opened == 8, opened
    line.say(17, text(FOLDER))
    assert line.answer()[0] == 105


for test in (lengths, before_greeting, types, handles, holes, many_holes,
             lying_write, not_opened_so, asked_at_once, many_uploads):
    test()
