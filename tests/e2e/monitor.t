#!/bin/sh
# SPDX-License-Identifier: ISC
# Two people at the inbox of notes, each at a terminal: what one does the other
# sees without a key, and nobody decides what another is at, or loses a row.
. "$(dirname "$0")/lib.sh"
NOW=2026-11-23T12:00:00Z		# 05:00 in Hermosillo: no day has begun

note() { says 0 moni "nota medio='$1' titular='$2' texto='Texto de la nota.'"; }
begin() {
	office_make && person_add moni monitoring_officer &&
	    person_add coor monitoring_officer && server_start &&
	    says 0 moni 'iniciar 63-COM-P04 inicio=diario' || return 1
	DAY=$(jq -r .folio "$W/doc")
	note Diario 'Abren clínica' && note Radio 'Queja por citas' &&
	    note Portal 'Faltan medicinas' || return 1
	for b_one in moni coor; do
		screen_open $b_one $b_one && sees $b_one 'Bandeja de tareas' ||
		    return 1
		keys $b_one l
		sees $b_one 'Por atender: 3' '> ' || return 1
	done
}
comes_live() {
	keys moni n
	sees moni 'Anotar: medio' || return 1
	types moni 'El Sol'
	keys moni Enter
	sees moni 'Anotar: titular' || return 1
	types moni 'Vacunan en Navojoa'
	keys moni Enter
	sees moni 'Anotar: texto' || return 1
	keys moni F8
	sees coor 'Por atender: 4' 'Vacunan en Navojoa'
}
# The finger of each on the first row.
both_on() {
	for b_one in moni coor; do
		keys $b_one g
		until_true chosen $b_one ".*$1" || return 1
	done
}
is_at_it() {
	both_on 'Vacunan en Navojoa' && keys moni d &&
	    sees moni 'Por qué no va' && sees coor '@moni' \
		'La atiende moni' || return 1
	keys coor d
	sees coor 'moni está con esta nota desde las' && golden coor monitor
}
lets_it_go() {
	keys moni Escape
	loses coor '@moni' && keys coor d && sees coor 'Por qué no va' &&
	    sees moni '@coor' || return 1
	types coor 'No es del Instituto'
	sees coor 'No es del Instituto' && keys coor Enter &&
	    sees moni 'coor descartó «Vacunan en Navojoa».'
}
# Her key was meant for the note that went.
key_does_not_slip() {
	keys moni r
	sees moni 'El cursor pasó a otra nota' &&
	    says 0 moni 'notas estado=recogida' && doc '.notes == []'
}
told() { shows moni "$1" || shows coor "$1"; }
# What the first did comes before or after the key of the second.
one_told() { told 'recogió' || told 'El cursor pasó a otra nota'; }
both_take() {
	both_on 'Faltan medicinas' || return 1
	keys moni r
	keys coor r
	until_true one_told || { screen_text moni; screen_text coor; return 1; }
	says 0 moni 'notas estado=recogida' && doc '[.notes[].title] ==
	    ["Faltan medicinas"] and .notes[0].step == "2.2"' &&
	    says 0 moni 'notas' && doc '.notes | length == 2'
}
rows() {
	says 0 moni "paso $DAY 2.2" && doc "[.fields[] |
	    select(.id == \"clips\") | .draft | fromjson | .[].title] == [$1]"
}
types_in_the_list() {
	says 0 moni "hacer $DAY 1.1 none=sí none_reason=Feriado" &&
	    says 0 moni "hacer $DAY 2.1 portals='[{\"medium\":\"X\"}]'" ||
	    return 1
	keys coor F3
	sees coor 'Bandeja de tareas' && choose coor "$DAY" &&
	    keys coor Enter && sees coor 'Paso 2.2' '1 renglón' || return 1
	keys coor Enter
	sees coor '1 renglón' 'F6=Agregar' || return 1
	keys moni g
	until_true chosen moni '.*Queja por citas' || return 1
	keys moni r
	sees moni "Va en $DAY, paso 2.2." && loses moni '> .*Queja' || return 1
	# Her rows are as they were when she opened them.
	keys coor n
	sees coor 'renglón nuevo' || return 1
	types coor 'Gaceta'
	keys coor F8
	sees coor '2 renglones' && keys coor F12 && sees coor '3 renglones' &&
	    until_true rows '"Faltan medicinas", null, "Queja por citas"'
}
goes_back_from_the_list() {
	keys coor Enter
	sees coor '3 renglones' && keys coor x && sees coor '¿Quitar' ||
	    return 1
	keys coor s
	sees coor 'La nota regresó al monitoreo' '2 renglones' &&
	    sees moni 'Faltan medicinas' &&
	    until_true rows 'null, "Queja por citas"'
}

t 'two terminals at the same inbox' begin
t 'what one types is at the other at once' comes_live
t 'who is at a note has it, and the other is told' is_at_it
t 'leaving the window lets it go; who decides is told' lets_it_go
t 'a key meant for the note that went does not fall on the next' \
    key_does_not_slip
t 'taken by both, it is taken once and the other is told' both_take
t 'a row that comes while another types in the list stays' types_in_the_list
t 'a row removed from the list is a note in the inbox again' \
    goes_back_from_the_list
t 'the record is whole' record_is_equal
office_done
