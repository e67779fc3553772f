#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# setup.sh CANDOUR CANDOURD: a server's first run with `candour setup`, stopped and gone on with at every step, and the invitations that follow it.
# Tor's part is its folders as it leaves them.
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
mkdir programs pages
ln -s "$candourd" programs/candourd
export PATH=$test_folder/programs:$PATH
echo '<!doctype html><title>Notes</title>' > pages/index.html
cat > candourd.toml <<TOML
# ours
[reporter]
listen = "unix:$test_folder/reporter.sock"
proxy_header = true
[desk]
listen = "unix:$test_folder/desk.sock"
proxy_header = true
  origin   = "http://not-yet.test" # by candour setup
[paths]
data = "$test_folder/data"
secrets = "$test_folder/secrets"
pages = "$test_folder/pages"
pin = "$test_folder/root.pin"
roster = "$test_folder/roster.note"
TOML
cat > torrc <<TORRC
HiddenServiceDir $test_folder/tor/reporter
HiddenServicePort 80 unix:$test_folder/reporter.sock
HiddenServiceExportCircuitID haproxy
HiddenServicePoWDefensesEnabled 1
HiddenServiceDir $test_folder/tor/desk
HiddenServicePort 80 unix:$test_folder/desk.sock
HiddenServiceExportCircuitID haproxy
TORRC
set_up() { "$candour" setup --no-services --config candourd.toml --torrc torrc; }

# What is missing is named, one thing after the other.
refused "none.toml: cannot read the configuration" "$candour" setup --no-services --config none.toml --torrc torrc
refused "start candour-tor.service yourself. Then give this command again" set_up
[ -e secrets/database.key ] || fail "no keys were made"
cp secrets/database.key database.key
mkdir -p tor/reporter tor/desk/authorized_clients
reporters=http://$(printf 'a%.0s' $(seq 55))d.onion
desk=http://$(printf 'b%.0s' $(seq 55))d.onion
echo "${reporters#http://}" > tor/reporter/hostname
echo "${desk#http://}" > tor/desk/hostname
set_up > said 2> stopped < /dev/null && fail "it goes on without a steward"
shows stopped "root.pin is missing. Wait for the steward. Then give this command again"
shows said "$reporters" "$desk" "--receipt-key 'candour/receipt/"
shows candourd.toml "origin = \"$desk\"" "# ours"
hides candourd.toml "not-yet"
cmp secrets/database.key database.key || fail "the database key was made anew"
[ "$(stat -c %a candourd.toml)" = 644 ] || fail "mode $(stat -c %a candourd.toml)"

# The steward's part, elsewhere. A roster for another server is refused, and nothing is kept of it.
receipt_key=$(grep -o "candour/receipt/[^']*" said | tail -n 1)
mkdir steward
cd steward
"$candour" root init --label main > /dev/null
"$candour" roster new --service "Notes service" --public-name Notes --receipt-key "$receipt_key"
"$candour" roster desk roster.json --id legal --name "Legal desk" --description "Solicitors"
for id in ada bo; do
  "$candour" caseworker create --id $id --name "${id^}" > /dev/null
  "$candour" roster add roster.json --card $id.card --desk legal > /dev/null
done
"$WEAKEN_KEY_FILE" ../passphrase {ada,bo,root}.key
"$candour" roster sign roster.json --key root.key > /dev/null 2>&1
sed "s#/data#/other-data#; s#/secrets#/other-secrets#" ../candourd.toml > other.toml
other_key=$("$candourd" init --config other.toml | grep -o 'candour/receipt/[^ ]*' | head -n 1)
sed "s#$receipt_key#$other_key#" roster.json > other.json
"$candour" roster sign other.json --key root.key --out other.note > /dev/null 2>&1
cd ..
refused "no such file" set_up < <(printf 'steward/none.pin\n')
refused "Is this the right file?" set_up < <(printf 'steward/roster.note\n')
[ ! -e root.pin ] || fail "a roster was taken for a pin"
refused "names another receipt key than this server's" set_up < <(printf 'steward/root.pin\nsteward/other.note\n')
[ ! -e roster.note ] || fail "a roster of another server was taken"
echo steward/roster.note | set_up > said 2> stopped || fail "it stops: $(cat stopped)"
shows said "$("$candour" fingerprint root.pin)" "start candourd.service yourself" "nobody needs a key to reach the desk" \
  "candour caseworker invite --card ada.card" "candour caseworker invite --card bo.card"
