#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes docs/spec/vectors/companion.json from the text of the specification, with none of Candour's own code.
Usage: make_companion.py DIRECTORY   (only needed when the specification changes)"""
import hashlib
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from independent import Key, b64, codename_vector, hkdf, note, sha, write
from ristretto import Q, generator_times

OUTPUTS, EVERY_K = 8, (2, 3)


def scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % Q


def encoded(value):
    return value.to_bytes(32, "little")


def coefficients(k, output):
    root = scalar(b"candour/v1/match-root/%d" % k, output)
    return [root] + [scalar(b"candour/v1/match-coefficient/%d/%d" % (k, j), encoded(root)) for j in range(1, k)]


def point_of(author):
    return scalar(b"candour/v1/match-point", author)


def share(polynomial, point):
    return sum(a * pow(point, j, Q) for j, a in enumerate(polynomial)) % Q


def seal(key, plain):
    return ChaCha20Poly1305(key).encrypt(bytes(12), plain, None)


def filler(name, size):
    return b"".join(hashlib.sha256(b"%s %d" % (name.encode(), i)).digest() for i in range(size // 32 + 1))[:size]


def slot(output, report, k):
    author = report["key"].public
    wrap_info = f"candour/v1/match-wrap/{report['id']}/{author.hex()}/{report['salt'].hex()}"
    out = b""
    for one in EVERY_K:
        polynomial = coefficients(one, output)
        out += b"".join(generator_times(a) for a in polynomial) + encoded(share(polynomial, point_of(author)))
        if one == k:
            wrap = seal(hkdf(encoded(polynomial[0]), wrap_info), report["secret"])
    return out + wrap


def companion(name, word, outputs, order, excluded=(), k=None, contact=None):
    """k: None where nothing is held. contact: her words, where she is asked first."""
    codename = codename_vector(" ".join([word] * 8))
    seed = bytes.fromhex(codename["seed"])
    key = Key("candour/author", hkdf(seed, "candour/v1/authorship"))
    report = {"id": codename["reports"][0]["id"], "key": key, "salt": filler(name + " salt", 32),
              "secret": filler(name + " secret", 32)}
    draw_body, draw_contact = filler(name + " body", 48), filler(name + " contact", 1040)
    release = hkdf(seed, "candour/v1/match-release/0")
    identity_seed = filler(name + " identity", 32)
    body, words = draw_body, draw_contact
    if k:
        opening = report["secret"] + (release if contact else b"")
        body = seal(hkdf(opening, "candour/v1/match-body"), identity_seed)
    if contact:
        words = seal(hkdf(report["secret"], "candour/v1/match-contact"), contact.encode().ljust(1024, b"\0"))
    slots = [slot(outputs[i], report, k or 2) for i in order]
    text = "".join(line + "\n" for line in [
        "candour/v1/companion", f"report {report['id']}", f"author {b64(key.public)}", f"roster {ROSTER.hex()}",
        f"key {EVALUATION_KEY.hex()}", f"salt {b64(report['salt'])}", *(f"exclude {who}" for who in sorted(excluded)),
        *(f"slot {b64(one)}" for one in slots), f"body {b64(body)}", f"contact {b64(words)}"])
    assert all(len(one) == 272 for one in slots) and len(body) == 48 and len(words) == 1040
    return {"name": name, "codename": codename["codename"], "outputs": [one.hex() for one in outputs], "excluded": list(excluded),
            "threshold": k, "identity_seed": identity_seed.hex() if k else None, "contact": contact,
            "release": release.hex(), "point": encoded(point_of(key.public)).hex(),
            "draw": {"salt": report["salt"].hex(), "secret": report["secret"].hex(), "order": order,
                     "body": draw_body.hex(), "contact": draw_contact.hex()},
            "note": note(text, key)}


ROSTER = sha(b"a roster")
EVALUATION_KEY = generator_times(scalar(b"a key"))
shared = hashlib.sha512(b"the output for one who is named three times").digest()


def outputs_of(name, place):
    all_of_them = [hashlib.sha512(f"output {i} of {name}".encode()).digest() for i in range(OUTPUTS)]
    all_of_them[place] = shared
    return all_of_them


write("companion.json", {
    "roster_sha256": ROSTER.hex(), "evaluation_key": EVALUATION_KEY.hex(),
    "polynomials": [{"threshold": k, "output": shared.hex(), "coefficients": [encoded(a).hex() for a in coefficients(k, shared)],
                     "commitments": [generator_times(a).hex() for a in coefficients(k, shared)]} for k in EVERY_K],
    "companions": [
        companion("held", "abacus", outputs_of("held", 2), [5, 2, 7, 0, 3, 1, 6, 4], k=2),
        companion("contact first", "zebra", outputs_of("contact first", 7), [7, 6, 5, 4, 3, 2, 1, 0], ["cy", "bo"], 3,
                  "Ring 000 after six, never on a Friday.\nAsk for the caf\u00e9."),
        companion("sent now", "kitten", outputs_of("sent now", 0), [3, 0, 1, 2, 4, 5, 6, 7])],
    # What a caseworker finds in some of them, by name.
    "matches": [{"of": ["held"], "opened": []}, {"of": ["held", "contact first"], "opened": ["held"]},
                {"of": ["sent now", "contact first"], "opened": ["sent now"]},
                {"of": ["held", "contact first", "sent now"], "opened": ["held", "contact first", "sent now"]}]})
