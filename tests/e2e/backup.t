#!/bin/sh
# SPDX-License-Identifier: ISC
# backup.t - twenty backups of an office at work: each one restores, verifies,
# and holds all that was acknowledged before it; an old record put back does
# not take new work until an operator says so.
. "$(dirname "$0")/lib.sh"

BACKUPS=${BACKUPS:-20}
R=$W/restored

# ---- the load: folios go to $W/acks when the server has answered ----

load_one() {
	l_folio=$(as jefa "iniciar 63-COM-P01 title=Carga \
	    requesting_area=Hospitales due_on=+20 --json" | jq -r .folio)
	echo "$l_folio" >>"$W/acks"
	as jefa "hacer $l_folio 1.2 topic=Carga planned_on=+20 \
	    target_media=otro assignee=prod" >/dev/null
}
load() {
	while [ -f "$W/go" ]; do
		load_one || return 1
	done
}
acks() { wc -l <"$W/acks"; }
acks_are() { [ "$(acks)" -ge "$1" ]; }

load_start() {
	: >"$W/acks"
	: >"$W/go"
	load &
	LOAD=$!
	until_true acks_are 1
}
load_stop() {
	rm "$W/go"
	wait "$LOAD"
}

# ---- one backup under load, restored and compared ----

# Every one of these folios is a case of that record.
holds_all() {
	python3 - "$1" "$2" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
have = {row[0] for row in db.execute("SELECT folio FROM cases")}
lost = [f for f in open(sys.argv[2]).read().split() if f not in have]
print("lost:", lost)
sys.exit(bool(lost))
PYTHON
}
restored_is_good() {
	pautad verify --dir "$R" --rebuild --json >"$W/verified" &&
	    jq -e '.intact and .equal and .checkpoints > 0' "$W/verified"
}
drill() {
	rm -rf "$R"
	cp "$W/acks" "$W/before"
	pautad backup --dir "$O" --to "$W/b$1.tar" || return 1
	# While the office went on.
	until_true acks_are $(($(wc -l <"$W/before") + 1)) || return 1
	pautad restore --from "$W/b$1.tar" --dir "$R" || return 1
	restored_is_good && holds_all "$R/pauta.db" "$W/before"
}

t 'an office is made' office_make --demo
t 'it serves' server_start
t 'people work in it' load_start
i=0
while [ $i -lt "$BACKUPS" ]; do
	i=$((i + 1))
	t "backup $i of a working office restores and verifies" drill $i
done
t 'the load never failed' load_stop
t 'it had something to do all the time' acks_are "$BACKUPS"
t 'the record of the office itself is whole' record_is_equal

# ---- what is in the file ----

B=$W/b$BACKUPS.tar
any_tar() {
	mkdir "$W/tar" && tar xf "$B" -C "$W/tar" &&
	    (cd "$W/tar" && sha256sum -c manifest.txt)
}
t 'any tar unpacks it, and sha256sum agrees with its manifest' any_tar
no_keys() {
	for key in "$O/ssh_host_ed25519_key" "$O/log_ed25519_key"; do
		# The first line of base64 that is secret.
		! grep -qF "$(grep -v ^- "$key" | tail -n 2 | head -n 1)" "$B" ||
		    return 1
	done
	! tar tf "$B" | grep -i key
}
t 'no key is in it' no_keys
only_mine() { [ "$(stat -c %a "$B")" = 600 ]; }
t 'nobody else may read it' only_mine
no_leftovers() { ! find "$W" -maxdepth 1 -name '*.tar.*' | grep .; }
t 'nothing is left beside it' no_leftovers
t 'a file that is there is not written over' denied 'ya existe' \
	pautad backup --dir "$O" --to "$B"

# ---- what is not restored ----

bad_backup() {
	rm -rf "$W/no"
	denied "$1" pautad restore --from "$W/bad.tar" --dir "$W/no" &&
	    [ ! -e "$W/no/pauta.db" ] && [ ! -e "$W/no/restoring" ]
}
cut_short() {
	head -c $(($(stat -c %s "$B") / 2)) "$B" >"$W/bad.tar"
	bad_backup 'cortada'
}
flipped() {
	# A byte of the record, in a page of its own.
	cp "$B" "$W/bad.tar"
	printf 'X' | dd of="$W/bad.tar" bs=1 seek=200777 conv=notrunc 2>&1
	! cmp -s "$B" "$W/bad.tar" && bad_backup 'dañada'
}
# An insider makes the manifest fit what he changed.
remade() {
	(cd "$W/tar" && python3 - <<'PYTHON'
import sqlite3
db = sqlite3.connect("pauta.db")
db.execute("UPDATE events SET body = replace(body, 'Carga', 'Broza')"
    " WHERE seq = (SELECT max(seq) FROM events WHERE body LIKE '%Carga%')")
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
PYTHON
	sha256sum pauta.db pautad.conf checkpoint.txt >manifest.txt
	tar --format=ustar -cf "$W/bad.tar" pauta.db pautad.conf \
	    checkpoint.txt manifest.txt)
	bad_backup 'alterado'
}
stranger_tar() {
	tar --format=ustar -cf "$W/bad.tar" -C "$W" ready
	bad_backup 'no debe'
}
t 'a backup cut short is refused' cut_short
t 'a changed one is refused' flipped
t 'one changed with its manifest is refused' remade
t 'another tar is refused' stranger_tar
printf 'hola' >"$W/bad.tar"
t 'another file is refused' bad_backup 'no es una copia'
t 'a folder with a record is refused' denied 'no está vacía' \
	pautad restore --from "$B" --dir "$O"
