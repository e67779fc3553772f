#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# mistakes.sh CANDOUR CANDOURD: what people get wrong, each answered with the cause and what to do, nothing half done.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
desk=(--server "unix:$test_folder/desk.sock" --origin http://desk.test)

# Files that are not there, may not be written, or are of another kind.
refused "none.age: there is no such file. Check" "$candour" open --file none.age --key ada.key --out x
refused "none.key: there is no such file. Check" "$candour" inbox "${desk[@]}" --key none.key
refused "none: there is no such file. Check" "$candour" root init --label x --out x.key --passphrase-file none
refused "none.pin: there is no such file. Check" "$candour" roster verify roster.note --pin none.pin
refused "none.card: there is no such file. Check" "$candour" roster add roster.json --card none.card --desk legal
refused "none.txt: there is no such file. Check" "$candour" seal -R none.txt
refused "none.json: there is no such file. Check" as_reporter report --answers none.json
refused "none.jpg: there is no such file. Check" as_reporter report --text x --attach none.jpg
refused "Make it first (mkdir)" as_reporter report --text x --receipt no/where
refused "Make it first (mkdir)" as_caseworker ada fetch 00000000 --out no/where
refused "is a folder. Name a file." "$candour" fingerprint pages
refused "root.pin: is a pin file, but a caseworker's card is expected" "$candour" roster add roster.json --card root.pin --desk legal
refused "ada.card: is a caseworker's card, but a pin file is expected" "$candour" roster verify roster.note --pin ada.card
refused "ada.card: is a caseworker's card, but a key file is expected" "$candour" inbox "${desk[@]}" --key ada.card
refused "root.key: is a root key, but a caseworker's key is expected" "$candour" inbox "${desk[@]}" --key root.key
refused "ada.key: is a key file, but a caseworker's card is expected" "$candour" roster add roster.json --card ada.key --desk legal
refused "roster.note: is a signed roster, but a roster's draft is expected" "$candour" roster revoke roster.note --id ada
refused "ada.card: is a caseworker's card, but the public half" "$candour" root pin --quorum 1 --out x.pin ada.card
refused "ada.card: is a caseworker's card, but a sealed file is expected" "$candour" open --file ada.card --key ada.key --out x
refused "ada.card: is not a list of recipients" "$candour" seal -R ada.card

# Addresses.
refused "--proxy nonsense: is not HOST:PORT" "$candour" report --server http://x.onion --pin root.pin --proxy nonsense
refused "--proxy nonsense: is not HOST:PORT" "$candour" inbox "${desk[@]}" --key ada.key --passphrase-file none --proxy nonsense
refused "perhaps it is the one for reporters" "$candour" inbox --server "unix:$test_folder/reporter.sock" --key ada.key
refused "perhaps it is the desk's" "$candour" report --server "unix:$test_folder/desk.sock" --pin root.pin --text x
refused "the desk refuses the sign-in. candour/caseworker/ada signed for the origin http://other.test" \
  "$candour" inbox --server "unix:$test_folder/desk.sock" --origin http://other.test --key ada.key

# A draft that nobody could mend is not made.
key=$(grep -o 'candour/receipt/[^ ]*' init.out)
refused "--service: is empty" "$candour" roster new --service "" --public-name Notes --receipt-key "$key" --out x.json
refused "--public-name: is empty" "$candour" roster new --service S --public-name " " --receipt-key "$key" --out x.json
refused "--name: is empty" "$candour" roster desk roster.json --id x --name "" --description d
refused "--description: is empty" "$candour" roster desk roster.json --id x --name n --description ""
refused "50 more than the 200 that fit" "$candour" roster desk roster.json --id x --name "$(printf 'x%.0s' {1..250})" --description d
refused "--name: must be one line" "$candour" caseworker create --id x --name $'two\nlines'
[ ! -e x.json ] && [ ! -e x.key ] || fail "something was made"

# Signing a note again.
refused "its version and days stand" "$candour" roster sign roster.note --key root.key --out x.note --days 10
refused "its version and days stand" "$candour" roster sign roster.note --key root.key --out x.note --after roster.note
"$candour" root init --label beth --out beth.key > /dev/null
"$candour" root pin --quorum 2 --out both.pin root.pub beth.pub > /dev/null
"$candour" roster sign roster.note --key beth.key --out both.note --pin both.pin > out 2> err
grep -qF "Signed by: candour/root-key/main, candour/root-key/beth: 2 of the 2 that must sign." out || fail "signers: $(cat out)"

# Two of a desk with one name; warnings come after what is on stdout, also in one file.
cp roster.json twins.json
"$candour" caseworker create --id ada2 --name "ada " > /dev/null
"$candour" roster add twins.json --card ada2.card --desk legal > /dev/null
"$candour" roster show twins.json > both 2>&1
grep -qF "ada and ada2 have the same name" both || fail "no warning: $(cat both)"
[ "$(grep -n warning both | head -1 | cut -d: -f1)" -gt "$(grep -nv warning both | tail -1 | cut -d: -f1)" ] || fail "order: $(cat both)"

# Too much, and nobody of that name.
head -c 12130 /dev/zero | tr '\0' x > long
refused "12130 characters, 130 more than the 12000" bash -c 'exec "$@" < long' _ "$candour" report \
  --server "unix:$test_folder/reporter.sock" --pin root.pin
refused "--exclude zed: nobody at the desk legal is called so. Use the short name of one of: ada (Ada), bo (Bo), cy (Cy)." \
  as_reporter report --text x --exclude zed

# A full disk.
head -c 3000000 /dev/urandom > big.bin
echo words | as_reporter report --attach big.bin > /dev/null
as_caseworker ada inbox > inbox
id=$(grep -o '[0-9a-f]\{64\}' inbox)
refused "opened: the file becomes larger than is allowed here. Choose a folder on another disk" bash -c 'ulimit -f 1000; exec "$@"' _ \
  "$candour" open "$id" "${desk[@]}" --key ada.key --out opened
refused "sealed.age: the file becomes larger" bash -c 'ulimit -f 1000; exec "$@"' _ "$candour" fetch "$id" "${desk[@]}" --key ada.key --out sealed.age
[ -z "$(find . -name '*unverified*' -o -name '*.tmp' -o -name opened -o -name sealed.age)" ] || fail "left behind: $(find .)"

# A server that shows an old roster: whoever was revoked is named when the report is opened.
as_caseworker bo open "$id" --out first --pin root.pin > /dev/null 2> err
if grep -q warning err; then fail "an alarm without reason: $(cat err)"; fi
"$candour" fetch "$id" "${desk[@]}" --key ada.key --out report.age > /dev/null
"$candour" roster revoke roster.json --id bo > /dev/null
"$candour" roster sign roster.json --key root.key --out newer.note > /dev/null 2>&1
"$candour" open --file report.age --key bo.key --roster newer.note --pin root.pin --out second > /dev/null 2> err
grep -qF "may have shown its author an old one" err || fail "no warning about the roster: $(cat err)"
grep -qF "bo, whose key opened this, has been revoked" err || fail "no warning about the reader: $(cat err)"
"$candour" open --file report.age --key ada.key --roster newer.note --pin root.pin --out third > /dev/null 2> err
grep -qF "bo, to whom the report is sealed too, has been revoked" err || fail "no warning about another reader: $(cat err)"
echo "all as it should be"
