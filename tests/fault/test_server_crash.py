# SPDX-License-Identifier: AGPL-3.0-or-later
"""candourd under load over HTTP is killed (kill -9) at random moments and started again, CYCLES times. Whatever was
acknowledged to a client is there afterwards: each report with the same receipt and the same bytes at the desk, each part of
an upload, each drop as it was put or replaced last, each event, and none that was erased. What was never acknowledged is there
whole or not at all."""
import hashlib
import http.client
import json
import os
import pathlib
import random
import signal
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "flow"))
from daemon import Case  # noqa: E402
from drops import Place, sealed_drop  # noqa: E402
from events import Event, bodies_of_bytes, erasure_note, lines  # noqa: E402
from organisation import MIB, header, padme  # noqa: E402

CYCLES = int(os.environ.get("CYCLES", "10"))
SENDERS = 4
HEADER = header(4)
SMALL, LARGE = 65536, padme(2 * MIB)


class Report:
    def __init__(self, number, plain_bytes):
        self.id = hashlib.sha256(b"report %d" % number).hexdigest()
        self.number = number
        self.size = len(HEADER) + 16 + plain_bytes + 16 * (plain_bytes // 65536 + (plain_bytes % 65536 > 0))
        self.parts = set()  # acknowledged
        self.receipt = None

    def blob(self):
        return HEADER + random.Random(self.number).randbytes(self.size - len(HEADER))

    def part(self, index):
        return self.blob()[index * MIB:(index + 1) * MIB]

    def part_count(self):
        return -(-self.size // MIB)


class Drop(Place):
    def __init__(self):
        super().__init__()
        self.may_hold = {None}  # by digest; None: no drop. Several while a request has no answer yet

    def will_hold(self, body):
        digest = body and hashlib.sha256(body).digest()
        self.may_hold.add(digest)
        return digest

    def put(self, peer, session, replaces=None):
        body = sealed_drop()
        digest = self.will_hold(body)
        more = {"Candour-Replace": replaces.hex()} if replaces else {}
        status, answer = peer.ask("PUT", self.path(), body, session | self.headers(**more))
        self.may_hold = {digest}
        return status == (200 if replaces else 201), status, answer

    def replace(self, peer, session):
        before, self.token = self.token, os.urandom(32)
        return self.put(peer, session, replaces=before)

    def erase(self, peer, session):
        self.will_hold(None)
        status, answer = peer.ask("DELETE", self.path(), headers=session | {"Candour-Replace": self.token.hex()})
        self.may_hold = {None}
        return status == 204, status, answer


class Peer:
    """One connection that stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def put(peer, report):
    return peer.ask("PUT", f"/v1/reports/{report.id}", report.blob(), {"Candour-Audience": "ada,bo"})


def begin(peer, report):
    return peer.ask("PUT", f"/v1/uploads/{report.id}", json.dumps({"audience": ["ada", "bo"], "bytes": report.size}))


def finish(peer, report):
    return peer.ask("POST", f"/v1/uploads/{report.id}/finish",
                    json.dumps({"sha256": hashlib.sha256(report.blob()).hexdigest()}))


class Killed(Case):
    limits = "caseworker_puts_per_minute = 1000000"

    def setUp(self):
        self.numbers = iter(range(10**9))
        self.lock = threading.Lock()
        self.reports = {}
        self.drops = []
        self.events = []
        self.wrong = []

    def new_report(self, plain_bytes):
        with self.lock:
            report = Report(next(self.numbers), plain_bytes)
            self.reports[report.id] = report
        return report

    def expect(self, fine, *said):
        if not fine:
            self.wrong.append(said)

    def send_one(self, peer, large):
        report = self.new_report(LARGE if large else SMALL)
        if not large:
            status, receipt = put(peer, report)
            self.expect(status == 201, "put", status, receipt)
            report.receipt = receipt
            return
        self.expect(begin(peer, report)[0] == 201, "begin")
        order = list(range(report.part_count()))
        random.shuffle(order)
        for index in order:
            status, answer = peer.ask("PUT", f"/v1/uploads/{report.id}/parts/{index}", report.part(index))
            self.expect(status == 204, "part", status, answer)
            report.parts.add(index)
        status, receipt = finish(peer, report)
        self.expect(status == 201, "finish", status, receipt)
        report.receipt = receipt

    def send(self, large):
        """Until the server is gone."""
        try:
            with Peer(self.daemon.reporter_port) as peer:
                while True:
                    self.send_one(peer, large)
        except (OSError, http.client.HTTPException):
            pass

    def send_drops(self, session):
        """The same, as a caseworker."""
        try:
            with Peer(self.daemon.desk_port) as peer:
                while True:
                    drop = Drop()
                    self.drops.append(drop)
                    self.expect(*drop.put(peer, session))
                    if len(self.drops) % 3 == 0:
                        self.expect(*drop.replace(peer, session))
                    if len(self.drops) % 4 == 0:
                        self.expect(*drop.erase(peer, session))
        except (OSError, http.client.HTTPException):
            pass

    def send_events(self, session):
        """The same, for herself and ada; some of them are erased again."""
        people = self.daemon.organisation.caseworkers
        try:
            with Peer(self.daemon.desk_port) as peer:
                while True:
                    event = Event()
                    event.may_hold = {b"", event.body}
                    self.events.append(event)
                    status, answer = peer.ask("PUT", event.path(), event.body, session | {"Candour-Audience": "ada,bo"})
                    self.expect(status == 201, "event", status, answer)
                    event.may_hold = {event.body}
                    if len(self.events) % 5 == 0:
                        event.may_hold.add(b"")
                        note = erasure_note(people, [event.id], ("ada", "bo")).encode()
                        status, answer = peer.ask("POST", "/v1/events/erasure", note, session)
                        self.expect(status == 204, "event erased", status, answer)
                        event.may_hold = {b""}
        except (OSError, http.client.HTTPException):
            pass

    def check_events(self, peer, events):
        session = self.daemon.sign_in("ada")
        for start in range(0, len(events), 16):
            some = events[start:start + 16]
            status, answer = peer.ask("POST", "/v1/events/read", lines(event.id for event in some), session)
            self.assertEqual(status, 200)
            for event, body in zip(some, bodies_of_bytes(answer), strict=True):
                self.assertIn(body, event.may_hold, "an acknowledged event, or erasure, is lost, or half an event is there")
                event.may_hold = {body}

    def check_drops(self, peer, drops):
        for drop in drops:
            status, body = peer.ask("GET", drop.path())
            self.assertIn(status, (200, 404))
            there = hashlib.sha256(body).digest() if status == 200 else None
            self.assertIn(there, drop.may_hold, "an acknowledged drop, or erasure, is lost, or half a drop is there")
            drop.may_hold = {there}

    def check_acknowledged(self, peer, reports):
        for report in reports:
            if report.size > MIB:
                if report.receipt is None and report.parts:
                    status, state = peer.ask("GET", f"/v1/uploads/{report.id}")
                    self.assertEqual(status, 200, "an upload with acknowledged parts is gone")
                    missing = {i for first, last in json.loads(state)["missing"] for i in range(first, last + 1)}
                    self.assertFalse(missing & report.parts, "an acknowledged part is gone")
                elif report.receipt is not None:
                    self.assertEqual(finish(peer, report), (200, report.receipt))
            elif report.receipt is not None:
                self.assertEqual(put(peer, report), (200, report.receipt))

    def check_listed(self, desk, seen):
        """What is new at the desk was sent, and is whole. Gives the ids listed."""
        token = self.daemon.sign_in("ada")
        after, listed = "0" * 64, set()
        while True:
            page = json.loads(desk.ask("GET", f"/v1/reports?after={after}&limit=1000", headers=token)[1])
            for entry in page["reports"]:
                after = entry["id"]
                listed.add(after)
                if after not in seen:
                    self.assertEqual(desk.ask("GET", f"/v1/reports/{after}", headers=token),
                                     (200, self.reports[after].blob()))
            if not page["more"]:
                return listed

    def test_nothing_acknowledged_is_lost(self):
        seen = set()
        for cycle in range(CYCLES):
            before, drops_before, events_before = set(self.reports), len(self.drops), len(self.events)
            senders = [threading.Thread(target=self.send, args=(number == 0,)) for number in range(SENDERS)]
            for send in (self.send_drops, self.send_events):
                senders.append(threading.Thread(target=send, args=(self.daemon.sign_in("bo"),)))
            for sender in senders:
                sender.start()
            time.sleep(random.uniform(0.05, 0.8))
            self.assertEqual(self.daemon.end(signal.SIGKILL), -signal.SIGKILL)
            for sender in senders:
                sender.join()
            self.assertEqual(self.wrong, [])
            self.assertTrue(self.daemon.start(), self.daemon.said)
            known = [report for name, report in self.reports.items() if name not in before]
            drops, events = self.drops[drops_before:], self.events[events_before:]
            if cycle % 20 == CYCLES % 20 or cycle == CYCLES - 1:
                known, drops, events = list(self.reports.values()), self.drops, self.events
            with Peer(self.daemon.desk_port) as desk:
                seen = self.check_listed(desk, seen)
                self.check_events(desk, events)
            with Peer(self.daemon.reporter_port) as peer:
                self.check_acknowledged(peer, known)
                self.check_drops(peer, drops)
            acknowledged = {name for name, report in self.reports.items() if report.receipt is not None}
            self.assertLessEqual(acknowledged, seen)
        self.assertGreater(len(acknowledged), CYCLES)
        kept = sum(drop.may_hold != {None} for drop in self.drops)
        self.assertGreater(kept, CYCLES)
        self.assertGreater(len(self.drops) - kept, CYCLES // 2)
        kept = sum(event.may_hold != {b""} for event in self.events)
        self.assertGreater(kept, CYCLES)
        self.assertGreater(len(self.events) - kept, CYCLES // 2)


if __name__ == "__main__":
    unittest.main()
