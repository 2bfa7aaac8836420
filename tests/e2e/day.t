#!/bin/sh
# SPDX-License-Identifier: ISC
# day.t - a morning of the office, from 06:00 to 09:31, by the test clock: the
# watch of the media (P03), the digest (P04) and a bulletin (P02), with what
# the clock opens, warns of and escalates on the way.
. "$(dirname "$0")/lib.sh"

NOW=2026-11-23T12:59:00Z	# Monday, 05:59 in Hermosillo

office_opens() {
	office_make >/dev/null &&
	    person_add admin sysadmin &&
	    person_add jefa head_of_unit &&
	    person_add moni monitoring_officer &&
	    person_add coord monitoring_coordinator &&
	    person_add difu dissemination_officer &&
	    person_add dg director_general && server_start
}

# It is that hour, and stays so until the next.
it_is() {
	i_utc=$(TZ=America/Hermosillo date -d "2026-11-23 $1" +%s)
	says 0 admin "reloj detener $(date -u -d "@$i_utc" +%FT%TZ)"
}

# What waits for that person in that procedure: "FOLIO STEP".
task_of() {
	says 0 "$1" bandeja >/dev/null &&
	    jq -r "[.tasks[] | select(.procedure == \"$2\")][0] |
		\"\\(.folio) \\(.step)\"" "$W/doc"
}

nothing_yet() { says 0 moni bandeja && doc '.tasks == []'; }
day_is_open() {
	it_is 06:00:00 || return 1
	P03=$(task_of moni 63-COM-P03)
	P04=$(task_of moni 63-COM-P04)
	echo "$P03, $P04"
	[ "${P03#* }" = 2.1 ] && [ "${P04#* }" = 1.1 ] || return 1
	P03=${P03% *} P04=${P04% *}
	says 0 jefa "historial $P04" && doc '.events[0].actor == "sistema"'
}
day_opens_once() {
	it_is 06:01:00 && says 0 moni bandeja && doc '.tasks | length == 2'
}

# By hand neither, not even by whoever may begin it.
no_other_by_hand() {
	refused 1 moni 'iniciar 63-COM-P03 inicio=diario' \
	    'El 23/11/2026 ya tiene su expediente' &&
	    refused 1 moni 'iniciar 63-COM-P04' "$P04" &&
	    jq -e '.error.code == "conflict"' "$W/doc" &&
	    screen_open moni moni && sees moni 'Bandeja de tareas' &&
	    keys moni F6 && sees moni 'Abrir la síntesis' 'ya abierto' &&
	    screen_close moni
}

# ---- P03 ----

complaint_is_found() {
	it_is 06:30:00 &&
	    says 0 moni "hacer $P03 2.1 watched='[{\"medium\": \"Radio\",
	    \"starts_at\": \"06:00\", \"ends_at\": \"06:30\"}]'" &&
	    says 0 moni "hacer $P03 D1 found=sí comments='[{\"medium\":
	    \"Radio\", \"seen_at\": \"hoy 06:20\", \"kind\": \"queja\",
	    \"summary\": \"Falta vacuna\", \"area\": \"Hospitales\"}]'" &&
	    says 0 moni "hacer $P03 2.2#1 channel=sistema"
}
head_has_15_minutes() {
	says 0 jefa "porque $P03 2.3#1" &&
	    doc '.dates[0].due == "2026-11-23T13:45:00Z" and
	    ([.dates[0].parts[].kind] == ["now", "setting", "minutes"])' &&
	    as jefa "porque $P03 2.3#1" | grep -q '15 minutos corridos'
}
nobody_acts() {
	screen_open dg dg && sees dg 'Bandeja de tareas' &&
	    lacks dg 'aviso' && it_is 06:45:30
}
direction_is_told() {
	sees dg 'a=Ver 1 aviso' && keys dg a && sees dg 'Avisos' "$P03" &&
	    keys dg Enter && sees dg '[1 Pasos]' && screen_close dg
}
direction_may_not_act() {
	refused 1 dg "hacer $P03 2.3#1 area_head=jefa dg_informed_at=ahora \
	    area_informed_at=ahora" 'Jef'
}
complaint_is_answered() {
	it_is 06:50:00 &&
	    says 0 jefa "hacer $P03 2.3#1 dg_informed_at=ahora \
		area_head='Dra. Montaño' area_informed_at=ahora" &&
	    says 0 dg bandeja && doc '.notices == []' &&
	    says 0 jefa "hacer $P03 2.4#1 response=inmediata \
		decided_by='Dirección General'" &&
	    says 0 jefa "hacer $P03 2.5#1 contact='Ana' contact_role=conductor \
		contacted_at=ahora position='Hay vacuna desde hoy.'" &&
	    says 0 coord "hacer $P03 2.7#1 capture=nota note='Se aclaró.' \
		result=aclarado" &&
	    says 0 coord "hacer $P03 D3 more=no" &&
	    says 0 jefa "hacer $P03 3.2 day=2026-11-23 tone=neutral" &&
	    says 0 jefa "hacer $P03 3.3 printed=sí shelf='Archivero 1' \
		sent_to_dg_at=ahora" && doc '.state == "closed"'
}

# ---- P02 ----

