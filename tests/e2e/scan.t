#!/bin/sh
# SPDX-License-Identifier: ISC
# Clippings that were scanned: their words are read where tesseract and its
# Spanish are.  They are found by the search, stand beside the picture in the
# preview, and are a text of the case when a person made them one; where nothing
# reads, one sentence says so and all else is as before.
. "$(dirname "$0")/lib.sh"
NOW=2026-11-23T12:00:00Z		# 05:00 in Hermosillo: no day has begun

reads() {	# whether this machine can
	[ -n "$(find /usr/lib -name libtesseract.so.5)" ] &&
	    [ -n "$(find /usr/share/tesseract-ocr -name spa.traineddata)" ]
}
# A test of reading; without what reads it is passed over, and says so.
t_reading() {
	if reads; then
		t "$@"
	else
		t "$1 # SKIP tesseract or its Spanish is not here" true
	fi
}

# What pauta-render reads in a file of that type, to $W/doc.
words_of() {
	rm -f "$W/doc"
	printf '{"file":3,"type":"%s"}' "$1" >"$W/job"
	"$BUILD/pauta-render" texto 1 <"$W/job" 1<>"$W/doc" 2>"$W/err" \
	    3<"$2"
}

# A page of paper as text, as an image, and as a PDF that has but that image.
page_make() {
	printf '{"title":"%s","sections":[]}' \
	    'Abrió en Hermosillo: atención a jubilados, niños y jóvenes' \
	    >"$W/job" &&
	    "$BUILD/pauta-render" sintesis 0 <"$W/job" 1<>"$W/text.pdf" &&
	    pdftoppm -png -r 150 -f 1 -l 1 -singlefile "$W/text.pdf" \
		"$W/hoja" &&
	    pdftoppm -jpeg -r 150 -f 1 -l 1 -singlefile "$W/text.pdf" \
		"$W/hoja" && python3 - "$W/hoja.jpg" "$W/hoja.pdf" <<'EOF'
import re, sys
jpeg = open(sys.argv[1], "rb").read()
size = re.search(rb"\xff\xc0\0\x11\x08(..)(..)\x03", jpeg, re.S)
high, wide = (int.from_bytes(n, "big") for n in size.groups())
draw = b"q 612 0 0 792 0 0 cm /I Do Q\n"
parts = [b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    b"/Resources<</XObject<</I 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%sendstream" % (len(draw), draw),
    b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
    b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
    % (wide, high, len(jpeg), jpeg)]
out, at = b"%PDF-1.4\n", []
for n, part in enumerate(parts):
    at.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (n + 1, part)
table = len(out)
out += b"xref\n0 6\n0000000000 65535 f \n"
out += b"".join(b"%010d 00000 n \n" % n for n in at)
out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table
open(sys.argv[2], "wb").write(out)
EOF
}

SAID='test("Abrió en Hermosillo") and test("atención") and
	test("niños\\sy\\sjóvenes")'
image_is_read() { words_of image "$W/hoja.png" && doc ".words | $SAID"; }
paper_is_read() {
	[ -z "$(pdftotext "$W/hoja.pdf" - | tr -d '[:space:]')" ] &&
	    words_of pdf "$W/hoja.pdf" && doc '.pages == 1 and .read == 1' &&
	    doc ".words | $SAID"
}
# No fewer points than a large scanner gives, within the same walls.
large_is_read() {
	pdftoppm -jpeg -r 600 -f 1 -l 1 -singlefile "$W/text.pdf" "$W/large" &&
	    words_of image "$W/large.jpg" && doc ".words | $SAID"
}
white_has_none() {
	    python3 - "$W/white.png" <<'EOF'
import struct, sys, zlib
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + \
        struct.pack(">I", zlib.crc32(name + data))
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" +
    chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 300, 8, 0, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 400) * 300)) +
    chunk(b"IEND", b""))
