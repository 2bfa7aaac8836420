#!/bin/sh
# SPDX-License-Identifier: ISC
# The native client without a line reads what it had, types, finishes a step;
# killed at that, it has it all when it starts again, still without a line; it
# sends each once when the line is back, and where somebody wrote meanwhile it
# asks.  (screen-far.t is about how slow a line may be; here it is cut often.)
. "$(dirname "$0")/lib.sh"
RELAY=
DEADLINE_MS=60000	# a client rests up to 30 s between two tries

relay_stop() {
	[ -z "$RELAY" ] || kill "$RELAY" 2>/dev/null
	RELAY=
}
trap 'relay_stop; office_end' EXIT

begin() {
	office_make --demo && server_start || return 1
	says 0 prod bandeja || return 1
	FOLIO=$(jq -r '.tasks[] | select(.step == "2.2") | .folio' "$W/doc")
	NEAR=$PORT
	python3 "$HERE/relay.py" "$W/relay" "$PORT" 100 9600 2>>"$W/log" &
	RELAY=$!
	until_true test -s "$W/relay" || return 1
	tm new-session -d -s stays cat	# so that tmux does
	FAR=$(cat "$W/relay")
	sed "s/:$NEAR /:$FAR /" "$W/known_hosts" >"$W/known_far" &&
	    cat "$W/known_far" >>"$W/known_hosts"
}
opens_far() {
	PORT=$FAR
	screen_open "$1" "$2" native
	PORT=$NEAR
}
line_cut() { kill -USR1 "$RELAY" && sees a 'SIN CONEXI'; }
line_back() { kill -USR2 "$RELAY" && loses a 'SIN CONEXI'; }
client_kill() {
	for c_pid in $(pane_children); do
		kill -9 "$c_pid"
		until_true is_gone "$c_pid" || return 1
	done
	screen_close a
}
is_gone() { [ ! -e "/proc/$1" ]; }
pane_children() {
	p_shell=$(tm display-message -p -t a '#{pane_pid}')
	cat "/proc/$p_shell/task/$p_shell/children"
}

has() {
	says 0 prod "paso $FOLIO 2.2" && jq -e "[.fields[] |
	    select(.draft == \"$1\")] | length == 1" "$W/doc" >/dev/null
}
papers() { find "$W/state" -name 'paper*' | wc -l; }
papers_are() { [ "$(papers)" -eq "$1" ]; }
on_paper() { grep -rqF -- "$1" "$W/state"; }

starts() {
	opens_far a prod
	sees a 'Conectando' && sees a 'Bandeja de tareas' "> $FOLIO"
}
reads_and_writes() {
	keys a Enter && sees a 'Paso 2.2' || return 1
	types a 'Disco 7'
	until_true has 'Disco 7' && until_true papers_are 0
}
private() {
	[ "$(find "$W/state" -type f ! -perm 600 -o -type d ! -perm 700 |
	    grep -v "^$W/state\$" | wc -l)" -eq 0 ]
}
types_without() {
	line_cut || return 1
	types a ', azul'
	keys a Tab
	sees a 'Guardado aquí' && on_paper 'Disco 7, azul' &&
	    ! has 'Disco 7, azul'
}
starts_without() {
	client_kill
	opens_far a prod
	sees a 'SIN CONEXI' "$FOLIO" 'Paso 2.2' 'Disco 7, azul' 'Datos: '
}
arrives() {
	line_back && until_true has 'Disco 7, azul' && until_true papers_are 0
}
# The same person, at another machine.
clashes() {
	line_cut || return 1
	keys a End
	types a ', gris'
	until_true on_paper 'Disco 7, azul, gris' || return 1
	says 0 prod "borrador $FOLIO 2.2 footage_location='Disco 9'" || return 1
	kill -USR2 "$RELAY"
	sees a 'El servidor tiene otro texto' && queue_opens && keys a Enter &&
	    sees a 'Disco 9' 'Disco 7, azul, gris' && has 'Disco 9'
}
chooses() {
	keys a 2
	until_true has 'Disco 7, azul, gris' && until_true papers_are 0 &&
	    keys a F12 && sees a 'Disco 7, azul, gris'
}
# Done without a line, and killed before it comes back.
finishes_without() {
	line_cut || return 1
	n=$(acts_count)
	keys a F8
	sees a 'Falta llenar lo obligatorio (1 de 2)' || return 1
	keys a Tab 1 F8
	sees a 'guardado en esta máquina' 'Por enviar' &&
	    [ "$(acts_count)" -eq "$n" ] && on_paper '"done"' || return 1
	keys a Enter
	sees a 'Solo lectura' || return 1
	client_kill
	opens_far a prod
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
	line_cut || return 1
	keys a F8
	sees a 'guardado en esta máquina' || return 1
	client_kill
	opens_far a prod
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
	opens_far a jefa
	sees a 'Bandeja de tareas' || return 1
	keys a p
	sees a 'Aprobaciones' && sees a 'a=Aprobar' || return 1
	line_cut || return 1
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
relay_stop
office_done
