#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# rotation.sh CANDOUR CANDOURD: a new sealing key, with what was sealed before it and after; forgetting old ones; and what is refused.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

reported() { # reported TEXT: the id
  echo "$1" | as_reporter report --json 2> /dev/null | grep -o '"report":"[0-9a-f]*' | cut -d'"' -f4
}
stock_age() { # stock_age KEY-FILE SEALED: age asks for the passphrase on a terminal
  script -qec "age -d -i $1 -o plain.tar $2" /dev/null < passphrase > /dev/null
  tar xOf plain.tar report.json
  rm plain.tar
}

before=$(reported "before")
as_caseworker ada note "$before" --text "Said before." --pin root.pin > /dev/null
cp ada.key old-ada.key
cp ada.card old-ada.card

# The same passphrase, mode and words; the name from the card; the signing key stays.
chmod 600 ada.key
words=$("$candour" fingerprint ada.card)
"$candour" caseworker rotate --key ada.key --days 120 > said
grep -qF "$words" said || fail "the words are others: $(cat said)"
grep -qF "and all 1 before it" said || fail "$(cat said)"
[ "$(stat -c %a ada.key)" = 600 ] || fail "mode $(stat -c %a ada.key)"
grep -q '"name": "Ada"' ada.card || fail "the name is another: $(cat ada.card)"
[ "$("$candour" fingerprint ada.card)" = "$words" ] || fail "another signing key"
if cmp -s ada.card old-ada.card; then fail "the card is the old one"; fi
[ -z "$(find . -name '.candour-*')" ] || fail "something was left behind"

# The steward takes it, and it alone; an older card does not come back.
"$candour" roster add roster.json --card ada.card > said
grep -qF "ada is at legal" said || fail "$(cat said)"
faketime '2020-01-01' "$candour" caseworker create --id dee --name Dee > /dev/null
"$candour" roster add roster.json --card dee.card --desk legal > /dev/null
cp dee.card old-dee.card
"$candour" caseworker rotate --key dee.key > /dev/null
"$candour" roster add roster.json --card dee.card > /dev/null
refused "the roster has one from" "$candour" roster add roster.json --card old-dee.card
"$candour" caseworker create --id eve --name Eve > /dev/null
refused "Say at which desk" "$candour" roster add roster.json --card eve.card
"$WEAKEN_KEY_FILE" passphrase {ada,dee,eve}.key
publish_roster
after=$(reported "after")

# Both open, with the tool and, by the identities in the key file, with stock age.
for id in "$before" "$after"; do
  as_caseworker ada open "$id" --out "opened-$id" --no-seen > /dev/null
  as_caseworker ada fetch "$id" --out "$id.age"
done
"$candour" unseal -i ada.key < "$before.age" | tar xO report.json | grep -q before || fail "unseal, before"
"$candour" unseal -i ada.key < "$after.age" | tar xO report.json | grep -q after || fail "unseal, after"
refused "sealed to others" "$candour" unseal -i old-ada.key < "$after.age"
stock_age ada.key "$before.age" | grep -q before || fail "stock age, before"
stock_age ada.key "$after.age" | grep -q after || fail "stock age, after"

# What was said before is read by the new file, from nothing, and answered.
rm -rf "$XDG_STATE_HOME"
as_caseworker ada case "$before" --pin root.pin > shown
grep -qF "Said before." shown || fail "$(cat shown)"
as_caseworker bo note "$before" --text "Said after." --pin root.pin > /dev/null
as_caseworker ada case "$before" --pin root.pin > shown
grep -qF "Said after." shown || fail "$(cat shown)"

# Nonsense.
cp ada.key kept.key
refused "Give more --days" "$candour" caseworker rotate --key ada.key --days 10
refused "Set the clock" faketime '2021-01-01' "$candour" caseworker rotate --key ada.key
refused "is a root key" "$candour" caseworker rotate --key root.key --name Root
refused "the passphrase is wrong" "$candour" caseworker rotate --key ada.key --passphrase-file roster.json
ln -s ada.key link.key
refused "is a link" "$candour" caseworker rotate --key link.key --name Ada
age-keygen -pq -o plain.key 2> /dev/null
refused "is a plain age identity file" "$candour" caseworker rotate --key plain.key --name Ada
mv ada.card away.card
refused "give --name" "$candour" caseworker rotate --key ada.key
cmp ada.key kept.key || fail "the key file was changed by what was refused"
"$candour" caseworker card --key ada.key --name Ada > /dev/null
cmp ada.card away.card || fail "the card is not the same"

# Old keys are forgotten on purpose alone, and no key that may still be sealed to.
refused "no old sealing key of yours ended" "$candour" caseworker forget-old --key ada.key --before "$(date +%F)"
refused "may still be sealed to" "$candour" caseworker forget-old --key ada.key --before 2999-01-01
refused "If you mean it, say --yes" faketime '2099-01-01' "$candour" caseworker forget-old --key ada.key --before 2099-01-01
cmp ada.key kept.key || fail "the key file was changed without --yes"
faketime '2099-01-01' "$candour" caseworker forget-old --key ada.key --before 2099-01-01 --yes > said
grep -qF "1 left" said || fail "$(cat said)"
as_caseworker ada open "$after" --out still --no-seen > /dev/null
refused "sealed to others" as_caseworker ada open "$before" --out gone --no-seen
"$candour" unseal -i kept.key < "$before.age" > /dev/null || fail "the copy has lost its key"

# Who is away, and whose sealing key has lapsed meanwhile, is told all the same; who speaks hears of it.
"$candour" caseworker create --id fay --name Fay --days 1 > /dev/null
"$WEAKEN_KEY_FILE" passphrase fay.key
"$candour" roster add roster.json --card fay.card --desk legal > /dev/null
publish_roster
last=$(reported "last")
later=(faketime '+3 days' env XDG_STATE_HOME="$test_folder/machine-ada" "$candour")
here=(--server "unix:$test_folder/desk.sock" --origin http://desk.test --key ada.key --pin root.pin)
"${later[@]}" note "$last" --text "Said while Fay is away." "${here[@]}" > said 2> warned
shows warned "fay's sealing key is not of today. It was sealed to her all the same"
at_desk fay case "$last" > shown
shows shown "Said while Fay is away."
echo "all as it should be"
