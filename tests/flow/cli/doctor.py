# SPDX-License-Identifier: AGPL-3.0-or-later
"""doctor.py CANDOUR CANDOURD: docs/spec/cli.md "Doctor", on a real installation with one thing wrong after the other."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CANDOUR, os.environ["CANDOURD"] = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from daemon import Daemon  # noqa: E402
from organisation import day  # noqa: E402

TORRC = """HiddenServiceDir {0}/tor
HiddenServicePort 80 127.0.0.1:0
HiddenServicePoWDefensesEnabled 1
"""


def examine(daemon):
    done = subprocess.run([CANDOUR, "doctor", "--json", "--config", daemon.config, "--torrc", daemon.folder / "torrc"],
                          capture_output=True, text=True, timeout=60)
    checks = {check["what"]: check["advice"] for check in json.loads(done.stdout)["checks"]}
    unsafe = sum(1 for advice in checks.values() if advice)
    assert done.returncode == (1 if unsafe else 0), done
    assert not unsafe or f"{unsafe} of {len(checks)} checks" in done.stderr, done.stderr
    return checks


with tempfile.TemporaryDirectory() as folder:
    server = Daemon(folder)
    (server.folder / "torrc").write_text(TORRC.format(folder))
    found = examine(server)
    for what in ("secrets folder", "receipt key", "roster", "onion service of [reporter]: is there",
                 "onion service of [reporter]: proof of work"):
        assert found[what] == "", (what, found)
    assert "whoever takes the disk has both" in found["database key"], found
    assert "cannot be told apart" in found["onion service of [reporter]: circuits"], found

    def with_trouble(what, words):
        advice = examine(server)[what]
        assert words in advice, (what, advice)

    server.put_roster(server.organisation.roster(valid_from=day(-80), valid_until=day(3)))
    with_trouble("roster", "expires in 3 days")
    (server.folder / "secrets/receipt.key").chmod(0o644)
    with_trouble("receipt key", "chmod 600")
    (server.folder / "data").chmod(0o755)
    with_trouble("data folder", "chmod 700")
    (server.folder / "torrc").write_text("")
    with_trouble("onion service of [reporter]: is there", "no HiddenServicePort")
    (server.folder / "torrc").unlink()
    with_trouble("Tor", "--torrc")
    text = server.config.read_text()
    server.config.write_text(text.replace("disk_reserve_mib = 1", "disk_reserve_mib = 900000000"))
    with_trouble("free disk", "Make room")
    server.config.write_text(text.replace("[desk]", "[disk]"))
    with_trouble(f"{server.config}:4: disk", "does not know this")
    plain = subprocess.run([CANDOUR, "doctor", "--config", server.config], capture_output=True, text=True, timeout=60)
    assert plain.returncode == 1 and "UNSAFE " in plain.stdout, plain
