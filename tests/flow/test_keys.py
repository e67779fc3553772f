# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/cli.md "Secrets": where the database's key comes from, when it is not a file of 32 bytes."""
import os
import pty
import re
import signal
import subprocess
import tempfile
import time
import unittest

from daemon import BINARY, READY, WAIT_SECONDS, Daemon
from organisation import report_id, sealed

PASSPHRASE = "marble onion lantern seven"


class Terminal:
    """candourd on a terminal of its own."""

    def __init__(self, *arguments):
        self.said = ""
        self.child, self.tty = pty.fork()
        if self.child == 0:
            os.execv(BINARY, [BINARY, *map(str, arguments)])

    def hear(self, words):
        while not (found := re.search(words, self.said)):
            more = os.read(self.tty, 4096)
            assert more, self.said
            self.said += more.decode()
        self.said = self.said[found.end():]
        return found

    def answer(self, prompt, text):
        self.hear(prompt)
        time.sleep(0.05)  # it switches the echo off, and what was typed before that is dropped
        os.write(self.tty, text.encode() + b"\n")

    def end(self, how=None):
        if how:
            os.kill(self.child, how)
        try:
            while more := os.read(self.tty, 4096):
                self.said += more.decode()
        except OSError:  # it has closed the terminal
            pass
        os.close(self.tty)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


class Keys(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name)
        self.addCleanup(lambda: self.daemon.end())
        self.key = self.daemon.folder / "secrets/database.key"

    def command(self, *arguments):
        """Without any terminal."""
        return subprocess.run([BINARY, *map(str, arguments), "--config", self.daemon.config], capture_output=True, text=True,
                              start_new_session=True, timeout=WAIT_SECONDS, env=os.environ | self.daemon.environment)

    def on_terminal(self, *arguments):
        return Terminal(*arguments, "--config", self.daemon.config)

    def test_a_key_from_a_passphrase(self):
        self.daemon.start()
        report, blob = report_id(), sealed()
        self.assertEqual(self.daemon.put_report(report, blob).status, 201)
        self.daemon.end()

        for first, second, words in (("short", None, "shorter than 12"), (PASSPHRASE, PASSPHRASE + "x", "differ")):
            rekey = self.on_terminal("rekey", "--passphrase")
            rekey.answer("New passphrase of the database.*: ", first)
            if second:
                rekey.answer("again: ", second)
            rekey.hear(words)
            self.assertEqual(rekey.end(), 1)
        rekey = self.on_terminal("rekey", "--passphrase")
        rekey.answer("New passphrase of the database.*: ", PASSPHRASE)
        rekey.answer("again: ", PASSPHRASE)
        self.assertEqual(rekey.end(), 0, rekey.said)
        self.assertRegex(self.key.read_text(), r"^\$argon2id\$v=19\$m=262144,t=3,p=1\$[A-Za-z0-9+/]{22}\n$")
        self.assertEqual(self.key.stat().st_mode & 0o777, 0o600)

        done = self.command("run")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, f"^candourd: {self.key}: there is no terminal to ask. Run this on one.\n$")
        self.assertEqual(self.command("run", "--check-config").returncode, 0)

        run = self.on_terminal("run")
        run.answer("Passphrase of the database: ", PASSPHRASE + "x")
        run.hear("does not open with this passphrase. Try again")
        run.answer("Passphrase of the database: ", PASSPHRASE)
        self.daemon.reporter_port = int(run.hear(READY.pattern)[1])
        self.assertEqual(self.daemon.put_report(report, blob).status, 200)
        self.assertEqual(run.end(signal.SIGTERM), 0)
        self.assertNotIn(PASSPHRASE, run.said)

        run = self.on_terminal("run")
        for _ in range(3):
            run.answer("Passphrase of the database: ", "not this one")
        run.hear("the key of another database")
        self.assertEqual(run.end(), 1)

        rekey = self.on_terminal("rekey")
        rekey.answer("Passphrase of the database: ", PASSPHRASE)
        self.assertEqual(rekey.end(), 0, rekey.said)
        self.assertEqual(len(self.key.read_bytes()), 32)
        self.assertTrue(self.daemon.start())
        self.assertEqual(self.daemon.put_report(report, blob).status, 200)

    def test_a_line_that_is_no_key(self):
        self.key.write_text("$argon2id$v=19$m=1,t=1,p=1$AAECAwQFBgcICQoLDA0ODw\n")
        done = self.command("run")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, f"^candourd: {self.key}: is neither a key of 32 bytes nor a line")

    def test_keys_as_credentials(self):
        """As systemd passes them: a folder of its own, files that an access list opens to the service."""
        text = self.daemon.config.read_text()
        secrets = self.daemon.folder / "secrets"
        self.daemon.config.write_text(text.replace(str(secrets), "$CREDENTIALS_DIRECTORY"))
        done = self.command("run")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\[paths\] secrets: the service manager passes no credentials.*LoadCredential=")
        passed = self.daemon.folder / "credentials"
        secrets.rename(passed)
        self.daemon.environment = {"CREDENTIALS_DIRECTORY": str(passed)}
        for file in passed.iterdir():
            file.chmod(0o440)
        passed.chmod(0o550)
        self.assertTrue(self.daemon.start(), self.daemon.said)
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        self.daemon.end()
        self.assertRegex(self.command("rekey").stderr, "a credential cannot be replaced from here")
        (passed / "database.key").chmod(0o444)
        self.assertRegex(self.command("run").stderr, "others may read a key file")
        (passed / "database.key").chmod(0o440)
        passed.chmod(0o555)
        self.assertRegex(self.command("run").stderr, "open to other users")


if __name__ == "__main__":
    unittest.main()
