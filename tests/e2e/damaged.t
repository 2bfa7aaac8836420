#!/bin/sh
# SPDX-License-Identifier: ISC
# damaged.t - what may lie in a data folder instead of a good record: a flipped
# byte, a log cut short, somebody else's file, another server's lock, the wrong
# key, a full disk.  Each is named in one sentence, and left as it was.

# A disk of its own that can be filled, unmounted with this process.
if [ -z "$DAMAGED_INSIDE" ] && unshare -rm true 2>/dev/null; then
	DAMAGED_INSIDE=1 exec unshare -rm sh "$0"
fi
. "$(dirname "$0")/lib.sh"

sums() { sha256sum "$1" | cut -c1-64; }

# It fails with one line that says so, and the record's file stays as it was.
names() {		# TEXT COMMAND...
	n_text=$1
	shift
	n_before=$(sums "$O/pauta.db")
	"$@" >"$W/said" 2>&1
	n_status=$?
	cat "$W/said"
	[ $n_status -gt 0 ] && [ $n_status -lt 5 ] &&
	    [ "$(wc -l <"$W/said")" -eq 1 ] &&
	    grep -qF -- "$n_text" "$W/said" &&
	    [ "$(sums "$O/pauta.db")" = "$n_before" ]
}
serve() { timeout 60 "$BUILD/pautad" serve --dir "$O" --listen 127.0.0.1:0; }
keep() { rm -rf "$W/kept" && cp -a "$O" "$W/kept"; }
put_back() { rm -rf "$O" && cp -a "$W/kept" "$O"; }

# All of the record in its file, as after a long rest.
moved_in() {
	python3 - "$O/pauta.db" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
db.close()
PYTHON
}
# flip FILE TEXT: one bit of the first byte of that text; flip FILE OFFSET.
flip() {
	python3 - "$1" "$2" <<'PYTHON'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = int(sys.argv[2]) if sys.argv[2].isdigit() else \
    data.find(sys.argv[2].encode())
assert at >= 0
data[at] ^= 1
open(sys.argv[1], "wb").write(data)
PYTHON
}

t 'an office is made' office_make --demo
t 'all of it lies in its file' moved_in
t 'it verifies' record_is_equal
t 'a copy is kept' keep

# ---- a flipped byte ----

t 'one byte of an event is changed' flip "$O/pauta.db" '"actor":"jefa"'
t 'verification names the event' names 'alterado en el evento' \
	pautad verify --dir "$O"
put_back
t 'one byte of the first page is changed' flip "$O/pauta.db" 16
t 'verification says what the file is' names 'está dañado' \
	pautad verify --dir "$O"
t 'the server does not begin with it' names 'está dañado' serve
put_back

# Anywhere: said, or of no consequence; never a crash, never two stories.
any_byte() {
	size=$(stat -c %s "$O/pauta.db")
	found=0
	i=0
	while [ $i -lt 12 ]; do
		i=$((i + 1))
		at=$((size * i / 13 + 777))
		flip "$O/pauta.db" $at || return 1
		pautad verify --dir "$O" --rebuild >"$W/said" 2>&1
		status=$?
		[ $status -eq 0 ] || found=$((found + 1))
		[ $status -lt 5 ] && ! grep 'ERROR: \|runtime error' "$W/said" || {
			echo "byte $at: $status"
			cat "$W/said"
			return 1
		}
		put_back
	done
	echo "found $found of $i"
	[ $found -gt 0 ]
}
t 'a byte changed anywhere crashes nothing' any_byte

# ---- somebody else's files ----

echo 'Lista de compras' >"$O/pauta.db"
t 'a text is not a record' names 'no es un registro de Pauta' serve
t 'nor for verification' names 'no es un registro de Pauta' \
	pautad verify --dir "$O"
rm "$O/pauta.db" && python3 -c "import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute('CREATE TABLE songs(title)')
db.commit()" "$O/pauta.db"
t "another program's database is not one" names 'de otro programa' serve
no_traces() { ! find "$O" -name 'pauta.db-wal' -size +0 | grep .; }
t 'nothing was written beside it' no_traces
: >"$O/pauta.db"
t 'an empty file is not one' names 'está vacío' serve
put_back

