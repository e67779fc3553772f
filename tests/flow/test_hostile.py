# SPDX-License-Identifier: AGPL-3.0-or-later
"""What no honest client sends: smuggling, floods, nonsense, peers that vanish. After each, honest ones are served."""
import re
import socket
import struct
import unittest

from daemon import Case, receive_all
from organisation import MIB, report_id, sealed

GET = b"GET /pin HTTP/1.1\r\nHost: x\r\n\r\n"


def statuses(received):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


class Hostile(Case):
    def tearDown(self):
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        self.assertEqual(self.daemon.ask("GET", "/pin").status, 200)

    def sent(self, data):
        return statuses(self.daemon.send_raw(data))

    def test_pipelining_answers_in_order(self):
        self.assertEqual(self.sent(GET * 20), [200] * 20)
        self.assertEqual(self.sent(GET + GET.replace(b"/pin", b"/none") + GET), [200, 404, 200])

    def test_a_pipelined_request_behind_a_body(self):
        blob = sealed()
        put = (f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
               f"Content-Length: {len(blob)}\r\n\r\n").encode() + blob
        self.assertEqual(self.sent(put + GET), [201, 200])

    def test_smuggling(self):
        """One refusal and the end of the connection: what follows is never read as a request."""
        smuggled = GET
        for lines in ("Content-Length: 4\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 4",
                      "Content-Length: 4\r\nContent-Length: 5", "Content-Length: 4\r\nContent-Length: 4",
                      "Content-Length: 4, 4", "Content-Length: +4", "Content-Length: 0x4", "Content-Length: 4 4",
                      "Content-Length: -1", "Content-Length:", "Content-Length: 99999999999999999999999",
                      "Transfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
                      "Transfer-Encoding: identity", "Transfer-Encoding : chunked", "Content-Length : 4",
                      "X: a\r\n Content-Length: 4", "X: a\r\n\tb", "X: a\nContent-Length: 4", "X: a\0b", ": nothing",
                      "Upgrade: h2c\r\nConnection: Upgrade", "Host: y"):
            with self.subTest(lines=lines):
                request = f"POST /v1/session HTTP/1.1\r\nHost: x\r\n{lines}\r\n\r\n".encode() + b"0\r\n\r\n" + smuggled
                answered = self.sent(request)
                self.assertEqual(len(answered), 1)
                self.assertIn(answered[0], (400, 411))

    def test_malformed_heads(self):
        for line in ("GET", "GET /", "GET / HTTP/2.0", "GET / HTTP/0.9", "GET  / HTTP/1.1", "G@T / HTTP/1.1", "GET / HTTP/1.1 x",
                     "GET http://x/pin HTTP/1.1", "GET x HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT x:80 HTTP/1.1",
                     "GET /%70in HTTP/1.1", "GET /% HTTP/1.1", "GET /%00 HTTP/1.1", "GET /..%2fpin HTTP/1.1",
                     "GET /\\pin HTTP/1.1", "GET /pin# HTTP/1.1", "GET /\u00e9 HTTP/1.1", "\x16\x03\x01"):
            with self.subTest(line=line):
                self.assertEqual(self.sent(f"{line}\r\nHost: x\r\n\r\n".encode() + GET), [400])
        self.assertEqual(self.sent(b"GET /pin HTTP/1.1\r\n\r\n"), [400])  # no Host
        self.assertEqual(self.sent(b"GET /pin HTTP/1.0\r\n\r\n" + GET), [200])  # closes after it
        self.assertEqual(self.sent(b"BREW /pin HTTP/1.1\r\nHost: x\r\n\r\n"), [405])

    def test_header_floods(self):
        self.assertEqual(self.sent(b"GET /pin HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n"), [431])
        self.assertEqual(self.sent(b"GET /pin HTTP/1.1\r\nHost: x\r\n" + b"a: b\r\n" * 2000 + b"\r\n"), [431])
        self.assertEqual(self.sent(b"GET /" + b"a" * 9000), [431])
        self.assertEqual(self.sent(b"a" * (4 * MIB)), [431])
        fits = b"GET /pin HTTP/1.1\r\nHost: x\r\nX: "
        self.assertEqual(self.sent(fits + b"a" * (8192 - len(fits) - 4) + b"\r\n\r\n"), [200])
        self.assertEqual(self.sent(fits + b"a" * (8192 - len(fits) - 3) + b"\r\n\r\n"), [431])

    def test_too_large_is_said_before_the_body(self):
        with self.daemon.connect() as peer:
            peer.sendall(f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
                         f"Content-Length: {1 << 50}\r\nExpect: 100-continue\r\n\r\n".encode())
            self.assertEqual(statuses(receive_all(peer)), [413])

    def test_a_refusal_reaches_one_who_goes_on_sending(self):
        with self.daemon.connect() as peer:
            peer.sendall(f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: x\r\nCandour-Audience: zed\r\n"
                         f"Content-Length: {MIB}\r\n\r\n".encode() + bytes(MIB))
            self.assertEqual(statuses(receive_all(peer)), [422])

    def test_expect_continue(self):
        blob = sealed()
        with self.daemon.connect() as peer:
            peer.sendall(f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\nConnection: close\r\n"
                         f"Content-Length: {len(blob)}\r\nExpect: 100-continue\r\n\r\n".encode())
            self.assertEqual(peer.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            peer.sendall(blob)
            self.assertEqual(statuses(receive_all(peer)), [201])

    def test_byte_by_byte(self):
        with self.daemon.connect() as peer:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in GET:
                peer.sendall(bytes([byte]))
            peer.shutdown(socket.SHUT_WR)
            self.assertEqual(statuses(receive_all(peer)), [200])

    def test_vanishing_peers(self):
        report, blob = report_id(), sealed()
        head = (f"PUT /v1/reports/{report} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
                f"Content-Length: {len(blob)}\r\n\r\n").encode()
        for data in (b"", b"G", GET[:-2], head, head + blob[:1000], head + blob[:-1], GET * 50):
            for reset in (False, True):
                peer = self.daemon.connect()
                peer.sendall(data)
                if reset:  # RST instead of FIN
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                peer.close()
        # A body that ended early was not stored: the id is free for other bytes.
        self.assertEqual(self.daemon.put_report(report, sealed()).status, 201)

    def test_two_headers_that_mean_something(self):
        request = (f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: x\r\nCandour-Audience: ada\r\n"
                   "Candour-Audience: ada,bo\r\nContent-Length: 0\r\n\r\n").encode()
        self.assertEqual(self.sent(request), [400])


if __name__ == "__main__":
    unittest.main()
