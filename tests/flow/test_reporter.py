# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/http.md "Reporter listener": every row and every refusal."""
import unittest

from daemon import Case
from organisation import MIB, header, receipt_text, report_id, sealed


class Pages(Case):
    def test_page_and_its_files(self):
        for path, kind in (("/", "text/html; charset=utf-8"), ("/index.html", "text/html; charset=utf-8"),
                           ("/assets/app.js", "text/javascript; charset=utf-8")):
            answer = self.daemon.ask("GET", path)
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, kind))
        self.assertIn(b"<title>Notes</title>", self.daemon.ask("GET", "/").body)

    def test_nothing_else_of_the_file_system(self):
        for path in ("/assets", "/assets/", "/../candourd.toml", "/assets/../../candourd.toml", "//index.html",
                     "/./index.html", "/index.html/", "/root.pin", "/assets//app.js"):
            self.assert_problem(self.daemon.ask("GET", path), 404, "not-found")

    def test_pin_and_roster(self):
        self.assertEqual(self.daemon.ask("GET", "/pin").body.decode(), self.daemon.organisation.pin())
        roster = self.daemon.ask("GET", "/v1/roster")
        self.assertEqual(roster.body.decode(), (self.daemon.folder / "roster.note").read_text())
        self.assertEqual(roster.headers["Content-Type"], "text/plain; charset=utf-8")

    def test_head_is_get_without_a_body(self):
        get, head = self.daemon.ask("GET", "/"), self.daemon.ask("HEAD", "/")
        self.assertEqual(head.body, b"")
        self.assertEqual(get.headers.items(), head.headers.items())

    def test_headers_of_every_answer(self):
        for method, path in (("GET", "/"), ("GET", "/nothing"), ("POST", "/"), ("PUT", f"/v1/reports/{report_id()}")):
            headers = self.daemon.ask(method, path).headers
            policies = headers.get_all("Content-Security-Policy")
            self.assertEqual(len(policies), 1)
            self.assertNotIn(",", policies[0])
            for directive in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                              "require-trusted-types-for 'script'"):
                self.assertIn(directive, policies[0].split("; "))
            for name, value in (("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
                                ("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Opener-Policy", "same-origin"),
                                ("Cross-Origin-Embedder-Policy", "require-corp"),
                                ("Cross-Origin-Resource-Policy", "same-origin")):
                self.assertEqual(headers[name], value)
            for name in ("Server", "Date", "ETag", "Last-Modified", "Set-Cookie", "Link", "Refresh"):
                self.assertNotIn(name, headers)

    def test_wrong_method_names_the_right_ones(self):
        answer = self.daemon.ask("POST", f"/v1/uploads/{report_id()}")
        self.assert_problem(answer, 405, "method-not-allowed")
        self.assertEqual(answer.headers["Allow"], "PUT, GET, HEAD, DELETE")

    def test_the_desk_is_elsewhere(self):
        self.assert_problem(self.daemon.ask("GET", "/v1/reports"), 404, "not-found")
        self.assert_problem(self.daemon.ask("POST", "/v1/session/nonce"), 404, "not-found")
        self.assert_problem(self.daemon.ask("GET", "/", desk=True), 404, "not-found")
        self.assert_problem(self.daemon.ask("PUT", f"/v1/uploads/{report_id()}", b"{}", desk=True), 404, "not-found")


class Reports(Case):
    def test_receipt_and_the_same_again(self):
        report, blob = report_id(), sealed()
        first = self.daemon.put_report(report, blob)
        self.assertEqual(first.status, 201)
        text, _, signature = first.body.decode().partition("\n\n")
        self.assertEqual(text + "\n", receipt_text(report, blob))
        name = self.daemon.receipt_key.partition("+")[0]
        self.assertTrue(signature.startswith(f"\u2014 {name} "))
        again = self.daemon.put_report(report, blob)
        self.assertEqual((again.status, again.body), (200, first.body))

    def test_another_report_under_the_same_id(self):
        report, blob = report_id(), sealed()
        self.assertEqual(self.daemon.put_report(report, blob).status, 201)
        self.assert_problem(self.daemon.put_report(report, sealed()), 409, "different-report")
        self.assert_problem(self.daemon.put_report(report, blob, "ada"), 409, "different-report")

    def refused(self, blob, status, name, audience="ada,bo"):
        """Refused, and nothing stored: the same id takes a good report afterwards."""
        report = report_id()
        self.assert_problem(self.daemon.put_report(report, blob, audience), status, name)
        self.assertEqual(self.daemon.put_report(report, sealed()).status, 201)

    def test_plaintext_is_refused(self):
        self.refused(b"He said he would find me.".ljust(70000), 422, "not-sealed")
        self.refused(b"", 422, "not-sealed")
        self.refused(b"age-encryption.org/v2\n" + sealed()[22:], 422, "not-sealed")
        self.refused(sealed()[:3000], 422, "not-sealed")

    def test_plaintext_is_nowhere_on_the_disk(self):
        words = b"a sentence that nobody may find " * 3000
        self.refused(words, 422, "not-sealed")
        for file in (self.daemon.folder / "data").glob("candour.db*"):
            self.assertNotIn(words[:32], file.read_bytes())
            self.assertFalse(file.read_bytes().startswith(b"SQLite format 3"))

    def test_wrong_recipients(self):
        self.refused(sealed(places=3), 422, "wrong-recipients")
        self.refused(sealed(places=5), 422, "wrong-recipients")
        blob = sealed()
        body = blob[len(header(4)):]
        self.refused(header(4, "X25519") + body, 422, "wrong-recipients")

    def test_wrong_size(self):
        blob = sealed()
        for wrong in (blob[:-1], blob + b"x", sealed(plain_bytes=65537), sealed(plain_bytes=1000),
                      sealed(plain_bytes=100001)):
            self.refused(wrong, 422, "wrong-size")
        self.assertEqual(self.daemon.put_report(report_id(), sealed(plain_bytes=98304)).status, 201)

    def test_unknown_audience(self):
        for audience in ("", "zed", "ada,zed", "bo,ada", "ada,ada", "ada, bo", "ada,,bo", "ADA", "ada,bo,cy,di",
                         "ada,di", ",".join(f"c{n:02}" for n in range(40))):
            self.refused(sealed(), 422, "unknown-audience", audience)
        for audience in ("ada", "ada,bo,cy", "bo,di"):
            self.assertEqual(self.daemon.put_report(report_id(), sealed(), audience).status, 201)

    def test_too_large_for_one_request(self):
        self.assert_problem(self.daemon.put_report(report_id(), bytes(MIB + 1)), 413, "too-large")

    def test_an_id_is_64_lower_case_hex_digits(self):
        for name in ("abc", "G" * 64, report_id()[1:], report_id() + "0", "A" * 64):
            self.assert_problem(self.daemon.put_report(name, sealed()), 404, "not-found")


if __name__ == "__main__":
    unittest.main()
