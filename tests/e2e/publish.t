#!/bin/sh
# SPDX-License-Identifier: ISC
# publish.t - an approved bulletin goes out with its approved photographs: as a
# page in a folder, to a portal of WordPress, by hand; and only what the server
# finds there counts.  Of the photographs nothing goes out but the picture.
. "$(dirname "$0")/lib.sh"

S=$W/web
publish_end() {
	[ -z "$WEB" ] || kill "$WEB"
	WEB=
	office_end
}
trap publish_end EXIT

office_begins() {
	mkdir "$S" "$W/pages" && office_make >/dev/null || return 1
	python3 "$HERE/outside/web.py" "$S" "$W/pages" 2>>"$W/web.log" &
	WEB=$!
	until_true test -s "$S/port" || return 1
	SITE=http://127.0.0.1:$(cat "$S/port")
	printf 'courier_timeout 10\ncourier_allow %s\npublish_dir %s\n' \
	    "${SITE#http://}" "$W/pages" >>"$O/pautad.conf"
	person_add admin sysadmin && person_add jefa head_of_unit &&
	    person_add difu dissemination_officer && server_start
}
later() { says 0 admin "reloj avanzar $1"; }

# before_44 TITLE: a bulletin of that title that waits in 4.4; its folio in $F.
before_44() {
	presents "$1" && says 0 jefa "aprobar $F 1.3" &&
	    says 0 difu "hacer $F 2.1 photos=a.jpg" &&
	    says 0 jefa "aprobar $F 2.2" && says 0 difu "hacer $F 2.3" &&
	    says 0 difu "hacer $F 4.1 article_id=1" &&
	    says 0 difu "hacer $F 4.2 content_done=sí" &&
	    says 0 difu "hacer $F 4.3 lead_photo=a.jpg saved_ok=sí"
}

# picture FILE KIND: a photograph for this test, of another hue each.
picture() {
	hue=$((hue + 20))
	ASAN_OPTIONS=detect_leaks=0 "$BUILD/tests/picture" "$2" 64 48 "$hue" \
	    >"$W/$1"
}
hue=0

# before_43 TITLE: the same before 4.3, with three photographs of which the
# second was returned and the third is to stand first.
before_43() {
	presents "$1" && says 0 jefa "aprobar $F 1.3" || return 1
	picture uno.jpg private && picture dos.jpg private &&
	    picture tres.png secret || return 1
	for p in uno.jpg dos.jpg tres.png; do
		printf 'put %s /%s/2.1/\n' "$W/$p" "$F" | sftp_as difu ||
		    return 1
	done
	says 0 difu "hacer $F 2.1 captions='[{\"photo\":\"uno.jpg\",
	    \"caption\":\"Entrada <i>a la</i> feria\",
	    \"author\":\"R. Paz\"}]'" &&
	    says 0 jefa "aprobar $F 2.2 \
		verdicts=1:aprobar,2:regresar:movida,3:aprobar" &&
	    says 0 difu "hacer $F 2.3" &&
	    says 0 difu "hacer $F 4.1 article_id=1" &&
	    says 0 difu "hacer $F 4.2 content_done=sí"
}
with_photos() {
	before_43 "$1" && says 0 difu "paso $F 4.3" &&
	    doc '.fields[] | select(.id == "lead_photo").choices ==
		["uno.jpg", "tres.png"]' &&	# dos.jpg does not go
	    says 0 difu "hacer $F 4.3 lead_photo=tres.png saved_ok=sí"
}

