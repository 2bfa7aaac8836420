#!/bin/sh
# SPDX-License-Identifier: ISC
# free.sh - a command handler owns nothing: what it makes is in the request's
# pool and goes with it.
cd "$(dirname "$0")/../.." || exit 1
! grep -n '\bfree(' server/core/cmd_*.c
