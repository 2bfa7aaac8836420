# SPDX-License-Identifier: ISC
# lib.sh - a whole office in a folder of its own: server, people, real ssh; TAP.
# shellcheck shell=sh disable=SC2034
#
#   office_make [--demo]     a new data folder in $O, its clock at $NOW
#   person_add LOGIN ROLE…   a person with a key of her own
#   people_add LOGIN:ROLE…   each of them
#   server_start             until it takes connections; its port stays in $PORT
#   server_stop              SIGTERM, until all of it has ended
#   as LOGIN LINE            ssh: that person says that line
#   says STATUS LOGIN LINE   the same with --json into $W/doc; its exit status
#   sftp_as LOGIN            what is typed to sftp comes from stdin; $W/said
#   doc FILTER               does jq find this true of the document?
#   refused STATUS LOGIN LINE TEXT   a sentence with that text, and no event
#   pautad WORDS…            administration, on this machine
#   denied TEXT COMMAND…     it fails, and says that
#   presents TITLE           a bulletin that waits in 1.3; its folio in $F
#   prod_begins              an office whose prod has step 2.2 of $FOLIO to do
#   kept TEXT                the server has a draft of prod with that text there
#   screen_open NAME LOGIN [native|far]  a tmux of 80 by 24: ssh, or the client,
#                            directly or by the relay
#   keys NAME KEY…           typed there, as tmux names keys
#   sees NAME TEXT…          all of it comes up on that screen
#   loses NAME TEXT          it goes away
#   choose NAME TEXT         the finger of an ordered list on the row that has it
#   golden NAME FILE         that screen becomes the one of screens/FILE.txt
#   relay_start MS BYTES     a line of that delay and so many bytes a second
#   line_cut, line_back NAME   until that client says so
#   relay_hold BYTES, relay_free   no more go to the server from now on; they do
#   office_done              the last test, and the plan
#
# t, until_true: tests/tap.sh.  Nothing outlives the script: its EXIT stops the server and drops $W.
HERE=${HERE:-$(cd "$(dirname "$0")" && pwd)}
ROOT=$(cd -P "$HERE/../.." && pwd)
BUILD=$(cd -P "${BUILD:-$ROOT/build/san}" && pwd) || exit 1
W=$(mktemp -d "${TMPDIR:-/tmp}/pauta-e2e.XXXXXX")
O=$W/office
export XDG_STATE_HOME="$W/state"	# what native clients keep
NOW=2026-11-23T13:00:00Z
PORT=
SERVER=
SERVER_AS=${SERVER_AS:-}		# words before the server's own
RELAY=
. "$ROOT/tests/tap.sh"

office_end() {
	relay_stop
	[ -z "$SERVER" ] || server_stop
	[ ! -S "$W/tmux" ] || tmux -S "$W/tmux" kill-server 2>/dev/null
	[ -n "$KEEP" ] || rm -rf "$W" "$TAP"
}
trap office_end EXIT
trap 'exit 1' INT TERM HUP

# ---- the office ----

office_make() {
	rm -rf "$O"
	PORT=
	mkdir -m 700 "$O" "$O/keys"
	printf 'test_clock yes\ntest_now %s\n' "$NOW" >"$O/pautad.conf"
	"$BUILD/pautad" init --dir "$O" "$@" 2>&1
}

person_add() {
	p_login=$1
	shift
	p_roles=
	for p_role; do
		p_roles="$p_roles --role $p_role"
	done
	# shellcheck disable=SC2086
	ssh-keygen -q -t ed25519 -N '' -C "$p_login" -f "$O/keys/$p_login" &&
	    "$BUILD/pautad" user add --dir "$O" "$p_login" --name "$p_login" \
		$p_roles --key "$O/keys/$p_login.pub"
}

people_add() {
	for p_one; do
		person_add "${p_one%%:*}" "${p_one#*:}" || return 1
	done
}

server_start() {
	: >"$W/ready"
	# shellcheck disable=SC2086
	$SERVER_AS "$BUILD/pautad" serve --dir "$O" --listen "127.0.0.1:${PORT:-0}" \
	    >"$W/ready" 2>>"$W/log" &
	SERVER=$!
	until_true grep -q '^ready ' "$W/ready" || return 1
	PORT=$(sed -n 's/^ready [^ ]*:\([0-9]*\) .*/\1/p' "$W/ready")
	echo "[127.0.0.1]:$PORT $(cut -d' ' -f1,2 "$O/ssh_host_ed25519_key.pub")" \
	    >"$W/known_hosts"
}

