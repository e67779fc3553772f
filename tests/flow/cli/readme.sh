#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# readme.sh CANDOUR CANDOURD: the commands of README.md "From nothing to the first report", exactly as they stand but for
# two free ports, in a folder that looks like the built repository.
candour=$1 candourd=$2
readme=$(dirname "$(realpath "$0")")/../../../README.md
source "$(dirname "$(realpath "$0")")/organisation.sh"
mkdir -p build/release/bin client-web/dist
ln -s "$candour" "$candourd" build/release/bin/
echo '<!doctype html><title>Notes</title>' > client-web/dist/index.html

ports=$(python3 -c 'import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(s.getsockname()[1] for s in sockets))')
{
  # The server goes also when a command fails; one that a command has stopped already is as good as stopped.
  echo 'set -euo pipefail; trap '\''kill $(jobs -p) 2> /dev/null || true'\'' EXIT'
  awk '/^## /{ours = $0 == "## From nothing to the first report"} ours && sub(/^    /, "")' "$readme" |
    sed -e "s/8080/${ports% *}/g" -e "s/8081/${ports#* }/g"
} > commands
[ "$(grep -c candour commands)" -gt 15 ] || fail "the commands were not found"
bash commands > out 2> err || fail "$(cat commands out err)"
grep -qF "What happened, in my own words." out || fail "the report was not read: $(cat out err)"
grep -qF "Sealed by its author to: robin. Excluded: sam." out || fail "audience: $(cat out)"
[ -f build/first/report-1/report.json ] || fail "no report.json"
if grep -v "no helplines" err | grep "warning"; then fail "the path in the README gives warnings"; fi
echo "all as it should be"
