#!/bin/sh
# SPDX-License-Identifier: ISC
# verificar.sh - comprueba un registro exportado de Pauta, sin Pauta.
#
#	sh verificar.sh [TESTIGO]
#
# Necesita sh, awk, sha256sum (u openssl) y ssh-keygen (OpenSSH 8.1 o más).
# Calcula de nuevo cada huella y la cadena, y comprueba la firma de cada sello y
# de cada decisión que su autor firmó, y cada archivo adjunto:
#
#	hoja  n = SHA-256(sal n, cuerpo n)          cuerpo: línea n de events.jsonl
#	cadena n = SHA-256(cadena n-1, hoja n)      cadena 0: 32 bytes en cero
#
# TESTIGO es un sello que alguien guardó antes: el registro debe contenerlo.
# Termina con 0 si todo está bien; si no, con 1 y el primer evento malo.

LC_ALL=C
export LC_ALL
BATCH=500

T=$(mktemp -d) || exit 2
trap 'rm -rf "$T"' EXIT
trap 'exit 2' HUP INT TERM

if [ -n "${1-}" ]; then
	cp "$1" "$T/witness" || exit 2
fi
cd "$(dirname "$0")" || exit 2
HERE=$PWD

fail() {
	echo "FALLA: $*" >&2
	exit 1
}

# SHA-256 of each file, one a line, in order.
sums() {
	if command -v sha256sum >/dev/null 2>&1; then
		sha256sum -- "$@"
	else
		openssl dgst -sha256 -r "$@"
	fi | cut -c 1-64
}

# ---- la forma de leaves.txt; y sus bytes como los escribe printf ----

octal='
BEGIN {
	for (i = 0; i < 256; i++)
		byte[sprintf("%02x", i)] = sprintf("\\%03o", i)
}
function hex(s, size,    i, out) {
	if (length(s) != 2 * size || s ~ /[^0-9a-f]/)
		bad = 1
	for (i = 1; i < length(s); i += 2)
		out = out byte[substr(s, i, 2)]
	return out
}
{
	salt = $2 == "-" ? "-" : hex($2, 16)
	print NR, salt, hex($3, 32), hex($4, 32), $3, $4
	if (bad || NF != 4 || $1 != NR "") {
		print "FALLA: evento " NR ": su línea de leaves.txt no se entiende" \
		    >"/dev/stderr"
		exit 1
	}
}'
[ -s leaves.txt ] || fail "no hay leaves.txt, o está vacío"
[ -f events.jsonl ] || fail "no hay events.jsonl"
awk "$octal" leaves.txt >"$T/leaves"
FORM=$?

# Los eventos cuyos datos se borraron, según el propio registro.
awk '/"type":"case.erased"}/ && match($0, /"events":\[[0-9,]*\]/) {
	n = split(substr($0, RSTART + 10, RLENGTH - 11), list, ",")
	for (i = 1; i <= n; i++)
		if (list[i] + 0 < NR)
			print list[i]
}' events.jsonl >"$T/erased"

# ---- hojas y cadena, por tandas ----

FILES=
WAITING=0

# The files of the batch, against what leaves.txt says.
batch() {
	[ "$WAITING" -gt 0 ] || return 0
	cd "$T" || exit 2
	# Names without blanks, made here.
	# shellcheck disable=SC2086
	sums $FILES >sums
	paste -d ' ' sums want | awk '
	$1 != $4 {
		print "FALLA: evento " $2 ": " ($3 == "leaf" ? \
		    "su contenido no corresponde a su huella" : \
		    "no continúa la cadena del anterior") >"/dev/stderr"
		exit 1
	}' || exit 1
	# shellcheck disable=SC2086
	rm -f want $FILES
	cd "$HERE" || exit 2
	FILES=
	WAITING=0
}

stop() {
	batch
	fail "$@"
}

