#!/bin/sh
# SPDX-License-Identifier: ISC
# Uploads that are cut anywhere, by all who may die: only whole files are ever
# kept, only those are seen, and what had come goes on.
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/sftp-lib.sh"

KILLS=${KILLS:-10}
SPARSE_MB=${SPARSE_MB:-32}
SEED=${SEED:-20261122}			# of the places where uploads are cut
WAY=					# in which a file goes on: core_kill
echo "# seed $SEED"

# So many numbers below MOST.
places() {
	awk -v seed="$SEED" -v n="$1" -v most="$2" 'BEGIN {
		srand(seed)
		while (n-- > 0)
			print int(rand() * most) }'
}
blobs_count() { find "$O/blobs" -type f | wc -l; }
spool_has() { find "$O/spool" -type f -size "+${1}c" | grep -q .; }
# It has $O open, and nothing of $O is among its words.
keepers() {
	for k_pid in $(pgrep -x pauta-keep); do
		case $(readlink "/proc/$k_pid/fd/3") in
		"$O"/*) echo "$k_pid" ;;
		esac
	done
}
keeper_is_gone() { [ -z "$(keepers)" ]; }

# VERB FILE NAME BYTES KBITS [WHO]: sent at that rate, until so much has come;
# then somebody dies: the client, the keeper or the core.  2: all of it had come
# before, and is there whole; nothing is ever there in part.
cut_upload() {
	printf '%s %s %s/%s\n' "$1" "$2" "$T" "$3" >"$W/cut.ftp"
	# shellcheck disable=SC2046
	sftp -q -l "$5" -P "$PORT" $(ssh_options difu) -b "$W/cut.ftp" \
	    difu@127.0.0.1 >/dev/null 2>&1 &
	c_pid=$!
	# A slow machine may have it whole between two looks.
	until_true spool_has "$4" || {
		kill -9 $c_pid
		wait $c_pid
		attached "$2" "$3" && return 2
		return 1
	}
	# shellcheck disable=SC2046
	case $6 in
	keeper) kill -9 $(keepers) ;;
	core) core_kill ;;
	esac
	# shellcheck disable=SC2046
	kill -9 $c_pid $(cat "/proc/$c_pid/task/$c_pid/children")
	wait $c_pid
	until_true keeper_is_gone && until_true core_is_back || return 1
	absent "$3" && return 0
	attached "$2" "$3" && return 2
	return 1
}
# What has come when it stops is there when it is back.  On a slow machine all
# of it may have come and left the spool, and nobody was told: it is sent anew.
core_kill() {
	c_core=$(core_pid)
	kill -STOP "$c_core"
	WAY=put
	! spool_has 0 || WAY=reput
	kill -9 "$c_core"
}
goes_on() {		# WAY FILE NAME
	printf '%s %s %s/%s\n' "$1" "$2" "$T" "$3" | ftp &&
	    attached "$2" "$3" && ! spool_has 0
}
spool_empty() { find "$O/spool" -type f -delete; }

# Of ten, six lose the client, three the keeper, and one the core; after that it
# goes on.  Only whole files are ever kept, and only those are listed.
kills() {
	pdf "$W/cut.pdf" 8000000
	k_n=0 k_tries=0 k_whole=0
	while [ $k_n -lt "$KILLS" ]; do
		k_at=$(sed -n $((k_tries + 1))p "$W/places")
		k_tries=$((k_tries + 1))
		killed_at "$k_at"
		case $? in
		0) k_n=$((k_n + 1)) ;;
		2) k_whole=$((k_whole + 1)) ;;
		*) return 1 ;;
		esac
	done
	printf 'ls -1 %s\n' "$T" | ftp &&
	    [ "$(grep -c '^/.*cortado' "$W/said")" -eq $k_whole ]
}
killed_at() {		# BYTES
	k_had=$(blobs_count)
	k_name=cortado$k_tries.pdf
	case $((k_n % 10)) in
	2 | 5 | 8) k_who=keeper ;;
	9) k_who=core ;;
	*) k_who=client ;;
	esac
	spool_empty
	cut_upload put "$W/cut.pdf" "$k_name" "$1" 80000 $k_who || return
	[ "$(blobs_count)" -eq "$k_had" ] || [ $k_who/$WAY = core/put ] ||
	    return 1
	echo $k_who >>"$W/killed"
	[ $k_who = core ] || return 0
	goes_on $WAY "$W/cut.pdf" "$k_name" && k_whole=$((k_whole + 1))
}
# What is mostly a hole is whole after it was cut.
sparse() {
	truncate -s "${SPARSE_MB}M" "$W/hueco.pdf" &&
	    printf '%%PDF-1.4\n' | dd of="$W/hueco.pdf" conv=notrunc &&
	    printf '%%%%EOF\n' >>"$W/hueco.pdf" && spool_empty || return 1
	! cut_upload put "$W/hueco.pdf" hueco.pdf \
	    "$(places 1 $((SPARSE_MB * 500000)))" $((SPARSE_MB * 2000)) client ||
	    goes_on reput "$W/hueco.pdf" hueco.pdf || return 1
	rm -f "$W/back"
	printf 'get %s/hueco.pdf %s\n' "$T" "$W/back" | ftp &&
	    cmp "$W/hueco.pdf" "$W/back" && attached "$W/hueco.pdf"
}

places $((KILLS * 2)) 5500000 >"$W/places"
t "killed $KILLS times, and never half a file" kills
[ ! -s "$W/killed" ] || awk '{ n[$1]++ } END {
	printf "# cut, and nothing of it seen: client %d, keeper %d, core %d\n",
	    n["client"], n["keeper"], n["core"] }' "$W/killed"
[ "$SPARSE_MB" -eq 0 ] ||
	t "$SPARSE_MB MB of holes, cut and gone on with" sparse
t 'the record verifies, and its views are what it says' record_is_equal
office_done
