#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# cases.sh CANDOUR CANDOURD: three caseworkers and two cases: what they share and what they do not, what is excluded, withheld, revoked
# and recused, and what is kept on their machines.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

echo '{"what_happened": "He has a key.", "his_surname": "Quaxington"}' > first.json
as_reporter report --answers first.json --exclude cy --json > sent
first=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > codename
echo "Another one." | as_reporter report --json > sent
second=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)

at_desk ada cases > list
shows list "2 cases." "Quaxington" "new  "
at_desk cy cases > list
shows list "1 cases."
hides list Quaxington
refused "there is no such case for you" at_desk cy case "$first"

at_desk ada case "$first" --status working --risk high --lead bo --label housing --deadline "Hearing=2099-12-11" > shown
at_desk ada note "$first" --text "Rang her. Not at home after six." > said
shows said "Everybody who reads this case can read it"
at_desk bo case "$first" > shown
shows shown "Status: working. Risk: high. Led by: bo." "Labels: housing" "Deadline 2099-12-11: Hearing" "Read by: ada, bo" "note" "    | Rang her. Not at home after six."
hides shown "!" cy
at_desk bo case "$first" --unlabel housing --done Hearing --status waiting > shown
at_desk ada case "$first" --json > shown.json
shows shown.json '"status":"waiting"' '"labels":[]' '"deadlines":{}' '"alarms":[]' '"kind":"note"'
at_desk ada cases --status waiting > list
shows list "1 cases." "led by bo"
at_desk ada cases --lead ada > list
shows list "No cases."

# Who has read which account is for all of them to see, once.
at_desk ada open "$first" --out read > /dev/null
at_desk ada open "$first" --out "read again" > /dev/null
at_desk bo case "$first" > shown
[ "$(grep -c "ada        read the account ${first:0:12}" shown)" = 1 ] || fail "the reading log: $(cat shown)"

# What she added later is the same case.
echo more | as_reporter report --follow-up --exclude cy --codename-file codename > /dev/null
at_desk bo cases > list
shows list "2 cases."
at_desk bo case "$first" > shown
[ "$(grep -c "^20.*  new" shown)" = 2 ] || fail "two accounts are new to bo: $(cat shown)"

# A note for some is for those alone, and leaves no gap for the others.
echo "Advice: say nothing of it." | at_desk ada note "$second" --privileged --for bo > said
shows said "Only those whom you named"
at_desk ada note "$second" --text "For all three." > /dev/null
at_desk bo case "$second" > shown
shows shown "privileged note (only for ada, bo)" "Advice: say nothing of it." "For all three."
at_desk cy case "$second" > shown
shows shown "For all three."
hides shown Advice "!"

# Who may not read takes no part.
refused "cy may not read about this case" at_desk ada note "$first" --for cy --text "for cy"
refused "cy takes no part in this case" at_desk ada case "$first" --lead cy
refused "Say --yes if you mean it" at_desk cy recuse "$second"
at_desk cy recuse "$second" --yes > /dev/null
refused "you take no part in this case" at_desk cy note "$second" --text "once more"
at_desk ada note "$second" --text "Without cy." > /dev/null
at_desk ada case "$second" > shown
shows shown "Read by: ada, bo; recused: cy" "has recused herself"
at_desk cy case "$second" > shown
hides shown "Without cy."

# Mistakes are said before anything is sent.
refused "the status of a case is" at_desk ada case "$first" --status lost
refused "is not NAME=DAY" at_desk ada case "$first" --deadline "Hearing"
refused "this is longer than an event may be" at_desk ada note "$first" --text "$(head -c 13000 /dev/zero | tr '\0' x)"
refused "that is not a case" at_desk ada case 00

# What was said goes into the evidence; what is privileged only if it is asked for.
at_desk ada export "$second" --out bag > /dev/null
shows bag/data/history.json "For all three." '"kind": "recused"' '"privileged": "left out"'
hides bag/data/history.json "Advice: say nothing of it."
hides bag/data/history.html "Advice: say nothing of it."
at_desk ada export "$second" --with-privileged --out "bag for her lawyer" > /dev/null
shows "bag for her lawyer/data/history.json" "Advice: say nothing of it." '"privileged": "included"'
"$candour" verify bag --pin root.pin > said || fail "verify: $(cat said)"

# Nothing of it lies open on the server or on her machine.
if grep -rqE "Rang her|Advice: say|Quaxington|For all three" data machine-*; then fail "words lie in the clear"; fi
[ "$(stat -c %a "$(find machine-ada -name cases.age)")" = 600 ] || fail "what is kept can be read by others"

# What is kept may go: all of it comes again.
at_desk ada case "$first" > kept
rm -r machine-ada
at_desk ada case "$first" > anew
cmp kept anew || fail "it is another case without what was kept: $(diff kept anew)"
copy=$(find machine-ada -name cases.age)
cp "$copy" whole.age
printf x | dd of="$copy" bs=1 seek=200 conv=notrunc 2> /dev/null
refused "Delete it: everything in it is fetched and opened again" at_desk ada cases
cp "$(find machine-bo -name cases.age)" "$copy"
refused "is damaged, or is another key's" at_desk ada cases
cp whole.age "$copy"

# Of who is revoked remains what a colleague built upon; at the next request she gets nothing.
at_desk ada note "$first" --text "Agreed." > /dev/null
at_desk bo note "$first" --text "Nobody has built upon this one." > /dev/null
"$candour" roster revoke roster.json --id bo > /dev/null
publish_roster
refused "the desk refuses the sign-in" at_desk bo cases
at_desk ada case "$first" > shown
shows shown "Status: waiting" "Led by: bo, who takes no part any more" "Read by: ada" "By somebody who was revoked" "    | Nobody has built upon this one."
at_desk ada note "$first" --text "I go on alone." > /dev/null
at_desk ada case "$first" > shown
shows shown "By somebody who was revoked"
echo "all as it should be"
