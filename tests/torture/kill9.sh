#!/bin/sh
# SPDX-License-Identifier: ISC
# kill -9 under twenty working people; then a core that answers before it has
# committed must be caught the same way.
#
#   kill9.sh [CYCLES [EVENTS]]   50 by default, a new office after each 50;
#                                SEED=n repeats the draw;
#                                EVENTS: let the record grow to that first
. "$(dirname "$0")/lib.sh"
CYCLES=${1:-50}
EVENTS=$2
EACH=50
torture_build
echo "# seed $SEED"

office() {		# BUILD CYCLES [EVENTS]
	rm -rf "$W/office" "$W/people"
	mkdir "$W/people"
	"$BUILD/pautad" init --demo --dir "$W/office" >"$W/init.out" || return 2
	# shellcheck disable=SC2086
	"$T/kill9" "$1" "$W/office" "$W/people" "$2" "$SEED" $3 >"$W/out"
	status=$?
	[ -z "$KEEP" ] || cp -r "$W/people" "$W/out" "$KEEP"
	return $status
}
# What the program says, numbered on.
relay() {
	sed -n '/^#/p; /^Bail/s/^/# /p' "$W/out"
	grep -E 'Assertion|ERROR: |runtime error|fatal' "$W/people/server.log" |
	    sed 's/^[^ ]* //; s/\[[0-9]*\]//' | sort | uniq -c | sort -rn |
	    head -n 9 | sed 's/^/# /'
	sed -n 's/^ok [0-9]* - //p' "$W/out" >"$W/good"
	sed -n 's/^not ok [0-9]* - //p' "$W/out" >"$W/bad"
	while read -r r_name; do ok "$r_name" true; done <"$W/good"
	while read -r r_name; do ok "$r_name" false; done <"$W/bad"
}
ends_well() { office "$BUILD" "$@"; }
early_is_caught() {
	office "$T/early" 30
	grep '^not ok .*I1' "$W/out" | sed 's/^not ok [0-9]*/# control:/'
	grep -q '^not ok .*I1' "$W/out"
}

left=$CYCLES
while [ "$left" -gt 0 ]; do
	some=$((left < EACH ? left : EACH))
	ok "$some kills, every one survived" ends_well "$some" "$EVENTS"
	relay
	left=$((left - some))
	SEED=$((SEED + 1))
done
ok 'a core that answers before the commit is caught' early_is_caught
torture_end
