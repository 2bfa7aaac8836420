#!/bin/sh
# SPDX-License-Identifier: ISC
# export.t - a stranger checks the record of a working office with a shell,
# sha256sum or openssl, and ssh-keygen; every tampering is found and named.
. "$(dirname "$0")/lib.sh"

X=$W/export

some_work() {
	for topic in uno dos tres; do
		says 0 jefa "iniciar 63-COM-P01 title=Video-$topic \
		    requesting_area=Hospitales due_on=+20" || return 1
		folio=$(jq -r .folio "$W/doc")
		says 0 jefa "hacer $folio 1.2 topic=Video-$topic \
		    planned_on=+20 target_media=otro assignee=prod" ||
			return 1
	done
}

# The script alone, in a folder of its own, without our programs around.
stranger() {
	(cd / && PATH=/usr/bin:/bin sh "$@" 2>&1)
}

t 'an office is made' office_make --demo
t 'it serves' server_start
t 'people work in it' some_work
# Three files, two of the same bytes.
attaches() {
	says 0 difusion "iniciar 63-COM-P02 title=Feria tracks=redes" ||
	    return 1
	folio=$(jq -r .folio "$W/doc")
	for name in uno dos 'con «comillas»'; do
		echo "${#name}" >"$W/nota.txt"
		echo "put $W/nota.txt \"/$folio/3.1/$name.txt\"" |
		    sftp_as difusion || return 1
	done
	ATTACHED=$(find "$O/blobs" -type f | wc -l)
	says 0 difusion "adjuntos $folio" &&
	    doc '.attachments | length == 3'
}
t 'and attach files' attaches
says_key() {
	ssh-keygen -q -t ed25519 -N '' -C '' -f "$W/said-key"
	says 0 difusion "comentar $folio \
	    texto='$(cut -d' ' -f1,2 "$W/said-key.pub")'"
}
t 'and somebody says a key' says_key
# Five minutes are a word to the clock of this office.
sealed_at() {
	says 0 jefa sello || return 1
	jq .n "$W/doc"
}
head_is() { pautad verify --dir "$O" --json | jq .events; }
news_are_signed() {
	says 0 jefa "iniciar 63-COM-P01 title=Cuatro \
	    requesting_area=Hospitales due_on=+20" || return 1
	before=$(sealed_at)
	head=$(head_is)
	[ "$before" -lt "$head" ] || return 1
	says 0 admin 'reloj avanzar 5m' || return 1
	[ "$(sealed_at)" -ge "$head" ]
}
t 'news of five minutes are under a signature' news_are_signed
# Ten minutes in which no deadline was told of either.
nothing_new() {
	for n_try in 1 2 3 4 5 6 7 8 9 10 11 12; do
		before=$(sealed_at)
		head=$(head_is)
		says 0 admin 'reloj avanzar 10m' || return 1
		[ "$before" -eq "$head" ] && [ "$(head_is)" -eq "$head" ] ||
		    continue
		[ "$(sealed_at)" -eq "$before" ]
		return
	done
	echo "after $n_try times ten minutes there is news still"
	return 1
}
t 'nothing is signed without news' nothing_new
t 'the record is exported while it serves' pautad export --dir "$O" --to "$X"
says 0 jefa sello
N=$(jq .n "$W/doc")
jq -r .witness "$W/doc" >"$W/witness"

good() {
	stranger "$X/verificar.sh" >"$W/said" &&
	    grep -q "^$N eventos correctos (0 borrados)" "$W/said"
}
t 'a stranger finds every event correct' good
t 'every checkpoint has a good signature' grep -q \
	" $(find "$X/checkpoints" -name '*.sig' | wc -l) sellos válidos" "$W/said"
t 'the event of the last checkpoint is the last' \
	[ "$(wc -l <"$X/events.jsonl")" -eq "$N" ]
t 'and every file is there' grep -q "^$ATTACHED archivos adjuntos" "$W/said"
t 'the page tells how' grep -q 'sh verificar.sh' "$X/LEEME.txt"
t 'the script is the one of the manual' cmp "$X/verificar.sh" \
	"$ROOT/docs/verificar.sh"

