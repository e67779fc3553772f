#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# desk_page.sh CANDOUR CANDOURD: `candour desk`, spoken with as its page does it, and as other pages and programs would like to
# (docs/spec/desk.md): desk_page.py, with an organisation, three reports, and a steward who revokes somebody meanwhile.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

mkdir attached
printf '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' > attached/drawing.svg
printf '\x89PNG\r\n\x1a\nnot really' > attached/picture.png
printf 'plain words\n' > $'attached/\u202egpj.exe'
printf 'MZ\x90\x00\x03' > attached/photo.jpg
echo '{"what_happened": "He has a <b>key</b>.", "his_surname": "Quaxington", "contact": "yes", "contact_when": "Mornings"}' > first.json
as_reporter report --answers first.json --exclude cy --json --attach attached/drawing.svg --attach attached/picture.png \
  --attach $'attached/\u202egpj.exe' --attach attached/photo.jpg > sent
grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4 > first
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > codename
echo "Another one." | as_reporter report --json > sent
mkdir desk-pages
echo '<!doctype html><title>Desk</title>' > desk-pages/index.html

# What the steward does, when the test asks for it.
revoke_ada() {
  "$candour" roster revoke roster.json --id ada > /dev/null
  mv roster.note roster.old
  "$candour" roster sign roster.json --key root.key --out roster.note > /dev/null 2>&1
  kill -HUP "$server_id"
}
trap revoke_ada USR1
XDG_STATE_HOME=$test_folder/machine CANDOUR=$candour STEWARD=$$ python3 -B "$here/desk_page.py" &
test_id=$!
status=0
while :; do
  status=0
  wait "$test_id" || status=$?
  kill -0 "$test_id" 2>/dev/null || break
done
[ "$status" = 0 ] || fail "desk_page.py"
start_again  # ada, who answered as well, is believed no more
as_reporter messages --codename-file codename > messages
grep -q "Thank you for writing" messages || fail "she cannot read the reply: $(cat messages)"
[ "$(grep -c "has opened your report" messages)" = 1 ] || fail "she is not told once that it was opened: $(cat messages)"
