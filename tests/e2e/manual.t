#!/bin/sh
# SPDX-License-Identifier: ISC
# manual.t - the pictures of docs/manual.es.md, made in the demonstration office
# on a Monday morning; tests/check/docs.sh holds the manual to them.  When a
# screen changes: GOLDEN=renew sh tests/e2e/manual.t, and the manual after it.
. "$(dirname "$0")/lib.sh"
NOW=2026-11-23T17:37:00Z		# 10:37 in Hermosillo

begin() {
	office_make --demo >/dev/null && server_start &&
	    says 0 admin "reloj detener 2026-11-23T17:40:30Z" || return 1
	for b_login in jefa prod monitor; do
		screen_open $b_login $b_login &&
		    sees $b_login 'Bandeja de tareas' '> ' || return 1
	done
}
inbox() {
	choose jefa CON-2026-0002 && sees jefa 'Paso 1.3' && golden jefa inbox
}
step() {
	choose prod VID-2026-0005 && keys prod Enter &&
	    sees prod 'Tipo*' && keys prod 1 Tab &&
	    sees prod 'Subtipo: Planeado' && keys prod F4 &&
	    sees prod 'Letras=Filtrar' || return 1
	types prod efem
	sees prod '> efeméride' 'Filtro: efem' && keys prod Enter &&
	    sees prod '[efeméride ' 'Obligatorios: 2 de 3' Guardado &&
	    golden prod step
}
catalogue() {
	keys prod F4
	sees prod 'Letras=Filtrar' && golden prod catalogue
}
list_row() {
	choose jefa MON-2026-0001 && keys jefa Enter &&
	    sees jefa 'Asignaciones' && keys jefa Enter &&
	    sees jefa 'F6=' && keys jefa F6 && sees jefa 'Medio*' || return 1
	types jefa 'Radio Valle'
	keys jefa Tab
	types jefa 'Elena Cruz'
	keys jefa Tab
	types jefa hoy
	keys jefa Tab
	sees jefa '[hoy ' 'Obligatorios: 3 de 3' && golden jefa list-row ||
	    return 1
	keys jefa F12 F12 F12
	sees jefa 'Bandeja de tareas'
}
decision() {
	says 0 monitor 'bandeja' || return 1
	DAY=$(jq -r '.tasks[] | select(.step == "2.2").folio' "$W/doc")
	says 0 monitor "hacer $DAY 2.2 clips='[{\"medium\":\"El Imparcial\",
	    \"published_on\":\"2026-11-23\",\"title\":\"Vacunan en Navojoa\",
	    \"topic\":\"ISSSTESON\",\"importance\":1}]'" || return 1
	choose monitor "$DAY" && keys monitor Enter && sees monitor 'DECISIÓN' &&
	    golden monitor decision
}
notes() {
	keys monitor F12
	sees monitor 'Bandeja de tareas' && keys monitor l &&
	    sees monitor 'Por atender' '> ' && choose monitor '.*insulina' &&
	    sees monitor 'Misma historia' && golden monitor notes
}
approvals() {
	keys jefa p
	sees jefa Aprobaciones && choose jefa CON-2026-0002 &&
	    sees jefa 'CON-2026-0002 1.3: cambios' && golden jefa approvals || return 1
	keys jefa F12
	sees jefa 'Bandeja de tareas'
}
document() {
	choose jefa SIN-2026-0001 && keys jefa p && sees jefa Aprobaciones &&
	    choose jefa SIN-2026-0001 && keys jefa t &&
	    sees jefa Documento '2 notas' && golden jefa document || return 1
	keys jefa F12 F12
	sees jefa 'Bandeja de tareas'
}
case_file() {
	choose jefa SIN-2026-0001 && keys jefa e &&
	    sees jefa 'AQUÍ' 'REVISIÓN' && golden jefa case-file || return 1
	keys jefa F12
	sees jefa 'Bandeja de tareas'
}
new_case() {
	keys jefa n
	sees jefa 'Nuevo expediente' 'Programar un video' && keys jefa Enter &&
	    sees jefa 'Título' || return 1
	types jefa 'Semana del agua'
	sees jefa 'Semana del agua' && golden jefa new-case
}

t 'the office opens' begin
t 'the inbox' inbox
t 'a step' step
t 'a catalogue' catalogue
t 'a row of a list' list_row
t 'a question' decision
t 'the notes' notes
t 'approvals' approvals
t 'a document as text' document
t 'a case' case_file
t 'a new case' new_case
office_done
