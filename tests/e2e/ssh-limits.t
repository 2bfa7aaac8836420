#!/bin/sh
# SPDX-License-Identifier: ISC
# Who is turned away at the door, and what one bad connection costs the others.
# All of 127/8 is the loopback: each test knocks from an address of its own.
. "$(dirname "$0")/ssh-lib.sh"
GRACE=3
door_start --grace $GRACE --exempt 127.0.0.1

knock() { python3 "$HERE/ssh/knock.py" "$PORT" "$@"; }
ends_with_grace() {
	e_s=$(knock "$@")
	echo "$e_s seconds"
	python3 -c "import sys; sys.exit(not $GRACE - 0.5 <= $e_s <= $GRACE + 2)"
}
from() {		# ADDRESS LOGIN KEY COMMAND...
	f_addr=$1 f_login=$2 f_key=$3
	shift 3
	ssh_as "$f_login" "$f_key" -b "$f_addr" 127.0.0.1 "$@"
}
crowd() {		# ADDRESS N: how many stay, in $CROWD; the crowd waits
	rm -f "$D/crowd"
	python3 "$HERE/ssh/knock.py" "$PORT" "$1" crowd "$2" "$D/crowd" \
	    <"$D/hold" &
	KNOCK=$!
	until_true test -s "$D/crowd"
	CROWD=$(cat "$D/crowd")
}
crowd_end() {
	kill $KNOCK
	wait $KNOCK 2>/dev/null
}
eight_a_source() {
	crowd 127.0.1.1 20
	echo "$CROWD stayed"
	[ "$CROWD" -eq 8 ] || return 1
	status_is 255 from 127.0.1.1 ana ana eco || return 1
	status_is 0 from 127.0.1.2 ana ana eco || return 1
	crowd_end
	until_true from 127.0.1.3 ana ana eco
}
penalised() {
	i=0
	while [ $i -lt 4 ]; do
		from 127.0.2.1 ana eva eco
		i=$((i + 1))
	done
	status_is 255 from 127.0.2.1 ana ana eco || return 1
	status_is 0 from 127.0.2.2 ana ana eco
}
find_session() {		# ADDRESS: of its last log-in
	SESSION=$(sed -n "s/.*event=login .*source=$1 session=\([0-9]*\).*/\1/p" \
	    "$D/door.log" | tail -n 1)
	[ -n "$SESSION" ]
}
# A screen held open from an address; its session's pid in $SESSION.
hold_screen() {		# ADDRESS LOGIN
	: >"$D/screen.$1"
	EXEC=exec from "$1" "$2" "$2" -tt <"$D/hold" >"$D/screen.$1" 2>&1 &
	SCREEN=$!
	h_addr=$1
	up() { grep -q listo "$D/screen.$h_addr"; }
	until_true up || return 1
	find_session "$1"
}
screen_lives() { kill -0 "$SCREEN" 2>/dev/null; }
screen_died() { ! screen_lives; }
session_died() { ! kill -0 "$SESSION" 2>/dev/null; }
killed_alone() {
	hold_screen 127.0.3.1 ana || return 1
	other=$SCREEN
	hold_screen 127.0.3.2 bruno || return 1
	kill -9 "$SESSION"
	until_true screen_died || return 1
	kill -0 "$other" && status_is 0 from 127.0.3.2 bruno bruno eco || return 1
	kill "$other"
	log_has "reason=killed status=-9.*session=$SESSION"
}
stopped_is_killed() {
	hold_screen 127.0.4.1 ana || return 1
	kill -STOP "$SESSION"
	w_end=$(($(now_ms) + 7000))
	until session_died; do
		[ "$(now_ms)" -lt $w_end ] || return 1
	done
	log_has "reason=heart_stopped .*session=$SESSION"
}
four_of_a_person() {
	pids=
	for i in 1 2 3 4; do
		hold_screen 127.0.5.$i bruno || return 1
		pids="$pids $SCREEN"
	done
	from 127.0.5.5 bruno bruno -tt <"$D/hold" >"$D/fifth" 2>&1
	[ $? -eq 4 ] && grep -q "cierre una" "$D/fifth" || {
		cat "$D/fifth"
		return 1
	}
	status_is 0 from 127.0.5.6 ana ana eco || return 1
	# shellcheck disable=SC2086
	kill $pids
	left() { status_is 0 from 127.0.5.7 bruno bruno eco; }
	until_true left
}
rss_of() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status"; }
# A client that stops reading while its screen draws without end.
never_reads() {
	mkfifo "$D/greedy"
	exec 7<>"$D/greedy"
	h_addr=127.0.6.1
	EXEC=exec from $h_addr ana ana -tt <"$D/greedy" \
	    >"$D/screen.$h_addr" 2>&1 &
	SCREEN=$!
	up() { grep -q listo "$D/screen.$h_addr"; }
	until_true up && find_session 127.0.6.1 || return 1
	before=$(rss_of "$SESSION")
	kill -STOP "$SCREEN"
	echo g >&7
	kill -CONT "$SCREEN"
	drawing() { [ "$(wc -c <"$D/screen.$h_addr")" -gt 1000000 ]; }
	until_true drawing || return 1
	kill -STOP "$SCREEN"
	i=0
	while [ $i -lt 10 ]; do
		status_is 0 from 127.0.6.3 ana ana eco || return 1
		i=$((i + 1))
	done
	after=$(rss_of "$SESSION")
	kill -9 "$SCREEN"
	until_true session_died || return 1
	echo "before $before kB, after $after kB"
	[ "$after" -lt $((before + 8192)) ]
}
stops_in_time() {
	hold_screen 127.0.7.1 ana || return 1
	s_start=$(now_ms)
	kill -TERM "$DOOR"
	wait "$DOOR" || return 1
	DOOR=
	[ $(($(now_ms) - s_start)) -lt 30000 ] && until_true screen_died
}

mkfifo "$D/hold"
exec 9<>"$D/hold"
t 'who says nothing is dropped when the grace ends' ends_with_grace 127.0.8.1 silent
t 'so is who sends a byte now and then' ends_with_grace 127.0.8.2 drip
t 'so is who sends half a message' ends_with_grace 127.0.8.3 half
t 'eight start from one address; others get in' eight_a_source
t 'four failures and the address has to wait' penalised
t 'kill -9 of a session ends nobody else'\''s' killed_alone
t 'a session that stops turning is killed' stopped_is_killed
t 'four sessions a person, the fifth is told' four_of_a_person
t 'a client that never reads costs nobody anything' never_reads
t 'stopping the server ends sessions in time' stops_in_time
t 'nothing crashed' eval '! grep -q "ERROR: \|runtime error\|reason=crash" "$D/door.log"'
tests_end
