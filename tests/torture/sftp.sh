#!/bin/sh
# SPDX-License-Identifier: ISC
# Attachments at length: so many uploads are killed, 5,000 small files go in by
# one sftp, as many to a field as it holds, and 2 GiB that are mostly a hole;
# with them what else tests/e2e/sftp.t asks.
#
#   sftp.sh [KILLS]      500 by default
KILLS=${1:-500}
MANY=${MANY:-1000} CASES=${CASES:-5} SPARSE_MB=${SPARSE_MB:-2048}
export KILLS MANY CASES SPARSE_MB
exec sh "$(dirname "$0")/../e2e/sftp.t"
