#!/bin/sh
# SPDX-License-Identifier: ISC
# Processes die; what was acknowledged does not, and the next line is answered.
. "$(dirname "$0")/lib.sh"

# The supervisor's child that runs this program.
child() {
	for c_pid in $(cat "/proc/$SERVER/task/$SERVER/children"); do
		[ "$(readlink "/proc/$c_pid/exe")" != "$BUILD/$1" ] ||
		    echo "$c_pid"
	done
}
# Everything that the supervisor has brought into the world, itself first.
family() {
	echo "$1"
	for f_pid in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		family "$f_pid"
	done
}
gone() {
	for g_pid in $1; do
		[ ! -e "/proc/$g_pid" ] || return 1
	done
}
knows() { says 0 jefa "expediente $1" && doc ".folio == \"$1\""; }

# Said again while it is refused with status 4 or 255.
core_dies() {
	i=0
	while [ $i -lt 10 ]; do
		says 0 jefa "iniciar 63-COM-P01 title='Caso $i'" || return 1
		folio=$(jq -r .folio "$W/doc")
		kill -9 "$(child pautad)" || return 1
		began=$(now_ms)
		until_true knows "$folio" || {
			echo "$folio was acknowledged and is not there"
			cat "$W/doc" "$W/err"
			return 1
		}
		echo "answered after $(($(now_ms) - began)) ms"
		i=$((i + 1))
	done
}

# A line sent again with its operation id until somebody answers it.
sends() {
	as jefa "iniciar 63-COM-P02 title='Envío $1' tracks=redes \
	    --op=$(printf '%032x' "$1") --json" 2>/dev/null >"$W/sent.$1"
}
crowd() {
	n=1
	while [ $n -le 40 ]; do
		until_true sends $n || return 1
		n=$((n + 1))
	done
}
core_is_up() { [ -n "$(child pautad)" ]; }
core_dies_in_a_crowd() {
	crowd &
	crowd=$!
	i=0
	while [ $i -lt 4 ]; do
		i=$((i + 1))
		until_true test -s "$W/sent.$((i * 8))" &&
		    kill -9 "$(child pautad)" || return 1
		until_true core_is_up
	done
	wait $crowd || return 1
	jq -r .folio "$W"/sent.* | sort >"$W/acknowledged"
	says 0 jefa 'buscar Envío' || return 1
	jq -r '.cases[].folio' "$W/doc" | sort >"$W/there"
	cmp "$W/acknowledged" "$W/there" && [ "$(wc -l <"$W/there")" -eq 40 ]
}

listener_dies() {
	kill -9 "$(child pauta-session)" || return 1
	until_true says 0 jefa bandeja
}

# A core that hangs is as good as dead: it is killed, and another answers.
core_hangs() {
	echo 'watchdog 5' >>"$O/pautad.conf"
	notices=$W/notices
	python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
while True:
    print(s.recv(64).decode(), flush=True)
' "$W/notify.sock" >"$notices" &
	manager=$!
	until_true test -S "$W/notify.sock"
	NOTIFY_SOCKET=$W/notify.sock
	export NOTIFY_SOCKET
	server_stop && server_start && until_true grep -q '^READY=1' "$notices" ||
	    return 1
	hung=$(child pautad)
	kill -STOP "$hung" && until_true gone "$hung" &&
	    until_true says 0 jefa bandeja && grep 'hung=core' "$W/log"
	h_status=$?
	: >"$notices"
	until_true grep -q '^WATCHDOG=1' "$notices" && server_stop &&
	    until_true grep -q '^STOPPING=1' "$notices" || h_status=1
	unset NOTIFY_SOCKET
	kill $manager
	return $h_status
}

screen_survives_core() {
	says 0 jefa "iniciar 63-COM-P01 title='Tras la caída'" || return 1
	folio=$(jq -r .folio "$W/doc")
	screen_open a prod && sees a 'Bandeja de tareas' || return 1
	kill -9 "$(child pautad)" || return 1
	until_true says 0 jefa "hacer $folio 1.2 \
	    topic=Caída planned_on=2026-11-30 assignee=prod" &&
	    sees a "$folio"
}

all_ends() {
	screen_open b jefa native && sees b 'VID-' || return 1
	people=$(family "$SERVER")
	echo "$people" | wc -l
	server_stop || {
		echo "status $s_status"
		return 1
	}
	until_true gone "$people" || {
		office_processes
		return 1
	}
	sees a 'fin ' && sees b 'SIN CONEX'
}

comes_back() {
	server_start && says 0 jefa "iniciar 63-COM-P01 title=Regreso" &&
	    loses b 'SIN CONEX' && record_is_equal
}

t 'an office at work' eval 'office_make --demo && server_start'
t 'the core is killed ten times; nothing acknowledged is lost' core_dies
t 'killed while lines arrive, each is done once' core_dies_in_a_crowd
t 'the listener is killed, and answers again' listener_dies
t 'a screen outlives the core' screen_survives_core
t 'the record is whole' record_is_equal
t 'SIGTERM ends all of it' all_ends
t 'started again, the native client finds it' comes_back
t 'a core that hangs is replaced, and the service manager told' core_hangs
office_done