t 'and what was there is untouched' record_is_equal

# ---- keys and witnesses ----

own_keys() {
	rm -rf "$R"
	mkdir -m 700 "$R" &&
	    cp "$O/ssh_host_ed25519_key" "$O/ssh_host_ed25519_key.pub" \
		"$O/log_ed25519_key" "$O/log_ed25519_key.pub" "$R" &&
	    pautad restore --from "$B" --dir "$R" &&
	    cmp "$O/ssh_host_ed25519_key" "$R/ssh_host_ed25519_key" &&
	    cmp "$O/ssh_host_ed25519_key.fp" "$R/ssh_host_ed25519_key.fp" &&
	    cmp "$O/log_ed25519_key" "$R/log_ed25519_key" && restored_is_good
}
t 'keys that lie in the folder are kept' own_keys
new_keys() {
	rm -rf "$R"
	pautad restore --from "$B" --dir "$R" &&
	    ! cmp -s "$O/ssh_host_ed25519_key" "$R/ssh_host_ed25519_key" &&
	    ! cmp -s "$O/log_ed25519_key" "$R/log_ed25519_key" &&
	    restored_is_good
}
t 'others are made, and announced' new_keys

t 'a person keeps a checkpoint of today' says 0 jefa sello
jq -r .witness "$W/doc" >"$W/witness"
old_one() {
	server_stop
	rm -rf "$R"
	pautad restore --from "$W/b1.tar" --dir "$R" --witness "$W/witness" &&
	    cp -r "$O/keys" "$R"
}
t 'the first backup is restored with it' old_one
O=$R
t 'the office opens' server_start
t 'people may read' says 0 jefa 'bandeja --area'
t 'work is refused, status 4' says 4 jefa \
	'iniciar 63-COM-P01 title=No requesting_area=Hospitales due_on=+20'
t 'and it says why' doc '.error.code == "unavailable" and
	(.error.message | contains("anterior al sello"))'
t 'also for the operator' denied 'anterior al sello' \
	pautad user add --dir "$O" nadie --name Nadie
t 'also after it starts again' server_stop
server_start
t 'it still refuses' says 4 jefa \
	'iniciar 63-COM-P01 title=No requesting_area=Hospitales due_on=+20'
t 'an operator confirms' pautad restore --confirm --dir "$O"
t 'work is taken again' says 0 jefa \
	'iniciar 63-COM-P01 title=Sí requesting_area=Hospitales due_on=+20'
server_stop
t 'and stays so' server_start
t 'for good' says 0 jefa \
	'iniciar 63-COM-P01 title=Sí requesting_area=Hospitales due_on=+20'
t 'the confirmation is in the record, with what it confirms' \
	sh -c "'$BUILD/pautad' export --dir '$O' --to '$W/x' &&
	    grep -q '\"name\":\"accepted\".*anterior al sello' '$W/x/events.jsonl'"
t 'the whole verifies' restored_is_good
t 'the witness still tells that something is missing' denied 'sello' \
	pautad verify --dir "$O" --witness "$W/witness"

# An old file put in the place of the record of a folder that knows better.
O=$W/office
roll_back() {
	server_stop
	rm -f "$O/pauta.db-wal" "$O/pauta.db-shm"
	tar xOf "$W/b1.tar" pauta.db >"$O/pauta.db"
}
t 'somebody puts an old record in place' roll_back
t 'the server starts' server_start
t 'and takes no work' says 4 jefa \
	'iniciar 63-COM-P01 title=No requesting_area=Hospitales due_on=+20'
t 'because its folder has a later checkpoint' doc \
	'.error.message | contains("anterior al sello")'

# ---- the key of the record ----

wrong_key() {
	server_stop
	rm -rf "$R"
	pautad restore --from "$B" --dir "$R" || return 1
	cp "$W/office/log_ed25519_key" "$R/log_ed25519_key"
	cp -r "$W/office/keys" "$R"
	O=$R
	server_start
}
t 'a folder gets the key of another time' wrong_key
t 'it takes no work' says 4 jefa \
	'iniciar 63-COM-P01 title=No requesting_area=Hospitales due_on=+20'
t 'and says why' doc '.error.message | contains("no es la que el registro")'
t 'the record is untouched' restored_is_good

office_done
