# SPDX-License-Identifier: AGPL-3.0-or-later
"""Comes to candourd's sockets as Tor does: the circuit is said first (http.md "Circuits")."""
import contextlib
import http.client
import socket
import sys
import tempfile
import threading

CIRCUIT = b"PROXY TCP6 fc00:dead:beef:4dad::1:1 ::1 65535 80\r\n"


def connected(listener):
    peer = socket.socket(socket.AF_UNIX)
    peer.connect(f"/run/candour/{listener}.sock")
    peer.sendall(CIRCUIT)
    return peer


def get(listener, path):
    connection = http.client.HTTPConnection("localhost")
    connection.sock = connected(listener)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def pass_on(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def onion(listener):
    """An address for `candour --server`, which leads to the listener."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/onion")
        server.listen()

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    client, _ = server.accept()
                    try:
                        behind = connected(listener)
                    except OSError:  # it does not run: the tool hears so at once
                        client.close()
                        continue
                    for pair in ((client, behind), (behind, client)):
                        threading.Thread(target=pass_on, args=pair, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"unix:{folder}/onion"


if __name__ == "__main__" and sys.argv[1] == "reach":
    status, _ = get(sys.argv[2], "/")
    assert status == 200
