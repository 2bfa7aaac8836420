#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""sshabuse.py - peers that break the rules of SSH on purpose.

usage: sshabuse.py PORT DIR [TEST...]

DIR holds the keys ana, bruno (known) and eva (unknown) and the file "hellos"
that the stand-in core writes (tests/e2e/ssh-lib.sh).  Prints TAP.  Each test
ends with a healthy log-in: whatever a peer does costs that peer only.
"""
import os
import re
import socket
import subprocess
import sys
import threading
import time

import paramiko
from paramiko.common import cMSG_SERVICE_REQUEST, cMSG_USERAUTH_REQUEST
from paramiko.message import Message

PORT, DIR = int(sys.argv[1]), sys.argv[2]
paramiko.util.log_to_file("/dev/null")


def key(name):
    return paramiko.Ed25519Key.from_private_key_file(os.path.join(DIR, name))


def connect():
    """A connection with keys agreed; the door may be crowded for a moment."""
    end = time.monotonic() + 20
    while True:
        t = paramiko.Transport(socket.create_connection(("127.0.0.1", PORT)))
        try:
            t.start_client(timeout=10)
            return t
        except (EOFError, OSError, paramiko.SSHException):
            t.close()
            if time.monotonic() > end:
                raise


def login(name="ana"):
    t = connect()
    t.auth_publickey(name, key(name))
    return t


def healthy():
    t = login("bruno")
    c = t.open_session(timeout=10)
    c.exec_command("eco bien")
    assert c.recv_exit_status() == 0
    t.close()


def kinds():
    path = os.path.join(DIR, "hellos")
    if not os.path.exists(path):
        return []
    with open(path) as f:
        return [line.split()[0] for line in f]


def opened_by_strangers(before):
    return [k for k in kinds()[before:] if k != "keys"]


def gone(t, seconds=12):
    """Below the grace time, which would end any connection."""
    end = time.monotonic() + seconds
    while t.is_active() and time.monotonic() < end:
        t.join(0.05)
    return not t.is_active()


def message(number, *fields):
    m = Message()
    m.add_byte(bytes([number]))
    for f in fields:
        if isinstance(f, bool):
            m.add_boolean(f)
        elif isinstance(f, int):
            m.add_int(f)
        else:
            m.add_string(f)
    return m


def ask_service(t):
    """Ask for log-in by hand; paramiko must not answer what comes back."""
    t.heard = []
    t._handler_table = dict(t._handler_table)
    for number in (6, 51, 52, 53, 60):
        t._handler_table[number] = \
            lambda _, m, number=number: t.heard.append(number)
    t._send_message(message(cMSG_SERVICE_REQUEST[0], "ssh-userauth"))


def heard(t, *numbers):
    """Wait until exactly these messages came back."""
    end = time.monotonic() + 12
    while t.heard != list(numbers) and time.monotonic() < end:
        t.join(0.02)
    assert t.heard == list(numbers), t.heard


def probe(t, user, k):
    t._send_message(message(cMSG_USERAUTH_REQUEST[0], user, "ssh-connection",
                            "publickey", False, "ssh-ed25519", k.asbytes()))


def signature(raw):
    m = Message()
    m.add_string("ssh-ed25519")
    m.add_string(raw)
    return m.asbytes()


# ---- the tests ----

def states():
    """no message opens anything before the log-in"""
    before = len(kinds())
    likely = [message(n) for n in range(1, 256)]
    likely += [message(90, "session", 0, 1 << 20, 32768), message(52),
               message(98, 0, "exec", True, "eco intruso"),
               message(80, "tcpip-forward", True, "127.0.0.1", 0)]
    for prepare in (lambda t: None, ask_service):
        t = None
        for m in likely:
            if t is None or not t.is_active():
                t = connect()
                prepare(t)
            try:
                t._send_message(m)
            except (EOFError, OSError, paramiko.SSHException):
                pass
        if t is not None:
            t.close()
    assert not opened_by_strangers(before)


def before_keys():
    """nor before the keys are agreed"""
    before = len(kinds())
    for number in range(1, 256):
        s = socket.create_connection(("127.0.0.1", PORT), 10)
        body = b"\x0a" + bytes([number]) + b"\0" * 20 + b"p" * 10
        s.sendall(b"SSH-2.0-x\r\n" + len(body).to_bytes(4, "big") + body)
        s.close()
    assert not opened_by_strangers(before)


def bad_signature():
    """a signature that is wrong ends the connection at once"""
    t = connect()
    ask_service(t)
    t._send_message(message(
        cMSG_USERAUTH_REQUEST[0], "ana", "ssh-connection", "publickey", True,
        "ssh-ed25519", key("ana").asbytes(), signature(b"x" * 64)))
    assert gone(t), "still there"


def unknown_kind():
    """so does a key of a kind that does not exist"""
    t = connect()
    ask_service(t)
    t._send_message(message(cMSG_USERAUTH_REQUEST[0], "ana", "ssh-connection",
                            "publickey", False, "ssh-x", b"\0\0\0\5ssh-x"))
    assert gone(t), "still there"


def unknown_kind_at_once():
    """even when it comes in one write with the packet before it"""
    t = connect()
    held, write = [], t.packetizer.write_all
    t.packetizer.write_all = held.append
    ask_service(t)
    t._send_message(message(cMSG_USERAUTH_REQUEST[0], "ana", "ssh-connection",
                            "publickey", False, "ssh-x", b"\0\0\0\5ssh-x"))
    assert len(held) == 2, held
    write(b"".join(held))
    assert gone(t), "still there"


def another_name():
    """the name may not change between two requests"""
    t = connect()
    ask_service(t)
    probe(t, "eva", key("ana"))
    heard(t, 6, 51)
    probe(t, "ana", key("ana"))
    assert gone(t), "still there"


def offer_then_sign():
    """offering her key and signing with one's own is of no use"""
    t = connect()
    ask_service(t)
    probe(t, "ana", key("ana"))
    heard(t, 6, 60)
    del t._handler_table
    try:
        t.auth_publickey("ana", key("eva"))
    except paramiko.SSHException:
        pass
    assert not t.is_authenticated()
    t.close()


