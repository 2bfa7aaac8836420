#!/bin/sh
# SPDX-License-Identifier: ISC
# The screen that the server sends and the one of the native client are the
# same cells for the same keys.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && server_start && screen_open served jefa &&
	    screen_open native jefa native
}
# Letters, attributes and where the cursor is.  What ends at the end of a line
# may stand there or before the next one: tmux says it as it was drawn.
reset=$(printf '(\033\\[(0|39|49)m)*')
cells() {
	tm capture-pane -e -p -t "$1" | sed -E "s/^$reset//; s/$reset *\$//"
	tm display-message -p -t "$1" '#{cursor_x},#{cursor_y} #{cursor_flag}'
}
same() {
	cells served >"$W/served"
	cells native >"$W/native"
	cmp -s "$W/served" "$W/native"
}
# both TEXT KEY…: the keys are typed on both, which then show TEXT, and are one.
both() {
	b_text=$1
	shift
	if [ $# -gt 0 ]; then
		keys served "$@"
		keys native "$@"
	fi
	sees served "$b_text" && sees native "$b_text" || return 1
	until_true same || {
		diff "$W/served" "$W/native"
		return 1
	}
}
# neither TEXT KEY…: after the keys neither shows it.
neither() {
	n_text=$1
	shift
	keys served "$@"
	keys native "$@"
	loses served "$n_text" && loses native "$n_text" && both ''
}
sized() {
	for s_name in served native; do
		tm resize-window -t $s_name -x "$1" -y "$2"
	done
	both "$3"
}

# Keys that only look, in any order; F12 closes what they opened.  Both have had
# them all when a key that comes after them has been seen to work.
wander() {
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		n = split("Down Up PPage NPage Home End 1 2 3 4 o v F1 F9", k)
		for (i = 0; i < 12; i++) {
			for (j = 0; j < 4; j++)
				printf "%s ", k[int(rand() * n) + 1]
			print ""
		}
	}' >"$W/keys"
	while read -r keys; do
		# shellcheck disable=SC2086
		both ' Acciones ' $keys F12 F2 &&
		    neither ' Acciones ' Escape || {
			echo "seed $1: $keys"
			return 1
		}
	done <"$W/keys"
}

t 'both come up' begin
t 'the work list' both 'Actualizado'
t 'its help' both 'Explica esta pantalla' F1
t 'closed again' neither 'Explica esta pantalla' Escape
t 'the list of the area' both '[2 Área' 2
t 'one further down' both '> VID' Down Down Down
t 'the returned' both '[4 Devueltas' 4
t 'back to her own' both '[1 Mías' 1
t 'what waits for her decision' both 'Aprobaciones' Enter
t 'the next of them' both 'VID-2026-0004 D2:' Down
t 'a letter of approval asks for its remark' both 'Observación' d
t 'typed there' both 'Baje la' B a j e Space l a
t 'and dropped' neither 'Observación' Escape
t 'its history' both 'Historial' F9
t 'the list' both 'Bandeja' F3
t 'a new case' both 'Programar un video' F6
t 'left without one' both 'Bandeja' F12
t 'a search' both 'vacuna' b v a c u n a
t 'and its answer' both 'VID-2026-0002' Enter
t 'the list again' both 'Bandeja' F3
t 'a wide screen' sized 132 40 'Bandeja'
t 'a narrow one' sized 62 20 'Bandeja'
t 'one that is too small says so' sized 50 12 'Agrande'
t '80 by 24 again' sized 80 24 'Bandeja'
t 'fifty keys at random' wander 1
t 'fifty others' wander 2
t 'the record is whole' record_is_equal
office_done
