#!/bin/sh
# SPDX-License-Identifier: ISC
# witness.t - what the client remembers of a server: a record that was put
# back, or rewritten and signed again with the office's own key, is announced
# to whoever enters, and nothing is decided on it until the person accepts.
. "$(dirname "$0")/lib.sh"

# A checkpoint of this moment.
seals() { rm -f "$W/b.tar"; pautad backup --dir "$O" --to "$W/b.tar"; }
seen() { echo "$W/pauta/127.0.0.1:$PORT"; }
seen_n() { sed -n 's/^n: //p' "$(seen)"; }
is_seen() { [ "$(seen_n)" -ge "$1" ]; }
enters() {
	screen_open "$1" jefa native && sees "$1" 'Bandeja de tareas' &&
	    until_true is_seen "$2"
}
agrees() { pautad verify --dir "$O" --witness "$(seen)"; }
disagrees() {
	! pautad verify --dir "$O" --witness "$(seen)" >"$W/said" 2>&1 ||
		return 1
	cat "$W/said"
	grep -q "$1" "$W/said"
}
events_are() { [ "$(acts_count)" -eq "$1" ]; }

# The record as it is, kept; and put back by somebody who knows where the
# server's own witness is.
keeps() {
	server_stop
	rm -rf "${W:?}/$1"
	mkdir "$W/$1" && cp "$O"/pauta.db* "$W/$1"
	server_start
}
puts_back() {
	server_stop
	rm -f "$O"/pauta.db* "$O/witness"
	cp "$W/$1"/pauta.db* "$O" && server_start
}

begin() {
	office_make && person_add jefa head_of_unit &&
	    person_add difu dissemination_officer && server_start &&
	    presents Uno && seals
}
remembers() {
	enters a 1 && screen_close a && [ "$(stat -c %a "$(seen)")" = 600 ] &&
	    agrees
}
goes_on() {
	keeps early && N=$(seen_n) && presents Dos && seals &&
	    enters b $((N + 1)) && screen_close b && agrees && keeps late
}
announced() {
	screen_open "$1" jefa native
	sees "$1" 'EL REGISTRO NO ES EL DE LA' "$2" 'escriba ACEPTO'
}
# What waits for jefa is opened, and decided.
tries() {
	keys "$1" Escape
	loses "$1" 'escriba ACEPTO' && keys "$1" Enter &&
	    sees "$1" ': primera ronda' && keys "$1" a
}
rolled_back() {
	puts_back early && announced "$1" 'más corto' &&
	    disagrees 'anterior al'
}
not_decided() {
	N=$(acts_count)
	tries c && sees c 'escriba ACEPTO' && events_are "$N"
}
other_word() {
	types c bueno
	keys c Enter
	sees c 'No se aceptó' && screen_close c
}
accepted() {
	announced d 'más corto' || return 1
	types d Acepto
	keys d Enter
	sees d 'ya se puede decidir' || return 1
	keys d Enter
	sees d ': primera ronda' && keys d a && sees d ' aprobada' &&
	    screen_close d && agrees
}
evidence() { ls "$W/pauta" && grep -l '^checkpoint: 1' "$(seen)".[0-9]*; }

# Other events, more than there were, signed with the same key.
rewritten() {
	puts_back late && enters_anew || return 1
	puts_back early && presents Falso && presents Falsa && seals &&
	    [ "$(pautad verify --dir "$O" --json | jq .events)" -gt "$N" ] &&
	    pautad verify --dir "$O" --rebuild && disagrees reescrito
}
enters_anew() {
	rm -f "$(seen)"
	enters e 1 && screen_close e && N=$(seen_n)
}
by_lines() {
	says 0 jefa bandeja || return 1
	F=$(jq -r '.tasks[0].folio' "$W/doc")
	printf '%s' "$1" | env -i HOME="$W" LC_ALL=C.UTF-8 \
	    "$BUILD/pauta" -p "$PORT" -i "$O/keys/jefa" --lineal \
	    --known-hosts "$W/known_hosts" jefa@127.0.0.1 >"$W/said" 2>&1
	cat "$W/said"
}
lines_refuse() {
	by_lines '1
1
no
.
'
	grep -q 'fue cambiado' "$W/said" && ! grep -q Hecho "$W/said"
}
lines_accept() {
	by_lines '1
1
acepto
.
'
	grep -q Hecho "$W/said" && agrees
}
unreadable() {
	echo nada >"$(seen)"
	announced f 'No se puede leer el sello' && screen_close f
}

t 'an office at work' begin
t 'the client remembers what it saw, for itself alone' remembers
t 'it follows the record as it grows' goes_on
t 'a record that was put back is announced' rolled_back c
t 'it is read, and not decided' not_decided
t 'another word does not accept it' other_word
t 'whoever accepts it decides' accepted
t 'what spoke against it is kept' evidence
t 'a record rewritten and signed again verifies, but not for a witness' \
	rewritten
t 'it is announced' announced g 'fue cambiado'
t 'line by line, too' lines_refuse
t 'and accepted there' lines_accept
t 'a seal that cannot be read is no reason to go on' unreadable
office_done
