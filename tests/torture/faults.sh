#!/bin/sh
# SPDX-License-Identifier: ISC
# A disk that is full, fails or is slow; no descriptors, no memory.  A core
# that answers before it has committed must be caught by the same faults.
#
#   faults.sh [MEMORY-FAULTS]      10 by default; SEED=n is printed
. "$(dirname "$0")/lib.sh"
torture_build
echo "# seed $SEED"

office() {		# BUILD MEMORY-FAULTS
	rm -rf "$W/office" "$W/people"
	mkdir "$W/people"
	"$BUILD/pautad" init --demo --dir "$W/office" >"$W/init.out" || return 2
	"$T/faults" "$1" "$T/inject.so" "$W/office" "$W/people" "$SEED" "$2" \
	    >"$W/out"
	status=$?
	[ -z "$KEEP" ] || cp -r "$W/people" "$W/out" "$KEEP"
	return $status
}
relay() {
	sed -n '/^#/p; /^Bail/s/^/# /p' "$W/out"
	sed -n 's/^ok [0-9]* - //p' "$W/out" >"$W/good"
	sed -n 's/^not ok [0-9]* - //p' "$W/out" >"$W/bad"
	while read -r r_name; do ok "$r_name" true; done <"$W/good"
	while read -r r_name; do ok "$r_name" false; done <"$W/bad"
}
ends_well() { office "$BUILD" "$1"; }
verifies() { "$BUILD/pautad" verify --dir "$W/office" --rebuild >"$W/v" 2>&1; }
early_is_caught() {
	office "$T/early" 1
	sed -n 's/^not ok [0-9]*/# control:/p' "$W/out"
	grep -q '^not ok .*ENOSPC: refused' "$W/out" &&
	    grep -q '^not ok .*EIO on fdatasync: never' "$W/out"
}

ok 'every fault was survived' ends_well "${1:-10}"
relay
ok 'the record verifies, and its views follow' verifies
ok 'a core that answers before the commit is caught' early_is_caught
torture_end
