#!/bin/sh
# SPDX-License-Identifier: ISC
# Videos: how long, how large and of which codec stands beside them, some of
# their frames are seen without downloading them; and where the program that
# looks at them is not, they are received all the same.
. "$(dirname "$0")/lib.sh"

if [ ! -x "$BUILD/pauta-video" ]; then
	echo '1..0 # SKIP ffmpeg is not here, so neither is pauta-video'
	exit 0
fi
office_make >/dev/null &&
    people_add jefa:head_of_unit difu:dissemination_officer >/dev/null &&
    server_start || exit 1
says 0 difu 'iniciar 63-COM-P02 title=Feria tracks=redes' || exit 1
CASE=$(jq -r .folio "$W/doc")
T=/$CASE/3.1

film() {
	f_name=$1
	shift
	ASAN_OPTIONS=detect_leaks=0 "$BUILD/tests/video" "$W/$f_name" "$@"
}
put() { printf 'put %s %s/\n' "$W/$1" "$T" | sftp_as difu; }
is_media() {
	says 0 jefa "adjuntos $CASE" && doc ".attachments[] |
	    select(.name == \"$1\") | .media | $2"
}

says_what_it_is() {
	for e in mp4 mov mkv; do
		film "feria.$e" 6 320 180 && put "feria.$e" &&
		    is_media "feria.$e" '.width == 320 and .height == 180 and
			.codec == "mpeg4" and .duration_ms >= 5800 and
			.duration_ms <= 6200' || return 1
	done
	as jefa "adjuntos $CASE" >"$W/text" &&
	    grep -qE '^ *0:06, 320 × 180 puntos, mpeg4$' "$W/text"
}
as_it_was_held() {
	film vertical.mp4 1 320 180 turned && put vertical.mp4 &&
	    is_media vertical.mp4 '.width == 180 and .height == 320'
}
# The sun crosses the sky: in each of the first three frames at another place.
shows_frames() {
	says 0 jefa "vista $CASE feria.mp4 celdas=60x18 modo=ascii" &&
	    doc '.width == 320 and .cols == 60 and (.rows | length) <= 18 and
		(.text | test("320 × 180 puntos, mpeg4$"))' &&
	    doc '[.rows[:(.rows | length) / 2][][][0]] |
		[.[] | [.[0:20], .[20:40], .[40:60]]] | transpose |
		map(join("")) | unique | length == 3'
}
# Boxes as they should be, and no film in them.
costs_nothing_else() {
	python3 -c 'import sys
b = lambda n, d: (len(d) + 8).to_bytes(4, "big") + n + d
sys.stdout.buffer.write(b(b"ftyp", b"isom\0\0\2\0isommp41") +
    b(b"moov", b"\0" * 900) + b(b"mdat", b"\1" * 5000))' >"$W/roto.mp4"
	put roto.mp4 && says 0 jefa "adjuntos $CASE" &&
	    doc '.attachments | any(.name == "roto.mp4" and .media == null) and
		any(.name == "feria.mp4" and .media.width == 320)' &&
	    refused 1 jefa "vista $CASE roto.mp4" 'El video está dañado'
}
# More than are looked at at once: the others wait, and one answer has all.
says_it_of_many() {
	says 0 difu 'iniciar 63-COM-P02 title=Desfile tracks=redes' || return 1
	m_case=$(jq -r .folio "$W/doc")
	film base.mp4 1 64 48 && : >"$W/batch" || return 1
	for i in $(seq 101 108); do
		# An empty box at the end: other bytes, the same film.
		{ cat "$W/base.mp4" && printf '\0\0\0\013free%s' "$i"; } \
		    >"$W/m$i.mp4"
		printf 'put %s /%s/3.1/\n' "$W/m$i.mp4" "$m_case" >>"$W/batch"
	done
	sftp_as difu <"$W/batch" && says 0 jefa "adjuntos $m_case" &&
	    doc '(.attachments | length == 8) and
		all(.attachments[]; .media.width == 64)'
}
# Its screen shows the step before anybody knows, and again when it is known.
stands_in_the_step() {
	says 0 difu 'iniciar 63-COM-P02 title=Visita tracks=redes' || return 1
	s_case=$(jq -r .folio "$W/doc")
	film nuevo.mp4 1 160 90 &&
	    printf 'put %s /%s/3.1/\n' "$W/nuevo.mp4" "$s_case" |
		sftp_as difu && screen_open difu difu &&
	    choose difu "$s_case" && keys difu Enter &&
	    sees difu 'nuevo.mp4' '0:01, 160 × 90' && screen_close difu
}
frames_on_the_screen() {
	says 0 difu 'iniciar 63-COM-P02 title=Obra tracks=redes' || return 1
	f_case=$(jq -r .folio "$W/doc")
	printf 'put %s /%s/3.1/\n' "$W/feria.mp4" "$f_case" | sftp_as difu &&
	    screen_open difu difu && sees difu 'nuevo.mp4' &&
	    keys difu F12 && sees difu 'Bandeja de tareas' &&
	    choose difu "$f_case" && keys difu Enter &&
	    sees difu 'feria.mp4' '0:06, 320 × 180' &&
	    keys difu F2 && sees difu Acciones && types difu Fotos &&
	    keys difu Enter && sees difu 'Video 1 de 1: feria.mp4' '0:06' &&
	    loses difu 'Dibujando' && golden difu video-frames &&
	    screen_close difu
}
# No program to look with, or none of its libraries: the same server without.
received_all_the_same() {
	server_stop
	mkdir "$W/bare" && cp "$BUILD"/pauta* "$W/bare" &&
	    rm "$W/bare/pauta-video" || return 1
	b_build=$BUILD
	BUILD=$W/bare
	server_start
	b_status=$?
	BUILD=$b_build
	[ $b_status -eq 0 ] && film otro.mp4 1 64 48 && put otro.mp4 &&
	    says 0 jefa "adjuntos $CASE" && doc '.attachments |
		any(.name == "otro.mp4") and all(.media == null)' &&
	    refused 1 jefa "vista $CASE otro.mp4" 'no dibuja videos' || return 1
	printf '#!/bin/sh\nexit 127\n' >"$W/bare/pauta-video" &&
	    chmod +x "$W/bare/pauta-video" &&
	    says 0 jefa "adjuntos $CASE" && doc '.attachments |
		any(.name == "otro.mp4") and all(.media == null)' &&
	    refused 4 jefa "vista $CASE otro.mp4" 'no puede hacer vistas'
}

t 'how long, how large, of which codec' says_what_it_is
t 'as the camera was held' as_it_was_held
t 'some of its frames as cells' shows_frames
t 'what is no film costs one look' costs_nothing_else
t 'so of many, in one answer' says_it_of_many
t 'its facts come up in the step' stands_in_the_step
t 'its frames on the screen' frames_on_the_screen
t 'where nothing looks at videos they are received' received_all_the_same
office_done
