# SPDX-License-Identifier: ISC
# lib.sh - what the torture scripts share: where things are, TAP, seeds.
# shellcheck shell=sh
#
#   SEED    printed first; SEED=n in the environment repeats a run
#   T       the programs, built without sanitizers (make torture-programs)
#   W       a folder of this script's own, in memory when there is room
#   ok NAME COMMAND…    one TAP line; the figures it prints go before it
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${TORTURE_BUILD:-$ROOT/build/torture}
T=$BUILD/tests/torture
SEED=${SEED:-$(date +%s)}
TESTS=0
FAILED=0
W=$(mktemp -d /dev/shm/pauta-torture.XXXXXX 2>/dev/null ||
    mktemp -d "${TMPDIR:-/tmp}/pauta-torture.XXXXXX") || exit 1
trap 'rm -rf "$W"' EXIT
trap 'exit 1' INT TERM HUP

torture_build() {
	make -C "$ROOT" -s SAN=0 BUILD="${BUILD#"$ROOT"/}" all \
	    torture-programs >"$W/make.log" 2>&1 && return
	cat "$W/make.log" >&2
	exit 1
}

ok() {
	o_name=$1
	shift
	TESTS=$((TESTS + 1))
	if "$@"; then
		echo "ok $TESTS - $o_name"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TESTS - $o_name"
	fi
}

torture_end() {
	echo "1..$TESTS"
	exit $((FAILED > 0))
}
