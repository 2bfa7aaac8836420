#!/bin/sh
# SPDX-License-Identifier: ISC
# Who gets in, who does not, and how a command line ends.
. "$(dirname "$0")/ssh-lib.sh"
door_start --exempt 127.0.0.0/8

out_is() {
	o_want=$1
	shift
	o_got=$("$@" 2>/dev/null)
	[ "$o_got" = "$o_want" ] || {
		echo "got: $o_got"
		return 1
	}
}
err_is() {
	o_want=$1
	shift
	o_got=$("$@" 2>&1 >/dev/null)
	[ "$o_got" = "$o_want" ] || {
		echo "got: $o_got"
		return 1
	}
}
bytes_of() { as ana grande "$1" | wc -c; }
hello_is() { [ "$(tail -n 1 "$D/hellos")" = "$1" ]; }
no_password() {
	ssh_as ana ana -o PubkeyAuthentication=no \
	    -o PreferredAuthentications=password,keyboard-interactive \
	    127.0.0.1 eco
}
crlf_in_a_tty() { as ana -tt eco a b </dev/null | od -An -c | grep -q 'a  *\\r  *\\n'; }
operation_ids_differ() { [ "$(as ana op)" != "$(as ana op)" ]; }
fingerprint_agrees() {
	ssh-keygen -lf "$D/ssh_host_ed25519_key.pub" |
	    grep -qF "$(cat "$D/fingerprint")" &&
	    out_is "$(cat "$D/fingerprint")" "$BUILD/pauta-session" \
		--fingerprint "$D/ssh_host_ed25519_key"
}
key_is_not_replaced() {
	status_is 1 "$BUILD/pauta-session" --make-key "$D/ssh_host_ed25519_key"
}
small_rsa() {
	ssh-keygen -q -t rsa -b 2048 -N '' -f "$D/rsa2048"
	echo "ana $(cut -d' ' -f2 "$D/rsa2048.pub")" >>"$D/people"
	status_is 255 ssh_as ana rsa2048 127.0.0.1 eco
}
good_kinds() {
	ssh-keygen -q -t rsa -b 3072 -N '' -f "$D/rsa3072"
	ssh-keygen -q -t ecdsa -b 256 -N '' -f "$D/p256"
	for k in rsa3072 p256; do
		echo "ana $(cut -d' ' -f2 "$D/$k.pub")" >>"$D/people"
		out_is eco ssh_as ana "$k" 127.0.0.1 eco || return 1
	done
}
large_curve() {
	ssh-keygen -q -t ecdsa -b 521 -N '' -f "$D/p521"
	echo "ana $(cut -d' ' -f2 "$D/p521.pub")" >>"$D/people"
	status_is 255 ssh_as ana p521 127.0.0.1 eco
}
# The core goes away; the answer says so, and is the same for all.
without_core() {
	core_kill
	LOGLEVEL=INFO as ana eco 2>"$D/away.err"
	cat "$D/away.err"
	grep -qF "$away" "$D/away.err"
}
away='El servidor de Pauta no responde; intente de nuevo en un momento.'
after_restart() { core_start && out_is eco as ana eco; }
core_dies_under_command() {
	as ana -o ControlMaster=yes -o ControlPath="$D/mux" -fN eco || return 1
	core_kill
	as ana -o ControlPath="$D/mux" eco 2>"$D/away.err"
	[ $? -eq 4 ] && [ "$(cat "$D/away.err")" = "$away" ] || return 1
	as ana -o ControlPath="$D/mux" -O exit
	core_start
}
four_channels() {
	as ana -o ControlMaster=yes -o ControlPath="$D/mux" -fN || return 1
	i=0
	while [ $i -lt 4 ]; do
		as ana -o ControlPath="$D/mux" -tt >"$D/ch$i" 2>&1 <"$D/hold" &
		i=$((i + 1))
	done
	all_ready() { [ "$(cat "$D"/ch? | grep -c listo)" -eq 4 ]; }
	until_true all_ready || return 1
	as ana -o ControlPath="$D/mux" -o ControlMaster=no eco 2>"$D/fifth"
	cat "$D/fifth"
	grep -q 'Session open refused by peer' "$D/fifth"
}

t 'a known key gets in' out_is 'eco
uno
dos' as ana eco uno dos
t 'words are split by the door' out_is 'eco
uno dos' as ana "eco 'uno dos'"
t 'the core is told who, from where and what for' hello_is 'exec ana 127.0.0.1 es 51'
t 'the status of a refusal is the command'\''s' status_is 3 as ana sale 3
t 'its text goes to stderr' err_is 'No se puede.' as ana sale 1
t 'with --json the document goes to stdout' \
    out_is '{"error":{"code":"refused","message":"no"}}' as ana sale 1 --json
t 'a long answer is whole' [ "$(bytes_of 900000)" -eq 900001 ]
t 'in a terminal, lines end with a return' crlf_in_a_tty
t 'each command has an operation id of its own' operation_ids_differ
t 'a core that dies is asked again, once' out_is 'la segunda vez' as ana muere
t 'a key that is not hers is refused' status_is 255 ssh_as ana eva 127.0.0.1 eco
t 'so is an unknown person' status_is 255 ssh_as nadie ana 127.0.0.1 eco
t 'so is a name that cannot be' status_is 255 ssh_as 'ana;rm' ana 127.0.0.1 eco
t 'so is another one'\''s key' status_is 255 ssh_as bruno ana 127.0.0.1 eco
t 'there are no passwords' status_is 255 no_password
t 'RSA of 3072 bits and P-256 are good' good_kinds
t 'RSA of 2048 bits is not, though known' small_rsa
t 'nor is P-521' large_curve
t 'an open quote is one sentence' err_is 'Falta cerrar unas comillas.' as ana '"eco'
t 'and status 2' status_is 2 as ana '"eco'
t 'blanks are no command' status_is 2 as ana ' '
t 'bytes that are no text are refused' status_is 2 as ana "$(printf 'eco \377')"
t 'too long a line is refused' status_is 2 as ana "eco $(head -c 66000 /dev/zero | tr '\0' x)"
t 'its error can be JSON' out_is '{"error":{"code":"usage","message":"Falta cerrar unas comillas."}}' \
    as ana '"eco --json'
t 'without a core nobody is let in, and told why' without_core
t 'when it is back, so are they' after_restart
t 'who is in gets status 4 meanwhile' core_dies_under_command
t 'the fingerprint is what ssh-keygen says' fingerprint_agrees
t 'a host key is never overwritten' key_is_not_replaced
mkfifo "$D/hold"
exec 9<>"$D/hold"
t 'four channels, no fifth' four_channels
as ana -o ControlPath="$D/mux" -O exit 2>/dev/null
t 'nothing crashed' eval '! grep -q "ERROR: \|runtime error\|reason=crash\|reason=killed" "$D/door.log"'
tests_end
