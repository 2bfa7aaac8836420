#!/bin/sh
# SPDX-License-Identifier: ISC
# 500 power cuts and three broken builds; `make torture` makes 10,000.
exec sh "$(dirname "$0")/../torture/crash.sh" 500
