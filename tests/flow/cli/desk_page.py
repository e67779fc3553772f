# SPDX-License-Identifier: AGPL-3.0-or-later
"""The requests of the desk page (docs/spec/desk.md), in the folder that desk_page.sh has made."""
import base64
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import unittest

from desk_tool import FIRST, PASSPHRASE, WAIT_SECONDS, Case, Desk


class TheDoor(Case):
    def setUp(self):
        self.at = self.desk("bo")

    def test_only_its_own_address(self):
        for host in ("localhost:%d" % self.at.port, "evil.test:%d" % self.at.port, "127.0.0.1", "127.0.0.1:1"):
            for path in ("/", "/index.html", "/api/desk"):
                self.assertEqual(self.at.ask("GET", path, headers={"Host": host}).status, 403, (host, path))
            self.assertEqual(self.at.ask("POST", "/api/enter", {"way": self.at.way}, {"Host": host}).status, 403)
        self.at.enter()

    def test_only_its_own_page(self):
        for header in ({"Origin": "https://evil.test"}, {"Origin": "null"}, {"Origin": f"http://localhost:{self.at.port}"},
                       {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
            self.assertEqual(self.at.ask("POST", "/api/enter", {"way": self.at.way}, header).status, 403, header)
        self.at.enter()
        for header in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
            self.assertEqual(self.at.ask("GET", "/api/desk", headers=header).status, 403)
        own = {"Origin": f"http://{self.at.host}", "Sec-Fetch-Site": "same-origin"}
        self.assertEqual(self.at.ask("GET", "/api/desk", headers=own).status, 200)

    def test_no_answer_can_be_read_by_another_origin(self):
        for method, path in (("GET", "/"), ("GET", "/api/desk"), ("POST", "/api/enter"), ("OPTIONS", "/api/enter"), ("GET", "/none")):
            answer = self.at.ask(method, path, {} if method == "POST" else None)
            self.assertFalse([name for name, _ in answer.getheaders() if name.lower().startswith("access-control")])
            policy = answer.getheader("Content-Security-Policy")
            for rule in ("default-src 'none'", "frame-ancestors 'self'", "script-src 'self'", "form-action 'none'"):
                self.assertIn(rule, policy)
            self.assertEqual(answer.getheader("Cross-Origin-Resource-Policy"), "same-origin")
            self.assertEqual(answer.getheader("Cache-Control"), "no-store")
            self.assertIsNone(answer.getheader("Set-Cookie"))

    def test_no_websocket(self):
        answer = self.at.ask("GET", "/api/desk", headers={"Upgrade": "websocket", "Connection": "Upgrade"})
        self.assertEqual(answer.status, 400)

    def test_a_way_is_good_once(self):
        self.at.enter()
        self.at.post("/api/enter", {"way": self.at.way}, 401)
        first = self.at.session
        self.at.process.stdin.write("\n")
        self.at.process.stdin.flush()
        _, self.at.way = self.at.hear_way()
        self.at.enter()
        self.assertNotEqual(self.at.session, first)
        self.at.session = first
        self.at.get("/api/desk", 401)

    def test_a_newer_way_ends_the_older(self):
        old = self.at.way
        self.at.process.stdin.write("\n")
        self.at.process.stdin.flush()
        _, self.at.way = self.at.hear_way()
        self.at.post("/api/enter", {"way": old}, 401)
        self.at.enter()

    def test_guessing_ends_the_way(self):
        for _ in range(10):
            self.at.post("/api/enter", {"way": "0" * 64}, 401)
        self.at.post("/api/enter", {"way": self.at.way}, 401)

    def test_nothing_without_a_session(self):
        for method, path in (("GET", "/api/desk"), ("POST", "/api/open"), ("POST", "/api/lock"), ("POST", "/api/refresh"),
                             ("POST", "/api/awake"), ("GET", "/api/cases"), ("POST", "/api/search"), ("GET", f"/api/cases/{FIRST}"),
                             ("POST", f"/api/cases/{FIRST}/events"), ("POST", f"/api/reports/{FIRST}/read"),
                             ("POST", f"/api/reports/{FIRST}/reply"), ("POST", f"/api/reports/{FIRST}/mark"),
                             ("GET", f"/api/reports/{FIRST}/attachments/0"), ("POST", f"/api/reports/{FIRST}/attachments/0/view")):
            body = {} if method == "POST" else None
            self.assertEqual(self.at.ask(method, path, body).status, 401, path)
            self.assertEqual(self.at.ask(method, path, body, {"Authorization": "Bearer " + "0" * 64}).status, 401, path)

    def test_no_file_but_the_page(self):
        for path in ("/../ada.key", "/ada.key", "/%2e%2e/ada.key", "//etc/passwd"):
            self.assertIn(self.at.ask("GET", path).status, (400, 404), path)

    def test_malformed_bodies(self):
        self.at.enter()
        connection = http.client.HTTPConnection("127.0.0.1", self.at.port, timeout=WAIT_SECONDS)
        self.addCleanup(connection.close)
        for body in (b"", b"[]", b"{", b"\xff", b'{"passphrase": 1, "passphrase": 2}', b'{"a":' * 200):
            connection.request("POST", "/api/open", body, {"Authorization": f"Bearer {self.at.session}"})
            answer = connection.getresponse()
            self.assertEqual(answer.status, 422, body)
            self.assertIn("error", json.loads(answer.read()))
        self.assertEqual(self.at.ask("POST", "/api/search", {"words": "x" * 1001}).status, 422)
        self.assertEqual(self.at.ask("POST", "/api/search", {"words": "x" * (1 << 20)}).status, 413)


class TheLock(Case):
    def test_wrong_passphrases_and_keys(self):
        at = self.desk("bo")
        at.enter()
        for path in ("/api/cases", f"/api/cases/{FIRST}"):
            self.assertTrue(at.get(path, 409)["locked"])
        self.assertIn("passphrase is wrong", at.post("/api/open", {"passphrase": "wrong"}, 422)["error"])
        self.assertEqual(at.get("/api/desk"), {"open": False, "key_file": "bo.key", "why": None, "busy": None})
        key = base64.b64encode(pathlib.Path("ada.key").read_bytes()).decode()
        self.assertEqual(at.unlock(key_file=key)["me"], "ada")
        self.assertEqual(at.unlock()["me"], "bo")
        for wrong in ("root.key", "ada.card", "first.json"):
            key = base64.b64encode(pathlib.Path(wrong).read_bytes()).decode()
            self.assertIn("key", at.post("/api/open", {"passphrase": PASSPHRASE, "key_file": key}, 422)["error"])

    def test_no_key_named(self):
        at = self.desk("bo", key=False)
        at.enter()
        self.assertEqual(at.get("/api/desk")["key_file"], "")
        self.assertIn("no key file", at.post("/api/open", {"passphrase": PASSPHRASE}, 422)["error"])

    def test_an_invitation_that_nobody_compared_or_that_leads_into_the_open(self):
        candour = os.environ["CANDOUR"]
        subprocess.run([candour, "caseworker", "invite", "bo", "--roster", "roster.note", "--pin", "root.pin", "--origin", "https://desk.example"],
                       check=True, capture_output=True, timeout=WAIT_SECONDS)
        at = self.desk("bo", invitation="bo.invitation")
        at.enter()
        self.assertIn("nobody has compared its words", at.post("/api/open", {"passphrase": PASSPHRASE}, 422)["error"])
        environment = os.environ | {"XDG_STATE_HOME": f"{os.getcwd()}/machine-bo"}
        subprocess.run([candour, "caseworker", "invitation", "bo.invitation", "--key", "bo.key"], input="yes\n", text=True, env=environment,
                       check=True, capture_output=True, timeout=WAIT_SECONDS)
        self.assertIn("is no onion service, and would see where you are", at.post("/api/open", {"passphrase": PASSPHRASE}, 422)["error"])

    def test_locked_by_hand(self):
        at = self.desk("bo")
        at.enter()
        at.unlock()
        at.get("/api/cases")
        self.assertFalse(at.post("/api/lock")["open"])
        at.get("/api/cases", 409)
        self.assertTrue(at.unlock()["open"])

    def test_the_end(self):
        at = self.desk("bo")
        at.enter()
        at.unlock()
        self.assertEqual(at.end(), 0)

    def test_wrong_use(self):
        taken = str(self.desk("bo").port)
        for options, words in ((["--pages", "desk-pages", "--port", taken], "--port"), (["--pages", "nowhere"], "nowhere")):
            done = subprocess.run([os.environ["CANDOUR"], "desk", "--server", "unix:/nowhere", "--pin", "root.pin", *options], capture_output=True, text=True, timeout=WAIT_SECONDS, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(words, done.stderr)


class TheWork(Case):
    """In the order of the names: each goes on where the one before ended."""

    @classmethod
    def setUpClass(cls):
        cls.at = Desk("ada")
        cls.addClassCleanup(cls.at.end)
        cls.at.enter()
        cls.opened = cls.at.unlock()

    def case_of(self, report):
        return self.at.get(f"/api/cases/{report}")

    def test_1_the_desk_and_its_rows(self):
        self.assertEqual(self.opened["me"], "ada")
        self.assertEqual(self.opened["idle_seconds"], 600)
        self.assertEqual([who["id"] for who in self.opened["people"]], ["ada", "bo", "cy"])
        rows = self.at.get("/api/cases")
        self.assertEqual(rows["total"], 2)
        row = next(row for row in rows["cases"] if row["accused"] == "Quaxington")
        self.assertTrue(row["unread"] and row["mine"])
        self.assertEqual((row["status"], row["risk"], row["lead"], row["reports"], row["alarms"]), ("new", "unknown", None, 1, 0))
        self.assertEqual(self.at.get("/api/cases?from=1")["cases"], rows["cases"][1:])
        self.assertEqual(self.at.get("/api/cases?from=99")["cases"], [])
        self.at.get("/api/cases?from=-1", 422)
        self.at.get("/api/cases/" + "0" * 64, 404)
        self.assertEqual(self.case_of(FIRST)["readers"], ["ada", "bo"])

    def test_2_reading(self):
        self.assertIn("read the account", self.at.post(f"/api/reports/{FIRST}/reply", {"words": "Hello"}, 422)["error"])
        self.at.get(f"/api/reports/{FIRST}/attachments/0", 404)
        account = self.at.post(f"/api/reports/{FIRST}/read")
        self.assertTrue(account["signed"])
        answers = {answer["id"]: answer for answer in account["answers"]}
        self.assertEqual(answers["what_happened"]["text"], "He has a <b>key</b>.")
        self.assertEqual(answers["contact_when"]["text"], "Mornings")
        self.assertEqual((account["audience"], account["excluded"], account["warnings"]), (["ada", "bo"], ["cy"], []))
        self.assertEqual([one["view"] for one in account["attachments"]], ["text", "image", "text", None])
        self.assertEqual(self.at.post(f"/api/reports/{FIRST}/read"), account)
        case = self.case_of(FIRST)
        self.assertTrue(case["reports"][0]["seen"] and case["reports"][0]["read"])
        self.assertEqual([event["kind"] for event in case["events"]], ["opened"])
        self.at.post(f"/api/reports/{'0' * 64}/read", status=404)

    def test_3_attachments(self):
        names = []
        for number in range(4):
            answer = self.at.ask("GET", f"/api/reports/{FIRST}/attachments/{number}")
            self.assertEqual((answer.status, answer.getheader("Content-Type")), (200, "application/octet-stream"))
            names.append(re.fullmatch(r'attachment; filename="([A-Za-z0-9._-]+)"', answer.getheader("Content-Disposition"))[1])
        self.assertEqual(names[1], "attachment-002.png")
        self.assertFalse(any("\u202e" in name for name in names))
        self.at.get(f"/api/reports/{FIRST}/attachments/4", 404)
        # An SVG is text here, and never an image that runs.
        for number, kind in ((0, "text/plain; charset=utf-8"), (1, "image/png")):
            path = self.at.post(f"/api/reports/{FIRST}/attachments/{number}/view")["path"]
            for header in ({"Host": "evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
                self.assertEqual(self.at.ask("GET", path, headers=header, session=False).status, 403)
            shown = self.at.ask("GET", path, session=False)
            self.assertEqual((shown.status, shown.getheader("Content-Type")), (200, kind))
            self.assertIn("sandbox; default-src 'none'", ", ".join(shown.msg.get_all("Content-Security-Policy")))
            self.assertEqual(shown.getheader("X-Content-Type-Options"), "nosniff")
            self.assertEqual(self.at.ask("GET", path, session=False).status, 404)
        self.assertIn("not shown", self.at.post(f"/api/reports/{FIRST}/attachments/3/view", status=422)["error"])

    def test_4_saying(self):
        say = lambda kind, body, **more: self.at.post(f"/api/cases/{FIRST}/events", {"kind": kind, "body": body} | more)
        say("status", {"status": "working"})
        say("risk", {"risk": "high"})
        say("assign", {"to": "bo"})
        say("label", {"label": "housing", "set": True})
        say("deadline", {"name": "Hearing", "day": "2099-12-11"})
        say("note", {"text": "Rang her.\r\nTwice.\t"})
        case = say("note", {"text": "Advice.", "privileged": True}, readers=["bo"])
        self.assertEqual((case["status"], case["risk"], case["lead"], case["labels"], case["deadlines"]),
                         ("working", "high", "bo", ["housing"], {"Hearing": "2099-12-11"}))
        notes = [event for event in case["events"] if event["kind"] == "note"]
        self.assertEqual(notes[0]["body"]["text"], "Rang her.\nTwice.")
        self.assertEqual(notes[1]["readers"], ["ada", "bo"])
        for kind, body, more in (("status", {"status": "done"}, {}), ("note", {"text": ""}, {}), ("opened", {"report": FIRST}, {}),
                                 ("anything", {}, {}), ("note", {"text": "x"}, {"readers": ["cy"]}), ("note", "x", {}),
                                 ("label", {"label": "a\u0007b", "set": True}, {})):
            refused = self.at.post(f"/api/cases/{FIRST}/events", {"kind": kind, "body": body} | more, 422)
            self.assertTrue(refused["error"])
        self.assertEqual(len(self.case_of(FIRST)["events"]), len(case["events"]))

    def test_5_answering(self):
        for words in ("", "x" * 20000, "a\u0007b"):
            self.at.post(f"/api/reports/{FIRST}/reply", {"words": words}, 422)
        sent = self.at.post(f"/api/reports/{FIRST}/reply", {"words": "Words.\r\nMore."})
        self.assertEqual(sent["number"], 1)  # 0: that it was opened
        self.assertEqual(self.case_of(FIRST)["events"][-1]["body"], {"report": FIRST, "number": 1})

    def test_6_searching(self):
        found = lambda words: len(self.at.post("/api/search", {"words": words})["cases"])
        self.assertEqual([found(words) for words in ("quaxington", "housing HEARING", "twice", "KEY", "housing nowhere", "")],
                         [1, 1, 1, 1, 0, 2])

    def test_7_marks(self):
        case = self.at.post(f"/api/reports/{FIRST}/mark", {"mark": "hold", "set": True})
        self.assertEqual(case["reports"][0]["hold"], ["ada"])
        case = self.at.post(f"/api/reports/{FIRST}/mark", {"mark": "closed", "set": True})
        self.assertTrue(case["reports"][0]["closed"])
        for mark in ("seen", "../reports", ""):
            self.at.post(f"/api/reports/{FIRST}/mark", {"mark": mark, "set": True}, 422)
        self.at.post(f"/api/reports/{FIRST}/mark", {"mark": "closed", "set": False})

    def test_8_a_colleague_says_something(self):
        bo = self.desk("bo")
        bo.enter()
        bo.unlock()
        case = bo.post(f"/api/cases/{FIRST}/events", {"kind": "note", "body": {"text": "From bo."}})
        self.assertEqual(len([event for event in case["events"] if event["kind"] == "note"]), 3)
        self.assertNotIn("From bo.", json.dumps(self.case_of(FIRST)))
        bo.post(f"/api/reports/{FIRST}/read")
        bo.post(f"/api/reports/{FIRST}/reply", {"words": "Thank you for writing.\r\nWe read it."})
        before = self.at.get("/api/cases")["version"]
        self.assertGreater(self.at.post("/api/refresh")["version"], before)
        self.assertIn("From bo.", json.dumps(self.case_of(FIRST)))
        cy = self.desk("cy")
        cy.enter()
        cy.unlock()
        self.assertEqual(cy.get("/api/cases")["total"], 1)
        cy.get(f"/api/cases/{FIRST}", 404)
        cy.post(f"/api/reports/{FIRST}/read", status=404)

    def test_9_revoked(self):
        """Her laptop was stolen: the next request shows nothing more, and forgets what was open."""
        os.kill(int(os.environ["STEWARD"]), signal.SIGUSR1)
        deadline = time.monotonic() + WAIT_SECONDS
        while self.at.ask("POST", "/api/refresh", {}).status != 409:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.2)
        locked = self.at.get("/api/desk")
        self.assertFalse(locked["open"])
        self.assertIn("refuses the sign-in", locked["why"])
        self.at.get(f"/api/cases/{FIRST}", 409)
        self.assertIn("refuses the sign-in", self.at.post("/api/open", {"passphrase": PASSPHRASE}, 422)["error"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
