#!/bin/sh
# SPDX-License-Identifier: ISC
# The Debian package: what it holds, and how little its service may do.
HERE=$(cd "$(dirname "$0")" && pwd)
cd "$HERE/../.." || exit 1
. tests/tap.sh
BUILD=${BUILD:-build/san}
BUILD=${BUILD#"$PWD/"}

package_is_made() {
	package=$(BUILD=$BUILD KEEP_SYMBOLS=1 sh server/package/deb.sh | tail -n 1)
	[ -s "$package" ] && dpkg-deb --info "$package"
}
holds() {
	dpkg-deb --contents "$package" >"$BUILD/root.list" || return 1
	for h_name; do
		grep -q " \./$h_name\$" "$BUILD/root.list" || {
			echo "no $h_name"
			return 1
		}
	done
}
# No file of the package may be another's to write, or run as its owner.
holds_nothing_open() {
	! grep -E '^.(..s|.....s|.......w|....w)' "$BUILD/root.list" &&
	    ! grep -v ' root/root ' "$BUILD/root.list"
}
needs() { dpkg-deb --field "$package" Depends | grep "$1"; }
unit_is_narrow() {
	systemd-analyze security --offline=true --threshold="$1" \
	    "$PWD/server/package/pauta.service"
}

t 'the package is made' package_is_made
t 'programs, manuals, service, definitions' holds usr/bin/pautad \
    usr/bin/pauta-session usr/bin/pauta usr/bin/pauta-screen \
    usr/bin/pauta-keep usr/bin/pauta-render usr/bin/pauta-courier \
    lib/systemd/system/pauta.service \
    usr/share/man/man8/pautad.8.gz usr/share/pauta/procedures/63-COM-P01.yaml \
    usr/share/pauta/export/verificar.sh usr/share/doc/pauta/copyright
t 'nothing in it is open to others' holds_nothing_open
t 'it wants the libssh that checks its tags' \
    needs 'libssh-4 (>= 0.10.6-0+deb12u3)'
t 'the exposure of the service is 1.5 at most' unit_is_narrow 15
t 'and the gate can fail' eval '! unit_is_narrow 5'
tests_end
