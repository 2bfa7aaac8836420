#!/bin/sh
# SPDX-License-Identifier: ISC
# deps.sh - install the Debian packages that are missing, and only those.
# `deps.sh bench`: also what make bench compares with.  Those start services of
# their own, so that nothing else asks for them.  `deps.sh fuzz`: also clang.

build='gcc make libc6-dev protobuf-c-compiler libprotobuf-c-dev libjansson-dev
    libutf8proc-dev libssl-dev libcyaml-dev libyaml-dev libical-dev
    pkgconf libchafa-dev libwebp-dev libgdk-pixbuf-2.0-dev
    libstemmer-dev libsqlite3-dev libuv1-dev libssh-dev libncurses-dev
    libmagic-dev
    libseccomp-dev libcurl4-openssl-dev libexpat1-dev libcairo2-dev
    libpango1.0-dev libpoppler-glib-dev gettext
    libavformat-dev libavcodec-dev libswscale-dev libavutil-dev'
run='ca-certificates ncurses-base ncurses-term tzdata openssh-client fonts-lato
    fonts-dejavu-core'
check='libcmocka-dev libvterm-dev tmux jq openssl python3 python3-yaml
    python3-paramiko python3-aiosmtpd python3-pyte shellcheck mandoc valgrind
    dpkg-dev systemd lftp curl procps
    putty-tools iproute2 poppler-utils libxml2-utils
    tesseract-ocr tesseract-ocr-spa'
fuzz='clang'
bench='postgresql-15 openssh-server procps passwd'
libssh_least='0.10.6-0+deb12u3'		# before it, GCM tags went unchecked

is_there() {
	dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'
}

libssh_is_safe() {
	dpkg --compare-versions \
	    "$(dpkg-query -W -f='${Version}' libssh-4 2>/dev/null)" ge \
	    "$libssh_least"
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "deps.sh: as root, please: $*" >&2
		return 1
	fi
}

missing=
[ "${1:-}" = bench ] || bench=
[ "${1:-}" = fuzz ] || fuzz=
for p in $build $run $check $bench $fuzz; do
	is_there "$p" || missing="$missing $p"
done
libssh_is_safe || missing="$missing libssh-4 libssh-dev"
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null || {
	echo "deps.sh: not a Debian machine; it needs:$missing" >&2
	exit 1
}
echo "Installing:$missing"
as_root apt-get -q update
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    --no-install-recommends install $missing || exit 1
libssh_is_safe || {
	echo "deps.sh: libssh-4 is older than $libssh_least;" \
	    "add the security suite to the sources of apt" >&2
	exit 1
}
