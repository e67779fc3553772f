#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# tests/packages/setup.sh: setup/packages.sh on machines where the operator had tor or nginx before: hers go on as they were, and one that it brings along
# is not started and not switched on. Debian's tools are stand-ins, in a mount namespace of its own; its apt asks whether services may start, as packages do.
set -euo pipefail
setup=$(realpath "$(dirname "$0")/../../setup/packages.sh")
if [[ ${1:-} != inside ]]; then exec unshare --map-root-user --mount "$(realpath "$0")" inside; fi

work=$(mktemp -d)
trap 'cd / && rm -rf "$work"' EXIT
cd "$work"
mkdir tools
mount -t tmpfs none /usr/sbin
mount -t tmpfs none /run
mkdir -p /run/systemd/system
fail() { echo "FAILED: $*" >&2; exit 1; }

tool() { # tool NAME: it does what comes on standard input
  { echo '#!/usr/bin/env bash'; cat; } >"tools/$1"
  chmod 755 "tools/$1"
}
tool dpkg-query <<<'cat installed'
tool apt-cache <<<'echo "Candidate: 99"'
tool systemctl <<<'echo "systemctl $*" >>happened'
tool apt-get <<'END'
[[ " $* " == *" install "* ]] || exit 0
for name in "$@"; do echo "$name ii 99" >>installed; done
for service in cron.service tor tor@default.service nginx nginx.service; do
  status=0
  if [[ -x /usr/sbin/policy-rc.d ]]; then /usr/sbin/policy-rc.d "$service" start || status=$?; fi
  [[ $status == 101 ]] || echo "starts $service" >>happened
done
END
export PATH=$work/tools:$PATH

# expects WHERE: after setup, what happened is what comes on standard input.
expects() {
  : >happened
  "$setup" test >said 2>&1 || { cat said >&2; fail "$1: it does not end well"; }
  diff -u - happened >&2 || fail "$1"
}
# here WITHOUT [LINE]: all is installed but for the package WITHOUT, and LINE is what dpkg says besides.
here() {
  grep -vE "^($1) " all >installed
  echo "${2:-}" >>installed
}

: >installed
expects "a new machine" <<'END'
starts cron.service
systemctl --quiet disable tor nginx
END
cp installed all
[[ ! -e /usr/sbin/policy-rc.d ]] || fail "the policy stays"

here "tor"
expects "a machine with nginx" <<'END'
starts cron.service
starts nginx
starts nginx.service
systemctl --quiet disable tor
END

here "tor|nginx" "tor hi 1"
expects "a machine whose tor is held" <<'END'
starts cron.service
starts tor
starts tor@default.service
systemctl --quiet disable nginx
END

here "shellcheck"
expects "a machine with both" <<'END'
starts cron.service
starts tor
starts tor@default.service
starts nginx
starts nginx.service
END

here "none"
expects "a machine with all" </dev/null

here "tor|nginx"
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
expects "a machine with a policy" </dev/null
[[ $(tail -n 1 /usr/sbin/policy-rc.d) == "exit 101" ]] || fail "the machine's policy is another"
