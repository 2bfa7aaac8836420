#!/bin/sh
# SPDX-License-Identifier: ISC
# What belongs to one office does not exist for another: not in a list, not in
# a count, not in the words of a refusal.  A resent operation is done once.
. "$(dirname "$0")/lib.sh"

WORD=zafiro		# stands in the central office's case and nowhere else
OP=00112233445566778899aabbccddeeff

begin() {
	office_make --demo && server_start &&
	    says 0 jefa "iniciar 63-COM-P01 title='Reporte $WORD'" || return 1
	FOLIO=$(jq -r .folio "$W/doc")
	STRANGE=${FOLIO%?}9	# nobody's
	says 0 jefa "hacer $FOLIO 1.2 topic=$WORD planned_on=2026-11-30 \
	    assignee=prod notes=$WORD"
}

# All that a person of another office may ask; none of it tells.
reads='bandeja|bandeja --area|bandeja --aprobacion|bandeja --devueltas
bandeja --vencidas|autorizaciones|procedimientos|registro|informe desde=2026-01-01 hasta=2026-12-31
indicadores desde=2026-01-01 hasta=2026-12-31|personas|suplencias|lugar|preferencias|ayuda'
all_reads() {
	{
		echo "$reads" | tr '|' '\n'
		as jefa 'registro --json' | jq -r '.registers[] |
		    "registro \(.id) procedimiento=\(.procedure)"'
	} >"$W/reads"
	while read -r line; do
		says 0 "$1" "$line" || return 1
		cat "$W/doc"
		as "$1" "$line"
	done <"$W/reads" >"$W/seen.$1"
}
sees_nothing() {
	all_reads oaxaca || { tail -n 2 "$W/seen.oaxaca"; return 1; }
	! grep -e "$WORD" -e "$FOLIO" "$W/seen.oaxaca"
}
# The net is fine enough: the head of the office does see it there.
sees_it() {
	all_reads jefa && grep -q "$FOLIO" "$W/seen.jefa" &&
	    grep -q "$WORD" "$W/seen.jefa"
}
finds_nothing() {
	says 0 oaxaca "buscar $WORD" && doc '.cases == []' &&
	    says 0 oaxaca "buscar $FOLIO" && doc '.cases == []' &&
	    says 0 jefa "buscar $WORD" && doc '.cases | length == 1'
}

# The same status and the same sentence as for a folio that nobody has.
acts='expediente %|historial %|adjuntos %|paso % 1.3|tomar % 1.3|soltar % 1.3
turnar % 1.3 persona=oaxaca|borrador % 1.3 video_kind=planeado
hacer % 1.3 video_kind=planeado|aprobar % 1.3|devolver % 1.3 motivo=No
reclasificar % 1.2 topic=otro|cancelar % motivo=No|deshacer %
baja % 1 fila=1 motivo=No'
told_the_same() {
	before=$(acts_count)
	echo "$acts" | tr '|' '\n' >"$W/acts"
	while read -r act; do
		says 3 oaxaca "$(echo "$act" | sed "s/%/$FOLIO/")" || return 1
		sed "s/$FOLIO/FOLIO/g" "$W/doc" >"$W/hers"
		says 3 oaxaca "$(echo "$act" | sed "s/%/$STRANGE/")" || return 1
		sed "s/$STRANGE/FOLIO/g" "$W/doc" | cmp "$W/hers" - || {
			cat "$W/hers" "$W/doc"
			return 1
		}
	done <"$W/acts"
	[ "$(acts_count)" -eq "$before" ]
}
not_in_her_name() {
	says 0 oaxaca procedimientos || return 1
	before=$(acts_count)
	as oaxaca "iniciar 63-COM-P02 title=x tracks=redes oficina=central" &&
	    return 1
	[ "$(acts_count)" -eq "$before" ]
}
her_own() {
	says 0 oaxaca "iniciar 63-COM-P02 title=Propio tracks=redes" ||
	    return 1
	own=$(jq -r .folio "$W/doc")
	says 0 oaxaca "expediente $own" && doc '.office == "oax"'
}

once() {
	before=$(acts_count)
	says 0 jefa "iniciar 63-COM-P01 title=Eco --op=$OP" || return 1
	cp "$W/doc" "$W/first"
	[ "$(acts_count)" -gt "$before" ] || return 1
	folio=$(jq -r .folio "$W/doc")
	says 0 jefa "historial $folio" && cp "$W/doc" "$W/history" || return 1
	server_stop && server_start || return 1
	says 0 jefa "iniciar 63-COM-P01 title=Eco --op=$OP" &&
	    cmp "$W/first" "$W/doc" && says 0 jefa "historial $folio" &&
	    cmp "$W/history" "$W/doc" &&
	    says 0 jefa 'buscar Eco' && doc '.cases | length == 1'
}
hers_alone() {
	as prod "hacer $FOLIO 1.3 video_kind=planeado subtype=efeméride \
	    for_bulletin=no --op=$OP --json" >"$W/doc" &&
	    doc '.folio == "'"$FOLIO"'" and .step == "1.3"'
}
of_a_refusal() {
	op=ffeeddccbbaa99887766554433221100
	refused 1 prod "hacer $FOLIO 2.2 --op=$op" 2.2 &&
	    says 0 prod "hacer $FOLIO 2.1 no_interviews=sí \
		no_interviews_reason=Ninguna --op=$op"
}

t 'a case of the central office' begin
t 'its head sees it' sees_it
t 'another office sees nothing of it' sees_nothing
t 'nor finds it' finds_nothing
t 'and is told what is told of no case at all' told_the_same
t 'nor begins one there' not_in_her_name
t 'her own is hers' her_own
t 'an operation sent again is done once, and answered the same' once
t "another one's operation with that id is another" hers_alone
t 'an operation that was refused may be tried again' of_a_refusal
t 'the record is whole' record_is_equal
office_done
