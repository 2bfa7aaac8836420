#!/bin/sh
# SPDX-License-Identifier: ISC
# layers.sh - hold every #include to the table in tests/check/layers.
cd "$(dirname "$0")/../.." || exit 2

find proto client server -name '*.[ch]' | sort | xargs awk '
function fault(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	faults = 1
}
function room_of(path) {
	sub("/[^/]*$", "", path)
	return path
}
# "server/core/../../proto/x.h" -> "proto/x.h"
function settle(path) {
	while (path ~ /[^\/]+\/\.\.\//)
		sub(/[^\/]+\/\.\.\//, "", path)
	return path
}
# Is path one of the words of a list?  A word is a room, a file or dir/*.
function listed(list, path,   words, n, i) {
	n = split(list, words, " ")
	for (i = 1; i <= n; i++)
		if (words[i] == path || words[i] == room_of(path) ||
		    (words[i] ~ /\*$/ && index(path,
		    substr(words[i], 1, length(words[i]) - 1)) == 1))
			return 1
	return 0
}
function own(header,   path, room) {
	room = room_of(FILENAME)
	path = settle(room "/" header)
	if (header == "pauta.pb-c.h" || (getline line < path) < 0)
		path = "proto/" header
	close(path)
	if (room_of(path) != room && !listed(may[room], path))
		fault(room " may not include " path)
}
function foreign(header,   door, room) {
	room = room_of(FILENAME)
	if (listed(shut[room], header))
		fault(room " must not know <" header ">")
	for (door in doors)
		if (listed(door, header) && !listed(doors[door], FILENAME))
			fault("<" header "> comes in through" doors[door])
}
BEGIN {
	while ((getline line < "tests/check/layers") > 0) {
		if (line !~ /^(room|door|shut) /)
			continue
		rest = line
		sub(/^[^:]*:/, "", rest)
		split(line, word, /[ :]+/)
		if (word[1] == "room")
			may[word[2]] = rest
		else if (word[1] == "door")
			doors[word[2]] = rest
		else
			shut[word[2]] = rest
	}
}
FNR == 1 && !(room_of(FILENAME) in may) { fault("a room without a row") }
/^#[ \t]*include[ \t]*"/ { split($0, part, "\""); own(part[2]) }
/^#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); foreign(part[2]) }
END { exit faults }'
