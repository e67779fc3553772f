# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md, uploads in parts: order, repetition, refusals, a server that is killed in the middle."""
import hashlib
import json
import signal
import unittest

from daemon import Case
from organisation import MIB, padme, receipt_text, report_id, sealed


def parts_of(blob):
    return [blob[at:at + MIB] for at in range(0, len(blob), MIB)]


class Client(Case):
    def begin(self, report, size, audience=("ada", "bo")):
        return self.daemon.ask("PUT", f"/v1/uploads/{report}", json.dumps({"audience": audience, "bytes": size}))

    def part(self, report, index, data):
        return self.daemon.ask("PUT", f"/v1/uploads/{report}/parts/{index}", data)

    def finish(self, report, blob):
        return self.daemon.ask("POST", f"/v1/uploads/{report}/finish",
                               json.dumps({"sha256": hashlib.sha256(blob).hexdigest()}))

    def state(self, report):
        return self.daemon.ask("GET", f"/v1/uploads/{report}")


class Uploads(Client):
    def test_parts_in_any_order_and_again(self):
        report, blob = report_id(), sealed(plain_bytes=padme(4 * MIB))
        parts = parts_of(blob)
        begun = self.begin(report, len(blob))
        everything = {"bytes": len(blob), "parts": 5, "missing": [[0, 4]]}
        self.assertEqual((begun.status, begun.json()), (201, everything))
        self.assertEqual((self.begin(report, len(blob)).status, self.state(report).json()), (200, everything))
        for index in (3, 0, 3):
            self.assertEqual(self.part(report, index, parts[index]).status, 204)
        self.assertEqual(self.state(report).json()["missing"], [[1, 2], [4, 4]])
        early = self.finish(report, blob)
        self.assert_problem(early, 409, "parts-missing")
        self.assertEqual(early.json()["missing"], [[1, 2], [4, 4]])
        for index in (4, 2, 1):
            self.assertEqual(self.part(report, index, parts[index]).status, 204)
        done = self.finish(report, blob)
        self.assertEqual(done.status, 201)
        self.assertEqual(done.body.decode().partition("\n\n")[0] + "\n", receipt_text(report, blob))
        again = self.finish(report, blob)
        self.assertEqual((again.status, again.body), (200, done.body))
        self.assertEqual(self.state(report).json()["missing"], [])
        desk = self.daemon.sign_in("ada")
        self.assertEqual(self.daemon.ask("GET", f"/v1/reports/{report}", headers=desk, desk=True).body, blob)

    def test_refusals_at_the_beginning(self):
        size = len(sealed(plain_bytes=padme(2 * MIB)))
        report = report_id()
        self.assert_problem(self.begin(report, MIB), 422, "wrong-size")
        self.assert_problem(self.begin(report, 100 * MIB), 413, "too-large")
        self.assert_problem(self.begin(report, 2**50), 413, "too-large")
        for audience in ([], ["zed"], ["bo", "ada"], ["ada", "di"]):
            self.assert_problem(self.begin(report, size, audience), 422, "unknown-audience")
        for body in ("", "{", "[]", "{}", '{"audience": "ada", "bytes": 2000000}', '{"audience": [1], "bytes": 2000000}',
                     '{"audience": ["ada"], "bytes": -1}', '{"audience": ["ada"], "bytes": 2e6}'):
            self.assert_problem(self.daemon.ask("PUT", f"/v1/uploads/{report}", body), 400, "bad-request")
        self.assert_problem(self.state(report), 404, "no-such-upload")
        self.assertEqual(self.begin(report, size).status, 201)
        self.assert_problem(self.begin(report, size + 1), 409, "different-upload")
        self.assert_problem(self.begin(report, size, ["ada"]), 409, "different-upload")

    def test_refusals_of_parts(self):
        report, blob = report_id(), sealed(plain_bytes=padme(2 * MIB))
        parts = parts_of(blob)
        self.assert_problem(self.part(report, 0, parts[0]), 404, "no-such-upload")
        self.begin(report, len(blob))
        self.assert_problem(self.part(report, 0, b"plain words".ljust(MIB)), 422, "not-sealed")
        self.assert_problem(self.part(report, 0, sealed(places=5, plain_bytes=2 * MIB)[:MIB]), 422, "wrong-recipients")
        self.assert_problem(self.part(report, 1, parts[1][:-1]), 422, "wrong-size")
        self.assert_problem(self.part(report, 2, parts[2] + b"x"), 422, "wrong-size")
        self.assert_problem(self.part(report, 3, parts[1]), 422, "wrong-size")
        self.assert_problem(self.part(report, 1, bytes(MIB + 1)), 413, "too-large")
        self.assertEqual(self.state(report).json()["missing"], [[0, 2]])
        self.assertEqual(self.part(report, 1, parts[1]).status, 204)
        self.assert_problem(self.part(report, 1, bytes(MIB)), 409, "different-part")

    def test_a_size_that_no_padding_gives(self):
        report, blob = report_id(), sealed(plain_bytes=padme(2 * MIB) + 4096)
        self.assertEqual(self.begin(report, len(blob)).status, 201)
        self.assert_problem(self.part(report, 0, blob[:MIB]), 422, "wrong-size")

    def test_wrong_hash(self):
        report, blob = report_id(), sealed(plain_bytes=padme(2 * MIB))
        self.begin(report, len(blob))
        for index, part in enumerate(parts_of(blob)):
            self.assertEqual(self.part(report, index, part).status, 204)
        self.assert_problem(self.finish(report, blob + b"x"), 422, "wrong-hash")
        for body in ("", "{}", '{"sha256": "ab"}', '{"sha256": 7}'):
            self.assert_problem(self.daemon.ask("POST", f"/v1/uploads/{report}/finish", body), 400, "bad-request")
        self.assertEqual(self.finish(report, blob).status, 201)
        self.assert_problem(self.finish(report, blob + b"x"), 409, "different-report")
        self.assert_problem(self.daemon.put_report(report, sealed()), 409, "different-report")

    def test_giving_up(self):
        report, blob = report_id(), sealed(plain_bytes=padme(2 * MIB))
        give_up = lambda: self.daemon.ask("DELETE", f"/v1/uploads/{report}")
        self.assert_problem(give_up(), 404, "no-such-upload")
        self.begin(report, len(blob))
        self.assertEqual(self.part(report, 0, blob[:MIB]).status, 204)
        self.assertEqual(give_up().status, 204)
        self.assert_problem(self.state(report), 404, "no-such-upload")
        self.assertEqual(self.daemon.put_report(report, sealed()).status, 201)
        self.assert_problem(give_up(), 404, "no-such-upload")

    def test_stopped_and_killed_in_the_middle(self):
        for how in (signal.SIGTERM, signal.SIGKILL):
            report, blob = report_id(), sealed(plain_bytes=padme(3 * MIB))
            parts = parts_of(blob)
            self.begin(report, len(blob))
            for index in (0, 2):
                self.assertEqual(self.part(report, index, parts[index]).status, 204)
            status = self.daemon.end(how)
            self.assertEqual(status, 0 if how == signal.SIGTERM else -signal.SIGKILL)
            self.assertTrue(self.daemon.start(), self.daemon.said)
            self.assertEqual(self.state(report).json()["missing"], [[1, 1], [3, len(parts) - 1]])
            for index in range(len(parts)):
                self.assertEqual(self.part(report, index, parts[index]).status, 204)
            self.assertEqual(self.finish(report, blob).status, 201)


class Crowded(Client):
    limits = "open_uploads = 5"

    def test_too_many_open_uploads(self):
        blob = sealed(plain_bytes=padme(2 * MIB))
        begun = [report_id() for _ in range(5)]
        for report in begun:
            # Those who only begin make way for one another.
            self.assertEqual(self.begin(report_id(), len(blob)).status, 201)
            self.assertEqual(self.begin(report, len(blob)).status, 201)
            self.assertEqual(self.part(report, 0, blob[:MIB]).status, 204)
        refused = self.begin(report_id(), len(blob))
        self.assert_problem(refused, 503, "busy")
        self.assertEqual(refused.headers["Retry-After"], "30")
        for report in begun:
            self.assertEqual(self.state(report).json()["missing"][0][0], 1)
        # What needs no new place goes on.
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)


if __name__ == "__main__":
    unittest.main()