EOF
	words_of image "$W/white.png" && doc '.words == ""'
}

# A PDF that says its words needs nobody who reads; an image does.
without_spanish() {
	(export TESSDATA_PREFIX=/nonexistent
	    words_of pdf "$W/text.pdf" && doc ".words | $SAID" &&
		words_of pdf "$W/hoja.pdf" && doc '. == {"absent":true}' &&
		words_of image "$W/hoja.png" && doc '. == {"absent":true}')
}
damage_is_refused() {
	head -c 9000 "$W/hoja.jpg" >"$W/half.jpg"
	printf '%%PDF-1.4 no' >"$W/half.pdf"
	words_of image "$W/half.jpg" && return 1
	grep -q incompleta "$W/err" || return 1
	words_of pdf "$W/half.pdf" && return 1
	grep -q 'El PDF está dañado' "$W/err"
}

# ---- in a case ----

office_opens() {
	office_make >/dev/null && person_add jefa head_of_unit &&
	    person_add moni monitoring_officer &&
	    person_add otra dissemination_officer@oax && server_start
}
puts() { echo "put $2 $1" | sftp_as moni; }
day_opens() {
	says 0 moni 'iniciar 63-COM-P04 inicio=diario' || return 1
	F=$(jq -r .folio "$W/doc")
	says 0 moni "hacer $F 1.1 day=2026-11-23 none=sí none_reason=No" &&
	    says 0 moni "hacer $F 2.1 portals='[{\"medium\":\"P\"}]'" &&
	    puts "/$F/2.2/hoja.png" "$W/hoja.png" &&
	    puts "/$F/2.2/hoja.pdf" "$W/hoja.pdf" &&
	    says 0 moni "hacer $F 2.2 clips='[$(clip Uno png),$(clip Dos pdf),$(bare Tres)]'"
}
bare() {
	printf '{"medium":"Expreso","published_on":"2026-11-23","title":"%s",' \
	    "$1"
	printf '"topic":"ISSSTESON","importance":1,"genre":"nota"}'
}
clip() {
	printf '{"medium":"El Imparcial","published_on":"2026-11-23",'
	printf '"title":"%s","topic":"ISSSTESON","importance":1,' "$1"
	printf '"genre":"nota","clipping":"hoja.%s"}' "$2"
}
has_read() {
	says 0 jefa "vista-previa $F" >/dev/null &&
	    doc '[.sections[].pieces[].pictures[].words] |
		length == 2 and all(. != null)' >/dev/null
}
stands_beside_the_picture() {
	until_true has_read &&
	    doc "[.sections[].pieces[].pictures[].words] | all($SAID)" &&
	    as jefa "vista-previa $F" >"$W/text" &&
	    grep -q 'Texto leído de la imagen' "$W/text" &&
	    grep -q 'Abrió en Hermosillo' "$W/text"
}
# Where it is found is said, and only to who may see the case.
is_found() {
	says 0 jefa 'buscar Hermosillo jubilados' && doc '.cases | length == 1 and
	    all(.folio == "'"$F"'" and any(.hits[]; .where == "scan" and
		.step == "2.2" and .label == "Recorte" and
		(.text | test("Hermosillo"))))' &&
	    as jefa 'buscar Hermosillo' | grep -q 'texto de imagen, paso 2.2' &&
	    says 0 otra 'buscar Hermosillo' && doc '.cases == []'
}
# It is nobody's answer: neither the case nor what goes out has it.
is_no_answer() {
	says 0 jefa "vista-previa $F" &&
	    doc '[.sections[].pieces[] | select(.text != "")] == []' &&
	    as jefa "exportar $F formato=ninjs" >"$W/doc" &&
	    doc '.associations | length == 3' &&
	    ! grep -q Hermosillo "$W/doc" &&
	    says 0 jefa "expediente $F" && ! grep -q Hermosillo "$W/doc"
}
# Who captures the texts is offered what was read, corrects it and answers: of
# the clipping, and of a page that was scanned in this very step.
is_offered() {
	says 1 moni "leer $F 2.1" >/dev/null &&
	    says 0 moni "hacer $F D1 extra=no" &&
	    puts "/$F/3.1/otra.png" "$W/hoja.png" &&
	    says 0 moni "paso $F 3.1" && doc '.fields[] |
		select(.id == "scan").columns[] | select(.id == "image") |
		.choices == ["otra.png"] and .attached[0].name == "otra.png"' &&
	    says 0 moni "borrador $F 3.1 scan='[{\"clip\":\"Tres\",
		\"image\":\"otra.png\"}]'" && until_true offers_three
}
offers_three() {
	as moni "leer $F 3.1 --json" >"$W/doc" &&
	    doc '.reading == 0' >/dev/null && as moni "paso $F 3.1 --json" \
		>"$W/doc" && doc '.transcribes and (.fields[] |
		select(.id == "captures") | .draft | fromjson | length == 3 and
		all(.text | '"$SAID"'))' >/dev/null
}
is_put_once() {
	says 0 moni "leer $F 3.1" && doc '.added == 0 and .reading == 0' &&
	    as moni "leer $F 3.1" | grep -q 'No hay texto leído por poner' &&
	    says 1 jefa "leer $F 3.1"
}
is_corrected() {
	says 0 moni "hacer $F 3.1 captures='[{\"clip\":\"Uno\",
	    \"text\":\"Corregido\"},{\"clip\":\"Dos\",\"text\":\"Bien\"},
	    {\"clip\":\"Tres\",\"text\":\"Tres\"}]'" &&
	    as jefa "exportar $F formato=ninjs" >"$W/doc" &&
	    grep -q Corregido "$W/doc" && ! grep -q Hermosillo "$W/doc"
}
# Lost with its file, it is read again; what is erased is in no file.
is_read_again() {
	server_stop
	rm -f "$O/palabras.db"* && server_start && until_true is_found
}
says_what_is_missing() {
	server_stop
	rm -f "$O/palabras.db"*
	mkdir "$W/bare" && cp "$BUILD"/pauta* "$W/bare" &&
	    printf '#!/bin/sh\nTESSDATA_PREFIX=/nonexistent exec %s "$@"\n' \
		"$BUILD/pauta-render" >"$W/bare/pauta-render" || return 1
	b_build=$BUILD
	BUILD=$W/bare
	server_start
	b_status=$?
	BUILD=$b_build
	[ $b_status -eq 0 ] && until_true is_told &&
	    as moni "buscar Hermosillo" | grep -q "$F" && return 1
	doc '[.sections[].pieces[]
	    .pictures[]] | length == 3 and all(.words == null)'
}
is_told() {
	as jefa "vista-previa $F --json" >"$W/doc" &&
	    doc '.unread | test("falta tesseract con español")' >/dev/null
}

t 'a page is there to be scanned' page_make
t_reading 'an image is read, with its accents' image_is_read
t_reading 'a PDF without text is read' paper_is_read
t_reading 'a large scan is read within the same walls' large_is_read
t_reading 'a white page has no words' white_has_none
t 'without Spanish only what says its own words has any' without_spanish
t 'what is damaged is refused in words' damage_is_refused
t 'an office opens' office_opens
t 'two clippings are scanned' day_opens
t_reading 'what is read stands beside the picture' stands_beside_the_picture
t_reading 'it is found, by who may' is_found
t_reading 'it is no answer of anybody' is_no_answer
t_reading 'it is offered to who captures texts' is_offered
t_reading 'each once, and to who does the step' is_put_once
t_reading 'what the person makes of it goes out' is_corrected
t_reading 'a file of words that is lost is made again' is_read_again
t 'a server that cannot read says what is missing' says_what_is_missing
t 'the record rebuilds the same' record_is_equal
office_done
