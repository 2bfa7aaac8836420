#!/bin/sh
# SPDX-License-Identifier: ISC
# The native client and a key with a phrase: it is asked for before the screen
# begins, once; without it, the way out is said.  A name that nobody has is
# said too, and the screen goes on trying without waiting for it.
. "$(dirname "$0")/lib.sh"

begin() {
	office_make >/dev/null && person_add difu dissemination_officer &&
	    server_start && ssh-keygen -q -p -P '' -N 'mar de fondo' \
	    -f "$O/keys/difu"
}
is_asked() { screen_open a difu native && sees a 'Frase de la llave'; }
opens() { types a 'mar de fondo' && keys a Enter && sees a 'Bandeja de tareas'; }
is_hidden() { lacks a 'mar de fondo'; }
leaves() { keys a F3 && sees a 's=Sí' && keys a s && sees a 'fin 0'; }
not_given() {
	screen_close a && is_asked && types a otra && keys a Enter &&
	    sees a 'tiene una frase y no se dio' 'fin 1'
}
no_name() {
	screen_close a
	! "$BUILD/pauta" -i "$O/keys/difu" --known-hosts "$W/known_hosts" \
	    --volcar difu@nadie.invalid >"$W/said" 2>&1 &&
	    grep -q 'No se encuentra el servidor nadie.invalid' "$W/said"
}

t 'a person whose key has a phrase' begin
t 'the client asks for it before the screen begins' is_asked
t 'with it the screens come up' opens
t 'and it was on no screen' is_hidden
t 'and one leaves' leaves
t 'another phrase: the way out is said' not_given
t 'a name that nobody has is said' no_name
office_done
