#!/bin/sh
# SPDX-License-Identifier: ISC
# The courier reads the feeds of outlets: good ones once, bad ones told of in
# words on the row of the outlet, and what is inside this network never.
. "$(dirname "$0")/lib.sh"

WEB=
MEDIA=
FORBIDDEN=

web_end() {
	[ -z "$WEB" ] || kill "$WEB"
	office_end
}
trap web_end EXIT

web_is_there() { [ -s "$W/ports" ]; }
begin() {
	: >"$W/asked"
	python3 "$HERE/feeds.py" "$W/asked" >"$W/ports" &
	WEB=$!
	until_true web_is_there || return 1
	read -r MEDIA FORBIDDEN <"$W/ports"
	office_make && person_add jefa head_of_unit &&
	    person_add moni monitoring_officer || return 1
	printf 'courier_allow 127.0.0.1:%s\ncourier_timeout 8\n' "$MEDIA" \
	    >>"$O/pautad.conf"
	server_start
}

# A register that no command line holds comes by standard input.
by_stdin() {
	# shellcheck disable=SC2046
	ssh -p "$PORT" $(ssh_options moni) moni@127.0.0.1 "$1" <"$2" \
	    >"$W/doc" 2>"$W/err"
}
a_large_register() {
	awk 'BEGIN { print "nombre,tipo,programa,horario,telefonos";
	    for (i = 1; i <= 900; i++)
		printf "\"Medio número %d\",radio,\"Noticiero de la mañana, con cabina abierta\",lunes a viernes de 6:00 a 9:00,662 555 %04d\n", i, i }' \
	    >"$W/large.csv"
	[ "$(wc -c <"$W/large.csv")" -gt 65536 ] &&
	    by_stdin 'medio importar texto=- --json' "$W/large.csv" &&
	    doc '.added == 900 and .refused == []' &&
	    by_stdin 'medio importar texto=- --json' "$W/large.csv" &&
	    doc '.added == 0 and .same == 900' && says 0 moni medios &&
	    doc '.outlets | length == 900' || return 1
	as moni 'medios --csv' >"$W/out.csv" &&
	    by_stdin 'medio importar texto=- --json' "$W/out.csv" &&
	    doc '.same == 900' || return 1
	head -c 300000 /dev/zero | tr '\0' a >"$W/huge"
	! by_stdin 'medio importar texto=- --json' "$W/huge" &&
	    doc '.error.message | contains("256 kB")' || return 1
	printf 'nombre\nA\377\n' >"$W/broken"
	! by_stdin 'medio importar texto=- --json' "$W/broken" &&
	    doc '.error.message | contains("UTF-8")'
}

# An outlet of that name, whose feed is that path.
watch() {
	says 0 moni "medio alta nombre=$1 canal=http://127.0.0.1:$MEDIA/$2"
}
# Of the outlet of that name jq finds this true.
reading() {
	says 0 moni medios &&
	    doc ".outlets[] | select(.name == \"$1\") | .reading | $2" \
		>/dev/null
}
is_read() { reading "$1" '.read != null and .error == null'; }
is_told() { reading "$1" "(.error // \"\") | contains(\"$2\")"; }

good() {
	watch Diario rss && watch Movido moved && watch Viejo latin &&
	    until_true is_read Diario && until_true is_read Movido &&
	    until_true is_read Viejo
}
asked_since() { grep -qx '/rss "v1"' "$W/asked"; }
unchanged() {
	says 0 jefa 'reloj avanzar 31m' && until_true asked_since &&
	    until_true is_read Diario
}

bad() {
	while read -r b_name b_say; do
		watch "$b_name" "$b_name" </dev/null || return 1
	done <"$W/bad"
	while read -r b_name b_say; do
		until_true is_told "$b_name" "$b_say" </dev/null || {
			jq -c ".outlets[] | [.name, .reading.error]" "$W/doc"
			return 1
		}
	done <"$W/bad"
}
inside() {
	while read -r i_name; do
		watch "$i_name" "$i_name" </dev/null || return 1
	done <"$W/inside"
	while read -r i_name; do
		until_true is_told "$i_name" 'red interna' </dev/null ||
		    return 1
	done <"$W/inside"
	says 0 moni "medio alta nombre=directo \
	    canal=http://127.0.0.1:$FORBIDDEN/rss" &&
	    until_true is_told directo 'red interna' &&
	    ! grep forbidden "$W/asked"
}

courier_pid() {
	office_processes | sed -n 's/^\([0-9]*\) pauta-courier .*/\1/p'
}
is_another() { k_now=$(courier_pid) && [ -n "$k_now" ] && [ "$k_now" != "$1" ]; }
is_asked() { [ "$(grep -c "^/$1 " "$W/asked")" -gt "$2" ]; }
killed() {
	k_asked=$(grep -c '^/hang ' "$W/asked")
	k_pid=$(courier_pid)
	watch Colgado hang && until_true is_asked hang "$k_asked" &&
	    kill -9 "$k_pid" && until_true is_another "$k_pid" &&
	    until_true is_told Colgado 'se detuvo' &&
	    watch Otro rss && until_true is_read Otro
}
by_hand() {
	says 0 moni encargos &&
	    b_job=$(jq '[.jobs[] | select(.title == "Colgado")][0].id' \
		"$W/doc") || return 1
	b_asked=$(grep -c '^/hang ' "$W/asked")
	says 0 moni "reintentar $b_job" && until_true is_asked hang "$b_asked" &&
	    until_true is_told Colgado 'demasiado'
}

# The same door, when it is allowed, is reached: the test would see it.
control() {
	server_stop && sed -i "s/^courier_allow .*/&,127.0.0.1:$FORBIDDEN/" \
	    "$O/pautad.conf" && server_start &&
	    says 0 moni "medio alta nombre=control \
		canal=http://127.0.0.1:$FORBIDDEN/rss" &&
	    until_true grep -q forbidden "$W/asked"
}

t 'an office, a web of media' begin
cat >"$W/bad" <<'END'
doctype DOCTYPE
page es de una página
bomb mide más de
endless mide más de
file no es de las que se abren
round sin llegar
error con un error (500)
hang demasiado
END
printf '%s\n' loopback name number six cloud >"$W/inside"
t 'a register of outlets larger than a command line' a_large_register
t 'feeds are read, also moved and of other letters' good
t 'a feed that has not changed is asked for as such' unchanged
t 'what cannot be read is told in words on its row' bad
t 'nothing inside is reached, however it is written' inside
t 'the courier is killed: what it had is tried again' killed
t 'and by hand' by_hand
t 'control: allowed, it is reached' control
t 'the record is whole, its views are the same' record_is_equal
t 'SIGTERM ends all of it' server_stop
t 'nothing is left running' until_true office_is_quiet
office_done
