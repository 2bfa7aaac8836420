# SPDX-License-Identifier: ISC
"""Listen on a free port of the loopback, write it to a file, become a program.

usage: listen.py PORTFILE PROGRAM ARGS...   ("@" among ARGS is the descriptor)
"""
import os
import socket
import sys

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 0))
s.listen(512)
s.set_inheritable(True)
with open(sys.argv[1] + ".new", "w") as f:
    f.write("%d\n" % s.getsockname()[1])
os.rename(sys.argv[1] + ".new", sys.argv[1])
os.execv(sys.argv[2], [a if a != "@" else str(s.fileno())
                       for a in sys.argv[2:]])
