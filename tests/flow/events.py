# SPDX-License-Identifier: AGPL-3.0-or-later
"""A client of /v1/events, written from docs/spec/cases.md alone. What its events wrap is noise."""
import hashlib

from organisation import day, sealed

PLAIN_BYTES = 16384


class Event:
    def __init__(self, places=4):
        self.body = sealed(places, PLAIN_BYTES)
        self.id = hashlib.sha256(b"candour/v1/event-id" + self.body).hexdigest()

    def path(self):
        return f"/v1/events/{self.id}"


def lines(ids):
    return "".join(f"{one}\n" for one in ids)


def bodies_of(answer):
    """The parts of an answer to /v1/events/read."""
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/octet-stream", answer.body
    return bodies_of_bytes(answer.body)


def bodies_of_bytes(rest):
    bodies = []
    while rest:
        size = int(rest[:8], 16)
        assert rest[:8] == b"%08x" % size and len(rest) >= 8 + size
        bodies.append(rest[8:8 + size])
        rest = rest[8 + size:]
    return bodies


def erasure_note(people, ids, signers, act="event-erasure", on=None):
    text = f"candour/v1/{act}\nday {on or day()}\n" + "".join(f"event {one}\n" for one in ids)
    return text + "\n" + "".join(people[name].key.sign(text).split("\n\n")[1] for name in signers)
