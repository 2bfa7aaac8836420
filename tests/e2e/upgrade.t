#!/bin/sh
# SPDX-License-Identifier: ISC
# upgrade.t - an office of each older schema, as a server of that time left it
# (tests/fixtures): this one takes it on, keeps a copy of what it was, and
# people go on working.
. "$(dirname "$0")/lib.sh"

comes_back() {
	rm -rf "$O"
	gzip -dc "$ROOT/tests/fixtures/schema-$1.tar.gz" >"$W/old.tar" &&
	    pautad restore --from "$W/old.tar" --dir "$O" 2>"$W/said"
	c_status=$?
	cat "$W/said"
	return $c_status
}
says_so() {
	grep "record=upgrade schema=$1 to=[0-9]* copy=$O/pauta.db.schema-$1\$" \
	    "$W/said"
}
says_once() {
	record_count >/dev/null 2>"$W/said"
	! grep record=upgrade "$W/said"
}
keys_know() {
	pautad user list --dir "$O" --json >"$W/doc" &&
	    doc '[.keys[] | .added < .revoked or .revoked == 0] | all' &&
	    doc '[.keys[] | select(.revoked > 0) | .login] == ["prod"]'
}
works() {
	mkdir -p "$O/keys"
	ssh-keygen -q -t ed25519 -N '' -f "$O/keys/jefa" &&
	    pautad key add --dir "$O" jefa --key "$O/keys/jefa.pub" &&
	    server_start && says 0 jefa "iniciar 63-COM-P01 \
	    title=Nuevo requesting_area=Hospitales due_on=+20"
}
# As the manual says: the copy takes the place of the record.
goes_back() {
	server_stop
	rm -f "$O"/pauta.db-*
	mv "$O/pauta.db.schema-$1" "$O/pauta.db"
	pautad verify --dir "$O" --rebuild --json >"$W/doc" 2>"$W/said" &&
	    doc '.intact and .equal' && says_so "$1"
}
of_version() {
	t "an office of schema $1 is restored" comes_back "$1"
	t 'the log names the copy of what it was' says_so "$1"
	t 'its events are whole, its views as they say' record_is_equal
	t 'it is brought up to date once' says_once
	t 'what is new in the views is known of old events' keys_know
	t 'people go on working' works
	t 'the copy can take its place again' goes_back "$1"
}

for old in "$ROOT"/tests/fixtures/schema-*.tar.gz; do
	old=${old##*schema-}
	of_version "${old%.tar.gz}"
done
office_done
