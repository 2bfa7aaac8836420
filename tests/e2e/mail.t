#!/bin/sh
# SPDX-License-Identifier: ISC
# mail.t - what an approval sends by mail, through a real server of mail that
# keeps raw bytes, refuses, puts off and falls silent: who got what, how often,
# and what the case says of each.
. "$(dirname "$0")/lib.sh"

S=$W/smtp
mail_end() {
	[ -z "$SMTP" ] || kill "$SMTP"
	SMTP=
	office_end
}
trap mail_end EXIT

cat >"$W/T-02.yaml" <<'YAML'
code: T-02
revision: Rev.00
issued_on: "2026-01-01"
title: Prueba
brief: Prueba
objective: Probar.
scope: Pruebas.
folio: "T-{year}-{n}"
starts:
  - {id: uno, title: Uno, roles: [dissemination_officer], next: [{to: ["1"]}]}
steps:
  - number: "1"
    kind: task
    roles: [dissemination_officer]
    do: Escriba.
    fields:
      - {id: words, label: Texto, type: text, required: "yes"}
      - {id: pdf, label: PDF, type: file}
    next: [{to: ["2"]}]
  - number: "2"
    kind: approval
    roles: [head_of_unit]
    do: Apruebe.
    approval: {id: AP-01, act: Aprobar, authors: ["1"], return_to: ["1"]}
    effects:
      - do: send_mail
        list: dg
        title: "'Síntesis Informativa 23-11-2026 ' || :words"
        text: "'Se adjunta. ' || :words"
        attach: pdf
    next: [{to: [end]}]
YAML

# ---- servers ----

certificate_make() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$W/$1.key" \
	    -out "$W/$1.pem" -days 30 -subj "/CN=$1" \
	    -addext 'subjectAltName=IP:127.0.0.1' 2>/dev/null
}

# smtp_start [CERT KEY]: until its port is known.
smtp_start() {
	rm -rf "$S" && mkdir "$S" || return 1
	/usr/bin/python3 "$HERE/outside/smtp.py" "$S" "$@" 2>>"$W/smtp.log" &
	SMTP=$!
	until_true test -s "$S/port"
}
smtp_stop() {
	kill "$SMTP"
	wait "$SMTP"
	SMTP=
}
smtp_is_set() {
	says 0 admin "ajuste mail_server 127.0.0.1:$(cat "$S/port")"
}

# ---- a case ----

# approved WORDS: a case with them and a PDF, approved; its folio in $F.
approved() {
	says 0 difu "iniciar T-02 title='$1'" || return 1
	F=$(jq -r .folio "$W/doc")
	printf '%%PDF-1.4\n%s\n%%%%EOF\n' "$1" >"$W/s.pdf"
	echo "put $W/s.pdf /$F/1/síntesis.pdf" | sftp_as difu || return 1
	says 0 difu "hacer $F 1 words='$1'" &&
	    says 0 jefa "aprobar $F 2"
}
later() { says 0 admin "reloj avanzar $1"; }

# ended ADDRESS STATE: so it stands in the case.
ended() {
	says 0 jefa "expediente $F" || return 1
	jq -e --arg a "$1" --arg s "$2" '[.effects[].to[] |
	    select(.address == $a) | .ended.state] == [$s]' "$W/doc"
}
# said TEXT: one of the lines of the case has it.
said() {
	says 0 jefa "expediente $F" || return 1
	jq -r '.effects[].lines[]' "$W/doc" | grep -qF -- "$1"
}
# sent N ADDRESS: N messages came for that address.
sent() { [ "$(cat "$S"/*.to 2>/dev/null | grep -c " $2\$")" -eq "$1" ]; }

# ---- what is proved ----

office_begins() {
	office_make >/dev/null && certificate_make buena &&
	    certificate_make otra || return 1
	printf 'courier_timeout 5\ncourier_ca %s\n' "$W/buena.pem" \
	    >>"$O/pautad.conf"
	person_add admin sysadmin && person_add jefa head_of_unit &&
	    person_add difu dissemination_officer &&
	    pautad procedure import --dir "$O" "$W/T-02.yaml" && server_start
}

without_a_server_it_says_so() {
	says 0 jefa 'destinatario alta dg dg@oficina.mx nombre=Dirección' &&
	    approved uno && later 40s &&
	    until_true said 'No hay servidor de correo'
}

