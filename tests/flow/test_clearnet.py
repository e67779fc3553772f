# SPDX-License-Identifier: AGPL-3.0-or-later
"""deploy/nginx/candour.conf, as it is but for names, ports and paths: a real nginx with TLS before a real candourd on Unix sockets."""
import hashlib
import http.client
import io
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import unittest.mock

import daemon
from daemon import Case, receive_all
from organisation import MIB, padme, report_id, sealed

CONFIGURATION = pathlib.Path(__file__).parents[2] / "deploy/nginx/candour.conf"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
NAME = "notes.example.org"
ONION = "http://" + "a" * 56 + ".onion"


class OnSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("desk.test", timeout=daemon.WAIT_SECONDS)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(daemon.WAIT_SECONDS)
        self.sock.connect(self.path)


class OverTls(http.client.HTTPSConnection):
    """To the loopback address, as who looked the name up would be led there."""

    def __init__(self, port, context, name=NAME):
        super().__init__(name, port, timeout=daemon.WAIT_SECONDS, context=context)
        self.real_port = port

    def connect(self):
        self.sock = self._context.wrap_socket(socket.create_connection(("127.0.0.1", self.real_port), daemon.WAIT_SECONDS), server_hostname=self.host)


class Daemon(daemon.Daemon):
    """Its listeners are Unix sockets; at the reporters' each connection begins with Tor's line, where `circuits` says so."""

    def write_config(self):
        super().write_config()
        text = self.config.read_text()
        for name in ("reporter", "desk"):
            text = text.replace('listen = "127.0.0.1:0"', f'listen = "unix:{self.folder}/{name}.sock"', 1)
        self.config.write_text(text)

    def start(self):
        self.said = []
        self.process = subprocess.Popen([daemon.BINARY, "run", "--config", self.config], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            self.said.append(line)
            if "ready. " in line:
                break
        else:
            return False
        self.heard = threading.Condition()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        return True

    def ask(self, method, path, body=None, headers=None, desk=True):
        """At the desk: reporters come by nginx."""
        connection = OnSocket(f"{self.folder}/desk.sock")
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, headers or {})
            return daemon.Answer(connection.getresponse())
        finally:
            connection.close()


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Nginx:
    """In `folder`, with logs that would tell everything if the file did not switch them off."""

    def __init__(self, folder, sock, change=lambda text: text):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.https, self.http = free_port(), free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                        f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "privkey.pem", "-out", "fullchain.pem"],
                       cwd=self.folder, check=True, capture_output=True)
        text = change(CONFIGURATION.read_text())
        text = re.sub(r" *listen \[::\]:.*\n", "", text)
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.https}").replace("listen 80", f"listen 127.0.0.1:{self.http}")
        text = text.replace(f"/etc/letsencrypt/live/{NAME}", str(self.folder)).replace("/run/candour/reporter.sock", str(sock))
        text = text.replace("http://replace-this-by-the-address-of-the-reporters.onion", ONION).replace("/var/www/acme", f"{self.folder}/acme")
        (self.folder / "candour.conf").write_text(text)
        # What Debian's nginx.conf has around it, logs and compression included.
        temporary = "".join(f"{name}_temp_path {self.folder}/temporary/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "temporary").mkdir()
        (self.folder / "nginx.conf").write_text(
            f"daemon off;\n{'user root;' if os.geteuid() == 0 else ''}\nworker_processes 1;\npid {self.folder}/nginx.pid;\n"
            f"error_log {self.folder}/error.log info;\nevents {{ worker_connections 768; }}\n"
            f"http {{\naccess_log {self.folder}/access.log;\ngzip on;\nssl_protocols TLSv1.2 TLSv1.3;\n{temporary}include candour.conf;\n}}\n")
        self.context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")

    def start(self):
        arguments = [NGINX, "-e", str(self.folder / "error.log"), "-p", str(self.folder), "-c", "nginx.conf"]
        tried = subprocess.run([*arguments, "-t"], capture_output=True, text=True)
        assert tried.returncode == 0 and "[warn]" not in tried.stderr, tried.stderr
        self.process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        until = time.monotonic() + daemon.WAIT_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.https), 1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < until, (self.folder / "error.log").read_text()
                time.sleep(0.05)

    def end(self):
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(daemon.WAIT_SECONDS)

    def ask(self, method, path, body=None, headers=None, connection=None):
        own = connection or OverTls(self.https, self.context)
        try:
            own.request(method, path, body.encode() if isinstance(body, str) else body, headers or {})
            return daemon.Answer(own.getresponse())
        finally:
            if connection is None:
                own.close()

    def connect(self, name=NAME, context=None):
        return (context or self.context).wrap_socket(socket.create_connection(("127.0.0.1", self.https), daemon.WAIT_SECONDS), server_hostname=name)

    def send_raw(self, data):
        with self.connect() as peer:
            peer.sendall(data)
            return receive_all(peer)

    def written(self):
        """Every file that nginx has written, but for what this test gave it."""
        given = {self.folder / name for name in ("candour.conf", "nginx.conf", "fullchain.pem", "privkey.pem")}
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file() and path not in given}


