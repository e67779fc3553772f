# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of an open desk once it is locked, in the folder that desk_memory.sh has made."""
import pathlib
import subprocess
import sys
import time
import unittest

from desk_tool import FIRST, PASSPHRASE, Case

TESTS = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(TESTS / "adversary"))
import secrets_of  # noqa: E402
from memory import memory_of  # noqa: E402


def keys_of(who):
    """What is in her key file, read by stock age."""
    plain = pathlib.Path(f"{who}.plain")
    subprocess.run([sys.executable, TESTS / "interop/with_passphrase.py", PASSPHRASE, "age", "-d", "-o", plain, f"{who}.key"],
                   check=True, capture_output=True)
    return secrets_of.of_key_file(who, plain.read_text())


class TheMemory(Case):
    """What somebody finds in the tool's memory who takes the computer after the desk was locked."""

    WRITTEN = {"story": b"Story-Wombat-2281", "accused": b"Accused-Quokka-9134", "file": b"Attached-Ocelot-4471",
               "note": b"Note-Gecko-6652", "reply": b"Reply-Marmot-3308"}

    @classmethod
    def setUpClass(cls):
        cls.keys = keys_of("ada")

    def open_and_work(self, *options):
        at = self.desk("ada", *options)
        at.enter()
        at.unlock()
        at.post(f"/api/reports/{FIRST}/read")
        at.post(f"/api/reports/{FIRST}/attachments/0/view")
        at.post(f"/api/cases/{FIRST}/events", {"kind": "note", "body": {"text": self.WRITTEN["note"].decode()}})
        at.post(f"/api/reports/{FIRST}/reply", {"words": self.WRITTEN["reply"].decode()})
        at.post("/api/search", {"words": "wombat"})
        memory = memory_of(at.process.pid)
        for name in ("story", "accused", "file", "note"):
            self.assertIn(self.WRITTEN[name], memory, f"{name}: while the desk is open it must be found, or the search finds nothing")
        return at

    def assert_forgotten(self, at):
        memory = memory_of(at.process.pid)
        secrets = self.WRITTEN | {"passphrase": PASSPHRASE.encode()} | self.keys
        self.assertEqual([name for name, secret in secrets.items()
                          if any(spelling in memory for spelling in secrets_of.spellings(secret))], [])

    def test_locked_by_hand(self):
        at = self.open_and_work()
        at.post("/api/lock")
        self.assert_forgotten(at)

    def test_locked_because_nobody_came(self):
        at = self.open_and_work("--idle", "1")
        begun = time.monotonic()
        while at.get("/api/desk")["open"]:  # the page's own look does not put it off
            self.assertLess(time.monotonic() - begun, 90)
            time.sleep(0.5)
        self.assertGreater(time.monotonic() - begun, 50)
        self.assertEqual(at.get("/api/desk")["why"], "idle")
        at.get("/api/cases", 409)
        self.assert_forgotten(at)


if __name__ == "__main__":
    unittest.main(verbosity=1)
