#!/bin/sh
# SPDX-License-Identifier: ISC
# Attachments by SFTP: the clients that people have, files of every size, names
# and bytes that mean no good, and what the record says.  sftp-cut.t cuts them.
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/sftp-lib.sh"

MANY=${MANY:-40}			# files, in each of
CASES=${CASES:-1}			# so many cases, by one sftp
for PYTHON in python3 /usr/bin/python3; do
	"$PYTHON" -c 'import paramiko' 2>/dev/null && break
done
pdf "$W/acta.pdf" 300000
: >"$W/vacio.txt"
printf x >"$W/uno.txt"
printf 'hola\n' >"$W/nota.txt"

first_listing() {
	printf 'ls -1 /\nls -1 /%s\nls -1 %s\n' "$CASE" "$T" | ftp && said "$CASE" &&
	    said "$STEP"
}
round_trip() {
	rm -f "$W/back"
	printf 'put %s %s/\nget %s/%s %s\nls -l %s\n' "$W/$1" "$T" "$T" "$1" \
	    "$W/back" "$T" | ftp && cmp "$W/$1" "$W/back" && said "$1" &&
	    attached "$W/$1"
}
with_scp() {
	cp "$W/acta.pdf" "$W/scp.pdf"
	# shellcheck disable=SC2046
	scp -q -P "$PORT" $(ssh_options difu) "$W/scp.pdf" \
	    "difu@127.0.0.1:$T/" && scp -q -P "$PORT" $(ssh_options difu) \
	    "difu@127.0.0.1:$T/scp.pdf" "$W/back" && cmp "$W/scp.pdf" "$W/back" &&
	    attached "$W/scp.pdf"
}
with_psftp() {
	cp "$W/acta.pdf" "$W/putty.pdf"
	puttygen "$O/keys/difu" -O private -o "$W/difu.ppk" &&
	    printf 'put %s %s/putty.pdf\nget %s/putty.pdf %s\n' \
		"$W/putty.pdf" "$T" "$T" "$W/back" >"$W/script" &&
	    psftp -P "$PORT" -i "$W/difu.ppk" -batch -b "$W/script" \
		-hostkey "$(ssh-keygen -lf "$O/ssh_host_ed25519_key.pub" |
		    cut -d' ' -f2)" difu@127.0.0.1 && cmp "$W/putty.pdf" "$W/back" &&
	    attached "$W/putty.pdf"
}
curl_as() {
	curl -sS --connect-timeout 20 --key "$O/keys/$1" --pubkey \
	    "$O/keys/$1.pub" --hostpubsha256 "$(ssh-keygen -lf \
		"$O/ssh_host_ed25519_key.pub" | sed 's/.*SHA256:\([^ ]*\).*/\1/')" \
	    "$2" "$3" "sftp://$1@127.0.0.1:$PORT$4" >"$W/said" 2>&1 && return
	cat "$W/said"
	return 1
}
# Before libssh2 1.11 it knows no MAC that is offered unasked.
curl_is_refused() {
	curl -V | grep -qE 'libssh2/1\.([0-9]|10)\.' || return 0
	! curl_as difu -T "$W/acta.pdf" "$T/curl.pdf" &&
	    said 'exchange encryption keys' && absent curl.pdf
}
macs_are() {
	server_stop && echo "old_macs $1" >"$W/macs" &&
	    sed '/^old_macs/d' "$O/pautad.conf" >>"$W/macs" &&
	    cat "$W/macs" >"$O/pautad.conf" && server_start
}
with_curl() {
	macs_are yes || return 1
	cp "$W/acta.pdf" "$W/curl.pdf"
	head -c 100000 "$W/acta.pdf" >"$W/back"
	curl_as difu -T "$W/curl.pdf" "$T/curl.pdf" && attached "$W/curl.pdf" &&
	    curl_as difu -l -s "$T/" && said curl.pdf &&
	    curl_as difu -C- -o"$W/back" "$T/curl.pdf" &&
	    cmp "$W/curl.pdf" "$W/back" && macs_are no
}
with_lftp() {
	cp "$W/acta.pdf" "$W/lftp.pdf"
	rm -f "$W/back"
	HOME=$W lftp -c "set net:max-retries 1; set net:timeout 20;
	    set sftp:connect-program 'ssh -a -x $(ssh_options difu | tr -d '\n')';
	    open -u difu, -p $PORT sftp://127.0.0.1;
	    put -O $T $W/lftp.pdf; get $T/lftp.pdf -o $W/back" &&
	    cmp "$W/lftp.pdf" "$W/back" && attached "$W/lftp.pdf"
}
# As many as a field holds are all it takes; what is one too many is told why.
many_in_one_go() {
	mkdir "$W/many"
	: >"$W/many.ftp"
	for i in $(seq "$MANY"); do
		echo "renglón $i" >"$W/many/n$i.txt"
	done
	for i in $(seq "$CASES"); do
		says 0 difu "iniciar 63-COM-P02 title=Muchos$i tracks=redes" ||
		    return 1
		m_case=$(jq -r .folio "$W/doc")
		printf 'put %s/many/* /%s/%s/\nls -1 /%s/%s\n' "$W" \
		    "$m_case" "$STEP" "$m_case" "$STEP" >>"$W/many.ftp"
	done
	ftp <"$W/many.ftp" && [ "$(grep -c "^/.*/n[0-9]*\.txt" "$W/said")" \
	    -eq $((MANY * CASES)) ] && says 0 difu "adjuntos $m_case" &&
	    doc ".attachments | length == $MANY"
}
no_room_for_more() {
	no 'caben 1000' "put $W/nota.txt /$m_case/$STEP/una-mas.txt"
}
# Three versions of as many, under long names: no message holds the list.
many_versions() {
	v_long=$(printf '%0180d' 0)
	rm -rf "$W/many"
	mkdir "$W/many"
	says 0 difu "iniciar 63-COM-P02 title=Versiones tracks=redes" || return 1
	v_case=$(jq -r .folio "$W/doc")
	for v in 1 2 3; do
		for i in $(seq "$MANY"); do
			echo "renglón $i, $v" >"$W/many/$v_long-$i.txt"
		done
		printf 'put %s/many/* /%s/%s/\n' "$W" "$v_case" "$STEP" |
		    ftp || return 1
	done
	printf 'ls -1 /%s/%s\n' "$v_case" "$STEP" | ftp &&
	    [ "$(grep -c "^/.*$v_long" "$W/said")" -eq $((3 * MANY)) ] &&
	    says 0 difu "adjuntos $v_case" && doc '.next > 0' &&
	    says 0 difu "adjuntos $v_case desde=$(jq .next "$W/doc")" &&
	    doc '.next == null' && says 0 difu "historial $v_case" &&
	    says 0 difu "expediente $v_case" && doc '.attachments_left > 0'
}
again_is_nothing() {
	before=$(acts_count)
	printf 'put %s %s/\n' "$W/nota.txt" "$T" | ftp &&
	    [ "$(acts_count)" -eq "$before" ]
}
another_version() {
	cp "$W/nota.txt" "$W/old"
	printf 'otra\n' >"$W/nota.txt"
	printf 'put %s %s/\nls -1 %s\nget %s/nota~1.txt %s\n' "$W/nota.txt" \
	    "$T" "$T" "$T" "$W/back" | ftp && attached "$W/nota.txt" &&
	    said 'nota~1.txt' && cmp "$W/old" "$W/back" &&
	    as difu "adjuntos $CASE" >"$W/said" &&
	    said 'versión 1, ya no la actual' && said 'texto, difu, 23/11'
}

