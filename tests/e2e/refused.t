#!/bin/sh
# SPDX-License-Identifier: ISC
# What is wrong is refused with one sentence in Spanish, a status that scripts
# can tell, and no trace in the record.
. "$(dirname "$0")/lib.sh"

VIDEO=			# waits for the head at 2.11; prod made it
PHOTOS=			# wants its photographs at 2.1
HEX=00000000000000000000000000000000

begin() {
	office_make --demo && server_start || return 1
	says 0 jefa autorizaciones || return 1
	VIDEO=$(jq -r '.items[] | select(.step == "2.11") | .folio' "$W/doc")
	says 0 difusion "iniciar 63-COM-P02 title=Prueba tracks=boletín" ||
	    return 1
	PHOTOS=$(jq -r .folio "$W/doc")
	says 0 difusion "hacer $PHOTOS 1.1 origin='cobertura de evento' \
	    info_source='cobertura propia' event=Feria event_on=2026-11-22 \
	    headline='Salud para todos' body=Texto planned_on=2026-11-23" &&
	    says 0 difusion "hacer $PHOTOS 1.2 version=1" &&
	    says 0 jefa "aprobar $PHOTOS 1.3" &&
	    doc '.open[0].step == "2.1"'
}

# ssh itself refuses, before there is anybody to read a sentence.
stranger() {
	before=$(acts_count)
	# shellcheck disable=SC2046
	ssh -n -p "$PORT" $(ssh_options "$2") "$1@127.0.0.1" bandeja
	[ $? -eq 255 ] && [ "$(acts_count)" -eq "$before" ]
}

pautad_refuses() {
	p_status=$1 p_text=$2
	shift 2
	before=$(acts_count)
	timeout 60 "$BUILD/pautad" "$@" >"$W/out" 2>&1
	p_got=$?
	cat "$W/out"
	[ $p_got -eq "$p_status" ] && grep -qF -- "$p_text" "$W/out" &&
	    [ "$(acts_count)" -eq "$before" ]
}

# What a person saw is no longer what there is.
stale() {
	says 0 jefa "paso $VIDEO 2.11" || return 1
	revision=$(jq .revision "$W/doc")
	content=$(jq -r .content "$W/doc")
	says 0 jefa "devolver $VIDEO 2.11 motivo='Baje la música' \
	    revision=$revision contenido=$content" &&
	    says 0 prod "hacer $VIDEO 2.9 changes_done=Listo exported=sí \
		export_location='Equipo 1/3.mp4'" &&
	    says 0 prod "hacer $VIDEO D1 has_changes=no" &&
	    says 0 prod "paso $VIDEO 2.10" &&
	    doc '[.fields[] | select(.id == "version") | .value // .preset]
		== ["3"]' &&
	    says 0 prod "hacer $VIDEO 2.10 export_location='Equipo 1/3.mp4'" &&
	    refused 1 jefa "aprobar $VIDEO 2.11 revision=$revision" \
		'cambió mientras' &&
	    refused 1 jefa "aprobar $VIDEO 2.11 contenido=$content" \
		'cambió mientras' &&
	    says 0 jefa "paso $VIDEO 2.11" || return 1
	revision=$(jq .revision "$W/doc")
	content=$(jq -r .content "$W/doc")
	says 0 jefa "aprobar $VIDEO 2.11 revision=$revision contenido=$content"
}

# The author stands in for the head: shown, and not to be approved.
own_version() {
	says 0 jefa "suplencia persona=prod desde=2026-11-01 \
	    hasta=2027-12-31 motivo=Vacaciones" &&
	    says 0 prod 'suplir jefa si' || return 1
	refused 1 prod "aprobar $VIDEO 2.11" SD-01 &&
	    refused 1 prod "devolver $VIDEO 2.11 motivo=No" SD-01 &&
	    says 0 prod autorizaciones &&
	    doc ".items[] | select(.folio == \"$VIDEO\") | .can == false"
}

t 'the demonstration office opens' begin
t 'an unknown person is not let in' stranger nadie jefa
t "nor is one with another's key" stranger jefa prod

