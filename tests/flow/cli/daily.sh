#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# daily.sh CANDOUR CANDOURD: what a desk does every day: a risk sheet, a second pair of eyes, a week's leave, a page with words struck out, and
# numbers for the funder.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

send() { as_reporter report --json "$@" > sent; grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4; }
in_days() { date -u -d "$1 days" +%F; }

echo '{"safe_now": "no", "what_happened": "Sgt Quaxington came to\nElm Road.", "his_surname": "Quaxington"}' > answers.json
echo "a picture" > quaxington.jpg
report=$(send --answers answers.json --attach quaxington.jpg)
case_of() { at_desk ada case "$report" --json | grep -o '"id":"[0-9a-f]*' | head -n 1 | cut -d'"' -f4; }
case=$(case_of)

# The risk sheet: lines, no score.
refused "is not FIELD=TEXT" at_desk ada risk-sheet "$report" --set weapons
refused "a risk sheet says something in one of its lines" at_desk ada risk-sheet "$report" --set "score=14"
at_desk ada risk-sheet "$report" --set "weapons=a knife in the car" --set "fear=that he finds the flat" > sheet
at_desk ada case "$report" --lead ada --risk high --deadline "Ring her=$(in_days 3)" > /dev/null
at_desk ada consent "$report" --to "her GP" --answer yes > /dev/null
at_desk bo risk-sheet "$report" --set "plan=to her sister, by the back door" --set "weapons=" > sheet
shows sheet "RISK SHEET" "$case" "Risk: high." "She indicated danger" "that he finds the flat" "to her sister, by the back door" "$(in_days 3) Ring her" "her GP: yes" "Risk: not signed off"
hides sheet "a knife" "Quaxington"
at_desk cy risk-sheet "$report" --json > sheet.json
shows sheet.json '"risk_sheet":{"fear":"that he finds the flat","plan":"to her sister, by the back door"}' '"consents":{"her GP":"yes"}' '"agreed":[]'
at_desk cy case "$report" > shown
shows shown "weapons: taken out" "Risk sheet: 2 of 10 lines"

# A second caseworker looks: somebody else than who said it, and until it is changed.
refused "you said it yourself" at_desk ada sign-off "$report" risk --note "as I see it"
refused "the case is not closed" at_desk bo sign-off "$report" closure --note "x"
refused "what is signed off is closure, risk or plan" at_desk bo sign-off "$report" story --note "x"
at_desk bo sign-off "$report" risk --note "as I see it, too" > said
shows said "Signed off: the risk. It lapses"
at_desk ada sign-off "$report" plan --note "good" --json > said
shows said '"signed_off":{"risk":"bo","plan":"ada"}'
refused "bo has signed it off already" at_desk cy sign-off "$report" risk --note "x"
at_desk cy case "$report" --json > shown.json
shows shown.json '"signed_off":{"risk":"bo","plan":"ada"}' '"to_sign_off":{}'
at_desk ada case "$report" --risk immediate > shown
shows shown "Signed off: the plan, by ada"
hides shown "Signed off: the risk"

# A week of leave. Cases that bo does not read stay without cover, and that is said.
other=$(send --answers answers.json --exclude bo)
at_desk ada case "$other" --lead ada > /dev/null
refused "that day is over" at_desk ada cover bo --until 2020-01-01
refused "say who looks after your cases" at_desk ada cover bo
refused "not in the roster" at_desk ada cover zoe --until "$(in_days 7)"
refused "Name a colleague" at_desk ada cover ada --until "$(in_days 7)"
at_desk ada cover bo --until "$(in_days 7)" > said 2> warned
shows said "bo looks after 1 of the open cases that you lead until $(in_days 7)."
shows warned "bo takes no part in it"
at_desk bo cases > list
shows list "led by ada (bo until $(in_days 7))"
at_desk bo cases --lead bo > list
shows list "1 cases."
at_desk bo case "$report" --json > shown.json
shows shown.json "\"cover\":{\"by\":\"bo\",\"until\":\"$(in_days 7)\"}"
at_desk ada cover --end --json > said
shows said '"by":null' "\"cases\":[\"$case\"]"
at_desk bo case "$report" > shown
shows shown "Led by: ada."

