#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# whole_case.sh CANDOUR CANDOURD: one case from its report to its end, at a desk where it takes two of three to open it and whose fourth
# the author leaves out. After each step the server's database, decrypted with its own key, holds none of the words of anybody.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
"$candour" roster desk roster.json --id legal --name "Legal desk" --description "Solicitors" --threshold 2 > /dev/null
newcomer dee
rm roster.note
"$candour" roster sign roster.json --key root.key > /dev/null 2>&1
start_server

# Everything that was ever typed, and nothing else, stands in `words`, a line each.
tell() { echo "$1" | tee -a words; }
opaque() { # opaque STEP
  local word
  "$READ_DATABASE" data/candour.db secrets/database.key pages.out > ids.out || fail "$1: the database cannot be read"
  [ -s pages.out ] || fail "$1: nothing was read"
  if [ -n "${first:-}" ]; then grep -q "$first" ids.out || fail "$1: this is not the server's database"; fi
  while read -r word; do
    for where in pages.out server.out; do
      if grep -qaF -- "$word" "$where"; then fail "$1: '$word' is in $where"; fi
    done
  done < words
  rm pages.out
}
id_in() { grep -o '"report":"[0-9a-f]*' "$1" | cut -d'"' -f4; }

tell "He has the key to Orchid Cottage." | as_reporter report --exclude dee --receipt first.receipt --json > sent
first=$(id_in sent)
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 | tee codename >> words
opaque "the report"

# Alone nobody opens it: not with the tool, not with the key file by itself, not whoever was left out.
refused "it takes 2 of its readers to open this report, and you have 1 share (your own)" at_desk ada open "$first" --out alone
[ ! -e alone ] || fail "something was left of it"
refused "takes several of its readers" as_caseworker ada open "$first" --out alone
as_caseworker ada fetch "$first" --out first.age > /dev/null
refused "takes several of its readers" "$candour" unseal -i ada.key < first.age
at_desk ada cases > list
shows list "waits  ${first:0:12}" "No cases."
at_desk dee cases > list
hides list "${first:0:12}"
refused "there is no such report for you" at_desk dee grant "$first" ada

# Bo hands his share on: to ada, and to nobody who was left out.
refused "was not sealed to dee, and who has not opened it cannot know whom its author left out" at_desk bo grant "$first" dee
at_desk bo grant "$first" ada > said
shows said "ada has your share of the report" "once she has 2"
at_desk bo grant "$first" ada > /dev/null
opaque "a share"
at_desk ada open "$first" --out ada-read > opened
shows opened "He has the key to Orchid Cottage."
refused "and you have 1 share (your own)" at_desk bo open "$first" --out bo-read
# The same on a machine without a network: what was handed on goes along on a stick, sealed to her.
at_desk ada fetch "$first" --out stick.age --handed-on stick.shares > said
shows said "--handed-on stick.shares --pin root.pin --roster roster.note"
(unset CANDOUR_SERVER; XDG_STATE_HOME=$test_folder/apart "$candour" open "$first" --file stick.age --handed-on stick.shares \
  --pin root.pin --roster roster.note --key ada.key --out apart-read) > opened
shows opened "He has the key to Orchid Cottage."
refused "takes several of its readers" "$candour" open "$first" --file stick.age --key ada.key --out apart-alone
refused "stick.shares" "$candour" open "$first" --file stick.age --handed-on stick.shares --pin root.pin --roster roster.note --key cy.key --out cy-apart
at_desk ada grant "$first" bo > /dev/null
at_desk bo open "$first" --out bo-read > /dev/null
refused "and you have 1 share (your own)" at_desk cy open "$first" --out cy-read
opaque "the opening"

# She is answered, and answers.
tell "Are you safe tonight, at your aunt's?" | at_desk ada reply "$first" > /dev/null
start_again
as_reporter messages --codename-file codename --slots 1 > shown
shows shown "Ada (ada) has opened your report." "Are you safe tonight, at your aunt's?"
tell "Yes. He followed me to Fennel Street." |
  as_reporter report --follow-up --exclude dee --codename-file codename --receipt second.receipt --json > sent
second=$(id_in sent)
refused "it takes 2 of its readers" at_desk ada open "$second" --out ada-second
at_desk bo grant "$second" ada > /dev/null
at_desk ada grant "$second" bo > /dev/null
at_desk ada open "$second" --out ada-second > opened
shows opened "He followed me to Fennel Street."
opaque "the follow-up"

