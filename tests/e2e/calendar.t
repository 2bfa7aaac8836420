#!/bin/sh
# SPDX-License-Identifier: ISC
# calendar.t - another calendar of days not worked over a running server: what
# it moves is shown, then happens as it was shown, and stays after a kill; the
# deadlines as the calendar file that a person fetches.
. "$(dirname "$0")/lib.sh"

NOW=2026-11-23T16:00:00Z	# Monday, 09:00 in Hermosillo

definition() {
	cat <<-END
	code: T-01
	revision: Rev.00
	issued_on: '2026-01-01'
	title: Solicitudes
	brief: Solicitudes
	objective: Contestar.
	scope: La unidad.
	folio: 'T-{year}-{n}'
	starts:
	  - {id: a, title: Solicitud, roles: [dissemination_officer],
	     next: [{to: ['1.1']}]}
	steps:
	  - number: '1.1'
	    kind: task
	    title: Respuesta
	    do: Conteste la solicitud.
	    roles: [dissemination_officer]
	    due: "at(add_working_days(today(), 3), '14:00')"
	    fields: [{id: answer, label: Respuesta, type: text,
	              required: 'yes'}]
	    next: [{to: [end]}]
	END
}

# calendar DATE: that day is not worked
calendar() {
	printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//t BEGIN:VEVENT \
	    UID:1 DTSTAMP:20260101T000000Z "DTSTART;VALUE=DATE:$1" \
	    'SUMMARY:Día del archivo' END:VEVENT END:VCALENDAR
}

office_opens() {
	definition >"$W/T-01.yaml" && calendar 20261125 >"$W/new.ics" &&
	    calendar 20261399 >"$W/bad.ics" &&
	    office_make >/dev/null && person_add jefa head_of_unit &&
	    person_add difu dissemination_officer && server_start &&
	    pautad procedure import --dir "$O" "$W/T-01.yaml" &&
	    says 0 difu 'iniciar T-01 title=Uno' && F=$(jq -r .folio "$W/doc")
}
due_is() { says 0 difu "porque $F" && doc ".dates[0].due == \"$1\""; }

bad_file_has_its_line() {
	denied 'renglón 7 del calendario' \
	    pautad calendar check --dir "$O" "$W/bad.ics" &&
	    denied 'El renglón 1 del calendario' \
		pautad calendar check --dir "$O" "$W/T-01.yaml"
}
check_shows_it() {
	before=$(record_count) &&
	    pautad calendar check --dir "$O" "$W/new.ics" >"$W/shown" &&
	    cat "$W/shown" &&
	    grep -q "^$F paso 1.1: del 26/11/2026 14:00 al 27/11/2026 14:00" \
		"$W/shown" &&
	    grep -q 'No cuentan: 25/11/2026 (Día del archivo)' "$W/shown" &&
	    grep -q '^25/11/2026  deja de contar: Día del archivo; no se abr' \
		"$W/shown" && [ "$(record_count)" = "$before" ] &&
	    due_is 2026-11-26T21:00:00Z
}
head_sees_the_same() {
	says 0 jefa "calendario texto='$(cat "$W/new.ics")'" &&
	    doc '.count == 1 and .moves[0].subject == "Uno" and
		.applied == false' &&
	    refused 1 difu "calendario texto='$(cat "$W/new.ics")'" jefatura
}
import_wants_what_was_shown() {
	denied HUELLA pautad calendar import --dir "$O" "$W/new.ics" &&
	    denied 'vuelva a verlo' pautad calendar import --dir "$O" \
		"$W/new.ics" --content 00 && due_is 2026-11-26T21:00:00Z
}
import_moves_it() {
	sum=$(pautad calendar check --dir "$O" "$W/new.ics" --json |
	    jq -r .content) &&
	    pautad calendar import --dir "$O" "$W/new.ics" --content "$sum" &&
	    due_is 2026-11-27T21:00:00Z &&
	    doc '.dates[0].moved.by == "operador" and
		.dates[0].moved.was == "2026-11-26T21:00:00Z"'
}
# The same deadlines as a file, by the programs that people have.
calendar_of() { tr -d '\r' <"$1" | sed '/^DTSTAMP/d'; }
file_is_there() {
	sftp_as difu <<-END || return 1
	ls -l /
	get /vencimientos.ics $W/due.ics
	END
	cat "$W/said"
	grep -q '^-r.* vencimientos.ics' "$W/said" || return 1
	as difu 'vencimientos --ics' >"$W/said.ics" &&
	    calendar_of "$W/due.ics" >"$W/a" &&
	    calendar_of "$W/said.ics" >"$W/b" && diff "$W/a" "$W/b" &&
	    grep -q "^UID:$F-1.1-0@" "$W/due.ics" &&
	    grep -q '^DTSTART:20261127T210000Z' "$W/due.ics"
}
psftp_gets_it() {
	puttygen "$O/keys/difu" -O private -o "$W/difu.ppk" &&
	    echo "get /vencimientos.ics $W/putty.ics" >"$W/script" &&
	    psftp -P "$PORT" -i "$W/difu.ppk" -batch -b "$W/script" \
		-hostkey "$(ssh-keygen -lf "$O/ssh_host_ed25519_key.pub" |
		    cut -d' ' -f2)" difu@127.0.0.1 &&
	    calendar_of "$W/putty.ics" >"$W/b" && diff "$W/a" "$W/b"
}
file_is_each_persons_own() {
	echo "get /vencimientos.ics $W/jefa.ics" | sftp_as jefa &&
	    grep -q '^END:VCALENDAR' "$W/jefa.ics" &&
	    ! grep -q "$F" "$W/jefa.ics"
}
file_is_only_read() {
	cp "$W/due.ics" "$W/mine.ics"
	! echo "put $W/mine.ics /vencimientos.ics" | sftp_as difu &&
	    grep -q 'solo se baja' "$W/said" || return 1
	for line in 'rm /vencimientos.ics' 'ls /vencimientos.ics/x' \
	    'rename /vencimientos.ics /x' 'get /vencimientos.ics/x /dev/null'; do
		! echo "$line" | sftp_as difu || return 1
	done
	echo "get /vencimientos.ics $W/due.ics" | sftp_as difu
}

restart_keeps_it() {
	kill -9 "$SERVER" && wait "$SERVER"
	until_true office_is_quiet && server_start &&
	    due_is 2026-11-27T21:00:00Z && [ "$(record_count)" -gt 0 ]
}

t 'an office with a deadline of three working days' office_opens
t 'a file that is no calendar is refused with its line' bad_file_has_its_line
t 'what would move is shown, with the days, and nothing moves' check_shows_it
t 'the head sees the same, others do not' head_sees_the_same
t 'it comes into force as it was shown or not at all' \
    import_wants_what_was_shown
t 'the deadline moves, and says by whom' import_moves_it
t 'the deadlines lie in the first folder of sftp' file_is_there
t 'psftp gets the same' psftp_gets_it
t 'each person has only what is hers' file_is_each_persons_own
t 'nobody writes, moves or removes it' file_is_only_read
t 'and stays where it is after a kill' restart_keeps_it
office_done
