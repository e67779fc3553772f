#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# keyholder.sh CANDOUR CANDOURD: who holds the evaluation key. In the roster, at work, and shared out over several.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
holder=$CANDOUR_KEYHOLDER

# A key and its list. Neither is ever written over.
"$holder" init --key holder.key --out holders.json > init.out
[ "$(stat -c '%a %s' holder.key)" = "600 32" ] || fail "a key file: $(stat -c '%a %s' holder.key)"
shows init.out "candour roster matching roster.json --holders holders.json"
refused "is not overwritten" "$holder" init --key holder.key --out other.json
refused "nothing is overwritten" "$holder" init --key other.key --out holders.json
[ ! -e other.key ] && [ ! -e other.json ] || fail "something was left behind"

# Into the draft: as a whole, in parts, and out again.
refused "say who holds the key" "$candour" roster matching roster.json --holders holders.json
refused "there is no caseworker zed" "$candour" roster matching roster.json --holders holders.json --group ada,zed
"$candour" roster matching roster.json --holders holders.json --group bo,ada > matching.out 2> matching.err
shows matching.out "1 of 1 key holders evaluate, and 2 caseworkers match"
shows matching.err "cy reads at the desk legal and does not match"
"$candour" roster matching roster.json --group ada,bo,cy > /dev/null 2> matching.err
[ ! -s matching.err ] || fail "a warning for nobody: $(cat matching.err)"
"$candour" roster desk roster.json --id legal --name "Legal desk" --description "Solicitors" --threshold 2 > /dev/null
"$candour" roster matching roster.json --group ada,bo,cy 2>&1 > /dev/null | grep -qF "nothing can be held there" || fail "no warning about a desk that opens together"
"$candour" roster desk roster.json --id legal --name "Legal desk" --description "Solicitors" --threshold 1 > /dev/null
"$holder" init --key second.key --out second.json > /dev/null
refused "another key than the roster's" "$candour" roster matching roster.json --holders second.json
"$candour" roster matching roster.json --holders second.json --new-key > matching.out
shows matching.out "match none from before"
"$candour" roster matching roster.json --holders holders.json --new-key > /dev/null
sed 's/"threshold": 1/"threshold": 2/' holders.json > wrong.json
refused "threshold" "$candour" roster matching roster.json --holders wrong.json
"$candour" roster show roster.json > shown 2> /dev/null
shows shown "Matching: ada, bo, cy. 1 of 1 key holders evaluate."
cp roster.json matched.json
"$candour" roster matching roster.json --none > /dev/null
"$candour" roster show roster.json 2> /dev/null | grep -q Matching && fail "it still matches"
mv matched.json roster.json

# Shared out over three, of whom two are needed: each share is for one operator alone, who opens it with stock age.
hex_of() { od -An -v -tx1 "$1" | tr -d ' \n'; }
operators=()
for i in 1 2 3; do
  age-keygen -pq -o "operator-$i.txt" 2> /dev/null
  operators+=(--recipient "$(age-keygen -y "operator-$i.txt")")
done
"$candour" keyholder split holder.key --threshold 2 "${operators[@]}" --out shared > split.out
shows split.out "3 shares, of which 2 give what the key gives" "Erase it, with its copies"
hides split.out "$(hex_of holder.key)"
[ "$(stat -c %a shared)" = 700 ] && [ "$(ls shared | tr '\n' ' ')" = "holder-1.key.age holder-2.key.age holder-3.key.age holders.json " ] ||
  fail "what split wrote: $(ls -l shared)"
for i in 1 2 3; do
  (umask 077; age -d -i "operator-$i.txt" "shared/holder-$i.key.age" > "share-$i.key") || fail "stock age does not open share $i"
  [ "$(stat -c %s "share-$i.key")" = 32 ] || fail "share $i has $(stat -c %s "share-$i.key") bytes"
done
if age -d -i operator-1.txt shared/holder-2.key.age > /dev/null 2>&1; then fail "a share opens for another"; fi
refused "" "$candour" keyholder split holder.key --threshold 2 "${operators[@]}" --out shared
refused "named twice" "$candour" keyholder split holder.key --threshold 1 --recipient "$(age-keygen -y operator-1.txt)" --recipient "$(age-keygen -y operator-1.txt)" --out other
refused "no more than all are needed" "$candour" keyholder split holder.key --threshold 4 "${operators[@]}" --out other
[ ! -e other ] && [ -z "$(find . -name '*.unverified-*')" ] || fail "something was left behind"

# The same key, so nothing that was matched is lost, and the roster takes it without --new-key. Any two shares give what it gives.
"$candour" roster matching roster.json --holders shared/holders.json > matching.out
shows matching.out "2 of 3 key holders evaluate"
"$candour" roster sign roster.json --key root.key --out shared.note > /dev/null 2>&1
for pair in "1 2" "1 3" "2 3"; do
  shares=()
  for i in $pair; do shares+=(--share "share-$i.key"); done
  "$candour" keyholder split "${shares[@]}" --roster shared.note --pin root.pin --threshold 1 --recipient "$(age-keygen -y operator-1.txt)" --out "joined ${pair}" > /dev/null
  age -d -i operator-1.txt "joined ${pair}/holder-1.key.age" | cmp - holder.key || fail "shares $pair do not give the key"
done
refused "it takes 2 shares, and 1 are here" "$candour" keyholder split --share share-1.key --roster shared.note --pin root.pin --threshold 1 "${operators[@]:0:2}" --out other
refused "name the key, or shares of it" "$candour" keyholder split --threshold 1 "${operators[@]:0:2}" --out other

# Once more from two shares: who had one of before is of no sharing now.
"$candour" keyholder split --share share-1.key --share share-3.key --roster shared.note --pin root.pin --threshold 2 "${operators[@]}" --out again > /dev/null
"$candour" roster matching roster.json --holders again/holders.json > /dev/null
"$candour" roster sign roster.json --key root.key --out again.note > /dev/null 2>&1
refused "is no share of the sharing" "$candour" keyholder split --share share-1.key --share share-2.key --roster again.note --pin root.pin --threshold 1 "${operators[@]:0:2}" --out other
sed 's/"number": 3/"number": 4/' again/holders.json > false.json
refused "do not belong to the public key" "$candour" roster matching roster.json --holders false.json

# At work beside the server.
(umask 077; age -d -i operator-2.txt again/holder-2.key.age > again-2.key)
mv again.note roster.note
start_keyholder again-2.key
end_keyholder
shows keyholder.out "ready: the roster has this holder"
status=0
"$holder" run --key share-2.key --server "unix:$test_folder/holders.sock" --pin root.pin --daily 10 --state other.state 2> refused.err || status=$?
[ "$status" = 3 ] || fail "status $status with a share of the sharing before: $(cat refused.err)"
shows refused.err "another sharing"