# Processes of this office, one a line: PID WORDS.  Not this script's own.
office_processes() {
	# shellcheck disable=SC2013
	for p_dir in $(grep -lasF -e "$O" /proc/[0-9]*/cmdline); do
		p_dir=${p_dir%/cmdline}
		p_words=$(tr '\0' ' ' 2>/dev/null <"$p_dir/cmdline") || continue
		case $p_words in
		"$BUILD"/pauta*"$O"*|pauta-session*"$O"*|pauta-courier*"$O"*)
			echo "${p_dir#/proc/} $p_words"
			;;
		esac
	done
}
office_is_quiet() { [ -z "$(office_processes)" ]; }

server_stop() {
	kill "$SERVER"
	wait "$SERVER"
	s_status=$?
	SERVER=
	return $s_status
}

office_done() {
	t 'no sanitizer complained, nothing crashed' server_is_healthy
	tests_end
}

server_is_healthy() {
	! grep -E 'ERROR: |runtime error|Assertion|reason=(crash|killed)' "$W/log"
}

# The events in the record; 0 when it does not verify or its views differ.
record_count() {
	"$BUILD/pautad" verify --dir "$O" --rebuild --json |
	    jq 'if .intact and .equal then .events else 0 end'
}
record_is_equal() { [ "$(record_count)" -gt 0 ]; }

# ---- people ----

# Words for ssh, without person and host: also sftp's, with its -P.
ssh_options() {
	echo "-F none -i $O/keys/$1 -o IdentitiesOnly=yes -o IdentityAgent=none
	    -o BatchMode=yes -o UserKnownHostsFile=$W/known_hosts
	    -o StrictHostKeyChecking=yes -o LogLevel=ERROR"
}

as() {
	# shellcheck disable=SC2046
	ssh -n -p "$PORT" $(ssh_options "$1") "$1@127.0.0.1" "$2"
}

sftp_as() {
	# shellcheck disable=SC2046
	sftp -q -P "$PORT" $(ssh_options "$1") -b - "$1@127.0.0.1" \
	    >"$W/said" 2>&1 && return
	f_status=$?
	cat "$W/said"
	return $f_status
}

# A line of one object.  What is in it is read by who wants it: jq takes longer
# to begin than the server to answer.
doc_is_whole() {
	[ "$(head -c 1 "$W/doc")$(tail -c 2 "$W/doc")" = '{}' ] &&
	    [ "$(wc -l <"$W/doc")" -eq 1 ]
}

says() {
	as "$2" "$3 --json" >"$W/doc" 2>"$W/err"
	s_status=$?
	[ $s_status -eq "$1" ] && [ ! -s "$W/err" ] && doc_is_whole && return
	echo "status $s_status, wanted $1: $2: $3"
	cat "$W/doc" "$W/err"
	return 1
}

doc() {
	jq -e "$1" "$W/doc" >/dev/null || {
		echo "not so: $1"
		cat "$W/doc"
		return 1
	}
}

# What is refused says why, in one line on stderr or one document, and leaves
# the record as it was.
refused() {
	r_status=$1 r_login=$2 r_line=$3
	r_before=$(acts_count)
	says "$r_status" "$r_login" "$r_line" || return 1
	doc 'keys == ["error"] and (.error | keys) == ["code", "message"]' ||
	    return 1
	r_text=$(jq -r .error.message "$W/doc")
	if ! echo "$r_text" | grep -qF -- "$4"; then
		echo "it says: $r_text"
		return 1
	fi
	r_out=$(as "$r_login" "$r_line" 2>"$W/err")
	r_got=$?
	if [ $r_got -ne "$r_status" ] || [ -n "$r_out" ] ||
	    [ "$(cat "$W/err")" != "$r_text" ]; then
		echo "as text: status $r_got, out: $r_out, err: $(cat "$W/err")"
		return 1
	fi
	[ "$(acts_count)" -eq "$r_before" ] || {
		echo "the record has changed"
		return 1
	}
}

pautad() { "$BUILD/pautad" "$@"; }
denied() {
	d_words=$1
	shift
	! "$@" >"$W/said" 2>&1 || return 1
	cat "$W/said"
	grep -q "$d_words" "$W/said"
}
presents() {
	says 0 difu "iniciar 63-COM-P02 tracks=boletín title='$1'" || return 1
	F=$(jq -r .folio "$W/doc")
	says 0 difu "hacer $F 1.1 origin='tema elegido' specialist='R. Paz' \
	    headline='$1' body='Texto' planned_on=2026-11-24" &&
	    says 0 difu "hacer $F 1.2 version=1"
}

# Without what the system says of deadlines by itself, whenever it looks.
acts_count() {
	rm -rf "$W/acts"
	"$BUILD/pautad" export --dir "$O" --to "$W/acts" >/dev/null &&
	    grep -vc '"actor":"sistema"' "$W/acts/events.jsonl"
}
events_count() {
	"$BUILD/pautad" verify --dir "$O" --json | jq .events
}

prod_begins() {
	office_make --demo && server_start && says 0 prod bandeja || return 1
	FOLIO=$(jq -r '.tasks[] | select(.step == "2.2") | .folio' "$W/doc")
}
kept() {
	says 0 prod "paso $FOLIO 2.2" &&
	    doc "[.fields[] | select(.draft == \"$1\")] | length == 1"
}

