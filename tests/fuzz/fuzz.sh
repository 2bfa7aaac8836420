#!/bin/sh
# SPDX-License-Identifier: ISC
# fuzz.sh - BUILD SECONDS TARGET...: each target so long, from its corpus on.
# What it finds interesting stays in BUILD/corpus; what breaks it is named.
cd "$(dirname "$0")/../.." || exit 1
build=$1
seconds=$2
shift 2
failed=0
for target; do
	found=$build/corpus/$target
	mkdir -p "$found"
	if "$build/tests/fuzz-$target" -max_total_time="$seconds" -max_len=65536 \
	    -timeout=5 -rss_limit_mb=1024 -artifact_prefix="$build/$target-" \
	    "$found" "tests/fuzz/corpus/$target" >"$build/$target.log" 2>&1
	then
		echo "ok      $target: $(sed -n 's/^Done \(.*\) runs.*/\1/p' \
		    "$build/$target.log") runs, $(find "$found" -type f |
		    wc -l) inputs"
	else
		failed=1
		echo "FAILED  $target: see $build/$target.log"
		tail -n 3 "$build/$target.log"
	fi
done
exit $failed
