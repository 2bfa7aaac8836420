#!/bin/sh
# SPDX-License-Identifier: ISC
# Attachments at length: so many uploads are killed and 2 GiB that are mostly a
# hole are cut; 5,000 small files go in by one sftp, as many to a field as it
# holds; with them what else tests/e2e/sftp.t asks.  Then a core with which a
# file that is coming in has a name among those kept must be caught by the kills.
#
#   sftp.sh [KILLS]      500 by default; SEED=n repeats the draw
. "$(dirname "$0")/lib.sh"
KILLS=${1:-500}
E2E=$ROOT/tests/e2e
TMPDIR=${TMPDIR:-/var/tmp}		# not in memory: 2 GiB, three times
export TMPDIR SEED
torture_build
echo "# seed $SEED"

# What such a script says, numbered on.
relay() {
	grep '^#' "$W/out"
	sed -n 's/^ok [0-9]* - //p' "$W/out" >"$W/good"
	sed -n 's/^not ok [0-9]* - //p' "$W/out" >"$W/bad"
	while read -r r_name; do ok "$r_name" true; done <"$W/good"
	while read -r r_name; do ok "$r_name" false; done <"$W/bad"
}
ends() { grep -q '^1\.\.' "$W/out"; }
part_is_caught() {
	# Programs look for the definitions beside their folder.
	mkdir "$W/broken" && ln -s "$BUILD"/* "$W/broken" &&
	    ln -s "$ROOT/server" "$W/server" &&
	    cp --remove-destination "$T/part/pautad" "$W/broken" || return 1
	BUILD=$W/broken KILLS=10 SPARSE_MB=0 sh "$E2E/sftp-cut.t" >"$W/out" 2>&1
	sed -n 's/^not ok [0-9]* - /# control: /p' "$W/out"
	ends && grep -q '^not ok .*never half a file' "$W/out"
}

BUILD=$BUILD KILLS=$KILLS SPARSE_MB=${SPARSE_MB:-2048} \
    sh "$E2E/sftp-cut.t" >"$W/out" 2>&1
relay
ok 'the kills came to their end' ends
BUILD=$BUILD MANY=${MANY:-1000} CASES=${CASES:-5} sh "$E2E/sftp.t" \
    >"$W/out" 2>&1
relay
ok 'the files came to their end' ends
ok 'a core that keeps what is still coming is caught' part_is_caught
torture_end