cmp root.pin steward/root.pin && cmp roster.note steward/roster.note

# The poster: well-formed, with the address as a picture and as text, the words, the name.
python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("candour-poster.svg")'
rsvg-convert -w 1240 candour-poster.svg > poster.png
[ "$(zbarimg --quiet --raw poster.png)" = "$reporters" ] || fail "the code says $(zbarimg --quiet --raw poster.png)"
shows candour-poster.svg "Notes service" "$("$candour" fingerprint root.pin)" "${reporters:0:31}"

# Given again, nothing is asked, and nothing made anew; also while the server runs.
start_server
cp candour-poster.svg poster-before.svg
set_up > said < /dev/null
cmp candour-poster.svg poster-before.svg
hides said "Where is her"
cmp secrets/database.key database.key || fail "the database key was made anew"

sed "s#${reporters:0:31}#http://another#" poster-before.svg > candour-poster.svg
refused "has another address, name or roots" set_up
cp poster-before.svg candour-poster.svg

# Invitations, from the cards.
invite() { "$candour" caseworker invite --onion-folder tor/desk --pin root.pin "$@"; }
invite --card steward/ada.card > said
shows said "$("$candour" fingerprint root.pin)" "authorized_clients/ada.auth" "ada.invitation: for ada alone"
grep -qxE 'descriptor:x25519:[A-Z2-7]{52}' tor/desk/authorized_clients/ada.auth || fail "$(cat tor/desk/authorized_clients/ada.auth)"
[ "$(stat -c %a ada.invitation)" = 600 ] || fail "mode $(stat -c %a ada.invitation)"
cp tor/desk/authorized_clients/ada.auth before.auth
refused "she has been invited before" invite --card steward/ada.card --out again.invitation
cmp tor/desk/authorized_clients/ada.auth before.auth || fail "her key was changed by what was refused"
refused "Start it, and run this as root" "$candour" caseworker invite --card steward/bo.card --pin root.pin --onion-folder nowhere
refused "nothing is overwritten" invite --again --card steward/ada.card
cmp tor/desk/authorized_clients/ada.auth before.auth || fail "her key was changed by what was refused"
set_up > said < /dev/null
hides said "nobody needs a key to reach the desk"

look() { "$candour" caseworker invitation "$@"; }
look ada.invitation --key steward/ada.key --out parts > said
shows said "The desk is at $desk" "$("$candour" fingerprint root.pin)"
cmp parts/root.pin root.pin
grep -qxE 'b{55}d:descriptor:x25519:[A-Z2-7]{52}' parts/desk.auth-private || fail "$(cat parts/desk.auth-private)"
# The halves belong together: X25519 of the secret half is the public one.
secret=$(cut -d: -f4 parts/desk.auth-private) public=$(cut -d: -f3 tor/desk/authorized_clients/ada.auth)
{ printf '302e020100300506032b656e04220420' | xxd -r -p; echo "$secret====" | base32 -d; } |
  openssl pkey -inform DER -pubout -outform DER | tail -c 32 | base32 | tr -d '=\n' > derived
[ "$(cat derived)" = "$public" ] || fail "the halves do not belong together"
refused "was sealed to another key than yours" look ada.invitation --key steward/bo.key
head -c -1 ada.invitation > cut.invitation
refused "cut.invitation" look cut.invitation --key steward/ada.key
invite --again --card steward/ada.card --out again.invitation > /dev/null
cmp -s tor/desk/authorized_clients/ada.auth before.auth && fail "the key is the old one"
refused "an invitation says where the desk is" "$candour" desk --invitation ada.invitation --pin root.pin --pages pages
echo "all as it should be"
