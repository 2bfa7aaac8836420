#!/bin/sh
# SPDX-License-Identifier: ISC
# Photographs: seen without downloading them, decided one by one; whatever their
# bytes are, it costs one preview and one sentence.
. "$(dirname "$0")/lib.sh"

PICTURE=$BUILD/tests/picture

office_make >/dev/null &&
    people_add jefa:head_of_unit difu:dissemination_officer \
	oaxaca:states_head@oax >/dev/null && server_start || exit 1
# Of one the photographs; of the other whatever somebody received.
presents Feria && PHOTOS=$F && as jefa "aprobar $PHOTOS 1.3" >/dev/null &&
    says 0 difu "iniciar 63-COM-P02 title=Otra tracks=redes" || exit 1
CASE=$(jq -r .folio "$W/doc")
T=/$CASE/3.1

picture() {
	p_file=$1
	shift
	ASAN_OPTIONS=detect_leaks=0 "$PICTURE" "$@" >"$W/$p_file"
}
put() { printf 'put %s %s/\n' "$W/$1" "$T" | sftp_as difu; }
picture mar.jpg jpeg 1600 1200 20
picture noche.png png 640 480 110
picture vertical.jpg upright 640 480 60

seen() {
	put mar.jpg || return 1
	says 0 jefa "vista $CASE mar.jpg celdas=40x12 modo=256" || return 1
	doc '.width == 1600 and .height == 1200 and .name == "mar.jpg" and
	    (.rows | length) <= 12 and .cols <= 40 and
	    (.rows | all(map(.[0] | length) | add == 31)) and
	    ([.rows[][] | .[1]] | unique | length) > 3'
}
seen_by_letters() {
	says 0 jefa "vista $CASE mar.jpg celdas=40x12 modo=ascii" &&
	    doc '.rows | all(length == 1 and .[0][1:] == [-1, -1] and
		(.[0][0] | test("^[ .:=+*#%@-]+$")))' &&
	    as jefa "vista $CASE mar.jpg celdas=40x12" >"$W/text" &&
	    grep -q '1600 × 1200 puntos' "$W/text" &&
	    grep -q '█' "$W/text"
}
seen_as_webp() {
	picture mar.webp webp 800 600 20 && put mar.webp &&
	    says 0 jefa "vista $CASE mar.webp celdas=40x12 modo=256" &&
	    doc '.width == 800 and .height == 600 and (.rows | length) <= 12 and
		([.rows[][] | .[1]] | unique | length) > 3'
}
seen_as_it_was_held() {
	put vertical.jpg && says 0 jefa "vista $CASE vertical.jpg" &&
	    doc '.width == 480 and .height == 640'
}
# Refused to the head, in a sentence; what is sound is still seen.
costs_one() {
	refused 1 jefa "vista $CASE $1" "$2" &&
	    says 0 jefa "vista $CASE mar.jpg celdas=20x6"
}
bomb() {
	picture bomba.png bomb && put bomba.png &&
	    costs_one bomba.png 'más puntos de los que se pueden leer'
}
# A grey JPEG of 10,000 by 10,000: one bit says "as before", one ends a block.
seen_as_telephones_take_them() {
	"$(command -v python3)" - "$W/cien.jpg" <<'PY' || return 1
import struct, sys
def part(mark, data):
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(data) + 2) + data
one = b"\1" + b"\0" * 15 + b"\0"
with open(sys.argv[1], "wb") as f:
    f.write(b"\xff\xd8" + part(0xdb, b"\0" + b"\1" * 64) +
            part(0xc0, struct.pack(">BHHB", 8, 10000, 10000, 1) + b"\1\x11\0") +
            part(0xc4, b"\0" + one) + part(0xc4, b"\x10" + one) +
            part(0xda, b"\1\1\0\0\x3f\0") + bytes(1250 * 1250 // 4) +
            b"\xff\xd9")
PY
	put cien.jpg && says 0 jefa "vista $CASE cien.jpg celdas=20x6" &&
	    doc '.width == 10000 and .height == 10000'
}
one_that_moves() {
	printf 'RIFF\036\0\0\0WEBPVP8X\012\0\0\0\002\0\0\0\011\0\0\011\0\0ANIM\0\0\0\0' \
	    >"$W/baila.webp"
	put baila.webp && costs_one baila.webp 'es una animación'
}
not_an_image() {
	printf '%%PDF-1.4\n%%%%EOF\n' >"$W/acta.pdf"
	put acta.pdf && costs_one acta.pdf 'no es una imagen'
}
not_hers() {
	refused 3 oaxaca "vista $CASE mar.jpg" "No hay un expediente «$CASE»"
}
many_ask() {
	m_pids=
	for m in 1 2 3; do
		as jefa "vista $CASE mar.jpg celdas=${m}0x9" >"$W/many.$m" &
		m_pids="$m_pids $!"
	done
	for m in $m_pids; do
		wait "$m" || return 1
	done
	! cmp -s "$W/many.1" "$W/many.3" &&
	    [ "$(grep -l 'puntos' "$W"/many.? | wc -l)" -eq 3 ]
}
words_are_refused() {
	refused 2 jefa "vista $CASE mar.jpg celdas=9999x1" 'celdas=60x18' &&
	    refused 2 jefa "vista $CASE mar.jpg modo=sixel" 'mono o ascii' &&
	    refused 3 jefa "vista $CASE nada.jpg" 'No hay un archivo'
}

