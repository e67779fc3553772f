#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# on_bail.sh CANDOUR CANDOURD: an officer who is on bail herself, since he has accused her. She writes to the lawyers alone; privileged advice,
# a hearing, what goes to court and what does not; searching; and at the end what was said is erased, and the report.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
"$candour" roster desk roster.json --id support --name "Support desk" --description "Advisers" > /dev/null
newcomer dee support
start_server
publish_roster

send() { as_reporter report --json --desk legal "$@" > sent; grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4; }
echo '{"what_happened": "Years ago.", "his_surname": "Brindle"}' > past.json
past=$(send --answers past.json)
cat > bail.json <<END
{"what_happened": "He told them that I hit him.", "his_role": "officer", "his_surname": "Tavernake", "his_force": "Northmoor", "you_police": "officer",
 "retaliation": ["arrest", "discipline"], "retaliation_date": "3 March, station bail", "retaliation_solicitor": "no"}
END
bail=$(send --exclude cy --answers bail.json)

# Neither who was left out nor the other desk has it.
for other in cy dee; do
  as_caseworker "$other" inbox > seen-by-other
  hides seen-by-other "$bail"
  refused "there is no such report for you" at_desk "$other" open "$bail" --out none
done
at_desk ada cases > list
shows list "Northmoor Tavernake"
at_desk ada open "$bail" --out bail > said
shows said "I was arrested or asked to come in" "3 March, station bail"

as_caseworker ada hold "$bail" > /dev/null
at_desk ada case "$bail" --status working --risk high --lead ada --label "bail" --deadline "Bail ends=2099-03-03" --deadline "Misconduct hearing=2099-05-20" > /dev/null
echo "Advice: she says nothing of the third of January." | at_desk ada note "$bail" --privileged > /dev/null
at_desk bo note "$bail" --text "Federation representative found." > /dev/null
at_desk bo case "$bail" > shown
shows shown "Deadline 2099-03-03: Bail ends" "Deadline 2099-05-20: Misconduct hearing" "privileged note" "Advice: she says nothing"
at_desk bo cases > list
shows list "next deadline 2099-03-03" "#bail"
refused "is not of the desk that the author chose" at_desk ada admit "$bail" dee --reason "needs a place to stay"

# For the hearing: what happened, without the advice. The bag with the advice in it is asked for by name.
at_desk bo export "$bail" --out hearing > /dev/null
shows hearing/data/history.json "Federation representative found." '"privileged": "left out"'
if grep -rqF "the third of January" hearing; then fail "privileged advice is in the bag"; fi
at_desk bo case "$bail" --done "Bail ends" > /dev/null
at_desk ada cases > list
shows list "next deadline 2099-05-20"

# Found by what is written in it, by those who may read it.
found() { at_desk "$1" cases --search "$2" --json | python3 -c 'import json, sys; print(*(one["accused"] for one in json.load(sys.stdin)["cases"]), sep="; ")'; }
found_is() { [ "$(found "$1" "$2")" = "$3" ] || fail "$1 searches for '$2' and finds '$(found "$1" "$2")'"; }
found_is ada "federation TAVERNAKE" "Northmoor Tavernake"
found_is ada "misconduct bail" "Northmoor Tavernake"
found_is ada "federation brindle" ""
found_is cy "tavernake" ""

# What was said is erased by two of those who can read it, and nothing else is by that note.
events() { at_desk "$1" case "$2" --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["events"]))'; }
for _ in 1 2 3; do at_desk ada note "$past" --text "Another case." > /dev/null; done
refused "it takes two. Use --out FILE" at_desk ada erase-events "$bail"
at_desk ada erase-events "$past" --out other.note > /dev/null
at_desk ada note "$bail" --for ada --text "For myself." > /dev/null
at_desk ada erase-events "$bail" --out said.note > said
shows said "Nothing has changed yet: it takes two." "candour erase-events"
refused "you have signed it yourself" at_desk ada erase-events "$bail" --note said.note
refused "names what was said about another case" at_desk bo erase-events "$bail" --note other.note
refused "is for \`candour erase-events\`" at_desk bo erase "$bail" --note said.note
refused "there is no such case for you" at_desk cy erase-events "$bail" --note said.note
before=$(events bo "$bail")
[ "$before" -gt 5 ] || fail "only $before events"
at_desk bo erase-events "$bail" --note said.note > said
shows said "$before events are erased" "1 were said to your colleague and not to you"
[ "$(events bo "$bail")" = 0 ] || fail "bo still has $(events bo "$bail") events"
# A new machine of hers has nothing to fetch but what she said to herself.
XDG_STATE_HOME=$test_folder/new-machine as_caseworker ada case "$bail" --json --pin root.pin > anew.json
shows anew.json "For myself."
hides anew.json "third of January" "Federation"
[ "$(events cy "$past")" = 3 ] || fail "another case has lost what was said"

# On the machine of whoever had no hand in it, it is said once, and what was said goes with the report, thirty days later: a server
# that lists less than it has must not make her forget.
kept() { stat -c %s "$test_folder"/machine-cy/candour/*/cy/cases.age; }
send --answers past.json > sent-id
at_desk cy cases > list
shows list "2 cases"
before=$(kept)
python3 "$here/false_desk.py" "$test_folder/false.sock" "$test_folder/desk.sock" lists-none &
false_id=$!
trap 'kill $false_id; clean_up' EXIT
until [ -S false.sock ]; do sleep 0.1; done
cy_later() { # cy_later DAYS SOCKET
  XDG_STATE_HOME=$test_folder/machine-cy faketime "+$1 days" "$candour" cases --server "unix:$test_folder/$2" --origin http://desk.test \
    --key cy.key --pin root.pin > list 2> warned
}
cy_later 0 false.sock
shows warned "is no longer at the server"
[ "$(kept)" -ge $((before - 100)) ] || fail "cy has forgotten what a false desk did not list: $(kept) of $before bytes"
kill "$false_id"
trap clean_up EXIT
cy_later 1 desk.sock
hides warned "is no longer"
cy_later 31 desk.sock
[ "$(kept)" -ge $((before - 100)) ] || fail "cy has forgotten what a false desk did not list: $(kept) of $before bytes"
before=$(kept)
at_desk bo open "$past" --out past > /dev/null
at_desk ada erase "$past" --out past.note > /dev/null
at_desk bo erase "$past" --note past.note > /dev/null
at_desk cy cases > list 2> warned
shows warned "is no longer at the server"
at_desk cy cases > list 2> warned
hides warned "is no longer at the server"
[ "$(kept)" -ge "$before" ] || fail "cy keeps $(kept) of $before bytes at once"
cy_later 29 desk.sock
[ "$(kept)" -ge "$before" ] || fail "cy keeps $(kept) of $before bytes too early"
for day in 31 31 60; do cy_later "$day" desk.sock; done # and it does not come back
[ "$(kept)" -lt $((before - 1000)) ] || fail "cy keeps $(kept) of $before bytes"
echo "all as it should be"
