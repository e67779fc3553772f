#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes all of docs/spec/vectors/*.json but drops.json (make_drops.py) from the text of the specification, with none of Candour's own code.
Usage: make_protocol.py DIRECTORY   (only needed when the specification changes)"""
import base64
import json
from independent import (Key, author, authorship_seed, b64, bech32_upper, codename_vector, fingerprint, me, note, people, recipients,
                         report_id, sealed, sealing_key_text, seed, sha, tar, tar_header, write)

roots = [Key("candour/root-key/anna", seed(1)), Key("candour/root-key/beth", seed(2)), Key("candour/root-key/cara", seed(3))]
stranger = Key("candour/root-key/mallory", seed(4))
receipt_key = Key("candour/receipt/main", seed(5))
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
            {"id": "advice", "label": "Advice"}, {"id": "safety", "label": "Safety"}]},
        {"id": "nation", "kind": "choice", "label": "Where do you live?", "options": [
            {"id": "wales", "label": "Wales"}, {"id": "scotland", "label": "Scotland"}]}]}]}


def translated(form):
    """The same questions, said otherwise."""
    form = json.loads(json.dumps(form))
    form["language"] = "cy"
    for step in form["steps"]:
        step["title"], step["text"] = "Teitl", []
        for question in step["questions"]:
            question["label"] = "Cwestiwn"
            for option in question.get("options", []):
                option["label"] = "Ateb"
    return form


# The generator of ristretto255 (RFC 9496 A.1): the public half of the key 1.
element = base64.b64encode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")).decode()
access, other_access = (base64.b64encode(bytes([n] * 32)).decode() for n in (1, 2))
matching = {"group": ["ada", "cy"], "public_key": element, "threshold": 1,
            "holders": [{"number": 1, "public_share": element, "access": access}]}
base = roster_text(form=asked, icon="leaf", languages=["en", "cy", "pt-BR"],
                   texts={"read_when": "On Mondays.", "privacy_in": {"scotland": "In Scotland, so."}},
                   translations=[{"language": "cy", "form": translated(asked), "texts": {"court": "Llys."}}],
                   matching=matching)


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


def holder_before(number, share, token):
    return f'"holders": [{{"number": {number}, "public_share": "{share}", "access": "{token}"}}, '


in_group = '"ada",\n      "cy"'
holder_start = '"holders": [\n      {\n        "number": 1'
second = '{"number": 2'
spoken = '"en",\n    "cy",\n    "pt-BR"'
another = json.dumps({"language": "pt-BR", "form": dict(asked, language="pt-BR", steps=asked["steps"][1:])})
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
    ("danger in words", '"label": "Safety"', '"label": "Safety", "danger": "yes"', "danger"),
    ("a safety part by number", length, '"characters_max": 200, "safety": 1', "safety"),
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
    ("an icon that is an address", '"icon": "leaf"', '"icon": "../leaf"', "icon"),
    ("no language", spoken, "", "languages"),
    ("a language twice", spoken, '"en", "cy", "en"', "languages"),
    ("a language in capitals", spoken, '"en", "CY"', "languages"),
    ("a language in words", spoken, '"en", "welsh"', "languages"),
    ("a language with an empty part", spoken, '"en", "cy-"', "languages"),
    ("a language with five parts", spoken, '"en", "cy", "pt-aa-bb-cc-dd"', "languages"),
    ("languages as a text", '"languages": [\n    ' + spoken + "\n  ]", '"languages": "en"', "languages"),
    ("texts as a list", '"texts": {\n    "read_when"', '"texts": [], "other": {"read_when"', "texts"),
    ("a text of two lines", "On Mondays.", "On\\nMondays.", "texts"),
    ("an empty text", "On Mondays.", "", "texts"),
    ("a text of 4001 bytes", "On Mondays.", "u" * 4001, "texts"),
    ("a nation that is no option", '"scotland": "In', '"atlantis": "In', "privacy_in"),
    ("a nation without words", "In Scotland, so.", "", "privacy_in"),
    ("nations, and no question for them", '"id": "nation"', '"id": "country"', "privacy_in"),
    ("a translation that is no object", '"translations": [', '"translations": [1, ', "translations"),
    ("a translation into a language that is off", '"language": "cy",\n      "form"', '"language": "pl",\n      "form"', "translations"),
    ("a translation into the form's own language", '"language": "cy",\n      "form"', '"language": "en",\n      "form"', "translations"),
    ("two translations into one language", '"translations": [', '"translations": [{"language": "cy"}, ', "translations"),
    ("a translated form that says another language", '"language": "cy",\n        "account"', '"language": "pt-BR",\n        "account"', "translations"),
    ("a translated form that marks another danger", '"label": "Safety"', '"label": "Safety", "danger": true', "translations"),
    ("a translated form with another safety part", length, '"characters_max": 200, "safety": true', "translations"),
    ("a translated form that asks more", '"translations": [', '"translations": [' + another + ", ", "translations"),
    ("a translated form that is none", '"translations": [', '"translations": [{"language": "pt-BR", "form": {}}, ', "form"),
    ("a translated text of two lines", "Llys.", "Ll\\nys.", "texts"),
    ("matching as a list", '"matching": {', '"matching": [], "other": {', "matching"),
    ("a group of nobody", in_group, "", "group"),
    ("a group that is not sorted", in_group, '"cy", "ada"', "group"),
    ("a group with somebody twice", in_group, '"ada", "ada"', "group"),
    ("a group with somebody who is not there", in_group, '"ada", "dee"', "group"),
    ("an evaluation key of 31 bytes", f'"public_key": "{element}"', '"public_key": "' + base64.b64encode(bytes(31)).decode() + '"', "public_key"),
    ("no holder", '"holders": [', '"holders": [], "other": [', "holders"),
    ("holder 0", '"number": 1', '"number": 0', "number"),
    ("holder 17", '"number": 1', '"number": 17', "number"),
    ("a holder twice", '"holders": [', holder_before(1, element, access), "holders"),
    ("holders not by their numbers", '"holders": [', holder_before(2, access, other_access), "holders"),
    ("two holders with one share", holder_start, holder_before(1, element, other_access) + second, "holders"),
    ("two holders with one token", holder_start, holder_before(1, access, access) + second, "holders"),
    ("a holder without a share", '"public_share"', '"share"', "public_share"),
    ("a holder without access", '"access"', '"other"', "access"),
    ("more holders needed than there are", '"threshold": 1,\n    "holders"', '"threshold": 2,\n    "holders"', "threshold"),
    ("no holder needed", '"threshold": 1,\n    "holders"', '"threshold": 0,\n    "holders"', "threshold"),
]
read = [  # name, find, replace by, who can receive
    ("as it stands", "Candour demo", "Candour demo", ["ada", "bo", "cy"]),
    ("nested 16 deep", '"service"', nested(16), ["ada", "bo", "cy"]),
    ("fractions in what is not known", '"service"', '"unknown": -1.5e3, "service"', ["ada", "bo", "cy"]),
    ("a name that is special elsewhere", '"service"', '"__proto__": {"version": 9}, "service"', ["ada", "bo", "cy"]),
    ("a delete and a replacement character", '"service"', '"unknown": "\x7f\ufffd", "service"', ["ada", "bo", "cy"]),
    ("another icon", '"icon": "leaf"', '"icon": "cup"', ["ada", "bo", "cy"]),
    ("a text that is not known", '"read_when"', '"unknown": 7, "read_when"', ["ada", "bo", "cy"]),
    ("a language of four parts", "pt-BR", "pt-Latn-BR-1990", ["ada", "bo", "cy"]),
    ("a translation of nothing", '"translations": [', '"translations": [{"language": "pt-BR"}, ', ["ada", "bo", "cy"]),
    ("no matching", '"matching"', '"other"', ["ada", "bo", "cy"]),
    ("two holders, both needed", '"threshold": 1,\n    ' + holder_start, '"threshold": 2,\n    ' + holder_before(1, access, other_access) + second, ["ada", "bo", "cy"]),
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
