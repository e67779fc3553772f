#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# setup/packages.sh build|once|package|test|dev: installs what is missing on Debian 12 (bookworm) or 13 (trixie); as root or with sudo.
#   build    what ./demo needs: to compile and to run
#   once     and what ./demo --once needs: a browser
#   package  and what deploy/packages.sh needs
#   test     and what ./check needs: sanitizers, linters, browsers, the stock age tool, clean Debian roots
#   dev      and what a developer wants at hand
# setup/packages.sh libraries DIR: puts into DIR the .deb files of the libraries that our programs run with and the release lacks.
# Where nothing is missing it does nothing: no network, no apt, no root. It never upgrades the system and never removes a package.
#
# A few libraries are newer than the release. They come from Debian's own newer suites through a private, throw-away
# apt state: /etc/apt stays as it is, signatures are checked with Debian's keyring, the mirror is the machine's own.
# Nothing updates those by itself: docs/operations/upgrade.md says what an operator does about it.
set -euo pipefail

# In the release itself, in any version that it carries.
BUILD=(g++ cmake ninja-build pkgconf ccache ca-certificates
  libssl-dev libcurl4-openssl-dev libseccomp-dev libfmt-dev libcli11-dev libtomlplusplus-dev libqrencode-dev
  diceware) # carries the EFF word list, which is compiled in
PACKAGE=(build-essential debhelper git)
TEST=("${PACKAGE[@]}" lintian devscripts debootstrap systemd-container
        clang-19 libclang-rt-19-dev clang-format-19 clang-tidy-19 shellcheck libimage-exiftool-perl python3 e2fsprogs mount procps curl faketime groff-base
        chromium firefox-esr tor nginx zbar-tools librsvg2-bin)
DEV=(gdb valgrind llvm-19)

# NAME MINIMUM SUITE PACKAGES: taken from the release where it has the minimum, else PACKAGES from the newer SUITE.
BUILD_NEWER=(
  "libboost1.83-dev 1.83 backports libboost1.83-dev"
  "libsqlcipher-dev 4.6 backports libsqlcipher1 libsqlcipher-dev"
  "libsodium-dev 1.0.22 forky libsodium26 libsodium-dev" # X-Wing, HKDF
)
TEST_NEWER=(
  "libcatch2-dev 3.7 backports catch2 libcatch2-dev" # catch2: else an installed 2.x would be in its way
  "age 1.3 forky age" # post-quantum recipients
)

case "${1:-}" in
  build) wanted=("${BUILD[@]}") newer=("${BUILD_NEWER[@]}") ;;
  once) wanted=("${BUILD[@]}" chromium) newer=("${BUILD_NEWER[@]}") ;;
  package) wanted=("${BUILD[@]}" "${PACKAGE[@]}") newer=("${BUILD_NEWER[@]}") ;;
  test) wanted=("${BUILD[@]}" "${TEST[@]}") newer=("${BUILD_NEWER[@]}" "${TEST_NEWER[@]}") ;;
  dev) wanted=("${BUILD[@]}" "${TEST[@]}" "${DEV[@]}") newer=("${BUILD_NEWER[@]}" "${TEST_NEWER[@]}") ;;
  libraries) wanted=() newer=("${BUILD_NEWER[@]}"); mkdir -p "${2:?usage: setup/packages.sh libraries DIR}" ;;
  *) echo "usage: setup/packages.sh build|once|package|test|dev, or libraries DIR" >&2; exit 2 ;;
esac
# Debian's Node, unless this machine has one already (with npm, as Debian's conflicts with some others).
if [[ $1 != libraries ]] && ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; } &>/dev/null; then
  wanted+=(nodejs npm)
fi

declare -A installed # name → version
read_installed() {
  local name status version
  installed=()
  while read -r name status version; do
    if [[ $status == ?i ]]; then installed[$name]=$version; fi # "hi": held by the operator
  done < <(dpkg-query -W -f='${Package} ${db:Status-Abbrev} ${Version}\n')
}
has() { # has NAME MINIMUM
  [[ -n ${installed[$1]:-} ]] && dpkg --compare-versions "${installed[$1]}" ge "$2"
}

