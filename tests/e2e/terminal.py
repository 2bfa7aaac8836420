# SPDX-License-Identifier: ISC
"""terminal.py - a person at a terminal of 24 by 80: a real ssh in a pty, and
what it drew (pyte).  Nothing waits for a time: each wait is for something to
be seen, and only a screen that has come to rest is looked at."""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

import pyte

ROWS, COLS = 24, 80
LIMIT = 30			# seconds until something that is due is missing
REST = 0.03			# without a byte: a picture is whole
HAND, POUR = 0.008, 40		# s a byte; bytes at once that are not a flood
FLOOD = "Púlsela otra vez"
KEYS = {
    "F1": "\033OP", "F2": "\033OQ", "F3": "\033OR", "F4": "\033OS",
    "F5": "\033[15~", "F6": "\033[17~", "F7": "\033[18~", "F8": "\033[19~",
    "F9": "\033[20~", "F11": "\033[23~", "F12": "\033[24~",
    "Enter": "\r", "Tab": "\t", "Down": "\033[B", "Up": "\033[A",
    "Erase": "\x15", "Editor": "\x05", "Repaint": "\x0c", "Back": "\x7f",
}


class Terminal:
    def __init__(self, words):
        self.screen = pyte.Screen(COLS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.rows = []		# what was drawn; pyte makes it at each look
        self.typed = ""
        self.debt, self.typed_at = 0, 0.0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ,
                        struct.pack("HHHH", ROWS, COLS, 0, 0))
            env = {**os.environ, "TERM": "linux", "LANG": "C.UTF-8",
                   "LC_ALL": "C.UTF-8"}
            os.execvpe(words[0], words, env)

    def end(self):
        os.close(self.fd)	# the line is dropped, as when a lid is shut
        os.waitpid(self.pid, 0)

    # ---- what is seen ----

    def row(self, y):
        if not self.rows:
            self.rows = [r.rstrip() for r in self.screen.display]
        return self.rows[y]

    def text(self):
        return "\n".join(self.row(y) for y in range(ROWS))

    def has(self, text):
        return text in self.text()

    @property
    def y(self):
        return self.screen.cursor.y

    def fail(self, why):
        sys.exit(f"{why}\ntyped: {self.typed[-200:]!r}\n{self.text()}")

    def read(self, limit):
        """What comes within the limit, until it rests; False when nothing."""
        some = False
        while select.select([self.fd], [], [], REST if some else limit)[0]:
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                part = b""
            if not part:
                self.fail("the screen ended")
            self.stream.feed(part)
            self.rows = []
            some = True
        return some

    def comes(self, is_so, limit):
        """Is it so within the limit?  What is_so says, or None."""
        end = time.monotonic() + limit
        self.read(0)
        while True:
            found = is_so()
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0:
                return None
            self.read(min(left, 1))

    def wait(self, is_so, what):
        found = self.comes(is_so, LIMIT)
        if not found:
            self.fail(f"it does not come: {what}")
        return found

    def sees(self, text):
        return self.wait(lambda: self.has(text), text)

    # ---- what is done ----

    def type(self, text):
        self.typed += text
        data = text.encode()
        self.debt = self.owed() + len(data)
        self.typed_at = time.monotonic()
        while data:
            data = data[os.write(self.fd, data[:512]):]

    def keys(self, *names):
        self.type("".join(KEYS.get(n, n) for n in names))

    def owed(self):
        """Bytes that hands could not have typed yet."""
        return max(0, self.debt - (time.monotonic() - self.typed_at) / HAND)

    def send(self, key, is_so, what):
        """A key that decides or sends: none is taken among a flood of text, and
        where it was one, the screen says so and it is pressed again."""
        while True:
            while self.owed() > POUR:
                self.read((self.owed() - POUR) * HAND)
            self.keys(key)
            self.wait(lambda: is_so() or self.has(FLOOD), what)
            if not self.has(FLOOD):
                return
            self.keys("Repaint")
            self.wait(lambda: not self.has(FLOOD), "a message that goes")
            self.debt += POUR	# the line was slower than it seemed
