#!/bin/sh
# SPDX-License-Identifier: ISC
# F6 in a step: files of one's own machine are attached from the native client,
# over a slow line that is cut, and by a client that is killed in the middle;
# the served screen shows the line to type elsewhere.
. "$(dirname "$0")/lib.sh"

SIZE=1000000
HELD=700000		# so many go by the line; the rest when it is free

# A document by its first and last bytes that nothing makes smaller.
pdf() {
	{
		printf '%%PDF-1.4\n'
		head -c "$(($2 - 15))" /dev/urandom
		printf '%%%%EOF\n'
	} | head -c "$2" >"$1"
}

begin() {
	office_make >/dev/null && person_add difu dissemination_officer &&
	    server_start || return 1
	says 0 difu "iniciar 63-COM-P02 title=Feria tracks=redes" || return 1
	FOLIO=$(jq -r .folio "$W/doc")
	mkdir "$W/mine" "$W/mine/carpeta" && pdf "$W/mine/acta.pdf" "$SIZE" &&
	    pdf "$W/mine/anexo uno.pdf" "$SIZE" && printf x >"$W/mine/uno.txt" &&
	    : >"$W/mine/programa.exe" && relay_start 100 200000
}
opens() {
	screen_open a difu "$1" && sees a 'Bandeja de tareas' &&
	    choose a "$FOLIO" && keys a Enter && sees a 'SUBIR CON'
}
# Where it was left.
opens_again() { screen_open a difu "$1" && sees a 'SUBIR CON'; }
asks() { keys a F6 && sees a 'Archivo de esta'; }
# Is it attached with these bytes?
attached() {
	says 0 difu "adjuntos $FOLIO" || return 1
	a_sum=$(sha256sum <"$W/mine/$1" | cut -d' ' -f1)
	doc ".attachments | any(.name == \"$1\" and .sha256 == \"$a_sum\" and
	    .kept and .current)"
}
is_attached() { attached "$1" >/dev/null; }
lands() {
	DEADLINE_MS=60000 until_true is_attached "$1"
	attached "$1" && sees a 'quedó adjunto'
}

completes() {
	asks && types a "$W/mine/" && keys a Tab &&
	    sees a 'acta.pdf   anexo uno.pdf   carpeta/' && types a ac &&
	    keys a Tab && sees a 'acta.pdf   '
}
# Half of it is there and the rest is not, and how long that takes is told.
is_half() {
	screen_text a | grep -Eq '\] +[4-7][0-9] %' && shows a 'KB/s, faltan '
}
goes() {
	relay_hold "$HELD"
	keys a Enter && sees a 'Subir archivos' || return 1
	DEADLINE_MS=60000 until_true is_half || { screen_text a; return 1; }
}
goes_on_working() {
	keys a Enter && loses a 'Subir archivos' && sees a 'Subiendo acta.pdf' &&
	    keys a Tab Tab && types a 'Feria del mar' && sees a 'Feria del mar' && keys a F6 &&
	    sees a 'Subir archivos'
}
cut_off() { line_cut a && sees a 'seguirá donde iba'; }
goes_on() { relay_free && line_back a && lands acta.pdf && sees a 'acta.pdf, 1000000'; }
# All that went by the line, the screens too, but not the file twice.
sent_once() {
	rm "$W/relay.bytes"
	keys a F3 && sees a 'Bandeja' && keys a F3 && sees a 's=Sí' && keys a s &&
	    sees a 'fin 0' && until_true test -s "$W/relay.bytes" &&
	    screen_close a || return 1
	b_now=$(cat "$W/relay.bytes")
	echo "$((b_now - ${b_was:-0})) bytes"
	[ "$((b_now - ${b_was:-0}))" -gt "$SIZE" ] &&
	    [ "$((b_now - ${b_was:-0}))" -lt "$((SIZE * 4 / 3))" ] || return 1
	b_was=$b_now
}

is_killed() {
	opens far && asks && types a "$W/mine/anexo uno.pdf" && goes || return 1
	kill -9 "$(pane_children a | tr -d ' ')"
	sees a 'fin 137' && screen_close a && relay_free
}
starts_again() {
	opens_again far && lands 'anexo uno.pdf'
}

no() { asks && keys a C-u && types a "$1" && keys a Enter && sees a "$2"; }
refused_at_once() {
	opens native || return 1
	n_before=$(acts_count)
	no "$W/mine/carpeta" 'es una carpeta' &&
	    no "$W/mine/nada.pdf" 'No hay un archivo' &&
	    no "$W/mine/programa.exe" 'no lleva archivos «.exe»' &&
	    no /dev/zero 'no es un archivo' || return 1
	[ "$(acts_count)" -eq "$n_before" ]
}
# By its bytes it is not what its name says; that is known when it has come.
refused_by_its_bytes() {
	cp "$W/mine/acta.pdf" "$W/mine/acta.jpg" &&
	    no "$W/mine/acta.jpg" 'no es lo que dice su' &&
	    says 0 difu "adjuntos $FOLIO" &&
	    doc '.attachments | all(.name != "acta.jpg")'
}
stops() {
	opens_again far && pdf "$W/mine/otra.pdf" "$SIZE" && asks && keys a C-u &&
	    types a "$W/mine/otra.pdf" && goes && keys a F12 && sees a '¿Detenerla?' &&
	    keys a Enter && loses a '¿Detenerla?' && keys a F12 s &&
	    sees a 'Se detuvo la subida de otra.pdf' && relay_free &&
	    says 0 difu "adjuntos $FOLIO" &&
	    doc '.attachments | all(.name != "otra.pdf")'
}
# It is written on while it goes: what was sent is not what it is.
changes() {
	rm "$W/relay.bytes"
	screen_close a && until_true test -s "$W/relay.bytes" &&
	    opens_again far && asks && types a "$W/mine/otra.pdf" && goes &&
	    pdf "$W/mine/otra.pdf" 200000 && relay_free &&
	    sees a 'cambió en esta' && lands otra.pdf
}
# Of some 1,500 pieces none waits until something else wakes the client.
without_waiting() {
	pdf "$W/mine/grande.pdf" 48000000 && screen_close a &&
	    screen_open a difu native && sees a 'SUBIR CON' && asks &&
	    types a "$W/mine/grande.pdf" && keys a Enter && lands grande.pdf
}
served() {
	screen_close a && opens_again '' && keys a F6 &&
	    sees a "sftp -P $PORT difu@127.0.0.1:/$FOLIO/3.1/"
}

t 'an office, a case with a step that takes files, a slow line' begin
t 'a client comes up over it' opens far
t 'F6 asks for a file, and Tab completes its name' completes
t 'it is on its way, and how far it is told' goes
t 'meanwhile one goes on working' goes_on_working
t 'the line is cut: it says that it will go on' cut_off
t 'the line is back: the file lands, whole' goes_on
t 'and what was there was not sent again' sent_once
t 'a client is killed in the middle of another' is_killed
t 'the next one goes on with it by itself' starts_again
t 'and what was there was not sent again' sent_once
t 'folders, devices, what is not there, what is not taken: a sentence' \
    refused_at_once
t 'so is what is not what its name says, when it has come' refused_by_its_bytes
screen_close a
t 'F12 asks, and then stops it: nothing is attached' stops
t 'a file that changes here begins again, and lands as it is' changes
t 'on a line that is not slow it does not wait either' without_waiting
t 'the served screen shows the line to type elsewhere' served
t 'the record is whole' record_is_equal
office_done
