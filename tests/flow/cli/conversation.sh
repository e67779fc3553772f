#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# conversation.sh CANDOUR CANDOURD: report, reply, messages, follow-up and reply again, over a real server and its own drops. What a
# server could do to them is in messages.sh.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
messages() { as_reporter messages --codename-file "$1" --slots 1 > shown.txt; }

echo words | as_reporter report --exclude cy --json > sent
id=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > codename
echo "abacus abdomen abdominal abide abiding ability ablaze abnormal" > invented
messages codename
cp shown.txt empty.txt
messages invented
cmp shown.txt empty.txt || fail "an invented codename is told by the words"

echo "We have read it." | as_caseworker ada reply "$id" > said
grep -qF "Sent as your reply 0 to" said || fail "reply: $(cat said)"
as_caseworker ada reply "$id" --text "Second." > said
grep -qF "Sent as your reply 1 to" said || fail "the place that is taken was not passed over: $(cat said)"
as_caseworker bo open "$id" --no-seen --out quietly > said
if grep -qF "its author can see" said; then fail "--no-seen told the author"; fi
as_caseworker bo open "$id" --out first > said
grep -qF "Within the hour its author can see that you have opened it." said || fail "open: $(cat said)"
as_caseworker bo open "$id" --out again > said
if grep -qF "its author can see" said; then fail "the author is told twice"; fi
messages codename
cmp shown.txt empty.txt || fail "the index tells of a reply before its hour: $(cat shown.txt)"
start_again
messages codename
for words in "Bo (bo) has opened your report." "from Ada (ada):" "    We have read it." "    Second."; do
  grep -qF "$words" shown.txt || fail "not '$words' but: $(cat shown.txt)"
done
messages invented
cmp shown.txt empty.txt || fail "an invented codename shows: $(cat shown.txt)"

as_caseworker ada reply "$id" --remove 1 > /dev/null
refused "there is no reply 1 of yours" as_caseworker ada reply "$id" --remove 1
echo more | as_reporter report --follow-up --exclude cy --codename-file codename --json > followed
second=$(grep -o '"report":"[0-9a-f]*' followed | cut -d'"' -f4)
as_caseworker bo reply "$second" --opened > said
grep -qF "Sent as your reply 1 to" said || fail "opened, said by hand: $(cat said)"
as_caseworker ada reply "$second" --text "To your second." > said
grep -qF "Sent as your reply 1 to" said || fail "the free number: $(cat said)"
start_again
messages codename
grep -qF "To your second." shown.txt || fail "not in the same box: $(cat shown.txt)"
if grep -qF "Second." shown.txt; then fail "what was taken back is shown"; fi

# A file goes along in drops of its own; she has it only when she asks for it, whole or not at all.
head -c 50000 /dev/urandom > "Letter to you.PDF"
head -c 600000 /dev/zero > large
: > empty
refused "larger" as_caseworker ada reply "$id" --text "Look." --attach large
refused "the file has 0 bytes" as_caseworker ada reply "$id" --text "Look." --attach empty
head -c 13501 /dev/zero | tr '\0' w > long
refused "1 more than the 13500" as_caseworker ada reply "$id" --text "$(cat long)" --attach "Letter to you.PDF"
as_caseworker ada reply "$id" --text "Sign page two." --attach "Letter to you.PDF" --json > said
number=$(grep -o '"number":[0-9]*' said | cut -d: -f2)
start_again
as_reporter messages --codename-file codename --slots 3 > shown.txt
grep -qF "With a file: Letter to you.PDF (50000 bytes)." shown.txt || fail "no word of the file: $(cat shown.txt)"
as_reporter messages --codename-file codename --slots 3 --files got > shown.txt
cmp "got/ada-$number.pdf" "Letter to you.PDF" || fail "another file"
as_reporter messages --codename-file codename --slots 3 --json | grep -q '"file":{"name":"Letter to you.PDF","bytes":50000' || fail "no file in JSON"
as_caseworker ada reply "$id" --remove "$number" > /dev/null
refused "no file came with these messages" as_reporter messages --codename-file codename --slots 3 --files gone
[ ! -e gone ] || fail "a folder was left"
as_caseworker ada reply "$id" --text "Without." > said
as_caseworker ada reply "$id" --text "Again." --attach "Letter to you.PDF" > /dev/null

"$candour" withdraw --server "unix:$test_folder/reporter.sock" --codename-file codename > /dev/null
messages codename
grep -qF "To your second." shown.txt || fail "a withdrawal took the replies: $(cat shown.txt)"
echo "all as it should be"
