#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes docs/spec/vectors/drops.json from the text of the specification, with none of Candour's own code: addresses, tags and tokens; what is
written in drops, and what a reader skips; stock `age` (1.3) seals.
Usage: make_drops.py DIRECTORY   (only needed when the specification changes)"""
import base64, json, os, subprocess, tempfile
from independent import (OUT, Key, author, authorship_seed, b64, bech32_upper, codename_vector, hkdf, me, note, people, report_id, sealed,
                         seed, sha, write)

root, diary = bytes.fromhex(me["mailbox_root"]), bytes.fromhex(me["diary_root"])


def drop(address, token):
    tag = sha(b"candour/v1/drop-tag", address)[:8].hex()
    return {"address": address.hex(), "tag": tag, "token": token(tag).hex(),
            "verifier": sha(b"candour/v1/drop-deletion", token(tag)).hex()}


def reply_drop(who, n):
    return {"caseworker": who, "number": n} | drop(hkdf(root, f"candour/v1/reply-address/{who}/{n}"),
                                                   lambda tag: hkdf(people[who].seed, f"candour/v1/reply-deletion/{tag}"))


def own_drop(info, **what):
    of_save = "/" + what["save"] if "save" in what else ""
    return what | drop(hkdf(diary, info), lambda tag: hkdf(diary, f"candour/v1/diary-deletion/{tag}{of_save}"))


def draft_drop(g, f, save):
    return own_drop(f"candour/v1/draft-address/{g}/{f}", generation=g, fragment=f, save=save)


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
