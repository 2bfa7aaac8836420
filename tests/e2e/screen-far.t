#!/bin/sh
# SPDX-License-Identifier: ISC
# The client over 9,600 bit/s and 800 ms of round trip: typing does not wait
# for the line; when the line is cut in the middle of a frame, reading and
# writing go on, and what was typed arrives afterwards (offline.t has more).
. "$(dirname "$0")/lib.sh"

begin() { prod_begins && relay_start 800 1200 && screen_open a prod far; }
comes_up() { sees a 'Bandeja de tareas' "> $FOLIO"; }
opens() { keys a Enter && sees a 'Paso 2.2'; }
writes() { types a 'Disco 7' && sees a 'Disco 7' && until_true kept 'Disco 7'; }
# Cut while a draft is on its way.
cut_off() {
	types a ', carpeta azul'
	keys a Tab
	line_cut a
}
# The greeting, the list, a step, drafts: 12 KB; 20 KB without compression.
is_small() {
	until_true test -s "$W/relay.came" && cat "$W/relay.came" &&
	    [ "$(cat "$W/relay.came")" -lt 16000 ]
}
writes_on() {
	keys a BTab
	types a ', estante 3'
	sees a 'Disco 7, carpeta azul, estante 3' 'guardado'
}
arrives() {
	until_true kept 'Disco 7, carpeta azul, estante 3' &&
	    sees a 'Disco 7, carpeta azul, estante 3'
}

t 'a client starts on a bad line' begin
t 'and comes up' comes_up
t 'a step is opened' opens
t 'what is typed is kept' writes
t 'the line is cut in the middle of a frame: it says so' cut_off
t 'what came so far was compressed' is_small
t 'typing goes on, and is counted' writes_on
t 'the line is back: so is the client, by itself' line_back a
t 'what was typed arrives' arrives
t 'the record is whole' record_is_equal
office_done
