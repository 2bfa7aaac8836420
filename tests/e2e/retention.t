#!/bin/sh
# SPDX-License-Identifier: ISC
# Records kept: what is due and why, who may let it go, the newspapers of seven
# days, and the signed list of what the archive received.
. "$(dirname "$0")/lib.sh"

office_make >/dev/null &&
    people_add jefa:head_of_unit difu:dissemination_officer \
	enlace:unit_liaison archivo:archivist monitor:monitoring_officer \
	oaxaca:states_head@oax admin:sysadmin >/dev/null && server_start || exit 1

# The row of record $1 of that case, as $2 sees it in the month $3.
kept() {
	says 0 "$2" "conservacion mes=$3" &&
	    jq -e ".rows[] | select(.folio == \"$F\" and .ref == \"$1\")" \
		"$W/doc" >"$W/row" && cp "$W/row" "$W/doc"
}
a_finished_case() {
	presents Feria && says 0 jefa "aprobar $F 1.3" || return 1
	printf '\377\330\377\340\0\020JFIF\0\1\1\0\0\1\0\1\0\0\377\331' \
	    >"$W/f.jpg"
	echo "put $W/f.jpg /$F/2.1/f.jpg" | sftp_as difu &&
	    says 0 difu "hacer $F 2.1" && says 0 jefa "conservacion" &&
	    doc '.rows == []' &&
	    refused 1 difu "transferir $F 1" 'sigue abierto' &&
	    says 0 jefa "cancelar $F motivo=Prueba"
}
its_time_runs() {
	kept 3.1 difu 2027-11 && doc '.from == "2026-11-23" and
	    .until == "2027-11-23" and (.due | not) and .state == "kept" and
	    .keeper == "dissemination_officer" and .transfer and
	    (.evidence[0].name == "f.jpg") and
	    (.why[0] | test("1 año")) and .can == ["keep"]' &&
	    refused 1 difu "transferir $F 3" 'se conserva hasta el 2027-11-23' &&
	    refused 1 difu "proponer $F 3 motivo=x" 'se transfiere'
}
months_count_them() {
	says 0 jefa conservacion && doc '[.months[] |
	    select(.month == "2027-11")] | map({(.keeper): .count}) | add ==
	    {"dissemination_officer": 2, "head_of_unit": 1}'
}
nobody_of_another_office() {
	says 0 oaxaca 'conservacion mes=2027-11' &&
	    doc '.rows == [] and .months == []' &&
	    refused 3 oaxaca "conservar $F 3 hasta=2029-01-01 motivo=x" 'No hay'
}
kept_longer() {
	refused 1 difu "conservar $F 1 hasta=2027-01-01 motivo=x" 'posterior' &&
	    refused 1 difu "conservar $F 1 hasta=2028-06-30" 'motivo' &&
	    refused 1 monitor "conservar $F 1 hasta=2028-06-30 motivo=x" \
		'no le corresponde' &&
	    says 0 difu "conservar $F 1 hasta=2028-06-30 motivo='Hay un juicio'" &&
	    doc '.until == "2028-06-30" and (.why | any(test("Hay un juicio")))' &&
	    kept 1.1 difu 2028-06
}
a_year_later() {
	says 0 admin 'reloj detener 2027-11-24T16:00:00Z' &&
	    kept 3.1 difu 2027-11 && doc '.due and
		(.can | contains(["transfer"])) and
		(.why | any(test("puede transferirse")))'
}
the_screen_says_why() {
	screen_open s difu && sees s 'Bandeja de tareas' && keys s F2 &&
	    types s conservac && keys s Enter &&
	    sees s 'Conservación de registros' "$F" 'vencido' \
		'puede transferirse' && screen_close s
}
asked_for_and_approved() {
	refused 1 jefa "destino $F 3 si" 'no tiene una propuesta' &&
	    says 0 difu "transferir $F 3" && doc '.state == "proposed"' &&
	    refused 1 difu "transferir $F 3" 'por decidir' &&
	    refused 1 difu "destino $F 3 si" 'no le corresponde' &&
	    refused 1 jefa "destino $F 3 no" 'motivo' &&
	    says 0 jefa "destino $F 3 no motivo='Falta la ficha'" &&
	    doc '.state == "kept"' && says 0 difu "transferir $F 3" &&
	    says 0 jefa "destino $F 3 si" && doc '.state == "approved"' &&
	    refused 1 jefa "recibir $F 3" 'lo recibe el archivo' &&
	    says 0 archivo "recibir $F 3" && doc '.state == "transferred"' &&
	    refused 1 difu "conservar $F 3 hasta=2030-01-01 motivo=x" \
		'ya se transfirió'
}
nobody_alone() {
	says 0 jefa "transferir $F 2" &&
	    refused 1 jefa "destino $F 2 si" 'lo propuso usted' &&
	    says 0 jefa "destino $F 2 no motivo=Espera" &&
	    says 0 enlace "transferir $F 2" && says 0 jefa "destino $F 2 si"
}
the_list_is_signed() {
	says 0 archivo 'transferencias desde=2027-11-01 hasta=2027-11-30' &&
	    doc '.rows | length == 1 and .[0].ref == "3.1"' || return 1
	jq -j .csv "$W/doc" >"$W/lista.csv"
	jq -j .signature "$W/doc" >"$W/lista.sig"
	[ "$(sha256sum <"$W/lista.csv" | cut -d' ' -f1)" = \
	    "$(jq -r .sha256 "$W/doc")" ] &&
	    grep -q "\"f.jpg\",\"$(sha256sum <"$W/f.jpg" | cut -d' ' -f1)\"" \
		"$W/lista.csv" &&
	    pautad export --dir "$O" --to "$W/x" >/dev/null &&
	    ssh-keygen -Y verify -f "$W/x/allowed_signers" -I pauta \
		-n transfer@pauta -s "$W/lista.sig" <"$W/lista.csv" || return 1
	sed 's/f.jpg/g.jpg/' "$W/lista.csv" >"$W/otra.csv"
	! ssh-keygen -Y verify -f "$W/x/allowed_signers" -I pauta \
	    -n transfer@pauta -s "$W/lista.sig" <"$W/otra.csv"
}
pdf_get() {
	says 0 archivo "transferencias desde=2027-11-01 hasta=2027-11-30 \
	    formato=pdf" || return 1
	jq -r .pdf "$W/doc" | base64 -d >"$1"
	jq -j .signature "$W/doc" >"$1.sig"
	[ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$(jq -r .sha256 "$W/doc")" ]
}
pdf_verifies() {
	ssh-keygen -Y verify -f "$W/x/allowed_signers" -I pauta \
	    -n transfer@pauta -s "$W/lista.pdf.sig" <"$1"
}
the_list_is_a_pdf_to_sign() {
	printf '%s' iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg== |
	    base64 -d >"$O/logo.png"
	pdf_get "$W/lista.pdf" && pdf_verifies "$W/lista.pdf" &&
	    doc ".csv_sha256 == \"$(sha256sum <"$W/lista.csv" |
		cut -d' ' -f1)\"" &&
	    pdf_get "$W/otra.pdf" && cmp "$W/lista.pdf" "$W/otra.pdf" &&
	    as archivo "transferencias desde=2027-11-01 hasta=2027-11-30 \
		formato=pdf" | base64 -d | cmp - "$W/lista.pdf" || return 1
	pdftotext -layout "$W/lista.pdf" "$W/lista.txt"
	for w in 'Relación de registros transferidos' 'TR-20271101-20271130-' \
	    "$F" '3.1 ' 'Recibido 24/11/2027' '1 archivo' Entrega Recibe \
	    "$(jq -r .csv_sha256 "$W/doc")" 'Página 1 de 1'; do
		grep -qF -- "$w" "$W/lista.txt" || {
			echo "it does not say: $w"
			cat "$W/lista.txt"
			return 1
		}
	done
	pdfimages -list "$W/lista.pdf" | grep -q jpeg &&
	    pdfinfo -struct "$W/lista.pdf" 2>&1 | grep -q TD || return 1
	sed 's/Pauta/Pausa/' "$W/lista.pdf" >"$W/otra.pdf"
	! cmp -s "$W/lista.pdf" "$W/otra.pdf" && ! pdf_verifies "$W/otra.pdf" &&
	    refused 2 archivo "transferencias desde=2027-11-01 \
		hasta=2027-11-30 formato=odt" 'formato=csv o formato=pdf'
}
by_sftp_for_who_asked() {
	says 0 archivo "transferencias desde=2027-11-01 hasta=2027-11-30 \
	    formato=pdf" || return 1
	file=$(jq -r .file "$W/doc")
	jq -r '.pdf' "$W/doc" | base64 -d >"$W/lista.pdf"
	printf 'ls -1 /\nls -1 /relaciones\nget %s %s\nget %s.sig %s\n' "$file" \
	    "$W/ida.pdf" "$file" "$W/lista.pdf.sig" | sftp_as archivo &&
	    grep -qF "$file" "$W/said" && cmp "$W/lista.pdf" "$W/ida.pdf" &&
	    pdf_verifies "$W/ida.pdf" || return 1
	! echo "put $W/f.jpg /relaciones/f.jpg" | sftp_as archivo &&
	    grep -q 'de ella solo se baja' "$W/said" &&
	    ! echo "get $file $W/de-otra.pdf" | sftp_as jefa &&
	    [ ! -e "$W/de-otra.pdf" ] && echo 'ls -1 /' | sftp_as jefa &&
	    ! grep -q relaciones "$W/said"
}
of_another_office_it_is_empty() {
	says 0 oaxaca "transferencias desde=2027-11-01 hasta=2027-11-30 \
	    formato=pdf" || return 1
	jq -r .pdf "$W/doc" | base64 -d >"$W/vacia.pdf"
	pdftotext "$W/vacia.pdf" - | grep -q 'no recibió ningún' &&
	    ! pdftotext "$W/vacia.pdf" - | grep -qF "$F"
}
the_bytes_are_still_here() {
	[ "$(find "$O/blobs" -type f | wc -l)" -eq 1 ]
}
newspapers_of_seven_days() {
	says 0 admin 'reloj detener 2027-12-01T15:00:00Z' &&
	    says 0 monitor dias || return 1
	F=$(jq -r '.days[] | select(.procedure == "63-COM-P04" and
	    .day == "2027-12-01") | .folio' "$W/doc")
	says 0 monitor "hacer $F 1.1 received='[{\"medium\":\"El Imparcial\",\"kind\":\"periódico\",\"copies\":2,\"received_at\":\"2027-12-01 07:30\"}]' none=no" &&
	    kept W1.1 monitor 2027-12 && doc '.row == 1 and .can == [] and
		.until == "2027-12-08"' &&
	    refused 1 monitor "transferir $F W1" 'por renglones' &&
	    says 0 admin 'reloj detener 2027-12-09T15:00:00Z' &&
	    kept W1.1 monitor 2027-12 && doc '.due and .can == ["row"]' &&
	    says 0 monitor "baja $F W1 fila=1 motivo=Vencido" &&
	    says 0 monitor 'conservacion mes=2027-12' &&
	    doc "[.rows[] | select(.folio == \"$F\")] == []"
}

t 'what a finished case leaves is kept' a_finished_case
t 'for its time, and it says why' its_time_runs
t 'counted by month and keeper' months_count_them
t 'by nobody of another office' nobody_of_another_office
t 'longer, when somebody says why' kept_longer
t 'then it may go' a_year_later
t 'the screen says why' the_screen_says_why
t 'asked for by one, approved by another, received by the archive' \
    asked_for_and_approved
t 'nobody does it alone' nobody_alone
t 'the list of transfers is signed' the_list_is_signed
t 'and the same list as a PDF to sign by hand' the_list_is_a_pdf_to_sign
t 'both lie in a folder for who asked' by_sftp_for_who_asked
t 'of another office it says nothing' of_another_office_it_is_empty
t 'nothing is deleted' the_bytes_are_still_here
t 'newspapers are kept for seven days' newspapers_of_seven_days
t 'the record verifies, and its views are what it says' record_is_equal
office_done
