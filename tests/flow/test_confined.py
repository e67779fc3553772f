# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/decisions/0007-confinement.md: what a running server has given up. The other flows show that it serves without it. Not under
sanitizers, whose runtimes need what is given up."""
import contextlib
import os
import pathlib
import re
import signal

from daemon import WAIT_SECONDS, Case
from organisation import report_id, sealed


class Confined(Case):
    def threads(self):
        for thread in pathlib.Path(f"/proc/{self.daemon.process.pid}/task").iterdir():
            yield dict(line.split(":\t", 1) for line in (thread / "status").read_text().splitlines() if ":\t" in line)

    def test_every_thread_has_given_up_the_same(self):
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        threads = list(self.threads())
        self.assertGreater(len(threads), 2)
        for status in threads:
            self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"), status["Name"])
            for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
                self.assertEqual(int(status[name], 16), 0, name)

    def test_memory_is_locked_where_that_is_allowed(self):
        limits = pathlib.Path(f"/proc/{self.daemon.process.pid}/limits").read_text()
        limit = re.search(r"Max locked memory\s+(\S+)", limits)[1]
        locked = int(re.search(r"VmLck:\s+(\d+) kB", pathlib.Path(f"/proc/{self.daemon.process.pid}/status").read_text())[1])
        self.assertEqual(locked > 16 << 10, limit == "unlimited", f"{locked} kB locked, limit {limit}")

    def test_no_core_and_no_descriptor_of_others(self):
        self.assertRegex(pathlib.Path(f"/proc/{self.daemon.process.pid}/limits").read_text(), r"Max core file size\s+0\s+0")
        opened = []
        for entry in pathlib.Path(f"/proc/{self.daemon.process.pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                opened.append(os.readlink(entry))
        self.assertIn(str(self.daemon.folder / "data/candour.db"), opened)
        secrets = str(self.daemon.folder / "secrets")
        self.assertFalse([name for name in opened if name.startswith(secrets)])


class Intruded(Case):
    """Somebody's code in the running server (intruder.cpp): it gets no socket, and what it cannot want by mistake ends the process."""

    def setUp(self):
        super().setUp()
        self.daemon.end()
        self.daemon.environment = {"LD_PRELOAD": os.environ["INTRUDER"]}
        self.assertTrue(self.daemon.start())
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)

    def test_no_socket(self):
        self.daemon.process.send_signal(signal.SIGUSR1)
        self.daemon.hear("intruder: no socket")
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)

    def test_no_program_and_no_connection(self):
        for asked in (signal.SIGUSR2, signal.SIGURG):
            self.daemon.process.send_signal(asked)
            self.assertEqual(self.daemon.process.wait(WAIT_SECONDS), -signal.SIGSYS)
            self.daemon.end()
            self.assertTrue(self.daemon.start())
