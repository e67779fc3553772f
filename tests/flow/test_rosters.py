# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/roster.md: which rosters candourd refuses, in which words, and that it goes on with the one it has."""
import re
import tempfile
import unittest

from daemon import Case, Daemon
from organisation import NoteKey, Organisation, day, report_id, sealed


def tampered(note):
    return note.replace("Legal", "Lugal")


class Refused(unittest.TestCase):
    """At the very first start there is none to go on with: candourd says why and does not start."""

    def test_at_the_first_start(self):
        with tempfile.TemporaryDirectory() as folder:
            daemon = Daemon(folder)
            organisation = daemon.organisation
            stranger = Organisation(daemon.receipt_key)
            for note, words in (
                    ("just text\n", "signed"),
                    (organisation.roster_text() + "\n", "signed"),
                    (stranger.roster(), "unsigned"),
                    (tampered(organisation.roster()), "is wrong"),
                    (organisation.root.sign("not json\n"), "JSON"),
                    (organisation.roster(places=1), "places"),
                    (organisation.roster(valid_from=day(-40), valid_until=day(-1)), "expired"),
                    (organisation.roster(valid_from=day(1)), "not yet valid"),
                    (organisation.roster(receipt_key=NoteKey("candour/receipt/main").verifier()), "receipt key")):
                daemon.put_roster(note)
                self.assertFalse(daemon.start())
                self.assertEqual(daemon.process.returncode, 1)
                self.assertEqual(len(daemon.said), 1, daemon.said)
                self.assertRegex(daemon.said[0], f"^candourd: .*/candourd.toml: \\[paths\\] roster: .*{re.escape(words)}")
            (daemon.folder / "roster.note").unlink()
            self.assertFalse(daemon.start())
            self.assertIn("cannot read the roster file", daemon.said[0])
            daemon.process = None


class AnotherPin(unittest.TestCase):
    def test_versions_begin_anew(self):
        with tempfile.TemporaryDirectory() as folder:
            daemon = Daemon(folder)
            daemon.put_roster(daemon.organisation.roster(version=50))
            self.assertTrue(daemon.start())
            daemon.end()
            successor = Organisation(daemon.receipt_key)
            (daemon.folder / "root.pin").write_text(successor.pin())
            note = successor.roster()
            daemon.put_roster(note)
            self.assertTrue(daemon.start(), daemon.said)
            self.assertEqual(daemon.ask("GET", "/v1/roster").body.decode(), note)
            daemon.end()
            # And the pin of before does not bring the old order back.
            daemon.put_roster(daemon.organisation.roster(version=50))
            self.assertTrue(daemon.start())
            self.assertIn("unsigned", "".join(daemon.said))
            self.assertEqual(daemon.ask("GET", "/v1/roster").body.decode(), note)
            daemon.end()

    def test_a_stored_roster_of_another_receipt_key_is_not_served(self):
        with tempfile.TemporaryDirectory() as folder:
            daemon = Daemon(folder)
            self.assertTrue(daemon.start())
            daemon.end()
            (daemon.folder / "secrets/receipt.key").write_bytes(bytes(range(32)))
            self.assertFalse(daemon.start())
            self.assertIn("another receipt key", daemon.said[0])
            daemon.process = None


class Reload(Case):
    def hang_up_with(self, note, words):
        self.daemon.said.clear()
        self.daemon.put_roster(note)
        self.daemon.hang_up()
        self.daemon.hear(words)

    def served(self):
        return self.daemon.ask("GET", "/v1/roster").body.decode()

    def test_refusals_change_nothing(self):
        organisation = self.daemon.organisation
        organisation.version += 10
        good = organisation.roster()
        self.hang_up_with(good, "roster loaded")
        self.assertEqual(self.served(), good)
        refusals = ((tampered(good), "is wrong"),
                    (Organisation(self.daemon.receipt_key).roster(version=99), "unsigned"),
                    (organisation.roster(version=organisation.version - 1), "older"),
                    (organisation.roster(service="Another"), "different text"),
                    (organisation.roster(version=99, valid_from=day(-9), valid_until=day(-1)), "expired"))
        for note, words in refusals:
            self.hang_up_with(note, words)
            self.assertEqual(self.served(), good)
            self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        # The same after a restart: the newest one accepted is kept in the store.
        for note, words in refusals:
            self.daemon.end()
            self.daemon.put_roster(note)
            self.assertTrue(self.daemon.start())
            self.assertIn(words, "".join(self.daemon.said))
            self.assertEqual(self.served(), good)

    def test_a_new_roster_keeps_sessions_and_uploads(self):
        headers = self.daemon.sign_in("ada")
        report, blob = report_id(), sealed()
        self.assertEqual(self.daemon.put_report(report, blob).status, 201)
        organisation = self.daemon.organisation
        organisation.version += 10
        organisation.places = 5
        self.hang_up_with(organisation.roster(), "roster loaded")
        self.assertEqual(self.daemon.ask("GET", f"/v1/reports/{report}", headers=headers, desk=True).body, blob)
        self.assert_problem(self.daemon.put_report(report_id(), sealed(places=4)), 422, "wrong-recipients")
        self.assertEqual(self.daemon.put_report(report_id(), sealed(places=5)).status, 201)
        organisation.places = 4
        organisation.version += 1
        self.hang_up_with(organisation.roster(), "roster loaded")


if __name__ == "__main__":
    unittest.main()