# The step says what to type, and shows what lands without a key.
screen_tells() {
	screen_open s difu && sees s 'Bandeja de tareas' "$CASE" &&
	    keys s Enter &&
	    sees s 'SUBIR CON' "sftp -P $PORT difu@127.0.0.1:$T/"
}
screen_follows() {
	pdf "$W/llega.pdf" 4321
	printf 'put %s %s/\n' "$W/llega.pdf" "$T" | ftp &&
	    sees s 'llega.pdf, 4321 bytes' && screen_close s
}

# ---- what is refused ----

no() {
	n_text=$1
	shift
	before=$(acts_count)
	printf '%s\n' "$@" | ftp
	said "$n_text" && [ "$(acts_count)" -eq "$before" ]
}
not_that_type() {
	printf '%b' "$2" >"$W/$1"
	no "$3" "put $W/$1 $T/$1" && absent "$1"
}
not_that_name() {
	no "$2" "put $W/uno.txt \"$T/$1\""
}
long_name() {
	l_name=$(printf 'a%.0s' $(seq 251)).txt
	cp "$W/uno.txt" "$W/$l_name" &&
	    printf 'put %s %s/\n' "$W/$l_name" "$T" | ftp &&
	    attached "$W/$l_name"
}
dashed_name() {
	cp "$W/uno.txt" "$W/-n.txt" &&
	    printf 'put %s %s/\n' "$W/-n.txt" "$T" | ftp && attached "$W/-n.txt"
}
no_way_out() {
	printf 'put %s /../../tmp/pauta-fuera.txt\n' "$W/uno.txt" | ftp
	[ ! -e /tmp/pauta-fuera.txt ] && said 'a su alcance' &&
	    no 'not found' 'get /../../etc/passwd' &&
	    no 'a su alcance' "put $W/uno.txt $T/../../x.txt"
}
not_hers() {
	printf 'ls -1 /\n' | sftp_as oaxaca || return 1
	! grep -q "$CASE" "$W/said" || return 1
	printf 'get %s/nota.txt %s\n' "$T" "$W/stolen" | sftp_as oaxaca
	said 'not found' && [ ! -e "$W/stolen" ] || return 1
	printf 'put %s %s/suyo.txt\n' "$W/uno.txt" "$T" | sftp_as oaxaca
	said 'a su alcance' && absent suyo.txt
}
quota_is_reached() {
	says 0 jefa 'ajuste attachments_mb 1' || return 1
	pdf "$W/grande.pdf" 2000000
	no 'más grande de lo que se recibe' \
	    "put $W/grande.pdf $T/grande.pdf" && absent grande.pdf
	n_status=$?
	says 0 jefa 'ajuste attachments_mb 100' && return $n_status
}

