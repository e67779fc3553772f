#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# tests/packages/packages.sh [--reproducible]: builds the packages for this machine's Debian and looks at them: lintian, hardening-check, the services' exposure,
# what is in them and who may do what with it. With --reproducible it builds them once more, in a clone at another place, and compares every byte.
# It says ok and not ok of each step.
set -euo pipefail
cd "$(dirname "$0")/../.."
debs=$PWD/build/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

step() { # step NAME COMMAND…
  if "${@:2}" >"$work/said" 2>&1 </dev/null; then
    passed=$((passed + 1))
    echo "ok - $1"
  else
    failed=$((failed + 1))
    echo "not ok - $1"
    cat "$work/said"
  fi
}

for_lintian() { # Debian's own libraries are Debian's to judge
  lintian --fail-on error,warning --tag-display-limit 0 "$debs"/candour_*.deb "$debs"/candour-server_*.deb
}

hardened() {
  # Debian's C library starts programs with code that does not have the processor's protection of jumps, so no program has all of it.
  hardening-check --nocfprotection "$work"/tree/usr/bin/candourd "$work"/tree/usr/bin/candour
}

# In tenths, as systemd-analyze counts them: 0 is all that can be taken away.
exposed() { # exposed UNIT AT-MOST
  local unit
  unit=$(find "$work/tree" -name "$1")
  systemd-analyze security --offline=true --threshold="$2" "$unit"
}

# What is installed, less what comes and goes with each version of a page or document.
contents() {
  local name
  for name in candour candour-server; do
    dpkg-deb -c "$debs/${name}"_*.deb | awk '{print $1, $2, $6}' | grep -v '/$' | sed -E 's,/lib/systemd/system,/usr&,; s,/usr/usr,/usr,' |
      grep -vE '/usr/share/(doc|candour/(pages|desk))/' | sort -k 3 >"$work/$name.list"
  done
  diff -u tests/packages/candour.list "$work/candour.list" && diff -u tests/packages/candour-server.list "$work/candour-server.list"
}

pages() {
  (cd "$work/tree/usr/share/candour/pages" && sha256sum --check --quiet sha256sums.txt && [[ -f .well-known/webcat/manifest.json ]]) &&
    [[ -f $work/tree/usr/share/candour/desk/index.html ]]
}

# Both libraries that a release may lack are asked for, and each version that is asked for lies beside the packages, or the machine's sources have it.
depends() {
  local all library asked name minimum version
  all=$(for name in candour candour-server; do dpkg-deb -f "$debs/${name}"_*.deb Depends; done | tr ',' '\n')
  for library in libsodium libsqlcipher; do
    asked=$(sed -nE "s/^ *(${library}[0-9]+) \(>= ([^)]+)\)$/\1 \2/p" <<<"$all")
    [[ -n $asked ]] || { echo "no version of $library is asked for"; return 1; }
    while read -r name minimum; do
      version=$(find "$debs" -name "${name}_*.deb" -exec dpkg-deb -f {} Version \;)
      if [[ -z $version ]]; then version=$(apt-cache madison "$name" | awk -F ' *[|] *' '{print $2; exit}'); fi
      echo "$name $minimum: ${version:-nowhere}"
      [[ -n $version ]] && dpkg --compare-versions "$version" ge "$minimum" || return 1
    done <<<"$asked"
  done
}

again() {
  git clone -q --no-hardlinks "$PWD" "$work/elsewhere/candour"
  ln -s "$PWD/client-web/node_modules" "$work/elsewhere/candour/client-web/node_modules"
  touch client-web/node_modules/.package-lock.json # newer than the clone, else npm would empty the folder behind the link
  "$work/elsewhere/candour/deploy/packages.sh" "$work/again"
  local name
  for name in candour candour-server; do cmp "$debs/${name}"_*.deb "$work/again/${name}"_*.deb || return 1; done
}

deploy/packages.sh
for name in candour candour-server; do dpkg-deb -x "$debs/${name}"_*.deb "$work/tree"; done
step "setup leaves the operator's services as they are" tests/packages/setup.sh
step "lintian" for_lintian
step "hardening-check" hardened
step "candourd.service is exposed little" exposed candourd.service 8
step "candour-tor.service is exposed little" exposed candour-tor.service 16
step "contents" contents
step "pages" pages
step "libraries" depends
if [[ ${1:-} == --reproducible ]]; then step "the same bytes in another folder" again; fi
echo "# pass $passed"
echo "# fail $failed"
[[ $failed == 0 ]]
