#!/bin/sh
# SPDX-License-Identifier: ISC
# The synthesis of a day as a document: read as text before it is made, made by
# the answer that needs it, again in another round, given to other newsrooms.
. "$(dirname "$0")/lib.sh"
NOW=2026-11-23T12:00:00Z		# 05:00 in Hermosillo: no day has begun

office_opens() {
	office_make >/dev/null && person_add jefa head_of_unit &&
	    person_add moni monitoring_officer &&
	    person_add admin sysadmin && server_start
}

# A page of paper with text on it: one of the PDFs that we make ourselves.  Two
# processes behind their walls make the same bytes of it.
page_make() {
	printf '{"title":"HOJA ESCANEADA","sections":[]}' >"$W/job" &&
	    "$BUILD/pauta-render" sintesis 0 <"$W/job" 1<>"$W/hoja.pdf" &&
	    "$BUILD/pauta-render" sintesis 0 <"$W/job" 1<>"$W/again.pdf" &&
	    cmp "$W/hoja.pdf" "$W/again.pdf" && pdftoppm -png -r 60 -singlefile "$W/hoja.pdf" "$W/hoja"
}

# A picture that finds no room begins a page: nothing is drawn before it there.
picture_turns_the_page() {
	printf '{"sections":[{"title":"Uno","pieces":[{"title":"Dos","text":"%s",
	    "pictures":[{"file":3,"name":"hoja.png","type":"image"}]}]}]}' \
	    "$(seq -s ' ' 700)" >"$W/job" &&
	    "$BUILD/pauta-render" sintesis 1 <"$W/job" 1<>"$W/vuelta.pdf" \
		3<"$W/hoja.png" && pdfinfo "$W/vuelta.pdf" >"$W/info" &&
	    grep -q 'Pages: *4' "$W/info" &&
	    pdfimages -list "$W/vuelta.pdf" | grep -q '^ *4 .*jpeg'
}

puts() { echo "put $2 $1" | sftp_as moni; }

row() {
	printf '{"medium":"El Imparcial","published_on":"2026-11-23",'
	printf '"section":"3A","title":"%s","topic":"%s","importance":%s,' \
	    "$1" "$2" "$3"
	printf '"genre":"nota"%s}' "$4"
}

# Up to the step that makes the PDF, with two clippings scanned and one typed.
clips() {
	echo "[$(row 'Dengue a la baja' 'salud estatal' 2 ''), \
	    $(row 'Nuevo hospital' ISSSTESON 1 ',"clipping":"hoja.png"'), \
	    $(row 'Jubilados & «pensiones» <ya>' ISSSTESON 2 '')]"
}

day_opens() {
	says 0 moni 'iniciar 63-COM-P04 inicio=diario' || return 1
	F=$(jq -r .folio "$W/doc")
	says 0 moni "hacer $F 1.1 day=2026-11-23 none=sí none_reason=Ninguno" &&
	    says 0 moni "hacer $F 2.1 portals='[{\"medium\":\"Portal\"}]'" &&
	    puts "/$F/2.2/hoja.png" "$W/hoja.png"
}

pieces_chosen() {
	says 0 moni "hacer $F 2.2 clips='$(clips)'" &&
	    says 0 moni "hacer $F D1 extra=no" &&
	    puts "/$F/3.1/hoja.pdf" "$W/hoja.pdf" &&
	    says 0 moni "hacer $F 3.1 scan='[{\"clip\":\"Nuevo hospital\",
		\"image\":\"hoja.pdf\"}]' captures='[{\"clip\":\"Dengue a la baja\",
		\"text\":\"Hay menos casos.\"},{\"clip\":
		\"Jubilados & «pensiones» <ya>\",\"text\":\"Piden audiencia.\"}]'"
}

