#!/bin/sh
# SPDX-License-Identifier: ISC
# A bad line: what was typed is kept field by field, and who comes back finds
# the place that was left.
. "$(dirname "$0")/lib.sh"

begin() {
	prod_begins && screen_open a prod "$1" && sees a 'Bandeja de tareas' "> $FOLIO"
}
opens() { keys a Enter && sees a "$FOLIO" 'Paso 2.2'; }
writes() {
	types a 'Disco 7, carpeta azul'
	sees a 'Disco 7, carpeta azul' && until_true kept 'Disco 7, carpeta azul'
}
grows() {
	tm resize-window -t a -x 132 -y 40
	sees a 'Disco 7, carpeta azul' && full_width 132
}
shrinks() {
	tm resize-window -t a -x 80 -y 24
	sees a 'Disco 7, carpeta azul' && full_width 80
}
# A rule goes from side to side.
full_width() {
	until_true rule_is "$1" || {
		screen_text a
		return 1
	}
}
rule_is() { screen_text a | sed -n 3p | grep -qE "^[─-]{$1}\$"; }

# The program that holds the line dies, as a line does.
cut_off() {
	types a ', estante 3'
	until_true kept 'Disco 7, carpeta azul, estante 3' || return 1
	for c_pid in $(pane_children a); do
		kill -9 "$c_pid"
	done
	sees a 'fin '
}
comes_back() {
	screen_close a
	screen_open a prod "$1" &&
	    sees a "$FOLIO" 'Paso 2.2' 'Disco 7, carpeta azul, estante 3'
}
types_on() {
	types a ', sala 1'
	sees a 'estante 3, sala 1'
}
another_sees_it_whole() {
	until_true kept 'Disco 7, carpeta azul, estante 3, sala 1'
}
leaves() {
	keys a F3
	sees a 'Bandeja de tareas' || return 1
	keys a F3
	sees a 'Salir de Pauta' || return 1
	keys a s
	sees a 'fin 0'
}
walk() {
	t "$1: a screen comes up" begin "$2"
	t "$1: a step is opened" opens
	t "$1: what is typed is kept on the server" writes
	t "$1: the window grows" grows
	t "$1: and shrinks" shrinks
	t "$1: the line is cut" cut_off
	t "$1: who comes back is where she was" comes_back "$2"
	t "$1: and types on" types_on
	t "$1: it is whole" another_sees_it_whole
	t "$1: she leaves" leaves
	t "$1: the record is whole" record_is_equal
	screen_close a
	server_stop
}

walk served ''
walk native native
office_done
