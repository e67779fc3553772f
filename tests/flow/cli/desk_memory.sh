#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# desk_memory.sh CANDOUR CANDOURD: what is left in the memory of `candour desk` once it is locked, by hand and because nobody came:
# desk_memory.py. Not with a sanitizer, which keeps freed memory.
candour=$1 candourd=$2
here=$(dirname "$(realpath "$0")")
source "$here/organisation.sh"
make_organisation > /dev/null 2>&1
start_server
mkdir desk-pages
echo "<!doctype html><title>Desk</title>" > desk-pages/index.html
echo "Attached-Ocelot-4471: what he wrote to her." > letter.txt
echo '{"what_happened": "Story-Wombat-2281 has a key.", "his_surname": "Accused-Quokka-9134"}' > first.json
as_reporter report --answers first.json --json --attach letter.txt > sent
grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4 > first
CANDOUR=$candour python3 -B "$here/desk_memory.py" || fail "desk_memory.py"
