# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole hostile TCP sessions, each made from a seed and a number alone, so that one that did harm can be played again.
A session is what to send, cut where the seed says, with pauses, and how to leave. What only the running server knows (a live token,
a stored report) is a word of the same length in it, replaced when it is sent."""
import hashlib
import random
import socket
import struct
import time

from organisation import MIB, sealed

PATIENCE_SECONDS = 0.2
TOKEN, KNOWN = b"T" * 64, b"K" * 64
BLOB = sealed()
GET = b"GET /pin HTTP/1.1\r\nHost: x\r\n\r\n"

# method, path, body; ID and N are filled in. The first are the reporter's, the others the desk's.
REPORTER = (("GET", "/", None), ("GET", "/assets/app.js", None), ("GET", "/pin", None), ("GET", "/v1/roster", None),
            ("PUT", "/v1/reports/ID", BLOB), ("PUT", "/v1/reports/ID", b"no report"), ("PUT", "/v1/reports/ID/withdrawal", None),
            ("DELETE", "/v1/reports/ID/withdrawal", None), ("PUT", "/v1/uploads/ID", b'{"audience": ["ada"], "bytes": 1188000}'),
            ("GET", "/v1/uploads/ID", None), ("PUT", "/v1/uploads/ID/parts/N", bytes(MIB)), ("DELETE", "/v1/uploads/ID", None),
            ("POST", "/v1/uploads/ID/finish", b'{"sha256": "' + b"0" * 64 + b'"}'))
NOTE = b"candour/v1/session\norigin http://desk.test\nnonce x\nexpires 1\n\n\xe2\x80\x94 candour/caseworker/ada AAAA\n"
DESK = (("GET", "/v1/roster", None), ("POST", "/v1/session/nonce", None), ("POST", "/v1/session", NOTE), ("DELETE", "/v1/session", None),
        ("GET", "/v1/reports?limit=N", None), ("GET", "/v1/reports?after=ID&limit=9", None), ("GET", "/v1/reports/ID", None),
        ("PUT", "/v1/reports/ID/seen", None), ("PUT", "/v1/reports/ID/closed", None), ("DELETE", "/v1/reports/ID/closed", None),
        ("PUT", "/v1/reports/ID/hold", None), ("DELETE", "/v1/reports/ID/hold", None), ("POST", "/v1/reports/ID/hold/lift", NOTE),
        ("POST", "/v1/reports/ID/erasure", NOTE))

# Lines after which no byte of the connection may be taken for a request.
SMUGGLING = (b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 4",
             b"Content-Length: 4\r\nContent-Length: 5", b"Content-Length: 4, 4", b"Content-Length: +4", b"Content-Length: 0x4",
             b"Content-Length : 4", b"Transfer-Encoding: chunked", b"Transfer-Encoding:\tchunked", b"Transfer-Encoding : chunked",
             b"X: a\r\n Content-Length: 4", b"X: a\nContent-Length: 4", b"X: a\0b", b"Upgrade: h2c\r\nConnection: Upgrade", b"Host: y")
# Lines that may be taken, refused, or waited for.
ODD = (b"Expect: 100-continue", b"Expect: 200-maybe", b"Connection: close", b"Connection: keep-alive, X", b"Content-Length: 0",
       b"Content-Length: 1048576", b"Content-Length: 18446744073709551616", b"Content-Length: 1125899906842624", b"Range: bytes=1-",
       b"Range: bytes=99999999999999999999-", b"Candour-Audience: ada", b"Candour-Audience: zed", b"Authorization: Secret " + b"0" * 64,
       b"Authorization: Bearer " + b"0" * 64, b"X: " + b"a" * 9000, b"\r\n".join([b"a: b"] * 3000), b"TE: trailers", b": x", b"X") + SMUGGLING
PIECES = (b"\0", b"\n", b"\r", b"\r\n", b"\r\n\r\n", b"\r\n ", b" ", b"\t", b"%00", b"\xff\xfe", b"..", b"?", b"#", b":", b"HTTP/1.0",
          b"0\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n", GET, b"PROXY UNKNOWN\r\n", b"\x16\x03\x01\x02\x00\x01")


class Session:
    def __init__(self, seed, number, proxy_header=False):
        self.random = random.Random(f"{seed}/{number}")
        self.seed, self.number = seed, number
        self.desk = self.random.random() < 0.4
        self.answers_max = None  # where more would mean that a request was smuggled
        kind = self.random.choice((self.mutated,) * 6 + (self.smuggled,) * 2 + (self.unread, self.noise))
        self.data = kind()
        if proxy_header and not self.desk:
            self.data = self.preamble() + self.data
        self.small_buffer = kind == self.unread or self.random.random() < 0.1
        self.cuts = self.cut()
        self.leaves = self.random.choice(("reads", "reads", "half-closes", "half-closes", "resets", "closes", "stays"))
        self.stay_seconds = self.random.choice((0.1, 0.3, 3))

    def describe(self):
        pieces = [self.data[first:last][:300] for first, last, _ in self.cuts[:20]]
        return f"session {self.number} of seed {self.seed}, {len(self.data)} bytes, {self.leaves}: {pieces}"

    def id(self):
        """One of few, so that they meet; the last is that of a report that was stored."""
        number = self.random.randrange(48)
        return KNOWN if number == 0 else hashlib.sha256(b"%d" % number).hexdigest().encode()

    def request(self):
        method, path, body = self.random.choice(DESK if self.desk else REPORTER)
        path = path.encode().replace(b"ID", self.id()).replace(b"N", b"%d" % self.random.choice((0, 1, 2, 99, 1001, 1 << 40)))
        lines = [method.encode() + b" " + path + b" HTTP/1.1", b"Host: x"]
        if self.desk:
            lines.append(b"Authorization: Bearer " + TOKEN)
        elif method == "PUT":
            lines.append(b"Candour-Audience: ada,bo")
        if body is not None:
            lines.append(b"Content-Length: %d" % len(body))
        if self.random.random() < 0.4:
            lines.insert(self.random.randrange(1, len(lines) + 1), self.random.choice(ODD))
        return b"\r\n".join(lines) + b"\r\n\r\n" + (body or b"")

    def mutate(self, data):
        # Mostly in the head: a body is opaque.
        at = self.random.randrange(min(len(data), 400) if self.random.random() < 0.9 else len(data))
        length = self.random.choice((1, 2, 8, 40))
        return self.random.choice((
            lambda: data[:at] + bytes([data[at] ^ 1 << self.random.randrange(8)]) + data[at + 1:],
            lambda: data[:at] + data[at + length:],
            lambda: data[:at] + data[at:at + length] * self.random.choice((2, 3, 500)) + data[at + length:],
            lambda: data[:at] + self.random.choice(PIECES) + data[at:],
            lambda: data[:at],
            lambda: data.replace(b"\r\n", b"\n", self.random.choice((1, 2, -1))),
        ))()

    def mutated(self):
        data = b""
        for _ in range(self.random.choice((1, 1, 2, 5, 20))):
            request = self.request()
            for _ in range(self.random.choice((0, 0, 1, 2, 4))):
                request = self.mutate(request) or b"\r\n"
            data += request
        return data

    def smuggled(self):
        before = self.random.randrange(4)
        self.answers_max = before + 1
        line = self.random.choice(SMUGGLING)
        head = b"\r\n".join((b"POST /v1/session HTTP/1.1", b"Host: x", line))
        return GET * before + head + b"\r\n\r\n" + self.random.choice((b"0\r\n\r\n", b"4\r\nGET \r\n0\r\n\r\n", b"")) + GET * 3

    def unread(self):
        path, extra = (b"/v1/reports/" + KNOWN, b"Authorization: Bearer " + TOKEN + b"\r\n") if self.desk else (b"/assets/app.js", b"")
        return (b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n" + extra + b"\r\n") * 50

    def noise(self):
        return self.random.choice((b"", b"\r\n" * 3000, b"\x16\x03\x01")) + self.random.randbytes(self.random.choice((1, 100, 20000)))

    def preamble(self):
        line = b"PROXY TCP6 fc00:dead:beef:4dad::%x:%x ::1 65535 80\r\n" % (self.random.randrange(1 << 16), self.random.randrange(1, 1 << 16))
        return self.mutate(line) if self.random.random() < 0.2 else line

    def cut(self):
        """[(first, last, seconds to wait before)]"""
        if not self.data:
            return []
        if self.random.random() < 0.1:  # a trickle
            return [(at, at + 1, 0.05) for at in range(min(len(self.data), 30))]
        marks = sorted({0, len(self.data)} | {self.random.randrange(len(self.data)) for _ in range(self.random.choice((0, 0, 1, 3, 10)))})
        return [(first, last, self.random.choice((0, 0, 0, 0.01, 0.1))) for first, last in zip(marks, marks[1:])]

    def play(self, port, token, known):
        """Everything that was answered and read. ConnectionRefusedError where nobody listens."""
        data = self.data.replace(TOKEN, token).replace(KNOWN, known)
        received = bytearray()
        with socket.socket() as peer:
            if self.small_buffer:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.connect(("127.0.0.1", port))
            peer.settimeout(PATIENCE_SECONDS)  # no longer with one that waits for us
            try:
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for first, last, seconds in self.cuts:
                    time.sleep(seconds)
                    peer.sendall(data[first:last])
                if self.leaves == "resets":
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif self.leaves == "stays":
                    time.sleep(self.stay_seconds)
                elif self.leaves != "closes":
                    if self.leaves == "half-closes":
                        peer.shutdown(socket.SHUT_WR)
                    while len(received) < 2 * MIB and (piece := peer.recv(65536)):
                        received += piece
            except OSError:  # refused, reset, or nothing for a second
                pass
        return received
