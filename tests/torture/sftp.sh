#!/bin/sh
# SPDX-License-Identifier: ISC
# Attachments at length: so many uploads are killed, and as many small files go
# in as a field holds; with it what else tests/e2e/sftp.t asks.
#
#   sftp.sh [KILLS]      500 by default
KILLS=${1:-500}
MANY=${MANY:-900}
export KILLS MANY
exec sh "$(dirname "$0")/../e2e/sftp.t"
