#!/bin/sh
# SPDX-License-Identifier: ISC
# budget.t - what a step costs that does not depend on the neighbours: the
# instructions of the whole core, bytes of the log, syncs a commit, frames and
# bytes on the line.  tests/bench/budget has what it may cost; a step that
# costs more fails.  Each is tried on a step that does more than it must, too.
#
#   budget.t --keep     writes what it costs now into tests/bench/budget
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
BUILD=$PWD/build/torture		# no sanitizers: instructions are counted
BENCH=$BUILD/tests/bench/bench
KEPT=tests/bench/budget
PEOPLE=20
STEPS=220		# the eleven of a case, by each
LOGGED=1100		# of which the log is measured: where its pages split
			# shifts with any text that lies before
W=$(mktemp -d "${TMPDIR:-/tmp}/pauta-budget.XXXXXX") || exit 1
SERVER=
budget_end() {
	[ -z "$SERVER" ] || { kill "$SERVER" && wait "$SERVER"; }
	rm -rf "$W"
}
trap budget_end EXIT
trap 'exit 1' INT TERM HUP

# office DIR STEPS: with twice the cases that so many steps need.
office() {
	mkdir -m 700 "$1" &&
	    printf 'test_clock yes\ntest_now 2026-11-23T13:00:00Z\n' \
		>"$1/pautad.conf" &&
	    "$BUILD/pautad" init --dir "$1" >/dev/null &&
	    "$BENCH" prepare "$1" $PEOPLE $((2 * $2 / 11))
}
offices() { office "$W/base" $STEPS && office "$W/more" $LOGGED; }

# counted JOB: the figures of a step, of many in one process; its instructions
# under callgrind.  Only what queue_print() does is counted: opening the record
# is not a step.
counted() {
	rm -rf "$W/q"
	cp -a "$W/more" "$W/q"
	"$BENCH" "$1" "$W/q" $LOGGED $PEOPLE >"$W/$1" || return 1
	rm -rf "$W/q"
	cp -a "$W/base" "$W/q"
	valgrind -q --tool=callgrind --toggle-collect=queue_print \
	    --callgrind-out-file="$W/$1.cg" "$BENCH" "$1" "$W/q" $STEPS $PEOPLE \
	    >/dev/null || return 1
	awk -v n=$STEPS '$1 == "totals:" { printf "instructions %.0f\n", $2 / n }' \
	    "$W/$1.cg" >>"$W/$1"
}

serve() {
	cp -a "$W/base" "$W/served"
	"$BUILD/pautad" serve --dir "$W/served" --listen 127.0.0.1:0 \
	    >"$W/ready" 2>"$W/log" &
	SERVER=$!
	until_true grep -q '^ready ' "$W/ready"
	PORT=$(sed -n 's/^ready [^ ]*:\([0-9]*\) .*/\1/p' "$W/ready")
}
lined() { "$BENCH" "$1" "$W/served" "$PORT" 11 >"$W/$1"; }

# within FILE NAME: not above what was kept, by more than its percentage.
within() {
	awk -v name="$2" '
		NR == FNR { if ($1 == name) { most = $2 * (1 + $3 / 100); kept = $2 }; next }
		$1 == name { now = $2; seen++ }
		END {
			printf "%s: %s, kept %s\n", name, now, kept
			exit !(seen == 1 && kept > 0 && now <= most)
		}' $KEPT "$1"
}
beyond() { ! within "$@"; }

[ -x "$BENCH" ] || { echo "Bail out! make BUILD=build/torture bench-programs"; exit 1; }
t 'an office with work' offices
t 'its steps are counted' counted 'do'
t 'steps done badly are counted' counted do-waste
serve
t 'steps through the door' lined door
t 'with a question more each' lined door-waste
if [ "${1:-}" = --keep ]; then
	awk '
		NR == FNR { now[$1] = $2; next }
		$1 in now { $2 = now[$1] }
		{ print }' "$W/do" $KEPT | awk '
		NR == FNR { now[$1] = $2; next }
		$1 in now { $2 = now[$1] }
		{ print }' "$W/door" - >"$W/kept" && cp "$W/kept" $KEPT
	exit
fi
for n in instructions wal_bytes syncs_per_commit; do
	t "$n of a step" within "$W/do" $n
	t "$n of one done badly are found" beyond "$W/do-waste" $n
done
for n in frames_in bytes_in bytes_out; do
	t "$n of a step" within "$W/door" $n
	t "$n of one with a question more are found" beyond "$W/door-waste" $n
done
sed 's/^/# /' "$W/do" "$W/door"
tests_end