no_program_says() {
	"$PYTHON" -B "$HERE/sftp/raw.py" "$PORT" "$O/keys/difu" difu "$T" &&
	    absent hueco.txt && absent miente.txt && absent ida.txt
}

# ---- the record ----

answer_takes_them() {
	says 0 difu "hacer $CASE $STEP info_source='cobertura propia' \
	    event=Feria received=externo.mov" || return 1
	says 0 difu "expediente $CASE" && doc '.fields.received |
	    any(.name == "nota.txt" and (.sha256 | length) == 64) and
	    any(.name == "externo.mov" and .sha256 == null)'
}
no_longer_open() {
	no 'no está abierto' "put $W/uno.txt $T/tarde.txt" &&
	    printf 'get %s/nota.txt %s\n' "$T" "$W/back" | ftp &&
	    cmp "$W/nota.txt" "$W/back"
}
acknowledged_is_durable() {
	says 0 difu "iniciar 63-COM-P02 title=Otra tracks=redes" || return 1
	CASE=$(jq -r .folio "$W/doc") T=/$CASE/$STEP
	printf 'put %s %s/\n' "$W/acta.pdf" "$T" | ftp || return 1
	kill -9 "$(core_pid)" || return 1
	until_true core_is_back && attached "$W/acta.pdf"
}
bytes_are_verified() {
	"$BUILD/pautad" verify --dir "$O" --rebuild || return 1
	v_blob=$(find "$O/blobs" -type f | head -n 1)
	for v_blob in $(find "$O/blobs" -type f | head -n 3); do
		[ "$(sha256sum <"$v_blob" | cut -d' ' -f1)" = "$(echo \
		    "$v_blob" | sed 's|.*/\(..\)/\([^/]*\)$|\1\2|')" ] ||
		    return 1
	done
	cp "$v_blob" "$W/sound" && chmod 600 "$v_blob" &&
	    printf x >>"$v_blob" || return 1
	"$BUILD/pautad" verify --dir "$O" && return 1
	cp "$W/sound" "$v_blob" && "$BUILD/pautad" verify --dir "$O"
}
backup_has_them() {
	"$BUILD/pautad" backup --dir "$O" --to "$W/b.tar" &&
	    tar tf "$W/b.tar" >"$W/list" &&
	    [ "$(grep -c '^blobs/central/' "$W/list")" -eq \
		"$(find "$O/blobs" -type f | wc -l)" ]
}

