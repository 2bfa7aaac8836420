#!/bin/sh
# SPDX-License-Identifier: ISC
# pauta --volcar: the screen that a person finds, as text, is the one that a
# terminal shows.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && server_start && screen_open a jefa &&
	    sees a 'Actualizado'
}
dumps() {
	"$BUILD/pauta" --volcar -p "$PORT" -i "$O/keys/jefa" \
	    --known-hosts "$W/known_hosts" jefa@127.0.0.1 >"$W/text" </dev/null
}
has_rows() { [ "$(wc -l <"$W/text")" -eq 25 ]; }
# Rows without what ends them, and where the cursor is.
as_shown() {
	screen_text a | sed 's/ *$//' >"$W/shown"
	tm display-message -p -t a '#{cursor_y} #{cursor_x}' >>"$W/shown"
	sed 's/ *$//' "$W/text" | diff - "$W/shown"
}
comes_back() {
	keys a Enter && sees a 'Aprobaciones' && keys a F9 &&
	    sees a 'Historial' && until_true dumps_there
}
dumps_there() { dumps && grep -q 'De vuelta en' "$W/text"; }
refuses() {
	"$BUILD/pauta" --volcar -p 1 -i "$O/keys/jefa" \
	    --known-hosts "$W/known_hosts" jefa@127.0.0.1 >"$W/text" \
	    2>"$W/err" </dev/null && return 1
	[ ! -s "$W/text" ] && [ -s "$W/err" ]
}

t 'a screen comes up' begin
t 'it is printed' dumps
t 'in so many rows, and the cursor' has_rows
t 'as it is shown' as_shown
t 'and wherever the person is' comes_back
t 'without a server there is a sentence' refuses
office_done
