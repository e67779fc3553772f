# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the makers of vectors share: the specification's building blocks with none of Candour's own code, that is Python's hashlib and
hmac, `cryptography` for Ed25519, stock `age-keygen` (1.3) for recipients; and the people and the reporter of all vectors."""
import base64, hashlib, hmac, json, os, subprocess, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OUT = sys.argv[1]
WORDS = [line.split()[1] for line in
         open("/usr/lib/python3/dist-packages/diceware/wordlists/wordlist_en_eff.txt") if line[0] in "123456"]
assert len(WORDS) == 7776


def hkdf(ikm, info):
    prk = hmac.new(bytes(32), ikm, hashlib.sha256).digest()
    return hmac.new(prk, info.encode() + b"\x01", hashlib.sha256).digest()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def b64(data):
    return base64.b64encode(data).decode()


def bech32_upper(hrp, data):
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

    def polymod(values):
        chk = 1
        for v in values:
            top = chk >> 25
            chk = (chk & 0x1FFFFFF) << 5 ^ v
            for i, g in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
                chk ^= g if (top >> i) & 1 else 0
        return chk
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    digits = [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]
    check = polymod(expanded + digits + [0] * 6) ^ 1
    digits += [(check >> 5 * (5 - i)) & 31 for i in range(6)]
    return (hrp + "1" + "".join(alphabet[d] for d in digits)).upper()


def recipient(seed):
    identity = bech32_upper("age-secret-key-pq-", seed) + "\n"
    return subprocess.run(["age-keygen", "-y"], input=identity, capture_output=True, text=True, check=True).stdout.strip()


class Key:
    def __init__(self, name, seed):
        self.name, self.seed = name, seed
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode(), b"\n\x01", self.public)[:4]
        self.verifier = f"{name}+{self.id.hex()}+{b64(bytes([1]) + self.public)}"

    def line(self, text):
        return f"\u2014 {self.name} {b64(self.id + self.private.sign(text.encode()))}\n"


def note(text, *keys):
    return text + "\n" + "".join(key.line(text) for key in keys)


def fingerprint(text):
    number = int.from_bytes(sha(b"candour/v1/fingerprint", text.encode())[:13], "big")
    digits = []
    for _ in range(8):
        number, digit = divmod(number, 7776)
        digits.append(WORDS[digit])
    return " ".join(reversed(digits))


def codename_vector(codename):
    seed = hkdf(codename.encode(), "candour/v1/codename")
    reply_seed = hkdf(seed, "candour/v1/reply-identity")
    secrets = [hkdf(seed, f"candour/v1/report-secret/{n}") for n in (0, 1, 10)]
    return {"codename": codename, "seed": seed.hex(), "reply_seed": reply_seed.hex(),
            "reply_recipient": recipient(reply_seed), "mailbox_root": hkdf(seed, "candour/v1/mailbox-root").hex(),
            "diary_root": hkdf(seed, "candour/v1/diary-root").hex(),
            "authorship_key": Key("candour/author", hkdf(seed, "candour/v1/authorship")).public.hex(),
            "reports": [{"n": n, "secret": s.hex(), "id": sha(b"candour/v1/report-id", s).hex()}
                        for n, s in zip((0, 1, 10), secrets)]}


def sealing_key_text(caseworker, key, first="2026-11-01", last="2027-01-30"):
    return f"candour/v1/sealing-key\ncaseworker {caseworker}\nrecipient {key}\nfrom {first}\nuntil {last}\n"


def tar_header(name, size):
    block = bytearray(512)

    def put(at, text):
        block[at:at + len(text)] = text
    put(0, name.encode())
    for at, text in ((100, b"0000600\0"), (108, b"0000000\0"), (116, b"0000000\0"), (124, b"%011o\0" % size),
                     (136, b"00000000000\0"), (148, b" " * 8), (156, b"0"), (257, b"ustar\x0000")):
        put(at, text)
    put(148, b"%06o\0 " % sum(block))
    return bytes(block)


def tar(members):
    out = b"".join(tar_header(name, len(data)) + data + bytes(-len(data) % 512) for name, data in members) + bytes(1024)
    assert len(out) <= 65536
    listed = subprocess.run(["tar", "t"], input=out, capture_output=True, check=True).stdout.decode().split()
    assert listed == [name for name, _ in members]
    return out + bytes(65536 - len(out))


def write(name, value):
    with open(os.path.join(OUT, name), "w") as file:
        file.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def seed(n):
    return sha(b"candour test key %d" % n)


people = {name: Key(f"candour/caseworker/{name}", seed(10 + i)) for i, name in enumerate(("ada", "bo", "cy"))}
recipients = {name: recipient(seed(20 + i)) for i, name in enumerate(people)}
authorship_seed = hkdf(bytes.fromhex(codename_vector(" ".join(["abacus"] * 8))["seed"]), "candour/v1/authorship")
author = Key("candour/author", authorship_seed)
me = codename_vector(" ".join(["abacus"] * 8))
report_id = me["reports"][0]["id"]
sealed = sha(b"sealed bytes")
