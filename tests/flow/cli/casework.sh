#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# casework.sh CANDOUR CANDOURD: days at the desk. A threat to kill, sent on Friday night and found on Monday: triage, a disclosure that
# takes two; and a copy of a police record among what somebody sent: under lock, for a lawyer.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

send() { as_reporter report --json "$@" > sent; grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4; }

# Friday night. Among other reports of the weekend it stands first on Monday, by what its author chose.
echo '{"safe_now": "no", "what_happened": "He says that he will kill me.", "his_surname": "Quaxington"}' > danger.json
echo '{"what_happened": "Years ago.", "his_surname": "Brindle"}' > past.json
send --answers past.json > /dev/null
threat=$(send --answers danger.json)
send --answers past.json > /dev/null
at_desk ada cases > list
head -n 1 list > first
shows first "Quaxington" "danger indicated"
at_desk ada open "$threat" --out threat > /dev/null
at_desk ada case "$threat" --status triage --risk immediate --lead ada --deadline "Ring her=2099-01-01" > /dev/null
at_desk ada consent "$threat" --to "a shelter" --answer yes > said
shows said "May a shelter be told: yes."
at_desk ada consent "$threat" --to "his force" --answer no > /dev/null

# Telling somebody takes a reason, the least, a way past his force, and two.
refused "a disclosure says to whom, what, why and by which way" at_desk ada disclose "$threat" --to "a shelter" --what "a room tonight"
at_desk ada disclose "$threat" --to "a shelter" --what "a room tonight, for two" --reason "threat to kill" --route "by phone to the manager" > said
shows said "A second caseworker of this case has to agree"
at_desk bo case "$threat" > shown
shows shown "May a shelter be told: yes" "May his force be told: no" "to a shelter (by ada): a second caseworker has to agree" "Deadline 2099-01-01: Ring her"
hash=$(grep -o "^Disclosure [0-9a-f]*" shown | cut -d' ' -f2)
refused "somebody else has to agree" at_desk ada disclose "$threat" --agree "$hash"
refused "no second caseworker has agreed" at_desk ada disclose "$threat" --done "$hash" --outcome "told"
refused "no disclosure of this case begins so" at_desk bo disclose "$threat" --agree 00000000
refused "Say it with --outcome" at_desk ada disclose "$threat" --done "$hash"
at_desk bo disclose "$threat" --agree "$hash" > said
shows said "Agreed."
at_desk ada disclose "$threat" --done "$hash" --outcome "Taken in at nine." > /dev/null
at_desk cy case "$threat" --json > shown.json
shows shown.json '"agreed_by":"bo"' '"outcome":"Taken in at nine."' '"consents":{"a shelter":"yes","his force":"no"}' '"alarms":[]'

# What she sent has a copy of a record in it that she could be prosecuted for: nobody hands it on until a lawyer has looked.
echo "PNC 99/123" > record.txt
echo "his message" > message.txt
record=$(send --answers past.json --attach message.txt --attach record.txt)
refused "give the id of the report" at_desk ada quarantine "$(at_desk ada case "$record" --json | grep -o '"id":"[0-9a-f]*' | head -n 1 | cut -d'"' -f4)" --attachment 2 --reason "x"
at_desk ada quarantine "$record" --attachment 2 --reason "perhaps a copy of a police record" > said
shows said "under lock"
at_desk bo case "$record" > shown
shows shown "Under lock: attachment 2 of ${record:0:12}: perhaps a copy of a police record"
refused "under lock until a lawyer has looked at it" at_desk bo export "$record" --out bag
[ ! -e bag ] || fail "a bag was written all the same"
at_desk bo export "$record" --with-quarantined --out "bag for the lawyer" > /dev/null
at_desk cy quarantine "$record" --attachment 2 --reason "her own statement: the lawyer says so" --release > /dev/null
at_desk bo export "$record" --out bag > /dev/null
shows bag/data/history.json "perhaps a copy of a police record" "the lawyer says so"
echo "all as it should be"
