#!/bin/sh
# SPDX-License-Identifier: ISC
# The client over 9,600 bit/s and 800 ms of round trip: typing does not wait
# for the line; when the line is cut in the middle of a frame, reading and
# writing go on, and what was typed arrives afterwards (offline.t has more).
. "$(dirname "$0")/lib.sh"
RELAY=

relay_stop() {
	[ -z "$RELAY" ] || kill "$RELAY" 2>/dev/null
	RELAY=
}
trap 'relay_stop; office_end' EXIT

begin() {
	office_make --demo && server_start || return 1
	says 0 prod bandeja || return 1
	FOLIO=$(jq -r '.tasks[] | select(.step == "2.2") | .folio' "$W/doc")
	NEAR=$PORT
	python3 "$HERE/relay.py" "$W/relay" "$PORT" 800 1200 2>>"$W/log" &
	RELAY=$!
	until_true test -s "$W/relay" || return 1
	FAR=$(cat "$W/relay")
	sed "s/:$NEAR /:$FAR /" "$W/known_hosts" >"$W/known_far" &&
	    cat "$W/known_far" >>"$W/known_hosts"
	PORT=$FAR
	screen_open a prod native
	PORT=$NEAR
}
comes_up() { sees a 'Bandeja de tareas' "> $FOLIO"; }
opens() { keys a Enter && sees a 'Paso 2.2'; }
writes() { types a 'Disco 7' && sees a 'Disco 7' && until_true kept 'Disco 7'; }
kept() {
	says 0 prod "paso $FOLIO 2.2" &&
	    doc "[.fields[] | select(.draft == \"$1\")] | length == 1"
}
# Cut while a draft is on its way.
cut_off() {
	types a ', carpeta azul'
	keys a Tab
	kill -USR1 "$RELAY"
	sees a 'SIN CONEXI'
}
writes_on() {
	keys a BTab
	types a ', estante 3'
	sees a 'Disco 7, carpeta azul, estante 3' 'guardado'
}
comes_back() { kill -USR2 "$RELAY" && loses a 'SIN CONEXI'; }
arrives() {
	until_true kept 'Disco 7, carpeta azul, estante 3' &&
	    sees a 'Disco 7, carpeta azul, estante 3'
}

t 'a client starts on a bad line' begin
t 'and comes up' comes_up
t 'a step is opened' opens
t 'what is typed is kept' writes
t 'the line is cut in the middle of a frame: it says so' cut_off
t 'typing goes on, and is counted' writes_on
t 'the line is back: so is the client, by itself' comes_back
t 'what was typed arrives' arrives
t 'the record is whole' record_is_equal
relay_stop
office_done