# ---- two servers ----

t 'a server begins' server_start
t 'a second one on its folder does not' names 'Otro servidor ya usa' serve
t 'the first works on' says 0 jefa 'iniciar 63-COM-P01 title=Uno'

# ---- a log cut short ----

works() {
	i=0
	while [ $i -lt 5 ]; do
		i=$((i + 1))
		says 0 jefa "iniciar 63-COM-P01 title='Caso $i'" || return 1
	done
	# A checkpoint of this moment, which the server keeps when it ends.
	pautad export --dir "$O" --to "$W/export"
}
cut_log() {
	truncate -s $(($(stat -c %s "$O/pauta.db-wal") / 3)) "$O/pauta.db-wal"
}
t 'people work, and what they did is sealed' works
t 'the server ends' server_stop
t 'its log is cut short' cut_log
# Opening moves what is left of the log into the file: it is all there is.
older() {
	! pautad verify --dir "$O" --witness "$O/witness" >"$W/said" 2>&1 &&
	    [ "$(wc -l <"$W/said")" -eq 1 ] &&
	    grep -F 'anterior al sello' "$W/said"
}
t 'verification says that the record is older than its witness' older
t 'a server begins with what there is' server_start
t 'it may be read' says 0 jefa bandeja
t 'it takes no work, and says why' refused 4 jefa \
	'iniciar 63-COM-P01 title=No' 'anterior al sello'
t 'that server ends' server_stop
put_back

# ---- the key that signs ----

other_key() {
	pautad init --dir "$W/other" &&
	    cp "$W/other/log_ed25519_key" "$W/other/log_ed25519_key.pub" "$O"
}
t 'another key takes the place of the one that signs' other_key
t 'the server begins' server_start
t 'it may be read' says 0 jefa bandeja
t 'it takes no work under a key that nobody announced' refused 4 jefa \
	'iniciar 63-COM-P01 title=No' 'no es la que el registro anunció'
t 'it ends' server_stop
rm "$O/log_ed25519_key"
t 'without a key' server_start
t 'it takes no work either' refused 4 jefa 'iniciar 63-COM-P01 title=No' \
	'No se puede leer la llave que firma'
t 'it ends again' server_stop
put_back
t 'with its own key all is well' record_is_equal

# ---- a disk that is really full ----

disk_full() {
	O=$W/disk/office
	mkdir "$W/disk" && mount -t tmpfs -o size=12m tmpfs "$W/disk" &&
	    cp -a "$W/kept" "$O" && server_start
}
# Until nothing more goes in; then the log still has a little room.
filled() {
	dd if=/dev/zero of="$W/disk/ballast" bs=4096 count=4096
	[ "$(df --output=avail "$W/disk" | tail -n 1)" -eq 0 ] || return 1
	i=0
	while as jefa "iniciar 63-COM-P01 title='Lleno $i'"; do
		i=$((i + 1))
		[ $i -lt 200 ] || return 1
	done
	echo "$i more fitted"
}
level() {
	pautad status --dir "$O" --json >"$W/doc" &&
	    doc ".disk.level == \"$1\""
}
emptied() { rm "$W/disk/ballast"; }
# An export wants a signature, which does not fit; nor does anything else.
acts_count() { events_count; }
if [ -n "$DAMAGED_INSIDE" ]; then
	t 'an office on a small disk' disk_full
	t 'less than its reserve is free: files are not taken' level low
	t 'decisions are, until it is full' filled
	t 'then they are refused in words' refused 4 jefa \
		'iniciar 63-COM-P01 title=No' 'El disco está lleno'
	t 'the operator is told' level full
	t 'it may be read' says 0 jefa 'bandeja --area'
	t 'there is room again' emptied
	t 'the same server takes work' says 0 jefa \
		'iniciar 63-COM-P01 title=Vuelve'
	t 'nothing is amiss in the record' record_is_equal
	t 'it ends in order' server_stop
	umount "$W/disk"
fi
office_done
