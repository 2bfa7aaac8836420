#!/bin/sh
# SPDX-License-Identifier: ISC
# What bash completes after pauta and pautad is what the programs understand.
. "$(dirname "$0")/lib.sh"

# completes WANTED WORD…: the last word is the one being typed.
completes() {
	c_want=$1
	shift
	PATH=$BUILD:$PATH HOME=$W bash -c '
		. "$0"/docs/completion/pauta
		. "$0"/docs/completion/pautad
		COMP_WORDS=("$@")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		"_$1"
		printf "%s\n" "${COMPREPLY[@]}" | sort | tr "\n" " "
	' "$ROOT" "$@" >"$W/said"
	[ "$(cat "$W/said")" = "$c_want" ] || {
		echo "it says: $(cat "$W/said")"
		return 1
	}
}
has_hosts() {
	mkdir -p "$W/.ssh"
	printf '%s\n' '[pauta.example.mx]:2222 ssh-ed25519 AAAA' \
	    '|1|hash|hash ssh-ed25519 AAAA' 'panel.example.mx ssh-rsa A' \
	    >"$W/.ssh/known_hosts"
}
# Every word of the usage is offered.
offers_all() {
	"$BUILD/pautad" help | sed -n 's/^  pautad \([a-z]*\).*/\1/p' |
	    sort -u | tr '\n' ' ' >"$W/words"
	[ "$(wc -w <"$W/words")" -gt 10 ] &&
	    completes "$(cat "$W/words")" pautad ''
}

t 'servers that are known' has_hosts
t 'options of pauta' completes '--known-hosts --lineal --volcar ' pauta --
t 'a server' completes 'pauta.example.mx:2222 ' pauta pau
t 'a server after a name' completes 'ana@panel.example.mx ' pauta ana@pan
t 'nothing after a port' completes ' ' pauta -p ''
t 'words of pautad' offers_all
t 'the second word' completes 'add disable list ' pautad user ''
t 'the options of a word' completes \
    '--dir --json ' pautad user list --
t 'of a word alone' completes '--demo --dir ' pautad init --
office_done
