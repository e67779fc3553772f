# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Desk listener": signing in, who sees what, revocation."""
import base64
import os
import time
import unittest

from daemon import Case
from organisation import MIB, NoteKey, report_id, sealed


class SignIn(Case):
    def sign_in(self, note):
        return self.daemon.ask("POST", "/v1/session", note, desk=True)

    def test_nonce(self):
        answer = self.daemon.ask("POST", "/v1/session/nonce", desk=True)
        self.assertEqual(len(base64.b64decode(answer.json()["nonce"])), 32)
        self.assertAlmostEqual(answer.json()["expires"], time.time() + 120, delta=5)

    def test_in_and_out(self):
        answer = self.sign_in(self.daemon.session_note("ada"))
        self.assertEqual((answer.status, answer.json()["idle_seconds"]), (201, 900))
        self.assertRegex(answer.json()["token"], "^[0-9a-f]{64}$")
        headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self.assertEqual(self.daemon.ask("GET", "/v1/reports", headers=headers, desk=True).status, 200)
        self.assertEqual(self.daemon.ask("DELETE", "/v1/session", headers=headers, desk=True).status, 204)
        self.assert_problem(self.daemon.ask("GET", "/v1/reports", headers=headers, desk=True), 401, "sign-in-again")

    def test_every_failure_is_one_answer(self):
        note = self.daemon.session_note("ada")
        self.assertEqual(self.sign_in(note).status, 201)
        failures = [
            note,  # its nonce is used up
            "", "nonsense",
            self.daemon.session_note("ada", origin="http://elsewhere.test"),
            self.daemon.session_note("ada", nonce=base64.b64encode(os.urandom(32)).decode()),
            self.daemon.session_note("ada", expires=int(time.time()) - 1),
            self.daemon.session_note("ada", key=self.daemon.organisation.caseworkers["bo"].key)
                .replace("candour/caseworker/bo", "candour/caseworker/ada"),
            self.daemon.session_note("ada", key=NoteKey("candour/caseworker/ada")),
            self.daemon.session_note("ada", key=NoteKey("candour/caseworker/zed")),
        ]
        answers = [self.sign_in(failure) for failure in failures]
        for answer in answers:
            self.assert_problem(answer, 401, "sign-in-failed")
        self.assertEqual(len({(answer.body, str(answer.headers)) for answer in answers}), 1)

    def test_without_a_live_token(self):
        report = report_id()
        for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {'0' * 64}"},
                        {"Authorization": "Basic YWRhOmFkYQ=="}, {"Authorization": f"Bearer {'0' * 63}"}):
            for method, path in (("GET", "/v1/reports"), ("GET", f"/v1/reports/{report}"),
                                 ("PUT", f"/v1/reports/{report}/seen"), ("DELETE", "/v1/session")):
                self.assert_problem(self.daemon.ask(method, path, headers=headers, desk=True), 401, "sign-in-again")

    def test_revocation_works_at_the_next_request(self):
        organisation = self.daemon.organisation
        headers = self.daemon.sign_in("cy")
        self.assertEqual(self.daemon.ask("GET", "/v1/reports", headers=headers, desk=True).status, 200)
        organisation.caseworkers["cy"].revoked = True
        organisation.version += 1
        self.daemon.put_roster(organisation.roster())
        self.daemon.hang_up()
        self.daemon.hear("roster loaded")
        self.assert_problem(self.daemon.ask("GET", "/v1/reports", headers=headers, desk=True), 401, "sign-in-again")
        self.assert_problem(self.sign_in(self.daemon.session_note("cy")), 401, "sign-in-failed")
        self.assert_problem(self.daemon.put_report(report_id(), sealed(), "ada,cy"), 422, "unknown-audience")


