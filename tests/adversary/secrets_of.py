# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every secret of a day, and how each would look in a dump. Derivations as in docs/spec/keys.md, written from the text."""
import base64
import hashlib
import hmac
import re

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
SLICE_BYTES = 16  # of a long secret: so much of it is as good as the whole


def hkdf(secret, info):
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info.encode() + b"\x01", "sha256")


def bech32_data(text):
    values = [BECH32.index(character) for character in text.lower().rpartition("1")[2][:-6]]
    number = 0
    for value in values:
        number = number << 5 | value
    return (number >> (len(values) * 5) % 8).to_bytes(len(values) * 5 // 8, "big")


def of_codename(codename):
    seed = hkdf(codename.encode(), "candour/v1/codename")
    found = {"codename": codename.encode(), "seed": seed}
    for name in ("reply-identity", "mailbox-root", "diary-root", "authorship", "report-secret/0"):
        found[name] = hkdf(seed, f"candour/v1/{name}")
    words = codename.split(" ")
    for at in range(0, 8, 2):
        found[f"words {at}"] = " ".join(words[at:at + 2]).encode()
    return found


def report_id(codename):
    secret = of_codename(codename)["report-secret/0"]
    return hashlib.sha256(b"candour/v1/report-id" + secret).hexdigest()


def of_key_file(name, text):
    """`text`: the key file without its passphrase."""
    found = {}
    for number, line in enumerate(re.findall(r"AGE-SECRET-KEY-PQ-1\w+", text)):
        found[f"{name}: sealing key {number}"] = line.encode()
        found[f"{name}: sealing seed {number}"] = bech32_data(line)
    found[f"{name}: signing seed"] = base64.b64decode(re.search(r"signing-key: (\S+)", text)[1])
    return found


def spellings(secret):
    """The secret, and a middle piece of it, as it is and as hex, base64 (at each alignment) and UTF-16."""
    middle = len(secret) // 2
    for piece in {secret, secret[max(0, middle - SLICE_BYTES // 2):][:SLICE_BYTES]}:
        yield piece
        yield piece.hex().encode()
        yield piece.hex().upper().encode()
        for skip in range(3):
            whole = piece[skip:]
            yield base64.b64encode(whole[:len(whole) // 3 * 3])
        yield b"".join(bytes([byte, 0]) for byte in piece)
