# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hostile sessions from many sides for CANDOUR_SESSIONS_SECONDS (20), while an honest reporter and an honest caseworker are served within
bounds, memory stays, and the end is an orderly one. A failure names its seed and its sessions; play them again with
CANDOUR_SESSIONS_SEED=… and, alone, CANDOUR_SESSIONS_ONLY=N,N."""
import collections
import hashlib
import http.client
import itertools
import json
import os
import re
import statistics
import threading
import time
import unittest

from daemon import Answer, Case
from hostile_sessions import Session
from organisation import MIB, report_id, sealed

SECONDS = float(os.environ.get("CANDOUR_SESSIONS_SECONDS", "20")) / 2  # for each of the two classes
SEED = os.environ.get("CANDOUR_SESSIONS_SEED") or os.urandom(4).hex()
ONLY = [int(number) for number in os.environ.get("CANDOUR_SESSIONS_ONLY", "").split(",") if number]
ATTACKERS = 40
ROUNDS_MAX = 200  # of the honest, whose reports stay
PATIENCE_SECONDS = 20
GROWTH_BYTES_MAX = 24 * MIB
ANSWERS = {100, 200, 201, 204, 206, 400, 401, 404, 405, 409, 411, 413, 416, 422, 429, 431, 503}
KNOWN_LINE = re.compile(r"candourd: (ready\. .*|stopped)\n")


class Honest(http.client.HTTPConnection):
    """A connection that begins with Tor's line, where there is one."""
    line = b""

    def connect(self):
        super().connect()
        self.sock.sendall(self.line)


