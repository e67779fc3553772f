#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# rosters.sh CANDOUR CANDOURD: the steward's work, and each bad roster refused in its own words.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1

# A quorum of two: one signature is too few, the second holder adds hers.
"$candour" root init --label beth --out beth.key > /dev/null
"$candour" root pin --quorum 2 --out both.pin root.pub beth.pub > pin.out
[ "$("$candour" fingerprint both.pin | wc -w)" = 8 ] || fail "fingerprint"
grep -qF "$("$candour" fingerprint both.pin)" pin.out || fail "root pin and fingerprint differ"
refused "too few" "$candour" roster verify roster.note --pin both.pin
"$candour" roster sign roster.note --key beth.key --out both.note > /dev/null 2>&1
"$candour" roster verify both.note --pin both.pin > /dev/null 2>&1 || fail "two signatures"
refused "nothing is overwritten" "$candour" roster sign roster.json --key root.key --out both.note

# Unsigned, by a stranger, changed, older, same version but another text.
refused "is a roster's draft, but a signed roster is expected" "$candour" roster verify roster.json --pin root.pin
refused "not a signed roster" "$candour" roster verify candourd.toml --pin root.pin
"$candour" root init --label stranger --out stranger.key > /dev/null
refused "unsigned" "$candour" roster verify roster.note --pin stranger.pin
sed 's/Solicitors/Solicitor5/' roster.note > changed.note
refused "signature" "$candour" roster verify changed.note --pin root.pin
cp roster.json copy.json
"$candour" roster sign roster.json --key root.key --out second.note > second.out 2>&1
grep -q 'version 2' second.out || fail "the version did not grow"
refused "older" "$candour" roster verify roster.note --pin root.pin --after second.note
sed -i 's/Test service/Other service/' copy.json
"$candour" roster sign copy.json --key root.key --out twin.note > /dev/null 2>&1
refused "same version" "$candour" roster verify twin.note --pin root.pin --after second.note
"$candour" roster sign copy.json --key root.key --out third.note --after second.note > /dev/null 2>&1
"$candour" roster verify third.note --pin root.pin --after second.note > /dev/null 2>&1 || fail "--after"

# Keys of the wrong kind, a card of somebody else, revocation, warnings.
refused "not a root key" "$candour" roster sign roster.json --key ada.key --out x.note
"$candour" caseworker create --id ada --name "Ada Lovelace" --out false-ada.key > /dev/null
refused "another signing key" "$candour" roster add roster.json --card false-ada.card --desk legal
refused "there is no desk" "$candour" roster add roster.json --card ada.card --desk medical
"$candour" caseworker create --id dee --name "Dee Example" --days 3 > /dev/null
"$candour" roster desk roster.json --id small --name Small --description "One person" > /dev/null
"$candour" roster add roster.json --card dee.card --desk small > /dev/null
"$candour" roster revoke roster.json --id bo > /dev/null
"$candour" roster sign roster.json --key root.key --out fourth.note > /dev/null 2> warnings
for words in "looks like a full name" "one person only" "Ask for a new card"; do
  grep -q "$words" warnings || fail "no warning '$words': $(cat warnings)"
done
"$candour" roster show fourth.note > shown
grep -q 'bo .*REVOKED' shown || fail "bo is not shown as revoked"
"$candour" roster show fourth.note --json > shown.json
grep -q '"candour/v1/roster"' shown.json || fail "show --json"

# Passphrases.
echo short > short
refused "too short" "$candour" root init --label x --out x.key --passphrase-file short
echo "some other words entirely" > other
refused "the passphrase is wrong" "$candour" roster sign roster.json --key root.key --out x.note --passphrase-file other
[ ! -e x.key ] && [ ! -e x.note ] && [ -z "$(find . -name '*.tmp')" ] || fail "something was left behind"
status=0
"$candour" roster sign > /dev/null 2>&1 || status=$?
[ "$status" = 2 ] || fail "wrong usage gave status $status"
echo "all as it should be"
