#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# large_attachment.sh CANDOUR CANDOURD: 1 GiB sealed, uploaded, stored, fetched and opened, with each process under
# 128 MiB resident. For the tool's desk commands that is once the key file is unlocked, which takes 256 MiB.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
resident_kib_max=131072
make_organisation > /dev/null 2>&1
start_server

# Incompressible and quickly made, so that no file system saves anything.
head -c 1073741824 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 > big.bin 2> /dev/null
[ "$(stat -c %s big.bin)" = 1073741824 ] || fail "no test data"
below() {
  echo "$1: $2 KiB resident, $SECONDS s"
  [ "$2" -lt "$resident_kib_max" ] || fail "$1 took $2 KiB"
  SECONDS=0
}
server=(--server "unix:$test_folder/desk.sock" --origin http://desk.test --key ada.key)

SECONDS=0
below "report" "$(echo words | python3 "$here/peak_memory.py" - "$candour" report --server "unix:$test_folder/reporter.sock" \
  --pin root.pin --attach big.bin 2> sent)"
as_caseworker ada inbox > inbox
id=$(grep -o '[0-9a-f]\{64\}' inbox)
SECONDS=0
below "open" "$(python3 "$here/peak_memory.py" "$test_folder/opened.unverified-*/attachments/*" \
  "$candour" open "$id" "${server[@]}" --out opened 2> summary)"
cmp big.bin opened/attachments/001.bin || fail "the attachment differs"
below "candourd" "$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_id/status")"
