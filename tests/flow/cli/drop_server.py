# SPDX-License-Identifier: AGPL-3.0-or-later
"""drop_server.py FOLDER REPORTER_SOCKET DESK_SOCKET REAL_REPORTER_SOCKET REAL_DESK_SOCKET: a server whose drops are in the test's
hands, as a seized one's would be. FOLDER/TAG is a body, which a test may change; FOLDER/small makes the index small; FOLDER/asked
lists what was asked of the reporters' side. Everything else is passed on to a real candourd."""
import hashlib
import http.client
import http.server
import json
import os
import random
import socket
import socketserver
import sys
import threading

FOLDER = sys.argv[1]
DUMMIES = [random.Random(i).getrandbits(64) for i in range(1024)]


def path_of(name):
    return os.path.join(FOLDER, name)


def tags():
    hers = [name for name in os.listdir(FOLDER) if len(name) == 16]
    everything = hers + [f"{dummy:016x}" for dummy in DUMMIES[:1024 - len(hers)]]
    return sorted(everything)[:4 if os.path.exists(path_of("small")) else 1024]


class Real(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    real = ""

    def address_string(self):
        return "local"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/octet-stream"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:  # the tool has heard enough
            self.close_connection = True

    def problem(self, status, name):
        self.answer(status, json.dumps({"type": f"/problems/{name}", "title": name}).encode(), "application/problem+json")

    def pass_on(self, body):
        real = Real(self.real)
        real.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k != "Host"})
        answer = real.getresponse()
        self.answer(answer.status, answer.read(), answer.getheader("Content-Type") or "text/plain")

    def drop(self, tag, body):
        stored, verifier = path_of(tag), path_of(f"deletion-{tag}")
        if self.command == "GET":
            dummy = random.Random(tag).randbytes(18043) if f"{int(tag, 16):016x}" in tags() else b""
            found = open(stored, "rb").read() if os.path.exists(stored) else dummy
            return self.answer(200, found) if found else self.problem(404, "no-such-drop")
        if self.command == "PUT":
            address = bytes.fromhex(self.headers["Candour-Address"])
            assert hashlib.sha256(b"candour/v1/drop-tag" + address).digest()[:8].hex() == tag and len(body) == 18043
            if os.path.exists(stored):
                return self.problem(409, "drop-taken")
            open(stored, "wb").write(body)
            open(verifier, "w").write(self.headers["Candour-Deletion"])
            return self.answer(201)
        token = bytes.fromhex(self.headers["Candour-Replace"])
        if not os.path.exists(stored) or open(verifier).read() != hashlib.sha256(b"candour/v1/drop-deletion" + token).hexdigest():
            return self.problem(404, "no-such-drop")
        os.remove(stored)
        return self.answer(204)

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_tag = self.path.startswith("/v1/drops/")
        if self.real == sys.argv[4]:
            with open(path_of("asked"), "a") as asked:
                asked.write(f"{self.command} {'/v1/drops/TAG' if is_tag else self.path}\n")
        if is_tag:
            self.drop(self.path.removeprefix("/v1/drops/"), body)
        elif self.path == "/v1/drops" and self.real == sys.argv[4]:
            self.answer(200, b"".join(bytes.fromhex(tag) for tag in tags()))
        else:
            self.pass_on(body)

    do_GET = do_PUT = do_POST = do_DELETE = handle_one


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


os.mkdir(FOLDER)
for own, upstream in zip(sys.argv[2:4], sys.argv[4:6]):
    threading.Thread(target=Server(own, type("To", (Handler,), {"real": upstream})).serve_forever).start()
