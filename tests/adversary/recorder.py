# SPDX-License-Identifier: AGPL-3.0-or-later
"""Between a client and a server: hands on each request and each answer, and writes down what they look like. HTTP/1.1 with Content-Length."""
import re
import socket
import threading


class Message:
    def __init__(self, head, body):
        self.first, *lines = head.decode("latin-1").split("\r\n")
        self.headers = [line.split(": ", 1) for line in lines]
        self.body = body

    def looks(self):
        """First line, names and lengths of the headers, length of the body: what is random is told by its length alone."""
        first = re.sub(r"[0-9a-f]{64}", "HEX64", self.first)
        return first, tuple((name, len(value)) for name, value in self.headers), len(self.body)


def read_message(peer, begun):
    """The next message, or None where no more comes; `begun`: a list with what of it was read already."""
    data = begun.pop() if begun else b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    length = int(length[1]) if length else 0
    while len(rest) < length:
        piece = peer.recv(65536)
        if not piece:
            return None
        rest += piece
    begun.append(rest[length:])
    return head + b"\r\n\r\n" + rest[:length], Message(head, rest[:length])


class Recorder:
    def __init__(self, port):
        self.server_port = port
        self.exchanges = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        begun, answered = [], []
        with client, socket.create_connection(("127.0.0.1", self.server_port)) as server:
            while request := read_message(client, begun):
                server.sendall(request[0])
                answer = read_message(server, answered)
                if answer is None:
                    return
                self.exchanges.append((request[1], answer[1]))
                client.sendall(answer[0])

    def taken(self):
        """What came since the last time."""
        exchanges, self.exchanges = self.exchanges, []
        return exchanges

    def close(self):
        self.listener.close()
