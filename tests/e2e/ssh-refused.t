#!/bin/sh
# SPDX-License-Identifier: ISC
# What may not be asked of a connection: forwarding, environment, other things.
. "$(dirname "$0")/ssh-lib.sh"
door_start --exempt 127.0.0.0/8

free_port() {
	python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
listens() {
	python3 - "$1" <<-'P'
	import socket, sys
	socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)
	P
}
# A tunnel that the client opens must carry nothing.
local_forward() {
	p=$(free_port)
	EXEC=exec as ana -N -L "$p:127.0.0.1:$PORT" 2>"$D/l.err" &
	tunnel=$!
	until_true listens "$p" || return 1
	got=$(python3 - "$p" <<-'P'
	import socket, sys
	s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
	s.settimeout(20)
	print(s.recv(10))
	P
	)
	kill $tunnel
	wait $tunnel 2>/dev/null
	[ "$got" = "b''" ]
}
dynamic_forward() {
	p=$(free_port)
	EXEC=exec as ana -N -D "$p" 2>/dev/null &
	tunnel=$!
	until_true listens "$p" || return 1
	python3 - "$p" "$PORT" <<-'P'
	import socket, struct, sys
	s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
	s.settimeout(20)
	s.sendall(b"\5\1\0")
	assert s.recv(2) == b"\5\0"
	s.sendall(b"\5\1\0\1\x7f\0\0\1" + struct.pack(">H", int(sys.argv[2])))
	data = s.recv(100)
	assert b"SSH-" not in data and b"SSH-" not in s.recv(100), data
	P
	d_status=$?
	kill $tunnel
	wait $tunnel 2>/dev/null
	return $d_status
}
remote_forward() {
	status_is 255 as ana -o ExitOnForwardFailure=yes -R "0:127.0.0.1:1" -N
}
stdio_forward() { status_is 255 as ana -W "127.0.0.1:$PORT"; }
agent_is_refused() {
	eval "$(ssh-agent -s)" >/dev/null
	as ana -A -v -o LogLevel=DEBUG1 eco 2>"$D/a.err"
	a_status=$?
	kill "$SSH_AGENT_PID"
	[ $a_status -eq 0 ] && ! grep -q 'auth-agent@openssh.com.*confirm' "$D/a.err"
}
env_case() {
	printf 'e' | (
		LANG=$1 EXTRA=1 GIT_DIR=x
		export LANG EXTRA GIT_DIR
		as ana -o SendEnv='LANG EXTRA GIT_DIR PATH'
	) 2>/dev/null | grep -o 'LANG=.*'
}
env_is() {
	e_got=$(env_case "$1")
	e_want="LANG=C.UTF-8 PATH=/usr/bin:/bin PAUTA_COLS=80 PAUTA_LANG=$2"
	e_want="$e_want PAUTA_ROWS=24 PAUTA_TERM=dumb TERM=dumb"
	e_want="$e_want TERMINFO_DIRS=/etc/terminfo:/lib/terminfo:/usr/share/terminfo"
	[ "$e_got" = "$e_want" ] || {
		echo "got:    $e_got"
		echo "wanted: $e_want"
		return 1
	}
}
algorithms_are() {
	ssh-keyscan -p "$PORT" -t ed25519 127.0.0.1 2>/dev/null |
	    grep -q ssh-ed25519 || return 1
	python3 - "$PORT" <<-'P'
	import socket, sys
	s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
	s.sendall(b"SSH-2.0-prueba\r\n")
	f = s.makefile("rb")
	banner = f.readline()
	assert banner == b"SSH-2.0-Pauta\r\n", banner
	n = int.from_bytes(f.read(4), "big")
	p = f.read(n)[1 + 17:]
	names = []
	for i in range(10):
	    k = int.from_bytes(p[:4], "big")
	    names.append(p[4:4 + k].decode())
	    p = p[4 + k:]
	ciphers = "chacha20-poly1305@openssh.com,aes256-ctr"
	macs = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com"
	zlib = "none,zlib@openssh.com"
	want = ["curve25519-sha256,curve25519-sha256@libssh.org,"
	        "kex-strict-s-v00@openssh.com", "ssh-ed25519",
	        ciphers, ciphers, macs, macs, zlib, zlib, "", ""]
	for a, b in zip(names, want):
	    assert a == b, (a, b)
	P
}
each_cipher() {
	for c in chacha20-poly1305@openssh.com aes256-ctr; do
		as ana -c "$c" eco >/dev/null || return 1
	done
	status_is 255 as ana -c aes256-gcm@openssh.com eco
}

t 'exactly these algorithms are offered' algorithms_are
t 'every cipher offered works, GCM is none of them' each_cipher
t 'no -L' local_forward
t 'no -D' dynamic_forward
t 'no -R' remote_forward
t 'no -W' stdio_forward
t 'no agent' agent_is_refused
t 'a good LANG is passed on, nothing else' env_is en_US.UTF-8 en_US.UTF-8
t 'a bad LANG is not' env_is '../../x' es_MX.UTF-8
t 'an unknown subsystem is refused' status_is 255 as ana -s otro
t 'after all that, one more command' status_is 0 as ana eco
t 'nothing crashed' eval '! grep -q "ERROR: \|runtime error\|reason=crash\|reason=killed" "$D/door.log"'
tests_end
