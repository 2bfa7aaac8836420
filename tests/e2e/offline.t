#!/bin/sh
# SPDX-License-Identifier: ISC
# The native client without a line reads what it had, types, finishes a step;
# killed at that, it has it all when it starts again, still without a line; it
# sends each once when the line is back, and where somebody wrote meanwhile it
# asks.  (screen-far.t is about how slow a line may be; here it is cut often.)
. "$(dirname "$0")/lib.sh"
DEADLINE_MS=60000	# a client rests up to 30 s between two tries

begin() { prod_begins && relay_start 100 9600; }
client_kill() {
	for c_pid in $(pane_children a); do
		kill -9 "$c_pid"
		until_true is_gone "$c_pid" || return 1
	done
	screen_close a
}
is_gone() { [ ! -e "/proc/$1" ]; }
papers() { find "$W/state" -name 'paper*' | wc -l; }
papers_are() { [ "$(papers)" -eq "$1" ]; }
on_paper() { grep -rqF -- "$1" "$W/state"; }

starts() {
	screen_open a prod far
	sees a 'Conectando' && sees a 'Bandeja de tareas' "> $FOLIO"
}
reads_and_writes() {
	keys a Enter && sees a 'Paso 2.2' || return 1
	types a 'Disco 7'
	until_true kept 'Disco 7' && until_true papers_are 0
}
private() {
	[ "$(find "$W/state" -type f ! -perm 600 -o -type d ! -perm 700 |
	    grep -v "^$W/state\$" | wc -l)" -eq 0 ]
}
types_without() {
	line_cut a || return 1
	types a ', azul'
	keys a Tab
	sees a 'Guardado aquí' && on_paper 'Disco 7, azul' &&
	    ! kept 'Disco 7, azul'
}
starts_without() {
	client_kill
	screen_open a prod far
	sees a 'SIN CONEXI' "$FOLIO" 'Paso 2.2' 'Disco 7, azul' 'Datos: '
}
arrives() {
	line_back a && until_true kept 'Disco 7, azul' && until_true papers_are 0
}
# The same person, at another machine.
clashes() {
	line_cut a || return 1
	keys a End
	types a ', gris'
	until_true on_paper 'Disco 7, azul, gris' || return 1
	says 0 prod "borrador $FOLIO 2.2 footage_location='Disco 9'" || return 1
	kill -USR2 "$RELAY"
	sees a 'El servidor tiene otro texto' && queue_opens && keys a Enter &&
	    sees a 'Disco 9' 'Disco 7, azul, gris' && kept 'Disco 9'
}
chooses() {
	keys a 2
	until_true kept 'Disco 7, azul, gris' && until_true papers_are 0 &&
	    keys a F12 && sees a 'Disco 7, azul, gris'
}
# Done without a line, and killed before it comes back.
finishes_without() {
	line_cut a || return 1
	n=$(acts_count)
	keys a F8
	sees a 'Falta llenar lo obligatorio (1 de 2)' || return 1
	keys a Tab 1 F8
	sees a 'guardado en esta máquina' 'Por enviar' &&
	    [ "$(acts_count)" -eq "$n" ] && on_paper '"done"' || return 1
	keys a Enter
	sees a 'Solo lectura' || return 1
	client_kill
	screen_open a prod far
	sees a 'SIN CONEXI' && papers_are 1
}
# The rules of the manual are on the server: what it refuses stays here.
refused_and_mended() {
	kill -USR2 "$RELAY"
	sees a 'no se envió. Falta un dato' && papers_are 1 && queue_opens &&
	    keys a b || return 1
	until_true papers_are 0 && keys a F12 && loses a 'Solo lectura' &&
	    keys a F12 && sees a 'Bandeja de tareas' && choose a "$FOLIO" &&
	    keys a Enter && sees a 'Paso 2.2' || return 1
	keys a Tab Tab && types a 'Disco 8' && sees a 'Guardado '
}
queue_opens() {
	keys a F2 && sees a ' Acciones ' && types a 'por enviar' &&
	    keys a Enter && sees a 'Cómo está' "> $FOLIO"
}
done_once() {
	line_cut a || return 1
	keys a F8
	sees a 'guardado en esta máquina' || return 1
	client_kill
	screen_open a prod far
	sees a 'SIN CONEXI' || return 1
	kill -USR2 "$RELAY"
	until_true papers_are 0 && sees a "Ya se envió $FOLIO, paso 2.2" &&
	    times_done 1
}
times_done() {
	says 0 prod "historial $FOLIO" &&
	    jq -e "[.events[] | select(.type == \"step.done\" and
		.step == \"2.2\")] | length == $1" "$W/doc" >/dev/null
}
decides_nothing() {
	client_kill
	kill -USR2 "$RELAY"
	screen_open a jefa far
	sees a 'Bandeja de tareas' || return 1
	keys a p
	sees a 'Aprobaciones' && sees a 'a=Aprobar' || return 1
	line_cut a || return 1
	n=$(acts_count)
	keys a a
	sees a 'Sin conexión: espere' && [ "$(acts_count)" -eq "$n" ]
}

t 'an office at the end of a bad line' begin
t 'the screen is there before the line, and says so' starts
t 'a step is read and typed in; nothing stays on paper' reads_and_writes
t 'what is kept is of nobody else' private
t 'without a line what is typed is on paper' types_without
t 'a client that starts without a line has it all' starts_without
t 'it arrives when the line is back' arrives
t 'where somebody wrote meanwhile both texts are shown' clashes
t 'and one is chosen' chooses
t 'a step is finished without a line; the client dies' finishes_without
t 'what the server refuses stays, and is mended' refused_and_mended
t 'finished once more: it is done, once' done_once
t 'nothing is decided without a line' decides_nothing
t 'the record is whole' record_is_equal
office_done
