#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# messages.sh CANDOUR CANDOURD: a conversation by the tool's own commands, on a server that does with its drops what it likes:
# replies are read by their one reader alone, and nothing that another put there is shown (docs/spec/drops.md).
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
mv desk.sock real-desk.sock
mv reporter.sock real-reporter.sock
python3 "$here/drop_server.py" "$test_folder/drops" "$test_folder/reporter.sock" "$test_folder/desk.sock" \
  "$test_folder/real-reporter.sock" "$test_folder/real-desk.sock" &
false_id=$!
trap 'kill $false_id; clean_up' EXIT
for _ in $(seq 100); do [ -S desk.sock ] && [ -S reporter.sock ] && break; sleep 0.1; done
[ -S desk.sock ] || fail "the server in between did not start"

# arrive NAME: a report for ada and bo; its id in $id, its codename in the file NAME.
arrive() {
  echo words | as_reporter report --exclude cy --json > sent
  id=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
  grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > "$1"
}
messages() { as_reporter messages --codename-file "$1" "${@:2}" > shown.txt; }
shown() { grep -qF -- "$1" shown.txt || fail "not '$1' but: $(cat shown.txt)"; }
not_shown() { if grep -qF -- "$1" shown.txt; then fail "'$1' is shown: $(cat shown.txt)"; fi; }
# The one tag that was not there at the last call, in $tag.
tags_before=
new_tag() {
  tag=$(comm -13 <(echo "$tags_before") <(find drops -name '????????????????' -printf '%f\n' | sort))
  tags_before=$(find drops -name '????????????????' -printf '%f\n' | sort)
}

arrive quiet
arrive codename
printf 'We have read it.\r\n\n\tWhen is it \u202esafe?\n\n' | as_caseworker ada reply "${id:0:8}" > said
grep -qF "Sent as your reply 0 to report $id." said || fail "reply: $(cat said)"
new_tag
ada_0=$tag
as_caseworker bo reply "$id" --opened > said
new_tag
bo_0=$tag
as_caseworker ada reply "$id" --text "Second." --json > said
new_tag
ada_1=$tag
python3 -c 'import json, sys; said = json.load(open("said"))
assert said == {"report": sys.argv[1], "number": 1, "kind": "message", "day": said["day"]}, said' "$id" || fail "reply --json"
if grep -rqF -e "We have read it" -e "Second" drops data; then fail "the server holds a reply in the clear"; fi
[ "$(cat drops/"$ada_0" drops/"$bo_0" drops/"$ada_1" | wc -c)" = $((3 * 18043)) ] || fail "sizes"

# She reads them, in their order, each with who and day; what would move a terminal is made visible.
messages codename
shown "$(date -u +%F): Bo (bo) has opened your report."
shown "$(date -u +%F), from Ada (ada):"
shown '        When is it \u{202e}safe?'
[ "$(grep -n 'We have' shown.txt | cut -d: -f1)" -lt "$(grep -n Second shown.txt | cut -d: -f1)" ] || fail "order: $(cat shown.txt)"
messages codename --json
python3 -c 'import json; read = json.load(open("shown.txt"))
assert read["more"] == 0 and len(read["messages"]) == 3, read
assert sorted(read["messages"][0]) == ["caseworker", "day", "kind", "name", "number", "report", "text"], read
assert [m["text"] for m in read["messages"] if m["caseworker"] == "ada"] == ["We have read it.\n\n    When is it \u202esafe?", "Second."], read' ||
  fail "messages --json: $(cat shown.txt)"

# A codename with mail, one without, and an invented one: the same is asked, as often; and the last two read alike.
echo "abacus abdomen abdominal abide abiding ability ablaze abnormal" > invented
for who in codename quiet invented; do
  rm -f drops/asked
  messages "$who"
  mv drops/asked "asked-$who"
  mv shown.txt "answer-$who"
