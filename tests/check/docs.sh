#!/bin/sh
# SPDX-License-Identifier: ISC
# docs.sh - what has a page has a meaning, and the reverse: the verbs of the
# command table, docs/api.md and pauta(1), the words of pautad and its manual
# page, the keywords of pautad.conf, the targets of the Makefile.
cd "$(dirname "$0")/../.." || exit 1
T=$(mktemp -d "${TMPDIR:-/tmp}/pauta-docs.XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
faults=0

# The same words in both files, or say which are alone.
same() {
	sort -u "$T/$1" >"$T/a"
	sort -u "$T/$2" >"$T/b"
	comm -23 "$T/a" "$T/b" | sed "s/^/in $1, not in $2: /" >"$T/alone"
	comm -13 "$T/a" "$T/b" | sed "s/^/in $2, not in $1: /" >>"$T/alone"
	[ ! -s "$T/alone" ] || { cat "$T/alone"; faults=1; }
}

# Verbs that people may say (P, B); the operator's are pautad's business.
sed -n 's/^{ "\([a-z-]*\)", "[a-z-]*", [PB],.*/\1/p' server/core/command.c \
    >"$T/command.c"
sed -n 's/^| \(`.*`\).*/\1/p' docs/api.md | cut -d'|' -f1 |
    grep -o '`[a-z][a-z-]*[ `]' | tr -d '` ' >"$T/api.md"
same command.c api.md

# pauta(1) has them with their arguments.
sed -n 's/^{ "\([a-z-]*\)", "[a-z-]*", [PB], [a-z]*, [0-9]*, [0-9]*, [A-Z_0 |]*, "\(.*\)", cmd_.*/\1 \2/p' \
    server/core/command.c | sed 's/…/.../g; s/ *$//' >"$T/usage"
sed -n 's/^\.It Cm \([a-z-]*\) Ar "\(.*\)"$/\1 \2/p
    s/^\.It Cm \([a-z-]*\)$/\1/p' docs/pauta.1 >"$T/pauta.1"
same usage pauta.1

if [ -f docs/pautad.8 ]; then
	awk -F'"' '/^{ "/ && /main_/ { print $2 ($4 ~ /^[a-z]+$/ ? " " $4 : "") }' \
	    server/main.c >"$T/main.c"
	while read -r words; do
		sed 's/^\.[A-Z][a-z] //; s/ Cm / /g' docs/pautad.8 |
		    grep -q "^$words\( \|\$\)" || {
			echo "docs/pautad.8 does not tell of: $words"
			faults=1
		}
	done <"$T/main.c"
	sed -n 's/^{ "\([a-z_]*\)", CONF_.*/\1/p' server/conf.c >"$T/conf.c"
	while read -r keyword; do
		grep -q "^\.It Cm $keyword" docs/pautad.8 || {
			echo "docs/pautad.8 does not tell of: $keyword"
			faults=1
		}
	done <"$T/conf.c"
fi

sed -n 's/^#: make \([a-z]*\).*/\1/p' Makefile >"$T/help"
while read -r target; do
	cat Makefile tests/*/*.mk | grep -q "^$target:" || [ -z "$target" ] || {
		echo "make help tells of a target that is not: $target"
		faults=1
	}
done <"$T/help"

# Does FILE show this screen?  Hours are of the day.
shows() {
	sed 's/[0-9][0-9]:[0-9][0-9]/HH:MM/g' "$1" |
	    awk 'NR == FNR { want[++k] = $0; if ($0 != "") n = k; next }
	    { got = $0 == want[got + 1] ? got + 1 : $0 == want[1] }
	    got == n { found = 1; exit }
	    END { exit !found }' "$2" - || {
		echo "$1 does not show $2"
		faults=1
	}
}

# Pictures of the manual are those that the tests saw, all of them; monitor.t's
# is only a test's.  README has the first.
for screen in tests/e2e/screens/*.txt; do
	[ "$screen" = tests/e2e/screens/monitor.txt ] ||
	    shows docs/manual.es.md "$screen"
done
shows README.md tests/e2e/screens/inbox.txt
seen=$(find tests/e2e/screens -name '*.txt' ! -name monitor.txt | wc -l)
[ "$(grep -c '^ PAUTA ' docs/manual.es.md)" -eq "$seen" ] || {
	echo 'docs/manual.es.md has pictures that no test saw'
	faults=1
}

exit $faults
