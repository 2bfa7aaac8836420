#!/bin/sh
# SPDX-License-Identifier: ISC
# What arrives while a person answers by questions: said before the next one,
# once, in the person's language; of the person's own acts, nothing.
. "$(dirname "$0")/lib.sh"

begin() { prod_begins && mkfifo "$W/typed"; }
# sits LANG: prod at the linear mode; what is typed goes to 5.
sits() {
	# shellcheck disable=SC2046
	ssh -T -p "$PORT" -o "SetEnv=LANG=$1" $(ssh_options prod) \
	    prod@127.0.0.1 <"$W/typed" >"$W/lines" 2>&1 &
	SITS=$!
	exec 5>"$W/typed"
}
rises() { exec 5>&- && wait "$SITS"; }
line() { printf '%s\n' "$1" >&5; }
heard() { grep -qF -- "$1" "$W/lines"; }
heard_times() { grep -oF -- "$1" "$W/lines" | wc -l; }
heard_once() { [ "$(heard_times "$1")" -eq 1 ]; }
heard_more() { [ "$(heard_times "$1")" -gt "$2" ]; }
opens_the_step() {
	sits es_MX.UTF-8 && until_true heard ' 1 ' && line 1 &&
	    until_true heard 'Ubicación ('
}
# jefa begins a video and gives it to prod.
is_given() {
	says 0 jefa "iniciar 63-COM-P01 title='$1'" || return 1
	g_folio=$(jq -r .folio "$W/doc")
	says 0 jefa "hacer $g_folio 1.2 topic='$1' planned_on=2026-12-30 \
		assignee=prod"
}
# A question mark is no answer, and the same question comes again.
asked_again() {
	a_times=$(heard_times 'Ubicación (')
	line '?' && until_true heard_more 'Ubicación (' "$a_times" && heard "$1"
}
arrives() { is_given "$2" && until_true asked_again "$1: $g_folio, $2."; }
stays_once() { asked_again "$1" && heard_once "$1"; }
still_an_answer() { line 'Disco 7' && until_true kept 'Disco 7'; }
acts() {
	line . && line ":hacer $FOLIO 2.2 backup_done=sí backup_location=NAS" &&
	    until_true heard "$FOLIO, Videos, Donación de sangre. Paso 2.3:"
}
# The list again: what was to be said stands before it.
nothing_is_said() {
	n_times=$(heard_times 'Mis tareas')
	line '' && until_true heard_more 'Mis tareas' "$n_times" &&
	    heard_once "$1"
}
arrives_at_the_list() {
	sits en_US.UTF-8 && until_true heard 'My tasks: 3' && is_given "$1" &&
	    line '' && until_true heard "Came to your inbox: $g_folio, $1." &&
	    until_true heard 'My tasks: 4'
}

t 'somebody answers by questions' begin
t 'at a field' opens_the_step
t 'what arrives is said before the question' arrives 'Llegó a su bandeja' Feria
t 'once' stays_once 'Llegó a su bandeja'
t 'what is typed answers that question' still_an_answer
t 'a step done brings the next' acts
t 'of that nothing is said' nothing_is_said 'Llegó a su bandeja'
t 'that is all' rises
t 'at the list, and in English' arrives_at_the_list Brigada
t 'the end' rises
office_done
