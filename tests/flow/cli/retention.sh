#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# retention.sh CANDOUR CANDOURD: the end of a report by the tool's own commands (docs/spec/retention.md): closed, held,
# lifted and erased by two, withdrawn by its reporter; and what is refused, each in words that say what to do.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

# arrive FILE: a report for ada and bo; its id in $id, its codename in FILE.
arrive() {
  echo words | as_reporter report --exclude cy --json > sent
  id=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
  grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > "$1"
}
see() { as_caseworker bo open "$id" --out "opened-$id" > /dev/null; }
# inbox_shows WHO WORDS: WHO's inbox has WORDS beside the report.
inbox_shows() { as_caseworker "$1" inbox | grep -F "$id" | grep -qF -- "$2" || fail "not '$2' but: $(as_caseworker "$1" inbox)"; }
by_two() { as_caseworker ada "$1" "$id" --out "$2" > said && as_caseworker bo "$1" "$id" --note "$2" > said; }
as_withdrawer() { "$candour" withdraw --server "unix:$test_folder/reporter.sock" "$@"; }

# Nobody has opened it: it is neither closed nor erased, also not by two.
arrive codename
refused "Open it first." as_caseworker ada close "$id"
refused "Open it first." by_two erase unopened.note
see
[ "$(as_caseworker bo inbox | grep -F "$id" | tail -c 65)" = "$id" ] || fail "marks on a new report: $(as_caseworker bo inbox)"

# Closed, reopened, and closed again by a shortened id; years, and a day that her colleague sees.
as_caseworker ada close "${id:0:8}" > said
kept=$(grep -o 'closed, kept until [0-9-]*' said) || fail "close: $(cat said)"
[[ ${kept##* } > $(date -u -d '+5 years' +%F) ]] || fail "closed for too short: $kept"
inbox_shows bo "$kept"
as_caseworker bo reopen "$id" > said
grep -qF "open, and nobody holds it" said || fail "reopen: $(cat said)"
as_caseworker bo close "$id" --json > closed.json
as_caseworker bo inbox --json > inbox.json
python3 -c 'import json; one, [same] = json.load(open("closed.json")), json.load(open("inbox.json"))["reports"]
assert one == same and one["closed"] and one["hold"] == [] and one["withdrawn"] is None, (one, same)' || fail "--json"
kept="closed, kept until $(grep -o '"closed":"[0-9-]*' closed.json | cut -d'"' -f4)"  # drawn anew

# Held by both: erased by nobody. Each lifts her own, or two lift all.
as_caseworker ada hold "$id" > /dev/null
as_caseworker bo hold "$id" > said
grep -qF "held by ada, bo" said || fail "hold: $(cat said)"
as_caseworker ada hold "$id" --undo > said
grep -qF "held by bo" said || fail "hold --undo: $(cat said)"
refused "While a caseworker holds a report it is not erased." by_two erase held.note
by_two lift lift.note
grep -qF "No hold is left." said || fail "lift: $(cat said)"
as_caseworker ada hold "$id" > /dev/null
refused "Somebody has set a hold since the note was begun." as_caseworker bo lift "$id" --note lift.note
as_caseworker ada hold "$id" --undo > /dev/null
inbox_shows ada "$kept"

# Withdrawn by its reporter: nobody erases it for 28 days, until she takes it back. The answer tells an invented codename nothing.
as_withdrawer --codename-file codename > said
echo "abacus abdomen abdominal abide abiding ability ablaze abnormal" > invented
as_withdrawer --codename-file invented > said-invented
cmp said said-invented || fail "withdraw tells which codename is true"
inbox_shows ada "its reporter asked on $(date -u +%F) to withdraw it"
refused "Nothing is erased until 28 days" as_caseworker bo erase "$id" --note held.note
# What was added to it is kept as long; what is somebody else's is not.
first=$id
echo more | as_reporter report --follow-up --exclude cy --codename-file codename --json > sent
id=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
see
refused "this was added by her. Nothing of hers is erased before $(date -u -d '+28 days' +%F)." as_caseworker ada erase "$id" --out added.note
followed=$id
arrive other
see
by_two erase other.note
id=$first
as_withdrawer --codename-file codename --undo > /dev/null
as_caseworker ada erase "$followed" --out added.note > /dev/null
as_withdrawer --codename-file codename > /dev/null
refused "this was added by her." as_caseworker bo erase "$followed" --note added.note
as_withdrawer --codename-file codename --undo > /dev/null
as_caseworker bo erase "$followed" --note added.note > /dev/null
refused "a codename has eight words: some are missing. Nothing was sent." as_withdrawer --codename-file <(echo abacus)
refused "a word is not in the list: check each word. Nothing was sent." as_withdrawer --codename-file <(echo one two three four five six seven zzz)
refused "perhaps it is the desk's" "$candour" withdraw --codename-file codename --server "unix:$test_folder/desk.sock"
refused "there is no terminal to ask for the codename. Use --codename-file." setsid -w "$candour" withdraw --server "unix:$test_folder/reporter.sock"

# One alone does not erase it, nor the same one twice, nor with somebody who may not read it; a note is for one report
# and one act, and for a week.
refused "it takes two. Use --out FILE" as_caseworker ada erase "$id"
refused "it takes two. Use --out FILE" as_caseworker ada erase "$id" --out x.note --note held.note
refused "you have signed it yourself, and it takes two. Give it to a colleague." as_caseworker ada erase "$id" --note held.note
refused "there is no such report for you" as_caseworker cy erase "$id" --note held.note
refused "held.note: is for \`candour erase\`. Nothing was signed." as_caseworker bo lift "$id" --note held.note
refused "there is no such file" as_caseworker bo erase "$id" --note none.note
refused "ada.card" as_caseworker bo erase "$id" --note ada.card
refused "nothing is overwritten" as_caseworker ada erase "$id" --out held.note
sed "s/^day .*/day $(date -u -d '-8 days' +%F)/" held.note > old.note
refused "is taken for a week. Begin again with --out." as_caseworker bo erase "$id" --note old.note
sed 's/candour.caseworker.ada/candour\/caseworker\/cy/' held.note > forged.note
refused "signed by two current caseworkers who can read" as_caseworker bo erase "$id" --note forged.note
first=$id
arrive other
see
refused "held.note: is for the report $first. Nothing was signed." as_caseworker bo erase "$id" --note held.note
id=$first

# Two erase it, with the note that was refused for a hold; the other one stays.
as_caseworker bo erase "$id" --note held.note > said
grep -qF "Erased from the server." said || fail "erase: $(cat said)"
refused "there is no such report for you" as_caseworker ada open "$id" --out gone
as_caseworker ada inbox > left
grep -qF "1 reports" left || fail "the inbox after erasing: $(cat left)"
as_withdrawer --codename-file codename > said-erased
cmp said-erased said-invented || fail "withdraw tells that a report is gone"
echo "all as it should be"
