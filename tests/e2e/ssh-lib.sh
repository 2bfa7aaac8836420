# SPDX-License-Identifier: ISC
# ssh-lib.sh - the door by itself: pauta-session with a stand-in core, real ssh.
# shellcheck shell=sh
#
#   door_start [FLAGS]   people ana and bruno, keys in $D/KEY, port in $PORT
#   as LOGIN [ARGS]      ssh with that person's key
#
# t, tests_end, until_true: tests/tap.sh.
HERE=${HERE:-$(cd "$(dirname "$0")" && pwd)}
BUILD=${BUILD:-$HERE/../../build/san}
D=$(mktemp -d /tmp/pauta-door.XXXXXX)
CORE=
DOOR=
. "$HERE/../tap.sh"

door_end() {
	[ -z "$DOOR" ] || kill "$DOOR" 2>/dev/null
	[ -z "$CORE" ] || kill "$CORE" 2>/dev/null
	[ -n "$KEEP" ] || rm -rf "$D" "$TAP"
}
trap door_end EXIT
trap 'exit 1' INT TERM

core_start() {
	python3 "$HERE/ssh/fakecore.py" "$D" 2>"$D/core.log" &
	CORE=$!
	until_true test -S "$D/run/session.sock"
}

core_kill() {
	kill -9 "$CORE"
	wait "$CORE" 2>/dev/null
	CORE=
	rm -f "$D/run/session.sock"
}

# Each person's key; "eva" has one that the core does not know.
people_make() {
	: >"$D/people"
	for who in ana bruno eva; do
		ssh-keygen -q -t ed25519 -N '' -C "$who" -f "$D/$who"
	done
	for who in ana bruno; do
		echo "$who $(cut -d' ' -f2 "$D/$who.pub")" >>"$D/people"
	done
}

door_start() {
	mkdir -p "$D/run"
	people_make
	"$BUILD/pauta-session" --make-key "$D/ssh_host_ed25519_key" \
	    >"$D/fingerprint"
	core_start
	door_open "$@"
}

door_open() {
	rm -f "$D/port"
	python3 "$HERE/ssh/listen.py" "$D/port" "$BUILD/pauta-session" \
	    --listen-fd @ --dir "$D" --pauta "${PAUTA:-$HERE/ssh/fakepauta}" \
	    "$@" 2>>"$D/door.log" &
	DOOR=$!
	until_true test -s "$D/port"
	PORT=$(cat "$D/port")
	echo "[127.0.0.1]:$PORT $(cut -d' ' -f1,2 "$D/ssh_host_ed25519_key.pub")" \
	    >"$D/known_hosts"
}

# ssh as a person with a key file: pass FLAGS... without the host.
ssh_as() {
	s_login=$1 s_key=$2
	shift 2
	${EXEC:-} ssh -F none -p "$PORT" -i "$D/$s_key" -o IdentitiesOnly=yes \
	    -o IdentityAgent=none -o BatchMode=yes -o StrictHostKeyChecking=yes \
	    -o UserKnownHostsFile="$D/known_hosts" -o LogLevel="${LOGLEVEL:-ERROR}" \
	    -l "$s_login" "$@"
}

as() {
	a_who=$1
	shift
	ssh_as "$a_who" "$a_who" 127.0.0.1 "$@"
}

# The exit status of a command is this.
status_is() {
	st_want=$1
	shift
	"$@"
	st_got=$?
	[ "$st_got" -eq "$st_want" ] || {
		echo "status $st_got, wanted $st_want"
		return 1
	}
}

log_has() { grep -q -- "$1" "$D/door.log"; }