t 'the step says what to type' screen_tells
t 'and shows what lands, by itself' screen_follows
t 'folders are what one may see' first_listing
t 'a document goes in and comes back' round_trip acta.pdf
t 'nothing at all, too' round_trip vacio.txt
t 'one byte' round_trip uno.txt
t 'a line' round_trip nota.txt
t 'scp' with_scp
t 'psftp' with_psftp
t 'lftp' with_lftp
t 'curl as Debian 12 has it, not unasked' curl_is_refused
t 'curl, where its MACs are offered' with_curl
t "$((MANY * CASES)) at once" many_in_one_go
[ "$MANY" -lt 1000 ] || t 'no more than a field holds' no_room_for_more
[ "$MANY" -lt 1000 ] || t 'all their versions, in parts' many_versions
t 'the same again is nothing new' again_is_nothing
t 'another of that name is its next version' another_version
t 'a name of 255 bytes' long_name
t 'a name that begins with a dash' dashed_name
t 'a name with an escape' not_that_name "$(printf 'a\033[31mb.txt')" 'control'
t 'a name that turns the line around' not_that_name \
    "$(printf 'a\342\200\256txt.b')" 'caracteres que no se ven'
t 'no way out of the tree' no_way_out
t 'text is no photograph' not_that_type falsa.jpg 'solo texto\n' \
    'por dentro es texto'
t 'a page is not received' not_that_type pagina.html \
    '<!DOCTYPE html><html><script>alert(1)</script></html>' \
    'que se reciba'
t 'nor a drawing with a script' not_that_type d.svg \
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>' \
    'como JPEG o PNG'
t 'nor a program, whatever its name' not_that_type p.pdf \
    '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\76\0\1\0\0\0' 'que se reciba'
t 'nor a page called a document' not_that_type q.pdf \
    '<html><body>hola</body></html>' 'que se reciba'
t 'nothing is removed' no 'se quita con la orden' "rm $T/nota.txt"
t 'nor renamed' no 'no cambian de nombre' "rename $T/nota.txt $T/x.txt"
t 'nor made' no 'Las carpetas las hace el servidor' "mkdir $T/x"
t 'nor linked' no 'no se hacen enlaces' "symlink /etc/passwd $T/p.txt"
t 'nor given other rights' no 'los pone el servidor' "chmod 777 $T/nota.txt"
t 'nobody of another office' not_hers
t 'packets that no program sends' no_program_says
t 'an office has its share of the disk' quota_is_reached
t 'the answer takes what is attached, and what was typed' answer_takes_them
t 'then nothing more goes in' no_longer_open
t 'what was acknowledged survives kill -9' acknowledged_is_durable
t 'verify reads every byte' bytes_are_verified
t 'a backup has them' backup_has_them
t 'the record verifies, and its views are what it says' record_is_equal
office_done