PREVIOUS='\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000'
PREVIOUS=$PREVIOUS$PREVIOUS
N=0
ERASED=0
while read -r n salt leaf chain leaf_hex chain_hex <&3; do
	IFS= read -r body <&4 || stop "evento $n: falta su línea en events.jsonl"
	if [ "$salt" = - ]; then
		[ -z "$body" ] || stop "evento $n: está borrado y tiene contenido"
		grep -qx "$n" "$T/erased" ||
			stop "evento $n: le falta el contenido, y ninguno dice que se borró"
		ERASED=$((ERASED + 1))
	else
		# The salt and the hashes are \ooo escapes, nothing else.
		# shellcheck disable=SC2059
		{ printf "$salt" && printf %s "$body"; } >"$T/l$n"
		echo "$n leaf $leaf_hex" >>"$T/want"
		FILES="$FILES l$n"
	fi
	# shellcheck disable=SC2059
	printf "$PREVIOUS$leaf" >"$T/c$n"
	echo "$n chain $chain_hex" >>"$T/want"
	FILES="$FILES c$n"
	PREVIOUS=$chain
	N=$n
	WAITING=$((WAITING + 1))
	[ "$WAITING" -lt "$BATCH" ] || batch
done 3<"$T/leaves" 4<events.jsonl
batch
[ "$FORM" -eq 0 ] || exit 1
[ "$(wc -l <events.jsonl)" -eq "$N" ] ||
	fail "evento $((N + 1)): events.jsonl tiene más líneas que leaves.txt"

# ---- llaves ----

# ssh-keygen cree todo lo que dice allowed_signers; aquí solo cabe lo que el
# registro anuncia: llaves de la oficina y, con su cuenta, las de las personas.
[ -s allowed_signers ] || fail "no hay allowed_signers"
OFFICE='pauta namespaces="checkpoint@pauta,transfer@pauta"'
PERSON='[^ ]+ namespaces="approval@pauta"(,valid-before="[0-9]+Z")?'
KEY='[a-z0-9@.-]+ [A-Za-z0-9+/=]+'
! grep -Evq "^($OFFICE|$PERSON) $KEY\$" allowed_signers ||
	fail "allowed_signers trae un renglón que no es de este registro"
grep -F "$OFFICE " allowed_signers | cut -d ' ' -f 3- >"$T/keys"
while read -r key; do
	grep -qF '"data":{"kind":"installation","name":"log_key",'\
'"type":"setting.set","value":"'"$key"'"}' events.jsonl ||
		fail "allowed_signers trae una llave que el registro no anuncia"
done <"$T/keys"
grep -vF "$OFFICE " allowed_signers >"$T/people"
while read -r login _ _ key; do
	grep -F '"type":"key.set"' events.jsonl |
	    grep -F "\"login\":\"$login\"" | grep -qF "\"blob\":\"$key\"" ||
		fail "allowed_signers trae una llave de $login que el registro no tiene"
done <"$T/people"

# ---- sellos ----

# The value of a key of a checkpoint.
value() { sed -n "s/^$1: //p" "$2"; }

# Is this signed with a key of the record?
signed() {
	ssh-keygen -Y verify -f allowed_signers -I pauta \
	    -n checkpoint@pauta -s "$2" <"$1" >"$T/said" 2>&1
}

chain_at() { awk -v n="$1" '$1 == n { print $4 }' leaves.txt; }

LAST=0
SEALS=0
ID=
for n in $(find checkpoints -name '*.txt' | sed 's:.*/::; s:\.txt$::' |
    sort -n); do
	f=checkpoints/$n
	[ "$(value n "$f.txt")" = "$n" ] ||
		fail "evento $n: su sello dice otro número"
	signed "$f.txt" "$f.sig" ||
		fail "evento $n: la firma de su sello no vale: $(cat "$T/said")"
	[ "$n" -le "$N" ] ||
		fail "evento $((N + 1)): falta, y hay un sello del evento $n"
	[ "$(value chain "$f.txt")" = "$(chain_at "$n")" ] ||
		fail "evento $n: la cadena no es la que firma su sello"
	[ "$(value previous "$f.txt")" = "$LAST" ] ||
		fail "evento $n: falta el sello anterior al suyo"
	[ "$(value installation "$f.txt")" = "${ID:=$(value installation \
	    "$f.txt")}" ] || fail "evento $n: su sello es de otra instalación"
	LAST=$n
	SEALS=$((SEALS + 1))
