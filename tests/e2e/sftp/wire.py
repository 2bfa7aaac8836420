# SPDX-License-Identifier: ISC
"""wire.py - packets of SFTP as they are, for the programs beside it; each is
called with PORT KEY LOGIN FOLDER."""
import struct
import sys

import paramiko

PORT, KEY, LOGIN, FOLDER = sys.argv[1:]


def text(s):
    s = s.encode() if isinstance(s, str) else s
    return struct.pack(">I", len(s)) + s


class Line:
    """A channel with subsystem sftp, and packets over it.  One at a time."""
    last = None

    def __init__(self, greet=True, window=None):
        if Line.last is not None:
            Line.last.close()
        self.t = paramiko.Transport(("127.0.0.1", int(PORT)))
        self.t.connect(username=LOGIN,
                       pkey=paramiko.Ed25519Key.from_private_key_file(KEY))
        Line.last = self.t
        self.c = self.t.open_session(window_size=window)
        self.c.settimeout(60)
        self.c.invoke_subsystem("sftp")
        if greet:
            self.raw(struct.pack(">IBI", 5, 1, 3))
            assert self.answer()[0] == 2

    def raw(self, data):
        self.c.sendall(data)

    def say(self, kind, body, number=1):
        p = struct.pack(">BI", kind, number) + body
        self.raw(struct.pack(">I", len(p)) + p)

    def take(self, n):
        b = b""
        while len(b) < n:
            piece = self.c.recv(n - len(b))
            if not piece:
                raise EOFError
            b += piece
        return b

    def answer(self):
        p = self.take(struct.unpack(">I", self.take(4))[0])
        while self.c.recv_stderr_ready():
            self.c.recv_stderr(65536)
        return p[0], p[5:]

    def ask(self, kind, body):
        self.say(kind, body)
        return self.answer()
