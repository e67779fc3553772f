# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Circuits": the line that Tor sends first, and what one circuit may begin in a minute."""
import hashlib
import json
import os
import re
import unittest

from daemon import Case, receive_all
from organisation import MIB, Holder, matching, padme, report_id, sealed


def line(circuit):
    return f"PROXY TCP6 fc00:dead:beef:4dad::{circuit >> 16:x}:{circuit & 0xffff:x} ::1 65535 80\r\n".encode()


def request(method, path, body=b"", headers=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{headers}\r\n").encode() + body


class Circuits(Case):
    reporter = "proxy_header = true"
    limits = "circuit_connections_per_minute = 40\ncircuit_reports_per_minute = 5\ncircuit_mib_per_minute = 8\nuploads_per_minute = 30"

    next_circuit = 0x7a

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        organisation = cls.daemon.organisation
        organisation.matching = matching(["ada"], [Holder(1)])
        organisation.version += 1
        cls.daemon.put_roster(organisation.roster())
        cls.daemon.hang_up()
        cls.daemon.hear("roster loaded")

    def setUp(self):
        type(self).next_circuit += 0x10001
        self.circuit = self.next_circuit
        self.other = self.next_circuit + 1

    def send(self, circuit, data):
        return self.daemon.send_raw(line(circuit) + data)

    def status(self, circuit, data):
        received = self.send(circuit, data)
        return int(re.match(rb"HTTP/1\.1 (\d{3}) ", received)[1]) if received else None

    def put_report(self, circuit, plain_bytes=65536):
        return self.status(circuit, request("PUT", f"/v1/reports/{report_id()}", sealed(plain_bytes=plain_bytes), "Candour-Audience: ada\r\n"))

    def begin(self, circuit, report=None):
        body = json.dumps({"audience": ["ada"], "bytes": len(sealed(plain_bytes=padme(2 * MIB)))}).encode()
        return self.status(circuit, request("PUT", f"/v1/uploads/{report or report_id()}", body))

    def test_without_the_line_a_connection_is_closed_unanswered(self):
        for data in (b"", request("GET", "/pin"), b"PROXY UNKNOWN\r\n" + request("GET", "/pin"),
                     b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + request("GET", "/pin"), line(1)[:-1]):
            self.assertEqual(self.daemon.send_raw(data), b"")
        self.assertEqual(self.status(self.circuit, line(1) + request("GET", "/pin")), 400)  # only once

    def test_byte_by_byte(self):
        with self.daemon.connect() as peer:
            for byte in line(self.circuit) + request("GET", "/pin"):
                peer.sendall(bytes([byte]))
            self.assertTrue(receive_all(peer).startswith(b"HTTP/1.1 200 "))

    def test_a_flood_of_connections(self):
        answers = [self.status(self.circuit, request("GET", "/pin")) for _ in range(60)]
        self.assertEqual(answers[:40], [200] * 40)
        self.assertEqual(answers[-10:], [429] * 10)
        refused = self.send(self.circuit, request("GET", "/pin"))
        self.assertIn(b"\r\nRetry-After: 60\r\n", refused)
        self.assertIn(b"/problems/slow-down", refused)
        self.assertEqual(self.status(self.other, request("GET", "/pin")), 200)
        self.assertEqual(self.put_report(self.other), 201)

    def test_a_flood_of_reports(self):
        self.assertEqual([self.put_report(self.circuit) for _ in range(7)], [201] * 5 + [429] * 2)
        self.assertEqual(self.put_report(self.other), 201)
        self.assertEqual(self.status(self.circuit, request("GET", "/pin")), 200)

    def test_what_follows_each_report_passes_with_it(self):
        """A batch and a companion for each, of reports that the limit lets through; here of none, and refused for that."""
        secret = os.urandom(32)
        path = f"/v1/reports/{hashlib.sha256(b'candour/v1/report-id' + secret).hexdigest()}"
        proof = f"Authorization: Secret {secret.hex()}\r\n"
        batch = request("PUT", f"{path}/evaluation", bytes(256), proof)
        companion = request("PUT", f"{path}/companion", sealed(plain_bytes=16384), f"{proof}Candour-Audience: ada\r\n")
        answers = [self.status(self.circuit, one) for _ in range(5) for one in (batch, companion)]
        self.assertEqual(answers, [404] * 10)
        self.assertEqual([self.status(self.circuit, one) for one in (batch, companion)], [429] * 2)
        self.assertEqual(self.put_report(self.circuit), 201)
        self.assertEqual(self.status(self.circuit, request("GET", f"{path}/evaluation", headers=proof)), 404)

    def test_a_flood_of_bytes(self):
        report = report_id()
        self.assertEqual(self.begin(self.other, report), 201)
        part = request("PUT", f"/v1/uploads/{report}/parts/1", bytes(MIB))
        self.assertEqual([self.status(self.circuit, part) for _ in range(9)], [204] * 8 + [429])
        self.assertEqual(self.status(self.other, part), 204)

    def test_what_is_under_way_goes_on(self):
        body = sealed()
        put = request("PUT", f"/v1/reports/{report_id()}", body, "Candour-Audience: ada\r\n")
        with self.daemon.connect() as peer:
            peer.sendall(line(self.circuit) + put[:30000])
            while self.put_report(self.circuit) != 429:
                pass
            peer.sendall(put[30000:])
            self.assertTrue(receive_all(peer).startswith(b"HTTP/1.1 201 "))

    def test_too_many_uploads_by_all_together(self):
        answers = [self.begin(self.circuit + 2 * n) for n in range(33)]
        self.assertEqual(answers[:29], [201] * 29)  # and one that another test may have begun
        self.assertEqual(answers[-1], 429)
        self.assertEqual(self.put_report(self.other), 201)


class Plain(Case):
    def test_the_line_is_a_bad_request_where_nobody_asked_for_it(self):
        self.assertTrue(self.daemon.send_raw(line(7) + request("GET", "/pin")).startswith(b"HTTP/1.1 400 "))


if __name__ == "__main__":
    unittest.main()
