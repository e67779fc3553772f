#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# bagit.sh CANDOUR CANDOURD: another reading of RFC 8493 (tests/interop/bagit.py) and coreutils take our bag, and we take theirs.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
bagit() { python3 -B "$here/../../interop/bagit.py" "$@"; }

echo photo > photo.jpg
echo words | as_reporter report --attach photo.jpg --json > sent
id=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
as_caseworker ada export "$id" --pin root.pin --out bag > /dev/null
bagit bag || fail "our bag is not valid"
(cd bag && sha256sum --quiet --strict -c manifest-sha256.txt tagmanifest-sha256.txt) || fail "sha256sum"
"$candour" verify bag --pin root.pin > /dev/null || fail "our own bag, read by others"
printf x >> bag/data/report/attachments/001.jpg
if bagit bag 2> /dev/null; then fail "the other reading takes everything"; fi

bagit --make theirs plain.txt "50%.txt" $'two\nlines' "Cymru ŵ"
"$candour" verify theirs > said || fail "theirs: $(cat said)"
grep -qF "a whole bag, not one that Candour made" said || fail "theirs: $(cat said)"
printf x >> "theirs/data/50%.txt"
refused "1 finding" "$candour" verify theirs
grep -qF "data/50%.txt: was changed" refused.out || fail "$(cat refused.out)"
echo "all as it should be"