undone_is_never_sent() {
	smtp_start "$W/buena.pem" "$W/buena.key" && smtp_is_set &&
	    says 0 admin 'ajuste mail_from sintesis@oficina.mx' &&
	    approved deshecho && says 0 jefa "deshacer $F" &&
	    approved dos && later 40s &&
	    until_true ended dg@oficina.mx 'done' || return 1
	! grep -l 'deshecho' "$S"/*.eml
}

# Parsed by somebody else's reader of mail, strictly, from the raw bytes.
is_what_was_meant() {
	later 2h && until_true sent 2 dg@oficina.mx || return 1
	/usr/bin/python3 - "$S" <<'PYTHON'
import email, email.policy, glob, sys
seen = set()
for path in glob.glob(sys.argv[1] + "/*.eml"):
    raw = open(path, "rb").read()
    assert raw.count(b"\n") == raw.count(b"\r\n"), "a bare line feed"
    m = email.message_from_bytes(raw, policy=email.policy.strict)
    assert not m.defects, m.defects
    words = m["Subject"].split(" ")[-1]
    assert m["Subject"] == "Síntesis Informativa 23-11-2026 " + words
    assert m["From"].addresses[0].addr_spec == "sintesis@oficina.mx"
    assert m["To"].addresses[0].addr_spec == "dg@oficina.mx"
    assert m["To"].addresses[0].display_name == "Dirección"
    assert m["Message-ID"].endswith("@oficina.mx>"), m["Message-ID"]
    seen.add(str(m["Message-ID"]))
    text, pdf = m.iter_parts()
    assert text.get_content().strip() == "Se adjunta. " + words
    assert pdf.get_content_type() == "application/pdf"
    assert pdf.get_filename() == "síntesis.pdf"
    assert pdf.get_content() == f"%PDF-1.4\n{words}\n%%EOF\n".encode()
assert len(seen) == 2, seen
PYTHON
}

each_has_its_own_fate() {
	says 0 jefa 'destinatario alta dg uno@oficina.mx' &&
	    says 0 jefa 'destinatario alta dg luego@oficina.mx' &&
	    says 0 jefa 'destinatario alta dg nadie@oficina.mx' &&
	    says 0 jefa 'destinatario alta dg dos@oficina.mx' &&
	    approved tres && later 40s &&
	    until_true ended uno@oficina.mx 'done' &&
	    until_true ended dos@oficina.mx 'done' &&
	    until_true ended nadie@oficina.mx failed &&
	    until_true said 'vuelva luego' &&
	    said 'no vive nadie<U+001B>' && sent 0 luego@oficina.mx &&
	    later 2h && until_true ended luego@oficina.mx 'done' &&
	    sent 1 luego@oficina.mx && sent 1 uno@oficina.mx &&
	    sent 1 dos@oficina.mx && sent 0 nadie@oficina.mx
}

silence_is_said_and_tried_once_more() {
	for who in uno luego nadie dos dg; do
		says 0 jefa "destinatario baja dg $who@oficina.mx" || return 1
	done
	says 0 jefa 'destinatario alta dg calla@oficina.mx' &&
	    approved cuatro && later 40s &&
	    until_true ended calla@oficina.mx unknown &&
	    said 'puede llegar dos veces' && later 1h &&
	    until_true ended calla@oficina.mx 'done' &&
	    said 'pudo llegar dos veces' && sent 2 calla@oficina.mx &&
	    [ "$(grep -h '^Message-ID' "$S"/*.eml | sort | uniq -d |
		wc -l)" -eq 1 ]
}

# The sixth is asked to wait until five hang, and arrives meanwhile.
mutes() {
	for n in 1 2 3 4 5; do
		"$@" "mudo$n@oficina.mx" || return 1
	done
}
mute_is() { says 0 jefa "destinatario $1 dg $2"; }
mute_ends() { until_true ended "$1" unknown; }
hanging_mails_delay_no_other() {
	says 0 jefa 'destinatario baja dg calla@oficina.mx' &&
	    mutes mute_is alta &&
	    says 0 jefa 'destinatario alta dg presta@oficina.mx' &&
	    approved ocho && later 40s &&
	    until_true ended presta@oficina.mx 'done' &&
	    mutes mute_ends || return 1
	cat "$S/order"
	[ "$(cat "$S/order")" = 'while one hangs' ] &&
	    mutes mute_is baja &&
	    says 0 jefa 'destinatario baja dg presta@oficina.mx'
}

# The same server with a certificate that nobody vouches for gets nothing.
a_false_server_gets_nothing() {
	says 0 jefa 'destinatario alta dg dg@oficina.mx' || return 1
	smtp_stop
	smtp_start "$W/otra.pem" "$W/otra.key" && smtp_is_set &&
	    approved cinco && later 40s &&
	    until_true said 'certificado' && sent 0 dg@oficina.mx
}

nor_one_that_does_not_encrypt() {
	smtp_stop
	smtp_start && smtp_is_set && approved seis && later 40s &&
	    until_true said 'no cifra' && sent 0 dg@oficina.mx || return 1
	says 0 admin 'ajuste mail_tls ninguno' && later 2h &&
	    until_true ended dg@oficina.mx 'done'
}

# The courier and the core are killed while mails wait: none is lost.
a_kill_loses_nothing() {
	approved siete || return 1
	kill -9 "$(office_processes | sed -n 's/^\([0-9]*\) .*courier.*/\1/p')"
	later 40s && until_true ended dg@oficina.mx 'done'
}

