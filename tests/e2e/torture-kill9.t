#!/bin/sh
# SPDX-License-Identifier: ISC
# 50 kills of core, sessions, screens and supervisor; `make torture` does 1,000.
exec sh "$(dirname "$0")/../torture/kill9.sh" 50