# ---- a bad line ----

relay_start() {
	python3 "$HERE/relay.py" "$W/relay" "$PORT" "$1" "$2" 2>>"$W/log" &
	RELAY=$!
	until_true test -s "$W/relay" || return 1
	FAR=$(cat "$W/relay")
	sed "s/:$PORT /:$FAR /" "$W/known_hosts" >"$W/known_far" &&
	    cat "$W/known_far" >>"$W/known_hosts"
}
# What it has carried is known when a connection has ended, or is held.
relay_bytes() { cat "$W/relay.bytes" 2>/dev/null || echo 0; }
relay_hold() { echo "$(($(relay_bytes) + $1))" >"$W/relay.hold"; }
relay_free() { rm "$W/relay.hold"; }
relay_stop() {
	[ -z "$RELAY" ] || kill "$RELAY" 2>/dev/null
	RELAY=
}
line_cut() { kill -USR1 "$RELAY" && sees "$1" 'SIN CONEXI'; }
line_back() { kill -USR2 "$RELAY" && loses "$1" 'SIN CONEXI'; }

# ---- screens ----

# No look for leaks at the end of what runs in there: the process that looks
# does not outlive a terminal that goes away, and is waited for for ever.  A tmux
# that ended with its last screen would take the next one down with it.
echo 'set -s exit-empty off' >"$W/tmux.conf"
tm() { ASAN_OPTIONS=detect_leaks=0 tmux -S "$W/tmux" -f "$W/tmux.conf" "$@"; }

screen_open() {
	s_port=$PORT
	[ "$3" != far ] || s_port=$FAR
	if [ -n "$3" ]; then
		s_way="$BUILD/pauta -p $s_port -i $O/keys/$2
		    --known-hosts $W/known_hosts"
	else
		s_way="ssh -tt -p $PORT -o SendEnv=LANG $(ssh_options "$2")"
	fi
	# tmux hands the command to a shell, which wants one line.
	tm new-session -d -x 80 -y 24 -s "$1" "$(echo "env TERM=xterm-256color \
	    LANG=C.UTF-8 LC_ALL=C.UTF-8 $s_way $2@127.0.0.1;
	    echo fin \$?; cat" | tr -d '\\\n')"
}

screen_close() { tm kill-session -t "$1"; }
pane_children() {
	p_shell=$(tm display-message -p -t "$1" '#{pane_pid}')
	cat "/proc/$p_shell/task/$p_shell/children"
}

keys() {
	k_name=$1
	shift
	tm send-keys -t "$k_name" "$@"
}

# Letters as they are, though tmux has a key of that name.
types() { tm send-keys -t "$1" -l "$2"; }

screen_text() { tm capture-pane -p -t "$1"; }
shows() { screen_text "$1" | grep -qF -- "$2"; }
sees() {
	s_name=$1
	shift
	for s_text; do
		until_true shows "$s_name" "$s_text" || {
			echo "not on the screen of $s_name: $s_text"
			screen_text "$s_name"
			return 1
		}
	done
}
# The whole screen comes to be screens/FILE.txt, but for hours; GOLDEN=renew
# writes it.
golden_text() { screen_text "$1" | sed 's/[0-9][0-9]:[0-9][0-9]/HH:MM/g; s/ *$//'; }
golden_is() { golden_text "$1" | cmp -s "$2" -; }
golden() {
	g_file=$HERE/screens/$2.txt
	[ "$GOLDEN" != renew ] || golden_text "$1" >"$g_file"
	until_true golden_is "$1" "$g_file" ||
	    golden_text "$1" | diff "$g_file" -
}
lacks() { ! shows "$1" "$2"; }
loses() {
	until_true lacks "$1" "$2" || {
		echo "still on the screen of $1: $2"
		screen_text "$1"
		return 1
	}
}
# One Down at a time: a slow screen that got two would go past it.
choose() {
	keys "$1" F5 g
	c_n=0
	DEADLINE_MS=1000 until_true chosen "$1" "$2"
	until chosen "$1" "$2"; do
		[ $c_n -lt 30 ] || { screen_text "$1"; return 1; }
		c_n=$((c_n + 1))
		c_row=$(finger "$1")
		keys "$1" Down
		has_moved "$1" "$c_row" && continue
		# At the end of a list that does not have it yet.
		keys "$1" F5 g
		has_moved "$1" "$c_row"
	done
}
finger() { screen_text "$1" | grep -n '^>.'; }
is_elsewhere() { [ "$(finger "$1")" != "$2" ]; }
has_moved() { DEADLINE_MS=5000 until_true is_elsewhere "$1" "$2"; }
chosen() { finger "$1" | grep -q "^[0-9]*:>.$2"; }
