#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# admission.sh CANDOUR CANDOURD: a newcomer, and a caseworker who lost her key, let into cases by a colleague; whom nobody lets in; and
# what the excluded see of it, which is nothing.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

reported() {
  as_reporter report --desk legal "$@" --json > sent
  grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4
}

first=$(echo "He has a key." | reported --exclude cy)
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > codename
second=$(echo "Another one." | reported)
at_desk ada case "$first" --status working --risk high --lead bo --label housing --deadline "Hearing=2099-12-11" > /dev/null
at_desk bo note "$first" --text "Before dee came." > /dev/null
at_desk bo case "$second" --status waiting > /dev/null
at_desk ada note "$second" --text "Agreed." > /dev/null  # so what bo said outlives her key

# The roster has a place for her before it has a key: reports are of one size all along.
"$candour" roster desk roster.json --id press --name Press --description "Others" > /dev/null
newcomer dee
newcomer eve press
publish_roster
at_desk dee cases > list
shows list "No cases."
as_caseworker cy inbox > inbox.before

# Only a reader admits, only one of the desk, and nobody whom the author left out.
refused "there is no such case for you" at_desk dee admit "$first" dee --reason "mine"
refused "there is no such case for you" at_desk cy admit "$first" cy --reason "mine"
refused "was left out by the author of this case, and that is for good" at_desk ada admit "$first" cy --reason "please"
refused "is not of the desk" at_desk ada admit "$first" eve --reason "please"
refused "is not in the roster" at_desk ada admit "$first" zed --reason "please"
refused "--reason" at_desk ada admit "$first" dee --reason " "
refused "it takes a case and who" at_desk ada admit "$first" --reason "x"

# Dee takes over.
at_desk ada admit "$first" dee --reason "takes over from bo" > said
shows said "dee takes part in case" "can open 1 account."
at_desk dee cases > list
shows list "1 cases." "led by bo" "working"
at_desk dee open "$first" --out dee-read > opened 2> opened.err
shows opened "He has a key."
hides opened.err "reader has been added"
at_desk dee case "$first" > shown
shows shown "Status: working. Risk: high. Led by: bo." "Labels: housing" "Deadline 2099-12-11: Hearing" "Read by: ada, bo, dee" "admitted dee: takes over from bo" "handed on the account ${first:0:12}"
hides shown "Before dee came." "!"
refused "sealed to others" as_caseworker dee open "$first" --out without-pin
as_caseworker dee fetch "$first" --out first.age
refused "sealed to others" "$candour" open "$first" --file first.age --out from-file --key dee.key

# Those who were there before see everything in its order, and nothing twice for who runs it again.
at_desk dee case "$first" --status triage > /dev/null
at_desk bo case "$first" > shown
shows shown "Status: triage." "Before dee came." "Read by: ada, bo, dee" "dee        read the account"
hides shown "!"
at_desk ada admit "$first" dee --reason "again" > /dev/null
at_desk bo admit "$first" dee --reason "again" > /dev/null
at_desk bo case "$first" > shown
[ "$(grep -c "admitted dee" shown)" = 1 ] || fail "admitted twice: $(cat shown)"
at_desk bo open "$first" --out bo-read > /dev/null 2> opened.err
hides opened.err "reader has been added"
as_caseworker bo open "$first" --out bo-read-2 --no-seen > /dev/null 2> opened.err
shows opened.err "with --pin it is known whether"
at_desk ada case "$first" --json > shown.json
hides shown.json '"alarms":["'
shows shown.json '"file_key":"AAAAAAAAAAAAAAAAAAAAAA=="'

# She answers, and hands it on as evidence; she admits others.
echo "I am new here." | at_desk dee reply "$first" > /dev/null
at_desk dee export "$first" --out bag > /dev/null
"$candour" verify bag --pin root.pin > said || fail "verify: $(cat said)"
if grep -rq file_key bag; then fail "the bag holds the key"; fi

# A follow-up by who does not know of her: she stays, and her colleagues are told what she lacks.
third=$(echo more | reported --follow-up --exclude cy --exclude dee --codename-file codename)
at_desk bo case "$first" > shown
shows shown "Read by: ada, bo" "let dee into the case, whom its author leaves out"
refused "left out by the author" at_desk ada admit "$first" dee --reason "again"
at_desk dee cases > list
hides list "${third:0:12}"

# To the excluded nothing has changed, to the byte.
as_caseworker cy inbox > inbox.after
cmp inbox.before inbox.after || fail "the excluded sees it: $(diff inbox.before inbox.after)"
refused "there is no such case for you" at_desk cy case "$first"
at_desk cy case "$second" > shown
hides shown dee "!"


# Bo loses her laptop. Revoked, her key gives nothing at the next request; bo2 gets what bo read, from ada.
"$candour" roster revoke roster.json --id bo > /dev/null
newcomer bo2
publish_roster
refused "the desk refuses the sign-in" at_desk bo cases
refused "is not in the roster, or is revoked" at_desk ada admit "$second" bo --reason "x"
at_desk bo2 cases > list
shows list "No cases."
at_desk ada admit --all-of bo bo2 --reason "lost laptop" > said
shows said "2 cases of bo that you read too"
at_desk bo2 cases > list
shows list "2 cases." "waiting"
for id in "$first" "$second" "$third"; do at_desk bo2 open "$id" --out "bo2-$id" > /dev/null; done
at_desk bo2 note "$second" --text "Here again." > /dev/null
at_desk cy case "$second" > shown
shows shown "Here again." "Read by: ada, bo2, cy"
hides shown "!"
at_desk ada admit --all-of bo bo2 --reason "lost laptop" > /dev/null
at_desk bo2 admit "$second" dee --reason "third pair of eyes" > /dev/null
at_desk dee open "$second" --out dee-second > opened
shows opened "Another one."
at_desk ada case "$second" > shown
shows shown "Read by: ada, bo2, cy, dee"
hides shown "!"
echo "all as it should be"
