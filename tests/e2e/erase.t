#!/bin/sh
# SPDX-License-Identifier: ISC
# erase.t - the data of a finished case go for good; the chain, the views and
# what strangers check stay whole, and the record says who and why.
. "$(dirname "$0")/lib.sh"

erase() {
	pautad erase --dir "$O" "$1" --by "$2" --with "$3" \
	    --reason 'Solicitud de cancelación de datos'
}
# Somewhere in the files of the record.
file_has() { cat "$O"/pauta.db* | grep -qaF "$1"; }
file_has_not() { ! file_has "$1"; }

t 'an office is made' office_make --demo
t 'it serves' server_start
t 'a case is found by its words' says 0 jefa 'buscar Lavado'
FOLIO=$(jq -r '.cases[] | select(.state == "closed") | .folio' "$W/doc")
OPEN=$(as jefa 'buscar vacunación --json' |
    jq -r '.cases[] | select(.state == "open") | .folio' | head -n 1)
WORDS='La voz queda debajo'

# A case with two files and a cancelled one with the same and another.
attach() {
	says 0 difusion "iniciar 63-COM-P02 title=$1 tracks=redes" || return 1
	A=$(jq -r .folio "$W/doc")
	shift
	for a_text; do
		echo "$a_text" >"$W/$a_text.txt"
		echo "put $W/$a_text.txt /$A/3.1/$a_text.txt"
	done | sftp_as difusion
}
blob_is_there() {
	b_sum=$(echo "$1" | sha256sum | cut -d' ' -f1)
	[ -f "$O/blobs/central/$(echo "$b_sum" | cut -c1-2)/$(echo "$b_sum" |
	    cut -c3-)" ]
}
blob_is_gone() { ! blob_is_there "$1"; }
files_are_attached() {
	attach Queda comun && attach Cancelado comun privado &&
	    says 0 jefa "cancelar $A motivo=Prueba" &&
	    blob_is_there comun && blob_is_there privado
}
files_go_at_once() {
	erase "$A" jefa dg && until_true blob_is_gone privado &&
	    blob_is_there comun
}
t 'its data are in the files' file_has "$WORDS"
t 'a person alone cannot' denied 'dos personas' erase "$FOLIO" jefa jefa
t 'nor somebody unknown' denied 'dos personas' erase "$FOLIO" jefa nadie
t 'an open case stays' denied 'sigue abierto' erase "$OPEN" jefa dg
t 'nor what is not there' denied 'No' erase VID-1999-0001 jefa dg
t 'two persons erase it' erase "$FOLIO" jefa dg
t 'it is gone' says 3 jefa "expediente $FOLIO"
nothing_found() { says 0 jefa 'buscar Lavado' && doc '.cases == []'; }
t 'from the search too' nothing_found
t 'from every file' file_has_not "$WORDS"
t 'the record is whole, and its views as the events say' record_is_equal
t 'the folio is not given again' says 0 jefa \
	'iniciar 63-COM-P01 title=Otro requesting_area=Hospitales due_on=+20'
t 'but the next one' doc ".folio > \"$FOLIO\""
t 'the others are as they were' says 0 jefa "expediente $OPEN"
t 'files are attached' files_are_attached
t 'those of an erased case go with it, but for what another has' \
	files_go_at_once
t 'it is exported' pautad export --dir "$O" --to "$W/x"
good() {
	sh "$W/x/verificar.sh" | tee "$W/said"
	grep -q '([1-9][0-9]* borrados)' "$W/said"
}
t 'and a stranger finds it correct, with what was erased' good
t 'who and why can be read' grep -q \
	'"by":"jefa".*"reason":"Solicitud.*"type":"case.erased".*"with":"dg"' \
	"$W/x/events.jsonl"
unasked() {
	sed -i '150s/.*//' "$W/x/events.jsonl"
	sed -i '150s/ [0-9a-f]* / - /' "$W/x/leaves.txt"
	denied 'evento 150: le falta' sh "$W/x/verificar.sh"
}
t 'what nobody erased may not be missing' unasked
t 'a backup holds nothing of it' pautad backup --dir "$O" --to "$W/b.tar"
t 'nor does its file' sh -c "! grep -qaF '$WORDS' '$W/b.tar'"
t 'the server stops' server_stop
t 'and starts with it' server_start
t 'as before' says 3 jefa "expediente $FOLIO"

office_done