# private FILE: something stands in it that cameras and authors write.
TRACES='ANA RUIZ|ANARUIZ|MINIATURA|GPSLatitude|CAMARA|DESPUES DEL FIN|8BIM|tEXt|iTXt|tIME'
private() { LC_ALL=C grep -aqE "$TRACES" "$1"; }
# Which of them are the same picture as FILE, by its points.
same_points() {
	python3 - "$@" <<'PY'
import re, sys
def points(path):
    d = open(path, "rb").read()
    if d[:4] == b"\x89PNG":
        out, at = b"", 8
        while d[at + 4:at + 8] != b"IEND":
            n = int.from_bytes(d[at:at + 4], "big")
            out += d[at + 8:at + 8 + n] if d[at + 4:at + 8] == b"IDAT" else b""
            at += n + 12
        return out
    return d[d.index(b"\xff\xda"):d.rindex(b"\xff\xd9")]
of = points(sys.argv[1])
sys.exit(0 if any(points(p) == of for p in sys.argv[2:]) else 1)
PY
}
# goes_out FOLDER GLOB…: of these files of the folder: two, without traces, the
# first and the third photograph and not the second.
goes_out() {
	g_dir=$1
	shift
	g_n=0
	for g_file in "$g_dir"/*.jpg "$g_dir"/*.png; do
		g_n=$((g_n + 1))
		! private "$g_file" || { echo "private: $g_file"; return 1; }
	done
	[ "$g_n" -eq "$1" ] || { ls "$g_dir"; return 1; }
	same_points "$W/uno.jpg" "$g_dir"/*.jpg &&
	    same_points "$W/tres.png" "$g_dir"/*.png &&
	    ! same_points "$W/dos.jpg" "$g_dir"/*.jpg
}
# What was received is there, as it was, byte by byte; and does say it all.
originals_stay() {
	says 0 jefa "expediente $F" || return 1
	for o in uno.jpg dos.jpg tres.png; do
		o_sum=$(sha256sum <"$W/$o" | cut -d' ' -f1)
		doc ".attachments | any(.name == \"$o\" and
		    .sha256 == \"$o_sum\")" && private "$W/$o" &&
		    printf 'get /%s/2.1/%s %s\n' "$F" "$o" "$W/again" |
			sftp_as difu && cmp "$W/again" "$W/$o" || return 1
	done
}

# ended KIND FILTER: so it stands in the case, of the last one of its kind.
ended() {
	says 0 jefa "expediente $F" || return 1
	jq -e --arg k "$1" "[.effects[] | select(.do == \$k)] | last |
	    .ended // {} | $2" "$W/doc" >/dev/null
}
said() {
	says 0 jefa "expediente $F" || return 1
	jq -r '.effects[].lines[]' "$W/doc" | grep -qF -- "$1"
}
counted() {
	says 0 jefa 'indicadores desde=2026-11-01 hasta=2026-12-31' &&
	    [ "$(jq '.indicators[] | select(.id == "IND-P02") | .denominator' \
		"$W/doc")" -eq "$1" ]
}

by_hand_only_what_is_there_counts() {
	before_44 'Jornada de vacunación' &&
	    refused 1 difu "hacer $F 4.4 visible=sí url=$SITE/error" \
		'Falta comprobar' &&
	    says 0 difu "comprobar $F 4.4 url=$SITE/error" &&
	    until_true ended verify '.ok == false and .title == false' &&
	    refused 1 difu "hacer $F 4.4 visible=sí url=$SITE/error" \
		'Falta comprobar' || return 1
	echo '<title>Jornada de vacunaci&oacute;n</title><p>Texto' \
	    >"$W/pages/a.html"
	says 0 difu "comprobar $F 4.4 url=$SITE/a.html" &&
	    until_true ended verify '.ok == true' && counted 0 &&
	    refused 1 difu "hacer $F 4.4 visible=sí url=$SITE/otra" \
		'Falta comprobar' &&
	    says 0 difu "hacer $F 4.4 visible=sí url=$SITE/a.html" &&
	    counted 1
}

# By each front end: the look and what is done then leave the same events.
by_verbs() {
	says 0 difu "comprobar $F 4.4 url=$SITE/b.html" && found &&
	    says 0 difu "hacer $F 4.4 visible=sí url=$SITE/b.html"
}
asked() {
	until_true grep -qF -- "$1" "$W/lines" || {
		echo "not asked: $1"
		cat "$W/lines"
		return 1
	}
	: >"$W/lines"
	echo "$2" >&5
}
by_questions() {
	mkfifo "$W/typed" || return 1
	# shellcheck disable=SC2046
	ssh -T -p "$PORT" $(ssh_options difu) difu@127.0.0.1 <"$W/typed" \
	    >>"$W/lines" 2>&1 &
	q_sits=$!
	exec 5>"$W/typed"
	asked 'Número de tarea' 1 && asked 'Visible' s && asked 'Dirección' \
	    "$SITE/b.html" && asked '¿Entregar' c && found &&
	    asked 'Visible' '' && asked 'Dirección' '' &&
	    asked '¿Entregar' s && until_true grep -q 'Hecho' "$W/lines"
	q_status=$?
	exec 5>&-
	wait "$q_sits" && return "$q_status"
}
by_keys() {
	screen_open d difu && sees d "$F" && keys d Enter && sees d 'Paso 4.4 (' &&
	    keys d 1 Tab && types d "$SITE/b.html" && keys d F2 &&
	    sees d ' Acciones ' && types d Comprobar && keys d Enter &&
	    sees d 'Se está leyendo' && found && keys d F8 && sees d 'terminado'
}
found() { until_true ended verify '.ok == true'; }
looked() {
	says 0 jefa "historial $F" && jq -S '.events[-4:] | .[1].data.effect = 0 |
	    map({actor, role, type, step, data} |
		del(.data.values?.verified_at?))' "$W/doc" >"$W/$1"
}
each_way() {
	echo '<title>Brigada</title><p>Texto' >"$W/pages/b.html"
	for way in by_verbs by_questions by_keys; do
		before_44 Brigada && $way && looked $way &&
		    diff "$W/by_verbs" "$W/$way" || return 1
	done
}

inside_is_not_looked_at() {
	before_44 'Otra' &&
	    says 0 difu "comprobar $F 4.4 url=http://127.0.0.1:1/" &&
	    until_true ended verify '.state == "failed"' &&
	    said 'red interna'
}

as_a_page_in_the_folder() {
	says 0 jefa 'ajuste publisher carpeta' && before_44 'Feria <b>&</b>' &&
	    later 40s && until_true said 'publish_url' &&
	    says 0 jefa "ajuste publish_url $SITE" && later 1h &&
	    until_true ended publish '.state == "done"' &&
	    until_true ended verify '.ok == true' || return 1
	says 0 jefa "expediente $F"
	url=$(jq -r '[.effects[] | select(.do == "publish")] | last |
	    .ended.url' "$W/doc")
	slug=$(echo "$F" | tr '[:upper:]' '[:lower:]')
	[ "$url" = "$SITE/$slug/" ] &&
	    grep -q 'Feria &lt;b&gt;&amp;&lt;/b&gt;' \
		"$W/pages/$slug/index.html" &&
	    python3 -c 'import sys, xml.dom.minidom as m
e = m.parse(sys.argv[1]).getElementsByTagName("entry")
assert [x.getElementsByTagName("title")[0].firstChild.data for x in e] == \
    ["Feria <b>&</b>"]' "$W/pages/feed.xml" &&
	    says 0 difu "hacer $F 4.4 visible=sí"
}

with_its_photographs() {
	with_photos 'Feria de salud' && later 40s &&
	    until_true ended publish '.state == "done" and .photos == 2' &&
	    until_true ended verify '.ok == true' && said 'fotos: 2' || return 1
	slug=$(echo "$F" | tr '[:upper:]' '[:lower:]')
	goes_out "$W/pages/$slug" 2 && originals_stay || return 1
	tr '\n' ' ' <"$W/pages/$slug/index.html" >"$W/line"
	grep -qE '<figure><img src="[0-9a-f]{16}\.png" alt="Feria de salud">'\
'</figure> <figure><img src="[0-9a-f]{16}\.jpg" '\
'alt="Entrada &lt;i&gt;a la&lt;/i&gt; feria"><figcaption>Entrada '\
'&lt;i&gt;a la&lt;/i&gt; feria\. Autor: R\. Paz</figcaption>' "$W/line" &&
	    python3 -c 'import sys, urllib.request, xml.dom.minidom as m
for x in m.parse(sys.argv[1]).getElementsByTagName("link"):
    if x.getAttribute("rel") == "enclosure":
        d = urllib.request.urlopen(x.getAttribute("href")).read()
        assert len(d) == int(x.getAttribute("length"))
        print("there")' "$W/pages/feed.xml" >"$W/said" &&
	    [ "$(grep -c there "$W/said")" -eq 2 ] &&
	    says 0 difu "hacer $F 4.4 visible=sí"
}

# Published again with another one in front: what is not shown does not stay.
and_again_with_no_others() {
	with_photos 'Otra feria' && later 40s &&
	    until_true ended publish '.state == "done"' || return 1
	slug=$(echo "$F" | tr '[:upper:]' '[:lower:]')
	cp "$W/pages/$slug/"*.jpg "$W/pages/$slug/0123456789abcdef.jpg"
	says 0 difu "hacer $F 4.4 visible=no" &&
	    says 0 difu "hacer $F 4.1 article_id=1" &&
	    says 0 difu "hacer $F 4.2 content_done=sí" &&
	    says 0 difu "hacer $F 4.3 lead_photo=uno.jpg saved_ok=sí" &&
	    later 40s && until_true ended publish '.photos == 2' &&
	    goes_out "$W/pages/$slug" 2
}

undone_never_goes_out() {
	before_44 'Secreta' || return 1
	says 0 jefa "cancelar $F motivo='No va'" && later 1h &&
	    before_44 'Pública' && later 1h &&
	    until_true ended publish '.state == "done"' || return 1
	! grep -rl Secreta "$W/pages"
}

in_wordpress_once() {
	printf 'prensa:otra\n' >"$O/wordpress.secret"
	chmod 600 "$O/wordpress.secret"
	says 0 jefa 'ajuste publisher wordpress' && before_44 'En el portal' &&
	    later 40s && until_true said 'no aceptó el usuario' || return 1
	printf 'prensa:clave de aplicacion\n' >"$O/wordpress.secret"
	: >"$S/lose"
	later 1h && until_true said 'intento 2' && [ ! -e "$S/lose" ] &&
	    later 2h && until_true ended publish '.state == "done"' &&
	    until_true ended verify '.ok == true' &&
	    jq -e 'length == 1 and .[0].status == "publish" and
		.[0].title == "En el portal"' "$S/posts.json"
}

# What no portal says ends the try, not the publishing.
an_odd_answer_is_told() {
	: >"$S/odd"
	before_44 'Rara' && later 40s &&
	    until_true said 'no es de WordPress' && later 1h &&
	    until_true ended publish '.state == "done"' &&
	    jq -e 'map(select(.title == "Rara")) | length == 1' \
		"$S/posts.json"
}

# The answer to its bytes is lost, later that to its post: neither is there twice.
its_photographs_once() {
	: >"$S/lose-media"
	with_photos 'Con fotos' && later 40s && until_true said 'intento 1' &&
	    [ ! -e "$S/lose-media" ] && later 1h &&
	    until_true ended publish '.state == "done" and .photos == 2' &&
	    until_true ended verify '.ok == true' &&
	    goes_out "$W/pages/uploads" 2 && originals_stay &&
	    jq -e 'length == 2 and all(.alt_text != null) and
		.[0].mime_type == "image/png" and
		.[1].alt_text == "Entrada <i>a la</i> feria"' "$S/media.json" ||
	    return 1
	jq -e --slurpfile m "$S/media.json" '.[-1] | .title == "Con fotos" and
	    .status == "publish" and .featured_media == $m[0][0].id and
	    (.content | contains($m[0][0].source_url) and
		contains($m[0][1].source_url))' "$S/posts.json"
}

# The courier dies with a photograph in hand: another one finds what is there.
though_it_is_killed() {
	: >"$S/stall"
	with_photos 'Con corte' && later 40s &&
	    until_true test -e "$S/stalled" || return 1
	kill -9 "$(office_processes | sed -n 's/ .*pauta-courier.*//p')"
	rm "$S/stall"
	later 1h && until_true ended publish '.state == "done"' &&
	    jq -e 'length == 4 and (map(.slug) | unique | length) == 4' \
		"$S/media.json" &&
	    jq -e 'map(select(.title == "Con corte")) | length == 1' \
		"$S/posts.json"
}

