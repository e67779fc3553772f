#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# deploy/packages.sh [DIR]: builds candour-server and candour for this machine's Debian from the last commit into DIR (build/packages unless
# told), and puts the libraries beside them that the release lacks. Then, on the server: apt install ./build/packages/*.deb
# The same commit gives the same bytes in whatever folder it is built (docs/decisions/0013-packages.md).
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-build/packages}")
umask 022
export TZ=UTC # and the locale of whoever calls it: ccache takes objects of another one for others

setup/packages.sh package
setup/web.sh
if [[ -n $(git status --porcelain) ]]; then
  echo "packages: not committed, and so not in them:"
  git status --short
fi

work=$(mktemp -d -p /var/tmp)
trap 'rm -rf "$work"' EXIT
source=$work/candour
mkdir "$source"
git archive HEAD | tar -x -C "$source"

# quietly COMMAND…: its output is shown only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 </dev/null || { tail -n 40 "$work/log" >&2; return 1; }
}

ln -s "$PWD/client-web/node_modules" "$source/client-web/node_modules"
quietly npm --prefix "$source/client-web" run build
rm "$source/client-web/node_modules"

# Before its release, what has the number 0.1.0 is called 0.1.0~DAY, so that a later commit, and then the release, counts as newer.
# shellcheck source=/dev/null
. /etc/os-release
number=$(sed -nE 's/^project\(candour VERSION ([0-9.]+).*/\1/p' "$source/CMakeLists.txt")
version=$number
if ! git tag --points-at HEAD | grep -qx "v$number"; then
  version+=~$(git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)
fi
version+=-1+deb$VERSION_ID

mv "$source/deploy/debian" "$source/debian"
cat >"$source/debian/changelog" <<END
candour ($version) $VERSION_CODENAME; urgency=medium

  * What changed is in changelog.gz, which is beside this file.

 -- Candour maintainers <maintainers@candour.invalid>  $(LC_ALL=C git log -1 --format=%cd --date=format-local:'%a, %d %b %Y %H:%M:%S +0000')
END
sed 's/^$/./; s/^/ /' "$source/LICENSE" >>"$source/debian/copyright" # Debian does not carry its text

echo "packages: building candour-server and candour $version"
if command -v ccache >/dev/null; then
  CCACHE_DIR=$(ccache --get-config cache_dir) # debhelper gives the build another home
  export CCACHE_DIR
fi
DEB_BUILD_OPTIONS="noautodbgsym parallel=$(nproc)"
export DEB_BUILD_OPTIONS
(cd "$source" && quietly dpkg-buildpackage --build=binary --no-sign)

mkdir -p "$out"
rm -f "$out"/candour_*.deb "$out"/candour-server_*.deb
mv "$work"/*.deb "$out"
setup/packages.sh libraries "$out"
(cd "$out" && ls -s --block-size=K -- *.deb)