t 'an unknown verb' refused 2 jefa verbonoexiste 'verbonoexiste'
t 'no verb' refused 2 jefa "''" 'ayuda'
t 'an open quote' refused 2 jefa "buscar '" 'comillas'
t 'an unknown option' refused 2 jefa 'bandeja --nada' '--nada'
t 'a word too many' refused 2 jefa 'bandeja sobra' 'sobra'
t 'a word too few' refused 2 jefa 'expediente' 'FOLIO'
t "the operator's verb" refused 2 admin 'verificar' 'verificar'
t 'an unknown folio' refused 3 jefa 'expediente VID-2026-9999' 'VID-2026-9999'
t 'an unknown procedure' refused 3 jefa 'iniciar 63-COM-P99' '63-COM-P99'
t 'an unknown beginning' refused 3 jefa 'iniciar 63-COM-P01 inicio=otro' 'otro'
t 'an unknown office' refused 3 jefa 'iniciar 63-COM-P01 oficina=zzz' 'zzz'
t 'an unknown step' refused 3 prod "hacer $VIDEO 99.9" '99.9'
t 'a step that is not open' refused 1 prod "hacer $VIDEO 2.1" '2.1'
t 'an unknown sub-case' refused 1 prod "hacer $VIDEO 2.11#7" '2.11#7'
t 'an unknown field' refused 2 difusion "hacer $PHOTOS 2.1 nada=1" 'nada'
t 'a field twice' refused 2 difusion \
    "hacer $PHOTOS 2.1 photos=a.jpg photos=b.jpg" 'photos'
t 'no field at all' refused 1 difusion "hacer $PHOTOS 2.1" 'Fotos'
t 'six photographs where five may be' refused 1 difusion \
    "hacer $PHOTOS 2.1 photos=a.jpg,b.jpg,c.jpg,d.jpg,e.jpg,f.jpg" 'Fotos'
t 'a list that is not one' refused 1 difusion \
    "hacer $PHOTOS 2.1 photos=a.jpg captions='{'" 'Pies de foto'
t 'a value that is no choice' refused 1 jefa \
    "hacer $VIDEO 2.11 verdict=quizá" 'quizá'
t 'a role that may not' refused 1 difusion "aprobar $VIDEO 2.11" 'Jefe'
t 'somebody who may not begin' refused 1 prod \
    'iniciar 63-COM-P01 title=x' 'iniciar'
t 'an unknown revision' refused 1 jefa \
    "aprobar $VIDEO 2.11 revision=1" 'cambió mientras'
t 'a revision that is no number' refused 2 jefa \
    "aprobar $VIDEO 2.11 revision=uno" 'uno'
t 'another content' refused 1 jefa \
    "aprobar $VIDEO 2.11 contenido=$HEX$HEX" 'cambió mientras'
t 'to send back without saying why' refused 1 jefa \
    "devolver $VIDEO 2.11" 'motivo'
t 'to send back to nowhere' refused 1 jefa \
    "devolver $VIDEO 2.11 motivo=No regresa_a=9.9" '9.9'
t 'to cancel without saying why' refused 1 jefa "cancelar $VIDEO" 'motivo'
t 'to hand it to nobody' refused 1 jefa \
    "turnar $VIDEO 2.11 persona=nadie" 'nadie'
t 'a substitute who does not exist' refused 1 jefa \
    'suplencia persona=nadie desde=2026-11-01 hasta=2026-12-01 motivo=x' 'nadie'
t 'a period that ends before it begins' refused 1 jefa \
    'indicadores desde=2026-12-01 hasta=2026-11-01' 'periodo'
t 'an unknown register' refused 3 jefa 'registro nada' 'nada'
t 'an unknown setting' refused 3 jefa 'ajuste nada 1' 'nada'
t 'an operation id that is none' refused 2 jefa \
    'iniciar 63-COM-P01 title=x --op=zz' '--op'
t "one's own version" own_version
t 'a version that is no longer the one shown' stale

