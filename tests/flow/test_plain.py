# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Without JavaScript": stock age seals for the readers that the server names, a form as a browser
sends it carries the file, and a caseworker opens it. CANDOUR names the tool."""
import hashlib
import html
import json
import os
import pathlib
import re
import socket
import subprocess
import time

from daemon import ORIGIN, Case, receive_all
from organisation import MIB, header

CANDOUR = os.environ["CANDOUR"]
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
HOSTILE = "<script>alert(1)</script>\"'&"
STORY = "What he did, in my own words.\n".encode()


def form(file, readers=("ada", "bo"), boundary=BOUNDARY, end="--\r\n"):
    """The body that Chromium sends, and its headers."""
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="reader"\r\n\r\n{reader}\r\n' for reader in readers]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="my story.age"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n")
    body = "".join(parts).encode() + file + f"\r\n--{boundary}{end}".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}", "Sec-Fetch-Site": "same-origin"}


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", "", answer.body.decode()))


class Card:
    """A caseworker as the tool made her: her card holds what the roster needs."""

    def __init__(self, folder, name, desks):
        subprocess.run([CANDOUR, "caseworker", "create", "--id", name, "--name", name.title(), "--out", f"{name}.key",
                        "--passphrase-file", "passphrase"], cwd=folder, check=True, capture_output=True)
        subprocess.run([os.environ["WEAKEN_KEY_FILE"], "passphrase", f"{name}.key"], cwd=folder, check=True)
        self.card = json.loads((folder / f"{name}.card").read_text())
        self.name, self.desks = name.title(), desks

    def entry(self):
        return {"id": self.card["id"], "name": self.name, "desks": self.desks, "signing_key": self.card["signing_key"],
                "sealing_key": self.card["sealing_key"], "revoked": False}


class Plain(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = pathlib.Path(cls.folder.name)
        (cls.path / "passphrase").write_text("six random words make passphrases\n")
        people = cls.daemon.organisation.caseworkers
        for name, desks in [(one.id, one.desks) for one in people.values()]:
            people[name] = Card(cls.path, name, desks)
        cls.load_roster()

    @classmethod
    def load_roster(cls, **changes):
        cls.daemon.organisation.version += 1
        note = cls.daemon.organisation.roster(**changes)
        cls.daemon.put_roster(note)
        cls.daemon.hang_up()
        until = time.monotonic() + 30
        while cls.daemon.ask("GET", "/v1/roster").body != note.encode():
            assert time.monotonic() < until, cls.daemon.said
            time.sleep(0.05)

    def send(self, file, desk="legal", **how):
        return self.daemon.ask("POST", f"/plain/desks/{desk}/send", *form(file, **how))

    def post(self, path, text, **headers):
        return self.daemon.ask("POST", path, text, {"Content-Type": "application/x-www-form-urlencoded"} | headers)

    def seal(self, plain, query=""):
        """With stock age, for the readers that the server names."""
        readers = self.daemon.ask("GET", "/v1/desks/legal/recipients" + query)
        self.assertEqual((readers.status, readers.headers["Content-Type"]), (200, "text/plain; charset=utf-8"))
        (self.path / "readers.txt").write_bytes(readers.body)
        return subprocess.run(["age", "-R", self.path / "readers.txt"], input=plain, capture_output=True, check=True).stdout

    def candour(self, who, *command):
        """What the tool says, as this caseworker."""
        return subprocess.run([CANDOUR, *command, "--server", f"http://127.0.0.1:{self.daemon.desk_port}", "--origin", ORIGIN,
                               "--key", f"{who}.key", "--passphrase-file", "passphrase"], cwd=self.path, capture_output=True, text=True)

    def inbox(self, who):
        listed = self.candour(who, "inbox", "--json")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        return {entry["id"]: entry for entry in json.loads(listed.stdout)["reports"]}

    def report_of(self, answer, file):
        """The id in the receipt of the page, which is for this very file."""
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/html; charset=utf-8"), answer.body)
        text = text_of(answer)
        found = re.search(r"candour/v1/receipt\nreport ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\nday ", text)
        self.assertEqual(found[2], hashlib.sha256(file).hexdigest())
        self.assertRegex(text, r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
        return found[1]

    def refused(self, answer, status, words):
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (status, "text/html; charset=utf-8"), answer.body)
        self.assertIn(words, text_of(answer))


class Readers(Plain):
    def test_a_file_of_recipients_that_age_takes_and_only_the_readers_open(self):
        file = self.seal(STORY, "?without=cy")
        self.assertEqual(file.count(b"\n-> mlkem768x25519 "), 2)
        report = self.report_of(self.send(file), file)
        for who in ("ada", "bo"):
            self.assertEqual(self.inbox(who)[report]["audience"], ["ada", "bo"])
        self.assertNotIn(report, self.inbox("cy"))
        opened = self.candour("ada", "open", report, "--out", "opened")
        self.assertEqual(opened.returncode, 0, opened.stderr)
        self.assertEqual((self.path / "opened/contents.txt").read_bytes(), STORY)
        self.assertIn("not signed", opened.stdout)
        self.assertNotIn("complete as its author sealed it", opened.stdout)
        self.assertTrue(self.inbox("ada")[report]["seen"])
        fetched = self.candour("bo", "fetch", report, "--out", "fetched.age")
        self.assertEqual(fetched.returncode, 0, fetched.stderr)
        self.assertEqual((self.path / "fetched.age").read_bytes(), file)

    def test_the_file_names_nobody_who_was_left_out(self):
        whole = self.daemon.ask("GET", "/v1/desks/legal/recipients").body.decode()
        less = self.daemon.ask("GET", "/v1/desks/legal/recipients?without=cy&without=bo").body.decode()
        self.assertEqual([line for line in whole.splitlines() if line.startswith("# Ada")], [line for line in less.splitlines() if line.startswith("# Ada")])
        self.assertEqual(whole.count("\nage1pq1"), 3)
        self.assertEqual(less.count("\nage1pq1"), 1)
        for word in ("Bo", "Cy", "bo,", "cy"):
            self.assertIn("Bo", whole)
            self.assertNotIn(word, less.replace("age1pq1", "").split("\n# Ada")[0])
        self.assertRegex(less, r"\n# Ada, key good until \d{4}-\d\d-\d\d\nage1pq1")

    def test_refusals(self):
        for path, status, name in (("/v1/desks/none/recipients", 404, "not-found"), ("/v1/desks/LEGAL/recipients", 404, "not-found"),
                                   ("/v1/desks/legal/recipients?without=di", 422, "unknown-audience"),
                                   ("/v1/desks/legal/recipients?without=nobody", 422, "unknown-audience"),
                                   ("/v1/desks/legal/recipients?without=ada&without=bo&without=cy", 422, "unknown-audience"),
                                   ("/v1/desks/legal/recipients?with=ada", 400, "bad-request"),
                                   ("/v1/desks/legal/recipients?without", 400, "bad-request")):
            self.assert_problem(self.daemon.ask("GET", path), status, name)

    def test_an_expired_roster_pauses_it(self):
        self.addCleanup(self.load_roster)
        self.load_roster(desks=[{"id": "legal", "name": "Legal", "description": "", "threshold": 2},
                                {"id": "press", "name": "Press", "description": "", "threshold": 1}])
        self.assert_problem(self.daemon.ask("GET", "/v1/desks/legal/recipients"), 422, "unknown-audience")
        self.assertIn("needs the page with JavaScript", text_of(self.daemon.ask("GET", "/plain/desks/legal")))
        self.refused(self.send(header(2) + os.urandom(100)), 422, "Please choose again")


class Pages(Plain):
    def walk(self):
        """The pages on the way, as she presses through them."""
        return [self.daemon.ask("GET", "/plain/desks"), self.daemon.ask("GET", "/plain/desks/legal"),
                self.post("/plain/desks/legal/lock", "without=cy"), self.send(self.seal(STORY))]

    def test_the_way_leads_from_page_to_page(self):
        desks, desk, lock, arrived = self.walk()
        self.assertIn('href="/plain/desks/legal"', desks.body.decode())
        self.assertIn('action="/plain/desks/legal/lock"', desk.body.decode())
        self.assertEqual(re.findall(r'name="without" value="([a-z]+)"', desk.body.decode()), ["ada", "bo", "cy"])
        page = lock.body.decode()
        self.assertEqual(re.findall(r'name="reader" value="([a-z]+)"', page), ["ada", "bo"] * 2)
        self.assertIn('action="/plain/desks/legal/send" enctype="multipart/form-data"', page)
        saved = self.post("/plain/desks/legal/readers", "reader=ada&reader=bo")
        self.assertEqual(saved.headers["Content-Disposition"], 'attachment; filename="readers.txt"')
        self.assertEqual(saved.body, self.daemon.ask("GET", "/v1/desks/legal/recipients?without=cy").body)
        self.assertIn("It has arrived", text_of(arrived))
        self.assertIn("3 keys can open it", text_of(arrived))

    def test_no_script_no_style_no_other_origin(self):
        for answer in self.walk():
            page = answer.body.decode()
            self.assertNotRegex(page, r"(?i)<script|<style|\son[a-z]+=|\sstyle=|javascript:")
            others = set(re.findall(r'(?:href|action|src)="([^"]*)"', page)) - {"https://www.bbc.co.uk/weather", "#main"}
            self.assertTrue(all(re.fullmatch(r"/[a-z0-9/.]*", other) for other in others), others)
            self.assertEqual(len(answer.headers.get_all("Content-Security-Policy")), 1)
            self.assertIn("form-action 'self'", answer.headers["Content-Security-Policy"])
            self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_what_a_roster_says_is_text(self):
        ada = self.daemon.organisation.caseworkers["ada"]
        self.addCleanup(self.load_roster)
        self.addCleanup(setattr, ada, "name", ada.name)
        ada.name = HOSTILE
        self.load_roster(public_name=HOSTILE, desks=[{"id": "legal", "name": HOSTILE, "description": HOSTILE, "threshold": 1},
                                                     {"id": "press", "name": "Press", "description": "", "threshold": 1}])
        for answer in self.walk():
            page = answer.body.decode()
            self.assertNotIn("<script", page)
            self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;", page)

    def test_the_choice_is_checked(self):
        self.refused(self.post("/plain/desks/legal/lock", "without=ada&without=bo&without=cy"), 422, "Somebody has to be left")
        self.refused(self.post("/plain/desks/legal/lock", "without=%41"), 400, "did not work")
        self.refused(self.post("/plain/desks/legal/readers", "reader=di"), 422, "choose again")
        self.refused(self.post("/plain/desks/legal/readers", ""), 422, "choose again")
        self.refused(self.daemon.ask("GET", "/plain/desks/none"), 404, "nothing here")

    def test_a_form_on_a_foreign_page_is_refused(self):
        for path in ("lock", "readers"):
            self.refused(self.post(f"/plain/desks/legal/{path}", "", **{"Sec-Fetch-Site": "cross-site"}), 400, "did not work")
        body, headers = form(self.seal(STORY))
        answer = self.daemon.ask("POST", "/plain/desks/legal/send", body, headers | {"Sec-Fetch-Site": "cross-site"})
        self.refused(answer, 400, "did not work")
        self.report_of(self.daemon.ask("POST", "/plain/desks/legal/send", body, {"Content-Type": headers["Content-Type"]}), body[body.index(b"age-enc"):body.rindex(b"\r\n--")])


class Files(Plain):
    def stored(self):
        return len(self.inbox("ada"))

    def refused_and_not_stored(self, file, status, words, **how):
        before = self.stored()
        self.refused(self.send(file, **how), status, words)
        self.assertEqual(self.stored(), before)

    def test_what_is_not_sealed_is_refused(self):
        for plain in (STORY, b"\0" * 100, b"PK\x03\x04" + os.urandom(3 * MIB), b"age-encryption.org/v1\n", b"age-encryption.org/v2\n" + os.urandom(99),
                      b"-----BEGIN AGE ENCRYPTED FILE-----\n" + STORY, STORY * 50_000, header(2)[:-60]):
            self.refused_and_not_stored(plain, 422, "not locked")
        self.refused_and_not_stored(b"", 422, "No file was chosen")

    def test_the_rest_of_what_is_not_sealed_is_never_read(self):
        body, headers = form(STORY * 4_000_000)  # 120 MB, of which the first piece decides
        with self.daemon.connect() as peer:
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            peer.sendall(f"POST /plain/desks/legal/send HTTP/1.1\r\nHost: x\r\nContent-Length: {60 * MIB}\r\n{lines}\r\n".encode() + body[:MIB])
            peer.shutdown(socket.SHUT_WR)
            answer = receive_all(peer).decode()
        self.assertIn("HTTP/1.1 422 ", answer)
        self.assertIn("This file is not locked", answer)
        self.assertIn("Connection: close", answer)

    def test_other_recipients_are_refused(self):
        self.refused_and_not_stored(header(1, "X25519") + os.urandom(100), 422, "locked in another way")
        self.refused_and_not_stored(header(5) + os.urandom(100), 422, "locked in another way")  # the roster has 4 places
        self.refused_and_not_stored(header(2) + os.urandom(31), 422, "not whole")

    def test_any_size_and_any_number_of_readers_up_to_the_places(self):
        for places in (1, 2, 4):
            for size in (0, 1, 65536, 65537, 300_000):
                file = header(places) + os.urandom(16 + size + 16 * max(1, -(-size // 65536)))
                report = self.report_of(self.send(file), file)
                self.assertEqual(self.inbox("bo")[report]["bytes"], len(file))

    def test_she_is_told_when_somebody_whom_she_chose_cannot_open_it(self):
        self.assertIn("Some of them cannot open it", text_of(self.send(self.seal(STORY, "?without=bo&without=cy"))))
        self.assertNotIn("cannot open it", text_of(self.send(self.seal(STORY, "?without=cy"))))

    def test_sizes_around_a_part_come_whole(self):
        for size in (MIB - 1, MIB, MIB + 1, MIB + 17, 2 * MIB, 2 * MIB + 1, 5 * MIB + 12345):
            file = header(2)
            payload = size - len(file)
            while plain_bytes(payload) is None:
                payload += 1
            file += os.urandom(payload)
            report = self.report_of(self.send(file), file)
            fetched = self.candour("ada", "fetch", report, "--out", f"{size}.age")
            self.assertEqual(fetched.returncode, 0, fetched.stderr)
            self.assertEqual((self.path / f"{size}.age").read_bytes(), file)

    def test_a_file_of_several_parts_sealed_by_age_opens(self):
        plain = os.urandom(7 * MIB + 77)
        file = self.seal(plain)
        report = self.report_of(self.send(file, readers=("ada", "bo", "cy")), file)
        opened = self.candour("cy", "open", report, "--out", "large", "--json")
        self.assertEqual(opened.returncode, 0, opened.stderr)
        said = json.loads(opened.stdout)
        self.assertEqual((said["signed"], said["report"], said["files"]), (False, report, ["contents"]))
        self.assertEqual((self.path / "large/contents").read_bytes(), plain)

    def test_sent_twice_it_arrives_twice(self):
        """Nobody who finds the file on her device can ask whether it was sent."""
        file = self.seal(STORY)
        first, second = self.report_of(self.send(file), file), self.report_of(self.send(file), file)
        self.assertNotEqual(first, second)

    def test_too_large(self):
        body, headers = form(b"")
        head = f"POST /plain/desks/legal/send HTTP/1.1\r\nHost: x\r\nContent-Length: {80 * MIB}\r\nContent-Type: {headers['Content-Type']}\r\n\r\n"
        answer = self.daemon.send_raw(head.encode() + body).decode()
        self.assertIn("HTTP/1.1 413 ", answer)
        self.assertIn("This file is too large", answer)

    def test_a_connection_that_is_cut_leaves_nothing(self):
        before = self.stored()
        for sent in (100, 900, 20_000, MIB + 9, 3 * MIB):
            file = header(2) + os.urandom(16 + 5 * MIB + 16 * 80)
            body, headers = form(file)
            with self.daemon.connect() as peer:
                peer.sendall(f"POST /plain/desks/legal/send HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
                             f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body[:sent])
                time.sleep(0.3)
        # What had begun is given up: with room for a single upload a new one finds its place at once.
        file = header(2) + os.urandom(16 + 2 * MIB + 16 * 32)
        self.report_of(self.send(file), file)
        self.assertEqual(self.stored(), before + 1)

    def test_forms_that_no_browser_sends(self):
        file = self.seal(STORY)
        good, headers = form(file)
        kind = headers["Content-Type"]
        head = b'Content-Disposition: form-data; name="file"; filename="my story.age"'
        wrong = [(good, "text/plain"), (good, kind.replace("boundary=", 'boundary="') + '"'), (good, kind + "x"), (good, "multipart/form-data"),
                 (good.replace(b'name="reader"', b'name="other"'), kind), (good.replace(head, head.replace(b'"file"', b'"elif"')), kind),
                 (good.replace(head, head + b"\r\nContent-Transfer-Encoding: base64"), kind), (good.replace(head, b"X: y"), kind),
                 (good.replace(b"\r\nada\r\n", b"\r\n" + b"a" * 65 + b"\r\n"), kind), (good.replace(b"\r\nada\r\n", b"\r\nADA\r\n"), kind),
                 (good[:-2], kind), (good + b"x", kind), (good[2:], kind), (b"x" * 40_000, kind), (b"", kind),
                 (form(file, readers=["ada"] * 41)[0], kind), (good.replace(file, file + f"\r\n--{BOUNDARY}\r\n".encode()), kind),
                 (form(file, readers=("ada",))[0].replace(b"--\r\n", b"\r\n"), kind)]
        before = self.stored()
        for body, content_type in wrong:
            self.refused(self.daemon.ask("POST", "/plain/desks/legal/send", body, {"Content-Type": content_type}), 400, "did not work")
        for readers in ((), ("di",), ("ada", "ada"), ("nobody",)):
            self.refused(self.send(file, readers=readers), 422, "choose again")
        self.refused(self.send(file, desk="none"), 404, "nothing here")
        self.assertEqual(self.stored(), before)

    def test_memory_does_not_grow_with_the_file(self):
        file = header(2)
        file += os.urandom(legal_payload(48 * MIB - len(file)))
        self.send(header(2) + os.urandom(16 + 3 * MIB + 16 * 48))
        before = self.daemon.memory_bytes()
        self.report_of(self.send(file), file)
        self.assertLess(self.daemon.memory_bytes() - before, 24 * MIB)


class OneUpload(Plain):
    limits = "open_uploads = 1"

    def test_what_was_cut_short_gives_its_place_back(self):
        for _ in range(3):
            file = header(2) + os.urandom(16 + 5 * MIB + 16 * 80)
            body, headers = form(file)
            with self.daemon.connect() as peer:
                peer.sendall(f"POST /plain/desks/legal/send HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
                             f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body[:3 * MIB])
                time.sleep(0.5)
            until = time.monotonic() + 30
            while self.send(file).status != 200:
                assert time.monotonic() < until
                time.sleep(0.2)


def plain_bytes(payload):
    """How much plaintext has a payload of this length, as docs/spec and age say; nothing where none has."""
    chunks, rest = divmod(payload - 16, 65536 + 16)
    if payload < 32 or 0 < rest < 16 or (rest == 16 and chunks > 0):
        return None
    return payload - 16 - 16 * (chunks + (rest > 0))


def legal_payload(about):
    while plain_bytes(about) is None:
        about += 1
    return about
