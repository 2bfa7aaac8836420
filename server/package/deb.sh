#!/bin/sh
# SPDX-License-Identifier: ISC
# deb.sh - BUILD/pauta_VERSION_ARCH.deb from the programs of BUILD.
#
# The version is the last commit's day and name, or the day alone.
set -e
cd "$(dirname "$0")/../.."
HERE=server/package
BUILD=${BUILD:-build/deb}
ROOT=$BUILD/root
ARCH=$(dpkg --print-architecture)
VERSION=$(git log -1 --format=0~%cd.%h --date=format:%Y%m%d 2>/dev/null ||
    date -u +0~%Y%m%d)

rm -rf "$ROOT"
make --no-print-directory BUILD="$BUILD" PREFIX=/usr DESTDIR="$PWD/$ROOT" install
install -d "$ROOT/DEBIAN" "$ROOT/lib/systemd/system" "$ROOT/usr/share/doc/pauta"
install -m 644 "$HERE/pauta.service" "$ROOT/lib/systemd/system"
install -m 644 LICENSE "$ROOT/usr/share/doc/pauta/copyright"
for script in postinst prerm postrm; do
	install -m 755 "$HERE/$script" "$ROOT/DEBIAN"
done
[ -n "$KEEP_SYMBOLS" ] || strip "$ROOT"/usr/bin/*
gzip -9n -r "$ROOT/usr/share/man"

# dpkg-shlibdeps reads a source package's control file.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/debian"
printf 'Source: pauta\n\nPackage: pauta\nArchitecture: any\n' \
    >"$scratch/debian/control"
libraries_of() {
	(cd "$scratch" &&
	    dpkg-shlibdeps --ignore-missing-info -O "$@" 2>/dev/null |
	    sed -n 's/^shlibs:Depends=//p')
}
# Only pauta-video wants those of ffmpeg, and the server does without it.
video=$PWD/$ROOT/usr/bin/pauta-video
programs=$(find "$PWD/$ROOT/usr/bin" -type f ! -name pauta-video)
depends=$(libraries_of $programs)
recommends=$([ ! -e "$video" ] || libraries_of "$video" |
    tr ',' '\n' | grep -E 'libav|libsw' | tr '\n' ',')
[ -n "$depends" ] || {
	echo "deb.sh: dpkg-shlibdeps said nothing" >&2
	exit 1
}
sed -e "s/@VERSION@/$VERSION/" -e "s/@ARCH@/$ARCH/" \
    -e "s/@DEPENDS@/$depends/" -e "s/@RECOMMENDS@/$recommends/" \
    "$HERE/control" >"$ROOT/DEBIAN/control"
dpkg-deb --root-owner-group --build "$ROOT" "$BUILD" >/dev/null
echo "$BUILD/pauta_${VERSION}_$ARCH.deb"
