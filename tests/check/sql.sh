#!/bin/sh
# SPDX-License-Identifier: ISC
# sql.sh - SQL stands in server/store alone, and there in sql.def and schema.c
# (transactions and pragmas too); the engine's rules are SQL expressions and
# their file may say SELECT.  Prints each line that breaks this.

cd "$(dirname "$0")/../.." || exit 2

words='(SELECT|INSERT|UPDATE|DELETE |CREATE TABLE|PRAGMA)'
quoted="\"([^\"]*[^A-Z_\"])?$words"

found=$(find proto server client -name '*.[ch]' \
	! -path 'server/store/*' ! -path 'server/engine/rule*.c' \
	-exec grep -nE "$quoted" {} +
    find server/store -name '*.[ch]' ! -name schema.c \
	-exec grep -nE "$quoted" {} +)

if [ -n "$found" ]; then
	printf '%s\n' "$found"
	echo "sql.sh: SQL outside sql.def, schema.c and the rules" >&2
	exit 1
fi
echo "sql.sh: ok"
