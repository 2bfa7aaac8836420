#!/bin/sh
# SPDX-License-Identifier: ISC
# publish.t - an approved bulletin goes out: as a page in a folder, to a portal
# of WordPress, by hand; and only what the server finds there counts.
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
t 'an address inside is not looked at' inside_is_not_looked_at
t 'as a page and an entry of the feed, escaped' as_a_page_in_the_folder
t 'what was cancelled in time never goes out' undone_never_goes_out
t 'in WordPress: once, though an answer was lost' in_wordpress_once
t 'a password does not follow a portal that moved' \
    its_password_goes_nowhere_else
t 'the record verifies' record_is_equal
office_done