done
printf 'GET /v1/roster\nGET /v1/drops\n' > asked
for _ in $(seq 12); do echo "GET /v1/drops/TAG"; done >> asked
for who in codename quiet invented; do cmp asked "asked-$who" || fail "$who is told by what is asked: $(cat "asked-$who")"; done
cmp answer-quiet answer-invented || fail "an invented codename is told by the words"
grep -qF "No messages. If you expected some, check each word" answer-invented || fail "an empty box: $(cat answer-invented)"
rm -f drops/asked
messages invented --slots 1
[ "$(grep -c TAG drops/asked)" = 4 ] || fail "--slots"

# Taken back by who wrote it, and by nobody else; its number is free again, and the next reply takes it.
refused "there is no reply 1 of yours" as_caseworker bo reply "$id" --remove 1
as_caseworker ada reply "$id" --remove 0 > said
grep -qF "Its author may have read it before." said || fail "remove: $(cat said)"
refused "there is no reply 0 of yours" as_caseworker ada reply "$id" --remove 0
messages codename
not_shown "We have read it."
shown "Second."
as_caseworker ada reply "$id" --text "Once more." > said
grep -qF "Sent as your reply 0 to" said || fail "the free number: $(cat said)"

# What the server, or an insider who knows the place, puts there: one reply under another's number, another's in her place, garbage,
# half of one. Nothing of it is shown, and the rest still is.
cp drops/"$ada_0" drops/"$ada_1"
messages codename
[ "$(grep -cF "Once more." shown.txt)" = 1 ] || fail "a copy in another place: $(cat shown.txt)"
not_shown "Second."
cp drops/"$bo_0" drops/"$ada_1"
messages codename
[ "$(grep -cF "has opened your report" shown.txt)" = 1 ] || fail "bo in ada's place: $(cat shown.txt)"
head -c 18043 /dev/urandom > drops/"$ada_1"
messages codename
shown "Once more."
head -c 9000 drops/"$ada_0" > half
mv half drops/"$ada_1"
messages codename
shown "Once more."
rm drops/"$ada_1"
touch drops/small
refused "the index of drops is not as every Candour server's is" as_reporter messages --codename-file codename
rm drops/small

# She adds more: whom she left out before she must say again. The answer to it lies in the same box.
refused "whom did you leave out of your first report?" as_reporter report --follow-up --codename-file codename --text more
echo "And then?" | as_reporter report --follow-up --exclude cy --codename-file codename > said
if grep -qF -f codename said; then fail "the codename is shown again"; fi
as_caseworker ada inbox --json > inbox
second=
for one in $(grep -o '"id":"[0-9a-f]*' inbox | cut -d'"' -f4); do
  as_caseworker ada open "$one" --out "opened-$one" > summary
  if grep -qF "Follows up report $id" summary; then second=$one; fi
done
[ ${#second} = 64 ] || fail "no follow-up in $(cat inbox)"
as_caseworker bo reply "$second" --text "Thank you for this." > said
messages codename
shown "Thank you for this."
refused "there is no such report for you" as_caseworker cy reply "$second" --text x
[ ! -e state ] || fail "something of hers was kept: $(find state)"

# What cannot be sent or read is said before anything is.
refused "1 more than the 14000 that fit" as_caseworker ada reply "$id" --passphrase-file none --text "$(printf 'x%.0s' {1..14001})"
refused "a message has no words. Nothing was sent." as_caseworker ada reply "$id" --passphrase-file none --text " "
refused "control characters" as_caseworker ada reply "$id" --passphrase-file none --text $'\x1b[2J'
refused "some are missing. Nothing was sent." as_reporter messages --codename-file <(echo abacus)
refused "perhaps it is the desk's" "$candour" messages --server "unix:$test_folder/real-desk.sock" --pin root.pin --codename-file codename

# Ada is revoked: what she wrote is believed no more, whenever it says that it was written.
"$candour" roster revoke roster.json --id ada > /dev/null
publish_roster
messages codename
not_shown "from Ada"
shown "Thank you for this."
refused "the desk refuses the sign-in" as_caseworker ada reply "$id" --text "Still here."
echo "all as it should be"
