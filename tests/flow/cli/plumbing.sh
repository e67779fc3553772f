#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# plumbing.sh CANDOUR: seal and unseal are plain age, both ways, with any bytes; what is cut short fails.
candour=$1
source "$(dirname "$(realpath "$0")")/organisation.sh"
"$candour" caseworker create --id ada --name Ada > /dev/null
ada=$(grep -o 'age1pq1[a-z0-9]*' ada.card | head -1)
age-keygen -pq -o pq.txt 2> /dev/null
age-keygen -o classic.txt 2> /dev/null
age-keygen -y pq.txt > recipients
pq=$(cat recipients)

for bytes in 0 1 65535 65536 65537 131072 3000000; do
  head -c "$bytes" /dev/urandom > plain
  "$candour" seal -r "$ada" -R recipients < plain > sealed
  "$candour" unseal -i ada.key < sealed | cmp - plain || fail "$bytes: candour to candour"
  age -d -i pq.txt < sealed | cmp - plain || fail "$bytes: candour to age"
  "$candour" seal --threads 2 -r "$(age-keygen -y classic.txt)" < plain | age -d -i classic.txt | cmp - plain || fail "$bytes: X25519"
  age -r "$ada" < plain | "$candour" unseal -i ada.key --threads 2 | cmp - plain || fail "$bytes: age to candour"
  age -a -r "$pq" < plain | "$candour" unseal -i pq.txt | cmp - plain || fail "$bytes: armor to candour"
done

for bytes in 0 100 2000 66000 2999999; do
  head -c "$bytes" sealed > short
  status=0
  "$candour" unseal -i ada.key < short > out 2> err || status=$?
  [ "$status" = 1 ] || fail "cut to $bytes bytes: status $status"
  [ "$bytes" -lt 66000 ] || grep -q "NOT the whole" err || fail "no warning: $(cat err)"
done
refused "" "$candour" unseal -i classic.txt < sealed
[ ! -s refused.out ] || fail "wrote something with the wrong key"
refused "" "$candour" seal -r "$pq" -r "$(age-keygen -y classic.txt)" < plain
refused "" "$candour" seal -r age1pq1nonsense < plain
refused "no recipient" "$candour" seal < plain
refused "" "$candour" unseal -i ada.key < plain
echo "all as it should be"
