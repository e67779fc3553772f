# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/matching.md "Asking" over HTTP: a reporter asks, key holders answer, the companion follows; every answer and every refusal.
Batches and answers are noise: the server does not look into them."""
import hashlib
import os
import time
import unittest

import test_events
from events import PLAIN_BYTES, Event
from organisation import Holder, day, header, matching, report_id, sealed

BATCH_BYTES = 256
ANSWER_BYTES = 320


def batch():
    return os.urandom(BATCH_BYTES)


class Asks:
    """For a class with a daemon, whose roster `match` has changed."""
    group = ["ada", "bo", "di"]  # of two desks

    def match(self):
        self.holders = [Holder(number) for number in (2, 3, 16)]
        self.daemon.organisation.matching = matching(self.group, self.holders, 2)

    def arrive(self):
        """A report for ada, and what proves that it is hers."""
        secret = os.urandom(32)
        report = hashlib.sha256(b"candour/v1/report-id" + secret).hexdigest()
        self.assertEqual(self.daemon.put_report(report, sealed(), "ada").status, 201)
        return report, {"Authorization": f"Secret {secret.hex()}"}

    def ask(self, report, proof, body):
        return self.daemon.ask("PUT", f"/v1/reports/{report}/evaluation", body, proof)

    def answers(self, report, proof):
        answer = self.daemon.ask("GET", f"/v1/reports/{report}/evaluation", headers=proof)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/octet-stream"), answer.body)
        size = 1 + ANSWER_BYTES
        self.assertEqual(len(answer.body) % size, 0)
        return [(answer.body[at], answer.body[at + 1:at + size]) for at in range(0, len(answer.body), size)]

    def asked(self):
        report, proof = self.arrive()
        body = batch()
        self.assertEqual(self.ask(report, proof, body).status, 200)
        return report, proof, body

    def send(self, report, proof, event, audience="ada,bo,di"):
        return self.daemon.ask("PUT", f"/v1/reports/{report}/companion", event.body, proof | {"Candour-Audience": audience, "Candour-Padding": "000"})

    def as_holder(self, method, path, body=None, holder=None, token=None):
        token = token or (holder or self.holders[0]).token.hex()
        return self.daemon.ask(method, f"/v1/batches{path}", body, {"Authorization": f"Secret {token}"}, holders=True)

    def waiting(self, holder):
        answer = self.as_holder("GET", "", holder=holder)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/octet-stream"), answer.body)
        self.assertEqual(len(answer.body) % BATCH_BYTES, 0)
        return [answer.body[at:at + BATCH_BYTES] for at in range(0, len(answer.body), BATCH_BYTES)]

    def evaluate(self, holder, body, answer=None):
        """What that holder says of a batch, and how the server took it."""
        answer = answer or os.urandom(ANSWER_BYTES)
        return answer, self.as_holder("PUT", f"/{hashlib.sha256(body).hexdigest()}", answer, holder).status

    def answered(self, holder, body):
        answer, status = self.evaluate(holder, body)
        self.assertEqual(status, 204)
        return answer


class Evaluation(Asks, test_events.OwnDaemon):
    def start(self):
        if self.daemon.organisation.matching is None:
            self.match()
            self.daemon.put_roster(self.daemon.organisation.roster())
        super().start()

    def sign_in(self):
        self.headers = {name: self.daemon.sign_in(name) for name in ("ada", "bo", "cy", "di")}

    def read_by(self, event):
        """Who sees it, byte for byte."""
        return [who for who in self.headers if event.id in self.listed(who) and self.read(event, who=who) == [event.body]]

    def test_the_whole_way_with_restarts_in_between(self):
        second, third, last = self.holders
        report, proof = self.arrive()
        body = batch()
        asked = self.ask(report, proof, body)
        self.assertEqual((asked.status, asked.body), (200, b""))
        self.assertEqual(self.daemon.end(), 0)
        self.start()
        self.assertEqual([self.waiting(holder) for holder in self.holders], [[body]] * 3)
        expected = {16: self.answered(last, body), 2: self.answered(second, body)}
        self.assertEqual([self.waiting(holder) for holder in self.holders], [[], [body], []])
        self.assertEqual(self.answers(report, proof), sorted(expected.items()))
        self.assertEqual(self.daemon.end(), 0)
        self.start()
        expected[3] = self.answered(third, body)
        self.assertEqual(self.answers(report, proof), sorted(expected.items()))
        again = self.ask(report, proof, body)
        self.assertEqual(again.status, 200)
        self.assertEqual(len(again.body), 3 * (1 + ANSWER_BYTES))
        companion = Event()
        sent = self.send(report, proof, companion, "ada,di")
        self.assertEqual((sent.status, sent.body), (201, b""))
        self.assertEqual(self.read_by(companion), ["ada", "di"])
        # What is left answers who lost an answer, and nothing else.
        self.assertEqual(self.daemon.end(), 0)
        self.start()
        self.assertEqual(self.send(report, proof, companion, "ada,di").status, 200)
        self.assertEqual(self.listed("ada").count(companion.id), 1)
        self.assertEqual((self.ask(report, proof, body).body, self.answers(report, proof)), (b"", []))
        self.assert_problem(self.send(report, proof, Event(), "ada,di"), 409, "different-companion")
        self.assert_problem(self.send(report, proof, companion, "ada"), 409, "different-companion")
        self.assert_problem(self.ask(report, proof, batch()), 409, "different-batch")
        self.assert_problem(self.as_holder("PUT", f"/{hashlib.sha256(body).hexdigest()}", expected[2]), 404, "no-such-batch")

    def test_a_companion_is_an_event_like_others(self):
        report, proof, _ = self.asked()
        companion = Event()
        self.assertEqual(self.send(report, proof, companion, "ada,bo").status, 201)
        self.assertEqual(self.read_by(companion), ["ada", "bo"])
        self.assertEqual(self.put(companion).status, 200)
        self.assertEqual(self.erase([companion.id]).status, 204)
        self.assertEqual(self.read_by(companion), [])
        # It does not come back.
        self.assertEqual(self.send(report, proof, companion, "ada,bo").status, 200)
        self.assertEqual(self.read_by(companion), [])

    def test_whose_report_it_is(self):
        report, proof, body = self.asked()
        other, others_proof = self.arrive()
        invented = os.urandom(32)
        nowhere = hashlib.sha256(b"candour/v1/report-id" + invented).hexdigest()
        wrong = [{"Authorization": value} for value in
                 ("", "Secret ", others_proof["Authorization"], proof["Authorization"].upper(), proof["Authorization"][:-2],
                  proof["Authorization"].replace("Secret", "Bearer"), f"Secret {report}")] + [{}, self.headers["ada"]]
        companion = Event()
        for claim in wrong:
            self.assert_problem(self.ask(report, claim, body), 404, "no-such-report")
            self.assert_problem(self.daemon.ask("GET", f"/v1/reports/{report}/evaluation", headers=claim), 404, "no-such-report")
            self.assert_problem(self.send(report, claim, companion), 404, "no-such-report")
        mine = {"Authorization": f"Secret {invented.hex()}"}
        self.assert_problem(self.ask(nowhere, mine, batch()), 404, "no-such-report")
        self.assert_problem(self.daemon.ask("GET", f"/v1/reports/{nowhere}/evaluation", headers=mine), 404, "no-such-report")
        self.assert_problem(self.send(nowhere, mine, companion), 404, "no-such-report")
        # One that has not asked.
        self.assert_problem(self.daemon.ask("GET", f"/v1/reports/{other}/evaluation", headers=others_proof), 404, "no-such-report")
        self.assert_problem(self.send(other, others_proof, companion), 404, "no-such-report")
        self.assertEqual(self.read_by(companion), [])

    def test_one_batch_for_each_report(self):
        report, proof, body = self.asked()
        self.assert_problem(self.ask(report, proof, batch()), 409, "different-batch")
        other, others_proof = self.arrive()
        self.assert_problem(self.ask(other, others_proof, body), 409, "different-batch")
        for wrong in (b"", body[:-1], body + b"x"):
            self.assertIn(self.ask(report, proof, wrong).problem(), ("wrong-size", "too-large"))
        self.assertEqual(self.waiting(self.holders[0]), [body])

    def test_what_is_no_companion(self):
        report, proof, _ = self.asked()
        size = len(Event().body)

        def put(body, audience="ada,bo"):
            event = Event()
            event.body = body
            return self.send(report, proof, event, audience)

        for audience in ("", ",", "bo,ada", "ada,ada", "ada, bo", "ada,zoe", "ada,cy", "cy", "ADA", "ada,bo,cy,di"):
            self.assert_problem(put(Event().body, audience), 422, "unknown-audience")
        for wrong in (Event().body[:-1], Event().body + b"x", b"", sealed(3, PLAIN_BYTES), sealed(4, 512)):
            self.assert_problem(put(wrong), 422, "wrong-size")
        for start, name in ((b"She told me on Tuesday.", "not-sealed"), (header(4, "X25519"), "wrong-recipients"), (header(3), "wrong-recipients")):
            self.assert_problem(put(start.ljust(size, b"\0")), 422, name)
        self.assertEqual(put(Event().body, "di").status, 201)

    def test_nobody_who_was_revoked(self):
        report, proof, _ = self.asked()
        self.daemon.organisation.caseworkers["bo"].revoked = True
        self.new_roster()
        self.assert_problem(self.send(report, proof, Event()), 422, "unknown-audience")
        self.assertEqual(self.send(report, proof, Event(), "ada,di").status, 201)

    def test_who_is_a_holder(self):
        _, _, body = self.asked()
        path = f"/{hashlib.sha256(body).hexdigest()}"
        stranger = Holder(2)
        entry = self.holders[0].entry()["access"]
        for token in (stranger.token.hex(), self.holders[0].token.hex().upper() + "0", self.holders[0].token.hex()[:-1], "x" * 64, entry):
            for answer in (self.as_holder("GET", "", token=token), self.as_holder("PUT", path, os.urandom(ANSWER_BYTES), token=token),
                           self.as_holder("PUT", path, b"short", token=token)):
                self.assert_problem(answer, 401, "sign-in-failed")
        self.assert_problem(self.daemon.ask("GET", "/v1/batches", holders=True), 401, "sign-in-failed")
        # Whom the roster no longer has is none any more.
        gone = self.holders.pop()
        self.daemon.organisation.matching = matching(self.group, self.holders)
        self.new_roster()
        self.assertEqual(self.waiting(self.holders[0]), [body])
        self.assert_problem(self.as_holder("GET", "", holder=gone), 401, "sign-in-failed")

    def test_what_a_holder_answers(self):
        first, second, _ = self.holders
        report, proof, body = self.asked()
        answer = self.answered(first, body)
        self.assertEqual(self.evaluate(first, body, answer)[1], 204)
        path = f"/{hashlib.sha256(body).hexdigest()}"
        self.assert_problem(self.as_holder("PUT", path, os.urandom(ANSWER_BYTES), first), 409, "different-answer")
        self.assertEqual(self.evaluate(second, body, bytes(ANSWER_BYTES))[1], 204)  # of elements that are none
        self.assertEqual(self.answers(report, proof), [(2, answer), (3, bytes(ANSWER_BYTES))])
        self.assert_problem(self.as_holder("PUT", f"/{report_id()}", answer, first), 404, "no-such-batch")
        for wrong in (b"", answer[:-1], answer + b"x"):
            self.assertIn(self.as_holder("PUT", path, wrong, first).problem(), ("wrong-size", "too-large"))
        for wrong in ("/", f"/{report_id()[:-1]}", f"/{'A' * 64}"):
            self.assert_problem(self.as_holder("PUT", wrong, answer, first), 404, "not-found")

    def test_a_holder_gets_few_at_a_time_in_an_order_that_tells_nothing(self):
        asked = [self.asked() for _ in range(20)]
        expected = [body for _, _, body in sorted(asked)]  # by report
        found = []
        while some := self.waiting(self.holders[0]):
            self.assertEqual(some, expected[len(found):len(found) + 16])
            for body in some:
                self.answered(self.holders[0], body)
            found += some
        self.assertEqual(found, expected)

    def test_listeners_share_nothing_but_the_roster(self):
        report, proof, body = self.asked()
        roster = self.daemon.ask("GET", "/v1/roster", holders=True)
        self.assertEqual((roster.status, roster.body), (200, self.daemon.ask("GET", "/v1/roster").body))
        token = {"Authorization": f"Secret {self.holders[0].token.hex()}"}
        for desk in (False, True):
            self.assert_problem(self.daemon.ask("GET", "/v1/batches", headers=token, desk=desk), 404, "not-found")
        for listener in ({"desk": True}, {"holders": True}):
            self.assert_problem(self.daemon.ask("GET", f"/v1/reports/{report}/evaluation", headers=proof, **listener), 404,
                                "not-found")
        for path in ("/", "/metrics", "/v1/reports", "/v1/drops", "/v1/session/nonce"):
            self.assert_problem(self.daemon.ask("GET", path, headers=token, holders=True), 404, "not-found")
        self.assertNotIn("default-src 'self'", roster.headers["Content-Security-Policy"])

    def test_without_matching_there_is_nothing_here(self):
        report, proof, body = self.asked()
        self.daemon.organisation.matching = None
        self.new_roster()
        for answer in (self.ask(report, proof, body), self.send(report, proof, Event()), self.as_holder("GET", ""),
                       self.daemon.ask("GET", f"/v1/reports/{report}/evaluation", headers=proof),
                       self.as_holder("PUT", f"/{hashlib.sha256(body).hexdigest()}", os.urandom(ANSWER_BYTES))):
            self.assert_problem(answer, 404, "not-found")

    def test_an_erased_report_takes_it_along(self):
        report, proof, _ = self.asked()
        desk = {"headers": self.headers["ada"], "desk": True}
        self.assertEqual(self.daemon.ask("PUT", f"/v1/reports/{report}/readers/bo", **desk).status, 204)
        self.assertEqual(self.daemon.ask("PUT", f"/v1/reports/{report}/seen", **desk).status, 204)
        text = f"candour/v1/erasure\nreport {report}\nday {day()}\n"
        people = self.daemon.organisation.caseworkers
        note = text + "\n" + "".join(people[name].key.sign(text).split("\n\n")[1] for name in ("ada", "bo"))
        self.assertEqual(self.daemon.ask("POST", f"/v1/reports/{report}/erasure", note, **desk).status, 204)
        self.assertEqual(self.waiting(self.holders[0]), [])
        self.assert_problem(self.daemon.ask("GET", f"/v1/reports/{report}/evaluation", headers=proof), 404, "no-such-report")


class Days(Asks, test_events.Ahead):
    def start(self, ahead="+0"):
        if self.daemon.organisation.matching is None:
            self.match()
            self.daemon.put_roster(self.daemon.organisation.roster())
        super().start(ahead)

    def test_a_day_or_two_to_ask_and_eight_to_know(self):
        self.go_to(0)
        report, proof, body = self.asked()
        done, proof_of_done, _ = self.asked()
        companion = Event()
        self.assertEqual(self.send(done, proof_of_done, companion).status, 201)
        late, late_proof = self.arrive()
        too_late, too_late_proof = self.arrive()
        self.go_to(1)
        others = batch()
        self.assertEqual(self.ask(late, late_proof, others).status, 200)
        newest, _, newer = self.asked()
        # Those of the day before come first.
        self.assertEqual(self.waiting(self.holders[0]), [*([body, others] if report < late else [others, body]), newer])
        self.go_to(2)
        self.assert_problem(self.ask(too_late, too_late_proof, batch()), 404, "no-such-report")
        self.assertEqual(self.ask(report, proof, body).status, 200)  # again
        self.answered(self.holders[0], body)
        self.go_to(7)
        self.assertEqual(len(self.answers(report, proof)), 1)
        self.assertEqual(self.send(done, proof_of_done, companion).status, 200)
        self.go_to(8)
        gone = ("GET", f"/v1/reports/{report}/evaluation")
        for _ in range(300):
            if self.daemon.ask(*gone, headers=proof).status == 404:
                break
            time.sleep(0.1)
        self.assert_problem(self.daemon.ask(*gone, headers=proof), 404, "no-such-report")
        self.assert_problem(self.send(done, proof_of_done, companion), 404, "no-such-report")
        self.assertEqual(self.waiting(self.holders[0]), [newer])
        # The companion stays, and nothing says of which report it is.
        self.assertEqual(self.listed("ada", day(0)), [companion.id])

    def test_nothing_is_asked_under_an_expired_roster(self):
        report, proof, body = self.asked()
        other, others_proof = self.arrive()
        self.assertEqual(self.daemon.end(), 0)
        self.start("+40d")
        self.assert_problem(self.ask(other, others_proof, batch()), 503, "roster-expired")
        self.assert_problem(self.send(report, proof, Event()), 503, "roster-expired")
        # Nothing is due without the steward's calendar, and holders go on.
        self.answered(self.holders[0], body)
        self.assertEqual(len(self.answers(report, proof)), 1)


if __name__ == "__main__":
    unittest.main()
