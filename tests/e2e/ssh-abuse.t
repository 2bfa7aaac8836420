#!/bin/sh
# SPDX-License-Identifier: ISC
# Peers that break the protocol (tests/check/sshabuse.py); wants python3-paramiko.
. "$(dirname "$0")/ssh-lib.sh"
for PYTHON in python3 /usr/bin/python3 none; do
	"$PYTHON" -c 'import paramiko' 2>/dev/null && break
done
[ "$PYTHON" != none ] || {
	echo '1..0 # SKIP python3-paramiko is not installed'
	exit 0
}
door_start --grace 20 --per-source 64 --exempt 127.0.0.0/8
"$PYTHON" "$HERE/../check/sshabuse.py" "$PORT" "$D" "$@"
status=$?
if grep 'ERROR: \|runtime error\|reason=crash' "$D/door.log"; then
	echo 'Bail out! a session crashed'
	exit 1
fi
exit $status