class Reports(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada, cls.cy = cls.daemon.sign_in("ada"), cls.daemon.sign_in("cy")
        cls.blobs = {report_id(): sealed() for _ in range(5)}
        for report, blob in cls.blobs.items():
            assert cls.daemon.put_report(report, blob, "ada,bo").status == 201

    def get(self, path, headers, method="GET"):
        return self.daemon.ask(method, path, headers=headers, desk=True)

    def test_list_by_id_in_pages(self):
        mine = [entry for entry in self.get("/v1/reports", self.ada).json()["reports"] if entry["id"] in self.blobs]
        self.assertEqual([entry["id"] for entry in mine], sorted(self.blobs))
        for entry in mine:
            self.assertEqual(set(entry), {"id", "bytes", "day", "seen", "audience", "admitted", "closed", "hold", "hold_mark", "withdrawn"})
            self.assertEqual((entry["bytes"], entry["audience"]), (len(self.blobs[entry["id"]]), ["ada", "bo"]))
        paged, after = [], ""
        while True:
            page = self.get(f"/v1/reports?limit=2{after}", self.ada).json()
            paged += [entry["id"] for entry in page["reports"]]
            self.assertLessEqual(len(page["reports"]), 2)
            if not page["more"]:
                break
            after = f"&after={paged[-1]}"
        self.assertEqual([name for name in paged if name in self.blobs], sorted(self.blobs))

    def test_wrong_queries(self):
        for query in ("limit=0", "limit=1001", "limit=x", "after=zz", "limit=-1"):
            self.assert_problem(self.get(f"/v1/reports?{query}", self.ada), 400, "bad-request")

    def test_the_excluded_see_no_trace(self):
        self.assertEqual(self.get("/v1/reports", self.cy).json(), {"reports": [], "more": False})
        for report in self.blobs:
            for method, tail in (("GET", ""), ("HEAD", ""), ("PUT", "/seen")):
                hers = self.get(f"/v1/reports/{report}{tail}", self.cy, method)
                nobodys = self.get(f"/v1/reports/{report_id()}{tail}", self.cy, method)
                self.assertEqual((hers.status, hers.headers.items(), hers.body),
                                 (nobodys.status, nobodys.headers.items(), nobodys.body))
                self.assertEqual(hers.status, 404)
            ranged = self.get(f"/v1/reports/{report}", self.cy | {"Range": "bytes=99999999-"})
            self.assert_problem(ranged, 404, "no-such-report")

    def test_download_and_continue(self):
        report, blob = next(iter(self.blobs.items()))
        whole = self.get(f"/v1/reports/{report}", self.ada)
        self.assertEqual((whole.status, whole.headers["Content-Type"]), (200, "application/octet-stream"))
        self.assertEqual(whole.body, blob)
        for start in (0, 1, 65536, len(blob) - 1):
            rest = self.get(f"/v1/reports/{report}", self.ada | {"Range": f"bytes={start}-"})
            self.assertEqual((rest.status, rest.body), (206, blob[start:]))
            self.assertEqual(rest.headers["Content-Range"], f"bytes {start}-{len(blob) - 1}/{len(blob)}")
        for start in (len(blob), len(blob) + 1, 10**17):
            self.assert_problem(self.get(f"/v1/reports/{report}", self.ada | {"Range": f"bytes={start}-"}), 416, "wrong-range")
        for other in ("bytes=0-5", "bytes=-5", "items=0-", "bytes=1-,3-"):
            self.assertEqual(self.get(f"/v1/reports/{report}", self.ada | {"Range": other}).body, blob)

    def test_seen_is_hers_alone_and_erases_nothing(self):
        report, blob = report_id(), sealed()
        self.daemon.put_report(report, blob, "ada,bo")
        bo = self.daemon.sign_in("bo")

        def seen_by(who):
            return {entry["id"]: entry["seen"] for entry in self.get("/v1/reports", who).json()["reports"]}[report]

        self.assertEqual((seen_by(self.ada), seen_by(bo)), (False, False))
        for _ in range(2):
            self.assertEqual(self.get(f"/v1/reports/{report}/seen", self.ada, "PUT").status, 204)
        self.assertEqual((seen_by(self.ada), seen_by(bo)), (True, False))
        self.assertEqual(self.get(f"/v1/reports/{report}", self.ada).body, blob)

    def test_a_body_where_none_belongs(self):
        answer = self.daemon.ask("PUT", f"/v1/reports/{report_id()}/seen", b"x", self.ada, desk=True)
        self.assert_problem(answer, 413, "too-large")
        answer = self.daemon.ask("POST", "/v1/session", b"x" * (16 * 1024 + 1), desk=True)
        self.assert_problem(answer, 413, "too-large")
        self.assert_problem(self.daemon.put_report(report_id(), bytes(MIB + 1)), 413, "too-large")


class Admission(Case):
    def ask(self, path, headers, method="GET"):
        return self.daemon.ask(method, path, headers=headers, desk=True)

    def test_a_reader_admits_a_colleague(self):
        report, blob = report_id(), sealed()
        self.assertEqual(self.daemon.put_report(report, blob, "ada,bo").status, 201)
        ada, bo, cy = (self.daemon.sign_in(who) for who in ("ada", "bo", "cy"))

        def admit(who, headers, one=report):
            return self.ask(f"/v1/reports/{one}/readers/{who}", headers, "PUT")
        # Who is no reader learns nothing, of this report or that of others, not even for herself.
        hers, nobodys = admit("cy", cy), admit("cy", cy, report_id())
        self.assertEqual((hers.status, hers.headers.items(), hers.body), (404, nobodys.headers.items(), nobodys.body))
        # Only whoever works at a desk of the one who admits: asked before anything is looked up.
        for who, headers in (("nobody", ada), ("di", ada), ("di", cy)):
            for one in (report, report_id()):
                self.assert_problem(admit(who, headers, one), 422, "unknown-audience")
        self.assert_problem(admit("CY", ada), 404, "not-found")
        self.assert_problem(admit("cy", ada, report_id()), 404, "no-such-report")
        self.assert_problem(admit("cy", {}), 401, "sign-in-again")
        before = self.ask("/v1/reports", cy).body
        for who in ("cy", "cy", "ada", "bo"):
            self.assertEqual((admit(who, ada).status, admit(who, ada).body), (204, b""))
        self.assertNotEqual(self.ask("/v1/reports", cy).body, before)
        self.assertEqual(self.ask(f"/v1/reports/{report}", cy).body, blob)
        entry = next(one for one in self.ask("/v1/reports", bo).json()["reports"] if one["id"] == report)
        self.assertEqual((entry["audience"], entry["admitted"]), (["ada", "bo"], ["cy"]))
        # Its author may send it again as she did: the same receipt.
        self.assertEqual(self.daemon.put_report(report, blob, "ada,bo").status, 200)
        self.assertEqual(admit("di", bo).status, 204)  # of bo's other desk


if __name__ == "__main__":
    unittest.main()