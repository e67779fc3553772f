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
chmod 640 candourd.toml
# What stands where Tor writes an address is one, or is none.
echo "name.onion; rm -rf /" > tor/reporter/hostname
ln -s "$test_folder/candourd.toml" tor/desk/hostname
refused "start candour-tor.service yourself" set_up
rm tor/desk/hostname
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
[ "$(stat -c %a candourd.toml)" = 640 ] || fail "mode $(stat -c %a candourd.toml)"
# Tor lets in only whose key it has, and it has one from the start: nobody's.
grep -qxE 'descriptor:x25519:[A-Z2-7]{52}' tor/desk/authorized_clients/nobody.auth || fail "the desk's door is open"

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
[ ! -e root.pin ] && [ ! -e roster.note ] || fail "something of another server's roster was kept"
"$candour" root init --label other --out other-root > /dev/null
refused "steward/roster.note, by other-root.pin: " set_up < <(printf 'other-root.pin\nsteward/roster.note\n')
[ ! -e root.pin ] && [ ! -e roster.note ] || fail "something was kept of a pin and a roster that do not belong together"
printf 'steward/root.pin\nsteward/roster.note\n' | set_up > said 2> stopped || fail "it stops: $(cat stopped)"
shows said "$("$candour" fingerprint root.pin)" "start candourd.service yourself" \
  "candour caseworker invite ada" "candour caseworker invite bo" "$("$candour" fingerprint root.pin --desk "$desk")"
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

# Invitations, for whom the roster names.
invite() { "$candour" caseworker invite --onion-folder tor/desk --pin root.pin --roster roster.note "$@"; }
refused "cy: the roster has no such caseworker" invite cy
[ "$(ls tor/desk/authorized_clients)" = nobody.auth ] || fail "the desk's door: $(ls tor/desk/authorized_clients)"
invite ada > said
words=$("$candour" fingerprint root.pin --desk "$desk")
shows said "$words" "authorized_clients/ada.auth" "ada.invitation: for ada alone"
grep -qxE 'descriptor:x25519:[A-Z2-7]{52}' tor/desk/authorized_clients/ada.auth || fail "$(cat tor/desk/authorized_clients/ada.auth)"
[ "$(stat -c %a ada.invitation)" = 600 ] || fail "mode $(stat -c %a ada.invitation)"
cp tor/desk/authorized_clients/ada.auth before.auth
refused "she has been invited before" invite ada --out again.invitation
[ ! -e again.invitation ] || fail "there is an invitation with a key that Tor does not take"
cmp tor/desk/authorized_clients/ada.auth before.auth || fail "her key was changed by what was refused"
refused "Start it, and run this as root" "$candour" caseworker invite bo --pin root.pin --roster roster.note --onion-folder nowhere
refused "is no address of a desk" invite bo --origin desk.onion
[ ! -e bo.invitation ] || fail "there is an invitation to nowhere"
refused "nothing is overwritten" invite --again ada
cmp tor/desk/authorized_clients/ada.auth before.auth || fail "her key was changed by what was refused"

# It is followed when its words have been compared with the steward (desk_page.py), and kept by nobody who heard others.
look() { "$candour" caseworker invitation "$@"; }
echo no | look ada.invitation --key steward/ada.key --out parts > said 2> stopped && fail "words that differ are taken"
shows stopped "the desk does not go by this invitation"
[ ! -e parts ] || fail "there are parts of what is false"
echo yes | look ada.invitation --key steward/ada.key --out parts > said
shows said "The desk is at $desk" "$words"
cmp parts/root.pin root.pin
grep -qxE 'b{55}d:descriptor:x25519:[A-Z2-7]{52}' parts/desk.auth-private || fail "$(cat parts/desk.auth-private)"
# The halves belong together: X25519 of the secret half is the public one.
secret=$(cut -d: -f4 parts/desk.auth-private) public=$(cut -d: -f3 tor/desk/authorized_clients/ada.auth)
{ printf '302e020100300506032b656e04220420' | xxd -r -p; echo "$secret====" | base32 -d; } |
  openssl pkey -inform DER -pubout -outform DER | tail -c 32 | base32 | tr -d '=\n' > derived
[ "$(cat derived)" = "$public" ] || fail "the halves do not belong together"
refused "was sealed to another key than yours" look ada.invitation --key steward/bo.key
head -c -1 ada.invitation > cut.invitation
refused "cut.invitation: The sealed file is damaged, was changed, or was cut short" look cut.invitation --key steward/ada.key
look ada.invitation --key steward/ada.key < /dev/null > said
hides said "Does she read the same words"
# Whoever has the pin and the roster, which are public, can make one that leads elsewhere: its words are others, and it is asked anew.
invite --origin "${desk/b/c}" --out elsewhere.invitation ada > /dev/null
look elsewhere.invitation --key steward/ada.key < /dev/null > said 2> stopped && fail "another desk is taken for the one that was compared"
shows stopped "the desk does not go by this invitation"
hides said "$words"
invite --again ada --out again.invitation > /dev/null
cmp -s tor/desk/authorized_clients/ada.auth before.auth && fail "the key is the old one"
refused "an invitation says where the desk is" "$candour" desk --invitation ada.invitation --pin root.pin --pages pages
echo "all as it should be"
