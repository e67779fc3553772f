#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes docs/spec/vectors/*.json from the text of the specification, with none of Candour's own code:
Python's hashlib and hmac, `cryptography` for Ed25519, stock `age-keygen` (1.3) for recipients.
Usage: make_protocol.py DIRECTORY   (only needed when the specification changes)"""
import base64, hashlib, hmac, json, os, subprocess, sys, tempfile
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


roots = [Key("candour/root/anna", seed(1)), Key("candour/root/beth", seed(2)), Key("candour/root/cara", seed(3))]
stranger = Key("candour/root/mallory", seed(4))
receipt_key = Key("candour/receipt/main", seed(5))
people = {name: Key(f"candour/caseworker/{name}", seed(10 + i)) for i, name in enumerate(("ada", "bo", "cy"))}
recipients = {name: recipient(seed(20 + i)) for i, name in enumerate(people)}
pin = "candour/v1/pin\nquorum 2\n" + "".join(f"key {key.verifier}\n" for key in roots)


def roster_text(**changes):
    roster = {
        "format": "candour/v1/roster", "service": "Candour demo", "public_name": "Notes", "version": 7,
        "valid_from": "2026-11-23", "valid_until": "2027-02-20", "places": 3,
        "desks": [{"id": "legal", "name": "Legal desk", "description": "Solicitors.", "threshold": 1}],
        "caseworkers": [{"id": name, "name": name.title(), "desks": ["legal"], "signing_key": key.verifier,
                         "sealing_key": note(sealing_key_text(name, recipients[name]), key), "revoked": False}
                        for name, key in people.items()],
        "receipt_key": receipt_key.verifier,
        "form": {"id": "short", "version": 1, "language": "en", "account": ["what_happened"], "steps": [
            {"id": "account", "title": "What happened", "text": ["Use your own words."], "questions": [
                {"id": "what_happened", "kind": "long_text", "label": "What happened?", "characters_max": 4000}]}]},
        "policy": {"attachments_max": 100, "attachments_bytes_max": 2147483648},
        "helplines": [{"name": "A helpline", "phone": "000", "hours": "all day"}]}
    roster.update(changes)
    return json.dumps(roster, indent=2) + "\n"


good = roster_text()
signed = note(good, *roots[:2])
seen = {"version": 7, "text_sha256": sha(good.encode()).hex()}
cases = [
    ("accepted", signed, "2026-11-24", None, "ok"),
    ("accepted again", signed, "2027-02-20", seen, "ok"),
    ("not a note", good, "2026-11-24", None, "not a signed roster"),
    ("signed by a stranger", note(good, stranger), "2026-11-24", None, "unsigned"),
    ("signed by one of two", note(good, roots[2]), "2026-11-24", None, "too few signatures"),
    ("altered", signed.replace('"public_name": "Notes"', '"public_name": "Nodes"'), "2026-11-24", None, "signature"),
    ("early", signed, "2026-11-22", None, "not yet valid"),
    ("late", signed, "2027-02-21", None, "expired"),
    ("older", signed, "2026-11-24", {"version": 8, "text_sha256": "00" * 32}, "older than the one already seen"),
    ("replaced", signed, "2026-11-24", {"version": 7, "text_sha256": "00" * 32}, "same version"),
    ("121 days", note(roster_text(valid_until="2027-03-24"), *roots), "2026-11-24", None, "valid_until"),
    ("too few places", note(roster_text(places=2), *roots), "2026-11-24", None, "places"),
]

write("codename.json", {"vectors": [codename_vector(" ".join(words)) for words in (
    ["abacus"] * 8, ["zoom"] * 8,
    ["t-shirt", "yo-yo", "drop-down", "felt-tip", "abdomen", "zebra", "kitten", "ounce"])],
    "same": ["  ABACUS abacus\tAbacus abacus \n abacus abacus abacus abacus "],
    "refused": ["abacus " * 7, "abacus " * 9, "", "abacuss" + " abacus" * 7, "ab\u0430cus" + " abacus" * 7]})
write("fingerprint.json", {"vectors": [{"text": text, "fingerprint": fingerprint(text)}
                                       for text in (pin, people["ada"].verifier)]})
write("roster.json", {"pin": pin, "cases": [
    {"name": n, "note": t, "today": d, "last_seen": s, "outcome": o} for n, t, d, s, o in cases]})

# Rosters that one root key has rightly signed, and that are still wrong: each is the text with one place changed.
asked = {"id": "asked", "version": 1, "language": "en", "account": ["what_happened"], "steps": [
    {"id": "first", "title": "First", "text": ["Use your own words."], "questions": [
        {"id": "officer", "kind": "choice", "label": "Is he police?", "hint": "Or was he?", "options": [
            {"id": "officer", "label": "An officer"}, {"id": "staff", "label": "Staff"}, {"id": "no", "label": "No"}]},
        {"id": "force", "kind": "text", "label": "Which force?", "characters_max": 200, "accused": "force",
         "show_if": {"question": "officer", "is": ["officer", "staff"]}}]},
    {"id": "second", "title": "Second", "text": [], "questions": [
        {"id": "what_happened", "kind": "long_text", "label": "What happened?", "characters_max": 4000},
        {"id": "wants", "kind": "choices", "label": "What would help?", "options": [
            {"id": "advice", "label": "Advice"}, {"id": "safety", "label": "Safety"}]}]}]}
base = roster_text(form=asked)


def certified(holder, text):
    return json.dumps(note(text, people[holder]))[1:-1]


ada_key = certified("ada", sealing_key_text("ada", recipients["ada"]))


def unreduced(key):
    """The first coefficient of the ML-KEM key becomes 3329."""
    digits = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(c) for c in key.rsplit("1", 1)[1][:-6]]
    bits = "".join(f"{digit:05b}" for digit in digits)
    data = bytearray(int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8))
    data[0], data[1] = 0x01, data[1] & 0xF0 | 0x0D
    return bech32_upper("age1pq", data).lower()


def nested(depth):
    return '"unknown": ' + "[" * (depth - 1) + "]" * (depth - 1) + ', "service"'


version, length = '"version": 7', '"characters_max": 200'
staff = '"officer",\n                "staff"'
refused = [  # name, find, replace by, what every reader's refusal names
    ("a name twice", '"service"', '"version"', "JSON"),
    ("a name twice, once escaped", '"service"', '"\\u0076ersion"', "JSON"),
    ("a name twice, far inside", '"id": "force"', '"id": "other", "id": "force"', "JSON"),
    ("a name twice in what is not known", '"service"', '"unknown": {"a": 1, "a": 1}, "service"', "JSON"),
    ("nested 17 deep", '"service"', nested(17), "JSON"),
    ("half a character", "Candour demo", "\\ud800", "JSON"),
    ("something after the end", "\n}\n", "\n}\n{}\n", "JSON"),
    ("not JSON", '"service":', "service:", "JSON"),
    ("another format", "candour/v1/roster", "candour/v2/roster", "format"),
    ("two lines in a name", "Candour demo", "Candour\\ndemo", "service"),
    ("a name without letters", "Candour demo", "", "service"),
    ("a control character", "Candour demo", "Candour\\u0085demo", "service"),
    ("a line separator", "Candour demo", "Candour\\u2028demo", "service"),
    ("a name of 201 bytes", "Candour demo", "\u00fc" * 100 + "u", "service"),
    ("no public name", '"public_name"', '"other_name"', "public_name"),
    ("version 0", version, '"version": 0', "version"),
    ("version 7.0", version, '"version": 7.0', "version"),
    ("version 7e0", version, '"version": 7e0', "version"),
    ("version -7", version, '"version": -7', "version"),
    ("version 2^53", version, '"version": 9007199254740992', "version"),
    ("version as text", version, '"version": "7"', "version"),
    ("no places", '"places": 3', '"places": 0', "places"),
    ("33 places", '"places": 3', '"places": 33', "places"),
    ("a place too few", '"places": 3', '"places": 2', "places"),
    ("no day", "2026-11-23", "2026-11-31", "valid_from"),
    ("before days began", "2026-11-23", "1969-11-23", "valid_from"),
    ("ends before it begins", "2027-02-20", "2026-11-22", "valid_until"),
    ("121 days", "2027-02-20", "2027-03-24", "valid_until"),
    ("a desk that is not there", '"id": "legal"', '"id": "other"', "desk"),
    ("a desk's id in capitals", '"id": "legal"', '"id": "Legal"', "desk"),
    ("a desk's id of 33", '"id": "legal"', '"id": "' + "l" * 33 + '"', "desk"),
    ("a desk without a threshold", '"threshold": 1', '"unknown": 1', "threshold"),
    ("threshold 0", '"threshold": 1', '"threshold": 0', "threshold"),
    ("a description of two lines", "Solicitors.", "Solicitors\\n.", "description"),
    ("the same desk twice", '"desks": [\n    {', '"desks": [{"id": "legal", "name": "L", "threshold": 1}, {', "desks"),
    ("a person at a desk twice", '"desks": [\n        "legal"', '"desks": ["legal", "legal"', "desks"),
    ("a person under another's key name", '"id": "bo"', '"id": "ada"', "signing_key"),
    ("a person without a name", '"name": "Bo"', '"name": null', "name"),
    ("two people with one key", people["bo"].verifier, Key("candour/caseworker/bo", people["ada"].seed).verifier, "signing_key"),
    ("a signing key that is none", people["bo"].verifier, "candour/caseworker/bo+00000000+AAAA", "key"),
    ("no sealing key", '"sealing_key"', '"other"', "sealing_key"),
    ("revoked as a number", '"revoked": false', '"revoked": 0', "revoked"),
    ("not said whether revoked", '"revoked": false', '"other": false', "revoked"),
    ("a receipt key of another kind", receipt_key.verifier, roots[0].verifier, "receipt"),
    ("no form", '"form":', '"other":', "form"),
    ("no account", '"account": [\n      "what_happened"\n    ]', '"account": []', "account"),
    ("an account that is not asked", '"account": [\n      "what_happened"', '"account": ["nothing"', "account"),
    ("a form without a language", '"language": "en",', "", "language"),
    ("a step twice", '"id": "second"', '"id": "first"', "steps"),
    ("a step without a list of text", '"text": [],', "", "text"),
    ("a question twice", '"id": "wants"', '"id": "force"', "question"),
    ("a question's id of 41", '"id": "wants"', '"id": "' + "w" * 41 + '"', "question"),
    ("a question of an unknown kind", '"kind": "text"', '"kind": "number"', "kind"),
    ("a question without words", "Which force?", "", "label"),
    ("a text without a length", '"characters_max": 200,', "", "characters_max"),
    ("a text of no length", length, '"characters_max": 0', "characters_max"),
    ("a text of 20001", length, '"characters_max": 20001', "characters_max"),
    ("a choice of one", ',\n              {\n                "id": "safety",\n                "label": "Safety"\n              }', "", "options"),
    ("an option twice", '"id": "safety"', '"id": "advice"', "options"),
    ("an option without words", '"label": "Safety"', '"label": ""', "option"),
    ("accused on many options", '"label": "What would help?"', '"label": "What would help?", "accused": "force"', "accused"),
    ("accused that is no id", '"accused": "force"', '"accused": "Force"', "accused"),
    ("shown if a later question", '"question": "officer"', '"question": "wants"', "show_if"),
    ("shown if itself", '"question": "officer"', '"question": "force"', "show_if"),
    ("shown if an option that is not there", staff, '"officer", "special"', "show_if"),
    ("shown if an option twice", staff, '"staff", "staff"', "show_if"),
    ("shown if none", staff, "", "show_if"),
    ("shown if nothing", '"show_if": {', '"show_if": null, "other": {', "show_if"),
    ("retention of 89 days", '"attachments_max": 100', '"retention_days": 89, "attachments_max": 100', "retention_days"),
    ("retention of a hundred years and a day", '"attachments_max": 100', '"retention_days": 36501, "attachments_max": 100', "retention_days"),
    ("retention in words", '"attachments_max": 100', '"retention_days": "90", "attachments_max": 100', "retention_days"),
    ("a spread of more than a year", '"attachments_max": 100', '"retention_spread_days": 366, "attachments_max": 100', "retention_spread_days"),
    ("1000 attachments", '"attachments_max": 100', '"attachments_max": 1000', "attachments_max"),
    ("8 GiB", "2147483648", "8589934592", "attachments_bytes_max"),
    ("no helplines", '"helplines"', '"other"', "helplines"),
    ("a helpline without a number", '"phone": "000"', '"phone": ""', "phone"),
]
read = [  # name, find, replace by, who can receive
    ("as it stands", "Candour demo", "Candour demo", ["ada", "bo", "cy"]),
    ("nested 16 deep", '"service"', nested(16), ["ada", "bo", "cy"]),
    ("fractions in what is not known", '"service"', '"unknown": -1.5e3, "service"', ["ada", "bo", "cy"]),
    ("a name that is special elsewhere", '"service"', '"__proto__": {"version": 9}, "service"', ["ada", "bo", "cy"]),
    ("a delete and a replacement character", '"service"', '"unknown": "\x7f\ufffd", "service"', ["ada", "bo", "cy"]),
    ("revoked", '"revoked": false', '"revoked": true', ["bo", "cy"]),
    ("at no desk", '"desks": [\n        "legal"\n      ]', '"desks": []', ["bo", "cy"]),
    ("certified by another", ada_key, certified("bo", sealing_key_text("ada", recipients["ada"])), ["bo", "cy"]),
    ("certified for another", ada_key, certified("ada", sealing_key_text("bo", recipients["ada"])), ["bo", "cy"]),
    ("a certificate that was changed", "until 2027-01-30", "until 2027-01-31", ["bo", "cy"]),
    ("lapsed", ada_key, certified("ada", sealing_key_text("ada", recipients["ada"], last="2026-11-23")), ["bo", "cy"]),
    ("not begun", ada_key, certified("ada", sealing_key_text("ada", recipients["ada"], first="2026-11-25")), ["bo", "cy"]),
    ("a classic recipient", ada_key, certified("ada", sealing_key_text("ada", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")), ["bo", "cy"]),
    ("a recipient in capitals", ada_key, certified("ada", sealing_key_text("ada", recipients["ada"].upper())), ["bo", "cy"]),
    ("an ML-KEM key that is not reduced", ada_key, certified("ada", sealing_key_text("ada", unreduced(recipients["ada"]))), ["bo", "cy"]),
    ("a certificate with a line more", ada_key, certified("ada", sealing_key_text("ada", recipients["ada"]) + "more\n"), ["bo", "cy"]),
]
for _, find, _, _ in refused + read:
    assert find in base, find
write("roster_changes.json", {
    "root": {"key": roots[0].verifier, "seed": roots[0].seed.hex()}, "today": "2026-11-24", "desk": "legal", "text": base,
    "refused": [{"name": n, "find": f, "replace": b, "names": w} for n, f, b, w in refused],
    "read": [{"name": n, "find": f, "replace": b, "readers": r} for n, f, b, r in read]})

authorship_seed = hkdf(bytes.fromhex(codename_vector(" ".join(["abacus"] * 8))["seed"]), "candour/v1/authorship")
author = Key("candour/author", authorship_seed)
me = codename_vector(" ".join(["abacus"] * 8))
report_id = me["reports"][0]["id"]
photo = bytes(range(256)) * 3
report = json.dumps({
    "format": "candour/v1/report", "form": {"id": "short", "version": 1}, "language": "en", "day": "2026-11-24",
    "answers": {"what_happened": "He said \u201cnobody will believe you\u201d."}, "accused": {"surname": "Example"},
    "attachments": [{"member": "attachments/001.jpg", "name": "IMG 0042.JPG", "type": "image/jpeg", "bytes": len(photo)}],
    "authorship_key": b64(author.public), "mailbox_root": b64(bytes.fromhex(me["mailbox_root"])),
    "reply_recipient": me["reply_recipient"], "thread": None}, ensure_ascii=False).encode()
manifest = (f"candour/v1/manifest\nreport {report_id}\ndesk legal\naudience ada\naudience bo\nexclude cy\n"
            f"roster {seen['text_sha256']}\nthread -\nfile {sha(report).hex()} {len(report)} report.json\n"
            f"file {sha(photo).hex()} {len(photo)} attachments/001.jpg\n")
manifest_note = note(manifest, author)
archive = tar([("report.json", report), ("attachments/001.jpg", photo), ("manifest.note", manifest_note.encode())])
write("report.json", {
    "report_id": report_id, "authorship_seed": authorship_seed.hex(), "report_json": report.decode(),
    "attachment": b64(photo), "manifest_text": manifest, "manifest_note": manifest_note,
    "headers": {name: b64(tar_header(name, size)) for name, size in (
        ("report.json", len(report)), ("attachments/001.jpg", len(photo)), ("attachments/999", 8589934591))},
    "archive_bytes": len(archive), "archive_sha256": sha(archive).hex()})

sealed = sha(b"sealed bytes")
text = f"candour/v1/receipt\nreport {report_id}\nsha256 {sealed.hex()}\nday 2026-11-24\n"
code = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int.from_bytes(sealed[:10], "big") >> 5 * (15 - i) & 31] for i in range(16))
session = f"candour/v1/session\norigin http://127.0.0.1:8081\nnonce {b64(bytes(range(32)))}\nexpires 1795000000\n"
erasure = f"candour/v1/erasure\nreport {report_id}\nday 2026-11-24\n"
write("notes.json", {
    "erasure": {"keys": {name: key.verifier for name, key in people.items()},
                "seeds": {name: key.seed.hex() for name, key in people.items()}, "text": erasure,
                "note": note(erasure, people["ada"], people["bo"]), "report": report_id, "day": "2026-11-24"},
    "receipt": {"key": receipt_key.verifier, "seed": receipt_key.seed.hex(), "text": text, "note": note(text, receipt_key),
                "report": report_id, "sha256": sealed.hex(), "day": "2026-11-24",
                "short_code": "-".join(code[i:i + 4] for i in range(0, 16, 4))},
    "sealing_key": {"key": people["ada"].verifier, "seed": people["ada"].seed.hex(), "caseworker": "ada",
                    "recipient": recipients["ada"], "from": "2026-11-01", "until": "2027-01-30",
                    "text": sealing_key_text("ada", recipients["ada"]),
                    "note": note(sealing_key_text("ada", recipients["ada"]), people["ada"])},
    "session": {"key": people["ada"].verifier, "seed": people["ada"].seed.hex(), "origin": "http://127.0.0.1:8081",
                "nonce": b64(bytes(range(32))), "expires": 1795000000, "text": session, "note": note(session, people["ada"])}})

# Drops: addresses, tags and tokens; what is written in them, and what a reader skips.
root, diary = bytes.fromhex(me["mailbox_root"]), bytes.fromhex(me["diary_root"])


def drop(address, token):
    tag = sha(b"candour/v1/drop-tag", address)[:8].hex()
    return {"address": address.hex(), "tag": tag, "token": token(tag).hex(),
            "verifier": sha(b"candour/v1/drop-deletion", token(tag)).hex()}


def reply_drop(who, n):
    return {"caseworker": who, "number": n} | drop(hkdf(root, f"candour/v1/reply-address/{who}/{n}"),
                                                   lambda tag: hkdf(people[who].seed, f"candour/v1/reply-deletion/{tag}"))


def own_drop(info, save="", **what):
    return what | drop(hkdf(diary, info), lambda tag: hkdf(diary, f"candour/v1/diary-deletion/{tag}{save}"))


def draft_drop(g, f, save):
    return own_drop(f"candour/v1/draft-address/{g}/{f}", "/" + save, generation=g, fragment=f, save=save)


def reply_text(message="We have read it.\n\nWhen is it safe to write?\n\u2014 Ada", **changes):
    lines = {"report": report_id, "sha256": sealed.hex(), "to": me["reply_recipient"], "number": 0, "day": "2026-11-25",
             "kind": "message"} | changes
    return "candour/v1/reply\n" + "".join(f"{k} {v}\n" for k, v in lines.items()) + "text\n" + (message and message + "\n")


def succession_text(**changes):
    lines = {"thread": report_id, "authorship": b64(Key("candour/author", newer).public)} | changes
    return "candour/v1/succession\n" + "".join(f"{k} {v}\n" for k, v in lines.items())


newer = hkdf(bytes.fromhex(codename_vector(" ".join(["zoom"] * 8))["seed"]), "candour/v1/authorship")
by_ada, other = people["ada"], codename_vector(" ".join(["zoom"] * 8))["reply_recipient"]
reply = note(reply_text(), by_ada)
plaintext = reply.encode() + bytes(16384 - len(reply.encode()))
longest = "\u00e9" * 7000
skipped = [  # name, plaintext without its zeros
    ("signed by somebody else", note(reply_text(), people["bo"])),
    ("signed by another key of the same name", note(reply_text(), Key("candour/caseworker/ada", seed(99)))),
    ("not signed", reply_text() + "\n"),
    ("changed after signing", note(reply_text(), by_ada).replace("safe", "good")),
    ("to somebody else", note(reply_text(to=other), by_ada)),
    ("another number", note(reply_text(number=1), by_ada)),
    ("a number with a zero before it", note(reply_text(number="00"), by_ada)),
    ("an unknown kind", note(reply_text(kind="order"), by_ada)),
    ("a message without words", note(reply_text(""), by_ada)),
    ("a message of one empty line", note(reply_text("") + "\n", by_ada)),
    ("opened, with words", note(reply_text(kind="opened"), by_ada)),
    ("no day", note(reply_text(day="2026-11-31"), by_ada)),
    ("a report that is none", note(reply_text(report="00"), by_ada)),
    ("a line more", note(reply_text(kind="message\nlanguage en"), by_ada)),
    ("no line before the words", note(reply_text().replace("text\n", ""), by_ada)),
    ("14001 bytes of words", note(reply_text(longest + "e"), by_ada)),
    ("another label", note(reply_text().replace("/reply", "/receipt"), by_ada)),
    ("a tab", note(reply_text("a\tb"), by_ada)),
    ("something after the zeros", reply + "\0more"),
    ("nothing", ""),
]
shown = [("a message", reply_text()), ("opened", reply_text("", kind="opened")), ("the longest", reply_text(longest)),
         ("lines that look like a signature", reply_text("a\n\n" + by_ada.line("a\n") + "\nb")), ("empty lines around", reply_text("\n\na\n"))]


def sealed_drop():
    """Sealing is never the same twice: the one that is there is kept for as long as stock age opens it."""
    identity = bech32_upper("age-secret-key-pq-", bytes.fromhex(me["reply_seed"])) + "\n"
    with tempfile.NamedTemporaryFile("w") as key:
        key.write(identity)
        key.flush()
        try:
            old = base64.b64decode(json.load(open(os.path.join(OUT, "drops.json")))["sealed"]["body"])
        except (OSError, KeyError):
            old = b""
        if subprocess.run(["age", "-d", "-i", key.name], input=old, capture_output=True).stdout == plaintext:
            return old
        return subprocess.run(["age", "-r", me["reply_recipient"]], input=plaintext, capture_output=True, check=True).stdout


def work(tag, body):
    """The first nonce that solves, and the first that is one bit short."""
    puzzle, short = bytes([12]) + bytes.fromhex("00000069277f00") + bytes(range(16)), None
    for number in range(1 << 40):
        nonce = number.to_bytes(8, "big")
        bits = 256 - int.from_bytes(sha(b"candour/v1/puzzle", puzzle, bytes.fromhex(tag), sha(body), nonce)).bit_length()
        if bits == 11:
            short = short or nonce
        if bits >= 12 and short:
            return {"puzzle": puzzle.hex(), "bits": 12, "tag": tag, "body_sha256": sha(body).hex(),
                    "work": (puzzle + nonce).hex(), "wanting": (puzzle + short).hex()}


def found(there):
    """By the rule: n is looked for if it is below 32, or one of the eight before is there; 999 is the last."""
    return [[who, n] for who in ("ada", "bo") for n in range(1000)
            if (n < 32 or any([who, m] in there for m in range(n - 8, n))) and [who, n] in there]


there = [["ada", n] for n in (0, 12, 31, 39, 48)] + [["bo", n] for n in (*range(25, 1002, 8),)]
body = sealed_drop()
assert len(body) == 18043
entries = [own_drop(f"candour/v1/diary-entry-address/{n}", number=n) for n in (0, 1, 10)]
write("drops.json", {
    "codename": me["codename"], "mailbox_root": me["mailbox_root"], "diary_root": me["diary_root"],
    "replies": [reply_drop(who, n) for who, n in (("ada", 0), ("ada", 1), ("bo", 0), ("cy", 10))],
    "looking": {"there": [reply_drop(who, n)["tag"] for who, n in there], "found": found(there)},
    "diary_entries": entries,
    "drafts": [draft_drop(g, f, save) for g, f, save in ((0, 0, "00112233445566ff"), (0, 3, "00112233445566ff"), (1, 0, "ffffffffffffffff"))],
    "last_opened": own_drop("candour/v1/last-opened-address"),
    "puzzle": work(entries[0]["tag"], body),
    "reply": {"caseworker": "ada", "key": by_ada.verifier, "seed": by_ada.seed.hex(), "report": report_id, "sha256": sealed.hex(),
              "to": me["reply_recipient"], "number": 0, "day": "2026-11-25", "plaintext_bytes": 16384, "words_bytes_max": 14000,
              "shown": [{"name": n, "kind": t.split("\nkind ")[1].split("\n")[0], "words": t.split("\ntext\n", 1)[1][:-1], "note": note(t, by_ada)}
                        for n, t in shown],
              "skipped": [{"name": n, "note": t} for n, t in skipped]},
    "succession": {"key": author.verifier, "seed": authorship_seed.hex(), "thread": report_id,
                   "authorship": b64(Key("candour/author", newer).public), "text": succession_text(), "note": note(succession_text(), author),
                   "refused": [{"name": n, "note": t} for n, t in (
                       ("signed by the new key", note(succession_text(), Key("candour/author", newer))),
                       ("a thread that is none", note(succession_text(thread="-"), author)),
                       ("a key that is none", note(succession_text(authorship="AAAA"), author)),
                       ("a line more", note(succession_text() + "day 2026-11-25\n", author)))]},
    "sealed": {"identity_seed": me["reply_seed"], "recipient": me["reply_recipient"], "note": reply, "body": b64(body)}})