def many_tries():
    """after six failures the connection ends"""
    t = connect()
    ask_service(t)
    heard(t, 6)
    for i in range(6):
        assert t.is_active()
        probe(t, "ana", key("eva"))
        heard(t, 6, *[51] * (i + 1))
    assert gone(t), "still there"


def endless_probes():
    """offers that are always right do not go on for ever"""
    t = connect()
    ask_service(t)
    for _ in range(60):
        try:
            probe(t, "ana", key("ana"))
        except (EOFError, OSError, paramiko.SSHException):
            break
    assert gone(t), "still there"
    assert 6 <= t.heard.count(60) <= 24, t.heard


def channels():
    """a thousand channels are asked for, four are given"""
    t = login()
    given = []                  # kept: paramiko closes what is forgotten
    for _ in range(1000):
        try:
            given.append(t.open_session(timeout=5))
        except paramiko.ChannelException:
            pass
    t.close()
    assert len(given) == 4, len(given)


def session_pid(t):
    """The server process at the other end of t."""
    port = t.sock.getsockname()[1]
    out = subprocess.run(["ss", "-Htnp", "sport = :%d" % PORT, "and",
                          "dport = :%d" % port], stdout=subprocess.PIPE)
    found = re.search(rb"pid=(\d+)", out.stdout)
    return int(found.group(1)) if found else None


def rss(pid):
    """In kB; nothing of a process that is already gone."""
    try:
        with open("/proc/%d/status" % pid) as f:
            found = re.search(r"VmRSS:\s+(\d+)", f.read())
    except FileNotFoundError:
        return 0
    return int(found.group(1)) if found else 0


def window():
    """a peer that ignores the window is dropped before it costs memory"""
    t = login()
    c = t.open_session(timeout=10)
    pid, most = session_pid(t), 0
    piece = message(94, c.remote_chanid, b"z" * 30000)
    try:
        for i in range(1000):
            t._send_message(piece)
            if i % 20 == 0 and pid is not None:
                most = max(most, rss(pid))
    except (EOFError, OSError, paramiko.SSHException):
        pass
    assert gone(t), "30 MB were taken"
    print("# most %d kB" % most)


def max_packet():
    """no size of packets makes a session spin for long"""
    for size in (0, 1, 9, 10, 11, 13, 14, 64, 1 << 31, (1 << 32) - 1):
        t = login()
        t._send_message(message(90, "session", 7, 1 << 20, size))
        t._send_message(message(98, 0, "exec", True, "grande 100000"))
        pid = session_pid(t)
        t.sock.close()
        t.close()
        end = time.monotonic() + 30
        while pid is not None and os.path.exists("/proc/%d" % pid):
            assert time.monotonic() < end, "size %d: still turning" % size
            time.sleep(0.05)


