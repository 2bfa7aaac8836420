#!/bin/sh
# SPDX-License-Identifier: ISC
# A listener marked slow: the line is compressed and the screens draw little;
# the person may say otherwise.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make --demo && echo 'slow yes' >>"$O/pautad.conf" &&
	    server_start && screen_open a jefa && sees a 'Bandeja de tareas'
}
ascii_rules() { sees a '--------------------' && lacks a '────'; }
letters_stay() { sees a '[1 Mías'; }
details_rest() {
	keys a 2 && sees a '[2 Área' || return 1
	keys a Down
	until_true follows
}
# Below the list, once the finger rests, is the case that it points at.
follows() {
	f_at=$(screen_text a | sed -n 's/^> *\([A-Z]*-[0-9-]*\).*/\1/p' | head -n 1)
	[ -n "$f_at" ] && shows a "- $f_at  "
}
said_otherwise() {
	keys a F2 && sees a ' Acciones ' && types a 'modo lento' &&
	    keys a Enter && sees a 'Modo normal' '────'
}

t 'a screen comes up' begin
t 'its rules are ASCII' ascii_rules
t 'its letters are not' letters_stay
t 'details follow the finger' details_rest
t 'who wants it whole says so' said_otherwise
office_done
