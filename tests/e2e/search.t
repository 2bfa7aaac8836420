#!/bin/sh
# SPDX-License-Identifier: ISC
# What is written is found at once, from the line and from the screen; the file
# of the words may be lost, and nothing of what was erased is in it.
. "$(dirname "$0")/lib.sh"

FOLIO=

begin() {
	office_make --demo &&
	    person_add beto dissemination_officer@oax && server_start &&
	    says 0 difusion "iniciar 63-COM-P02 tracks=boletín \
		title='Jornada de Vacunación'" || return 1
	FOLIO=$(jq -r .folio "$W/doc")
}
found() {
	says 0 "$1" "buscar $2" && doc ".cases | map(.folio) == [$3]"
}
follows() {
	found jefa 'jornada vacunacion' "\"$FOLIO\"" &&
	    says 0 difusion "hacer $FOLIO 1.1 origin='tema elegido' \
		specialist=Paz headline='Brigadas en la quijotera' body=Texto \
		planned_on=2026-11-24" &&
	    says 0 jefa 'buscar brígadas QUIJOTERA' &&
	    doc ".behind == 0 and .cases[0].hits[0] == {where: \"field\",
		step: \"1.1\", row: 0, label: \"Título\",
		text: \"Brigadas en la quijotera\"}" &&
	    as jefa 'buscar brigad' | grep -F 'campo, paso 1.1, Título'
}
hostile() {
	for h_text in '%' '"(feria"' '"OR AND NOT"' '"NEAR(a, 2)"' a=b --x \
	    '"-- ; DROP"' '"*"'; do
		says 0 jefa "buscar $h_text" || return 1
	done
	h_text=$(printf 'brigadas\t%05000d%05000d' 0 0 | tr '\t' ' ')
	found jefa "$h_text" '' &&
	    found jefa "'brigadas OR quijotera'" ''
}
screen() {
	screen_open jefa jefa && sees jefa 'Bandeja de tareas' || return 1
	keys jefa b
	sees jefa 'Buscar: [' || return 1
	types jefa 'brigadas'
	keys jefa Enter
	sees jefa "> $FOLIO" 'Paso 1.1, Título: Brigadas en la quijotera' ||
	    return 1
	keys jefa Enter
	sees jefa "PAUTA  $FOLIO" 'AQUÍ' || return 1
	screen_close jefa
}
lost() {
	server_stop && rm "$O/palabras.db" && server_start &&
	    found jefa quijotera "\"$FOLIO\"" &&
	    server_stop && head -c 3000 /dev/urandom >"$O/palabras.db" &&
	    server_start && found jefa quijotera "\"$FOLIO\""
}
erased() {
	grep -qaF quijotera "$O/palabras.db" "$O/palabras.db-wal" &&
	    says 0 jefa "cancelar $FOLIO motivo=Prueba" &&
	    "$BUILD/pautad" erase --dir "$O" "$FOLIO" --by jefa \
		--with difusion --reason Plazo &&
	    found jefa quijotera '' &&
	    ! grep -aF quijotera "$O/palabras.db" "$O/palabras.db-wal"
}

t 'an office' begin
t 'what is written is found at once, without accents' follows
t 'whatever is asked is only text' hostile
t 'another office finds nothing of it' found beto quijotera ''
t 'it is found on the screen, and opened' screen
t 'a file that is lost or damaged is made again' lost
t 'what was erased leaves nothing in it' erased
office_done