ordered() {
	says 0 moni "hacer $F 3.2 order='[{\"clip\":\"Dengue a la baja\"},
	    {\"clip\":\"Jubilados & «pensiones» <ya>\"},
	    {\"clip\":\"Nuevo hospital\"}]'"
}

previews() {
	says 0 jefa "vista-previa $F" &&
	    doc '[.sections[].title] == ["ISSSTESON", "salud estatal"]' &&
	    doc '[.sections[0].pieces[].title] ==
		["Jubilados & «pensiones» <ya>", "Nuevo hospital"]' &&
	    doc '[.sections[0].pieces[1].pictures[].type] | sort ==
		["image", "pdf"]' &&
	    as jefa "vista-previa $F" >"$W/text" &&
	    grep -q '^ *3. Dengue a la baja' "$W/text" &&
	    grep -q 'Hay menos casos' "$W/text"
}

pdf_get() {
	as jefa "expediente $F --json" >"$W/doc" &&
	    S=$(jq -r '[.attachments[] | select(.step == "3.3" and .current)]
		| last | .sha256' "$W/doc") &&
	    cp "$O/blobs/central/$(echo "$S" | cut -c1-2)/$(echo "$S" |
		cut -c3-)" "$W/sintesis.pdf"
}

makes() {
	says 0 moni "hacer $F 3.3 folder=2026/11" &&
	    doc '.open[0].step == "3.4"' && pdf_get &&
	    doc '[.attachments[] | select(.step == "3.3") | .name] ==
		["sintesis-2026-11-23.pdf"]' &&
	    doc '.attachments[] | select(.step == "3.3") | .by == "moni"' &&
	    doc '[.records[] | select(.record == "Síntesis Informativa")] |
		length == 1'
}

# Cover, index, two sections; the index says the page of each clipping.
is_a_good_document() {
	pdfinfo "$W/sintesis.pdf" >"$W/info" && cat "$W/info" &&
	    grep -q 'Title: .*Síntesis Informativa, lunes 23 de noviembre' \
		"$W/info" &&
	    grep -q 'Tagged: *yes' "$W/info" &&
	    pdftotext -f 1 -l 1 "$W/sintesis.pdf" - | grep -q "$F" &&
	    pdftotext -f 3 -l 3 "$W/sintesis.pdf" - |
		grep -qF 'Jubilados & «pensiones» <ya>' &&
	    pdftotext -layout -f 2 -l 2 "$W/sintesis.pdf" - >"$W/index" &&
	    P=$(sed -n 's/^ *Dengue a la baja *\([0-9]*\)$/\1/p' "$W/index") &&
	    pdftotext -f "$P" -l "$P" "$W/sintesis.pdf" - |
		grep -q 'Hay menos casos' &&
	    pdftotext "$W/sintesis.pdf" - | grep -q 'HOJA ESCANEADA' &&
	    pdftoppm -r 40 -png -f 3 -l 3 -singlefile "$W/sintesis.pdf" \
		"$W/page" && [ -s "$W/page.png" ]
}

# What is refused for another reason makes nothing.
refuses_first() {
	refused 1 moni "hacer $F 3.3 folder=" 'Carpeta' &&
	    says 0 moni "adjuntos $F" &&
	    doc '[.attachments[] | select(.step == "3.3")] == []'
}

OP=6a3f6a3f6a3f6a3f6a3f6a3f6a3f6a3f
# Said twice with one operation, it is done once.
another_round() {
	says 0 jefa "devolver $F 4.1 motivo='Cambie el orden' regresa_a=3.2" &&
	    ! echo "ls $MONTH" | sftp_as jefa &&
	    says 0 moni "hacer $F 3.2 order='[{\"clip\":\"Nuevo hospital\"}]'" &&
	    says 0 moni "hacer $F 3.3 folder=2026/11 --op=$OP" &&
	    cp "$W/doc" "$W/first" &&
	    says 0 moni "hacer $F 3.3 folder=2026/11 --op=$OP" &&
	    cmp "$W/doc" "$W/first" && pdf_get &&
	    doc '[.attachments[] | select(.step == "3.3") | .version] ==
		[1, 2]' &&
	    pdftotext -f 3 -l 3 "$W/sintesis.pdf" - | grep -q 'Nuevo hospital'
}

own_file_stays() {
	says 0 moni "hacer $F 3.4 to='[{\"recipient\":\"jefa\"}]'" &&
	    says 0 jefa "devolver $F 4.1 motivo=Otra regresa_a=3.2" &&
	    says 0 moni "hacer $F 3.2 order='[{\"clip\":\"Nuevo hospital\"}]'" &&
	    puts "/$F/3.3/pdf/sintesis-2026-11-23.pdf" "$W/hoja.pdf" &&
	    says 0 moni "hacer $F 3.3 folder=2026/11" && pdf_get &&
	    cmp "$W/hoja.pdf" "$W/sintesis.pdf"
}

# ---- where it lies once it is out ----

MONTH=/sintesis/2026/11-noviembre
lies() {
	printf 'ls -l %s\nget %s %s\n' "$MONTH" "$MONTH/$1" "$W/out.pdf" |
	    sftp_as jefa && cat "$W/said" && cmp "$W/out.pdf" "$2" &&
	    [ "$(grep -c '^-r.* sintesis-' "$W/said")" = 1 ] &&
	    grep -q "^-r.* $(stat -c %s "$2") .* $1\$" "$W/said"
}
nothing_is_out() {
	echo 'ls -l /' | sftp_as jefa && cat "$W/said" &&
	    grep -q '^d.* sintesis$' "$W/said" &&
	    echo 'ls /sintesis' | sftp_as jefa &&
	    ! grep -q '^/\{0,1\}sintesis/' "$W/said" &&
	    ! echo "ls $MONTH" | sftp_as jefa &&
	    ! echo "get $MONTH/sintesis-2026-11-23.pdf $W/out.pdf" |
		sftp_as jefa
}
sent_it_is_out() {
	says 0 jefa 'ajuste synthesis_release at_3_4' &&
	    says 0 moni "hacer $F 3.4 to='[{\"recipient\":\"jefa\"}]'" &&
	    says 0 jefa 'ajuste synthesis_release after_approval' &&
	    lies sintesis-2026-11-23.pdf "$W/sintesis.pdf"
}
comes_out() {
	says 0 moni "hacer $F 3.4 to='[{\"recipient\":\"jefa\"}]'" &&
	    ! echo "ls $MONTH" | sftp_as jefa &&
	    says 0 jefa "aprobar $F 4.1" &&
	    lies sintesis-2026-11-23.pdf "$W/hoja.pdf" &&
	    echo 'ls /sintesis/2026' | sftp_as jefa &&
	    grep -q '11-noviembre' "$W/said"
}
lftp_gets_it() {
	rm -f "$W/out.pdf" &&
	    HOME=$W lftp -c "set net:max-retries 1; set net:timeout 20;
	    set sftp:connect-program 'ssh -a -x $(ssh_options jefa | tr -d '\n')';
	    open -u jefa, -p $PORT sftp://127.0.0.1;
	    mirror /sintesis $W/mirror" &&
	    cmp "$W/mirror/2026/11-noviembre/sintesis-2026-11-23.pdf" \
		"$W/hoja.pdf"
}
gets_its_number() {
	says 0 jefa "hacer $F 4.2 copies=1 handed_at=ahora \
	    received_by=Oficialía" &&
	    says 0 moni "hacer $F 4.3" && says 0 moni "hacer $F 5.1" &&
	    says 0 moni "hacer $F 5.2" &&
	    says 0 moni "hacer $F 5.3 sent_at=ahora \
		what='síntesis del día'" &&
	    says 0 moni "hacer $F 6.1" &&
	    lies sintesis-2026-11-23-001.pdf "$W/hoja.pdf"
}
who_sees_no_case_sees_none() {
	! echo "ls $MONTH" | sftp_as admin &&
	    ! echo "get $MONTH/sintesis-2026-11-23-001.pdf $W/none.pdf" |
		sftp_as admin && [ ! -s "$W/none.pdf" ]
}
is_only_read() {
	! echo "put $W/hoja.pdf $MONTH/otra.pdf" | sftp_as jefa &&
	    grep -q 'solo se baja' "$W/said" || return 1
	! echo "put $W/hoja.pdf $MONTH/sintesis-2026-11-23-001.pdf" |
	    sftp_as moni && grep -q 'solo se baja' "$W/said" || return 1
	! echo "rm $MONTH/sintesis-2026-11-23-001.pdf" | sftp_as moni &&
	    grep -q 'no se borran' "$W/said" || return 1
	for line in "mkdir $MONTH/x" "rmdir $MONTH" "ls /sintesis/2025" \
	    "rename $MONTH/sintesis-2026-11-23-001.pdf /x" \
	    "ls $MONTH/sintesis-2026-11-23-001.pdf/x" \
	    "get /sintesis/../sintesis-x $W/none.pdf"; do
		! echo "$line" | sftp_as moni || return 1
	done
	lies sintesis-2026-11-23-001.pdf "$W/hoja.pdf"
}

# The shape of ninjs 1.3: what the IPTC's schema demands of these members.
exports_ninjs() {
	as jefa "exportar $F formato=ninjs" >"$W/ninjs.json" &&
	    jq -e '
	def item: (.uri | type == "string" and startswith("urn:")) and
	    (.type | IN("text", "composite")) and
	    (.versioncreated | test("^[0-9-]{10}T[0-9:]{8}Z$")) and
	    .pubstatus == "usable" and .language == "es-MX" and
	    (.headline | type == "string") and
	    ((keys - ["uri", "type", "mimetype", "version",
		"versioncreated", "pubstatus", "language", "headline",
		"byline", "body_text", "copyrightholder", "subject",
		"associations"]) == []);
	item and .type == "composite" and
	    (.associations | keys == ["nota1", "nota2", "nota3"]) and
	    all(.associations[]; item and .type == "text" and
		(.subject[0].name | type == "string")) and
	    ([.associations[].uri] | unique | length == 3)
	    ' "$W/ninjs.json" >/dev/null
}

# Where what stands, and of which form: outside/newsml.rng.  Control: without
# its class, its version or its zone it is not that.
newsml_is_valid() {
	xmllint --noout --relaxng "$HERE/outside/newsml.rng" "$1" 2>"$W/err" ||
	    { head -5 "$W/err"; return 1; }
	for less in 's,<itemClass qcode="ninat:text"/><headline>,<headline>,' \
	    's, version="[0-9]*", version="0",' \
	    's,Z</versionCreated>,</versionCreated>,'; do
		sed "$less" "$1" >"$W/less.xml"
		! cmp -s "$1" "$W/less.xml" && ! xmllint --noout --relaxng \
		    "$HERE/outside/newsml.rng" "$W/less.xml" 2>/dev/null ||
		    { echo "still well: $less"; return 1; }
	done
}
exports_newsml() {
	as jefa "exportar $F formato=newsml" >"$W/news.xml" &&
	    newsml_is_valid "$W/news.xml" || return 1
	for x in '/*[local-name()="newsMessage"]/*[local-name()="header"]/*[local-name()="sent"]' \
	    '//*[local-name()="packageItem"]//*[local-name()="group"][@id=../@root]/*[local-name()="itemRef"][3]' \
	    '//*[local-name()="newsItem"][3]/*[local-name()="itemMeta"]/*[local-name()="itemClass"][@qcode="ninat:text"]' \
	    '//*[local-name()="newsItem"][@guid=//*[local-name()="itemRef"]/@residref]//*[local-name()="inlineData"]' \
	    '//*[local-name()="headline"][.="Jubilados & «pensiones» <ya>"]'; do
		xmllint --xpath "boolean($x)" "$W/news.xml" | grep -q true ||
		    { echo "not there: $x"; return 1; }
	done
}

t 'the office opens' office_opens
t 'a page is there to be scanned' page_make
t 'a picture that finds no room turns the page' picture_turns_the_page
t 'a day is opened, and a clipping attached' day_opens
t 'nothing is chosen yet: the preview says so' \
    eval 'as jefa "vista-previa $F" | grep -q "Todavía no se elige"'
t 'clippings are chosen, scanned and typed' pieces_chosen
t 'they are put in order' ordered
t 'the head reads it as text before it is made' previews
t 'an answer that is refused makes nothing' refuses_first
t 'the answer makes the PDF and the record has it' makes
t 'it is a document that one can read' is_a_good_document
t 'nothing lies in the folder of what is out' nothing_is_out
t 'sent, it lies in the folder of its month' sent_it_is_out
t 'returned, it is out no more; another round makes another version' \
    another_round
t 'what somebody attached is not replaced' own_file_stays
t 'approved, it is out again' comes_out
t 'lftp copies the whole tree' lftp_gets_it
t 'with its number in the control, so is it called' gets_its_number
t 'who may not see the case does not see it' who_sees_no_case_sees_none
t 'nobody writes, moves or removes what lies there' is_only_read
t 'other newsrooms read it as ninjs' exports_ninjs
t 'other newsrooms read it as NewsML-G2' exports_newsml
t 'another form is refused in words' \
    refused 2 jefa "exportar $F formato=word" 'formato=newsml'
t 'the record rebuilds the same' record_is_equal
office_done
