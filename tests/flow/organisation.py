# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole organisation in memory: root keys, caseworkers, rosters, and reports that look sealed. Written from
docs/spec alone, so that a mistake in the server's own encoders is not repeated here."""
import base64
import datetime
import hashlib
import json
import os
import pathlib

import ed25519

FORM = pathlib.Path(__file__).parents[2] / "protocol/forms/default.en.json"
MIB = 1 << 20


class NoteKey:
    """An Ed25519 key with its name in C2SP signed notes."""

    def __init__(self, name, seed=None):
        self.name = name
        self.seed = seed or os.urandom(32)
        self.public = ed25519.public_key(self.seed)
        self.id = hashlib.sha256(name.encode() + b"\n\x01" + self.public).digest()[:4]

    def verifier(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([1]) + self.public).decode()}"

    def sign(self, text):
        signature = base64.b64encode(self.id + ed25519.sign(self.seed, text.encode())).decode()
        return f"{text}\n\u2014 {self.name} {signature}\n"


def day(offset=0):
    return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=offset)).isoformat()


class Caseworker:
    def __init__(self, name, desks):
        self.id = name
        self.desks = desks
        self.key = NoteKey(f"candour/caseworker/{name}")
        self.revoked = False
        self.recipient = "age1pq1none"

    def entry(self):
        note = self.key.sign(f"candour/v1/sealing-key\ncaseworker {self.id}\nrecipient {self.recipient}\nfrom {day()}\nuntil {day(90)}\n")
        return {"id": self.id, "name": self.id.title(), "desks": self.desks, "signing_key": self.key.verifier(),
                "sealing_key": note, "revoked": self.revoked}


class Holder:
    """Of a share of the evaluation's key, which is noise here: the server knows its token by a hash."""

    def __init__(self, number):
        self.number = number
        self.token = os.urandom(32)

    def entry(self):
        access = hashlib.sha256(b"candour/v1/holder-access" + self.token).digest()
        return {"number": self.number, "public_share": base64.b64encode(os.urandom(32)).decode(), "access": base64.b64encode(access).decode()}


def matching(group, holders, threshold=1):
    """The roster's member of that name."""
    return {"group": group, "public_key": base64.b64encode(os.urandom(32)).decode(), "threshold": threshold,
            "holders": [holder.entry() for holder in holders]}


class Organisation:
    def __init__(self, receipt_key):
        self.root = NoteKey("candour/root-key/anna")
        self.receipt_key = receipt_key
        self.caseworkers = {c.id: c for c in (Caseworker("ada", ["legal"]), Caseworker("bo", ["legal", "press"]),
                                              Caseworker("cy", ["legal"]), Caseworker("di", ["press"]))}
        self.places = 4
        self.version = 1
        self.matching = None

    def pin(self):
        return f"candour/v1/pin\nquorum 1\nkey {self.root.verifier()}\n"

    def roster_text(self, **changes):
        roster = {
            "format": "candour/v1/roster", "service": "Test", "public_name": "Notes", "version": self.version,
            "valid_from": day(-1), "valid_until": day(30), "places": self.places,
            "desks": [{"id": name, "name": name.title(), "description": "A desk.", "threshold": 1}
                      for name in ("legal", "press")],
            "caseworkers": [c.entry() for c in self.caseworkers.values()], "receipt_key": self.receipt_key,
            "form": json.loads(FORM.read_text()),
            "policy": {"attachments_max": 100, "attachments_bytes_max": 64 * MIB},
            "helplines": [{"name": "Refuge", "phone": "0808 2000 247", "hours": "always"}],
        }
        if self.matching:
            roster["matching"] = self.matching
        return json.dumps(roster | changes) + "\n"

    def roster(self, **changes):
        return self.root.sign(self.roster_text(**changes))


def _base64_raw(data):
    return base64.b64encode(data).rstrip(b"=").decode()


def header(places, stanza="mlkem768x25519"):
    """An age v1 header of the right shape; what it wraps is noise."""
    lines = ["age-encryption.org/v1"]
    for _ in range(places):
        lines += [f"-> {stanza} {_base64_raw(os.urandom(1120))}", _base64_raw(os.urandom(32))]
    lines.append(f"--- {_base64_raw(os.urandom(32))}\n")
    return "\n".join(lines).encode()


def padme(size):
    """PURBs, 2019, algorithm 1, with the floor of reports."""
    if size <= 65536:
        return 65536
    exponent = size.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return size + mask & ~mask


def sealed(places=4, plain_bytes=65536):
    chunks = max(1, -(-plain_bytes // 65536))
    return header(places) + os.urandom(16 + plain_bytes + 16 * chunks)


def report_id():
    return os.urandom(32).hex()


def receipt_text(report, sealed_bytes):
    return f"candour/v1/receipt\nreport {report}\nsha256 {hashlib.sha256(sealed_bytes).hexdigest()}\nday {day()}\n"