class Behind(Case):
    """One daemon and one nginx before it for all tests of a class."""
    reporter = "proxy_header = true"
    limits = "body_window_seconds = 2"
    change = staticmethod(lambda text: text)

    @classmethod
    def setUpClass(cls):
        assert NGINX, "nginx is not installed: setup/packages.sh test"
        with unittest.mock.patch.object(daemon, "Daemon", Daemon):
            super().setUpClass()
        cls.sock = f"{cls.folder.name}/reporter.sock"
        cls.nginx = Nginx(f"{cls.folder.name}/nginx", cls.sock, cls.change)
        cls.nginx.start()
        cls.addClassCleanup(cls.nginx.end)

    def put(self, report, blob, **how):
        return self.nginx.ask("PUT", f"/v1/reports/{report}", blob, {"Candour-Audience": "ada,bo"}, **how)

    def past_nginx(self, data, line=b"PROXY TCP6 fc00:dead:beef:4dad::1:2 ::1 65535 80\r\n"):
        """As Tor brings it."""
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(self.sock)
            peer.sendall((line if self.reporter else b"") + data)
            peer.shutdown(socket.SHUT_WR)
            return receive_all(peer)


class Clearnet(Behind):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stalled, cls.stalled_since = cls.nginx.connect(), time.monotonic()
        cls.stalled.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\n".encode())

    def assert_headers(self, answer):
        """Those of candourd, each once and unchanged, and nothing else that a browser heeds but what clearnet.md names."""
        own = http.client.parse_headers(io.BytesIO(self.past_nginx(b"GET / HTTP/1.0\r\n\r\n").partition(b"\r\n")[2]))
        kept = {name: value for name, value in own.items() if name not in ("Content-Type", "Content-Length", "Connection")}
        self.assertEqual(len(kept), 8)
        for name, value in kept.items():
            self.assertEqual(answer.headers.get_all(name), [value])
        self.assertEqual(answer.headers.get_all("Strict-Transport-Security"), ["max-age=63072000"])
        others = {name for name in answer.headers if name not in kept} - {"Content-Type", "Content-Length", "Connection", "Date", "Server"}
        self.assertLessEqual(others, {"Strict-Transport-Security", "Onion-Location", "Retry-After"})

    def test_the_page(self):
        for path, kind in (("/", "text/html"), ("/index.html", "text/html"), ("/assets/app.js", "text/javascript")):
            answer = self.nginx.ask("GET", path, headers={"Accept-Encoding": "gzip"})
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, f"{kind}; charset=utf-8"))
            self.assertEqual(answer.body, (self.daemon.folder / "pages" / (path[1:] or "index.html")).read_bytes())
            self.assertEqual(answer.headers.get_all("Onion-Location"), [ONION + path] if kind == "text/html" else None)
            self.assert_headers(answer)
        for path in ("/plain/desks", "/nothing.html"):
            self.assertIsNone(self.nginx.ask("GET", path).headers["Onion-Location"])
        head = self.nginx.ask("HEAD", "/")
        self.assertEqual((head.status, head.body, head.headers["Content-Length"]), (200, b"", "35"))

    def test_a_report(self):
        report, blob = report_id(), sealed()
        for status in (201, 200):
            answer = self.put(report, blob)
            self.assertEqual(answer.status, status, answer.body)
            self.assertIn(report.encode(), answer.body)
        self.assert_headers(answer)
        self.assertEqual(self.daemon.ask("GET", f"/v1/reports/{report}", headers=self.daemon.sign_in("ada")).body, blob)

    def test_a_report_in_parts(self):
        report, blob = report_id(), sealed(plain_bytes=padme(3 * MIB))
        connection = OverTls(self.nginx.https, self.nginx.context)
        body = json.dumps({"audience": ["ada", "bo"], "bytes": len(blob)})
        self.assertEqual(self.nginx.ask("PUT", f"/v1/uploads/{report}", body, connection=connection).status, 201)
        for index in range(-(-len(blob) // MIB)):
            part = blob[index * MIB:(index + 1) * MIB]
            self.assertEqual(self.nginx.ask("PUT", f"/v1/uploads/{report}/parts/{index}", part, connection=connection).status, 204)
        body = json.dumps({"sha256": hashlib.sha256(blob).hexdigest()})
        self.assertEqual(self.nginx.ask("POST", f"/v1/uploads/{report}/finish", body, connection=connection).status, 201)
        connection.close()
        self.assertEqual(self.daemon.ask("GET", f"/v1/reports/{report}", headers=self.daemon.sign_in("bo")).body, blob)

    def test_a_file_without_javascript(self):
        """Larger than a part: nginx must not hold it back, nor write it down."""
        organisation = self.daemon.organisation
        for who in ("ada", "bo"):
            made = subprocess.run(["age-keygen", "-pq"], capture_output=True, text=True, check=True).stdout
            organisation.caseworkers[who].recipient = re.search("age1pq1[a-z0-9]+", made)[0]
        organisation.version += 1
        self.daemon.put_roster(organisation.roster())
        self.daemon.hang_up()
        self.daemon.hear("roster loaded")
        blob, edge = sealed(places=2, plain_bytes=2 * MIB), "----edge"
        body = b"".join(f'--{edge}\r\nContent-Disposition: form-data; name="reader"\r\n\r\n{reader}\r\n'.encode() for reader in ("ada", "bo"))
        body += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.age"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Sec-Fetch-Site": "same-origin"}
        answer = self.nginx.ask("POST", "/plain/desks/legal/send", body + blob + f"\r\n--{edge}--\r\n".encode(), headers)
        self.assertEqual(answer.status, 200, answer.body)
        self.assert_headers(answer)
        foreign = self.nginx.ask("POST", "/plain/desks/legal/send", body, headers | {"Sec-Fetch-Site": "cross-site"})
        self.assertEqual(foreign.status, self.refused_foreign)

    refused_foreign = 400

    def test_the_onion_service_at_the_same_time(self):
        self.assertTrue(self.past_nginx(b"GET /pin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200 "))

    def test_the_desk_is_not_reachable(self):
        self.assertNotIn("desk.sock", CONFIGURATION.read_text())
        for method, path in (("POST", "/v1/session/nonce"), ("POST", "/v1/session"), ("GET", "/v1/reports"), ("GET", "/v1/events?from=2026-01-01")):
            self.assert_problem(self.nginx.ask(method, path), 404, "not-found")

    def test_other_names_learn_nothing(self):
        blind = ssl.create_default_context()
        blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
        for name in ("other.example.org", None):
            with self.assertRaisesRegex(ssl.SSLError, "UNRECOGNIZED_NAME"):
                self.nginx.connect(name, blind)
        old = ssl.create_default_context(cafile=self.nginx.folder / "fullchain.pem")
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with self.assertRaises(ssl.SSLError):
            self.nginx.connect(context=old)

    def test_without_tls(self):
        for host, begins in ((NAME, b"HTTP/1.1 301 "), ("other.example.org", b"")):
            with socket.create_connection(("127.0.0.1", self.nginx.http), daemon.WAIT_SECONDS) as peer:
                peer.sendall(f"GET /somewhere?a=b HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                received = receive_all(peer)
            self.assertTrue(received.startswith(begins) and bool(begins) == bool(received), received)
            self.assertNotIn(b"somewhere", received)

    def test_too_much(self):
        self.assert_problem(answer := self.put(report_id(), bytes(MIB + 1)), 413, "too-large")
        self.assert_headers(answer)
        self.assert_problem(answer := self.nginx.ask("TRACE", "/"), 400, "bad-request")
        self.assert_headers(answer)
        self.assert_problem(answer := self.nginx.ask("GET", "/", headers={"A": "a" * 9000}), 400, "bad-request")
        self.assert_headers(answer)

    def test_slow(self):
        """A head that does not come to its end, and a body that stops."""
        with self.nginx.connect() as peer:
            peer.sendall(f"PUT /v1/reports/{report_id()} HTTP/1.1\r\nHost: {NAME}\r\nCandour-Audience: ada\r\nContent-Length: 70000\r\n\r\n".encode() + bytes(500))
            received = receive_all(peer)
        self.assertTrue(received.startswith(b"HTTP/1.1 503 ") or received == b"", received)
        self.stalled.settimeout(60)
        self.assertEqual(receive_all(self.stalled), b"")
        self.stalled.close()
        self.assertAlmostEqual(time.monotonic() - self.stalled_since, 30, delta=8)

    @classmethod
    def tearDownClass(cls):
        """Runs before nginx ends: connections that are there still could be told of."""
        super().tearDownClass()
        written = cls.nginx.written()
        assert {path.name for path in written} <= {"nginx.pid", "error.log", "access.log"}, written
        for path, content in written.items():
            for trace in (b"127.0.0.1", b"/v1/", b"/plain", b"/assets", NAME.encode(), b"other.example", b"client", b"GET", b"PUT"):
                assert trace not in content, (path, trace, content)


class WithoutOnion(Behind):
    """proxy_header = false, and the line that the file says to leave out left out."""
    reporter = ""
    change = staticmethod(lambda text: re.sub(r" *proxy_method .*\n", "", text))

    def test_page_and_report(self):
        self.assertEqual([self.nginx.ask(method, "/").status for method in ("GET", "HEAD")], [200, 200])
        self.assertEqual(self.put(report_id(), sealed()).status, 201)


class Flood(Behind):
    def test_it_is_refused_here_and_not_on_the_onion_service(self):
        body = json.dumps({"audience": ["ada"], "bytes": len(sealed(plain_bytes=padme(2 * MIB)))})
        answers = [self.nginx.ask("PUT", f"/v1/uploads/{report_id()}", body) for _ in range(80)]
        self.assertEqual([answer.status for answer in answers[:60]], [201] * 60)
        self.assert_problem(answers[-1], 429, "slow-down")
        self.assertEqual(answers[-1].headers.get_all("Retry-After"), ["60"])
        self.assertEqual(len(answers[-1].headers.get_all("Content-Security-Policy")), 1)
        self.assertEqual(self.nginx.ask("GET", "/").status, 200)
        head = f"PUT /v1/uploads/{report_id()} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        self.assertTrue(self.past_nginx((head + body).encode()).startswith(b"HTTP/1.1 201 "))

    def test_without_candourd(self):
        self.daemon.end()
        self.addCleanup(self.daemon.start)
        answer = self.nginx.ask("GET", "/")
        self.assert_problem(answer, 503, "busy")
        self.assertEqual(answer.headers.get_all("Retry-After"), ["30"])


class Heard(unittest.TestCase):
    """What reaches candourd, byte by byte: somebody else listens in its place."""

    def test_nothing_of_who_asks(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"{folder}/reporter.sock")
            listener.listen()
            nginx = Nginx(f"{folder}/nginx", f"{folder}/reporter.sock")
            nginx.start()
            self.addCleanup(nginx.end)
            telling = {"User-Agent": "Mozilla/5.0 (Tell-tale)", "Accept-Language": "cy", "X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7",
                       "Referer": "https://example.org/", "Cookie": "a=b", "Candour-Audience": "ada", "Via": "1.1 home"}
            for _ in range(2):
                asking = threading.Thread(target=nginx.ask, args=("PUT", "/v1/reports/00", b"sealed", telling))
                asking.start()
                peer, _ = listener.accept()
                heard = b""
                while not heard.endswith(b"sealed"):
                    heard += peer.recv(65536)
                peer.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
                peer.close()
                asking.join()
                lines = heard.partition(b"\r\n\r\n")[0].decode().split("\r\n")
                self.assertRegex(lines[0], r"^PROXY TCP6 fc00:dead:beef:4dad::ffff:[1-9][0-9]{0,3} ::1 1 1$")
                self.assertEqual(lines[1], "PUT /v1/reports/00 HTTP/1.1")
                self.assertEqual(sorted(lines[2:]), ["Candour-Audience: ada", "Connection: close", "Content-Length: 6", f"Host: {NAME}"])


if __name__ == "__main__":
    unittest.main()
