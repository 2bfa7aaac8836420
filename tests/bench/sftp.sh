#!/bin/sh
# SPDX-License-Identifier: ISC
# sftp.sh - one large file in and out, beside OpenSSH's sftp-server: the same
# client, cipher and disk, block by block in one run.  Ours also sums the file,
# looks at its type and syncs it before CLOSE is answered; theirs does not.
# The second ratio is of the processor's time that both servers took: it says
# what the first would be where that is scarce, and neighbours blur it less.
#
#   MB=1024 ROUNDS=3 CIPHER=chacha20-poly1305@openssh.com sh tests/bench/sftp.sh
HERE=$(cd "$(dirname "$0")/../e2e" && pwd)
BUILD=${BUILD:-$HERE/../../build}
TMPDIR=${BENCH_TMP:-/var/tmp}
export TMPDIR
. "$HERE/lib.sh"
# As sshd does: kernels share the processor out by sessions.
SERVER_AS=setsid
MB=${MB:-1024}
ROUNDS=${ROUNDS:-3}
CIPHER=${CIPHER:-chacha20-poly1305@openssh.com}

bench_sftp_end() {
	[ ! -s "$W/sshd.pid" ] || kill "$(cat "$W/sshd.pid")"
	office_end
}
trap bench_sftp_end EXIT

sshd_start() {
	mkdir -p /run/sshd "$W/theirs" && chmod 755 "$W" &&
	    ssh-keygen -q -t ed25519 -N '' -f "$W/host" || return 1
	SSHD_PORT=$((20000 + $$ % 20000))
	cat >"$W/sshd.conf" <<-E
		Port $SSHD_PORT
		ListenAddress 127.0.0.1
		HostKey $W/host
		PidFile $W/sshd.pid
		AuthorizedKeysFile $O/keys/difu.pub
		StrictModes no
		PermitRootLogin prohibit-password
		UsePAM no
		Subsystem sftp /usr/lib/openssh/sftp-server
	E
	/usr/sbin/sshd -f "$W/sshd.conf" -E "$W/sshd.log" &&
	    until_true test -s "$W/sshd.pid" &&
	    echo "[127.0.0.1]:$SSHD_PORT $(cut -d' ' -f1,2 "$W/host.pub")" \
		>>"$W/known_hosts"
}

# What has been used by processes and their children that ended, in ticks.
ticks() {
	for t_pid; do
		cat "/proc/$t_pid/stat"
	done 2>/dev/null | awk '{ n += $14 + $15 + $16 + $17 } END { print n }'
}
# The same of one side; nobody carries a file any more.
ours_used() {
	until_true keeps_nothing
	# shellcheck disable=SC2046
	ticks $(office_processes | cut -d' ' -f1)
}
keeps_nothing() { [ "$(office_processes | wc -l)" -eq "$OURS" ]; }
theirs_used() {
	until_true serves_nobody
	ticks "$(cat "$W/sshd.pid")"
}
serves_nobody() { ! pgrep -P "$(cat "$W/sshd.pid")" >/dev/null; }

# PORT LOGIN LINE: milliseconds that it takes.
timed() {
	t_began=$(date +%s%3N)
	# shellcheck disable=SC2046
	echo "$3" | sftp -q -c "$CIPHER" -P "$1" $(ssh_options difu) -b - \
	    "$2@127.0.0.1" >/dev/null || return 1
	echo $(($(date +%s%3N) - t_began))
}
block() {		# WAY SIDE PORT LOGIN LINE
	sync -f "$W"		# what the last one left is not this one's
	b_used=$("$2_used")
	b_ms=$(timed "$3" "$4" "$5") || {
		echo "sftp: $1 of $2 failed" >&2
		exit 1
	}
	echo "$1-$2 $b_ms $(($("$2_used") - b_used))" >>"$W/times"
}
median() {		# NAME COLUMN
	awk -v name="$1" -v column="$2" '$1 == name { print $column }' \
	    "$W/times" | sort -n |
	    awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# Each round attaches another version: the office keeps them all, and so does
# the other side, since a file written over finds its pages and blocks ready.
round() {
	{
		printf '%%PDF-1.4\n%d' "$1"
		head -c "${MB}M" /dev/urandom
		printf '%%%%EOF\n'
	} >"$W/big"
	block put ours "$PORT" difu "put $W/big /$CASE/3.1/big.pdf"
	block put theirs "$SSHD_PORT" root "put $W/big $W/theirs/big-$1.pdf"
	block get ours "$PORT" difu "get /$CASE/3.1/big.pdf $W/back"
	cmp "$W/big" "$W/back" || exit 1
	block get theirs "$SSHD_PORT" root "get $W/theirs/big-$1.pdf $W/back"
}

[ -x /usr/sbin/sshd ] && [ "$(id -u)" -eq 0 ] || {
	echo "sftp: not measured: it needs root and openssh-server" >&2
	exit 0
}
office_make >/dev/null && person_add jefa head_of_unit >/dev/null &&
    person_add difu dissemination_officer >/dev/null && server_start &&
    says 0 jefa "ajuste attachments_mb $((MB * ROUNDS * 2 + 1024))" &&
    says 0 difu "iniciar 63-COM-P02 title=Banco tracks=redes" &&
    sshd_start || exit 1
CASE=$(jq -r .folio "$W/doc")
OURS=$(office_processes | wc -l)
until_true serves_nobody
for i in $(seq "$ROUNDS"); do
	round "$i"
done
for way in put get; do
	awk -v way=$way -v mb="$MB" -v ours="$(median $way-ours 2)" \
	    -v theirs="$(median $way-theirs 2)" \
	    -v cpu="$(median $way-ours 3)" \
	    -v their_cpu="$(median $way-theirs 3)" 'BEGIN {
		printf "sftp %s %d MB: pauta %.0f MB/s, sftp-server %.0f MB/s, ",
		    way, mb, mb * 1000 / ours, mb * 1000 / theirs
		printf "ratio %.2f, of processor %.2f\n", theirs / ours,
		    their_cpu / cpu }'
done
