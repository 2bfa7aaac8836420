#!/bin/sh
# SPDX-License-Identifier: ISC
# headers.sh - every header can be read alone.  Wants what protoc-c makes.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/san}
# How the Makefile has it: what paper is made with lies in folders of its own.
paper=$(pkg-config --cflags pangocairo gdk-pixbuf-2.0 poppler-glib |
    sed "s/-I/-isystem /g")
faults=0

for h in proto/*.h client/*.h server/*.h server/*/*.h; do
	case $h in
	*/banned.h) continue ;;		# read with every file already
	esac
	# shellcheck disable=SC2086
	${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
	    -Wall -Wextra -I"$BUILD/proto" -Iproto $paper -include proto/banned.h \
	    -fsyntax-only -x c "$h" || faults=1
done
exit $faults
