# SPDX-License-Identifier: ISC
"""Connections that are up to no good, on plain sockets.

  knock.py PORT SOURCE silent        wait for the end; prints the seconds
  knock.py PORT SOURCE drip          the same, sending a byte now and then
  knock.py PORT SOURCE half          the same, after half a KEXINIT
  knock.py PORT SOURCE crowd N FILE  open N, print how many stay, write "up"
                                     to FILE, hold them until told to stop
"""
import select
import socket
import sys
import time

port, source, what = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def knock():
    return socket.create_connection(("127.0.0.1", port), 5, (source, 0))


def refused(s):
    """The server never says a word to those it refuses: it just closes."""
    try:
        return not s.recv(64)
    except ConnectionError:
        return True


if what == "crowd":
    held = [knock() for _ in range(int(sys.argv[4]))]
    stay = sum(not refused(s) for s in held)
    with open(sys.argv[5], "w") as f:
        f.write("%d\n" % stay)
    sys.stdin.read()
    sys.exit(0)

s = knock()
start = time.monotonic()
if what == "half":
    s.sendall(b"SSH-2.0-x\r\n\0\0\4\0\6\x14" + b"x" * 100)
drops = iter(b"SSH-2.0-" + b"x" * 200)
while True:
    if select.select([s], [], [], 0.2)[0]:
        try:
            if not s.recv(65536):
                break
        except ConnectionError:
            break
    elif what == "drip":
        try:
            s.sendall(bytes([next(drops)]))
        except ConnectionError:
            break
print("%.1f" % (time.monotonic() - start))
