#!/bin/sh
# SPDX-License-Identifier: ISC
# 50 races for the same decisions; `make torture` runs 1,000.
exec sh "$(dirname "$0")/../torture/linear.sh" 50
