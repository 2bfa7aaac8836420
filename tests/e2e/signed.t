#!/bin/sh
# SPDX-License-Identifier: ISC
# Decisions signed with the decider's own key: by the client on her machine,
# with a key file and with an agent, or by a script with ssh-keygen; the server
# checks them, the record keeps them, and a stranger verifies each one.
. "$(dirname "$0")/lib.sh"

X=$W/export
AGENT=
unset SSH_AUTH_SOCK
agent_end() {
	[ -z "$AGENT" ] || { kill "$AGENT" && wait "$AGENT"; }
	AGENT=
}
trap 'agent_end; office_end' EXIT

# How the last decision of $F is assured: "F SHA256:…" or "S ".
assured() {
	says 0 jefa "historial $F" && jq -r '[.events[] |
	    select(.assurance)][-1] | "\(.assurance) \(.data.signature.key // "")"' \
	    "$W/doc"
}
is_assured() {
	i_got=$(assured)
	[ "$i_got" = "$1" ] || { echo "$i_got, not $1"; return 1; }
}
decided() { says 0 jefa "historial $F" && doc '[.events[].assurance] | any'; }
print_of() { ssh-keygen -l -f "$1" | cut -d' ' -f2; }

# ---- screens ----

# A screen opens where its person left off.
is_open() { shows "$1" Bandeja || shows "$1" Aprobaciones; }
goes_home() {
	until_true is_open "$1" || { screen_text "$1"; return 1; }
	! shows "$1" Aprobaciones || keys "$1" F3
	sees "$1" 'Bandeja de tareas'
}
# To the row of $F in the inbox, and open it.
opens() {
	goes_home "$1" && choose "$1" "$F" && keys "$1" Enter &&
	    sees "$1" "$F" ': primera ronda'
}
approves() {
	opens "$1" && keys "$1" a && sees "$1" "$F aprobada" &&
	    until_true decided
}
# The client with only this environment, this key or none, and more words.
# What `tm` says of leaks counts here too: env -i would take it away.
client_open() {
	c_name=$1 c_env=$2 c_words=$3
	tm new-session -d -x 80 -y 24 -s "$c_name" "env -i PATH=$PATH \
	    ASAN_OPTIONS=detect_leaks=0 TERM=xterm-256color LC_ALL=C.UTF-8 \
	    HOME=$W/home $c_env \
	    $BUILD/pauta -p $PORT --known-hosts $W/known_hosts $c_words \
	    jefa@127.0.0.1; echo fin \$?; cat"
}
agent_answers() {
	SSH_AUTH_SOCK=$W/agent ssh-add -l >/dev/null 2>&1
	[ $? -lt 2 ]
}
# An agent with these keys.
agent_start() {
	agent_end
	rm -f "$W/agent"
	ssh-agent -D -a "$W/agent" >/dev/null 2>&1 &
	AGENT=$!
	until_true agent_answers || return 1
	SSH_AUTH_SOCK=$W/agent ssh-add "$@" 2>&1
}
key_more() {
	ssh-keygen -q -t "$1" -N '' -f "$O/keys/$2" &&
	    pautad key add --dir "$O" jefa --key "$O/keys/$2.pub"
}

# ---- by the client ----

begin() {
	mkdir "$W/home"
	office_make && person_add jefa head_of_unit &&
	    person_add difu dissemination_officer &&
	    key_more rsa jefa-rsa && key_more ecdsa jefa-ecdsa && server_start
}
by_file() {
	presents Uno && screen_open file jefa native && approves file &&
	    is_assured "F $(print_of "$O/keys/jefa.pub")"
}
is_said() {
	says 0 jefa "expediente $F" &&
	    doc '[.steps[] | select(.assurance == "F") | .number] == ["1.3"]' &&
	    as jefa "historial $F" | grep -q 'Aprueba el paso 1.3 con su firma'
}
by_agent() {
	presents Dos && agent_start "$O/keys/jefa" "$O/keys/difu" &&
	    client_open agent "SSH_AUTH_SOCK=$W/agent" '' && approves agent &&
	    screen_close agent && is_assured "F $(print_of "$O/keys/jefa.pub")"
}
by_agent_of_kind() {
	presents "Tres $1" && agent_start "$O/keys/jefa-$1" &&
	    client_open "agent-$1" "SSH_AUTH_SOCK=$W/agent" '' &&
	    approves "agent-$1" && screen_close "agent-$1" &&
	    is_assured "F $(print_of "$O/keys/jefa-$1.pub")"
}
without_agent() {
	presents Cuatro && client_open none '' "-i $O/keys/jefa-rsa" &&
	    approves none && sees none "$F aprobada, sin firma: " &&
	    screen_close none &&
	    is_assured 'S '
}
served() {
	presents Cinco && screen_open served jefa && approves served &&
	    is_assured 'S '
}
returned() {
	presents Seis && opens file || return 1
	keys file d
	sees file 'Observación (obligatoria)' || return 1
	types file 'Falta la fuente'
	sees file 'Falta la fuente' || return 1
	keys file F8
	sees file "$F devuelta" &&
	    is_assured "F $(print_of "$O/keys/jefa.pub")"
}
in_lines() {
	presents Siete && says 0 jefa bandeja || return 1
	l_n=$(jq --arg f "$F" '[.tasks[].folio] | index($f) + 1' "$W/doc")
	printf '%s\n1\n.\n' "$l_n" | env -i HOME="$W/home" LC_ALL=C.UTF-8 \
	    "$BUILD/pauta" -p "$PORT" -i "$O/keys/jefa" --lineal \
	    --known-hosts "$W/known_hosts" jefa@127.0.0.1 >"$W/said" 2>&1
	grep -q 'Hecho' "$W/said" || { cat "$W/said"; return 1; }
	is_assured "F $(print_of "$O/keys/jefa.pub")"
}

