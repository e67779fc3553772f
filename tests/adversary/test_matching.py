# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/matching.md "What each side learns", tried. Real tools, a real server and a real key holder. First the server: what it is asked, answers
and keeps for a report that names nobody and is sent now, for one that names eight and is held until its author is asked, and for one by somebody who
names a man whom another report names. Then the caseworkers: with all their keys, everything that the server has, and a list of every name, but
without the holder's key.

Not shown: times. Server and holder run the same code for each of them, since what they are given differs in nothing but what is random; the client
hashes up to eight names of some more bytes than random inputs have, which are microseconds before its request for the batch. How often it asks
again hangs on when the holder looks, so requests that come again are counted once."""
import base64
import collections
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import events
import secrets_of
from daemon import Daemon
from organisation import NoteKey, day
from recorder import Recorder

CANDOUR = os.environ["CANDOUR"]
INTEROP = pathlib.Path(__file__).parents[1] / "interop"
PASSPHRASE = "lantern orbit thimble quarry sonnet"
CASEWORKERS = ("ada", "bo", "cy")
FORCES = ("metropolitan", "gwent", "west-midlands")
EIGHT = ["collar-number: gwent; 4711", "warrant-number: metropolitan; 234567", "name-and-birth-day: O'Neill; Robin; 29/2/1980",
         "name-force-and-birth-year: O'Neill; Robin; gwent; 1980", "phone: 07700 900123", "email: robin.oneill@post.example",
         "social-handle: instagram; robin.example", "registration-mark: AB12 CDE"]
WAIT_SECONDS = 60


def looks(exchanges):
    """Of requests and answers, those that come again counted once."""
    return [pair for pair, _ in itertools.groupby((request.looks(), answer.looks()) for request, answer in exchanges)]


class Matching(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.environment = os.environ | {"XDG_STATE_HOME": str(cls.folder / "state"),
                                        "CANDOUR_PASSPHRASE_FILE": str(cls.folder / "passphrase")}
        (cls.folder / "server").mkdir()
        cls.daemon = Daemon(cls.folder / "server")
        cls.make_organisation()
        assert cls.daemon.start(), cls.daemon.said
        cls.addClassCleanup(lambda: cls.daemon.end())
        cls.recorder = Recorder(cls.daemon.reporter_port)
        cls.addClassCleanup(cls.recorder.close)
        cls.start_keyholder()
        cls.looks, cls.rows, cls.heads, cls.ids = {}, {}, {}, {}
        (cls.folder / "contact").write_text("Ring my sister on 07700 900456.\n")
        (cls.folder / "names").write_text("\n".join(EIGHT))
        cls.wait_for_rest()
        cls.report("nobody")
        cls.report("held", "--names-file", "names", "--hold", "2", "--contact-first", "contact")
        cls.report("himself", "--names", "phone: 07700 900123", "--hold", "2")

    @classmethod
    def candour(cls, *arguments, text=None):
        done = cls.try_candour(*arguments, text=text)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    @classmethod
    def try_candour(cls, *arguments, text=None):
        return subprocess.run([CANDOUR, *map(str, arguments)], cwd=cls.folder, env=cls.environment, input=text, capture_output=True, text=True)

    @classmethod
    def make_organisation(cls):
        (cls.folder / "passphrase").write_text(PASSPHRASE + "\n")
        subprocess.run([os.environ["CANDOUR_KEYHOLDER"], "init", "--key", cls.folder / "holder.key", "--out", cls.folder / "holders.json"], check=True,
                       capture_output=True)
        cls.candour("root", "init", "--label", "main")
        cls.candour("roster", "new", "--service", "Test", "--public-name", "Notes", "--receipt-key", cls.daemon.receipt_key)
        cls.candour("roster", "desk", "roster.json", "--id", "legal", "--name", "Legal", "--description", "Solicitors")
        for name in CASEWORKERS:
            cls.candour("caseworker", "create", "--id", name, "--name", name.title())
            cls.candour("roster", "add", "roster.json", "--card", f"{name}.card", "--desk", "legal")
        cls.candour("roster", "matching", "roster.json", "--holders", "holders.json", "--group", ",".join(CASEWORKERS))
        cls.candour("roster", "sign", "roster.json", "--key", "root.key")
        subprocess.run([os.environ["WEAKEN_KEY_FILE"], "passphrase", "root.key", *(f"{name}.key" for name in CASEWORKERS)], cwd=cls.folder, check=True)
        for name in ("root.pin", "roster.note"):
            shutil.copy(cls.folder / name, cls.daemon.folder / name)

    @classmethod
    def start_keyholder(cls):
        holder = subprocess.Popen([os.environ["CANDOUR_KEYHOLDER"], "run", "--key", "holder.key", "--server", f"http://127.0.0.1:{cls.daemon.holders_port}",
                                   "--pin", "root.pin", "--daily", "1000", "--state", "holder.state", "--every", "1"], cwd=cls.folder,
                                  stderr=subprocess.DEVNULL)

        def end():
            holder.terminate()
            holder.wait(WAIT_SECONDS)
        cls.addClassCleanup(end)

    @classmethod
    def shapes(cls):
        """Of every table, how its rows look and how many look so."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("candour.db", "candour.db-wal", "candour.db-shm"):
                if (cls.daemon.folder / "data" / name).exists():
                    shutil.copy(cls.daemon.folder / "data" / name, folder)
            said = subprocess.run([os.environ["READ_DATABASE"], f"{folder}/candour.db", cls.daemon.folder / "secrets/database.key"], check=True,
                                  capture_output=True).stdout
        return {table: collections.Counter(rows) for table, rows in json.loads(said).items()}

    @classmethod
    def wait_for_rest(cls):
        """Until what a server makes at its start, its own drops, is there."""
        deadline = time.monotonic() + WAIT_SECONDS
        before, now = None, cls.shapes()
        while before != now:
            assert time.monotonic() < deadline, "the server does not come to rest"
            time.sleep(1)
            before, now = now, cls.shapes()

    @classmethod
    def report(cls, name, *options):
        before = cls.shapes()
        server = ("--server", f"http://127.0.0.1:{cls.recorder.port}", "--pin", "root.pin")
        said = cls.candour("report", *server, "--json", *options, text="He waited outside, and again.")
        lines = [json.loads(line) for line in said.splitlines()]
        assert lines[-1] == {"compared": True}, said
        cls.ids[name] = lines[1]["report"]
        exchanges = cls.recorder.taken()
        cls.looks[name] = looks(exchanges)
        cls.heads[name] = [(request, answer) for request, answer in exchanges]
        cls.rows[name] = {table: (rows - before[table], before[table] - rows) for table, rows in cls.shapes().items()}

    def test_the_server_sees_the_same_of_each(self):
        kinds = [request[0] for request, _ in self.looks["nobody"]]
        report = "/v1/reports/HEX64"
        self.assertEqual(kinds[:3], ["GET /v1/roster HTTP/1.1", f"PUT {report} HTTP/1.1", f"PUT {report}/evaluation HTTP/1.1"])
        self.assertEqual(kinds[-2:], [f"GET {report}/evaluation HTTP/1.1", f"PUT {report}/companion HTTP/1.1"])
        self.assertEqual(self.looks["held"], self.looks["nobody"])
        self.assertEqual(self.looks["himself"], self.looks["nobody"])

    maxDiff = None

    def test_the_database_keeps_the_same_of_each(self):
        grown = {table: added.total() for table, (added, _) in self.rows["nobody"].items() if added}
        self.assertEqual((grown["evaluation_arrival"], grown["event_arrival"]), (1, 1), grown)
        self.assertEqual(self.rows["held"], self.rows["nobody"])
        self.assertEqual(self.rows["himself"], self.rows["nobody"])

    def test_answers_differ_in_what_is_random_alone(self):
        """Ids, hashes and signatures of receipts; elements and proofs of evaluations; nothing else is in them."""
        def without_random(message):
            if len(message.body) % 321 == 0:
                return message.body[::321], len(message.body)
            return re.sub(rb"[0-9a-f]{64}|[A-Za-z0-9+/=]{92,}", b"RANDOM", message.body)

        for name in ("held", "himself"):
            pairs = [[(answer.first, answer.headers, without_random(answer)) for _, answer in self.heads[one]] for one in ("nobody", name)]
            first, second = ([pair for pair, _ in itertools.groupby(answers)] for answers in pairs)
            self.assertEqual(first, second)

    # The caseworkers, with all that they and the server have.

    @classmethod
    def plain_keys(cls):
        """Key files without their passphrase, as stock age reads them."""
        plain = [cls.folder / f"{name}.plain" for name in CASEWORKERS]
        for path in plain:
            if not path.exists():
                subprocess.run([sys.executable, INTEROP / "with_passphrase.py", PASSPHRASE, "age", "-d", "-o", path, path.with_suffix(".key")], check=True)
        return plain

    @classmethod
    def desk(cls, name):
        """Headers of a session with her key."""
        seed = secrets_of.of_key_file(name, (cls.folder / f"{name}.plain").read_text())[f"{name}: signing seed"]
        note = cls.daemon.session_note(name, key=NoteKey(f"candour/caseworker/{name}", seed))
        return {"Authorization": f"Bearer {cls.daemon.ask('POST', '/v1/session', note, desk=True).json()['token']}"}

    @classmethod
    def unseal(cls, sealed):
        identities = itertools.chain(*(("-i", path) for path in cls.plain_keys()))
        return subprocess.run([CANDOUR, "unseal", *identities], input=sealed, capture_output=True)

    def companions(self, *reports):
        """Files of the notes that belong to these reports, opened with the keys of all."""
        self.plain_keys()
        session = self.desk("ada")
        ids = [one["id"] for one in self.daemon.ask("GET", f"/v1/events?from={day()}", headers=session, desk=True).json()["events"]]
        found = []
        for sealed in events.bodies_of(self.daemon.ask("POST", "/v1/events/read", events.lines(ids), session, desk=True)):
            note = self.unseal(sealed).stdout.rstrip(b"\0")
            if any(note.startswith(f"candour/v1/companion\nreport {self.ids[report]}\n".encode()) for report in reports):
                found.append(self.folder / f"companion{len(found)}")
                found[-1].write_bytes(note)
        self.assertEqual(len(found), len(reports))
        return found

    def staff_list(self):
        """Whom she named among others, and a file of all of them."""
        named = [f"{kind} " + "\t".join(fields.split("; ")) for kind, _, fields in (name.partition(": ") for name in EIGHT)]
        others = [f"collar-number {force}\t{number}A" for force in FORCES for number in range(100, 130)]
        names = self.folder / "staff"
        names.write_text("\n".join(named + others) + "\n")
        return named, names

    def guesses(self, *arguments):
        done = subprocess.run([os.environ["GUESS_NAMES"], *arguments], check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    def test_no_key_of_the_desk_opens_what_is_held(self):
        self.plain_keys()
        for name, opens in (("nobody", True), ("held", False)):
            for who in CASEWORKERS:
                sealed = self.daemon.ask("GET", f"/v1/reports/{self.ids[name]}", headers=self.desk(who), desk=True).body
                done = self.unseal(sealed)
                self.assertEqual(done.returncode == 0, opens, done.stderr)
                self.assertEqual(b"He waited outside" in done.stdout, opens)
                (self.folder / "sealed.age").write_bytes(sealed)
                stock = subprocess.run(["age", "-d", *itertools.chain(*(("-i", path) for path in self.plain_keys())), self.folder / "sealed.age"],
                                       capture_output=True)
                self.assertEqual(stock.returncode == 0, opens, stock.stderr)

    def test_a_list_of_all_names_tells_nothing_without_the_key_and_all_with_it(self):
        named, names = self.staff_list()
        companions = self.companions("nobody", "held")
        self.assertEqual(self.guesses(names, *companions), [])
        self.assertEqual(self.guesses(names, *companions, "--key", self.folder / "holder.key"), named)

    def test_the_server_has_no_name_and_no_tag(self):
        """All of database and log, with the server's own key: neither what was named nor how to reach her, nor a tag of a companion."""
        with tempfile.TemporaryDirectory() as folder:
            for file in (self.daemon.folder / "data").glob("candour.db*"):
                shutil.copy(file, folder)
            subprocess.run([os.environ["READ_DATABASE"], f"{folder}/candour.db", self.daemon.folder / "secrets/database.key", f"{folder}/pages"], check=True,
                           capture_output=True)
            pages = pathlib.Path(f"{folder}/pages").read_bytes()
        taken = pages + "".join(self.daemon.said).encode()
        self.assertIn(bytes.fromhex(self.ids["held"]), pages)
        words = [b"4711", b"kind warrant", b"oneill", b"O'Neill", b"7700900123", b"07700 900", b"robin.example", b"AB12", b"my sister", b"instagram"]
        words += [base64.b64decode(slot)[at:at + 32] for path in self.companions("nobody", "held", "himself")
                  for slot in re.findall(rb"^slot (\S+)$", path.read_bytes(), re.M) for at in (0, 96)]
        self.assertEqual([word for word in words if word in taken], [])


if __name__ == "__main__":
    unittest.main()