find_missing() {
  local name minimum suite packages entry
  read_installed
  missing=() missing_newer=()
  for name in "${wanted[@]}"; do [[ -n ${installed[$name]:-} ]] || missing+=("$name"); done
  for entry in "${newer[@]}"; do
    read -r name minimum suite packages <<<"$entry"
    has "$name" "$minimum" || missing_newer+=("$entry")
  done
}
find_missing
if [[ $1 != libraries && ${#missing[@]} == 0 && ${#missing_newer[@]} == 0 ]]; then exit 0; fi

if [[ $1 != libraries && $EUID != 0 ]]; then
  command -v sudo >/dev/null || { echo "setup: ${missing[*]} ${missing_newer[*]%% *} missing; run this as root, or install sudo" >&2; exit 1; }
  exec sudo -- "$0" "$@"
fi

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
# shellcheck source=/dev/null
. /etc/os-release
work=$(mktemp -d -p /var/tmp)
policy=
trap 'rm -rf "$work" $policy' EXIT

# quietly COMMAND…: its output is shown only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 </dev/null || { tail -n 25 "$work/log" >&2; return 1; }
}
install_packages() {
  quietly apt-get install -y -qq --no-install-recommends --no-remove \
    -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"
}

# The tests start their own, on loopback. Debian's packages would start a tor that calls out and an nginx that listens, now and at each boot.
# Those that were here before are the operator's, and stay as they are.
keep_still() {
  local name
  still=()
  for name in "${missing[@]}"; do
    if [[ $name == tor || $name == nginx ]]; then still+=("$name"); fi
  done
  if [[ ${#still[@]} == 0 || -e /usr/sbin/policy-rc.d ]]; then return; fi # this machine has decided already
  policy=/usr/sbin/policy-rc.d
  {
    echo "#!/bin/sh"
    for name in "${still[@]}"; do echo "case \$1 in $name | $name.service | $name@*) exit 101 ;; esac"; done
  } >$policy
  chmod 755 $policy
}

# private_apt SUITE: afterwards "${private[@]}" are the apt-get options that see that suite alone.
private_apt() {
  local dir=$work/$1 mirror
  # shellcheck disable=SC2016 # apt expands these
  mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$VERSION_CODENAME" '$2 == codename && $3 == "main" && !found {print $1; found = 1}')
  if [[ -z $mirror ]]; then
    echo "setup: no mirror for Debian $VERSION_CODENAME main in this machine's apt sources; add one" >&2
    return 1
  fi
  private=(-o "Dir::Etc::SourceList=$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o "Dir::State::Lists=$dir/lists" -o "Dir::Cache=$dir/cache"
    # The directory is root's alone, so apt's own download user cannot write there.
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    # Mirrors lag behind the newest suite, whose Release files are valid for days only. Expired is tolerated here and
    # nowhere else: the signature still holds, and find_missing asks for a minimum version at the end.
    -o Acquire::Check-Valid-Until=false)
  if [[ ! -d $dir ]]; then
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    printf "%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main\n" deb deb-src >"$dir/sources.list"
    quietly apt-get "${private[@]}" -qq update
  fi
}

# newer_debs DIR SUITE PACKAGES…: their .deb files. libsodium is built from Debian's source for a machine whose C library is older than
# the one that the newer binary asks for.
newer_debs() {
  private_apt "$2"
  (cd "$1" && quietly apt-get "${private[@]}" -qq download "${@:3}")
  if ! quietly apt-get install --simulate --no-install-recommends --no-remove "$1"/*.deb; then
    [[ ${*:3} == *libsodium* ]] || return 1
    echo "setup: the binary does not fit; building libsodium from Debian's source"
    rm "$1"/*.deb
    rebuild_sodium "$1" "$2"
  fi
}

install_newer() { # install_newer SUITE PACKAGES…
  local dir
  dir=$(mktemp -d -p "$work")
  newer_debs "$dir" "$@"
  install_packages "$dir"/*.deb
}

rebuild_sodium() { # rebuild_sodium DIR SUITE
  local dir=$work/sodium
  install_packages build-essential debhelper fakeroot dpkg-dev pkgconf
  private_apt "$2"
  mkdir "$dir"
  (cd "$dir" && quietly apt-get "${private[@]}" -qq source libsodium && cd libsodium-*/ &&
    DEB_BUILD_OPTIONS="nocheck noautodbgsym parallel=$(nproc)" quietly dpkg-buildpackage -b -uc -us)
  cp "$dir"/libsodium26_*.deb "$dir"/libsodium-dev_*.deb "$1"
}

candidate() { # the version that the release would install, if any
  apt-cache policy "$1" | awk '$1 == "Candidate:" && $2 != "(none)" {print $2}'
}

suite_of() { # suite_of backports|SUITE
  if [[ $1 == backports ]]; then echo "$VERSION_CODENAME-backports"; else echo "$1"; fi
}

# Of each library that the release lacks: its packages but for headers, in the version that is installed here, or later.
if [[ $1 == libraries ]]; then
  offered=$(apt-cache madison "${newer[@]%% *}") # "NAME | VERSION | FROM", without what is only installed
  for entry in "${newer[@]}"; do
    read -r name minimum suite packages <<<"$entry"
    version=$(awk -v name="$name" '$1 == name && !found {print $3; found = 1}' <<<"$offered")
    if [[ -n $version ]] && dpkg --compare-versions "$version" ge "$minimum"; then continue; fi
    for package in $packages; do
      [[ $package != *-dev ]] || continue
      there=$(find "$2" -name "${package}_*.deb" -exec dpkg-deb -f {} Version \;)
      if [[ -n $there ]] && dpkg --compare-versions "$there" ge "${installed[$package]:-$minimum}"; then continue; fi
      suite=$(suite_of "$suite")
      echo "setup: from Debian $suite: $package"
      debs=$(mktemp -d -p "$work")
      newer_debs "$debs" "$suite" "$package"
      rm -f "$2/${package}"_*.deb
      cp "$debs/${package}"_*.deb "$2"
    done
  done
  exit 0
fi

echo "setup: reading the package lists"
# A third party's broken source is not our business: if a package cannot be found, the install below says so.
apt-get -qq -o DPkg::Lock::Timeout=600 update &>/dev/null || echo "setup: apt-get update reported errors; going on with what it has"

from_newer=()
for entry in "${missing_newer[@]}"; do
  read -r name minimum _ <<<"$entry"
  version=$(candidate "$name")
  if [[ -n $version ]] && dpkg --compare-versions "$version" ge "$minimum"; then
    missing+=("$name")
  else
    from_newer+=("$entry")
  fi
done

if [[ ${#missing[@]} -gt 0 ]]; then
  echo "setup: from Debian $VERSION_CODENAME: ${missing[*]}"
  keep_still
  install_packages "${missing[@]}"
  # Where systemd does not run there is nothing to disable.
  if [[ -n $policy && -d /run/systemd/system ]]; then systemctl --quiet disable "${still[@]}"; fi
fi
for entry in "${from_newer[@]}"; do
  read -r name minimum suite packages <<<"$entry"
  suite=$(suite_of "$suite")
  echo "setup: from Debian $suite: $name ($minimum or later)"
  # shellcheck disable=SC2086 # several packages
  install_newer "$suite" $packages
done

find_missing
if [[ ${#missing[@]} != 0 || ${#missing_newer[@]} != 0 ]]; then
  echo "setup: still missing: ${missing[*]} ${missing_newer[*]%% *}" >&2
  exit 1
fi
echo "setup: done"