# A portal that has moved is told of; the password goes to no other place.
its_password_goes_nowhere_else() {
	: >"$S/move"
	before_44 'Mudada' && later 40s &&
	    until_true said 'manda a otra dirección' && [ ! -e "$S/leaked" ] ||
	    return 1
	rm "$S/move"
	later 2h && until_true ended publish '.state == "done"'
}

t 'an office and a web' office_begins
t 'by hand: a page of error does not count, the bulletin does' \
    by_hand_only_what_is_there_counts
t 'the same by verbs, by questions and by keys' each_way
t 'an address inside is not looked at' inside_is_not_looked_at
t 'as a page and an entry of the feed, escaped' as_a_page_in_the_folder
t 'with the photographs that were approved, and nothing private' \
    with_its_photographs
t 'published again, no other stays' and_again_with_no_others
t 'what was cancelled in time never goes out' undone_never_goes_out
t 'in WordPress: once, though an answer was lost' in_wordpress_once
t 'an answer that makes no sense is told, and tried again' \
    an_odd_answer_is_told
t 'its photographs, once too' its_photographs_once
t 'a killed courier makes none twice' though_it_is_killed
t 'a password does not follow a portal that moved' \
    its_password_goes_nowhere_else
t 'the record verifies' record_is_equal
office_done
