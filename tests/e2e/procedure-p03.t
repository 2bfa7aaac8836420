#!/bin/sh
# SPDX-License-Identifier: ISC
# 63-COM-P03, told by its people through real ssh.
. "$(dirname "$0")/lib.sh"
. "$HERE/play.sh"
play 63-COM-P03
