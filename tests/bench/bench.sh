#!/bin/sh
# SPDX-License-Identifier: ISC
# bench.sh - how fast, as ratios of one run: sh tests/bench/bench.sh [PHASE...]
#
#   store    E, F2, F1, PostgreSQL, a slow disk      latency  one session
#   growth   many events against few                  login    against sshd
#   pss      memory of idle sessions, a served screen
#   notes    the inbox of notes, 1,000 against 100,000
#   files    a large file by SFTP, against sftp-server (MB=1024)
#
# F1: the store's own statements, nothing else.  F2: the product in one
# process, 200 people in a queue, deciding and all.  E: 200 SSH sessions, each
# with one command under way, answered when it is durable.
#
# ROUNDS=5 S=2 CASES=30000 MANY=1000000 say how much; S: seconds a block.
# ROUNDS=1 MANY=100000 is a quick look.  What it needs beside `make deps` is in
# `make bench-deps`; a row that cannot be measured says why.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(cd "${BUILD:-build}" && pwd) || exit 1
BENCH=$BUILD/tests/bench/bench
ROUNDS=${ROUNDS:-5}
S=${S:-2}
CASES=${CASES:-30000}
MANY=${MANY:-1000000}
NOTES=${NOTES:-100000}
PEOPLE=200
HELD=100		# idle sessions of which the memory is asked
PGBIN=/usr/lib/postgresql/15/bin
LC_ALL=C.UTF-8
export LC_ALL
W=$(mktemp -d "${BENCH_TMP:-/var/tmp}/pauta-bench.XXXXXX") || exit 1
chmod 755 "$W"
PIDS=
WHO=

bench_end() {
	if [ -d "$W/pg" ]; then
		as_who "$PGBIN/pg_ctl" -D "$W/pg" -m immediate stop
	fi >/dev/null 2>&1
	for p in $PIDS; do
		kill "$p" 2>/dev/null && wait "$p" 2>/dev/null
	done
	[ -z "$WHO" ] || userdel "$WHO"
	rm -rf "$W"
}
trap bench_end EXIT
trap 'exit 1' INT TERM HUP PIPE

# ---- somebody who is not root: PostgreSQL refuses to be, sshd needs another

who_make() {
	[ -z "$WHO" ] || return 0
	[ "$(id -u)" -eq 0 ] || return 1
	WHO=pauta-bench-$$
	useradd --system --no-create-home --home-dir "$W" --shell /bin/sh \
	    -p '*' "$WHO" || { WHO=; return 1; }
	SSHD_USER=$WHO
	export SSHD_USER
}
as_who() { (cd / && setpriv --reuid="$WHO" --regid="$WHO" --init-groups "$@"); }

# missing ROW... : why they are not measured, from standard input.
missing() {
	m_why=$(cat)
	for m; do
		echo "$m|not measured: $m_why" >>"$W/rows"
	done
}

# What the table is made of.
keep() { tee -a "$W/out"; }

until_true() {
	u_left=600
	until "$@" >/dev/null 2>&1; do
		u_left=$((u_left - 1))
		[ $u_left -gt 0 ] || { echo "bench: $* never came true" >&2; exit 1; }
		timeout 0.1 tail -f /dev/null
	done
	return 0
}

# ---- offices and servers ----

# office NAME PEOPLE CASES: a folder prepared; copy FROM TO another like it.
office() {
	mkdir -m 700 "$W/$1"
	printf 'test_clock yes\ntest_now 2026-11-23T13:00:00Z\n' >"$W/$1/pautad.conf"
	"$BUILD/pautad" init --dir "$W/$1" >/dev/null || exit 1
	"$BENCH" prepare "$W/$1" "$2" "$3" || exit 1
}
copy() { rm -rf "${W:?}/$2"; cp -a "$W/$1" "$W/$2"; }

# The office of most phases, made when the first asks for it.
base() { [ -d "$W/base" ] || office base $PEOPLE "$CASES"; }

