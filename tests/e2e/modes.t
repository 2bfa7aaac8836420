#!/bin/sh
# SPDX-License-Identifier: ISC
# One scenario of each procedure, told in verbs, to the linear mode and by keys
# to the screens, leaves the same events.
#
#   MODES="linear screens"   only these, each against the verbs
#   FIRST=n                  the first n scenarios of each procedure
#   ONLY="63-COM-P02 2 5"    those of one procedure, by their place in its file
. "$(dirname "$0")/lib.sh"
. "$HERE/play.sh"
MODES=${MODES:-linear screens}
for PYTHON in python3 /usr/bin/python3; do
	"$PYTHON" -c 'import pyte' 2>/dev/null && break
done

# tell MODE: the scenario in an office of its own, its events in $W/MODE.
tell() {
	{ stage_set && days_clear; } >"$W/stage" || {
		cat "$W/stage"
		return 1
	}
	ln -sfn "$O/keys" "$W/keys"
	"$PYTHON" "$HERE/walk.py" "$1" "$W/play.json" "$STORY" "$PORT" "$W" \
	    >"$W/$1"
	m_status=$?
	server_stop
	return $m_status
}
leaves_events() { tell "$1" && [ -s "$W/$1" ]; }
leaves_the_same() { tell "$1" && [ -s "$W/$1" ] && diff "$W/verbs" "$W/$1"; }

# What is sent by sftp where a scenario names it.
files_make() {
	mkdir "$W/files" &&
	    ASAN_OPTIONS=detect_leaks=0 "$BUILD/tests/picture" jpeg 64 48 20 \
		>"$W/files/cartel.jpg"
}

# walks CODE STORY…: by their place in the file.
walks() {
	CODE=$1
	shift
	yaml_json <"$ROOT/server/procedures/$CODE.scenarios.yaml" |
	    jq --arg code "$CODE" '. + {code: $code}' >"$W/play.json"
	if [ -n "$FIRST" ]; then
		# shellcheck disable=SC2046
		set -- $(jq ".scenarios[:$FIRST] | to_entries[]
		    | select(.value.memory != \"yes\") | .key" "$W/play.json")
	fi
	for STORY; do
		t "$CODE: $(story .name)" leaves_events verbs
		for mode in $MODES; do
			t "$CODE: the same by $mode" leaves_the_same "$mode"
		done
	done
}

t 'a photograph to send' files_make
if [ -n "$ONLY" ]; then
	# shellcheck disable=SC2086
	walks $ONLY
else
	walks 63-COM-P01 0
	walks 63-COM-P02 0
	walks 63-COM-P03 2
	walks 63-COM-P04 0
fi
office_done
