#!/bin/sh
# SPDX-License-Identifier: ISC
# Two people at two screens: what one commits, the other sees without a key.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && server_start &&
	    says 0 jefa autorizaciones || return 1
	VIDEO=$(jq -r '.items[] | select(.step == "2.11") | .folio' "$W/doc")
	screen_open head jefa && screen_open prod prod &&
	    sees head 'Bandeja de tareas' "$VIDEO" &&
	    sees prod 'Bandeja de tareas'
}
# The line of the list that speaks of a folio.
row_says() { screen_text "$1" | grep -F -- "$2" | grep -qF -- "$3"; }
row_comes_to_say() {
	until_true row_says "$1" "$2" "$3" || {
		echo "no row of $2 with $3"
		screen_text "$1"
		return 1
	}
}
begins() {
	lacks head 'Aniversario' || return 1
	says 0 jefa "iniciar 63-COM-P01 title='Aniversario'" &&
	    sees head 'Aniversario'
}
sends_back() {
	choose head "$VIDEO" && keys head Enter &&
	    sees head "$VIDEO 2.11: cambios desde" || return 1
	keys head d
	sees head 'Observación (obligatoria)' || return 1
	types head 'Baje la música'
	sees head 'Baje la música' || return 1
	keys head F8
	sees head 'devuelta' && row_comes_to_say prod "$VIDEO" Devuelta
}
reads_why() {
	choose prod "$VIDEO" && keys prod Enter &&
	    sees prod 'Baje la música'
}
presents_again() {
	keys prod F3
	sees prod 'Bandeja de tareas' &&
	    says 0 prod "hacer $VIDEO 2.9 changes_done='Música abajo' \
		exported=sí export_location='Equipo 1/vacuna-3.mp4'" &&
	    says 0 prod "hacer $VIDEO D1 has_changes=no" || return 1
	sees prod '13/' && choose prod "$VIDEO" &&
	    keys prod Enter && sees prod 'Paso 2.10' 'Ubicación' || return 1
	keys head F3
	sees head 'Bandeja de tareas' || return 1
	keys head F5
	loses head "$VIDEO" || return 1
	keys prod F8
	sees head "$VIDEO"
}
approves() {
	choose head "$VIDEO" && keys head Enter &&
	    sees head "$VIDEO 2.11: cambios desde" 'ronda 3' || return 1
	keys head a
	until_true says 0 jefa "expediente $VIDEO" &&
	    until_true approved && row_comes_to_say prod "$VIDEO" '15/'
}
approved() {
	says 0 jefa "expediente $VIDEO" && doc '.open[0].step == "3.1"'
}

t 'two screens of 80 by 24, served by ssh' begin
t 'a case begun elsewhere appears' begins
t 'what one sends back, the other sees come' sends_back
t 'with the reason' reads_why
t 'what she presents again appears for the first' presents_again
t 'and what is approved goes on' approves
t 'the record is whole' record_is_equal
office_done
