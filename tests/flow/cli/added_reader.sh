#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# added_reader.sh CANDOUR CANDOURD: a server that lists somebody whom the author excluded is found out by `open`.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
echo words | as_reporter report --exclude cy > /dev/null
as_caseworker ada inbox > inbox
id=$(grep -o '[0-9a-f]\{64\}' inbox)

as_caseworker ada open "$id" --out honest > /dev/null 2> honest.err
if grep -q "reader has been added" honest.err; then fail "an honest server is accused"; fi

mv desk.sock real.sock
python3 "$here/false_desk.py" "$test_folder/desk.sock" "$test_folder/real.sock" adds-cy &
false_id=$!
trap 'kill $false_id; clean_up' EXIT
for _ in $(seq 100); do [ -S desk.sock ] && break; sleep 0.1; done
as_caseworker ada open "$id" --out false --json > false.out 2> false.err
grep -qF "a reader has been added by the server: cy" false.err || fail "not noticed: $(cat false.err)"
grep -qF '"added_readers":["cy"]' false.out || fail "not in the JSON: $(cat false.out)"
grep -qF '"audience":["ada","bo"]' false.out || fail "the server's audience was believed: $(cat false.out)"
echo "all as it should be"
