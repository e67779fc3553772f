# SPDX-License-Identifier: AGPL-3.0-or-later
"""A client of /v1/drops, written from docs/spec/drops.md alone."""
import hashlib
import os

from organisation import header

DROP_BYTES = 18043


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def sealed_drop():
    """Of the right shape; what it wraps is noise."""
    front = header(1)
    return front + os.urandom(DROP_BYTES - len(front))


class Place:
    """An address, its tag, and the token of whoever puts there."""

    def __init__(self):
        self.address = os.urandom(32)
        self.token = os.urandom(32)
        self.tag = sha256(b"candour/v1/drop-tag", self.address)[:8].hex()

    def headers(self, **changes):
        verifier = sha256(b"candour/v1/drop-deletion", self.token).hex()
        return {"Candour-Address": self.address.hex(), "Candour-Deletion": verifier} | changes

    def path(self):
        return f"/v1/drops/{self.tag}"


def leading_zero_bits(digest):
    return len(digest) * 8 - int.from_bytes(digest).bit_length()


def solve(puzzle, tag, body):
    """The value of Candour-Work."""
    start = hashlib.sha256(b"candour/v1/puzzle" + bytes.fromhex(puzzle["puzzle"] + tag) + sha256(body))
    for number in range(1 << 40):
        nonce = number.to_bytes(8)
        attempt = start.copy()
        attempt.update(nonce)
        if leading_zero_bits(attempt.digest()) >= puzzle["bits"]:
            return puzzle["puzzle"] + nonce.hex()
    raise AssertionError("no solution")


def put(daemon, place, body, **changes):
    """On the reporter listener, with its work done."""
    work = solve(daemon.ask("GET", "/v1/puzzle").json(), place.tag, body)
    return daemon.ask("PUT", place.path(), body, place.headers(**{"Candour-Work": work} | changes))


def index_of(daemon):
    answer = daemon.ask("GET", "/v1/drops")
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/octet-stream", answer.headers
    return [answer.body[at:at + 8].hex() for at in range(0, len(answer.body), 8)]