t 'an unknown role' pautad_refuses 3 zapatero role grant --dir "$O" prod zapatero
t 'an unknown office of a role' pautad_refuses 3 zzz \
    role grant --dir "$O" prod video_producer@zzz
t 'a role for nobody' pautad_refuses 3 nadie \
    role grant --dir "$O" nadie video_producer
t 'an account twice' pautad_refuses 1 jefa \
    user add --dir "$O" jefa --name Otra --role head_of_unit
echo 'ssh-ed25519 AAAA nada' >"$W/bad.pub"
"$BUILD/pautad" init --dir "$W/free" >/dev/null
t 'an account whose role is none is not made' pautad_refuses 3 zapatero \
    user add --dir "$O" nueva --name Nueva --role zapatero
t 'nor one of roles that do not mix' pautad_refuses 1 SD-09 \
    user add --dir "$O" nueva --name Nueva --role requester --role sysadmin
t 'nor one whose key is none' pautad_refuses 1 llave \
    user add --dir "$O" nueva --name Nueva --key "$W/bad.pub"
t 'nor one whose key is not there' pautad_refuses 3 'no existe' \
    user add --dir "$O" nueva --name Nueva --key "$W/none.pub"
t 'a port that is none' pautad_refuses 4 '127.0.0.1:99999' \
    serve --dir "$W/free" --listen 127.0.0.1:99999
pautad_refuses_taken() {
	"$BUILD/pautad" init --dir "$W/second" >/dev/null &&
	    pautad_refuses 4 'otro programa ya usa esa dirección y puerto' \
		serve --dir "$W/second" --listen "127.0.0.1:$PORT"
}
t 'a port that somebody has' pautad_refuses_taken
t 'an option that there is not' pautad_refuses 2 'No hay una opción «--nada»' \
    verify --dir "$O" --nada
t 'an option without its value' pautad_refuses 2 'falta su valor' verify --dir
t 'a key that is none' pautad_refuses 1 llave \
    key add --dir "$O" prod --key "$W/bad.pub"
ssh-keygen -q -t rsa -b 2048 -N '' -f "$W/short"
t 'a key too short to enter with' pautad_refuses 1 'es de 2048 bits' \
    key add --dir "$O" prod --key "$W/short.pub"
t "somebody else's key" pautad_refuses 1 llave \
    key add --dir "$O" prod --key "$O/keys/jefa.pub"
sed '/^code:/s/:/ /' "$ROOT/server/procedures/63-COM-P01.yaml" >"$W/torn.yaml"
line=$(grep -n 'to: \["3\.1"\]' "$ROOT/server/procedures/63-COM-P01.yaml" |
    head -n 1 | cut -d: -f1)
sed "${line}s/3\.1/9.9/" "$ROOT/server/procedures/63-COM-P01.yaml" \
    >"$W/astray.yaml"
printf 'code: 63\000\n' >"$W/nul.yaml"
head -c 1048577 /dev/zero | tr '\0' '#' >"$W/big.yaml"
t 'a definition that is not there' pautad_refuses 3 'no existe' \
    procedure check "$W/none.yaml"
t 'a folder for a definition' pautad_refuses 1 'es una carpeta' \
    procedure check "$W"
t 'one that is no text, by its line' pautad_refuses 1 "$W/nul.yaml:1: " \
    procedure check "$W/nul.yaml"
t 'one without end' pautad_refuses 1 'pasa de 1 MiB' \
    procedure check "$W/big.yaml"
t 'a definition that cannot be read' pautad_refuses 1 "$W/torn.yaml:" \
    procedure check "$W/torn.yaml"
t 'one that leads nowhere, by its line' pautad_refuses 1 \
    "$W/astray.yaml:$line: " procedure check "$W/astray.yaml"
t 'nor can it be imported' pautad_refuses 1 "astray.yaml:$line: " \
    procedure import --dir "$O" "$W/astray.yaml"
t 'a folder with a record is not begun again' pautad_refuses 1 "$O" \
    init --dir "$O"
t 'no verb of pautad' pautad_refuses 2 'No hay una orden «nada»' nada
t 'the record is whole' record_is_equal
office_done
