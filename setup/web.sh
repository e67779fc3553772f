#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# setup/web.sh: installs the npm packages of client-web exactly as its lock file names them; nothing if they are there.
set -euo pipefail
cd "$(dirname "$0")/../client-web"

# npm writes this file last, so a broken-off installation is done again.
if [[ node_modules/.package-lock.json -nt package-lock.json ]]; then exit 0; fi
echo "setup: npm packages of client-web"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
npm ci >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
touch node_modules/.package-lock.json