class Sessions(Case):
    limits = "connections = 100\nidle_seconds = 5\nhead_seconds = 5\nbody_window_seconds = 5\nuploads_per_minute = 10000"
    circuits = None

    def setUp(self):
        (self.daemon.folder / "pages/assets/app.js").write_bytes(b" " * MIB)
        self.assertEqual(self.daemon.end(), 0)
        self.assertTrue(self.daemon.start(), self.daemon.said)
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.numbers = iter(ONLY or itertools.count())
        self.played, self.answered, self.wrong, self.recent = 0, collections.Counter(), [], []
        self.token, self.known = b"0" * 64, b"0" * 64
        self.retries, self.slowest = 0, 0.0

    def attack(self):
        while not self.over.is_set() and not self.wrong:
            with self.lock:
                number = next(self.numbers, None)
                if number is None:
                    return
                self.recent = self.recent[-3 * ATTACKERS:] + [number]
            session = Session(SEED, number, self.circuits is not None)
            try:
                received = session.play(self.daemon.desk_port if session.desk else self.daemon.reporter_port, self.token, self.known)
            except ConnectionError as error:
                if not self.over.is_set():
                    self.wrong.append(f"{session.describe()}: {error}")
                return
            answered = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) [A-Z]", received)]
            with self.lock:
                self.played += 1
                self.answered.update(answered)
                if set(answered) - ANSWERS or session.answers_max is not None and len(answered) > session.answers_max:
                    self.wrong.append(f"{session.describe()} was answered {answered}")

    def ask(self, method, path, body=None, headers=None, desk=False, fine=(200, 201, 204)):
        """As our clients do: who is told to come again, or is cut off, does, and is served within PATIENCE_SECONDS."""
        started, told = time.monotonic(), None
        while time.monotonic() - started < PATIENCE_SECONDS:
            connection = Honest("127.0.0.1", self.daemon.desk_port if desk else self.daemon.reporter_port, timeout=PATIENCE_SECONDS)
            if not desk and self.circuits is not None:
                Honest.line = b"PROXY TCP6 fc00:dead:beef:4dad::1:%x ::1 65535 80\r\n" % self.circuits
            else:
                Honest.line = b""
            try:
                connection.request(method, path, body, headers or {})
                answer = Answer(connection.getresponse())
                if answer.status not in (429, 503):
                    self.assertIn(answer.status, fine, answer.body)
                    self.slowest = max(self.slowest, time.monotonic() - started)
                    return answer
                told = answer.status
            except (OSError, http.client.HTTPException) as error:
                told = error
            finally:
                connection.close()
            self.retries += 1
            time.sleep(0.1)
        raise AssertionError(f"{method} {path[:12]} was not served within {PATIENCE_SECONDS} s, the last time: {told!r}")

    def sign_in(self, caseworker):
        answer = self.ask("POST", "/v1/session/nonce", desk=True).json()
        note = self.daemon.session_note(caseworker, nonce=answer["nonce"], expires=answer["expires"])
        return self.ask("POST", "/v1/session", note.encode(), desk=True).json()["token"]

    def be_honest(self):
        """A report, an upload in parts, and both in the hands of a caseworker."""
        if self.circuits is not None:
            self.circuits = self.circuits % 65535 + 1
        reports = {report_id(): sealed(), report_id(): sealed(plain_bytes=MIB)}
        small, large = reports
        self.ask("PUT", f"/v1/reports/{small}", reports[small], {"Candour-Audience": "ada,bo"})
        self.ask("PUT", f"/v1/uploads/{large}", json.dumps({"audience": ["ada"], "bytes": len(reports[large])}))
        for index in range(2):
            self.ask("PUT", f"/v1/uploads/{large}/parts/{index}", reports[large][index * MIB:(index + 1) * MIB])
        self.ask("POST", f"/v1/uploads/{large}/finish", json.dumps({"sha256": hashlib.sha256(reports[large]).hexdigest()}))
        token = {"Authorization": f"Bearer {self.sign_in('ada')}"}
        for report, blob in reports.items():
            after = f"{int(report, 16) - 1:064x}"
            listed = self.ask("GET", f"/v1/reports?after={after}&limit=1", headers=token, desk=True).json()["reports"]
            self.assertEqual([(entry["id"], entry["bytes"]) for entry in listed], [(report, len(blob))])
            self.assertEqual(self.ask("GET", f"/v1/reports/{report}", headers=token, desk=True).body, blob)
        self.known, self.token = small.encode(), self.sign_in("bo").encode()

    def run_rounds(self):
        """The resident memory after each."""
        memory, end = [], time.monotonic() + SECONDS
        while not memory or time.monotonic() < end and not self.wrong:
            self.be_honest()
            memory.append(self.daemon.memory_bytes())
            time.sleep(SECONDS / ROUNDS_MAX)
        return memory

    def test_honest_ones_are_served(self):
        self.be_honest()
        attackers = [threading.Thread(target=self.attack) for _ in range(ATTACKERS)]
        for attacker in attackers:
            attacker.start()
        try:
            memory = self.run_rounds()
            self.assertEqual(self.wrong, [])
            self.over.set()
            ended = self.daemon.end()  # in the middle of it all
        except BaseException:
            print(f"seed {SEED}, the last sessions {self.recent}, stderr {self.daemon.said}")
            raise
        finally:
            self.over.set()
            for attacker in attackers:
                attacker.join()
        self.assertEqual((ended, [line for line in self.daemon.said if not KNOWN_LINE.fullmatch(line)]), (0, []))
        quarter = len(memory) // 4
        early, late = (statistics.median(part or memory) for part in (memory[quarter:2 * quarter], memory[3 * quarter:]))
        print(f"seed {SEED}: {self.played} sessions, {len(memory)} honest rounds, {self.retries} retries, slowest {self.slowest:.1f} s, "
              f"memory {early / MIB:.0f} then {late / MIB:.0f} MiB, answers {dict(sorted(self.answered.items()))}")
        self.assertLess(late - early, GROWTH_BYTES_MAX)
        self.assertTrue(ONLY or self.played > 5 * SECONDS)


class SessionsOnCircuits(Sessions):
    reporter = "proxy_header = true"
    circuits = 0


if __name__ == "__main__":
    unittest.main()
