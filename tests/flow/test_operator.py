# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/cli.md "Server": what the operator types, what candourd says, how it stops."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from daemon import BINARY, READY, Daemon, receive_all
from organisation import NoteKey, Organisation, day, report_id, sealed


def candourd(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=30)


class Operator(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name)
        self.addCleanup(lambda: self.daemon.end())

    def check_config(self):
        return candourd("run", "--check-config", "--config", self.daemon.config)

    def fails(self, words, command="run", check=False):
        """One line that says where, what and what to do."""
        done = self.check_config() if check else candourd(command, "--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, f"^candourd: (failed|/[^ ]+(: \\[.*)?): .*{words}.*\n$")
        return done.stderr

    def test_usage(self):
        for arguments in ((), ("fly",), ("run",), ("run", "--config"), ("run", "--config", "x", "y")):
            done = candourd(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, r"^candourd: wrong usage: .*--help.*\.\n$")
        self.assertEqual(candourd("--help").returncode, 0)

    def test_init_makes_private_files_and_overwrites_none(self):
        for name, mode in (("data", 0o700), ("secrets", 0o700), ("secrets/database.key", 0o600), ("secrets/receipt.key", 0o600)):
            self.assertEqual((self.daemon.folder / name).stat().st_mode & 0o777, mode)
        for file in (self.daemon.folder / "data").iterdir():
            self.assertEqual(file.stat().st_mode & 0o077, 0)

    def test_init_completes_and_overwrites_nothing(self):
        secrets = self.daemon.folder / "secrets"
        before = {key.name: key.read_bytes() for key in secrets.iterdir()}
        done = candourd("init", "--config", self.daemon.config)
        self.assertEqual((done.returncode, done.stdout.strip()), (0, self.daemon.receipt_key))
        self.assertEqual({key.name: key.read_bytes() for key in secrets.iterdir()}, before)
        # Cut short at its first steps: no database yet, one key.
        for file in (self.daemon.folder / "data").iterdir():
            file.unlink()
        (secrets / "database.key").unlink()
        (secrets / "database.key.partial").write_bytes(b"half")
        done = candourd("init", "--config", self.daemon.config)
        self.assertEqual((done.returncode, done.stdout.strip()), (0, self.daemon.receipt_key))
        self.assertEqual(sorted(key.name for key in secrets.iterdir()), ["database.key", "receipt.key"])
        # A database whose key is gone never gets another.
        (secrets / "database.key").unlink()
        self.fails("Put the key back", "init")
        self.assertFalse((secrets / "database.key").exists())

    def test_init_makes_another_receipt_key_only_when_told(self):
        receipt_key = self.daemon.folder / "secrets/receipt.key"
        before = receipt_key.read_bytes()
        receipt_key.unlink()
        self.fails("Put it back from its copy", "init")
        self.assertFalse(receipt_key.exists())
        done = candourd("init", "--config", self.daemon.config, "--new-receipt-key")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(receipt_key.read_bytes(), before)
        again = candourd("init", "--config", self.daemon.config, "--new-receipt-key")
        self.assertEqual(again.stdout, done.stdout)

    def test_check_config(self):
        done = self.check_config()
        self.assertEqual((done.returncode, done.stderr), (0, "candourd: the configuration is in order\n"))

    def test_wrong_configurations(self):
        good = self.daemon.config.read_text()
        limits = good[:good.index("[limits]")].count("\n") + 1
        desk_and_holders = good[good.index("[desk]"):good.index("\n[paths]")]
        for old, new, words in (("[limits]", "[limits", f":{limits}: not TOML"), ("listen", "lissen", r"(?s)candourd.toml:2: \[reporter\] lissen: .*\[reporter\] listen: missing"),
                                ("disk_reserve_mib = 1", "disk_reserve_mib = -1", rf"candourd.toml:{limits + 1}: \[limits\] disk_reserve_mib: not a whole"),
                                ("disk_reserve_mib", "disk_reserve", r"\[limits\] disk_reserve: .*does not know"), ("127.0.0.1:0", "0.0.0.0:80", "127.0.0.1"),
                                ("127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1"), ("/secrets", "/data/secrets", "under .* data"),
                                ("/pages", "/nowhere", "pages"), ("/root.pin", "/nowhere", "pin"), ("/roster.note", "/nowhere", "roster"),
                                ('origin = "', 'origin = ""#', r"\[desk\] origin"), ('desk.test"', 'desk.test/"', r"\[desk\] origin: .*at the end"),
                                ("127.0.0.1:0", "127.0.0.1:8080", "the same as"), ("127.0.0.1:0", "unix:/run/a.sock", "the same as"),
                                (desk_and_holders, desk_and_holders.replace(":0", ":8080"), r"\[holders\] listen: the same as \[desk\]"),
                                (desk_and_holders, desk_and_holders[:-len('127.0.0.1:0"')] + 'nowhere"', r"\[holders\] listen: ")):
            text = good.replace(old, new)
            self.daemon.config.write_text(text)
            done = self.check_config()
            self.assertEqual(done.returncode, 1, words)
            self.assertRegex(done.stderr, words)
            self.assertNotIn("terminate", done.stderr)
        self.daemon.config.write_text(good.replace("data =", "date =").replace('desk.test"', 'desk.test/"'))
        self.assertEqual(self.check_config().stderr.count("\n"), 3)
        self.daemon.config.unlink()
        self.fails("configuration", check=True)

    def test_check_config_looks_at_roster_and_secrets(self):
        organisation = self.daemon.organisation
        for note, words in ((organisation.roster(receipt_key=NoteKey("candour/receipt/main").verifier()), "receipt key"),
                            (organisation.roster(valid_from=day(-40), valid_until=day(-1)), "expired"),
                            (Organisation(self.daemon.receipt_key).roster(), "unsigned")):
            self.daemon.put_roster(note)
            self.fails(words, check=True)
        self.daemon.put_roster(organisation.roster())
        secrets = self.daemon.folder / "secrets"
        secrets.chmod(0o750)
        self.fails("open to other users", check=True)
        secrets.chmod(0o700)
        secrets.rename(self.daemon.folder / "data/secrets")
        secrets.symlink_to(self.daemon.folder / "data/secrets")
        self.fails("under .* data", check=True)

    def test_unsafe_keys(self):
        key = self.daemon.folder / "secrets/database.key"
        key.chmod(0o640)
        self.fails("others may read")
        key.chmod(0o600)
        content = key.read_bytes()
        key.write_bytes(content[:31])
        self.fails("32 bytes", "run")
        key.write_bytes(os.urandom(32))
        self.fails("key", "run")
        key.unlink()
        key.symlink_to("/dev/zero")
        self.fails("cannot be read", "run")
        key.unlink()
        self.fails("candourd init", "run")

    def test_unsafe_pages(self):
        link = self.daemon.folder / "pages/link.html"
        link.symlink_to("/etc/passwd")
        self.fails("pages folder", "run")
        link.unlink()
        (self.daemon.folder / "pages/a b.html").write_text("")
        self.fails("no request can spell", "run")

    def test_no_core_dumps_no_new_privileges(self):
        self.daemon.start()
        process = pathlib.Path(f"/proc/{self.daemon.process.pid}")
        self.assertRegex((process / "status").read_text(), r"NoNewPrivs:\s+1")
        self.assertRegex((process / "limits").read_text(), r"Max core file size\s+0\s+0")
        # Not dumpable: its files in /proc belong to root, whoever runs it.
        self.assertEqual((process / "environ").stat().st_uid, 0)

    def test_a_second_one_on_the_same_data(self):
        self.daemon.start()
        done = candourd("run", "--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)

    def test_stopping_finishes_what_is_under_way(self):
        self.daemon.start()
        report, blob = report_id(), sealed()
        idle = self.daemon.connect()
        with self.daemon.connect() as peer:
            peer.sendall(f"PUT /v1/reports/{report} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
                         f"Content-Length: {len(blob)}\r\n\r\n".encode() + blob[:30000])
            time.sleep(0.5)
            ended = []
            stopper = threading.Thread(target=lambda: ended.append(self.daemon.end(signal.SIGTERM)))
            stopper.start()
            self.assertEqual(receive_all(idle), b"")
            idle.close()
            with self.assertRaises(ConnectionRefusedError):
                self.daemon.connect()
            peer.sendall(blob[30000:])
            answer = receive_all(peer)
            self.assertTrue(answer.startswith(b"HTTP/1.1 201 Created\r\n"), answer)
            self.assertIn(b"\r\nConnection: close\r\n", answer)
            stopper.join()
        self.assertEqual(ended, [0])
        self.assertTrue(self.daemon.start())
        self.assertEqual(self.daemon.put_report(report, blob, "ada").status, 200)

    def test_it_says_nothing_about_requests(self):
        self.daemon.start()
        self.daemon.put_report(report_id(), sealed())
        self.daemon.put_report(report_id(), b"plain")
        self.daemon.ask("GET", "/nothing")
        self.daemon.send_raw(b"nonsense\r\n\r\n")
        headers = self.daemon.sign_in("ada")
        self.daemon.ask("GET", "/v1/reports", headers=headers, desk=True)
        self.daemon.end()
        self.assertEqual(len(self.daemon.said), 2, self.daemon.said)
        self.assertIn("ready.", self.daemon.said[0])
        self.assertEqual(self.daemon.said[1], "candourd: stopped\n")

    def test_nobody_reads_what_it_says(self):
        reader, writer = os.pipe()
        process = subprocess.Popen([BINARY, "run", "--config", self.daemon.config], stderr=writer)
        os.close(writer)
        try:
            with os.fdopen(reader) as said:
                self.daemon.reporter_port = int(READY.search(said.readline())[1])
            for _ in range(3):
                process.send_signal(signal.SIGHUP)  # it has something to say, to nobody
                time.sleep(0.2)
                self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        finally:
            process.terminate()
            self.assertEqual(process.wait(30), 0)

    def test_stopped_while_the_past_day_is_closed(self):
        for _ in range(5):
            self.assertTrue(self.daemon.start())
            self.assertEqual(self.daemon.end(), 0)

    def test_sighup_loads_the_configuration(self):
        self.daemon.start()
        text = self.daemon.config.read_text()

        def hang_up_with(changed, *words):
            self.daemon.config.write_text(changed)
            self.daemon.hang_up()
            for said in words:
                self.daemon.hear(said)
            self.daemon.hear("roster loaded")
            said = "".join(self.daemon.said[1:])
            del self.daemon.said[1:]
            return said

        def begin_when_filled():
            """A bucket fills at its new pace, from where it was."""
            until = time.monotonic() + 30
            while (status := begin()) == 429 and time.monotonic() < until:
                time.sleep(0.05)
            return status

        def begin():
            return self.daemon.ask("PUT", f"/v1/uploads/{report_id()}", json.dumps({"audience": ["ada"], "bytes": 3 << 20}),
                                   {"Content-Type": "application/json"}).status

        self.assertEqual([begin(), begin()], [201, 201])
        hang_up_with(text + "stored_gib = 1\nuploads_per_minute = 1\nconnections = 7\n", "configuration loaded")
        self.assertEqual(begin_when_filled(), 201)
        self.assertEqual(begin(), 429)
        # A mistake changes nothing, and is said with its place.
        said = hang_up_with(text + "uploads_per_minute = 0\n", "configuration refused")
        self.assertRegex(said, r"candourd.toml:\d+: \[limits\] uploads_per_minute: not a whole")
        self.assertEqual(begin(), 429)
        # What cannot change while serving is named, and the rest is taken.
        said = hang_up_with(text.replace("desk.test", "other.test").replace("reserve_mib = 1", "reserve_mib = 100000000") + "bodies_mib = 64\n",
                            "configuration loaded")
        self.assertRegex(said, r"\[desk\] origin: has changed, which takes effect when candourd is started again")
        self.assertRegex(said, r"\[limits\] bodies_mib: has changed")
        self.assertEqual(said.count("has changed"), 2)
        self.assertEqual(begin_when_filled(), 503)
        hang_up_with(text, "configuration loaded")
        self.assertEqual(begin_when_filled(), 201)
        # Another roster file in the same folder.
        (self.daemon.folder / "roster.note").rename(self.daemon.folder / "next.note")
        self.assertNotIn("refused", hang_up_with(text.replace("roster.note", "next.note"), "configuration loaded"))

    def test_the_service_manager_hears_of_it(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.settimeout(30)
            manager.bind(str(self.daemon.folder / "notify"))

            def hear(wanted):
                while (heard := manager.recv(4096).decode()) == "WATCHDOG=1" != wanted:
                    pass
                self.assertRegex(heard, wanted)

            self.daemon.environment = {"NOTIFY_SOCKET": str(self.daemon.folder / "notify"), "WATCHDOG_USEC": "2000000"}
            self.daemon.start()
            hear("^READY=1$")
            self.daemon.hang_up()
            hear(r"^RELOADING=1\nMONOTONIC_USEC=\d+$")
            hear("^READY=1$")
            begun = time.monotonic()
            for _ in range(3):
                hear("WATCHDOG=1")
            self.assertLess(time.monotonic() - begun, 6)
            # A loop that no longer turns is silent.
            self.daemon.process.send_signal(signal.SIGSTOP)
            time.sleep(0.2)
            manager.setblocking(False)
            with self.assertRaises(BlockingIOError):
                while manager.recv(4096):
                    pass
            time.sleep(2.5)
            with self.assertRaises(BlockingIOError):
                manager.recv(4096)
            manager.settimeout(30)
            self.daemon.process.send_signal(signal.SIGCONT)
            self.daemon.process.send_signal(signal.SIGTERM)
            hear("^STOPPING=1$")
            self.daemon.end()

    def test_unix_sockets(self):
        text = self.daemon.config.read_text()
        socket_path = self.daemon.folder / "reporter.sock"
        self.daemon.config.write_text(text.replace("127.0.0.1:0", f"unix:{socket_path}", 1))
        process = subprocess.Popen([BINARY, "run", "--config", self.daemon.config], stderr=subprocess.PIPE, text=True)
        try:
            self.assertIn(f"reporter unix:{socket_path} desk http://127.0.0.1:", process.stderr.readline())
            self.assertEqual(socket_path.stat().st_mode & 0o777, 0o660)
            with socket.socket(socket.AF_UNIX) as peer:
                peer.connect(str(socket_path))
                peer.sendall(b"GET /pin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                self.assertTrue(receive_all(peer).startswith(b"HTTP/1.1 200 OK\r\n"))
        finally:
            process.terminate()
            self.assertEqual(process.wait(30), 0)
            process.stderr.close()
        self.assertFalse(socket_path.exists())


if __name__ == "__main__":
    unittest.main()
