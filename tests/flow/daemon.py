# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real candourd on loopback ports that the system chose, in a temporary folder, and a client for it."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

import organisation

BINARY = os.environ["CANDOURD"]
READY = re.compile(r"ready\. reporter http://127\.0\.0\.1:(\d+) desk http://127\.0\.0\.1:(\d+) holders http://127\.0\.0\.1:(\d+)")
ORIGIN = "http://desk.test"
WAIT_SECONDS = 30


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def problem(self):
        """The name of a problem document, after looking that it is one."""
        document = self.json()
        assert self.headers["Content-Type"] == "application/problem+json", self.headers
        assert document["status"] == self.status and document["title"] and document["detail"], document
        return document["type"].removeprefix("/problems/")


class Talking:
    """A `process` whose stderr is kept in `said`."""

    def listen(self):
        self.heard = threading.Condition()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self):
        for line in self.process.stderr:
            with self.heard:
                self.said.append(line)
                self.heard.notify_all()

    def hear(self, words):
        """Waits until it has said this."""
        with self.heard:
            assert self.heard.wait_for(lambda: any(words in line for line in self.said), WAIT_SECONDS), self.said


class Daemon(Talking):
    def __init__(self, folder, limits="", reporter=""):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "candourd.toml"
        self.limits = limits
        self.reporter = reporter
        self.environment = {}
        self.process = None
        self.said = []
        pages = self.folder / "pages"
        (pages / "assets").mkdir(parents=True)
        (pages / "index.html").write_text("<!doctype html><title>Notes</title>")
        (pages / "assets/app.js").write_text("'use strict';")
        (self.folder / "root.pin").write_text("")
        self.write_config()
        made = subprocess.run([BINARY, "init", "--config", self.config], capture_output=True, text=True, check=True)
        self.receipt_key = made.stdout.strip()
        self.organisation = organisation.Organisation(self.receipt_key)
        (self.folder / "root.pin").write_text(self.organisation.pin())
        self.put_roster(self.organisation.roster())

    def write_config(self):
        paths = {"data": "data", "secrets": "secrets", "pages": "pages", "pin": "root.pin", "roster": "roster.note"}
        lines = ['[reporter]', 'listen = "127.0.0.1:0"', self.reporter, '[desk]', 'listen = "127.0.0.1:0"', f'origin = "{ORIGIN}"',
                 '[holders]', 'listen = "127.0.0.1:0"', '[paths]']
        lines += [f'{key} = "{self.folder / name}"' for key, name in paths.items()]
        self.config.write_text("\n".join(lines) + f"\n[limits]\ndisk_reserve_mib = 1\n{self.limits}\n")

    def put_roster(self, note):
        (self.folder / "roster.note").write_text(note)

    def start(self):
        self.said = []
        self.process = subprocess.Popen([BINARY, "run", "--config", self.config], stderr=subprocess.PIPE, text=True,
                                        env=os.environ | self.environment)
        for line in self.process.stderr:
            self.said.append(line)
            if ports := READY.search(line):
                self.reporter_port, self.desk_port, self.holders_port = map(int, ports.groups())
                break
        else:
            self.process.wait(WAIT_SECONDS)
            self.process.stderr.close()
            return False
        self.listen()
        return True

    def hang_up(self):
        self.process.send_signal(signal.SIGHUP)

    def end(self, how=signal.SIGTERM):
        if self.process is None:
            return None
        self.process.send_signal(how)
        status = self.process.wait(WAIT_SECONDS)
        self.listener.join()
        self.process.stderr.close()
        self.process = None
        return status

    def memory_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) << 10

    def ask(self, method, path, body=None, headers=None, desk=False, holders=False):
        port = self.holders_port if holders else self.desk_port if desk else self.reporter_port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def connect(self, desk=False):
        return socket.create_connection(("127.0.0.1", self.desk_port if desk else self.reporter_port), WAIT_SECONDS)

    def send_raw(self, data, desk=False):
        """Everything that comes back until the server closes."""
        with self.connect(desk) as peer:
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)
            return receive_all(peer)

    def ask_control(self, request):
        """The whole answer of the control socket, to a request line without its version."""
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(WAIT_SECONDS)
            peer.connect(str(self.folder / "data/control.sock"))
            peer.sendall(f"{request} HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
            return receive_all(peer).decode()

    def put_report(self, report, blob, audience="ada,bo"):
        return self.ask("PUT", f"/v1/reports/{report}", blob, {"Candour-Audience": audience})

    def session_note(self, caseworker, origin=ORIGIN, nonce=None, expires=None, key=None):
        answer = self.ask("POST", "/v1/session/nonce", desk=True).json()
        text = f"candour/v1/session\norigin {origin}\nnonce {nonce or answer['nonce']}\nexpires {expires or answer['expires']}\n"
        return (key or self.organisation.caseworkers[caseworker].key).sign(text)

    def sign_in(self, caseworker):
        """Headers for requests at the desk."""
        answer = self.ask("POST", "/v1/session", self.session_note(caseworker), desk=True)
        assert answer.status == 201, answer.body
        return {"Authorization": f"Bearer {answer.json()['token']}"}


def receive_all(peer):
    received = b""
    try:
        while piece := peer.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received


class Case(unittest.TestCase):
    """One daemon for all tests of a class, started anew by those that stop it."""
    limits = ""
    reporter = ""  # further keys of [reporter]

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.daemon = Daemon(cls.folder.name, cls.limits, cls.reporter)
        assert cls.daemon.start(), cls.daemon.said
        cls.addClassCleanup(cls.end_well)

    @classmethod
    def end_well(cls):
        """In order, and nothing that a sanitizer found, leaks at the very end included."""
        status = cls.daemon.end()
        assert status in (0, None) and not any("Sanitizer" in line for line in cls.daemon.said), (status, cls.daemon.said)

    def assert_problem(self, answer, status, name):
        self.assertEqual((answer.status, answer.problem()), (status, name), answer.body)
