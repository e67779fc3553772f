# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/retention.md over HTTP: marks, two signatures, withdrawal; and who learns what."""
import hashlib
import os
import unittest

from daemon import Case
from organisation import day, report_id, sealed


class Retention(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.daemon.organisation.caseworkers
        cls.headers = {name: cls.daemon.sign_in(name) for name in ("ada", "bo", "cy")}

    def at_desk(self, method, path, body=None, who="ada"):
        return self.daemon.ask(method, f"/v1/reports{path}", body, self.headers[who], desk=True)

    def listed(self, report, who="ada"):
        found = [entry for entry in self.at_desk("GET", "", who=who).json()["reports"] if entry["id"] == report]
        return found[0] if found else None

    def arrive(self, seen_by="bo"):
        """A report for ada and bo; the secret of its id goes with it."""
        secret = os.urandom(32)
        report = hashlib.sha256(b"candour/v1/report-id" + secret).hexdigest()
        self.assertEqual(self.daemon.put_report(report, sealed()).status, 201)
        if seen_by:
            self.assertEqual(self.at_desk("PUT", f"/{report}/seen", who=seen_by).status, 204)
        return report, secret.hex()

    def note(self, report, signers, act="erasure", on=None, hold="00" * 8):
        text = f"candour/v1/{act}\nreport {report}\nday {on or day()}\n" + (f"hold {hold}\n" if act == "hold-lift" else "")
        lines = [self.people[name].key.sign(text).split("\n\n")[1] for name in signers]
        return text + "\n" + "".join(lines)

    def erase(self, report, signers=("ada", "bo"), who="ada", **of_note):
        return self.at_desk("POST", f"/{report}/erasure", self.note(report, signers, **of_note), who)

    def withdraw(self, report, secret, method="PUT"):
        return self.daemon.ask(method, f"/v1/reports/{report}/withdrawal", headers={"Authorization": f"Secret {secret}"})

    def test_closing_and_reopening(self):
        report, _ = self.arrive()
        self.assertEqual(self.listed(report)["closed"], None)
        self.assertEqual(self.at_desk("PUT", f"/{report}/closed").status, 204)
        first = self.listed(report, "bo")["closed"]
        # The default policy: six years, and up to 90 days.
        self.assertTrue(day(2190) <= first <= day(2280), first)
        self.assertEqual(self.at_desk("PUT", f"/{report}/closed", who="bo").status, 204)
        self.assertEqual(self.listed(report)["closed"], first)
        self.assertEqual(self.at_desk("DELETE", f"/{report}/closed", who="bo").status, 204)
        self.assertEqual(self.listed(report)["closed"], None)

    def test_the_retention_day_is_drawn(self):
        days = set()
        for _ in range(8):
            report, _ = self.arrive()
            self.at_desk("PUT", f"/{report}/closed")
            days.add(self.listed(report)["closed"])
        self.assertGreater(len(days), 1)

    def test_unopened(self):
        report, _ = self.arrive(seen_by=None)
        self.assert_problem(self.at_desk("PUT", f"/{report}/closed"), 409, "not-opened")
        self.assert_problem(self.erase(report), 409, "not-opened")

    def test_two_erase(self):
        report, _ = self.arrive()
        self.assertEqual(self.erase(report).status, 204)
        self.assertIsNone(self.listed(report))
        self.assert_problem(self.at_desk("GET", f"/{report}"), 404, "no-such-report")
        self.assert_problem(self.erase(report), 404, "no-such-report")

    def test_fewer_than_two_do_not(self):
        report, _ = self.arrive()
        text = self.note(report, ("ada", "bo"))
        wrong = [self.note(report, one) for one in (("ada",), ("ada", "ada"), ("ada", "cy"), ("ada", "di"))]
        wrong += [self.note(report_id(), ("ada", "bo")), self.note(report, ("ada", "bo"), "hold-lift"),
                  self.note(report, ("ada", "bo"), "receipt"), self.note(report, ("ada", "bo"), on=day(-8)),
                  self.note(report, ("ada", "bo"), on=day(2)), text.replace("day ", "day  "), "", "nonsense",
                  text.replace("candour/caseworker/bo", "candour/caseworker/cy"), text + text]
        for note in wrong:
            self.assert_problem(self.at_desk("POST", f"/{report}/erasure", note), 422, "not-signed-by-two")
            self.assert_problem(self.at_desk("POST", f"/{report}/hold/lift", note.replace("hold-lift", "erasure")), 422, "not-signed-by-two")
        self.assertIsNotNone(self.listed(report))
        for on in (day(-7), day(1)):
            report, _ = self.arrive()
            self.assertEqual(self.erase(report, on=on).status, 204)

    def test_a_revoked_caseworker_does_not_count(self):
        organisation = self.daemon.organisation
        report, _ = self.arrive()
        for revoked, status in ((True, 422), (False, 204)):
            self.people["bo"].revoked = revoked
            organisation.version += 1
            self.daemon.put_roster(organisation.roster())
            self.daemon.said.clear()
            self.daemon.hang_up()
            self.daemon.hear("roster loaded")
            self.assertEqual(self.erase(report).status, status)

    def test_holds(self):
        report, _ = self.arrive()
        for who in ("ada", "bo"):
            self.assertEqual(self.at_desk("PUT", f"/{report}/hold", who=who).status, 204)
        self.assertEqual(self.listed(report)["hold"], ["ada", "bo"])
        self.assertEqual(self.at_desk("DELETE", f"/{report}/hold").status, 204)
        self.assertEqual(self.at_desk("DELETE", f"/{report}/hold").status, 204)
        self.assertEqual(self.listed(report)["hold"], ["bo"])
        note = self.note(report, ("ada", "bo"))
        self.assert_problem(self.at_desk("POST", f"/{report}/erasure", note), 409, "on-hold")
        lift = self.note(report, ("ada", "bo"), "hold-lift", hold=self.listed(report)["hold_mark"])
        self.assertEqual(self.at_desk("POST", f"/{report}/hold/lift", lift).status, 204)
        self.assertEqual(self.listed(report)["hold"], [])
        # A hold of later stands, whatever was signed before it.
        self.assertEqual(self.at_desk("PUT", f"/{report}/hold", who="bo").status, 204)
        self.assert_problem(self.at_desk("POST", f"/{report}/hold/lift", lift), 409, "other-hold")
        self.assertEqual(self.listed(report)["hold"], ["bo"])
        self.assertEqual(self.at_desk("DELETE", f"/{report}/hold", who="bo").status, 204)
        self.assertEqual(self.at_desk("POST", f"/{report}/erasure", note).status, 204)

    def test_withdrawal(self):
        report, secret = self.arrive()
        self.assertEqual(self.withdraw(report, secret).status, 204)
        self.assertEqual(self.listed(report)["withdrawn"], day())
        self.assert_problem(self.erase(report), 409, "withdrawal-grace")
        self.assertEqual(self.withdraw(report, secret, "DELETE").status, 204)
        self.assertEqual(self.listed(report)["withdrawn"], None)
        self.assertEqual(self.erase(report).status, 204)

    def test_withdrawal_tells_nothing(self):
        report, secret = self.arrive()
        nowhere, key = report_id(), os.urandom(32)
        invented = hashlib.sha256(b"candour/v1/report-id" + key).hexdigest()
        for method in ("PUT", "DELETE"):
            # A true codename and an invented one.
            true, false = self.withdraw(report, secret, method), self.withdraw(invented, key.hex(), method)
            self.assertEqual((true.status, true.headers.items(), true.body), (204, false.headers.items(), false.body))
            self.assertEqual(false.status, 204)
            # A wrong secret, for a report that is there and for one that is not.
            answers = [self.withdraw(one, wrong, method) for one in (report, nowhere)
                       for wrong in (key.hex(), secret[:-1], secret.upper() + "0", "", "x" * 64)]
            for answer in answers:
                self.assert_problem(answer, 404, "no-such-report")
                self.assertEqual((answer.headers.items(), answer.body), (answers[0].headers.items(), answers[0].body))
            self.assert_problem(self.daemon.ask(method, f"/v1/reports/{report}/withdrawal"), 404, "no-such-report")
        self.assertEqual(self.listed(report)["withdrawn"], None)

    def test_the_excluded_see_no_trace(self):
        report, secret = self.arrive()
        self.at_desk("PUT", f"/{report}/closed")
        self.at_desk("PUT", f"/{report}/hold")
        self.withdraw(report, secret)
        nobodys = report_id()
        for method, tail, act in (("PUT", "closed", None), ("DELETE", "closed", None), ("PUT", "hold", None), ("DELETE", "hold", None),
                                  ("POST", "erasure", "erasure"), ("POST", "hold/lift", "hold-lift")):
            for signers in (("ada", "bo"), ("ada",)) if act else ((),):
                hers, none = (self.at_desk(method, f"/{one}/{tail}", self.note(one, signers, act) if act else None, "cy")
                              for one in (report, nobodys))
                self.assertEqual((hers.status, hers.headers.items(), hers.body), (none.status, none.headers.items(), none.body))
                self.assertIn(hers.status, (404, 422))
        self.assertEqual(self.listed(report)["hold"], ["ada"])
        self.assertIsNotNone(self.listed(report)["closed"])

    def test_only_the_signed_in(self):
        report, secret = self.arrive()
        for method, tail in (("PUT", "closed"), ("DELETE", "closed"), ("PUT", "hold"), ("DELETE", "hold"), ("POST", "erasure"), ("POST", "hold/lift")):
            for headers in ({}, {"Authorization": f"Bearer {secret}"}, {"Authorization": f"Secret {secret}"}):
                answer = self.daemon.ask(method, f"/v1/reports/{report}/{tail}", headers=headers, desk=True)
                self.assert_problem(answer, 401, "sign-in-again")
            self.assertIn(self.daemon.ask(method, f"/v1/reports/{report}/{tail}").status, (404, 405))
        self.assertEqual(self.daemon.ask("PUT", f"/v1/reports/{report}/withdrawal", headers=self.headers["ada"], desk=True).status, 404)


if __name__ == "__main__":
    unittest.main()