# ---- by a script ----

sum() { printf %s "$1" | sha256sum | cut -c1-64; }
# What jefa signs of $F: text in $W/text, its signature in $W/sig.
script_signs() {
	s_key=$1
	says 0 jefa "paso $F 1.3" || return 1
	REVISION=$(jq .revision "$W/doc")
	CONTENT=$(jq -r .content "$W/doc")
	POINT=$(jq .sign.n "$W/doc")
	NONCE=$(openssl rand -hex 16)
	{
		echo 'approval: 1'
		echo "installation: $(jq -r .sign.installation "$W/doc")"
		echo "folio: $F"
		echo 'step: 1.3'
		echo "revision: $REVISION"
		echo "content: $CONTENT"
		echo 'decision: aprobar'
		echo "remark-sha256: $(sum '')"
		echo "answers-sha256: $(sum '{}')"
		echo 'actor: jefa'
		echo "checkpoint: $POINT $(jq -r .sign.chain "$W/doc")"
		echo "nonce: $NONCE"
	} >"$W/text"
	says 0 jefa bandeja
	ISSUED=$(jq -r .now "$W/doc")
	echo "issued: $ISSUED" >>"$W/text"
	ssh-keygen -q -Y sign -n "${SPACE:-approval@pauta}" -f "$O/keys/$s_key" \
	    <"$W/text" 2>/dev/null | sed '/^-----/d' | tr -d '\n' >"$W/sig"
}
LINE() {
	echo "aprobar $F 1.3 revision=$REVISION contenido=$CONTENT nonce=$NONCE \
emitida=$ISSUED punto=$POINT firma=$(cat "$W/sig")"
}
by_script() {
	presents Ocho && script_signs jefa && says 0 jefa "$(LINE)" &&
	    is_assured "F $(print_of "$O/keys/jefa.pub")"
}
another_s_key() {
	presents Nueve && script_signs difu &&
	    refused 1 jefa "$(LINE)" 'no es una de las que usted tiene'
}
another_purpose() {
	SPACE=checkpoint@pauta script_signs jefa &&
	    refused 1 jefa "$(LINE)" 'no es de esta decisión'
}
another_case() {
	script_signs jefa || return 1
	o_line=$(LINE)
	o_folio=$F
	presents Diez &&
	    refused 1 jefa "$(echo "$o_line" | sed "s/$o_folio/$F/")" ''
}
revoked() {
	script_signs jefa-ecdsa || return 1
	pautad key revoke --dir "$O" "$(print_of "$O/keys/jefa-ecdsa.pub")" &&
	    refused 1 jefa "$(LINE)" 'no es una de las que usted tiene'
}

# ---- where it is demanded ----

demand() {
	sed 's/^revision: .*/revision: Rev.77/
	    s/^      id: AP-06$/&\n      assurance: F/' \
	    "$ROOT/server/procedures/63-COM-P02.yaml" >"$W/63-COM-P02.yaml"
	pautad procedure check "$W/63-COM-P02.yaml" &&
	    pautad procedure import --dir "$O" "$W/63-COM-P02.yaml"
}
not_from_the_server() {
	presents Once || return 1
	as jefa autorizaciones | grep -q 'PIDE FIRMA' &&
	    refused 1 jefa "aprobar $F 1.3" 'programa «pauta»' || return 1
	opens served &&
	    sees served 'decida con el programa pauta' || return 1
	keys served a
	sees served 'Pide su firma' && screen_close served &&
	    says 0 jefa "paso $F 1.3"
}
from_her_own() {
	approves file && is_assured "F $(print_of "$O/keys/jefa.pub")"
}
is_marked() {
	presents Doce && opens file && sees file ' firma ' \
	    'se firma con su llave'
}

