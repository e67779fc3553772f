#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# naming.sh CANDOUR CANDOURD: reports that name the same person, from the terminal: with a real server and a real key holder beside it.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
match_reports ada,bo
publish_roster

codename_of() { grep -o '"codename":"[a-z -]*' "$1" | cut -d'"' -f4; }
id_of() { grep -o '"report":"[0-9a-f]*' "$1" | cut -d'"' -f4; }
report() { # report FILE OPTIONS…: its lines of JSON into FILE, its words into FILE.err
  local to=$1
  shift
  echo "What happened, for $to." | as_reporter report --json "$@" > "$to" 2> "$to.err" || fail "report $to: $(cat "$to" "$to.err")"
  [ "${1:-}" = --follow-up ] || codename_of "$to" > "$to.codename"
}

# No key holder: what is not held is stored all the same, what is held nobody can ever read, and she is told.
report alone --wait 0
shows alone.err "not compared with others: the key holders have not answered in time"
shows alone '"compared":false'
refused "NOBODY can ever read it" as_reporter report --text words --names "phone: 07700 900199" --hold 2 --wait 0
refused "send the same again without --hold and --contact-first" as_reporter report --text words --names "phone: 07700 900199" --hold 2 --wait 0
shows refused.out "Sent, and safely stored" "It is not done before this says so"

# What cannot be is refused before anything is sent.
before=$(as_caseworker ada inbox --json)
refused "nothing is held back without a name" as_reporter report --text words --hold 3
refused "cannot be held back" as_reporter report --text words --follow-up --exclude-nobody --codename-file alone.codename \
  --names "phone: 07700900123" --hold 2
printf '\n' > nothing
refused "are empty" as_reporter report --text words --names "phone: 07700900123" --contact-first nothing
refused "name 1 (phone), number: This is not a whole phone number" as_reporter report --text words --names "phone: Sorensen"
hides refused.err Sorensen
refused "nobody is left who can receive" as_reporter report --text words --names "phone: 07700900123" --hold 2 --exclude ada --exclude bo
[ "$before" = "$(as_caseworker ada inbox --json)" ] || fail "something was sent"

start_keyholder
report silent
shows silent '"compared":true'
hides silent compared_as
report several --names "collar-number: Gwent; 4711" --names "phone: 07700 900 123"
shows several '"compared_as":["collar-number: gwent; 4711","phone: +447700900123"]' '"compared":true'
printf 'phone: +44 7700 900123\nemail: Robin@post.example\n' > names
report held --names-file names --hold 2
shows held '"compared":true'
report follow_up --follow-up --exclude-nobody --codename-file silent.codename
shows follow_up '"compared":true'
echo "Ring my sister." > contact
report asked_first --names "phone: 07700900123" --contact-first contact
shows asked_first '"compared":true'
echo words | as_reporter report --names "phone: 07700900123" --hold 3 > said 2> said.err
shows said "Held back: nobody can read this before two more reports name the same person." "It will be compared as:" \
  "    phone: +447700900123" "Done: it is held back"

# Nobody opens what is held with her key alone; what is not held opens as ever.
as_caseworker ada open "$(id_of several)" --out opened > /dev/null
for held in held asked_first; do
  for who in ada bo cy; do
    as_caseworker $who fetch "$(id_of $held)" --out "$held-$who.age" > /dev/null
    if as_caseworker $who open "$(id_of $held)" --out "$held-$who" > /dev/null 2>&1; then fail "$who opened what $held holds"; fi
  done
done

# A release goes with a follow-up, for all ids of the codename.
report released --follow-up --release --exclude-nobody --codename-file asked_first.codename
as_caseworker ada open "$(id_of released)" --out released-open > /dev/null
[ "$(grep -o '"release":' released-open/report.json | wc -l)" = 8 ] || fail "not eight releases"
shows released-open/report.json "$(id_of asked_first)"

# What they have named finds each other at the desk, from the report to the match by the tools alone.
matches() { at_desk ada match --json > matches.json; }
# in_matches PYTHON: about `state`, by reports, and `authors`, of each match.
in_matches() {
  python3 - "$1" << 'END' || fail "not '$1' but: $(cat matches.json)"
import json, sys
all = json.load(open("matches.json"))
state = {one["report"]: one["state"] for match in all["matches"] for one in match["reports"]}
authors = [match["authors"] for match in all["matches"]]
sys.exit(0 if eval(sys.argv[1]) else 1)
END
}
report other_name --names "email: nobody.else@post.example"
matches
in_matches "authors and '$(id_of silent)' not in state and '$(id_of other_name)' not in state and '$(id_of several)' in state"
in_matches "state['$(id_of held)'] == 'opened' and state['$(id_of several)'] == 'sent'"
# The one who asks to be asked first has handed over her release above.
in_matches "state['$(id_of asked_first)'] == 'opened'"
at_desk ada open "$(id_of held)" --out held-open > /dev/null
shows held-open/report.json "What happened, for held."

# One author is one, under a follow-up too; three are waited for where that was chosen; asked first is shut until she releases it.
report alone_twice --names "registration-mark: AB12 CDE" --hold 2
report again --follow-up --exclude-nobody --codename-file alone_twice.codename --names "registration-mark: AB12 CDE"
report three_one --names "warrant-number: Gwent; 234567" --hold 3
report three_two --names "warrant-number: gwent police; 0234567" --hold 3 --contact-first contact
matches
in_matches "'$(id_of alone_twice)' not in state and '$(id_of again)' not in state"
in_matches "state['$(id_of three_one)'] == state['$(id_of three_two)'] == 'held'"
report three_three --names "warrant-number: gwent; PC 234567"
matches
in_matches "state['$(id_of three_one)'] == 'opened' and state['$(id_of three_two)'] == 'asks_first'"
at_desk ada match --json --show-contacts > matches.json
shows matches.json "Ring my sister."
report lets_open --follow-up --release --exclude-nobody --codename-file three_two.codename
matches
in_matches "state['$(id_of three_two)'] == 'opened'"
at_desk ada open "$(id_of three_two)" --out three-open > /dev/null
shows three-open/report.json "What happened, for three_two."
echo "all as it should be"
