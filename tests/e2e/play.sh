# SPDX-License-Identifier: ISC
# play.sh - the scenarios of a procedure, told by their people over ssh.
# shellcheck shell=sh disable=SC2034
#
#   play CODE    every scenario of server/procedures/CODE.scenarios.yaml, each
#                in an office of its own: what is open after each line, what is
#                refused and why, how it ends, what the indicators say.  After
#                each, a rebuild of the record must give the same tables.
#                Those of `memory: yes` say what comes from outside.

ZONE=America/Hermosillo		# of the office that the scenarios speak of
SEP=$(printf '\037')

yaml_json() {
	python3 -c 'import json, sys, yaml
json.dump(yaml.load(sys.stdin, yaml.BaseLoader), sys.stdout)'
}

utc() { date -u -d "@$(TZ=$ZONE date -d "$1" +%s)" +%Y-%m-%dT%H:%M:%SZ; }

# One value of the scenario being played.
story() { jq -r ".scenarios[$STORY]$1" "$W/play.json"; }

# The clock stands: no scenario depends on how fast the machine is.
clock_set() {
	says 0 admin "reloj detener $(utc "$1")"
}

people_add() {
	person_add admin sysadmin || return 1
	jq -r '.people[] | [.login] + .roles | join(" ")' "$W/play.json" \
	    >"$W/people"
	while read -r login roles; do
		# shellcheck disable=SC2086
		person_add "$login" $roles || return 1
	done <"$W/people"
}

substitutes_name() {
	jq -r '.people[] | .login as $l | .substitutes[]? | "\(.) \($l)"' \
	    "$W/play.json" >"$W/substitutes"
	while read -r absent login; do
		says 0 "$absent" "suplencia persona=$login desde=2026-11-01 \
		    hasta=2027-12-31 motivo=Vacaciones" &&
		    says 0 "$login" "suplir $absent si" || return 1
	done <"$W/substitutes"
}

settings_set() {
	story '.settings[]? | sub("="; " ")' >"$W/settings"
	while read -r id value; do
		says 0 jefa "ajuste $id $value" || return 1
	done <"$W/settings"
}

# What the calendar opened today is called off: a story begins its own.
days_clear() {
	says 0 jefa dias && jq -r '.to as $to | .days[]
	    | select(.state == "open" and .day == $to) | .folio' "$W/doc" \
	    >"$W/days" || return 1
	while read -r folio; do
		says 0 jefa "cancelar $folio motivo=Ensayo" || return 1
	done <"$W/days"
}

stage_set() {
	NOW=$(date -u -d "$(utc "$(story .now)") 1 hour ago" +%Y-%m-%dT%H:%M:%SZ)
	office_make >/dev/null && people_add && server_start &&
	    substitutes_name && settings_set &&
	    clock_set "$(story .now)"
}

# What the last answer says is open; "?": it does not say.
open_now() {
	jq -r 'if has("open") then [.open[] | .step +
	    if .row > 0 then "#\(.row)" else "" end] | sort | join(" ")
	    else "?" end' "$W/doc"
}

open_is() {
	got=$(open_now)
	if [ "$got" = '?' ]; then
		says 0 jefa "expediente $FOLIO" || return 1
		got=$(open_now)
	fi
	[ "$got" = "$1" ] || {
		echo "open: $got; expected: $1"
		return 1
	}
}

refusal_has() {
	if ! jq -r '.error | select(.code) | .message' "$W/doc" |
	    grep -qiF -- "$1"; then
		echo "refused: $(cat "$W/doc"); expected: $1"
		return 1
	fi
}

# A line as its person types it: the folio goes after the verb.
line_play() {
	verb=${2%% *}
	rest=${2#"$verb"}
	case $verb in
	iniciar) line="iniciar $CODE$rest" && days_clear || return 1 ;;
	*) line="$verb $FOLIO$rest" ;;
	esac
	if [ -n "$3" ]; then
		as "$1" "$line --json" >"$W/doc" 2>"$W/err" &&
		    { echo "not refused: $1: $line"; return 1; }
		refusal_has "$3" || return 1
	else
		says 0 "$1" "$line" || return 1
		[ "$verb" != iniciar ] || FOLIO=$(jq -r .folio "$W/doc")
	fi
	[ "$4" = - ] || [ -n "$3" ] || open_is "$4"
}

