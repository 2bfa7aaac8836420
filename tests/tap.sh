# SPDX-License-Identifier: ISC
# tap.sh - tests of the shell, as TAP.
# shellcheck shell=sh
#
#   t NAME COMMAND…        one test: passes when the command succeeds
#   tests_end              the plan; exits 1 when a test failed
#   until_true COMMAND…    try again for thirty seconds at most
TAP=$(mktemp "${TMPDIR:-/tmp}/pauta-tap.XXXXXX")
TESTS=0
FAILED=0

t() {
	t_name=$1
	shift
	TESTS=$((TESTS + 1))
	if "$@" >"$TAP" 2>&1; then
		echo "ok $TESTS - $t_name"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TESTS - $t_name"
		tail -n 60 "$TAP" | sed 's/^/# /'
	fi
}

tests_end() {
	rm -f "$TAP"
	echo "1..$TESTS"
	exit $((FAILED > 0))
}

now_ms() { date +%s%3N; }

until_true() {
	u_end=$(($(now_ms) + ${DEADLINE_MS:-30000}))
	while ! "$@" 2>/dev/null; do
		[ "$(now_ms)" -lt "$u_end" ] || return 1
	done
}