by_hand() {
	f=$X/checkpoints/$N
	ssh-keygen -Y verify -f "$X/allowed_signers" -I pauta \
	    -n checkpoint@pauta -s "$f.sig" <"$f.txt"
}
t 'a signature verifies by hand' by_hand
# No signature of ours serves another purpose.
other_purpose() {
	! ssh-keygen -Y verify -f "$X/allowed_signers" -I pauta \
	    -n approval@pauta -s "$f.sig" <"$f.txt"
}
t 'and for no other purpose' other_purpose

with_openssl() {
	mkdir "$W/bin"
	for tool in sh awk sed cut cat cp rm mktemp wc grep find sort dirname \
	    paste touch tee openssl ssh-keygen; do
		ln -s "$(command -v $tool)" "$W/bin/$tool"
	done
	(PATH=$W/bin sh "$X/verificar.sh")
}
t 'openssl does where there is no sha256sum' with_openssl
t 'the witness of a person agrees' stranger "$X/verificar.sh" "$W/witness"

# ---- tampering ----

# A line of a file becomes what a sed script makes of it.
line() { sed -i "$2" "$Y/$1"; }
swap() { sed -i "$2{h;d};$(($2 + 1)){G}" "$Y/$1"; }
flip() {
	sed -n "$2p" "$Y/$1" >"$W/one"
	awk -v at="$3" '{ c = substr($0, at, 1)
	    print substr($0, 1, at - 1) (c == "0" ? "1" : "0") \
	    substr($0, at + 1) }' "$W/one" >"$W/two"
	! cmp -s "$W/one" "$W/two" || return 1
	sed -i -e "$2r $W/two" -e "$2d" "$Y/$1"
}
both() {
	"$1" events.jsonl "$2"
	"$1" leaves.txt "$2"
}
drop_tail() {
	line events.jsonl '$d'
	line leaves.txt '$d'
}
drop_seal() {
	n=$(find "$Y/checkpoints" -name '*.txt' | sed 's:.*/::; s:\.txt$::' |
	    sort -n | sed -n 2p)
	rm "$Y/checkpoints/$n.txt" "$Y/checkpoints/$n.sig"
}
drop_seals() { rm "$Y"/checkpoints/*; }
forge_seal() {
	rm -f "$W/forger" "$W/forger.pub"
	ssh-keygen -q -t ed25519 -N '' -C '' -f "$W/forger"
	forger_signs
}
forger_signs() {
	sed -i 's/^at: ./at: 3/' "$Y/checkpoints/$N.txt"
	rm "$Y/checkpoints/$N.sig"
	ssh-keygen -q -Y sign -f "$W/forger" -n checkpoint@pauta \
	    "$Y/checkpoints/$N.txt"
	mv "$Y/checkpoints/$N.txt.sig" "$Y/checkpoints/$N.sig"
}
# forge_key WHOSE: ssh-keygen takes the forger's signature with this line.
forge_key() {
	forge_seal
	trust_forger "$1"
}
trust_forger() {
	printf '%s %s\n' "$1" "$(cut -d' ' -f1,2 "$W/forger.pub")" \
	    >>"$Y/allowed_signers"
	ssh-keygen -Y verify -f "$Y/allowed_signers" -I pauta \
	    -n checkpoint@pauta -s "$Y/checkpoints/$N.sig" \
	    <"$Y/checkpoints/$N.txt" 2>&1
}
# Somebody said the key in a comment: that does not announce it.
forge_said_key() {
	cp "$W/said-key" "$W/forger"
	cp "$W/said-key.pub" "$W/forger.pub"
	forger_signs
	trust_forger "$OURS"
}

# caught EVENT COMMAND…: on a copy, and the script names that event.
caught() {
	Y=$W/copy
	rm -rf "$Y"
	cp -r "$X" "$Y"
	c_event=$1
	shift
	"$@" || return 1
	! diff -r "$X" "$Y" >/dev/null || return 1
	! stranger "$Y/verificar.sh" >"$W/said" || return 1
	cat "$W/said"
	grep -q "^FALLA: evento $c_event:" "$W/said"
}
t 'control: an untouched copy passes' stranger "$X/verificar.sh"
t 'one byte changed is named' caught 100 flip events.jsonl 100 60
t 'one byte changed in the first line' caught 1 flip events.jsonl 1 12
t 'one byte changed in the last line' caught "$N" flip events.jsonl "$N" 30
t 'a line taken out' caught 57 line events.jsonl 57d
t 'the last line taken out' caught "$N" line events.jsonl "\$d"
t 'two lines swapped' caught 80 swap events.jsonl 80
t 'two events swapped with their hashes' caught 80 both swap 80
t 'a line twice' caught 31 line events.jsonl 30p
t 'a line emptied' caught 40 line events.jsonl '40s/.*//'
t 'a line more' caught $((N + 1)) line events.jsonl "\$p"
t 'a leaf changed' caught 33 flip leaves.txt 33 50
t 'a chain changed' caught 33 flip leaves.txt 33 120
t 'a salt changed' caught 33 flip leaves.txt 33 10
t 'an event taken out with its hashes' caught 33 both line 33d
t 'the last event taken out with its hashes' caught "$N" drop_tail
t 'a checkpoint changed' caught "$N" flip "checkpoints/$N.txt" 3 5
t 'a signature changed' caught "$N" flip "checkpoints/$N.sig" 3 5
t 'a checkpoint signed by another' caught "$N" forge_seal
t 'a checkpoint in the middle taken out' caught '[0-9]*' drop_seal
t 'all checkpoints taken out' caught 1 drop_seals
OURS='pauta namespaces="checkpoint@pauta,transfer@pauta"'
key_caught() {
	! caught 0 "$@" && grep -q 'FALLA: allowed_signers' "$W/said"
}
t 'a key that the record does not announce' key_caught forge_key "$OURS"
t 'one that only a comment says' key_caught forge_said_key
t 'one that may sign anything' key_caught forge_key pauta
t 'one of a person that signs as the office' key_caught \
	forge_key 'pauta namespaces="approval@pauta,checkpoint@pauta"'
t 'one of everybody' key_caught forge_key '*'

# ---- files ----

a_file() { find "$Y/files" -type f | sort | head -n 1; }
another_file() { echo más >>"$(a_file)"; }
no_file() { rm "$(a_file)"; }
t 'a file that is changed' caught '[0-9]*' another_file
t 'a file taken out' caught '[0-9]*' no_file
a_file_more() {
	! caught 0 touch_one && grep -q 'FALLA: files/ab: ning' "$W/said"
}
touch_one() { : >"$Y/files/ab"; }
t 'a file that nobody attached' a_file_more
loses_one() {
	blob=$(find "$O/blobs" -type f | head -n 1)
	mv "$blob" "$W/blob"
	denied 'Falta el archivo adjunto' pautad export --dir "$O" --to "$W/x0" \
	    && mv "$W/blob" "$blob"
}
t 'an office that lost one does not export as if it had' loses_one

# ---- an insider with the key ----

# The same record until now, another from here on, signed with the same key.
rewrite() {
	server_stop
	cp -r "$O" "$W/twin" && rm "$W/twin/witness" || return 1
	pautad user add --dir "$W/twin" otra --name Otra &&
	    pautad user add --dir "$O" una --name Una
}
t 'somebody writes another history' rewrite
witness_of() { pautad export --dir "$1" --to "$2" && cat "$1/witness"; }
t 'the true one goes on' witness_of "$O" "$W/x1"
cp "$O/witness" "$W/witness"
t 'the false one is whole in itself' pautad export --dir "$W/twin" \
	--to "$W/x2"
t 'its export is, too' stranger "$W/x2/verificar.sh"
t 'and its record' pautad verify --dir "$W/twin" --rebuild
t 'the witness of the true one denies the export' denied reescrito \
	stranger "$W/x2/verificar.sh" "$W/witness"
t 'and the record' denied reescrito \
	pautad verify --dir "$W/twin" --witness "$W/witness"
t 'it agrees with the true one' pautad verify --dir "$O" --rebuild \
	--witness "$W/witness"
other_office() {
	office=$O
	O=$W/other
	office_make >/dev/null
	O=$office
	denied 'otra instalación' pautad verify --dir "$W/other" \
	    --witness "$W/witness"
}
t 'it says nothing of another office' other_office
altered_witness() {
	sed 's/^n: ./n: 9/' "$W/witness" >"$W/altered"
	denied 'firma' pautad verify --dir "$O" --witness "$W/altered"
}
t 'an altered witness is refused' altered_witness

office_done
