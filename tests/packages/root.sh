#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# tests/packages/root.sh bookworm|trixie [DIR]: the packages' whole life in a clean Debian of that release, as root. Builds them there where the release is
# another one than this machine's, boots a container without network, and has inside.py install, serve, upgrade, remove and purge in it.
# Clean roots are kept in build/roots; every run works in a copy. It says ok and not ok of each step, and ends only what it has begun.
set -euo pipefail
cd "$(dirname "$0")/../.."
codename=${1:?usage: tests/packages/root.sh bookworm|trixie}
[[ $EUID == 0 ]] || { echo "not ok - root: only root can make and boot a root"; exit 1; }
roots=$PWD/build/roots
mkdir -p "$roots"
# shellcheck source=/dev/null
. /etc/os-release

# The mirror of this machine's release ("") or of its security updates ("-security").
site() {
  # shellcheck disable=SC2016 # apt expands these
  apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$VERSION_CODENAME$1" '$2 == codename && $3 == "main" && !found {print $1; found = 1}'
}

# in_root SECONDS DIR OPTIONS-AND-COMMAND…: in a container that has this machine's network unless told otherwise.
in_root() {
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 timeout --kill-after=20 "$1" systemd-nspawn --quiet --register=no --keep-unit -D "${@:2}"
}

# make_root DIR: from nothing, or brought up to date.
make_root() {
  if [[ ! -d $1 ]]; then
    rm -rf "$1.new"
    debootstrap --variant=minbase --include=ca-certificates,systemd-sysv,dbus,python3 "$codename" "$1.new" "$(site "")" >"$1.log" 2>&1 ||
      { tail "$1.log"; return 1; }
    printf "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s $codename%s main\n" \
      "$(site "")" "" "$(site "")" -updates "$(site -security)" -security >"$1.new/etc/apt/sources.list"
    echo force-unsafe-io >"$1.new/etc/dpkg/dpkg.cfg.d/unsafe-io" # quick rather than safe from a power cut
    mkdir -p "$1.new/var/log/journal" # a machine that keeps its log, and still not ours
    mv "$1.new" "$1"
  fi
  in_root 1200 "$1" --pipe sh -c 'export DEBIAN_FRONTEND=noninteractive; apt-get -qq update && apt-get -qq -y dist-upgrade' >"$1.log" 2>&1 </dev/null ||
    { tail "$1.log"; return 1; }
}

clean=$roots/$codename
make_root "$clean"

if [[ -n ${2:-} ]]; then # built before
  debs=$2
elif [[ $codename == "$VERSION_CODENAME" ]]; then
  debs=build/packages
  deploy/packages.sh
else
  builder=$roots/$codename-build
  [[ -d $builder ]] || cp -a "$clean" "$builder"
  src=$builder/src
  [[ -d $src ]] || git init -q "$src"
  git -C "$src" fetch -q --tags "$PWD" HEAD
  git -C "$src" checkout -qf --detach FETCH_HEAD
  # npm's packages are the same everywhere: those that are here.
  setup/web.sh
  rm -rf "$src/client-web/node_modules"
  cp -a client-web/node_modules "$src/client-web/"
  touch "$src/client-web/node_modules/.package-lock.json"
  in_root 7200 "$builder" --pipe /src/deploy/packages.sh </dev/null
  debs=$src/build/packages
fi

run=$(mktemp -d -p "$roots")
trap 'rm -rf "$run"' EXIT
cp -a "$clean/." "$run"
test=$run/test
mkdir -p "$test/debs" "$test/next"
cp "$debs"/*.deb "$test/debs/"
c++ -shared -fPIC -std=c++20 -o "$test/intruder.so" tests/flow/intruder.cpp
cp tests/packages/*.py "$test/"
# The next version: the same but for its number, and for the configuration that it brings.
for deb in "$test"/debs/candour*.deb; do
  rm -rf "$test/tree"
  dpkg-deb -R "$deb" "$test/tree"
  sed -i -E 's/^(Version: .*)/\1.next/; s/(candour \(= [^)]*)\)/\1.next)/' "$test/tree/DEBIAN/control"
  if [[ -d $test/tree/etc/candour ]]; then echo "# of the next version" >>"$(find "$test/tree" -name candourd.toml)"; fi
  dpkg-deb --root-owner-group -b "$test/tree" "$test/next" >/dev/null
done
rm -rf "$test/tree"
# What the test itself needs, and all that they depend on, so that nothing needs a network afterwards.
in_root 1200 "$run" --pipe sh -c 'apt-get -qq -y install iproute2 && apt-get -qq -y install --download-only /test/debs/*.deb' >"$run.log" 2>&1 </dev/null || { tail "$run.log"; exit 1; }
cat >"$run/etc/systemd/system/candour-test.service" <<'END'
[Service]
ExecStart=/usr/bin/python3 -B /test/inside.py
StandardOutput=append:/test/said
StandardError=append:/test/said
ExecStopPost=systemctl --no-block exit
END
mkdir -p "$run/etc/systemd/system/multi-user.target.wants"
ln -s ../candour-test.service "$run/etc/systemd/system/multi-user.target.wants/"
# What the container ends with says nothing of the tests in it; what they said, below, does, and their absence.
in_root 900 "$run" --private-network --boot >"$run.log" 2>&1 </dev/null || true
cat "$test/said" || { tail -n 40 "$run.log"; exit 1; }
rm -f "$run.log"
grep -q '^# fail 0$' "$test/said"