bulletin_is_published() {
	it_is 07:00:00 && presents 'Jornada de vacunación' &&
	    it_is 07:20:00 && says 0 jefa "aprobar $F 1.3" &&
	    says 0 difu "hacer $F 2.1 photos=a.jpg" &&
	    says 0 jefa "aprobar $F 2.2" &&
	    says 0 jefa "expediente $F" &&
	    doc '[.open[].step] == ["2.3"]'
}

# ---- P04 ----

digest_is_made() {
	it_is 07:30:00 &&
	    says 0 moni "hacer $P04 1.1 day=2026-11-23 received='[{\"medium\":
	    \"El Imparcial\", \"kind\": \"periódico\", \"copies\": 1,
	    \"received_at\": \"hoy 07:00\"}]'" &&
	    says 0 moni "hacer $P04 2.1 portals='[{\"medium\": \"Portal\"}]' \
	    print_checked='[{\"item\": \"El Imparcial\"}]'" &&
	    says 0 moni "hacer $P04 2.2 clips='[{\"medium\": \"El Imparcial\",
	    \"published_on\": \"2026-11-23\", \"title\": \"Vacunas\",
	    \"topic\": \"ISSSTESON\", \"importance\": 1}]'" &&
	    says 0 moni "hacer $P04 D1 extra=no" &&
	    says 0 moni "hacer $P04 3.1 scan='[{\"clip\": \"Vacunas\",
	    \"image\": \"v.png\"}]'" &&
	    says 0 moni "hacer $P04 3.2 order='[{\"clip\": \"Vacunas\"}]'" &&
	    says 0 moni "hacer $P04 3.3 pdf=sintesis.pdf folder=2026/11" &&
	    it_is 08:50:00 &&
	    says 0 moni "hacer $P04 3.4 to='[{\"recipient\": \"jefa\"}]'" &&
	    doc '[.open[].step] == ["4.1"]'
}
# What the clock said of a case: "step.warned 4.1", in order.
clock_said() {
	says 0 jefa "historial $1" >/dev/null &&
	    jq -r '[.events[] | select(.type | test("warned|overdue|escalated"))
		| "\(.type[5:]) \(.step)"] | join(", ")' "$W/doc"
}
clock_warns_at_nine() {
	it_is 08:59:59 && [ -z "$(clock_said "$P04")" ] &&
	    it_is 09:00:00 && [ "$(clock_said "$P04")" = 'warned 4.1' ] &&
	    says 0 jefa autorizaciones &&
	    doc '.items[0].notice.kind == "warned"'
}
date_names_its_policy() {
	says 0 jefa "porque $P04" &&
	    doc '.dates[0].due == "2026-11-23T16:30:00Z" and
	    .dates[0].rule == "P04-POL2" and (.dates[0].source | length > 10)'
}
calendar_file_is_whole() {
	as jefa 'vencimientos --ics' >"$W/ics" &&
	    grep -q "^UID:$P04-4.1-0@isssteson" "$W/ics" &&
	    grep -q '^DTSTART:20261123T163000Z' "$W/ics" &&
	    grep -q '^TRIGGER;VALUE=DATE-TIME:20261123T160000Z' "$W/ics" &&
	    ! grep -qv "$(printf '\r')\$" "$W/ics"
}
clock_escalates_five_before() {
	it_is 09:25:00 &&
	    [ "$(clock_said "$P04")" = 'warned 4.1, escalated 4.1' ] &&
	    says 0 moni bandeja && doc '[.notices[].step] == ["4.1"]'
}
digest_is_on_time() {
	it_is 09:30:00 && says 0 jefa "aprobar $P04 4.1" &&
	    says 0 jefa "expediente $P04" && doc '.fields.on_time == true'
}
digest_is_registered() {
	it_is 09:31:00 &&
	    says 0 jefa "hacer $P04 4.2 copies=1 handed_at=ahora \
		received_by=Oficialía" &&
	    says 0 moni "hacer $P04 4.3" && says 0 moni "hacer $P04 5.1" &&
	    says 0 moni "hacer $P04 5.2" &&
	    says 0 moni "hacer $P04 5.3 sent_at=ahora \
		what='síntesis del día'" &&
	    says 0 moni "hacer $P04 6.1" && doc '.state == "closed"' &&
	    says 0 jefa "expediente $P04" && doc '.fields.number == 1'
}

t 'the office opens at 05:59 with nothing to do' office_opens
t 'nobody has a task yet' nothing_yet
t '06:00: the watch and the digest of the day are open' day_is_open
t '06:01: each of them once' day_opens_once
t 'no other is opened by hand' no_other_by_hand
t '06:30: a complaint is found and the head is told' complaint_is_found
t 'the head sees why there are 15 minutes' head_has_15_minutes
t '06:45: the minutes are over while the direction looks on' nobody_acts
t 'the notice comes up by itself, and opens the case' direction_is_told
t 'who is told may not answer in place of the head' direction_may_not_act
t '06:50: the complaint is answered and the watch reported' \
    complaint_is_answered
t '07:20: a bulletin and its photograph are approved' bulletin_is_published
t '08:50: the digest waits for the head' digest_is_made
t '09:00: the deadline comes' clock_warns_at_nine
t 'the deadline names the policy it comes from' date_names_its_policy
t 'the deadlines go out as a calendar file' calendar_file_is_whole
t '09:25: five minutes before, others are told' clock_escalates_five_before
t '09:30:00 is on time' digest_is_on_time
t '09:31: the digest has its number' digest_is_registered
t 'what the clock said follows from the record' record_is_equal
office_done
