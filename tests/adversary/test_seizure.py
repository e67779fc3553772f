# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/threat-model.md "whoever seizes the server". A day of use by real tools; then everything that the server has is taken
from it — database, WAL, log, memory — with its own keys, and searched by somebody who knows every secret of that day. After the
day's close, also by somebody who would order its reports."""
import glob
import itertools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import drops
import events
import secrets_of
from daemon import Daemon
from memory import memory_of
from organisation import MIB, Holder, NoteKey, matching, padme, report_id, sealed

CANDOUR = os.environ["CANDOUR"]
READ_DATABASE = os.environ["READ_DATABASE"]
INTEROP = pathlib.Path(__file__).parents[1] / "interop"
PASSPHRASE = "lantern orbit thimble quarry sonnet"
CASEWORKERS = ("ada", "bo", "cy")
PLAIN_REPORTS = 120  # in a known order
WITHOUT_COMPANION = 100  # of them, whose batches still wait
CLOSE_SECONDS = 150


class Seizure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.environment = os.environ | {"XDG_STATE_HOME": str(cls.folder / "state"),
                                        "CANDOUR_PASSPHRASE_FILE": str(cls.folder / "passphrase")}
        cls.secrets = {"passphrase": PASSPHRASE.encode()}
        (cls.folder / "server").mkdir()
        cls.daemon = Daemon(cls.folder / "server", "drops_per_minute = 10000\ncaseworker_puts_per_minute = 10000")
        cls.make_organisation()
        cls.add_matching()
        cls.start_with_a_clock()
        cls.addClassCleanup(lambda: cls.daemon.end())
        cls.use_for_a_day()

    @classmethod
    def candour(cls, *arguments, text=None):
        done = subprocess.run([CANDOUR, *map(str, arguments)], cwd=cls.folder, env=cls.environment, input=text,
                              capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    @classmethod
    def make_organisation(cls):
        (cls.folder / "passphrase").write_text(PASSPHRASE + "\n")
        cls.candour("root", "init", "--label", "main")
        cls.candour("roster", "new", "--service", "Test", "--public-name", "Notes", "--receipt-key", cls.daemon.receipt_key)
        cls.candour("roster", "desk", "roster.json", "--id", "legal", "--name", "Legal", "--description", "Solicitors")
        for name in CASEWORKERS:
            cls.candour("caseworker", "create", "--id", name, "--name", name.title())
            cls.candour("roster", "add", "roster.json", "--card", f"{name}.card", "--desk", "legal")
        cls.candour("roster", "sign", "roster.json", "--key", "root.key")
        subprocess.run([os.environ["WEAKEN_KEY_FILE"], "passphrase", "root.key", *(f"{name}.key" for name in CASEWORKERS)], cwd=cls.folder, check=True)
        for name in ("root.pin", "roster.note"):
            shutil.copy(cls.folder / name, cls.daemon.folder / name)
        for name in (*CASEWORKERS, "root"):
            plain = cls.folder / f"{name}.plain"
            subprocess.run([sys.executable, INTEROP / "with_passphrase.py", PASSPHRASE, "age", "-d", "-o", plain, f"{name}.key"],
                           cwd=cls.folder, check=True)
            cls.secrets |= secrets_of.of_key_file(name, plain.read_text())

    @classmethod
    def add_matching(cls):
        """By whoever knows the root key; what the holder's key is does not matter to the server."""
        cls.holder = Holder(1)
        cls.secrets["holder's token"] = cls.holder.token
        root = NoteKey("candour/root-key/main", cls.secrets["root: signing seed"])
        roster = json.loads((cls.folder / "roster.note").read_text().split("\n\n\u2014 ")[0])
        roster["matching"] = matching(sorted(CASEWORKERS), [cls.holder])
        for folder in (cls.folder, cls.daemon.folder):
            (folder / "roster.note").write_text(root.sign(json.dumps(roster) + "\n"))

    @classmethod
    def start_with_a_clock(cls):
        """The server's clock is ahead by what the file says; waiting goes by the machine's own."""
        cls.clock = cls.daemon.folder / "clock"
        cls.clock.write_text("+0")
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        ours = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(cls.clock), "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        os.environ.update(ours)
        try:
            assert cls.daemon.start(), cls.daemon.said
        finally:
            for name in ours:
                del os.environ[name]

    @classmethod
    def use_for_a_day(cls):
        reporter = ("--server", f"http://127.0.0.1:{cls.daemon.reporter_port}", "--pin", "root.pin")
        desk = ("--server", f"http://127.0.0.1:{cls.daemon.desk_port}", "--origin", "http://desk.test")
        photo = os.urandom(3 * MIB)
        (cls.folder / "DSC 4711 kitchen door.jpg").write_bytes(photo)
        cls.secrets |= {f"photo at {at}": photo[at:at + 64] for at in (0, MIB, 2 * MIB + 12345, len(photo) - 64)}
        cls.secrets["file name"] = b"DSC 4711 kitchen door"
        cls.reports = {}
        for number, attach in enumerate((None, "DSC 4711 kitchen door.jpg", None)):
            story = f"On the {number + 3}th he waited outside my sister's flat in Thornbury Crescent, and again."
            options = ("--attach", attach) if attach else ("--exclude", "cy")
            said = cls.candour("report", *reporter, "--json", *options, text=story)
            codename = json.loads(said.splitlines()[0])["codename"]
            cls.reports[secrets_of.report_id(codename)] = codename
            cls.secrets |= {f"{number}: {name}": value for name, value in secrets_of.of_codename(codename).items()}
            cls.secrets[f"{number}: story"] = story.encode()
        for name in ("ada", "bo"):
            cls.candour("inbox", *desk, "--key", f"{name}.key")
        for number, report in enumerate(cls.reports):
            cls.candour("open", report, *desk, "--key", "ada.key", "--pin", "root.pin", "--out", f"opened{number}")
            assert cls.secrets[f"{number}: story"].decode() in (cls.folder / f"opened{number}/report.json").read_text()
        # What caseworkers tell each other, beside the three events of the openings.
        on_case = (*desk, "--key", "bo.key", "--pin", "root.pin")
        note = "Her solicitor is Ms Abercrombie; court on the ninth. He must not learn of the refuge in Penarth."
        first = next(iter(cls.reports))
        cls.candour("case", first, "--status", "working", "--label", "refuge-penarth", "--deadline", "Abercrombie hearing=2099-12-09", *on_case)
        cls.candour("note", first, "--privileged", *on_case, text=note)
        assert note in cls.candour("case", first, *desk, "--key", "ada.key", "--pin", "root.pin")
        cls.secrets |= {"note": note.encode(), "label": b"refuge-penarth", "deadline": b"Abercrombie hearing"}
        cls.events_of_the_tool = 7
        # Strangers' nonsense, and a plaintext by mistake.
        mistake = b"I typed this into the wrong place: he keeps my passport in his locker. " * 10
        assert cls.daemon.put_report(report_id(), mistake).status == 422
        cls.secrets["refused plaintext"] = mistake[:70]
        # Reports whose order is known here.
        roster = json.loads((cls.folder / "roster.note").read_text().split("\n\n\u2014 ")[0])
        proofs = [os.urandom(32) for _ in range(PLAIN_REPORTS)]
        cls.order = [secrets_of.hashlib.sha256(b"candour/v1/report-id" + proof).hexdigest() for proof in proofs]
        cls.marks = {}
        for number, report in enumerate(cls.order):
            # Some in parts.
            blob = sealed(roster["places"], padme(2 * MIB) if number % 20 == 0 else 65536)
            cls.marks[report] = blob[len(blob) // 2:][:32]
            cls.store(report, blob)
        assert not set(cls.order) & set(cls.reports)
        cls.use_drops()
        cls.use_events(roster["places"])
        cls.use_evaluation(proofs, roster["places"])

    @classmethod
    def use_drops(cls):
        """A reply and a diary entry, sealed by stock age; then drops whose order is known here."""
        recipient = json.loads((cls.folder / "opened0/report.json").read_text())["reply_recipient"]
        cls.hers = []
        for name, text in (("reply", "We believe you. Do not ring us from the house; we will be at the clinic on Friday."),
                           ("diary entry", "He came home at two and counted the mileage on the car again, out loud.")):
            place = drops.Place()
            body = subprocess.run(["age", "-r", recipient], input=text.encode().ljust(16384, b"\0"), capture_output=True, check=True).stdout
            assert drops.put(cls.daemon, place, body).status == 201
            cls.hers.append(place)
            cls.secrets |= {f"{name}: text": text.encode(), f"{name}: address": place.address, f"{name}: token": place.token}
        cls.drop_order, cls.drop_marks = [], {}
        for number in range(PLAIN_REPORTS):
            place, body = drops.Place(), drops.sealed_drop()
            assert drops.put(cls.daemon, place, body).status == 201
            cls.drop_order.append(place.tag)
            cls.drop_marks[place.tag] = body[12000:12032]
        # One that was erased and one that was replaced, by somebody who changed her mind. What is left is sealed: page buffers in
        # memory may hold it until they are used again (threat model), the database and its log must not.
        cls.gone = {}
        for name in ("erased", "replaced"):
            place, body = drops.Place(), drops.sealed_drop()
            assert drops.put(cls.daemon, place, body).status == 201
            if name == "erased":
                assert cls.daemon.ask("DELETE", place.path(), headers={"Authorization": f"Secret {place.token.hex()}"}).status == 204
            else:
                assert drops.put(cls.daemon, place, drops.sealed_drop(), **{"Candour-Replace": place.token.hex()}).status == 200
            cls.secrets[f"{name} drop: token"] = place.token
            cls.gone[f"{name} drop"] = body[9000:9064]

    @classmethod
    def use_events(cls, places):
        """Events whose order is known here, put by whoever knows ada's key."""
        key = NoteKey("candour/caseworker/ada", cls.secrets["ada: signing seed"])
        token = cls.daemon.ask("POST", "/v1/session", cls.daemon.session_note("ada", key=key), desk=True).json()["token"]
        session = {"Authorization": f"Bearer {token}"}
        cls.event_order, cls.event_marks = [], {}
        for number in range(PLAIN_REPORTS):
            event = events.Event(places)
            answer = cls.daemon.ask("PUT", event.path(), event.body, session | {"Candour-Audience": "ada,bo"}, desk=True)
            assert answer.status == 201, answer.body
            cls.event_order.append(event.id)
            cls.event_marks[event.id] = event.body[-2000:-1968]

    @classmethod
    def use_evaluation(cls, proofs, places):
        """Every report asks, in the known order; the holder answers some; the last ones get their companions."""
        as_holder = {"Authorization": f"Secret {cls.holder.token.hex()}"}
        cls.batches, cls.companions = {}, []
        for number, (report, proof) in enumerate(zip(cls.order, proofs, strict=True)):
            batch, authorization = os.urandom(256), {"Authorization": f"Secret {proof.hex()}"}
            assert cls.daemon.ask("PUT", f"/v1/reports/{report}/evaluation", batch, authorization).status == 200
            if number % 2 == 0:
                digest = secrets_of.hashlib.sha256(batch).hexdigest()
                assert cls.daemon.ask("PUT", f"/v1/batches/{digest}", os.urandom(320), as_holder, holders=True).status == 204
            if number < WITHOUT_COMPANION:
                cls.batches[report] = batch
                continue
            companion = events.Event(places)
            answer = cls.daemon.ask("PUT", f"/v1/reports/{report}/companion", companion.body, authorization | {"Candour-Audience": "ada,bo"})
            assert answer.status == 201, answer.body
            cls.companions.append(companion.id)
            cls.secrets[f"report secret {number}"] = proof

    @classmethod
    def store(cls, report, blob):
        if len(blob) <= MIB:
            assert cls.daemon.put_report(report, blob).status == 201
            return
        ask = cls.daemon.ask
        assert ask("PUT", f"/v1/uploads/{report}", json.dumps({"audience": ["ada", "bo"], "bytes": len(blob)})).status == 201
        for index in range(-(-len(blob) // MIB)):
            assert ask("PUT", f"/v1/uploads/{report}/parts/{index}", blob[index * MIB:(index + 1) * MIB]).status == 204
        digest = secrets_of.hashlib.sha256(blob).hexdigest()
        assert ask("POST", f"/v1/uploads/{report}/finish", json.dumps({"sha256": digest})).status == 201

    def seize(self):
        """Everything there is, by name; and the ids of each table in its own order."""
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            data = pathlib.Path(copy)
            taken = {"memory": memory_of(self.daemon.process.pid), "log": "".join(self.daemon.said).encode(),
                     "metrics": self.daemon.ask_control("GET /metrics").encode()}
            self.daemon.process.send_signal(signal.SIGSTOP)  # database and WAL of one moment: the day may be closing
            for file in (self.daemon.folder / "data").iterdir():
                if file.is_file():
                    taken[file.name] = file.read_bytes()
                    shutil.copy(file, data)
            self.daemon.process.send_signal(signal.SIGCONT)
            done = subprocess.run([READ_DATABASE, data / "candour.db", self.daemon.folder / "secrets/database.key", data / "pages"],
                                  check=True, capture_output=True)
            taken["decrypted pages"] = (data / "pages").read_bytes()
        return taken, json.loads(done.stdout)

    def in_known_order(self):
        return (self.order, self.marks), (self.drop_order, self.drop_marks), (self.event_order, self.event_marks)

    def assert_no_secret(self, taken):
        found = [f"{name} in {place}" for name, secret in self.secrets.items() for spelling in set(secrets_of.spellings(secret))
                 for place, content in taken.items() if len(spelling) >= 8 and spelling in content]
        found += [f"{name} in {place}" for name, body in self.gone.items() for place, content in taken.items()
                  if place != "memory" and body in content]
        self.assertEqual(found, [])

    def test_1_the_search_finds_what_is_there(self):
        taken, tables = self.seize()
        ids = [bytes.fromhex(report) for report in self.reports]
        self.assertTrue(all(report in taken["decrypted pages"] for report in ids))
        self.assertFalse(any(report in taken["candour.db"] + taken["candour.db-wal"] for report in ids))
        self.assertIn(b"Solicitors", taken["memory"])
        self.assertIn((self.daemon.folder / "secrets/receipt.key").read_bytes(), taken["memory"])
        self.assertIn("ready", taken["log"].decode())
        listed = set(itertools.chain(*tables.values()))
        known = {*self.order, *self.reports, *self.event_order, *self.companions}
        self.assertEqual(len({one for one in listed if len(one) == 64} - known), self.events_of_the_tool)
        self.assertLessEqual(known, listed)
        self.assertLessEqual({*self.drop_order, *(place.tag for place in self.hers)}, listed)
        planted = {"memory": taken["memory"][:1000] + self.secrets["0: seed"].hex().encode() + taken["memory"][1000:]}
        with self.assertRaises(AssertionError):
            self.assert_no_secret(planted)

    def test_2_no_secret_on_the_day(self):
        taken, _ = self.seize()
        self.assert_no_secret(taken)
        for order, marks in self.in_known_order():
            self.assertGreater(correlation(taken["decrypted pages"], order, marks), 0.9, "on the day the order shows: the next test would see it")

    def test_2_a_visit_that_fetches_her_mail_leaves_what_any_other_leaves(self):
        tags = drops.index_of(self.daemon)

        def visit(wanted):
            for tag in wanted:
                self.assertEqual(self.daemon.ask("GET", f"/v1/drops/{tag}").status, 200)
            data = self.daemon.folder / "data"
            return {"log": list(self.daemon.said), "metrics": self.daemon.ask_control("GET /metrics"),
                    "names": sorted(file.name for file in data.iterdir()),
                    **{name: (data / name).read_bytes() for name in ("candour.db", "candour.db-wal")}}

        before = visit([])
        hers = visit([place.tag for place in self.hers] + tags[:2])
        cover = visit(tags[2:6])
        for name, left in before.items():
            self.assertTrue(left == hers[name] == cover[name], f"{name} is another after a visit")

    def test_3_no_secret_and_no_order_after_the_close(self):
        self.clock.write_text("+1d")
        deadline = time.monotonic() + CLOSE_SECONDS
        while True:
            time.sleep(2)
            _, tables = self.seize()
            if tables["report"] and not any(tables[name] for name in ("arrival", "drop_arrival", "event_arrival", "evaluation_arrival")):
                break
            self.assertLess(time.monotonic(), deadline, "the day was not closed")
        taken, tables = self.seize()  # memory is copied before the files: that of the loop may be of while the day was closing
        self.assert_no_secret(taken)
        asked = self.order[:WITHOUT_COMPANION]
        for order, marks in (*self.in_known_order(), (asked, self.batches)):
            # Four standard deviations of what chance gives.
            chance = 4 / (len(order) - 1) ** 0.5
            self.assertLess(abs(correlation(taken["decrypted pages"], order, marks)), chance)
            for table, ids in tables.items():
                ranked = [order.index(one) for one in dict.fromkeys(ids) if one in order]
                if len(ranked) == len(order):
                    self.assertLess(abs(rank_correlation(ranked)), chance, table)
            for place in ("memory", "log"):
                for spell in (bytes.fromhex, str.encode):
                    places = {one: taken[place].find(spell(one)) for one in order}
                    still = [one for one in order if places[one] >= 0]
                    if len(still) > 30:
                        by_place = sorted(still, key=places.get)
                        self.assertLess(abs(rank_correlation([still.index(one) for one in by_place])), 4 / (len(still) - 1) ** 0.5, place)


def correlation(pages, order, marks):
    """Of the order of arrival with the order of the bodies on disk."""
    places = {one: pages.find(mark) for one, mark in marks.items()}
    assert all(place >= 0 for place in places.values())
    by_place = sorted(order, key=places.get)
    return rank_correlation([order.index(one) for one in by_place])


def rank_correlation(ranks):
    """Spearman's, of 0, 1, 2 … with these."""
    count = len(ranks)
    return 1 - 6 * sum((place - rank) ** 2 for place, rank in enumerate(ranks)) / (count * (count**2 - 1))


if __name__ == "__main__":
    unittest.main()
