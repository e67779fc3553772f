#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# matching.sh CANDOUR CANDOURD: reports that were held back, and what opens them: how many people it takes, what is shown of it and to whom, who is
# named for sending what is wrong, and that nobody is told by itself. The reports and companions are made by held_report.cpp.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
newcomer dee
python3 - "$("$HELD_REPORT" --public-key)" << 'END'
import json, pathlib, sys
draft = pathlib.Path("roster.json")
roster = json.loads(draft.read_text())
holder = {"number": 1, "public_share": sys.argv[1], "access": "A" * 43 + "="}
roster["matching"] = {"group": ["ada", "bo", "cy"], "public_key": sys.argv[1], "threshold": 1, "holders": [holder]}
draft.write_text(json.dumps(roster))
END
start_server
publish_roster

# reports WHO …: by whoever has this codename; bo's hand puts the companion.
reports() {
  local who=$1
  shift
  "$HELD_REPORT" --reporter "unix:$test_folder/reporter.sock" --pin root.pin --server "unix:$test_folder/desk.sock" --origin http://desk.test --key bo.key \
    --codename-file "$who.codename" "$@"
}
matches() { at_desk "$1" match --json "${@:2}" > matches.json; }
# in_matches PYTHON: about `all`, the answer, and `state`, by reports.
in_matches() {
  python3 - "$1" << 'END' || fail "not '$1' but: $(cat matches.json)"
import json, sys
all = json.load(open("matches.json"))
state = {one["report"]: one["state"] for match in all["matches"] for one in match["reports"]}
sys.exit(0 if eval(sys.argv[1]) else 1)
END
}

# Nobody can read it, and that is no fault of it.
before=$(reports zoe --text "Sent before anything was held.")
ann=$(reports ann --name brindle --name other-ann --hold 2 --text "Held by Ann." --exclude-from-companion cy)
at_desk ada cases > list 2> warned
shows list "held  ${ann:0:12}" "nobody can read it until somebody else names the same person" "1 cases."
hides warned "cannot be opened"
at_desk ada inbox > list
shows list "held: nobody can read it"
refused "this report is held: nobody can read it" at_desk ada open "$ann" --out none
[ ! -e none ] || fail "something of what is held was kept"
at_desk ada match > said
shows said "No matches." "held  ${ann:0:12}"
hides said "unverified"

# One person is one, under however many reports.
reports ann --number 1 --name brindle --hold 2 --exclude-from-companion cy > /dev/null
matches ada
in_matches 'all["matches"] == [] and len(all["held"]) == 2'

# Somebody else: both open, and neither author is told.
bea=$(reports bea --name someone --name brindle --hold 2 --text "Held by Bea.")
matches ada
in_matches "len(all['matches']) == 1 and all['matches'][0]['authors'] == 2 and state['$ann'] == state['$bea'] == 'opened' and all['held'] == [] and all['wrong'] == []"
shows matches.json "unverified lead" "the accused himself" "different caseworkers" "a lawyer, a second caseworker" "only open questions" "No automatic answer"
at_desk ada match > said
shows said "Match 1: 2 people name the same person" "was held back, and is opened by this match" "led by nobody" "* A match is an unverified lead"
for one in "$ann" "$bea"; do
  at_desk ada open "$one" --out "open-$one" > said
  shows said "Held by" "its author was not told"
  hides said "can see that you have opened it"
done
shows "open-$ann/report.json" "Held by Ann."
at_desk ada case "$ann" > shown
shows shown "part of a match" "read the account ${ann:0:12}"
at_desk ada cases > list
hides list "held  "
at_desk ada reply "$bea" --text "Only because a person decided to." > said

# Read again with what is kept here, on a new machine, and without a network.
at_desk ada open "$bea" --out again > /dev/null
XDG_STATE_HOME=$test_folder/new-machine as_caseworker ada open "$bea" --pin root.pin --out anew > /dev/null
at_desk ada export "$bea" --out bag > /dev/null
at_desk ada fetch "$bea" --out bea.age --handed-on bea.shares > /dev/null
"$candour" open "$bea" --file bea.age --handed-on bea.shares --pin root.pin --roster roster.note --key ada.key --out offline > said
shows offline/report.json "Held by Bea."
refused "does not open" "$candour" open "$bea" --file bea.age --key ada.key --out none

# Whom Ann left out sees no match, and hears of none by what her colleague has read.
at_desk cy cases > list 2> warned
shows list "held  ${bea:0:12}"
hides list "${ann:0:12}"
matches cy
in_matches 'all["matches"] == []'
# Who is not of the group cannot tell.
at_desk dee cases > list 2> warned
shows warned "only who is of the matching group can tell"
refused "you are not one of those who match reports here" at_desk dee match

# Three, where that was chosen: two are seen, and stay shut.
cat=$(reports cat --name three --hold 3)
dot=$(reports dot --name three --hold 3)
matches ada
in_matches "len(all['matches']) == 2 and state['$cat'] == state['$dot'] == 'held'"
eve=$(reports eve --name three)
matches ada
in_matches "state['$cat'] == state['$dot'] == 'opened' and state['$eve'] == 'sent'"

# Asked first: her words after the warning, and her report when she says so herself.
fay=$(reports fay --name first --hold 2 --contact "Ring 000, never at home.")
gil=$(reports gil --name first)
matches ada
in_matches "state['$fay'] == 'asks_first' and state['$gil'] == 'sent'"
hides matches.json "Ring 000"
at_desk ada match > said
hides said "Ring 000"
at_desk ada match --show-contacts > said
shows said "Ring 000, never at home." "somebody else has named the same person"
reports gil --number 70000 --release-of fay.codename > /dev/null
matches ada
in_matches "state['$fay'] == 'asks_first'"
reports fay --number 70000 --release-of fay.codename > /dev/null
matches ada
in_matches "state['$fay'] == 'opened'"
at_desk ada open "$fay" --out fay > /dev/null

# Who spoils hers is named, and nobody else is the worse for it.
hal=$(reports hal --name brindle --poisoned)
matches ada
in_matches "[one['report'] for one in all['wrong']] == ['$hal'] and state['$ann'] == state['$bea'] == 'opened'"
at_desk ada match 2> warned > /dev/null
shows warned "the companion of report ${hal:0:12} has a place that can match nobody"

# A companion that somebody else made for a report opens nothing.
ivy=$(reports ivy --name fourth --hold 2 --companion-of jan.codename)
reports kim --name fourth > /dev/null
matches ada
in_matches "[one['report'] for one in all['held']] == ['$ivy'] and '$ivy' in [one['report'] for one in all['wrong']] and '$ivy' not in state"
refused "this report is held" at_desk ada open "$ivy" --out none

# One person does not lead both.
at_desk ada case "$ann" --lead bo > /dev/null
at_desk ada case "$bea" --lead bo > /dev/null
at_desk ada match > said 2> warned
shows warned "bo leads more than one case of this match"

# What belongs to a report goes with its case.
at_desk ada erase-events "$before" --out gone.note > /dev/null
at_desk bo erase-events "$before" --note gone.note > said
shows said "1 events are erased"
echo "all as it should be"
