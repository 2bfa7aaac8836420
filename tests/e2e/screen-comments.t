#!/bin/sh
# SPDX-License-Identifier: ISC
# A comment that calls somebody, from screen to screen, and a decision that it
# does not disturb.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && server_start &&
	    says 0 jefa autorizaciones || return 1
	VIDEO=$(jq -r '.items[] | select(.step == "2.11") | .folio' "$W/doc")
	screen_open head jefa && screen_open prod prod &&
	    sees head 'Bandeja de tareas' "$VIDEO" &&
	    sees prod 'Bandeja de tareas'
}
calls() {
	choose head "$VIDEO" && keys head Enter &&
	    sees head "$VIDEO 2.11: cambios desde" || return 1
	keys head c
	sees head "$VIDEO  Comentarios" 'Nadie lo ha comentado' || return 1
	keys head @
	sees head 'Mencionar a' || return 1
	types head prod
	keys head Enter
	sees head "Comentar $VIDEO" '@prod' || return 1
	types head 'la toma final se ve oscura'
	keys head F8
	sees head 'ya se avisó' '@prod la toma final'
}
is_called() { sees prod '@=Ver 1 mención'; }
answers() {
	keys prod @
	sees prod '@prod la toma final se ve oscura' || return 1
	keys prod Enter
	sees prod "Comentar $VIDEO" || return 1
	types prod 'Así es de noche, @jefa'
	keys prod F8
	sees prod '2 comentarios' && sees head 'Así es de noche' &&
	    says 0 prod bandeja && doc '.mentions == []'
}
# Seen on the screen, it is read: her Bandeja says nothing of it.
read_at_once() {
	until_true nothing_calls jefa
}
nothing_calls() { says 0 "$1" bandeja && doc '.mentions == []'; }
decides() {
	keys head F12
	sees head "$VIDEO 2.11: cambios desde" || return 1
	keys head a
	until_true approved
}
approved() {
	says 0 jefa "expediente $VIDEO" && doc '.open[0].step == "3.1"'
}
undoes() {
	says 0 prod "comentar $VIDEO texto='Gracias'" &&
	    says 0 jefa "deshacer $VIDEO" &&
	    says 0 jefa "expediente $VIDEO" &&
	    doc '.open[0].step == "2.11"' &&
	    says 0 jefa "comentarios $VIDEO" && doc '.comments | length == 3'
}
strangers() {
	refused 1 prod "comentar $VIDEO texto='@nadie vea'" '«nadie»' &&
	    refused 2 prod "comentar $VIDEO texto=' '" 'comentario'
}

t 'two screens of a demonstration' begin
t 'she names him in a comment on what she is deciding' calls
t 'his Bandeja says so by itself' is_called
t 'he reads it and answers; it is read' answers
t 'her open screen shows the answer, and that is reading it' read_at_once
t 'she approves what she was looking at' decides
t 'undoing the decision leaves what was said' undoes
t 'nobody is called who may not read it' strangers
office_done