# ---- for a stranger ----

exports() { rm -rf "$X" && pautad export --dir "$O" --to "$X"; }
each_verifies() {
	v_n=0
	for f in "$X"/approvals/*.txt; do
		ssh-keygen -Y verify -f "$X/allowed_signers" \
		    -I "$(sed -n 's/^actor: //p' "$f")" -n approval@pauta \
		    -s "${f%.txt}.sig" <"$f" || return 1
		v_n=$((v_n + 1))
	done
	echo "$v_n"
	[ $v_n -ge 7 ]
}
stranger() { (cd / && PATH=/usr/bin:/bin sh "$@" 2>&1); }
script_verifies() {
	stranger "$X/verificar.sh" | tee "$W/said"
	grep -q "^$(find "$X/approvals" -name '*.sig' | wc -l) decisiones firmadas" \
	    "$W/said"
}
first() { find "$X/approvals" -name '*.txt' | sort | head -n 1; }
# On a copy, something is done to the first approval; the script names it.
caught() {
	Y=$W/copy
	rm -rf "$Y"
	cp -r "$X" "$Y"
	A=$Y/approvals/$(basename "$(first)" .txt)
	"$@" || return 1
	! stranger "$Y/verificar.sh" >"$W/said" || return 1
	cat "$W/said"
	grep -q "^FALLA: " "$W/said"
}
says_other() { sed -i 's/^decision: aprobar/decision: devolver/' "$A.txt"; }
byte_of_sig() { sed -i '3s/^\(.\{9\}\)./\1#/' "$A.sig"; }
goes() { rm "$A.txt" "$A.sig"; }
other_signs() {
	rm "$A.sig"
	ssh-keygen -q -Y sign -n approval@pauta -f "$O/keys/difu" "$A.txt" &&
	    mv "$A.txt.sig" "$A.sig"
}
# The key of another, said to be hers.
key_is_lent() {
	other_signs
	sed 's/^difu /jefa /' "$X/allowed_signers" | grep '^jefa ' \
	    >>"$Y/allowed_signers"
}
moves() {
	m_other=$(find "$Y/approvals" -name '*.txt' | sort | sed -n 2p)
	cp "$m_other" "$A.txt"
	cp "${m_other%.txt}.sig" "$A.sig"
}
ends_with_its_key() {
	grep '^jefa .*valid-before=' "$X/allowed_signers" || return 1
	f=$(grep -l "$(print_of "$O/keys/jefa-ecdsa.pub" | cut -c8-)" \
	    /dev/null "$X"/events.jsonl)
	[ -n "$f" ] || return 1
	n=$(grep -n "\"key\":\"$(print_of "$O/keys/jefa-ecdsa.pub")\"" \
	    "$X/events.jsonl" | cut -d: -f1)
	e_check() {
		ssh-keygen -Y verify -f "$X/allowed_signers" -I jefa \
		    -n approval@pauta -O verify-time="$1" \
		    -s "$X/approvals/$n.sig" <"$X/approvals/$n.txt"
	}
	e_check "$(sed -n 's/^issued: //p' "$X/approvals/$n.txt" |
	    tr -d 'T:-')" && ! e_check 20991231000000Z
}

t 'an office with people and their keys' begin
t 'with a key file, the client signs' by_file
t 'the history and the case say so' is_said
t 'with an agent, too' by_agent
t 'an agent signs with an RSA key' by_agent_of_kind rsa
t 'and with an ECDSA key' by_agent_of_kind ecdsa
t 'without a key that can sign it says so, and it is the server'\''s word' \
	without_agent
t 'a screen drawn by the server decides on its word' served
t 'a return is signed' returned
t 'line by line, too' in_lines
t 'a script signs with ssh-keygen' by_script
t 'with a key of another it is refused' another_s_key
t 'for another purpose it is refused' another_purpose
t 'for another case it is refused' another_case
t 'with a key that was revoked it is refused' revoked
t 'a procedure demands a signature' demand
t 'then nothing is decided from a screen of the server' not_from_the_server
t 'but from the decider'\''s own' from_her_own
t 'where it is marked' is_marked
t 'the record is exported' exports
t 'ssh-keygen alone verifies each decision' each_verifies
t 'so does the script of the export' script_verifies
t 'a decision changed is found' caught says_other
t 'a signature changed is found' caught byte_of_sig
t 'a decision taken out is found' caught goes
t 'a decision signed by another is found' caught other_signs
t 'even with a key that is said to be hers' caught key_is_lent
t 'a decision put in place of another is found' caught moves
t 'a key that was revoked is good until then' ends_with_its_key
t 'the record is whole' record_is_equal
office_done
