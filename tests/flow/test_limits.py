# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Bounds" in time and number, with short ones configured: slow, idle and many peers."""
import contextlib
import hashlib
import json
import resource
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


class Idle(Case):
    """As many as stay connected and say nothing: each costs a little memory, and nobody else's time."""
    PEERS, BYTES_EACH_MAX = 10_000, 16 << 10
    limits = "connections = 12000"

    @classmethod
    def setUpClass(cls):
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        if before[1] != resource.RLIM_INFINITY and before[1] < cls.PEERS + 2000:
            raise AssertionError(f"{before[1]} files may be open here, and this needs {cls.PEERS + 2000}. Raise it: ulimit -Hn 20000")
        resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
        cls.addClassCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, before)
        super().setUpClass()

    def test_beside_ten_thousand(self):
        before = self.daemon.memory_bytes()
        with contextlib.ExitStack() as idle:
            peers = [idle.enter_context(self.daemon.connect()) for _ in range(self.PEERS)]
            for _ in range(10):
                started = time.monotonic()
                self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
                self.assertLess(time.monotonic() - started, 5)
            self.assertLess(self.daemon.memory_bytes() - before, self.PEERS * self.BYTES_EACH_MAX)
            # None of them had to make way.
            for peer in peers:
                peer.setblocking(False)
                self.assertRaises(BlockingIOError, peer.recv, 1)


class Crowds(Case):
    """Peers that begin and do not go on, more than there is room or place for: honest ones are served all the same."""
    limits = "connections = 60\nbodies_mib = 4"

    def setUp(self):
        self.peers = []

    def tearDown(self):
        for peer in self.peers:
            peer.close()

    def stuck(self, number, data, desk=False, small_buffer=False):
        for _ in range(number):
            peer = socket.socket()
            if small_buffer:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.connect(("127.0.0.1", self.daemon.desk_port if desk else self.daemon.reporter_port))
            self.peers.append(peer)
            peer.setblocking(False)
            rest = data
            try:
                while rest:
                    rest = rest[peer.send(rest):]
            except (BlockingIOError, ConnectionError):
                pass

    def begin(self):
        report, blob = report_id(), sealed(plain_bytes=padme(2 * MIB))
        begun = self.daemon.ask("PUT", f"/v1/uploads/{report}", json.dumps({"audience": ["ada"], "bytes": len(blob)}))
        self.assertEqual(begun.status, 201)
        return report, blob

    def put_part(self, report, blob, index):
        return self.daemon.ask("PUT", f"/v1/uploads/{report}/parts/{index}", blob[index * MIB:(index + 1) * MIB])

    def within(self, seconds, answer, status):
        started = time.monotonic()
        self.assertEqual(answer().status, status)
        self.assertLess(time.monotonic() - started, seconds)

    def part_head(self, report):
        return f"PUT /v1/uploads/{report}/parts/1 HTTP/1.1\r\nHost: x\r\nContent-Length: {MIB}\r\n\r\n".encode()

    def test_an_announced_length_takes_no_room(self):
        report, blob = self.begin()
        self.stuck(40, self.part_head(report) + bytes(10))
        self.within(5, lambda: self.put_part(report, blob, 0), 204)
        self.within(5, lambda: self.daemon.put_report(report_id(), sealed()), 201)

    def test_bytes_that_stop_coming(self):
        report, blob = self.begin()
        self.stuck(10, self.part_head(report) + bytes(MIB // 2))
        # Small ones have room of their own; large ones wait until the stuck ones show, which then are shed.
        self.within(5, lambda: self.daemon.put_report(report_id(), sealed()), 201)
        self.within(28, lambda: self.put_part(report, blob, 0), 204)
        self.within(5, lambda: self.put_part(report, blob, 1), 204)

    def test_the_one_that_is_shed_is_told(self):
        report, blob = self.begin()
        self.stuck(8, self.part_head(report) + bytes(MIB // 2))
        self.within(28, lambda: self.put_part(report, blob, 0), 204)
        told = 0
        for peer in self.peers:
            try:
                told += peer.recv(4096).startswith(b"HTTP/1.1 503 ")
            except BlockingIOError:
                pass
        self.assertGreater(told, 0)

    def test_small_bodies_that_stop_coming(self):
        self.stuck(50, put_head(report_id(), 70000) + bytes(40000))
        self.within(28, lambda: self.daemon.put_report(report_id(), sealed()), 201)

    def test_every_place_taken_by_a_body(self):
        self.stuck(200, put_head(report_id(), 70000) + bytes(10))
        self.within(5, lambda: self.daemon.put_report(report_id(), sealed()), 201)

    def test_every_place_taken_by_readers_that_do_not_read(self):
        app = self.daemon.folder / "pages/assets/app.js"
        self.assertEqual(self.daemon.end(), 0)
        app.write_bytes(b" " * (8 * MIB))
        self.assertTrue(self.daemon.start())
        before = self.daemon.memory_bytes()
        self.stuck(200, b"GET /assets/app.js HTTP/1.1\r\nHost: x\r\n\r\n", small_buffer=True)
        self.within(5, lambda: self.daemon.put_report(report_id(), sealed()), 201)
        self.assertLess(self.daemon.memory_bytes() - before, 16 * MIB)

    def test_rosters_and_lists_that_nobody_reads(self):
        desk = self.daemon.sign_in("ada")
        for _ in range(300):
            self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        before = self.daemon.memory_bytes()
        for path in ("/v1/reports", "/v1/roster"):
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {desk['Authorization']}\r\n\r\n".encode()
            self.stuck(50, request * 100, desk=True, small_buffer=True)
        self.within(28, lambda: self.daemon.ask("GET", "/v1/reports", headers=desk, desk=True), 200)
        self.assertLess(self.daemon.memory_bytes() - before, 16 * MIB)

    def test_a_part_without_a_place_is_refused_before_its_body(self):
        report, blob = self.begin()
        last = len(blob) // MIB
        for path, length, status in ((f"{report_id()}/parts/0", MIB, 404), (f"{report}/parts/{last + 1}", MIB, 422),
                                     (f"{report}/parts/1", MIB - 1, 422), (f"{report}/parts/{last}", MIB, 422),
                                     (f"{report}/parts/1", MIB + 1, 413)):
            with self.daemon.connect() as peer:
                peer.sendall(f"PUT /v1/uploads/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
                self.assertTrue(peer.recv(100).startswith(f"HTTP/1.1 {status} ".encode()))


if __name__ == "__main__":
    unittest.main()
