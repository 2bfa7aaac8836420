#!/bin/sh
# SPDX-License-Identifier: ISC
# Rows of the record changed behind its back, one change at a time, each undone
# after the look: verification finds every one (tests/unit/tamper_test.c, which
# has the control too).  Some 10,000 looks at 100,000 events are an hour of one
# processor.
#
#   tamper.sh [CHANGES [EVENTS]]   2,000 of 5,000 by default; SEED=n repeats
. "$(dirname "$0")/lib.sh"
CHANGES=${1:-2000}
EVENTS=${2:-5000}
PROGRAM=$BUILD/tests/tamper_test
make -C "$ROOT" -s SAN=0 BUILD="${BUILD#"$ROOT"/}" "${PROGRAM#"$ROOT"/}" \
    >"$W/make.log" 2>&1 || {
	cat "$W/make.log" >&2
	exit 1
}
echo "# seed $SEED"

# Its figures stand on lines of their own: "what: N found of N".
found() {
	CHANGES=$CHANGES EVENTS=$EVENTS SEED=$SEED TMPDIR=$W "$PROGRAM" \
	    >"$W/out" 2>&1
	status=$?
	sed -n '/found of\|^verified\|not found\|error:/s/^/# /p' "$W/out"
	return $status
}
ok "each of $CHANGES changes of $EVENTS events is found" found
torture_end
