#!/bin/sh
# SPDX-License-Identifier: ISC
# lint.sh - what a compiler does not see.  TAP.
HERE=$(cd "$(dirname "$0")" && pwd)
cd "$HERE/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh

shells() {
	find tests server .ci -name '*.sh' -o -name '*.t' -o -path .ci/run \
	    -o -path 'server/package/p*' ! -name '*.service' | sort |
	    xargs shellcheck -x -S warning -e SC2034,SC2209 -P SCRIPTDIR
}
manuals() {
	for m in docs/*.[1-8]; do
		mandoc -Tlint -Wwarning "$m" || return 1
	done
}

# What stands at the top; files with a dot are their tools' affair.
top() {
	git ls-files 2>/dev/null | cut -d/ -f1 | grep -v '^\.' | sort -u |
	    grep -vxE 'LICENSE|Makefile|README\.md|client|docs|proto|server|tests'
	[ $? -eq 1 ]
}

t 'at the top stand the rooms and nothing else' top
t 'rooms include only what they may' "$HERE/layers.sh"
t 'every header can be read alone' "$HERE/headers.sh"
t 'SQL stands where it should' "$HERE/sql.sh"
t 'command handlers own nothing' "$HERE/free.sh"
t 'no file of C has over 500 lines' "$HERE/size.sh"
t 'licences, and nothing left for later' "$HERE/words.sh"
t 'documents name what there is' "$HERE/docs.sh"
t 'every sentence has its English' "$HERE/po.py"
t 'manual pages are well formed' manuals
t 'shell scripts are sound' shells
tests_end
