#!/bin/sh
# SPDX-License-Identifier: ISC
# `make torture`: each part at its full length, one after another, and at the
# end a line each with what it counted.
#
#   SEED=n       repeats a run
#   PERCENT=n    of the length: 100 by default, hours; 2 is a few minutes
#   PARTS=...    only these: crash kill9 grown linear faults tamper sftp modes
#
# A part alone is its script: `SEED=n sh tests/torture/linear.sh 1000`.
. "$(dirname "$0")/lib.sh"
HERE=$(cd "$(dirname "$0")" && pwd)
PERCENT=${PERCENT:-100}
PARTS=${PARTS:-crash kill9 grown linear faults tamper sftp modes}
export SEED

# So much of the length, and never nothing.
share() { echo $((($1 * PERCENT + 99) / 100)); }
part() {		# NAME SCRIPT LENGTH MORE...
	p_name=$1
	p_script=$2
	p_length=$(share "$3")
	shift 3
	case " $PARTS " in *" $p_name "*) ;; *) return ;; esac
	echo "# $p_name: $p_script $p_length $*"
	p_began=$(date +%s)
	sh "$HERE/$p_script" "$p_length" "$@" | tee "$W/part"
	awk -v name="$p_name" -v length_="$p_length" \
	    -v took=$(($(date +%s) - p_began)) '
		/^ok /     { passed++ }
		/^not ok / { failed++ }
		/^1\.\./   { whole = 1 }
		END {
			printf "%s %d: %d passed, %d failed%s, %d s\n", name,
			    length_, passed, failed, whole ? "" : \
			    ", did not end", took
		}' "$W/part" >>"$W/all"
}
echo "# seed $SEED, $PERCENT %"
: >"$W/all"
part crash crash.sh 10000		# images of cut power
part kill9 kill9.sh 1000		# kills under twenty people
part grown kill9.sh 20 100000		# the same over 100,000 events
part linear linear.sh 1000		# races for one decision
part faults faults.sh 200		# places where memory ends
part tamper tamper.sh 10000 100000	# changes of that many events
part sftp sftp.sh 500			# uploads that are killed
part modes modes.sh 12			# scenarios of each procedure, three ways
cat "$W/all"
[ -s "$W/all" ] && ! grep -qv ' [1-9][0-9]* passed, 0 failed, [0-9]* s$' "$W/all"
