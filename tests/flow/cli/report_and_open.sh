#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# report_and_open.sh CANDOUR CANDOURD: from the key ceremony to a read report, with nothing but the tool, a real
# server and stock age.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation
start_server

head -c 3000000 /dev/urandom > "IMG 0042.JPG"
printf 'He said \u202enothing.\n' | as_reporter report --desk legal --exclude cy --attach "IMG 0042.JPG" --receipt receipt.note > sent
echo "Only words." | as_reporter report --desk legal --json > sent.json

# The codename comes before the receipt; the receipt is good, and for what the server holds.
[ "$(grep -n 'codename' sent | head -1 | cut -d: -f1)" -lt "$(grep -n 'receipt' sent | head -1 | cut -d: -f1)" ] || fail "codename after receipt"
[ "$(head -1 sent.json | grep -oE '[a-z-]+ [a-z -]+' | tail -1 | wc -w)" = 8 ] || fail "no codename of eight words in $(head -1 sent.json)"
refused "nothing is overwritten" as_reporter report --desk legal --text "Twice." --receipt receipt.note
id=$(grep -o 'report [0-9a-f]\{64\}' receipt.note | cut -d' ' -f2)

as_caseworker ada inbox > inbox
grep -q "$id" inbox || fail "ada does not see the report"
grep -q '2 reports, 2 new' inbox || fail "ada's inbox: $(cat inbox)"
as_caseworker cy inbox > inbox
if grep -q "$id" inbox; then fail "cy, excluded, sees the report"; fi
refused "no such report" as_caseworker cy open "${id:0:12}" --out stolen

as_caseworker ada fetch "${id:0:12}" --out report.age > /dev/null
"$candour" verify-receipt receipt.note --roster roster.note --pin root.pin --file report.age > verified
grep -q "Good" verified || fail "receipt"
cp report.age changed.age
printf 'no sealed bytes are these' | dd of=changed.age bs=1 seek=200000 conv=notrunc status=none
refused "replaced or changed" "$candour" verify-receipt receipt.note --roster roster.note --pin root.pin --file changed.age
refused "damaged" "$candour" open --file changed.age --key ada.key --out changed
[ -z "$(find . -name 'changed*' ! -name changed.age)" ] || fail "a refused report left files behind"

# Opened by the tool from the server, by the tool from a file, and by stock age and tar: the same bytes.
as_caseworker ada open "${id:0:12}" --out opened --pin root.pin > summary 2> warnings || fail "open: $(cat warnings)"
cmp "IMG 0042.JPG" opened/attachments/001.jpg || fail "the attachment differs"
[ "$(stat -c %a opened opened/attachments opened/report.json opened/attachments/001.jpg | sort -u | tr '\n' ' ')" = "600 700 " ] || fail "modes"
grep -qF 'He said \u{202e}nothing.' summary || fail "the direction override was not made visible: $(cat summary)"
if grep -q "$(printf '\u202e')" summary; then fail "a direction override reached the terminal"; fi
grep -qF '"IMG 0042.JPG"' summary || fail "the attachment's own name is missing"
grep -qF "Sealed by its author to: ada, bo. Excluded: cy." summary || fail "audience: $(cat summary)"
as_caseworker ada inbox > inbox
grep -q '2 reports, 1 new' inbox || fail "opened, but not seen"
refused "nothing is overwritten" as_caseworker ada open "$id" --out opened
"$candour" open "$id" --file report.age --key bo.key --out opened-bo > /dev/null
cmp opened/report.json opened-bo/report.json || fail "report.json differs"
refused "Nothing of it was kept" "$candour" open "$id" --file report.age --key cy.key --out opened-cy
head -c 1000000 report.age > short.age
refused "Nothing of it was kept" "$candour" open --file short.age --key ada.key --out short

"$candour" unseal -i ada.key < report.age > report.tar
mkdir stock && tar -xf report.tar -C stock
cmp "IMG 0042.JPG" stock/attachments/001.jpg || fail "tar found something else"

# An insider re-seals: altered; the same to somebody excluded; the same under another id.
cy_recipient=$(grep -o 'age1pq1[a-z0-9]*' cy.card | head -1)
ada_recipient=$(grep -o 'age1pq1[a-z0-9]*' ada.card | head -1)
"$candour" seal -r "$cy_recipient" < report.tar > for-cy.age
refused "somebody has sealed it again" "$candour" open --file for-cy.age --key cy.key --out for-cy
sed 's/He said/We said/' report.tar > altered.tar
"$candour" seal -r "$ada_recipient" < altered.tar > altered.age
refused "Nothing of it was kept" "$candour" open --file altered.age --key ada.key --out altered
other=$(grep -o '"report":"[0-9a-f]*' sent.json | cut -d'"' -f4)
refused "copy of another report" "$candour" open "$other" --file report.age --key ada.key --out other
[ -z "$(find . -name '*unverified*')" ] || fail "an unverified folder was left behind"
echo "done: $(wc -c < report.age) bytes sealed"
