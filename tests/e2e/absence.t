#!/bin/sh
# SPDX-License-Identifier: ISC
# absence.t - the head is away: somebody decides in her place, it says so
# wherever it is shown, and when she is back her inbox leads to all of it.
. "$(dirname "$0")/lib.sh"
NOW=2026-11-23T12:00:00Z	# 05:00 in Hermosillo: no day has begun

office_opens() {
	office_make >/dev/null && person_add admin sysadmin &&
	    person_add jefa head_of_unit && person_add prod video_producer &&
	    person_add difu dissemination_officer &&
	    person_add auditor oversight_body && server_start
}
# A bulletin up to its approval: its folio in $F.
presented() {
	says 0 difu "iniciar 63-COM-P02 tracks=boletín title='$1'" || return 1
	F=$(jq -r .folio "$W/doc")
	says 0 difu "hacer $F 1.1 origin='tema elegido' specialist='R. Paz' \
	    headline='$1' body='Habrá módulos.' planned_on=2026-11-23" && says 0 difu "hacer $F 1.2 version=1"
}
is_named() {
	says 0 jefa 'suplencia persona=prod desde=hoy hasta=+3 motivo=Viaje' &&
	    says 0 prod 'suplir jefa si' && says 0 jefa suplencias || return 1
	N=$(jq '.substitutions[0].grant' "$W/doc")
	[ "$N" -gt 0 ]
}
decides() {
	presented Uno && ONE=$F && presented Dos && TWO=$F &&
	    says 0 prod "devolver $ONE 1.3 motivo='Muy corto'" &&
	    says 0 prod "aprobar $TWO 1.3"
}
says_so() {
	says 0 jefa "historial $TWO" && doc '[.events[]
	    | select(.actor == "prod") | .data.grant] | unique == ['"$N"']' &&
	    as jefa "expediente $TWO" |
	    grep -q "prod.*, en suplencia de .*(suplencia $N)" &&
	    screen_open prod prod && sees prod 'Bandeja de tareas' ||
	    return 1
	says 0 prod "expediente $TWO" && screen_close prod
}
she_is_back() {
	says 0 admin 'reloj poner 2026-11-27T16:00:00Z' &&
	    says 0 jefa bandeja && doc '.stood[0].count == 2 and
		.stood[0].over' && screen_open jefa jefa &&
	    sees jefa 'Bandeja de tareas' 'a=Ver' && keys jefa a &&
	    sees jefa "Suplencia $N, terminada" || return 1
	keys jefa Enter &&
	    sees jefa 'Decidido en suplencia' "$ONE" "$TWO" 'Devuelve'
}
it_is_noted() {
	she_has_none() { as jefa 'bandeja --json' | jq -e '.stood == []'; }
	until_true she_has_none >/dev/null
}
a_row_opens_its_case() {
	choose jefa ".*$TWO" && keys jefa Enter &&
	    sees jefa '[1 Pasos]' "(suplencia $N)" &&
	    screen_close jefa
}
by_the_list_too() {
	screen_open jefa jefa && sees jefa "De vuelta en $TWO" &&
	    keys jefa F3 && sees jefa 'Bandeja de tareas' &&
	    keys jefa F2 && sees jefa 'Acciones' && types jefa Suplencias &&
	    keys jefa Enter && sees jefa 'Terminada' "Suplencia $N." &&
	    keys jefa Enter && sees jefa 'Decidido en suplencia' "$ONE" &&
	    screen_close jefa
}
in_words() {
	as jefa "suplencias $N" >"$W/out" && grep -q "$ONE  Devuelve" "$W/out" &&
	    grep -q "$TWO  Aprueba" "$W/out" &&
	    says 0 auditor "suplencias $N" && doc '.acts | length == 2'
}
others_do_not_note_it() {
	refused 1 prod "enterado $N" 'se da por enterado' &&
	    refused 3 jefa 'suplencias 999999' 'No hay una suplencia'
}

t 'an office' office_opens
t 'the head names who decides while she is away' is_named
t 'one bulletin is returned and one approved in her place' decides
t 'the case and its history say in whose place, and by which grant' says_so
t 'she is back: the inbox leads to what was decided' she_is_back
t 'looking at it is enough to have noted it' it_is_noted
t 'a row opens its case, which says it too' a_row_opens_its_case
t 'the list of substitutions leads there as well' by_the_list_too
t 'in words, and for who audits' in_words
t 'nobody else notes it for her' others_do_not_note_it
t 'the record is rebuilt to the same tables' record_is_equal
office_done
