#!/bin/sh
# SPDX-License-Identifier: ISC
# print.t - the demonstration office, begun on awkward days, and what people
# read of it in a terminal: 80 columns, in Spanish, nothing but text.
. "$(dirname "$0")/lib.sh"

# An office that begins at NOW, whole and the same when made again.
begins() {
	NOW=$1
	office_make --demo && record_is_equal
}

# What everybody may read: LOGIN, then a line; FOLIOS stand for one of each.
readings() {
	cat <<-TEXT
		jefa bandeja
		jefa bandeja --area
		jefa bandeja --vencidas
		jefa autorizaciones
		prod bandeja
		difusion bandeja --devueltas
		coord bandeja
		oaxaca bandeja --area
		dg bandeja
		jefa paso $DECISION
		jefa paso $BULLETIN 1.3
		jefa expediente $BULLETIN
		jefa historial $BULLETIN
		jefa adjuntos $BULLETIN
		jefa buscar vacuna
		jefa personas
		jefa suplencias
		jefa ajustes
		jefa preferencias
		jefa registro
		jefa registro W1
		jefa informe desde=2026-01-01 hasta=2026-12-31
		jefa indicadores desde=2026-01-01 hasta=2026-12-31
		jefa procedimientos
		jefa procedimiento 63-COM-P01
		jefa ayuda
		jefa reloj
	TEXT
}

# Nothing wider than 80, no control characters, no keys of the documents.
reads_well() {
	as "$1" "$2" >"$W/text" || return 1
	[ -s "$W/text" ] || { echo 'it says nothing'; return 1; }
	[ "$(LC_ALL=C.UTF-8 wc -L <"$W/text")" -le 80 ] || {
		cat "$W/text"
		return 1
	}
	! LC_ALL=C grep -n '[[:cntrl:]]' "$W/text" &&
	    ! grep -nE '^(folio|login|role|state|title|office|id): ' "$W/text"
}

is_busy() {
	says 0 jefa 'bandeja --area' &&
	    doc '[.tasks[].procedure] | unique | length == 4' &&
	    doc '[.tasks[].state] | unique == ["approval", "new", "returned",
		"taken"]' &&
	    doc 'any(.tasks[]; .due_late) and any(.tasks[]; .office == "oax")'
}

t 'it begins on a Sunday' begins 2026-11-29T18:00:00Z
t 'it begins at midnight of a leap day' begins 2028-02-29T07:00:00Z
t 'it begins in the first days of a year' begins 2027-01-02T15:00:00Z
t 'it begins on a working day' begins 2026-11-23T17:00:00Z
t 'it opens' server_start
t 'it is in the middle of its work' is_busy

says 0 jefa 'buscar horario' || exit 1
BULLETIN=$(jq -r '.cases[0].folio' "$W/doc")
says 0 jefa autorizaciones || exit 1
DECISION=$(jq -r '.items[] | select(.step == "D2") | "\(.folio) D2"' "$W/doc")

# What editors and browsers open is XML, whole, and holds every step.
draws() {		# FORMAT
	as jefa "procedimiento 63-COM-P01 formato=$1" >"$W/text" &&
	    xmllint --noout "$W/text" || return 1
	says 0 jefa 'procedimiento 63-COM-P01' || return 1
	jq -r '.steps[] | select(.kind != "heading").number' "$W/doc" | while read -r number; do
		grep -qE "[\">]$number " "$W/text" || {
			echo "$number is not there"
			exit 1
		}
	done
}
draws_nothing() { says 2 jefa 'procedimiento 63-COM-P01 formato=vino'; }

# A photograph of which only the name is known.
names_only() {
	says 0 jefa 'buscar Feria' || return 1
	says 0 jefa "adjuntos $(jq -r '.cases[0].folio' "$W/doc")" &&
	    doc '.attachments | length > 0 and all(.kept == false and
		has("size") and .size == null and .sha256 == null)'
}

t 'what is only named says that its size is not known' names_only
t 'the diagram of a procedure' draws diagrama
t 'a procedure as BPMN' draws bpmn
t 'no other format' draws_nothing

readings >"$W/readings"
while read -r login line; do
	t "$login: $line" reads_well "$login" "$line"
done <"$W/readings"
office_done
