#!/bin/sh
# SPDX-License-Identifier: ISC
# A screen over ssh: relay of its terminal, size, restart, end.
. "$(dirname "$0")/ssh-lib.sh"
door_start --exempt 127.0.0.0/8
TMUX_TMPDIR=$D
export TMUX_TMPDIR
unset TMUX

TM=0
tm() { tmux -L "t$TM" "$@"; }

# screen_open TERM LOGIN ARGS: ssh in a tmux of 80 by 24
screen_open() {
	s_term=$1 s_who=$2
	shift 2
	tm kill-server 2>/dev/null
	TM=$((TM + 1))			# a dying server answers for a while
	tm new-session -d -x 80 -y 24 "env TERM=$s_term LANG=es_MX.UTF-8 \
	    ssh -F none -tt -p $PORT -i $D/$s_who -o IdentitiesOnly=yes \
	    -o IdentityAgent=none -o UserKnownHostsFile=$D/known_hosts \
	    -o SendEnv=LANG -l $s_who 127.0.0.1 $*; \
	    echo \"fin \$?\" >$D/end; cat"
	rm -f "$D/end"
}
shows() { tm capture-pane -pJ | grep -qF -- "$1"; }
sees() {
	until_true shows "$1" || {
		echo "not on the screen: $1"
		tm capture-pane -pJ
		return 1
	}
}
keys() { tm send-keys "$@"; }
clear_screen() { tm send-keys -R; tm clear-history; }
ended_with() {
	until_true test -s "$D/end" && [ "$(cat "$D/end")" = "fin $1" ] ||
	    { cat "$D/end"; return 1; }
}
first_screen() { screen_open xterm ana && sees listo; }
knows_size() { keys s && sees 'medida 24 80'; }
resizes() { tm resize-window -x 100 -y 30 && sees 'medida 30 100'; }
clamps() { tm resize-window -x 30 -y 5 && sees 'medida 10 40'; }
grows() { tm resize-window -x 200 -y 50 && sees 'medida 50 200'; }
environment() {
	keys e && sees 'PAUTA_LANG=es_MX.UTF-8 PAUTA_ROWS=24 PAUTA_TERM=xterm TERM=xterm'
}
has_three() { keys d && sees 'abiertos 0 1 2 3 4 5'; }
frames_flow() { keys f && sees 'frames 13'; }
told_core() { [ "$(tail -n 1 "$D/hellos")" = 'screen ana 127.0.0.1 es 51' ]; }
status_passes() { keys q && ended_with 7; }
terms() {
	for pair in xterm-ghostty:xterm-256color foot:xterm-256color \
	    xterm-kitty:xterm-256color raro:vt100 linux:linux; do
		screen_open "${pair%:*}" ana && sees listo && keys e &&
		    sees "PAUTA_TERM=${pair%:*} TERM=${pair#*:} " || return 1
	done
}
restarts() {
	screen_open xterm ana && sees listo || return 1
	pid=$(tm capture-pane -pJ | sed -n 's/^listo \([0-9]*\).*/\1/p')
	"$@" || return 1
	sees 'Se perdió el enlace con el servidor; reintentando…' || return 1
	another() {
		tm capture-pane -pJ | sed -n 's/^listo \([0-9]*\).*/\1/p' |
		    grep -qvx "$pid"
	}
	until_true another && keys s && sees 'medida 24 80'
}
kill_pauta() { kill -9 "$pid"; }
while_core_is_away() {
	screen_open xterm ana && sees listo || return 1
	core_kill
	keys l && sees 'Se perdió el enlace' || return 1
	clear_screen
	core_start && sees 'listo' && keys q && ended_with 7
}
leaves_while_away() {
	screen_open xterm ana && sees listo || return 1
	core_kill
	keys l && sees 'Se perdió el enlace' || return 1
	keys C-c && ended_with 4
	core_start
}
linear() { screen_open xterm ana lineal && sees 'listo lineal'; }
dumb() { screen_open dumb ana && sees 'listo lineal'; }
echoes() { keys s Enter && sees 'medida 24 80'; }
interrupted() { keys C-c && ended_with 130; }
gone() { ! kill -0 "$pid"; }
no_orphan() {
	screen_open xterm ana && sees listo || return 1
	pid=$(tm capture-pane -pJ | sed -n 's/^listo \([0-9]*\).*/\1/p')
	tm kill-server
	until_true gone
}
drains() {
	screen_open xterm ana && sees listo || return 1
	kill "$DOOR"
	wait "$DOOR" || return 1
	DOOR=
	until_true test -s "$D/end" && cat "$D/end"
}

t 'a shell is the screens' first_screen
t 'the core heard who it is' told_core
t 'they know their size' knows_size
t 'and a new one' resizes
t 'never less than 10 by 40' clamps
t 'and more again' grows
t 'their environment is ours' environment
t 'their descriptors are 0 to 5' has_three
t 'frames arrive on the fourth' frames_flow
t 'their exit status is the connection'\''s' status_passes
t 'terminals are known by a relative' terms
t 'killed, they come back' restarts kill_pauta
t 'a lost link is found again' restarts keys l
t 'even if the core takes its time' while_core_is_away
t 'who does not want to wait may leave' leaves_while_away
t 'lineal reads lines' linear
t 'with an echo' echoes
t 'Ctrl+C ends them' interrupted
t 'a dumb terminal gets lines' dumb
t 'a closed window leaves no process behind' no_orphan
t 'when the server stops, the screen ends' drains
tm kill-server 2>/dev/null
t 'nothing crashed' eval '! grep -q "ERROR: \|runtime error\|reason=crash\|reason=killed" "$D/door.log"'
tests_end