done
[ "$LAST" -eq "$N" ] ||
	fail "evento $((LAST + 1)): ningún sello lo cubre"

# ---- decisiones firmadas ----

# A file as it stands within a line of JSON.
in_json() { awk '{ printf "%s\\n", $0 }' "$1"; }

# Signed with a key that its author had in force when she signed.
decided() {
	when=$(value issued "$1" | tr -d 'T:-')
	ssh-keygen -Y verify -f allowed_signers -I "$(value actor "$1")" \
	    -n approval@pauta -O verify-time="$when" -s "$2" <"$1" \
	    >"$T/said" 2>&1
}

DECISIONS=0
for n in $(find approvals -name '*.txt' 2>/dev/null |
    sed 's:.*/::; s:\.txt$::' | sort -n); do
	f=approvals/$n
	decided "$f.txt" "$f.sig" ||
		fail "evento $n: la firma de su decisión no vale: $(cat "$T/said")"
	step=$(value step "$f.txt")
	sed -n "${n}p" events.jsonl >"$T/event"
	for part in "\"actor\":\"$(value actor "$f.txt")\"" \
	    "\"case\":\"$(value folio "$f.txt")\"" \
	    "\"step\":\"${step%#*}\"" \
	    "\"text\":\"$(in_json "$f.txt")\"" \
	    "\"sig\":\"$(in_json "$f.sig")\""; do
		grep -qF -e "$part" "$T/event" ||
			fail "evento $n: la decisión firmada no es la suya"
	done
	[ "$(value installation "$f.txt")" = "$ID" ] ||
		fail "evento $n: su decisión se firmó en otra instalación"
	DECISIONS=$((DECISIONS + 1))
done
[ "$(grep -c '"assurance":"F"' events.jsonl)" -eq "$DECISIONS" ] ||
	fail "hay decisiones firmadas en el registro que no están en approvals"

# ---- archivos adjuntos ----

awk '/"type":"file.attached"/ && match($0, /"sha256":"[0-9a-f]*"/) {
	print NR, substr($0, RSTART + 10, RLENGTH - 11)
}' events.jsonl >"$T/attached"
while read -r n sum; do
	[ -f "files/$sum" ] || fail "evento $n: falta el archivo files/$sum"
	[ -e "$T/ok-$sum" ] || [ "$(sums "files/$sum")" = "$sum" ] ||
		fail "evento $n: files/$sum no es el archivo que se adjuntó"
	: >"$T/ok-$sum"
done <"$T/attached"
ATTACHED=0
for f in files/*; do
	[ -e "$f" ] || continue
	[ -e "$T/ok-${f#files/}" ] || fail "$f: ningún evento lo adjunta"
	ATTACHED=$((ATTACHED + 1))
done

# ---- testigo ----

if [ -f "$T/witness" ]; then
	awk -v t="$T" '/^-----BEGIN/ { sig = 1 }
	    { print >(t (sig ? "/w.sig" : "/w.txt")) }' "$T/witness"
	touch "$T/w.txt" "$T/w.sig"
	signed "$T/w.txt" "$T/w.sig" ||
		fail "la firma del testigo no es de una llave de este registro"
	[ "$(value installation "$T/w.txt")" = "$ID" ] ||
		fail "el testigo es de otra instalación"
	n=$(value n "$T/w.txt")
	[ "$n" -le "$N" ] ||
		fail "evento $((N + 1)): falta; el testigo es del evento $n"
	[ "$(value chain "$T/w.txt")" = "$(chain_at "$n")" ] ||
		fail "evento $n: el registro fue reescrito: no es el del testigo"
	echo "El testigo del evento $n coincide."
fi

echo "$N eventos correctos ($ERASED borrados), $SEALS sellos válidos."
echo "$DECISIONS decisiones firmadas por quien decidió."
echo "$ATTACHED archivos adjuntos, como dicen los eventos."
echo "Instalación: $ID"
echo "Llaves (compárelas con las que le dieron por otro medio):"
ssh-keygen -l -f "$T/keys" | sed 's/^/  /'
