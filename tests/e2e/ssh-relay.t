#!/bin/sh
# SPDX-License-Identifier: ISC
# The subsystem "pauta": frames pass untouched, in any quantity.
. "$(dirname "$0")/ssh-lib.sh"
door_start --exempt 127.0.0.0/8

MB=${MB:-50}
hello() { python3 "$HERE/ssh/hello.py" "$@"; }
last_hello_is() { [ "$(tail -n 1 "$D/hellos")" = "$1" ]; }
# What comes back: the core's Welcome (13 bytes here), then all that was sent.
echoes() {
	{ hello 1 es && cat "$D/data"; } |
	    as ana "$@" -s pauta >"$D/back" || return 1
	tail -c +14 "$D/back" | cmp - "$D/data"
}
slow_reader() {
	{ hello 1 es && cat "$D/data"; } | as ana -s pauta |
	    python3 -c 'import sys, hashlib
h = hashlib.sha256()
r = sys.stdin.buffer.raw
r.read(13)
while True:
    b = r.read(777)
    if not b:
        break
    h.update(b)
print(h.hexdigest())' >"$D/sum"
	[ "$(cat "$D/sum")" = "$(sha256sum <"$D/data" | cut -d' ' -f1)" ]
}
drip() {
	python3 - <<-P | as ana -s pauta | tail -c +14 | grep -qx hola
	import subprocess, sys, time
	h = subprocess.run(["python3", "$HERE/ssh/hello.py", "1", "es"],
	    stdout=subprocess.PIPE).stdout
	for b in h + b"hola\n":
	    sys.stdout.buffer.write(bytes([b]))
	    sys.stdout.buffer.flush()
	P
}
goodbye() {		# CODE: the answer is a Goodbye with that code
	g_code=$1
	g_status=$2
	as ana -s pauta >"$D/bye"
	[ $? -eq "$g_status" ] && grep -aq "$g_code" "$D/bye"
}
lies_about_login() {
	hello 1 en bruno | as ana -s pauta >/dev/null
	last_hello_is 'subsystem ana 127.0.0.1 en 51'
}
other_version() { hello 9 es | goodbye usage 2; }
garbage() { head -c 5000 /dev/urandom | goodbye usage 2; }
huge_first() { { printf '\0\377\377\377' && cat "$D/data"; } | goodbye usage 2; }
not_a_hello() { printf '\0\0\0\4\102\2\12\0' | goodbye usage 2; }
core_closes() {
	mkfifo "$D/open"
	exec 8<>"$D/open"		# never ends
	hello 1 es >&8
	printf Z >&8
	status_is 75 as ana -s pauta <&8 >/dev/null
}
no_core() {
	as ana -o ControlMaster=yes -o ControlPath="$D/mux" -fN || return 1
	core_kill
	hello 1 es | as ana -o ControlPath="$D/mux" -s pauta >"$D/bye"
	[ $? -eq 4 ] && grep -aq unavailable "$D/bye" || return 1
	as ana -o ControlPath="$D/mux" -O exit 2>/dev/null
	core_start
}

head -c $((MB * 1000000)) /dev/urandom >"$D/data"
t "$MB MB there and back" echoes
t 'the same with new keys each megabyte' echoes -o RekeyLimit=1M
t 'the same with aes256-ctr' echoes -c aes256-ctr -o RekeyLimit=3M
head -c 3000000 /dev/urandom >"$D/data"
{ printf LENT && cat "$D/data" && cat "$D/data"; } >"$D/more"
mv "$D/more" "$D/data"
t 'a slow core is not flooded' echoes
t 'a slow reader gets all of it' slow_reader
t 'a Hello byte by byte' drip
t 'the name is the one that signed, whatever the Hello says' lies_about_login
t 'another version of the protocol is told so' other_version
t 'garbage is refused' garbage
t 'so is a first frame too large' huge_first
t 'so is a first frame that is no Hello' not_a_hello
t 'a core that closes ends the channel with 75' core_closes
t 'a core that is away is said in a frame' no_core
# is_compressed [OPTION]: said by ssh of what comes to it
is_compressed() {
	LOGLEVEL=DEBUG1 as ana "$@" eco 2>&1 |
	    grep -q 'server->client.*compression: zlib@openssh.com'
}
asked_door() { ! is_compressed && is_compressed -C; }
slow_door() {
	kill "$DOOR"
	wait "$DOOR"
	door_open --slow --exempt 127.0.0.0/8
	is_compressed && echoes -q
}

t 'a line is compressed for who asks' asked_door
t 'a slow line is compressed, unasked' slow_door
t 'nothing crashed' eval '! grep -q "ERROR: \|runtime error\|reason=crash\|reason=killed" "$D/door.log"'
tests_end
