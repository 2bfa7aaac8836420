# SPDX-License-Identifier: ISC
# sftp-lib.sh - an office with one case whose step takes files, and what is
# asked of them.
# shellcheck shell=sh disable=SC2034
#
#   $CASE $STEP $T           that case, its step, and the step's folder
#   ftp                      what is typed to sftp comes from stdin; $W/said
#   said TEXT                it said that
#   attached FILE [NAME]     it is there with these bytes
#   absent NAME              nothing of that name is
#   pdf FILE BYTES           made: by its first bytes a document
#   core_pid, core_is_back
. "$HERE/lib.sh"

CASE=
STEP=3.1

office_make >/dev/null &&
    people_add jefa:head_of_unit difu:dissemination_officer \
	oaxaca:states_head@oax >/dev/null && server_start || exit 1
says 0 difu "iniciar 63-COM-P02 title=Feria tracks=redes" || exit 1
CASE=$(jq -r .folio "$W/doc")
T=/$CASE/$STEP

ftp() { sftp_as difu; }
said() {
	grep -qF -- "$1" "$W/said" || {
		echo "it did not say: $1"
		cat "$W/said"
		return 1
	}
}
attached() {
	says 0 difu "adjuntos $CASE" || return 1
	a_sum=$(sha256sum <"$1" | cut -d' ' -f1)
	doc ".attachments | any(.name == \"${2:-${1##*/}}\" and
	    .sha256 == \"$a_sum\" and .size == $(wc -c <"$1") and
	    .step == \"$STEP\" and .kept and .current)"
}
absent() {
	says 0 difu "adjuntos $CASE" &&
	    doc ".attachments | any(.name == \"$1\") | not"
}
pdf() {
	{
		printf '%%PDF-1.4\n'
		head -c "$(($2 - 15))" /dev/urandom
		printf '%%%%EOF\n'
	} | head -c "$2" >"$1"
}
core_pid() { pgrep -P "$SERVER" -x pautad; }
core_is_back() { as difu bandeja >/dev/null; }