# The mail of the day: one a day, of what waits, over kills of both.
summary_text() {
	/usr/bin/python3 - "$(grep -l " difu@oficina.mx\$" "$S"/*.to |
	    sed 's/to$/eml/' | tail -n 1)" <<-'END'
	import email, email.policy, sys
	m = email.message_from_bytes(open(sys.argv[1], "rb").read(),
	                             policy=email.policy.default)
	print(m["Subject"], m["To"])
	print(m.get_body(("plain",)).get_content(), list(m.iter_attachments()))
	END
}
# Whose bytes came is not yet whose answer is in the record: killed between the
# two it is sent again, as it must be.
summaries_done() {
	says 0 jefa 'encargos --todos' && doc "[.jobs[] |
	    select(.kind == \"summary\" and .state == \"done\")] | length == $1"
}
office_is_killed() {
	kill -9 "$SERVER" && wait "$SERVER"
	until_true office_is_quiet && server_start
}
summary_goes_once_a_day() {
	says 0 difu 'iniciar T-02 title=secreto' || return 1
	F=$(jq -r .folio "$W/doc")
	says 0 jefa 'destinatario alta avisos difu@oficina.mx nombre=difu' &&
	    says 0 difu 'preferencia summary yes' && later 1d &&
	    until_true summaries_done 1 && sent 1 difu@oficina.mx &&
	    office_is_killed &&
	    later 1h && later 1h && later 1d &&
	    until_true sent 2 difu@oficina.mx || return 1
	summary_text >"$W/said" && cat "$W/said"
	grep -q '^Pauta: .*<difu@oficina.mx>' "$W/said" || return 1
	grep -q "$F, paso 1: Escriba" "$W/said" &&
	    grep -q '\[\]$' "$W/said" && ! grep -q secreto "$W/said"
}
summary_ends_when_it_is_not_wanted() {
	says 0 difu 'preferencia summary no' && later 1d && approved ocho &&
	    later 40s && until_true ended dg@oficina.mx 'done' &&
	    sent 2 difu@oficina.mx
}

t 'an office whose mail is set up later' office_begins
t 'a mail that cannot leave says why in its case' without_a_server_it_says_so
t 'what was undone is never sent, what was not is' undone_is_never_sent
t 'what arrives is what was meant, byte by byte' is_what_was_meant
t 'one of five is put off, one refused: each has its own fate' \
    each_has_its_own_fate
t 'silence after the last byte: said, and sent once more' \
    silence_is_said_and_tried_once_more
t 'five that hang delay no other' hanging_mails_delay_no_other
t 'a false certificate gets nothing' a_false_server_gets_nothing
t 'nor a server that does not encrypt, unless it was said so' \
    nor_one_that_does_not_encrypt
t 'a killed courier loses no mail' a_kill_loses_nothing
t 'the mail of the day: one a day, no word of what it is about' \
    summary_goes_once_a_day
t 'and none to who does not want it' summary_ends_when_it_is_not_wanted
t 'the record verifies' record_is_equal
office_done