three_photos() {
	picture feria.jpg jpeg 1200 900 90
	T=/$PHOTOS/2.1
	put mar.jpg && put feria.jpg && put noche.png &&
	    says 0 difu "hacer $PHOTOS 2.1"
}
head_looks() {
	screen_open jefa jefa && sees jefa "$PHOTOS" && keys jefa Enter &&
	    sees jefa 'Aprobaciones' 'mar.jpg, feria.jpg' && keys jefa f &&
	    sees jefa 'Foto 1 de 3: mar.jpg' '1600 × 1200 puntos'
}
# Each by a key; what does not go with what is to be corrected in it.
one_by_one() {
	loses jefa 'Dibujando' && golden jefa photo-approval || return 1
	keys jefa a && sees jefa 'Foto 2 de 3: feria.jpg' '1200 × 900' &&
	    keys jefa d && sees jefa 'Qué debe corregirse' &&
	    types jefa 'Se ve chueca, y oscura' && keys jefa Enter &&
	    sees jefa 'Foto 3 de 3: noche.png' '640 × 480' && keys jefa a &&
	    sees jefa 'Van 2, no van 1.' && keys jefa F12 &&
	    sees jefa 'Aprobaciones' && keys jefa a &&
	    sees jefa 'aprobada'
}
officer_reads_it() {
	says 0 difu "expediente $PHOTOS" && doc '[.steps[] |
	    select(.number == "2.2") | .values[] | .text] |
	    any(contains("regresar (Se ve chueca, y oscura)"))' &&
	    says 0 difu "paso $PHOTOS 2.3" && doc '.verdicts | any(.step == "2.2"
		and (.items | any(.name == "feria.jpg" and
		.verdict == "regresar" and .remarks == "Se ve chueca, y oscura")
		and any(.name == "mar.jpg" and .verdict == "aprobar")))'
}

t 'a photograph is seen in its colours' seen
t 'and without them' seen_by_letters
t 'of the newer type too' seen_as_webp
t 'as the camera was held' seen_as_it_was_held
t 'a bomb' bomb
t 'of a hundred million points, from a telephone' seen_as_telephones_take_them
t 'one that moves' one_that_moves
t 'what is no image' not_an_image
t 'nobody of another office' not_hers
t 'many at once' many_ask
t 'words that it does not know' words_are_refused
t 'three photographs wait for the head' three_photos
t 'who looks at them' head_looks
t 'and decides one by one' one_by_one
t 'whoever goes on reads why one was left out' officer_reads_it
office_done