# A note, and bo takes over.
at_desk ada note "$first" --text "$(tell "Injunction against Superintendent Larch.")" > /dev/null
at_desk ada case "$first" --lead bo --status working --label "$(tell "larch-enquiry")" --deadline "$(tell "Hearing in Pewsey")=2099-12-11" > /dev/null
at_desk bo case "$first" > shown
shows shown "Injunction against Superintendent Larch." "Led by: bo." "larch-enquiry" "Hearing in Pewsey" "Read by: ada, bo, cy"
hides shown "!"
opaque "note and lead"

# A new sealing key: what was sealed before opens with it, and what is sealed after.
"$candour" caseworker rotate --key ada.key > /dev/null
"$candour" roster add roster.json --card ada.card > /dev/null
"$WEAKEN_KEY_FILE" passphrase ada.key
publish_roster
rm -rf machine-ada
at_desk ada open "$first" --out ada-rotated > opened
shows opened "He has the key to Orchid Cottage."
third=$(tell "One more thing about the Quince file." | as_reporter report --follow-up --exclude dee --codename-file codename --json > sent; id_in sent)
at_desk bo grant "$third" ada > /dev/null
at_desk ada open "$third" --out ada-third > opened
shows opened "One more thing about the Quince file."
opaque "the rotation"

# Bo's laptop is lost: his key gives nothing at the next request. He gets another, and the case by what two of his colleagues hand on.
"$candour" roster revoke roster.json --id bo > /dev/null
newcomer bo2
publish_roster
refused "the desk refuses the sign-in" at_desk bo cases
refused "is not in the roster, or is revoked" at_desk ada admit "$first" bo --reason "lost laptop"
for id in "$first" "$second" "$third"; do at_desk ada grant "$id" cy > /dev/null; done
for id in "$first" "$second" "$third"; do at_desk cy open "$id" --out "cy-$id" > /dev/null; done
at_desk ada admit "$first" bo2 --reason "$(tell "Lost his Thinkpad at Paddington.")" > /dev/null
at_desk bo2 cases > list
shows list "waits  ${first:0:12}" "and you have 1 share (ada's)"
refused "it takes 2 of its readers" at_desk bo2 open "$first" --out bo2-early
refused "was left out by the author" at_desk cy admit "$first" dee --reason "more hands"
at_desk cy admit "$first" bo2 --reason "the same" > /dev/null
for id in "$first" "$second" "$third"; do at_desk bo2 open "$id" --out "bo2-$id" > /dev/null; done
at_desk bo2 case "$first" > shown
shows shown "Led by: bo" "larch-enquiry" "Read by: ada, bo2, cy" "Lost his Thinkpad at Paddington."
hides shown "Injunction" "!"
at_desk bo2 note "$first" --text "$(tell "Back, with the Medlar papers.")" > /dev/null
at_desk cy case "$first" > shown
shows shown "Back, with the Medlar papers." "Read by: ada, bo2, cy"
hides shown "!"
opaque "the new key"

# Evidence: one of them hands it over, a stranger checks it.
at_desk ada export "$first" --follow-ups --receipt first.receipt --receipt second.receipt --out bag > /dev/null
"$candour" verify bag --pin root.pin > said || fail "verify: $(cat said)"
grep -rqF "He followed me to Fennel Street." bag || fail "the follow-up is not in the bag"
if grep -rqE '"(share|file_key)"' bag; then fail "the bag holds what opens reports"; fi
printf x >> bag/data/report/report.json
if "$candour" verify bag --pin root.pin > said; then fail "one changed byte was not found"; fi
shows said "data/report/report.json"
opaque "the export"

# To the end of it: whoever was left out has never seen anything.
as_caseworker dee inbox > list
hides list "${first:0:12}" "${second:0:12}" "${third:0:12}"
as_caseworker ada close "$first" > /dev/null
for id in "$first" "$second" "$third"; do
  at_desk ada erase "$id" --out "$id.note" > /dev/null
  refused "you have signed it yourself" at_desk ada erase "$id" --note "$id.note"
  at_desk bo2 erase "$id" --note "$id.note" > said
  shows said "Erased from the server."
done
first=
opaque "the erasure"
at_desk ada cases > list 2> /dev/null
shows list "No cases."
hides list "waits"
echo "all as it should be"