acts_play() {
	FOLIO=
	story ".do[] | [.at, .as, .line, .refused,
	    if .open then .open | sort | join(\" \") else \"-\" end]
	    | map(. // \"\") | join(\"$SEP\")" >"$W/acts"
	while IFS=$SEP read -r at who line refused open; do
		if [ -n "$at" ]; then
			clock_set "$at" || return 1
		fi
		[ -z "$line" ] || line_play "$who" "$line" "$refused" "$open" ||
		    return 1
	done <"$W/acts"
}

ends_are() {
	[ -n "$FOLIO" ] || return 0
	says 0 jefa "expediente $FOLIO" || return 1
	cp "$W/doc" "$W/case"
	says 0 jefa "historial $FOLIO" || return 1
	jq -r -n --slurpfile c "$W/case" --slurpfile h "$W/doc" \
	    --argjson e "$(story '.ends // {}')" '
	    $c[0] as $c | [$h[0].events[] | select(.type == "step.opened")
		| .step] as $opened
	    | [$c.steps[] | select(.outcome == "no_aplica" and .reason != "")
		| .number] as $skipped
	    | [$c.records[] | .number // "W" | tostring
		| select(startswith("W") | not)]
		as $records
	    | if $e.state and $c.state != $e.state
		then "state \($c.state), not \($e.state)" else empty end,
	      if $e.at and $c.end != $e.at
		then "ends at \($c.end), not \($e.at)" else empty end,
	      if $e.state and ($c.rounds | tostring) != ($e.rounds // "0")
		then "rounds \($c.rounds), not \($e.rounds // 0)" else empty end,
	      if $e.records and (($records | unique) !=
		    ([$e.records[] | select(startswith("W") | not)] | unique))
		then "records \($records), not \($e.records)" else empty end,
	      ($e.never[]? | select(. as $n | $opened | index($n))
		| "step \(.) was opened"),
	      ($e.skipped[]? | select(. as $n | $skipped | index($n) | not)
		| "step \(.) was not skipped")' >"$W/faults"
	cat "$W/faults"
	[ ! -s "$W/faults" ]
}

indicators_are() {
	story '.indicators[]?' >"$W/figures"
	while read -r id from to want; do
		says 0 jefa "indicadores desde=$from hasta=$to" || return 1
		got=$(jq -r ".indicators[] | select(.id == \"$id\")
		    | \"\(.numerator)/\(.denominator)\"" "$W/doc")
		[ "$got" = "$want" ] || {
			echo "$id $from $to is $got, not $want"
			return 1
		}
	done <"$W/figures"
}

scenario_play() {
	stage_set && acts_play && ends_are && indicators_are
}

rebuilds_the_same() {
	running=$(record_count)
	server_stop
	stopped=$(record_count)
	echo "$running events while it runs, $stopped after"
	[ "$running" -gt 0 ] && [ "$running" -eq "$stopped" ] && office_is_quiet
}

play() {
	CODE=$1
	yaml_json <"$ROOT/server/procedures/$CODE.scenarios.yaml" \
	    >"$W/play.json"
	count=$(jq '.scenarios | length' "$W/play.json")
	STORY=0
	while [ "$STORY" -lt "$count" ]; do
		if [ "$(story .memory)" = yes ]; then
			STORY=$((STORY + 1))
			continue
		fi
		name=$(story '.name + if .acceptance
		    then " (acceptance \(.acceptance))" else "" end')
		t "$CODE: $name" scenario_play
		t 'its record rebuilds to the same tables' rebuilds_the_same
		STORY=$((STORY + 1))
	done
	office_done
}
