#!/bin/sh
# SPDX-License-Identifier: ISC
# words.sh - every file of C begins with its licence; nothing is left for later
# without the number of an issue.
cd "$(dirname "$0")/../.." || exit 1
faults=0

find proto client server tests -name '*.[ch]' -exec awk '
    FNR == 1 && $0 != "/* SPDX-License-Identifier: ISC */" {
	print FILENAME ": the first line is not the licence"
	faults = 1
    }
    END { exit faults }' {} + || faults=1
later='TO''DO|FIX''ME|XX''X'
grep -rnwE "$later" proto client server tests docs Makefile |
    grep -v 'issue [0-9]' && faults=1
exit $faults
