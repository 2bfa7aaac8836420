#!/bin/sh
# SPDX-License-Identifier: ISC
# Full, failing and slow disks; no descriptors, no memory.
exec sh "$(dirname "$0")/../torture/faults.sh"
