# SPDX-License-Identifier: AGPL-3.0-or-later
"""false_desk.py OWN_SOCKET DESK_SOCKET adds-cy|lists-none: passes everything on to the real desk listener, but lists cy as a
reader of every report, or no report at all, as a seized server could."""
import http.client
import http.server
import json
import socket
import socketserver
import sys


class Desk(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(sys.argv[2])


class FalseDesk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "local"

    def log_message(self, *_):
        pass

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        desk = Desk("localhost")
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers}
        desk.request(self.command, self.path, body, headers)
        answer = desk.getresponse()
        content = answer.read()
        if self.path.startswith("/v1/reports?") and answer.status == 200:
            listing = json.loads(content)
            if sys.argv[3] == "lists-none":
                listing["reports"] = []
            for report in listing["reports"]:
                report["audience"].append("cy")
            content = json.dumps(listing).encode()
        self.send_response(answer.status)
        if answer.getheader("Content-Type"):
            self.send_header("Content-Type", answer.getheader("Content-Type"))
        if answer.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = pass_on


socketserver.UnixStreamServer(sys.argv[1], FalseDesk).serve_forever()