# Closed by one: a remark until another has looked. It keeps nobody from anything.
at_desk ada case "$report" --status closed > /dev/null
at_desk bo cases --status closed > list
shows list "closed, not signed off"
at_desk bo sign-off "$report" closure --note "all is done" > /dev/null
at_desk cy cases --status closed > list
hides list "not signed off"
at_desk cy case "$report" > shown
shows shown "Status: closed. " "Signed off: the closure, by bo"

# Who comes later has the sheet and the cover; a sign-off from before her she cannot see, and is told nothing of it.
at_desk ada case "$report" --status working > /dev/null
at_desk ada cover cy --until "$(in_days 2)" > /dev/null 2>&1
"$candour" caseworker create --id dee --name Dee > /dev/null
"$WEAKEN_KEY_FILE" passphrase dee.key
"$candour" roster add roster.json --card dee.card --desk legal > /dev/null
publish_roster
at_desk bo admit "$report" dee --reason "joins us" > /dev/null
at_desk dee risk-sheet "$report" > sheet
shows sheet "Led by ada (cy until $(in_days 2))" "to her sister, by the back door" "that he finds the flat"
at_desk dee cases > list
shows list "led by ada (cy until $(in_days 2))"

# A page for somebody who may know what, and not who.
at_desk ada note "$report" --text "Quaxington's sergeant is Brindle." > /dev/null
at_desk ada note "$report" --privileged --text "Counsel says: wait." > /dev/null
printf 'quaxington\nto elm road\n' > phrases
refused "say where it goes" at_desk ada export "$report"
refused "what is to be struck out" at_desk ada export "$report" --redacted page.html
refused "evidence stays whole" at_desk ada export "$report" --out bag --redact phrases
at_desk ada export "$report" --redacted page.html --redact phrases > said
shows said "accounts 1, notes 0" "no evidence"
[ "$(stat -c %a page.html)" = 600 ] || fail "others can read the page"
shows page.html "Redacted: not evidence" "Made by ada on $(date -u +%F)" "█████" "a picture" "came "
for words in quax ington elm Elm "Ring her" "$case" "$report" Brindle Counsel sister legal; do
  if grep -qiF -- "$words" page.html; then fail "the page still has '$words'"; fi
done
printf 'quaxington\nBrindel\n' > phrases
refused '"Brindel": found nowhere' at_desk ada export "$report" --redacted other.html --redact phrases --with-notes
[ ! -e other.html ] || fail "a page was written all the same"
at_desk ada export "$report" --redacted other.html --redact phrases --with-notes --redact-may-miss --json > said 2> warned
shows said '"notes":1' '"never_found":["Brindel"]'
shows other.html "sergeant is Brindle" "Notes of caseworkers"
for words in quax Counsel; do if grep -qiF -- "$words" other.html; then fail "the page still has '$words'"; fi; done
refused "other.html" at_desk ada export "$report" --redacted other.html --redact phrases --redact-may-miss

# Where she is safe goes into no bag.
at_desk ada export "$report" --out bag > /dev/null
shows bag/data/history.json "wrote in the risk sheet, what is not in this bag: fear weapons"
if grep -rqF "her sister" bag; then fail "the safety plan is in the bag"; fi
"$candour" verify bag --pin root.pin > /dev/null

# Numbers for the funder: none from 1 to 4, and none that can be worked out.
for _ in 1 2 3 4 5; do send --answers answers.json > /dev/null; done
at_desk ada statistics > numbers
shows numbers "Cases: 5 (rounded down to a multiple of 5)" "By status" "fewer than 5  working" "5 or more  new" "0  triage" "7  $(date -u +%Y-%m)" "7  not named"
at_desk ada statistics --json > numbers.json
shows numbers.json '"total":5,"rounded":true' '{"name":"working","count":null,"shown":"fewer than 5"}' '{"name":"new","count":null,"shown":"5 or more"}' '"label":[]'
echo "all as it should be"
