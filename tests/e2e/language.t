#!/bin/sh
# SPDX-License-Identifier: ISC
# Spanish, or English for who asks: by LANG, LC_MESSAGES or LC_ALL through
# ssh, or by what the person chose, in verbs, by questions and on screens.
. "$(dirname "$0")/lib.sh"

begin() { office_make --demo && server_start; }
# tongue ENV… -- LINE: jefa says the line with that environment.
tongue() {
	g_env=
	while [ "$1" != -- ]; do
		g_env="$g_env $1"
		shift
	done
	# shellcheck disable=SC2046
	ssh -n -p "$PORT" -o "SetEnv=${g_env# }" $(ssh_options jefa) \
	    jefa@127.0.0.1 "$2" 2>&1
}
# answers TEXT ENV… -- LINE
answers() {
	a_text=$1
	shift
	tongue "$@" >"$W/said"
	grep -qF -- "$a_text" "$W/said" || {
		cat "$W/said"
		return 1
	}
}
chooses() { says 0 jefa "preferencia language $1"; }
linear_says() {
	# shellcheck disable=SC2046
	echo . | ssh -T -p "$PORT" -o SetEnv="$1" $(ssh_options jefa) \
	    jefa@127.0.0.1 >"$W/said"
	grep -qF -- "$2" "$W/said"
}
# A screen in the language that was chosen, though the terminal's is another.
screen_speaks() {
	screen_open "$1" jefa "$2" && sees "$1" 'Inbox' '1 Mine' 'F1=Help' ||
	    return 1
	keys "$1" F1
	sees "$1" 'Explains this screen'
}

t 'an office' begin
t 'Spanish when nothing is asked' answers 'No hay un ajuste' LANG=C.UTF-8 -- \
    'ajuste nada'
t 'English by LANG' answers 'There is no setting «nada»' LANG=en_US.UTF-8 -- \
    'ajuste nada'
t 'another language is Spanish' answers 'No hay un ajuste' LANG=fr_FR.UTF-8 \
    -- 'ajuste nada'
t 'LC_ALL goes before LANG' answers 'There is no setting' LC_ALL=en_GB.UTF-8 \
    LANG=es_MX.UTF-8 -- 'ajuste nada'
t 'and LC_MESSAGES too' answers 'There is no setting' LANG=es_MX.UTF-8 \
    LC_MESSAGES=en_US -- 'ajuste nada'
t 'help is in English' answers 'Lists your tasks' LANG=en_US.UTF-8 -- ayuda
t 'a list is' answers 'Due' LANG=en_US.UTF-8 -- bandeja
t 'by questions' linear_says LANG=en_US.UTF-8 'Number of a task, n=new'
t 'by questions in Spanish' linear_says LANG=es_MX.UTF-8 'Número de tarea'
t 'English is chosen' chooses en
t 'and goes before LANG' answers 'There is no setting' LANG=es_MX.UTF-8 -- \
    'ajuste nada'
t 'and on the screen that is served' screen_speaks served
t 'and on one of the native client' screen_speaks native native
t 'the own language of the terminal again' chooses auto
t 'is heard' answers 'No hay un ajuste' LANG=es_MX.UTF-8 -- 'ajuste nada'
office_done
