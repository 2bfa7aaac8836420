#!/bin/sh
# SPDX-License-Identifier: ISC
# Files that are not what they say, names that mean no good, photographs that
# are too many or none: refused, each with one sentence, and nothing is left.
. "$(dirname "$0")/lib.sh"

for PYTHON in python3 /usr/bin/python3; do
	"$PYTHON" -c 'import paramiko' 2>/dev/null && break
done
office_make >/dev/null &&
    people_add jefa:head_of_unit difu:dissemination_officer >/dev/null &&
    server_start || exit 1

hostile() {
	says 0 difu "iniciar 63-COM-P02 title=Feria tracks=redes" || return 1
	CASE=$(jq -r .folio "$W/doc")
	"$PYTHON" -B "$HERE/sftp/hostile.py" "$PORT" "$O/keys/difu" difu \
	    "/$CASE/3.1" >"$W/said"
	h_status=$?
	cat "$W/said"
	[ "$(sed -n 's/ refused.*//p' "$W/said")" -ge 60 ] && return $h_status
}
# What was received has the type of its bytes, and nothing else is there.
no_wrong_type() {
	says 0 difu "adjuntos $CASE" &&
	    doc '[.attachments[] | {n: .name, t: .type}] | all(
		(.n | test("^bien[.](jpg|png|pdf|docx|xlsx|pptx|odt|mp4)$"; "i"))
		    and (.t | IN("jpeg", "png", "pdf", "docx", "xlsx", "pptx",
		    "odt", "mp4")) or (.t == "text") or
		(.n == "Sin punto" and .t == "pdf") or
		(.n == "movimiento.jpg" and .t == "jpeg"))' &&
	    doc '.attachments | length == 17'
}
# What was refused lies nowhere; what was cut waits for its end.
only_what_is_cut_waits() {
	[ "$(find "$O/spool" -type f | wc -l)" -eq 7 ] &&
	    [ "$(find "$O/blobs" -type f | wc -l)" -eq "$(jq \
		'[.attachments[].sha256] | unique | length' "$W/doc")" ] &&
	    [ ! -e /etc/x.txt ]
}
cut_file_goes_on() {
	printf '%%PDF-1.4\n1 0 obj\n%%%%EOF\n' >"$W/entero.pdf"
	head -c 15 "$W/entero.pdf" >"$W/parte.pdf"
	echo "put $W/parte.pdf /$CASE/3.1/parte.pdf" | sftp_as difu
	grep -q 'llegó incompleto' "$W/said" || return 1
	echo "reput $W/entero.pdf /$CASE/3.1/parte.pdf" | sftp_as difu &&
	    says 0 difu "adjuntos $CASE" &&
	    doc ".attachments | any(.name == \"parte.pdf\" and .sha256 == \"$(
		sha256sum <"$W/entero.pdf" | cut -d' ' -f1)\")"
}

photo() {
	printf '\377\330\377\340\0\020JFIF\0\1\1\0\0\1\0\1\0\0\377\376\0\3%s\377\331' \
	    "$1" >"$W/f$1.jpg"
	echo "put $W/f$1.jpg /$F/2.1/f$1.jpg"
}
a_bulletin_with_photos() {
	presents Feria && says 0 jefa "aprobar $F 1.3" &&
	    refused 1 difu "hacer $F 2.1" 'Fotos'
}
no_sixth_photo() {
	for i in 1 2 3 4 5; do
		photo $i
	done | sftp_as difu || return 1
	photo 6 | sftp_as difu && return 1
	grep -q 'ya tiene 5 y caben 5' "$W/said" &&
	    says 0 difu "adjuntos $F" && doc '.attachments | length == 5' &&
	    says 0 difu "hacer $F 2.1"
}

t 'sixty files and names that mean no good' hostile
t 'what was received is what it says' no_wrong_type
t 'what was refused lies nowhere' only_what_is_cut_waits
t 'what was cut goes on' cut_file_goes_on
t 'no photograph is too few' a_bulletin_with_photos
t 'and six are too many' no_sixth_photo
t 'the record verifies, and its views are what it says' record_is_equal
office_done
