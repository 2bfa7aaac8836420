#!/bin/sh
# SPDX-License-Identifier: ISC
# check.sh - everything: what `make check` and .ci/run do.  The last line is
# `N passed, N failed`; the exit status is 0 when nothing failed.
#
# Every test program speaks TAP.  Two run at a time, each with its output in a
# file of its own, and one.sh counts: a crash, a silence or a short plan fails.
cd -P "$(dirname "$0")/.." || exit 1
BUILD=$PWD/${BUILD:-build/san}
OUT=$BUILD/check
UBSAN_OPTIONS=print_stacktrace=1
CMOCKA_MESSAGE_OUTPUT=TAP
LC_ALL=C.UTF-8
export BUILD UBSAN_OPTIONS CMOCKA_MESSAGE_OUTPUT LC_ALL
unset TMUX

stop() {
	echo "0 passed, 1 failed"
	exit 1
}

# One command a line: long ones first, so that none is left to run alone.
programs() {
	ls tests/e2e/torture-*.t tests/e2e/procedure-*.t tests/bench/budget.t
	for t in tests/e2e/*.t; do
		case $t in
		*/torture-*|*/procedure-*) ;;
		*) echo "$t" ;;
		esac
	done
	echo tests/check/lint.sh
	echo "$BUILD/tests/scenarios-run server/procedures/institution.yaml \
	    server/procedures/63-*.yaml"
	for t in tests/fuzz/corpus/*; do
		echo "$BUILD/tests/fuzz-${t##*/}" "$t"/*
	done
	for t in tests/screen/*_test.c tests/unit/*_test.c; do
		t=${t##*/}
		echo "$BUILD/tests/${t%.c}"
	done
}

# What is still running out of this tree, though its test is over.
left_behind() {
	for p in /proc/[0-9]*; do
		if [ "${p#/proc/}" != $$ ] &&
		    { readlink "$p/exe" && tr '\0' ' ' <"$p/cmdline"; } 2>/dev/null |
			grep -qF -e "$BUILD/" -e "$PWD/tests/"; then
			echo "${p#/proc/}"
		fi
	done
}

# A process and all below it.
family() {
	# shellcheck disable=SC2013
	for p in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		family "$p"
	done
	echo "$1"
}
# shellcheck disable=SC2046
trap 'kill $(family $!) 2>/dev/null; stop' INT TERM HUP

sh tests/deps.sh || stop
make --no-print-directory -j2 SAN=1 BUILD="${BUILD#"$PWD/"}" all tests || stop
make --no-print-directory -j2 BUILD=build/torture all torture-programs bench-programs >/dev/null || stop
rm -rf "$OUT"
mkdir -p "$OUT"

programs >"$OUT/programs"
xargs -P 2 -I '{}' sh tests/check/one.sh "$OUT" '{}' <"$OUT/programs" &
wait $!

# A program without a sum never ran, or took its runner with it.
while read -r command; do
	name=$(basename "${command%% *}")
	[ -s "$OUT/$name.sum" ] || {
		echo "not ok - $name: did not run to its end"
		echo 0 1 >"$OUT/$name.sum"
	}
done <"$OUT/programs"

left=$(left_behind)
if [ -z "$left" ]; then
	echo 1 0 >"$OUT/processes.sum"
else
	echo 0 1 >"$OUT/processes.sum"
	for p in $left; do
		echo "left behind: $p $(tr '\0' ' ' <"/proc/$p/cmdline")"
		kill -9 "$p"
	done
fi

cat "$OUT"/*.sum | awk '
	{ passed += $1; failed += $2 }
	END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }'
