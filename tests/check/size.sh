#!/bin/sh
# SPDX-License-Identifier: ISC
# size.sh - a file of C over 500 lines is two files.
cd "$(dirname "$0")/../.." || exit 1
! find proto client server tests -name '*.[ch]' -exec wc -l {} + |
    awk '$1 > 500 && $2 != "total" { print $2 ": " $1 " lines" }' | grep .
