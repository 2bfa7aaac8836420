#!/bin/sh
# SPDX-License-Identifier: ISC
# One scenario of each procedure, told in verbs and to the linear mode, leaves
# the same events.  ALL=1 tells every scenario.
. "$(dirname "$0")/lib.sh"
. "$HERE/play.sh"

# tell MODE FILE: the scenario in an office of its own, its events in FILE.
tell() {
	stage_set >"$W/stage" || {
		cat "$W/stage"
		return 1
	}
	ln -sfn "$O/keys" "$W/keys"
	python3 "$HERE/walk.py" "$1" "$W/play.json" "$STORY" "$PORT" "$W" \
	    >"$2"
	m_status=$?
	server_stop
	return $m_status
}
leaves_the_same() {
	tell verbs "$W/verbs" && tell "$1" "$W/$1" && [ -s "$W/verbs" ] &&
	    diff "$W/verbs" "$W/$1"
}

# walks CODE STORY…: by their place in the file; ALL=1 means every one.
walks() {
	CODE=$1
	shift
	yaml_json <"$ROOT/server/procedures/$CODE.scenarios.yaml" |
	    jq --arg code "$CODE" '. + {code: $code}' >"$W/play.json"
	if [ -n "$ALL" ]; then
		# shellcheck disable=SC2046
		set -- $(seq 0 $(($(jq '.scenarios | length' "$W/play.json") - 1)))
	fi
	for STORY; do
		t "$CODE: $(story .name), by questions" leaves_the_same linear
	done
}

walks 63-COM-P01 0
walks 63-COM-P02 2
walks 63-COM-P03 2
walks 63-COM-P04 5
office_done
