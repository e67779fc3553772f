# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/cli.md "Backup": a backup taken under load restores everything acknowledged before it began; another key."""
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from daemon import BINARY, WAIT_SECONDS, Daemon
from organisation import report_id, sealed


class Backup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name)
        self.addCleanup(lambda: self.daemon.end())
        self.data = self.daemon.folder / "data"
        self.secrets = self.daemon.folder / "secrets"
        self.copy = self.daemon.folder / "copy.db"

    def command(self, *arguments):
        return subprocess.run([BINARY, arguments[0], "--config", self.daemon.config, *map(str, arguments[1:])],
                              capture_output=True, text=True, timeout=WAIT_SECONDS)

    def does(self, *arguments):
        done = self.command(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def fails(self, words, *arguments):
        done = self.command(*arguments)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, words)

    def put(self, count=1):
        reports = {report_id(): sealed() for _ in range(count)}
        for report, blob in reports.items():
            self.assertEqual(self.daemon.put_report(report, blob).status, 201)
        return reports

    def assert_there(self, reports):
        headers = self.daemon.sign_in("ada")
        for report, blob in reports.items():
            answer = self.daemon.ask("GET", f"/v1/reports/{report}", headers=headers, desk=True)
            self.assertEqual((answer.status, answer.body == blob), (200, True))

    def test_verify(self):
        self.daemon.start()
        self.put(12)
        self.daemon.end()
        self.assertIn("every page of the database is whole, 12 reports", self.does("verify"))
        database = self.data / "candour.db"
        whole = database.read_bytes()
        page = 16384
        for number in sorted({*range(8), *random.sample(range(len(whole) // page), 80)}):
            changed = bytearray(whole)
            changed[number * page + 5000] ^= 1
            database.write_bytes(changed)
            self.fails("damaged", "verify")
        database.write_bytes(whole)
        self.does("verify")

    def lose_the_data(self):
        shutil.rmtree(self.data)

    def test_under_load_and_back(self):
        self.daemon.start()
        acknowledged, stop = {}, threading.Event()

        def load():
            while not stop.is_set():
                report, blob = report_id(), sealed()
                if self.daemon.put_report(report, blob).status == 201:
                    acknowledged[report] = blob

        loaders = [threading.Thread(target=load) for _ in range(4)]
        for loader in loaders:
            loader.start()
        while len(acknowledged) < 50:
            time.sleep(0.01)
        before = dict(acknowledged)
        said = self.does("backup", "--to", self.copy)
        stop.set()
        for loader in loaders:
            loader.join()
        self.assertRegex(said, r"made .*/secrets/backup.key\. .*\n.*backup made and proved, \d+ reports")
        self.assertGreater(len(acknowledged), len(before))
        for file in (self.copy, self.secrets / "backup.key"):
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(b"SQLite", self.copy.read_bytes()[:4096])
        self.assertEqual([f.name for f in self.data.iterdir() if f.name.startswith("backup")], [])
        self.daemon.end(signal.SIGKILL)
        self.fails("holds a database already", "restore", "--from", self.copy)
        self.lose_the_data()
        self.assertRegex(self.does("restore", "--from", self.copy), r"restored and proved, \d+ reports")
        self.daemon.start()
        self.assert_there(before)

    def test_on_a_new_machine(self):
        self.daemon.start()
        reports = self.put(3)
        self.does("backup", "--to", self.copy, "--key", self.daemon.folder / "own.key")
        self.daemon.end()
        self.lose_the_data()
        receipt_key = (self.secrets / "receipt.key").read_bytes()
        shutil.rmtree(self.secrets)
        self.fails("backup.key: this key is not there. Put it back from its copy", "restore", "--from", self.copy)
        said = self.does("restore", "--from", self.copy, "--key", self.daemon.folder / "own.key")
        self.assertIn("put receipt.key back", said)
        (self.secrets / "receipt.key").write_bytes(receipt_key)
        (self.secrets / "receipt.key").chmod(0o600)
        self.assertTrue(self.daemon.start(), self.daemon.said)
        self.assert_there(reports)

    def test_without_a_server(self):
        self.daemon.start()
        reports = self.put()
        self.daemon.end(signal.SIGKILL)  # leaves its socket behind
        self.does("backup", "--to", self.copy)
        self.lose_the_data()
        self.does("restore", "--from", self.copy)
        self.daemon.start()
        self.assert_there(reports)

    def test_refusals(self):
        self.daemon.start()
        self.copy.write_text("mine")
        self.fails("copy.db: there is a file", "backup", "--to", self.copy)
        self.assertEqual(self.copy.read_text(), "mine")
        self.fails("cannot be written there", "backup", "--to", self.daemon.folder / "nowhere/copy.db")
        self.assertEqual([f.name for f in self.data.iterdir() if f.name.startswith("backup")], [])
        other = self.daemon.folder / "other.db"
        self.does("backup", "--to", other)
        (self.daemon.folder / "wrong.key").write_bytes(os.urandom(32))
        (self.daemon.folder / "wrong.key").chmod(0o600)
        self.daemon.end()
        self.lose_the_data()
        self.fails("other.db: .*key", "restore", "--from", other, "--key", self.daemon.folder / "wrong.key")
        with other.open("r+b") as file:
            file.seek(3 * 16384 + 100)
            file.write(b"damage")
        self.fails("other.db: this backup cannot be read to its end: it is damaged.*Take another one", "restore", "--from", other)
        self.assertFalse((self.data / "candour.db").exists())

    def test_another_key(self):
        self.daemon.start()
        reports = self.put(2)
        self.fails("(?i)stop it first", "rekey")
        self.daemon.end()
        (self.secrets / "database.key.new").unlink()
        before = (self.secrets / "database.key").read_bytes()
        self.does("rekey")
        after = (self.secrets / "database.key").read_bytes()
        self.assertNotEqual(before, after)
        self.assertEqual(sorted(f.name for f in self.secrets.iterdir()), ["database.key", "receipt.key"])
        self.daemon.start()
        self.assert_there(reports)
        self.daemon.end()
        # Cut short after the database was rekeyed, before the key was put in place.
        (self.secrets / "database.key").rename(self.secrets / "database.key.new")
        (self.secrets / "database.key").write_bytes(before)
        (self.secrets / "database.key").chmod(0o600)
        self.assertFalse(self.daemon.start())
        self.assertIn("Run candourd rekey again", self.daemon.said[0])
        self.daemon.process = None
        self.does("rekey")
        self.assertEqual((self.secrets / "database.key").read_bytes(), after)
        self.daemon.start()
        self.assert_there(reports)


class ControlSocket(unittest.TestCase):
    NAMES = {"candour_reporting_paused", "candour_roster_days_left", "candour_disk_low", "candour_database_gibibytes"}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name)
        self.addCleanup(lambda: self.daemon.end())
        self.daemon.start()

    def metrics(self):
        head, body = self.daemon.ask_control("GET /metrics").split("\r\n\r\n")
        self.assertTrue(head.startswith("HTTP/1.1 200 "), head)
        lines = [line for line in body.splitlines() if not line.startswith("#")]
        return {name: int(value) for name, value in (line.split(" ") for line in lines)}

    def test_the_owner_s_alone(self):
        self.assertEqual((self.daemon.folder / "data/control.sock").stat().st_mode & 0o777, 0o600)
        for desk in (False, True):
            self.assertEqual(self.daemon.ask("GET", "/metrics", desk=desk).status, 404)
            self.assertEqual(self.daemon.ask("POST", "/backup", bytes(32), desk=desk).status, 404)

    def test_metrics_are_a_closed_list_and_no_report_moves_them(self):
        before = self.metrics()
        self.assertEqual(set(before), self.NAMES)
        self.assertEqual((before["candour_reporting_paused"], before["candour_roster_days_left"]), (0, 30))
        for _ in range(20):
            self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        self.assertEqual(self.metrics(), before)

    def test_a_backup_needs_a_key(self):
        self.assertTrue(self.daemon.ask_control("POST /backup").startswith("HTTP/1.1 400 "))


if __name__ == "__main__":
    unittest.main()