def requests():
    """a hundred thousand requests and size changes do no harm"""
    t = login()
    c = t.open_session(timeout=10)
    c.get_pty()
    c.invoke_shell()
    for i in range(100000):
        t._send_message(message(98, c.remote_chanid, "window-change", False,
                                i * 7919 & 0xffffffff, i * 104729 & 0xffffffff,
                                0, 0))
    healthy()
    t.close()


def timing():
    """an unknown person takes as long to refuse as a wrong key"""
    def once(user, name):
        t = connect()
        start = time.perf_counter()
        try:
            t.auth_publickey(user, key(name))
        except paramiko.AuthenticationException:
            pass
        end = time.perf_counter() - start
        t.close()
        return end

    # Of sixty each, in turns, the quickest: what it costs with nobody else.
    pairs = [(once("ana", "eva"), once("nadie", "eva")) for _ in range(60)]
    known, unknown = (min(times) for times in zip(*pairs))
    print("# at best: %.2f ms and %.2f ms" % (known * 1e3, unknown * 1e3))
    assert max(known, unknown) < 1.5 * min(known, unknown)


def encrypted_from(stream):
    """Where the first packet after NEWKEYS begins, or None."""
    at = stream.find(b"\r\n") + 2
    while at >= 2 and at + 6 <= len(stream):
        after = at + 4 + int.from_bytes(stream[at:at + 4], "big")
        if stream[at + 5] == 21:
            return after if after <= len(stream) else None
        at = after
    return None


LAST_BEFORE = 600               # bytes upwards that precede the command


class Flip:
    """A wire that alters one bit of what is encrypted, in one direction."""

    def __init__(self, upwards, offset):
        self.upwards, self.offset = upwards, offset
        self.done = self.late = False   # late: the command had been run
        self.before = kinds().count("exec")
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        client = self.door.accept()[0]
        server = socket.create_connection(("127.0.0.1", PORT))
        threading.Thread(target=self.carry, daemon=True,
                         args=(server, client, not self.upwards)).start()
        self.carry(client, server, self.upwards)

    def carry(self, source, target, flips):
        seen = b""
        try:
            while True:
                data = bytearray(source.recv(65536))
                if not data:
                    break
                if flips and not self.done:
                    start = len(seen)
                    seen += bytes(data)
                    begin = encrypted_from(seen)
                    at = -1 if begin is None else begin + self.offset - start
                    if 0 <= at < len(data):
                        data[at] ^= 1
                        self.done = True
                        self.late = kinds().count("exec") > self.before
                target.sendall(data)
        except OSError:
            pass
        for s in (source, target):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def ssh_through(wire, cipher):
    """The status of one command, or None when it hung (as good as broken)."""
    try:
        return subprocess.run(
            ["ssh", "-F", "none", "-p", str(wire.port), "-c", cipher,
             "-i", os.path.join(DIR, "ana"), "-oBatchMode=yes",
             "-oIdentityAgent=none", "-oStrictHostKeyChecking=no",
             "-oUserKnownHostsFile=/dev/null", "-oLogLevel=QUIET",
             "ana@127.0.0.1", "eco"], stdout=subprocess.DEVNULL,
            timeout=2).returncode
    except subprocess.TimeoutExpired:
        return None


def flipped_bits():
    """one flipped bit anywhere ends the connection"""
    flips = 0
    for cipher in ("chacha20-poly1305@openssh.com", "aes256-ctr"):
        for upwards in (True, False):
            for offset in range(0, 900, 29):
                wire = Flip(upwards, offset)
                status = ssh_through(wire, cipher)
                wire.door.close()
                # Near the command's own packet, it may have run before the
                # flip though it was counted after it.
                late = wire.late or (offset > LAST_BEFORE and
                                     kinds().count("exec") > wire.before)
                if wire.done and not (upwards and late):
                    flips += 1
                    assert status in (255, None), (cipher, upwards, offset)
    print("# %d flips" % flips)
    assert flips >= 64, flips


def main():
    tests = [states, before_keys, bad_signature, unknown_kind,
             unknown_kind_at_once, another_name, offer_then_sign, many_tries,
             endless_probes, channels, window, max_packet, requests,
             flipped_bits, timing]
    wanted = sys.argv[3:]
    bad = n = 0
    for test in tests:
        if wanted and test.__name__ not in wanted:
            continue
        n += 1
        try:
            test()
            healthy()
            print("ok %d - %s" % (n, test.__doc__))
        except Exception as e:      # the test says why
            bad += 1
            print("not ok %d - %s\n# %s: %r" % (n, test.__doc__,
                                                test.__name__, e))
        sys.stdout.flush()
    print("1..%d" % n)
    return bad > 0


sys.exit(main())
