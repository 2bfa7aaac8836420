#!/bin/sh
# SPDX-License-Identifier: ISC
# Power cuts: a real core works in a folder while every write, sync and rename
# is written down; then the disk is put together as a cut at any point could
# have left it, and the record is asked whether all that was acknowledged is
# there, once, with the bytes of what was attached.  Five broken builds must
# be caught.
#
#   crash.sh [IMAGES]      500 by default; SEED=n repeats a run
. "$(dirname "$0")/lib.sh"
IMAGES=${1:-500}
EACH=50
torture_build
echo "# seed $SEED"

record() {		# PROGRAM SEED TURNS
	rm -rf "$W/folder" "$W/log"
	mkdir "$W/folder"
	LD_PRELOAD=$T/record.so PAUTA_RECORD_LOG=$W/log \
	    PAUTA_RECORD_UNDER=$W/folder PAUTA_RECORD_MARKS=9 \
	    "$T/$1" "$W/folder" "$2" "$3" "$ROOT/server" 9>/dev/null \
	    2>"$W/drive.err" || {
		cat "$W/drive.err" >&2
		exit 1
	}
}

# How long the office works before it is cut, from run to run.
turns() { set -- 0 40 120 10 80; shift $(($TURN % 5)); echo "$1"; }

# Images of one program until IMAGES are made or, with a second word, until
# one is bad.  The sums of all figures in $W/sum.
images() {		# PROGRAM [--until-caught]
	: >"$W/figures"
	TURN=0
	left=$IMAGES
	while [ "$left" -gt 0 ]; do
		record "$1" $((SEED + TURN)) "$(turns)"
		# shellcheck disable=SC2086
		"$T/crash-replay" "$W/log" $EACH $((SEED + TURN)) "$W/image" $2 \
		    >"$W/out"
		status=$?
		grep '^#' "$W/out"
		grep '^images=' "$W/out" >>"$W/figures"
		left=$((left - EACH))
		TURN=$((TURN + 1))
		[ $status -le 1 ] || exit 1
		[ -z "$2" ] || [ $status -eq 0 ] || break
	done
	awk '{ for (i = 1; i <= NF; i++) { split($i, a, "="); n[a[1]] += a[2];
	    if (NR == 1) order[i] = a[1] } }
	    END { for (i = 1; i in order; i++)
		printf "%s=%d ", order[i], n[order[i]]; print "" }' \
	    "$W/figures" >"$W/sum"
}
figure() { sed -n "s/.*$1=\([0-9]*\).*/\1/p" "$W/sum"; }

nothing_is_lost() {
	images crash-drive
	echo "# $(cat "$W/sum")"
	[ "$(figure good)" -eq "$(figure images)" ]
}
# Else the recorder was passed by, and every image would be good.
every_commit_was_synced() { [ "$(figure syncs)" -ge "$(figure commits)" ]; }
caught() {
	images "$1" --until-caught
	echo "# control $1: $(cat "$W/sum")"
	[ "$(figure good)" -lt "$(figure images)" ]
}

ok "no acknowledged operation lost in $IMAGES power cuts" nothing_is_lost
ok 'each commit was synced before its answers left' every_commit_was_synced
IMAGES=500
ok 'a build with synchronous=NORMAL is caught' caught crash-drive-normal
ok 'a build that answers before the commit is caught' caught crash-drive-ack
ok 'a build that does not sync the folder is caught' caught crash-drive-folder
ok 'nor the folder of an attachment' caught crash-drive-blob
ok 'nor its bytes' caught crash-drive-keep
torture_end
