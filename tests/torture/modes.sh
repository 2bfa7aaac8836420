#!/bin/sh
# SPDX-License-Identifier: ISC
# The scenarios of each procedure by verbs, by questions and by the screens:
# the same events.
#
#   modes.sh [SCENARIOS]    the first so many of each procedure, 12 by default
FIRST=${1:-12}
export FIRST
exec sh "$(dirname "$0")/../e2e/modes.t"
