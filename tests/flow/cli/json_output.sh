#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# json_output.sh CANDOUR CANDOURD: what --json prints is one object a line with exactly the fields of docs/spec/cli.md "JSON".
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

# fields LINE FIELD…: LINE of stdin is an object with exactly these fields.
fields() {
  python3 -c 'import json, sys
found = sorted(json.loads(sys.stdin.read().splitlines()[int(sys.argv[1])]))
sys.exit(0 if found == sorted(sys.argv[2:]) else f"fields {found}")' "$@" || fail "not the fields: $*"
}

"$candour" fingerprint root.pin --json | fields 0 fingerprint
"$candour" fingerprint ada.card --json | fields 0 fingerprint
"$candour" roster verify roster.note --pin root.pin --json > verified 2> warnings
fields 0 version valid_from valid_until sha256 signers quorum < verified
grep -qF "warning: there are no helplines" warnings || fail "warnings are not on stderr"
"$candour" roster show roster.note --json | python3 -c 'import json, sys; sys.exit(json.load(sys.stdin)["format"] != "candour/v1/roster")' ||
  fail "roster show"
echo words | as_reporter report --exclude cy --receipt receipt.note --json > sent
[ "$(wc -l < sent)" = 2 ] || fail "report: not two lines"
fields 0 codename < sent
fields 1 report day short_code receipt < sent
"$candour" verify-receipt receipt.note --roster roster.note --pin root.pin --json | fields 0 report day short_code
as_caseworker ada inbox --json > inbox
fields 0 reports < inbox
python3 -c 'import json; print(json.dumps(json.load(open("inbox"))["reports"][0]))' | fields 0 id bytes day seen audience admitted closed hold hold_mark withdrawn
id=$(grep -o '[0-9a-f]\{64\}' inbox)
opened=(signed report desk day audience excluded added_readers directory files)
as_caseworker ada open "$id" --out one --json | fields 0 "${opened[@]}"
as_caseworker ada open "$id" --out two --json --pin root.pin | fields 0 "${opened[@]}" newest_roster no_longer
echo "all as it should be"
