#!/bin/sh
# SPDX-License-Identifier: ISC
# What pauta-render may have of memory is enough, whatever its libraries' threads
# do at the same time.  Only a release is held to addresses (confine_memory()),
# so this one is asked, with less than it has, many times.
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
RENDER=$PWD/build/torture/pauta-render
[ -x "$RENDER" ] || { echo "Bail out! make BUILD=build/torture all"; exit 1; }
W=$(mktemp -d "${TMPDIR:-/tmp}/pauta-render.XXXXXX") || exit 1
trap 'rm -rf "$W"' EXIT
trap 'exit 1' INT TERM HUP

# page KIB: one page, by a process with so many addresses.
page() {
	prlimit --as=$(($1 * 1024)) "$RENDER" sintesis 0 <"$W/job" \
	    1<>"$W/page.pdf"
}
always() {
	for a_try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		page "$1" || { echo "try $a_try"; return 1; }
	done
}
never() { ! page "$1"; }

printf '{"title":"HOJA","sections":[]}' >"$W/job"
t 'twenty pages in two thirds of its memory' always 180000
t 'none in a tenth' never 26000
tests_end
