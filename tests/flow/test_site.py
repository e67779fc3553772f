# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/cli.md "verify-site": a server that serves what was published, and servers that do not, each in one way."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import threading
import urllib.request

from daemon import Case

CANDOUR = os.environ["CANDOUR"]
FILES = {"/index.html": b"<!doctype html><title>Notes</title>", "/assets/app.js": b"'use strict';", "/leave.html": b"<!doctype html><title>Weather</title>"}


class Between(http.server.BaseHTTPRequestHandler):
    """Hands on what the server says, but for one change."""
    change = staticmethod(lambda path, status, headers, body: (status, headers, body))
    upstream = ""

    def do_GET(self):
        try:
            answer = urllib.request.urlopen(self.upstream + self.path, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            status, headers, body = self.change(self.path, answer.status, list(answer.headers.items()), answer.read())
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, str(len(body)) if name == "Content-Length" else value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Site(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = pathlib.Path(cls.folder.name)
        cls.daemon.end()
        (cls.path / "pages/leave.html").write_bytes(FILES["/leave.html"])
        (cls.path / "pages/.well-known/webcat").mkdir(parents=True)
        (cls.path / "pages/.well-known/webcat/manifest.json").write_text("{}")
        assert cls.daemon.start()
        sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {path[1:]}\n" for path, body in sorted(FILES.items()))
        (cls.path / "sha256sums.txt").write_text(sums)
        cls.url = f"http://127.0.0.1:{cls.daemon.reporter_port}"
        policy = cls.daemon.ask("GET", "/").headers["Content-Security-Policy"]
        hashes = {path: base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode() for path, body in FILES.items()}
        cls.manifest = {"app": "x", "version": "1", "default_csp": policy, "extra_csp": {}, "default_index": "index.html",
                        "default_fallback": "/index.html", "files": hashes, "wasm": []}

    def verify(self, url=None, manifest="sha256sums.txt"):
        done = subprocess.run([CANDOUR, "verify-site", url or self.url, "--manifest", manifest, "--json"], cwd=self.path, capture_output=True, text=True)
        return done, [(one["path"], one["difference"]) for one in json.loads(done.stdout)["differences"]] if done.stdout else None

    def through(self, change):
        """What is found when a change comes in between."""
        handler = type("Changing", (Between,), {"change": staticmethod(change), "upstream": self.url})
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as between:
            threading.Thread(target=between.serve_forever, daemon=True).start()
            done, differences = self.verify(f"http://127.0.0.1:{between.server_port}")
            between.shutdown()
        return done, differences

    def caught(self, change, wanted):
        done, differences = self.through(change)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("from what was published", done.stderr)
        for path, words in wanted:
            self.assertTrue(any(at == path and words in what for at, what in differences), (path, words, differences))
        return differences

    def test_the_same(self):
        (self.path / "manifest.json").write_text(json.dumps({"manifest": self.manifest, "signatures": {}}))
        (self.path / "bundle.json").write_text(json.dumps({"enrollment": {"type": "sigsum"}, "manifest": self.manifest, "signatures": {"k": "p"}}))
        for manifest in ("sha256sums.txt", "manifest.json", "bundle.json"):
            done, differences = self.verify(manifest=manifest)
            self.assertEqual((done.returncode, differences), (0, []), done.stderr)
        done, differences = self.through(Between.change)
        self.assertEqual((done.returncode, differences), (0, []), done.stderr)
        said = subprocess.run([CANDOUR, "verify-site", self.url, "--manifest", "sha256sums.txt"], cwd=self.path, capture_output=True, text=True)
        self.assertIn("The same: 3 files", said.stdout)
        self.assertIn("It can give others something else", said.stdout)

    def test_the_manifest_is_served_as_json(self):
        answer = self.daemon.ask("GET", "/.well-known/webcat/manifest.json")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/json"))

    def test_one_byte(self):
        def change(path, status, headers, body):
            return status, headers, body.replace(b"strict", b"Strict") if path == "/assets/app.js" else body
        self.assertEqual(len(self.caught(change, [("/assets/app.js", "other bytes")])), 1)

    def test_one_more_script(self):
        def change(path, status, headers, body):
            if path == "/more.js":
                return 200, headers, b"steal()"
            return status, headers, body + b'<script src="/more.js"></script>' if path == "/" else body
        self.assertEqual(len(self.caught(change, [("/", "other bytes")])), 1)

    def test_a_missing_a_doubled_a_weaker_and_a_foreign_header(self):
        def without(name):
            return lambda path, status, headers, body: (status, [one for one in headers if one[0] != name], body)
        for name in ("Content-Security-Policy", "Cache-Control", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
            found = self.caught(without(name), [("/", f"the header {name} is missing")])
            self.assertEqual(len(found), 5)  # "/", three files, and nothing
        doubled = lambda path, status, headers, body: (status, headers + [("Content-Security-Policy", "default-src *")], body)
        self.caught(doubled, [("/leave.html", "Content-Security-Policy comes 2 times")])
        weaker = lambda path, status, headers, body: (status, [(name, value.replace("script-src 'self'", "script-src *")) for name, value in headers], body)
        self.caught(weaker, [("/index.html", "instead of")])
        for name in ("Link", "Refresh", "Set-Cookie", "Alt-Svc"):
            foreign = lambda path, status, headers, body: (status, headers + [(name, "x")], body)
            self.caught(foreign, [("/", f"does not belong to it, {name.lower()}")])
        self.caught(without("Clear-Site-Data"), [("/leave.html", "Clear-Site-Data is missing")])

    def test_a_type_a_lost_file_and_something_where_nothing_is(self):
        typed = lambda path, status, headers, body: (status, [(n, "text/html" if n == "Content-Type" and path.endswith(".js") and status == 200 else v) for n, v in headers], body)
        self.assertEqual(len(self.caught(typed, [("/assets/app.js", "has the type")])), 1)
        lost = lambda path, status, headers, body: (404 if path == "/leave.html" else status, headers, body)
        self.caught(lost, [("/leave.html", "answered with 404")])
        _, differences = self.through(lambda path, status, headers, body: (200, headers, body))
        self.assertEqual(len(differences), 1)
        self.assertIn("instead of 404", differences[0][1])

    def test_what_is_no_manifest_is_refused(self):
        wrong = ["", "{}", "x", "0" * 64 + "  app.js\n", "0" * 64 + "  index.html\n" + "0" * 64 + "  a b\n", "0" * 63 + "  index.html\n",
                 "0" * 64 + "  index.html\n" + "0" * 64 + "  index.html\n", json.dumps(self.manifest | {"files": {"/index.html": "x"}}),
                 json.dumps(self.manifest | {"files": {"//evil/index.html": "x"}}), json.dumps(self.manifest | {"default_csp": 1})]
        for text in wrong:
            (self.path / "wrong").write_text(text)
            done, _ = self.verify(manifest="wrong")
            self.assertEqual((done.returncode, done.stdout), (1, ""), text)
            self.assertIn("is neither a sha256sums.txt nor a WEBCAT manifest", done.stderr)
