#!/bin/sh
# SPDX-License-Identifier: ISC
# Ten people race for the same decisions, with kills of the core: one history
# for each case must explain what all were told.  A core that does not compare
# revisions must be caught within a minute.
#
#   linear.sh [HISTORIES]      50 by default; SEED=n repeats the draw
. "$(dirname "$0")/lib.sh"
torture_build
echo "# seed $SEED"

office() {
	rm -rf "$W/office"
	"$BUILD/pautad" init --demo --dir "$W/office" >"$W/init.out" || return
	for o_login in jefb jefc; do
		ssh-keygen -q -t ed25519 -N '' -f "$W/office/keys/$o_login" &&
		    "$BUILD/pautad" user add --dir "$W/office" $o_login \
			--name $o_login --role head_of_unit \
			--key "$W/office/keys/$o_login.pub" >"$W/init.out" ||
		    return
	done
}
one_order() {		# HISTORIES
	office || return
	"$T/linear" "$BUILD" "$W/office" "$W/log" "$1" "$SEED" >"$W/out"
	status=$?
	sed 's/^[^#]/# &/' "$W/out"
	return $status
}
views_follow() {
	"$BUILD/pautad" verify --dir "$W/office" --rebuild >"$W/out"
	status=$?
	sed 's/^/# /' "$W/out"
	return $status
}
caught() {		# MUTANT
	office || return
	"$T/linear" "$T/$1" "$W/office" "$W/log" 1000 "$SEED" --until-caught \
	    >"$W/out"
	status=$?
	sed -n 's/^# \(histories\|after\|no order\)/# control: \1/p' "$W/out"
	[ $status -eq 1 ]
}

ok "one order explains each of ${1:-50} histories" one_order "${1:-50}"
ok 'the record they left verifies, and its views follow' views_follow
ok 'a core that does not compare revisions is caught in 60 s' caught cas
torture_end
