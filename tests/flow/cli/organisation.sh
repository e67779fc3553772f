# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced by the flow tests of the tool: an organisation made with its own commands and a real candourd on Unix
# sockets, all in a fresh folder that goes when the test ends. $candour and $candourd are the programs.
set -euo pipefail

test_folder=$(mktemp -d)
server_id=
keyholder_id=
clean_up() {
  local ended=0
  if [ -n "$keyholder_id" ]; then end_keyholder || ended=$?; fi
  # Unless the test has stopped it already; and it has to end well.
  if [ -n "$server_id" ] && kill "$server_id" 2>/dev/null; then wait "$server_id" || ended=$?; fi
  [ "$ended" = 0 ] || cat "$test_folder"/{server,keyholder}.out >&2
  rm -rf "$test_folder"
  [ "$ended" = 0 ] || exit 1 # else with the status of the test
}
trap clean_up EXIT
cd "$test_folder"
export XDG_STATE_HOME=$test_folder/state
export CANDOUR_PASSPHRASE_FILE=$test_folder/passphrase
echo "six random words make passphrases" > passphrase

fail() { echo "FAILED: $*" >&2; exit 1; }

# refused WORDS COMMAND…: the command must fail with status 1 and say WORDS on stderr.
refused() {
  local words=$1 status=0
  shift
  "$@" > refused.out 2> refused.err || status=$?
  [ "$status" = 1 ] || fail "status $status instead of 1: $*"
  grep -qF -- "$words" refused.err || fail "did not say '$words' but '$(cat refused.err)': $*"
}

make_organisation() {
  "$candour" root init --label main > /dev/null
  mkdir pages
  echo '<!doctype html><title>Notes</title>' > pages/index.html
  cat > candourd.toml <<TOML
[reporter]
listen = "unix:$test_folder/reporter.sock"
[desk]
listen = "unix:$test_folder/desk.sock"
origin = "http://desk.test"
[holders]
listen = "unix:$test_folder/holders.sock"
[paths]
data = "$test_folder/data"
secrets = "$test_folder/secrets"
pages = "$test_folder/pages"
pin = "$test_folder/root.pin"
roster = "$test_folder/roster.note"
TOML
  "$candourd" init --config candourd.toml > init.out
  "$candour" roster new --service "Test service" --public-name Notes --receipt-key "$(grep -o 'candour/receipt/[^ ]*' init.out)"
  "$candour" roster desk roster.json --id legal --name "Legal desk" --description "Solicitors"
  local id
  for id in ada bo cy; do
    "$candour" caseworker create --id $id --name "${id^}"
    "$candour" roster add roster.json --card $id.card --desk legal
  done > /dev/null
  "$WEAKEN_KEY_FILE" passphrase {ada,bo,cy,root}.key
  "$candour" roster sign roster.json --key root.key > /dev/null 2>&1
}

newcomer() { # newcomer ID [DESK]: with a key and in the draft
  "$candour" caseworker create --id "$1" --name "${1^}" > /dev/null
  "$candour" roster add roster.json --card "$1.card" --desk "${2:-legal}" > /dev/null
  "$WEAKEN_KEY_FILE" passphrase "$1.key"
}

start_server() {
  "$candourd" run --config candourd.toml > server.out 2>&1 &
  server_id=$!
  for _ in $(seq 100); do
    if [ -S reporter.sock ] && [ -S desk.sock ] && { [ -S holders.sock ] || ! grep -q holders.sock candourd.toml; }; then return; fi
    kill -0 "$server_id" 2>/dev/null || fail "the server did not start: $(cat server.out)"
    sleep 0.1
  done
  fail "the server did not open its sockets"
}

# Reports that name the same person are matched among these: with a key of its own, in the draft; before the roster is signed.
match_reports() { # match_reports GROUP
  "$CANDOUR_KEYHOLDER" init --key holder.key --out holders.json > /dev/null
  "$candour" roster matching roster.json --holders holders.json --group "$1" > /dev/null
}

# Beside the server, which is started if it is not. Other tests go without.
start_keyholder() { # start_keyholder [KEY]
  [ -n "$server_id" ] || start_server
  "$CANDOUR_KEYHOLDER" run --key "${1:-holder.key}" --server "unix:$test_folder/holders.sock" --pin root.pin --daily 1000 --state holder.state > keyholder.out 2>&1 &
  keyholder_id=$!
  for _ in $(seq 100); do
    if grep -q ready keyholder.out; then return; fi
    kill -0 "$keyholder_id" 2>/dev/null || fail "the key holder did not start: $(cat keyholder.out)"
    sleep 0.1
  done
  fail "the key holder is not ready: $(cat keyholder.out)"
}

end_keyholder() {
  local id=$keyholder_id
  keyholder_id=
  kill "$id" && wait "$id"
}

# The index of drops is made anew at a start; else at the next full hour.
start_again() {
  kill "$server_id"
  wait "$server_id" || fail "the server ended badly: $(cat server.out)"
  rm -f reporter.sock desk.sock holders.sock
  start_server
}

as_reporter() { "$candour" "$@" --server "unix:$test_folder/reporter.sock" --pin root.pin; }
as_caseworker() {
  local who=$1
  shift
  "$candour" "$@" --server "unix:$test_folder/desk.sock" --origin http://desk.test --key "$who.key"
}

# The steward signs the draft as it is now, and the server has it.
rosters_loaded() { awk '/roster loaded/ {n++} END {print n + 0}' server.out; }
publish_roster() {
  local before
  before=$(rosters_loaded)
  "$candour" roster sign roster.json --key root.key --out next.note > /dev/null 2>&1
  mv next.note roster.note
  kill -HUP "$server_id"
  for _ in $(seq 100); do
    if [ "$(rosters_loaded)" -gt "$before" ]; then return; fi
    sleep 0.1
  done
  fail "the server did not take the roster: $(cat server.out)"
}

at_desk() { # at_desk WHO COMMAND…: each with a machine of her own
  local who=$1
  shift
  XDG_STATE_HOME=$test_folder/machine-$who as_caseworker "$who" "$@" --pin root.pin
}
shows() { # shows FILE WORDS…
  local file=$1 words
  shift
  for words in "$@"; do grep -qF -- "$words" "$file" || fail "not '$words' but: $(cat "$file")"; done
}
hides() {
  local file=$1 words
  shift
  for words in "$@"; do if grep -qF -- "$words" "$file"; then fail "it shows '$words': $(cat "$file")"; fi; done
}
