#!/bin/sh
# SPDX-License-Identifier: ISC
# Two people type in the same field of the same step: each is told of the
# other, both texts are kept, one is chosen side by side, and neither approves.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && person_add nora dissemination_officer &&
	    person_add raul dissemination_officer head_of_unit &&
	    server_start &&
	    says 0 nora "iniciar 63-COM-P02 tracks=boletín title=Vacunas" ||
	    return 1
	NOTE=$(jq -r .folio "$W/doc")
	screen_open nora nora && screen_open raul raul &&
	    sees nora "$NOTE" && sees raul "$NOTE"
}
opens() {
	choose "$1" "$NOTE" && keys "$1" Enter && sees "$1" 'Paso 1.1'
}
field() { says 0 nora "paso $NOTE 1.1" && doc "$1"; }
first_types() {
	opens nora && keys nora g && keys nora Tab Tab || return 1
	says 0 nora "borrador $NOTE 1.1 body='Texto de Nora'"
}
second_is_told() { opens raul && sees raul 'nora escribe en este paso'; }
second_breaks_in() {
	says 0 raul "borrador $NOTE 1.1 body='Texto de Raúl'" &&
	    doc '.texts[0].by == "nora" and .texts[0].draft == "Texto de Raúl"'
}
first_is_told() {
	keys nora F5
	sees nora 'raul también escribió «Cuerpo»'
}
side_by_side() {
	keys nora F2
	sees nora 'Acciones' || return 1
	types nora 'compar'
	sees nora 'Comparar' || return 1
	keys nora Enter
	sees nora 'Dos textos' '1 En el paso' '2 De nora' 'Texto de Raúl' \
	    'Texto de Nora'
}
chooses() {
	keys nora 2
	sees nora 'Paso 1.1' &&
	    until_true field '.drafted_by == "nora" and
		.texts[0].text == "Texto de Raúl"' >/dev/null &&
	    field '[.fields[] | select(.id == "body") | .draft] ==
		["Texto de Nora"]'
}
neither_approves() {
	says 0 nora "hacer $NOTE 1.1 origin='tema elegido' specialist='R. Paz' \
		headline=Vacunas planned_on=2026-11-24" &&
	    says 0 nora "hacer $NOTE 1.2 version=1" &&
	    refused 1 raul "aprobar $NOTE 1.3" SD-01 &&
	    refused 1 jefa "turnar $NOTE 1.3 persona=raul" SD-01 &&
	    says 0 jefa "aprobar $NOTE 1.3"
}

# Typed at both screens; when both are kept the core dies.  Whose was kept
# last stands in the step, the other's beside it.
types_over() { keys "$1" C-u && types "$1" "$2" && sees "$1" "$2"; }
both_type_and_it_dies() {
	says 0 nora bandeja || return 1
	NOTE=$(jq -r '.tasks[] | select(.step == "3.2") | .folio' "$W/doc")
	keys nora F3 && sees nora 'Bandeja de tareas' && choose nora "$NOTE" &&
	    keys nora Enter && sees nora 'Paso 3.2' &&
	    keys raul F3 && sees raul 'Bandeja de tareas' &&
	    choose raul "$NOTE" && keys raul Enter && sees raul 'Paso 3.2' &&
	    types_over nora 'De Nora ' && types_over raul 'De Raúl ' ||
	    return 1
	until_true both_kept && kill -9 "$(core_pid)" &&
	    until_true both_kept &&
	    sees nora 'raul también escribió «Texto»' &&
	    sees raul 'nora también escribió «Texto»'
}
# The server's child that has no program of its own.
core_pid() {
	for c_child in $(cat "/proc/$SERVER/task/$SERVER/children"); do
		if [ "$(readlink "/proc/$c_child/exe")" = "$BUILD/pautad" ]; then
			echo "$c_child"
		fi
	done
}
both_kept() {
	says 0 nora "paso $NOTE 3.2" >/dev/null &&
	    jq -e '[.fields[] | select(.id == "post_text") | .draft] +
		[.texts[].text] | sort == ["De Nora ", "De Raúl "]' "$W/doc" >/dev/null
}
second_comes_back() {
	for c_pid in $(pane_children raul); do
		kill -9 "$c_pid"
	done
	sees raul 'fin ' || return 1
	screen_close raul
	screen_open raul raul && sees raul 'Paso 3.2' \
	    'nora también escribió «Texto»' && both_kept
}

t 'two people at two screens, one step' begin
t 'the first types' first_types
t 'the second is told who, as he opens it' second_is_told
t 'he types in the same field: both texts are kept' second_breaks_in
t 'the first is told' first_is_told
t 'both texts side by side' side_by_side
t 'she chooses hers' chooses
t 'whoever typed in it does not approve it' neither_approves
t 'both type at their screens and the core dies: both texts are kept' \
    both_type_and_it_dies
t 'also when one of them is cut off' second_comes_back
office_done
