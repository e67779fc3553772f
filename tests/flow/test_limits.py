# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Bounds" in time and number, with short ones configured: slow, idle and many peers."""
import hashlib
import json
import socket
import threading
import time
import unittest

from daemon import Case, receive_all
from organisation import MIB, padme, report_id, sealed


def put_head(report, length):
    return (f"PUT /v1/reports/{report} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
            f"Content-Length: {length}\r\n\r\n").encode()


class Slow(Case):
    limits = "idle_seconds = 2\nhead_seconds = 3\nbody_window_seconds = 4"

    def closes_within(self, peer, low, high):
        started = time.monotonic()
        self.assertEqual(receive_all(peer), b"")
        self.assertTrue(low <= time.monotonic() - started <= high, time.monotonic() - started)

    def trickle(self, peer, data, every):
        def send():
            try:
                for byte in data:
                    peer.sendall(bytes([byte]))
                    time.sleep(every)
            except OSError:
                pass
        thread = threading.Thread(target=send, daemon=True)
        thread.start()

    def test_idle(self):
        with self.daemon.connect() as peer:
            self.closes_within(peer, 1, 5)

    def test_slow_head(self):
        with self.daemon.connect() as peer:
            self.trickle(peer, b"GET /pin HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100, 0.2)
            self.closes_within(peer, 2, 6)

    def test_slow_body(self):
        with self.daemon.connect() as peer:
            peer.sendall(put_head(report_id(), 70000))
            self.trickle(peer, b"a" * 100, 0.2)
            self.closes_within(peer, 3, 8)

    def test_a_body_that_is_slow_but_not_too_slow(self):
        blob = sealed()
        with self.daemon.connect() as peer:
            peer.sendall(put_head(report_id(), len(blob)))
            for at in range(0, len(blob), 8192):
                peer.sendall(blob[at:at + 8192])
                time.sleep(0.6)
            self.assertTrue(peer.recv(100).startswith(b"HTTP/1.1 201 "))

    def test_a_reader_that_does_not_read(self):
        desk = self.daemon.sign_in("ada")
        report = self.upload(padme(32 * MIB))
        with socket.socket() as peer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.connect(("127.0.0.1", self.daemon.desk_port))
            peer.sendall(f"GET /v1/reports/{report} HTTP/1.1\r\nHost: x\r\nAuthorization: {desk['Authorization']}\r\n\r\n".encode())
            time.sleep(10)  # two windows and a sweep
            self.assertLess(len(receive_all(peer)), 32 * MIB)
        self.assertEqual(self.daemon.ask("GET", "/pin").status, 200)

    def upload(self, plain_bytes):
        report, blob = report_id(), sealed(plain_bytes=plain_bytes)
        self.daemon.ask("PUT", f"/v1/uploads/{report}", json.dumps({"audience": ["ada"], "bytes": len(blob)}))
        for index in range(0, -(-len(blob) // MIB)):
            part = self.daemon.ask("PUT", f"/v1/uploads/{report}/parts/{index}", blob[index * MIB:(index + 1) * MIB])
            self.assertEqual(part.status, 204)
        answer = self.daemon.ask("POST", f"/v1/uploads/{report}/finish", json.dumps({"sha256": hashlib.sha256(blob).hexdigest()}))
        self.assertEqual(answer.status, 201)
        return report


class Many(Case):
    limits = "connections = 20\nbodies_mib = 4"

    def test_idle_ones_make_room(self):
        idle = [self.daemon.connect() for _ in range(60)]
        try:
            for _ in range(5):
                self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        finally:
            for peer in idle:
                peer.close()

    def test_bodies_wait_for_room_and_memory_stays(self):
        """16 bodies of 1 MiB at once where there is room for 4: all are taken in the end."""
        blob = sealed(plain_bytes=padme(900_000))
        before = self.daemon.memory_bytes()
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.daemon.put_report(report_id(), blob).status))
                   for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [201] * 16)
        self.assertLess(self.daemon.memory_bytes() - before, 64 * MIB)


if __name__ == "__main__":
    unittest.main()
