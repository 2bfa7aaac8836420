#!/bin/sh
# SPDX-License-Identifier: ISC
# one.sh FOLDER COMMAND - run one test program; its TAP goes to FOLDER/NAME.tap,
# what passed and failed to NAME.sum, what failed and why to standard output.
name=$(basename "${2%% *}")
tap=$1/$name.tap
limit=600				# seconds; a test that hangs has failed

case $name in
*.t|*.sh) shell=sh ;;
*) shell= ;;
esac
began=$(date +%s)
# The command is words, one of them a pattern: the shell splits it.
# shellcheck disable=SC2086
timeout -k 5 $limit $shell $2 >"$tap" 2>"$1/$name.err" </dev/null
status=$?

awk -v name="$name" -v status=$status -v took=$(($(date +%s) - began)) '
function fail(line) {
	printf "not ok - %s: %s\n", name, line
	failed++
}
/^ok /      { passed += !/# SKIP/; ran++; quiet = 1 }
/^not ok /  { sub(/^not ok [0-9]+ - /, ""); fail($0); ran++; quiet = 0; next }
/^1\.\.[0-9]+/ { planned += substr($1, 4); plans++; quiet = 1 }
/^Bail out/ { fail($0) }
/^#/ && !quiet { print "    " $0 }
END {
	if (plans == 0 || ran != planned)
		fail("said " ran + 0 " of " planned + 0 " tests")
	else if (status != 0 && failed == 0)
		fail(status == 124 ? "took too long" : "ended with " status)
	printf "%-7s %s: %d in %d s\n", failed ? "FAILED" : "ok", name, passed, took
	print passed + 0, failed + 0 >sum
	exit failed > 0
}' sum="$1/$name.sum" "$tap" || tail -n 60 "$1/$name.err"
exit 0
