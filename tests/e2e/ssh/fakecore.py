# SPDX-License-Identifier: ISC
"""A stand-in for the core, for tests of the door alone.

It speaks the protocol of proto/pauta.proto on DIR/run/session.sock and notes
each Hello it gets in DIR/hellos, one line each: kind login source lang keylen.

  keys       known when DIR/people has the line "LOGIN BASE64"
  exec       eco ...    the words, one a line      sale N  refuses with status N
             grande N   N bytes                    op      the operation id
             muere      closes without an answer, answers the second time
  subsystem  echoes every byte; a lone 'Z' makes it close,
             'LENT' at the beginning makes it slow
  screen     says Welcome and keeps the stream
"""
import base64
import os
import socket
import sys
import threading
import time

DIR = sys.argv[1]
seen_ops = set()
lock = threading.Lock()


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def parse(data):
    at, out = 0, {}

    def number():
        nonlocal at
        shift = value = 0
        while True:
            b = data[at]
            at += 1
            value |= (b & 127) << shift
            shift += 7
            if b < 128:
                return value

    while at < len(data):
        key = number()
        if key & 7 == 0:
            value = number()
        else:
            n = number()
            value = data[at:at + n]
            at += n
        out.setdefault(key >> 3, []).append(value)
    return out


def read_exact(c, n):
    data = b""
    while len(data) < n:
        piece = c.recv(n - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def read_frame(c):
    n = int.from_bytes(read_exact(c, 4), "big")
    return parse(read_exact(c, n))


def write_frame(c, number, body):
    m = field(number, body)
    c.sendall(len(m).to_bytes(4, "big") + m)


def one(fields, number, default=b""):
    return fields.get(number, [default])[0]


def text(fields, number):
    return one(fields, number).decode()


def people():
    with open(os.path.join(DIR, "people")) as f:
        return {tuple(line.split()) for line in f}


def answer_keys(c):
    while True:
        q = parse(one(read_frame(c), 6))
        who = (text(q, 2), base64.b64encode(one(q, 3)).decode())
        write_frame(c, 7, field(1, one(q, 1, 0)) +
                    field(2, int(who in people())))


def reply(c, status, code, doc, words):
    write_frame(c, 4, field(1, 1) + field(2, status) + field(3, code) +
                field(4, doc) + field(5, words))


def answer_exec(c):
    q = parse(one(read_frame(c), 3))
    words = [w.decode() for w in q.get(3, [])]
    op = one(q, 2).hex()
    if words[0] == "eco":
        reply(c, 0, "ok", '{"words":%d}' % len(words), "\n".join(words))
    elif words[0] == "sale":
        reply(c, int(words[1]), "refused",
              '{"error":{"code":"refused","message":"no"}}', "No se puede.")
    elif words[0] == "grande":
        reply(c, 0, "ok", "{}", "x" * int(words[1]))
    elif words[0] == "op":
        reply(c, 0, "ok", "{}", op)
    elif words[0] == "muere":
        with lock:
            again = op in seen_ops
            seen_ops.add(op)
        if again:
            reply(c, 0, "ok", "{}", "la segunda vez")


def answer_subsystem(c):
    write_frame(c, 2, field(1, 1) + field(2, "eco"))
    data = c.recv(65536)
    piece = 4096 if data[:4] == b"LENT" else 65536
    while data and data != b"Z":
        c.sendall(data)
        if piece == 4096:
            time.sleep(0.0005)
        data = c.recv(piece)


def answer_screen(c):
    write_frame(c, 2, field(1, 1) + field(3, "Ana"))
    while c.recv(4096):
        pass


def serve(c):
    try:
        h = parse(one(read_frame(c), 1))
        kind = text(h, 5)
        with lock, open(os.path.join(DIR, "hellos"), "a") as f:
            f.write("%s %s %s %s %d\n" % (kind, text(h, 2) or "-",
                    text(h, 4), text(h, 6), len(one(h, 3))))
        {"keys": answer_keys, "exec": answer_exec,
         "subsystem": answer_subsystem, "screen": answer_screen}[kind](c)
    except (EOFError, OSError):
        pass
    finally:
        c.close()


path = os.path.join(DIR, "run", "session.sock")
if os.path.exists(path):
    os.unlink(path)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(128)
while True:
    conn, _ = listener.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
