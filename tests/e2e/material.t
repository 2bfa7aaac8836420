#!/bin/sh
# SPDX-License-Identifier: ISC
# Material that stays where it is: what `pauta hash` says of it, pasted by
# questions, on the screens and in an order, is what the case keeps.
. "$(dirname "$0")/lib.sh"

begin() { prod_begins && printf 'no tan largo\n' >"$W/toma, 1.mov"; }
hashes() {
	LINE=$(ASAN_OPTIONS=detect_leaks=0 "$BUILD/pauta" hash "$W/toma, 1.mov")
	m_sum=$(sha256sum <"$W/toma, 1.mov")
	[ "$LINE" = "toma, 1.mov,13,${m_sum%% *}" ]
}
by_questions() {
	# shellcheck disable=SC2046
	printf '1\n%s\n.\n.\n' "$LINE,Disco 1" |
	    ssh -T -p "$PORT" $(ssh_options prod) prod@127.0.0.1 &&
	    kept "$LINE,Disco 1"
}
by_order() {
	says 0 prod "borrador $FOLIO 2.2 footage_location='$LINE,Disco 2'" &&
	    kept "$LINE,Disco 2"
}
# On the second place of the step: the first holds what the order left.
on_the_screen() {
	screen_open a prod && sees a "> $FOLIO" && keys a Enter &&
	    sees a 'Paso 2.2' && keys a Tab Tab && types a "$LINE,Disco 3" &&
	    until_true kept "$LINE,Disco 3" && keys a F3
}
is_in_the_case() {
	says 0 prod "hacer $FOLIO 2.2 backup_done=sí" &&
	    says 0 prod "expediente $FOLIO" &&
	    grep -qF "\"$LINE,Disco 2\"" "$W/doc" &&
	    grep -qF "\"$LINE,Disco 3\"" "$W/doc"
}

t 'a film' begin
t 'its line' hashes
t 'by questions' by_questions
t 'in an order' by_order
t 'on the screen' on_the_screen
t 'what the case keeps' is_in_the_case
office_done
