# SPDX-License-Identifier: AGPL-3.0-or-later
"""A `candour desk`, spoken with as its page does it (docs/spec/desk.md), in a folder that desk_page.sh or desk_memory.sh has made."""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import unittest

WAIT_SECONDS = 60
PASSPHRASE = "six random words make passphrases"
FIRST = pathlib.Path("first").read_text().strip()


class Desk:
    """A `candour desk` of one caseworker."""

    def __init__(self, who, *options, key=True, invitation=None):
        way = (["--invitation", invitation] if invitation else
               ["--server", f"unix:{os.getcwd()}/desk.sock", "--origin", "http://desk.test", "--pin", "root.pin"])
        command = [os.environ["CANDOUR"], "desk", *way, "--pages", "desk-pages", *options]
        environment = os.environ | {"XDG_STATE_HOME": f"{os.getcwd()}/machine-{who}"}
        self.process = subprocess.Popen(command + (["--key", f"{who}.key"] if key else []), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        self.session = None
        self.host, self.way = self.hear_way()
        self.port = int(self.host.split(":")[1])

    def hear_way(self):
        for line in self.process.stdout:
            if found := re.search(r"http://(127\.0\.0\.1:\d+)/#([0-9a-f]{64})$", line):
                return found[1], found[2]
        raise AssertionError(self.process.stderr.read())

    def ask(self, method, path, body=None, headers=None, session=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        sent = {"Host": self.host} | (headers or {})
        if session and self.session:
            sent.setdefault("Authorization", f"Bearer {self.session}")
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            response = connection.getresponse()
            response.content = response.read()
            return response
        finally:
            connection.close()

    def get(self, path, status=200):
        return self.checked(self.ask("GET", path), status)

    def post(self, path, body=None, status=200):
        return self.checked(self.ask("POST", path, body or {}), status)

    def checked(self, response, status):
        assert response.status == status, (response.status, response.content)
        return json.loads(response.content) if response.content else None

    def enter(self):
        self.session = self.post("/api/enter", {"way": self.way})["session"]

    def unlock(self, **body):
        return self.post("/api/open", {"passphrase": PASSPHRASE} | body)

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(WAIT_SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        return status


class Case(unittest.TestCase):
    def desk(self, who, *options, **more):
        desk = Desk(who, *options, **more)
        self.addCleanup(desk.end)
        return desk
