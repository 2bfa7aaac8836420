#!/bin/sh
# SPDX-License-Identifier: ISC
# demo.sh - a demonstration office in a folder that goes away with it.
#
# With a terminal: the screens of the head of the unit in this one, and lines to
# enter as the others from other terminals; leaving the screens ends it all.
# Without one: the lines for everybody, until INT or TERM.
cd "$(dirname "$0")/.." || exit 1
sh tests/deps.sh && make -s --no-print-directory -j"$(nproc)" all || exit 1

BUILD=$PWD/build
D=$(mktemp -d "${TMPDIR:-/tmp}/pauta-demo.XXXXXX") || exit 1
SERVER=

demo_end() {
	[ -z "$SERVER" ] || { kill "$SERVER" && wait "$SERVER"; } 2>/dev/null
	rm -rf "$D"
}
trap demo_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

people() {		# LOGIN NAME, one a line
	"$BUILD/pautad" user list --dir "$D" --json |
	    jq -r '.accounts[] | select(.active) | "\(.login) \(.name)"'
}
ssh_line() {
	echo "ssh -p $PORT -i $D/keys/$1 -o IdentitiesOnly=yes" \
	    "-o UserKnownHostsFile=$D/known_hosts $1@127.0.0.1"
}

"$BUILD/pautad" init --dir "$D" --demo >/dev/null || exit 1
mkfifo "$D/ready"
"$BUILD/pautad" serve --dir "$D" --listen 127.0.0.1:0 >"$D/ready" \
    2>"$D/log" &
SERVER=$!
read -r _ address fingerprint <"$D/ready" || { cat "$D/log"; exit 1; }
PORT=${address##*:}
echo "[127.0.0.1]:$PORT $(cut -d' ' -f1,2 "$D/ssh_host_ed25519_key.pub")" \
    >"$D/known_hosts"

cat <<-TEXT

	Pauta atiende en $address (llave $fingerprint).
	Bitácora: $D/log

	Desde otra terminal, cada persona entra con su línea:

TEXT
people | while read -r login name; do
	printf '  # %s\n  %s\n' "$name" "$(ssh_line "$login")"
done
echo

if [ -t 0 ] && [ -t 1 ]; then
	printf 'Enter abre las pantallas de Lucía Ramos, jefa de la unidad. '
	read -r _
	"$BUILD/pauta" -p "$PORT" -i "$D/keys/jefa" \
	    --known-hosts "$D/known_hosts" jefa@127.0.0.1
else
	echo 'Ctrl+C o TERM la termina.'
	wait "$SERVER"
fi