# serve NAME [ENV...]: a server on it, its port in $PORT, its process in $SERVER.
serve() {
	s_name=$1
	shift
	: >"$W/$s_name.ready"
	env "$@" "$BUILD/pautad" serve --dir "$W/$s_name" --listen 127.0.0.1:0 \
	    >"$W/$s_name.ready" 2>"$W/$s_name.log" &
	SERVER=$!
	PIDS="$PIDS $SERVER"
	until_true grep -q '^ready ' "$W/$s_name.ready"
	PORT=$(sed -n 's/^ready [^ ]*:\([0-9]*\) .*/\1/p' "$W/$s_name.ready")
}
stop() { kill "$1"; wait "$1"; }

# The record after all that: whole, by another process.
verify() {
	"$BUILD/pautad" verify --dir "$W/$1" --json |
	    jq -r --arg n "$1" '"verify \($n): intact \(.intact), \(.events) events"'
}

# Syncs that the preload counted.
syncs() { od -An -td8 "$W/$1.syncs" | tr -d ' '; }

# sshd_start CPUS FOLDER: lets those in whose keys are in FOLDER/keys.
sshd_start() {
	if ! [ -x /usr/sbin/sshd ]; then
		SSHD_WHY='openssh-server is missing (make bench-deps)'
		return 1
	elif ! who_make; then
		SSHD_WHY='sshd lets others in only as root'
		return 1
	fi
	mkdir -p /run/sshd "$W/sshd"
	rm -f "$W/sshd/host"*
	ssh-keygen -q -t ed25519 -N '' -f "$W/sshd/host"
	for k in "$W/$2"/keys/*; do
		ssh-keygen -y -f "$k"
	done >"$W/sshd/keys"
	SSHD_PORT=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	cat >"$W/sshd/config" <<-EOF
	ListenAddress 127.0.0.1
	Port $SSHD_PORT
	HostKey $W/sshd/host
	AuthorizedKeysFile $W/sshd/keys
	StrictModes no
	UsePAM no
	PidFile none
	MaxStartups 1000
	LogLevel ERROR
	Subsystem echo /bin/cat
	EOF
	taskset -c "$1" /usr/sbin/sshd -D -f "$W/sshd/config" 2>"$W/sshd/log" &
	SSHD=$!
	PIDS="$PIDS $SSHD"
	until_true ssh-keyscan -p "$SSHD_PORT" 127.0.0.1
}

# An own cluster, of its defaults but for memory and the interval of checkpoints.
pg_start() {
	if ! [ -x "$PGBIN/postgres" ]; then
		PG_WHY='postgresql-15 is missing (make bench-deps)'
		return 1
	elif ! who_make; then
		PG_WHY='root starts PostgreSQL as another'
		return 1
	fi
	PG_WHY='PostgreSQL does not start'
	install -d -o "$WHO" "$W/pg" "$W/pgrun"
	as_who "$PGBIN/initdb" -D "$W/pg" -A trust -U pauta >"$W/initdb.log" || return 1
	cat >>"$W/pg/postgresql.conf" <<-EOF
	listen_addresses = ''
	unix_socket_directories = '$W/pgrun'
	shared_buffers = 1GB
	max_wal_size = 4GB
	EOF
	as_who "$PGBIN/pg_ctl" -D "$W/pg" -w -l "$W/pgrun/log" start >/dev/null || return 1
	as_who psql -q -h "$W/pgrun" -U pauta -v cases="$CASES" -d postgres -f - \
	    <tests/bench/postgres.sql || return 1
	PG="pgbench -h $W/pgrun -U pauta -n -M prepared -c 64 -j 2 -D cases=$CASES"
}

# ---- phases ----

STORE_ROWS='E / F2|F2 / F1|E / PostgreSQL, a hash chain a case|E / PostgreSQL, one chain for all|E with 5 ms more a sync / E'
LATENCY_ROW='one session: step p50 / (echo + sync + F1 CPU)'
GROWTH_ROW='steps/s with many events / with few'
LOGIN_ROW='log-ins/s on one core, Pauta / sshd'
PSS_ROW='PSS of an idle session / sshd'
NOTES_ROWS='notes: adding and grouping one, many / few|notes: indexing one, many / few|notes: the list, many / few|notes: a row found by a rare word, many / few|notes: a search of common words, many / few'
SCREEN_ROW='PSS of a served screen, MB'
ROWS="$STORE_ROWS|$LATENCY_ROW|$GROWTH_ROW|$LOGIN_ROW|$PSS_ROW|$SCREEN_ROW|$NOTES_ROWS"

phase_store() {
	base
	office tape 4 20
	copy base f1 && copy base f2 && copy base e &&
	    copy base slow
	serve e LD_PRELOAD="$BUILD/tests/bench/slow.so" PAUTA_SYNCS="$W/e.syncs"
	e=$SERVER e_port=$PORT
	serve slow LD_PRELOAD="$BUILD/tests/bench/slow.so" PAUTA_SLOW_US=5000 \
	    PAUTA_SYNCS="$W/slow.syncs"
	slow=$SERVER slow_port=$PORT
	step='' chain=''
	if pg_start; then
		step="$PG -f tests/bench/step.sql postgres"
		chain="$PG -f tests/bench/chain.sql postgres"
	else
		echo "$PG_WHY" | missing 'E / PostgreSQL, a hash chain a case' \
		    'E / PostgreSQL, one chain for all'
	fi
	"$BENCH" rate "$W/f1" "$W/f2" "$W/tape" "$W/e" "$e_port" "$W/slow" \
	    "$slow_port" "$step" "$chain" $PEOPLE "$ROUNDS" "$S" | keep
	echo "E: fdatasyncs of the server $(syncs e); with 5 ms more $(syncs slow)"
	kill -9 "$(pgrep -P "$e" -x pautad | head -n 1)"
	stop "$e"
	stop "$slow"
	verify f2
	verify e	# its core was killed: nothing acknowledged is missing
	verify slow
	rm -rf "$W/f1" "$W/f2" "$W/e" "$W/slow" "$W/tape"
}

phase_latency() {
	office one 1 $((1500 + ROUNDS * 500))
	office small 4 20
	copy one f1
	serve one
	if sshd_start 0-63 one; then
		"$BENCH" latency "$W/one" "$PORT" "$W/one" "$SSHD_PORT" "$W/f1" \
		    "$W/small" "$ROUNDS" 1 | keep
		stop "$SSHD"
	else
		echo "$SSHD_WHY" | missing "$LATENCY_ROW"
	fi
	stop "$SERVER"
	rm -rf "$W/one" "$W/small" "$W/f1"
}

phase_growth() {
	office few $PEOPLE 4000
	office many $PEOPLE $(((MANY + 150000) / 25))
	"$BENCH" growth "$W/few" "$W/many" "$W/fresh" "$MANY" $((2 * ROUNDS)) |
	    keep
	[ "$MANY" -ge 1000000 ] || echo "growth: $MANY events, not 1,000,000"
	verify many
	rm -rf "$W/few" "$W/many" "$W/fresh"
}

# Servers on one core, clients on another.
phase_login() {
	base
	copy base e
	serve e
	for p in $SERVER $(pgrep -P "$SERVER"); do
		taskset -a -cp 0 "$p" >/dev/null
	done
	if [ "$(nproc)" -lt 2 ]; then
		echo 'two cores are needed' | missing "$LOGIN_ROW"
	elif sshd_start 0 base; then
		taskset -c 1 "$BENCH" login "$W/e" "$PORT" "$W/base" "$SSHD_PORT" \
		    "$ROUNDS" 1 | keep
		stop "$SSHD"
	else
		echo "$SSHD_WHY" | missing "$LOGIN_ROW"
	fi
	stop "$SERVER"
}

# pss NAMES PROCESS: KiB of PSS of it and all below it that are so called.
pss() {
	p_all=$2 p_next=$2 p_sum=0
	while [ -n "$p_next" ]; do
		p_next=$(for p in $p_next; do pgrep -P "$p"; done)
		p_all="$p_all $p_next"
	done
	for p in $p_all; do
		case " $1 " in
		*" $(cat "/proc/$p/comm" 2>/dev/null) "*)
			k=$(awk '/^Pss:/ { print $2 }' "/proc/$p/smaps_rollup" 2>/dev/null)
			p_sum=$((p_sum + ${k:-0}))
			;;
		esac
	done
	echo "$p_sum"
}

# hold DIR PORT WHAT SERVER NAMES: KiB a session of those processes, idle.
hold() {
	h_before=$(pss "$5" "$4")
	rm -f "$W/hold.in" "$W/hold.out"
	mkfifo "$W/hold.in"
	"$BENCH" hold "$1" "$2" "$HELD" "$3" <"$W/hold.in" >"$W/hold.out" &
	h=$!
	exec 9>"$W/hold.in"
	until_true grep -q held "$W/hold.out"
	h_after=$(pss "$5" "$4")
	echo >&9
	exec 9>&-
	wait $h
	echo $(((h_after - h_before) / HELD))
}

# at_most ROW VALUE LIMIT
at_most() {
	awk -v n="$1" -v v="$2" -v l="$3" 'BEGIN {
	    printf "%-52s %.3f  target at most %g: %s\n", n, v, l,
	    v <= l ? "met" : "missed" }' | keep
}

phase_pss() {
	rm -rf "$W/e"
	office e $HELD $HELD		# each with one case: a list of a hundred
	serve e
	ours=$(hold "$W/e" "$PORT" pauta "$SERVER" 'pautad pauta-session')
	screen=$(hold "$W/e" "$PORT" shell "$SERVER" pauta-screen)
	stop "$SERVER"
	echo "PSS a session: $ours KiB; a served screen on top: $screen KiB"
	at_most "$SCREEN_ROW" "$(echo "$screen" | awk '{ print $1 / 1024 }')" 0.5
	if sshd_start 0-63 e; then
		theirs=$(hold "$W/e" "$SSHD_PORT" echo "$SSHD" sshd)
		stop "$SSHD"
		echo "PSS a session of sshd: $theirs KiB, without what it starts"
		at_most "$PSS_ROW" "$(echo "$ours $theirs" | awk '{ print $1 / $2 }')" 0.25
	else
		echo "$SSHD_WHY" | missing "$PSS_ROW"
	fi
}

phase_notes() {
	office notes 1 0
	"$BENCH" notes "$W/notes" 1000 "$NOTES" | keep
	[ "$NOTES" -ge 100000 ] || echo "notes: $NOTES, not 100,000"
	verify notes
	rm -rf "$W/notes"
}

phase_files() {
	BUILD=$BUILD sh tests/bench/sftp.sh
}

# ---- the table ----

table() {
	echo
	echo "== results: a ratio each, the median of $ROUNDS rounds (least-most)"
	echo "$ROWS" | tr '|' '\n' | while read -r row; do
		grep -F "$row " "$W/out" | grep ' target ' | tail -n 1 | grep . ||
		    printf '%-52s %s\n' "$row" "$(
			awk -F'|' -v r="$row" '$1 == r { w = $2 }
			    END { print w == "" ? "not measured: see above" : w }' \
			    "$W/rows")"
	done
	echo "load now: $(cut -d' ' -f1-3 /proc/loadavg); $(nproc) cores"
}

: >"$W/rows"
: >"$W/out"
[ $# -gt 0 ] || set -- store latency growth login pss notes files
date -u '+%FT%TZ'
for phase; do
	echo "== $phase (load $(cut -d' ' -f1-3 /proc/loadavg))"
	"phase_$phase"
done
table
