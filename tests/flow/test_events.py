# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/cases.md "At the server" over HTTP: every answer, every refusal, and that the excluded see no trace."""
import glob
import subprocess
import tempfile
import time
import unittest

from daemon import BINARY, Case, Daemon
from drops import Place, sealed_drop
from events import PLAIN_BYTES, Event, bodies_of, erasure_note, lines
from organisation import day, header, report_id, sealed


class AtTheDesk:
    """For a class with a daemon and `headers` of who is signed in."""

    def at_desk(self, method, path, body=None, who="ada", **headers):
        return self.daemon.ask(method, f"/v1/events{path}", body, self.headers[who] | headers, desk=True)

    def put(self, event, audience="ada,bo", who="ada"):
        return self.at_desk("PUT", f"/{event.id}", event.body, who, **{"Candour-Audience": audience})

    def stored(self, audience="ada,bo", who="ada"):
        event = Event()
        answer = self.put(event, audience, who)
        self.assertEqual((answer.status, answer.body), (201, b""))
        return event

    def read(self, *events, who="ada"):
        return bodies_of(self.at_desk("POST", "/read", lines(event.id for event in events), who))

    def listed(self, who="ada", on=None, after=None):
        """Those of a day, by all pages that begin there, or after an id of that day."""
        on = on or day()
        query = f"?after={on}.{after}" if after else f"?from={on}"
        found = []
        while True:
            answer = self.at_desk("GET", query, who=who)
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/json"), answer.body)
            page = answer.json()
            found += [(event["day"], event["id"]) for event in page["events"]]
            self.assertEqual(found, sorted(set(found)))
            if not page["more"]:
                return [event for came, event in found if came == on]
            query = "?after=%s.%s" % found[-1]

    def erase(self, ids, signers=("ada", "bo"), who="ada", **of_note):
        note = erasure_note(self.daemon.organisation.caseworkers, sorted(ids), signers, **of_note)
        return self.at_desk("POST", "/erasure", note, who)

    def assert_alike(self, *answers):
        for answer in answers:
            self.assertEqual((answer.status, answer.headers.items(), answer.body),
                             (answers[0].status, answers[0].headers.items(), answers[0].body))


class Events(AtTheDesk, Case):
    limits = "caseworker_puts_per_minute = 100000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.headers = {name: cls.daemon.sign_in(name) for name in ("ada", "bo", "cy", "di")}

    def test_put_list_and_read(self):
        event = Event()
        self.assertEqual(self.read(event), [b""])
        answer = self.put(event)
        self.assertEqual((answer.status, answer.body), (201, b""))
        for who in ("ada", "bo"):
            self.assertEqual(self.read(event, who=who), [event.body])
            self.assertIn(event.id, self.listed(who))
            for other in (day(-1), day(1)):
                self.assertNotIn(event.id, self.listed(who, other))
        for who in ("ada", "bo"):
            again = self.put(event, who=who)
            self.assertEqual((again.status, again.body), (200, b""))
        self.assertEqual(self.listed().count(event.id), 1)
        self.assertEqual(self.read(event), [event.body])

    def test_another_audience(self):
        event = self.stored()
        for audience in ("ada", "ada,bo,cy", "ada,cy"):
            self.assert_problem(self.put(event, audience), 409, "different-event")
        self.assertEqual(self.read(event, who="cy"), [b""])
        self.assertEqual(self.put(event).status, 200)

    def test_whom_an_event_may_name(self):
        event = Event()
        for audience in ("", ",", "bo,ada", "ada,ada", "ada, bo", "ada,zoe", "ada,di", "ADA", "bo", "bo,cy", "ada,bo,cy,di"):
            self.assert_problem(self.put(event, audience), 422, "unknown-audience")
        self.assert_problem(self.at_desk("PUT", f"/{event.id}", event.body), 422, "unknown-audience")
        self.assertEqual(self.read(event), [b""])

    def test_what_is_no_event(self):
        size = len(Event().body)

        def put(body):
            event = Event()
            event.body = body
            return self.put(event)

        body = Event().body
        for wrong in (body[:-1], body + b"x", b"", sealed(3, PLAIN_BYTES), sealed(5, PLAIN_BYTES), sealed(4, 65536), sealed(4, 512)):
            self.assert_problem(put(wrong), 422, "wrong-size")
        for start, name in ((b"She told me on Tuesday.", "not-sealed"), (header(4, "X25519"), "wrong-recipients"),
                            (header(3), "wrong-recipients")):
            self.assert_problem(put(start.ljust(size, b"\0")), 422, name)
        self.assert_problem(put(body), 422, "wrong-hash")  # under another's id
        for wrong in ("", body.hex()[:63], "A" * 64, report_id() + "0"):
            self.assert_problem(self.at_desk("PUT", f"/{wrong}", body), 404, "not-found")

    def test_the_form_of_requests(self):
        event = self.stored()
        for query in ("", "?from=", "?from=26-11-2026", f"?from={day()}T00", f"?after={day()}.00", f"?after={day()}.{'A' * 64}", f"?after={day()}",
                      f"?after={event.id}", f"?from={day()}&from={day()}", f"?from={day()}&after={day()}.{event.id}"):
            self.assert_problem(self.at_desk("GET", query), 400, "bad-request")
        for path, most in (("/read", 16), ("/keep", 1000)):
            for body in ("", "\n", event.id, event.id + "\r\n", event.id.upper() + "\n", event.id + "\n\n", event.id[1:] + "\n", " " + event.id + "\n"):
                self.assert_problem(self.at_desk("POST", path, body), 400, "bad-request")
            self.assertIn(self.at_desk("POST", path, lines([event.id] * most)).status, (200, 204))
            self.assert_problem(self.at_desk("POST", path, lines([event.id] * (most + 1))), 413, "too-large")
        for path in ("/read", "/keep", "/erasure"):
            self.assert_problem(self.at_desk("GET", path), 405, "method-not-allowed")
        self.assert_problem(self.at_desk("GET", f"/{event.id}"), 405, "method-not-allowed")

    def test_list_goes_on_after_an_id(self):
        ids = sorted(self.stored("ada", "ada").id for _ in range(5))
        everything = self.listed()
        self.assertEqual([one for one in everything if one in ids], ids)
        self.assertEqual(self.listed(after=ids[2]), [one for one in everything if one > ids[2]])
        self.assertEqual(self.listed(after="f" * 64), [])

    def test_read_mixed(self):
        hers, theirs, nobodys = self.stored(), self.stored("bo,cy", "bo"), Event()
        self.assertEqual(self.read(theirs, hers, nobodys, hers), [b"", hers.body, b"", hers.body])

    def test_keep(self):
        hers, theirs = self.stored(), self.stored("bo,cy", "bo")
        answer = self.at_desk("POST", "/keep", lines([hers.id, theirs.id, report_id()]))
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.read(hers, theirs), [hers.body, b""])

    def test_two_erase(self):
        events = [self.stored() for _ in range(3)]
        ids = [event.id for event in events]
        self.assertEqual(self.erase(ids[:2]).status, 204)
        self.assertEqual(self.read(*events), [b"", b"", events[2].body])
        for who in ("ada", "bo"):
            self.assertEqual([one for one in self.listed(who) if one in ids], ids[2:])
        self.assertEqual(self.erase(ids[:2]).status, 204)
        self.assertEqual(self.put(events[0]).status, 201)

    def test_fewer_than_two_do_not(self):
        event = self.stored()
        good = erasure_note(self.daemon.organisation.caseworkers, [event.id], ("ada", "bo"))
        for signers in (("ada",), ("ada", "ada"), ("ada", "cy"), ("cy", "di")):
            self.assert_problem(self.erase([event.id], signers), 422, "not-signed-by-two")
        for wrong in (dict(on=day(-8)), dict(on=day(2)), dict(act="erasure"), dict(act="receipt")):
            self.assert_problem(self.erase([event.id], **wrong), 422, "not-signed-by-two")
        for note in ("", "nonsense", good + good, good.replace("event ", "event  "), good.replace("caseworker/bo", "caseworker/cy"),
                     erasure_note(self.daemon.organisation.caseworkers, [], ("ada", "bo")),
                     erasure_note(self.daemon.organisation.caseworkers, [event.id, event.id], ("ada", "bo"))):
            self.assert_problem(self.at_desk("POST", "/erasure", note), 422, "not-signed-by-two")
        # A note for events erases no report, and the other way round.
        report = report_id()
        self.assertEqual(self.daemon.put_report(report, sealed()).status, 201)
        answer = self.daemon.ask("POST", f"/v1/reports/{report}/erasure", good, self.headers["ada"], desk=True)
        self.assert_problem(answer, 422, "not-signed-by-two")
        self.assertEqual(self.read(event), [event.body])
        for on in (day(-7), day(1)):
            self.assertEqual(self.erase([event.id], on=on).status, 204)

    def test_all_of_them_or_none(self):
        both, with_cy, theirs = self.stored(), self.stored("ada,cy"), self.stored("bo,cy", "bo")
        self.assert_problem(self.erase([both.id, with_cy.id]), 422, "not-signed-by-two")
        self.assertEqual(self.read(both, with_cy), [both.body, with_cy.body])
        # What is not the sender's is to her as if it were not there; and it stays.
        self.assertEqual(self.erase([both.id, theirs.id, report_id()]).status, 204)
        self.assertEqual(self.read(both, theirs, who="bo"), [b"", theirs.body])

    def test_as_many_as_a_note_names(self):
        events = [self.stored() for _ in range(200)]
        self.assertEqual(self.erase([event.id for event in events]).status, 204)
        self.assertFalse({event.id for event in events} & set(self.listed("bo")))
        self.assert_problem(self.erase([report_id() for _ in range(201)]), 422, "not-signed-by-two")

    def test_the_excluded_see_no_trace(self):
        event, nobodys = self.stored(), report_id()
        for one in (event.id, nobodys):
            self.assertNotIn(one, self.listed("cy"))
        for path in ("/read", "/keep"):
            self.assert_alike(*(self.at_desk("POST", path, lines([one]), "cy") for one in (event.id, nobodys)))
        for signers in (("ada", "bo"), ("ada", "cy"), ("bo",)):
            self.assert_alike(*(self.erase([one], signers, "cy") for one in (event.id, nobodys)))
        self.assertEqual(self.read(event), [event.body])

    def test_only_the_signed_in(self):
        event = self.stored()
        token = report_id()
        for method, path, body in (("PUT", f"/{event.id}", event.body), ("GET", f"?from={day()}", None), ("POST", "/read", lines([event.id])),
                                   ("POST", "/keep", lines([event.id])), ("POST", "/erasure", "")):
            for headers in ({}, {"Authorization": f"Bearer {token}"}):
                answer = self.daemon.ask(method, f"/v1/events{path}", body, headers | {"Candour-Audience": "ada,bo"}, desk=True)
                self.assert_problem(answer, 401, "sign-in-again")
            self.assertEqual(self.daemon.ask(method, f"/v1/events{path}", body, self.headers["ada"]).status, 404)

    def test_nothing_is_said(self):
        self.stored()
        self.listed()
        self.assertEqual([line for line in self.daemon.said if "ready" not in line], [])


class OwnDaemon(AtTheDesk, unittest.TestCase):
    """A daemon for each test, which may stop it or change its roster."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name)
        self.start()
        self.addCleanup(lambda: self.daemon.end())

    def start(self):
        self.assertTrue(self.daemon.start(), self.daemon.said)
        self.sign_in()

    def sign_in(self):
        self.headers = {name: self.daemon.sign_in(name) for name in ("ada", "bo", "cy")}

    def new_roster(self, **changes):
        self.daemon.organisation.version += 1
        self.daemon.put_roster(self.daemon.organisation.roster(**changes))
        self.daemon.said.clear()
        self.daemon.hang_up()
        self.daemon.hear("roster")

    def assert_problem(self, answer, status, name):
        self.assertEqual((answer.status, answer.problem()), (status, name), answer.body)


class Changes(OwnDaemon):
    def test_events_outlive_a_restart_and_are_counted(self):
        event = self.stored()
        self.assertEqual(self.daemon.end(), 0)
        done = subprocess.run([BINARY, "verify", "--config", self.daemon.config], capture_output=True, text=True)
        self.assertRegex(done.stderr, "every page of the database is whole, 0 reports, .*, 1 events")
        self.start()
        self.assertEqual((self.read(event), self.listed("bo")), ([event.body], [event.id]))

    def test_a_revocation_works_at_the_next_request(self):
        event = self.stored()
        self.daemon.organisation.caseworkers["bo"].revoked = True
        self.new_roster()
        self.assert_problem(self.at_desk("POST", "/read", lines([event.id]), "bo"), 401, "sign-in-again")
        self.assert_problem(self.put(event, who="bo"), 401, "sign-in-again")
        self.assert_problem(self.put(event), 422, "unknown-audience")
        self.assert_problem(self.erase([event.id]), 422, "not-signed-by-two")
        self.assertEqual(self.read(event), [event.body])
        self.assertEqual(self.at_desk("POST", "/keep", lines([event.id])).status, 204)

    def test_more_places_than_before(self):
        event = self.stored()
        self.daemon.organisation.places = 6
        self.new_roster()
        self.assert_problem(self.put(event), 422, "wrong-size")
        larger = Event(6)
        self.assertEqual(self.put(larger).status, 201)
        self.assertEqual(self.read(event, larger), [event.body, larger.body])

    def test_how_much_one_caseworker_puts_in_a_minute(self):
        self.daemon.limits = "caseworker_puts_per_minute = 3"
        self.daemon.write_config()
        self.daemon.hang_up()
        self.daemon.hear("configuration loaded")
        self.assert_problem(self.put(Event(), "bo,cy"), 422, "unknown-audience")  # what is refused anyway costs nothing
        place, body = Place(), sealed_drop()
        drop = self.daemon.ask("PUT", place.path(), body, self.headers["ada"] | place.headers(), desk=True)
        self.assertEqual(drop.status, 201)
        event = self.stored()
        self.stored()
        for again in (self.put(Event()), self.put(event)):
            self.assert_problem(again, 429, "slow-down")
            self.assertEqual(again.headers["Retry-After"], "60")
        other = Place()
        self.assert_problem(self.daemon.ask("PUT", other.path(), body, self.headers["ada"] | other.headers(), desk=True), 429, "slow-down")
        # It is hers, whatever session she uses; colleagues have their own.
        self.headers["ada"] = self.daemon.sign_in("ada")
        self.assert_problem(self.put(Event()), 429, "slow-down")
        self.assertEqual(self.read(event), [event.body])
        self.stored(who="bo")


class Ahead(OwnDaemon):
    """With a clock that is ahead by what a file says."""
    policy = {"attachments_max": 100, "attachments_bytes_max": 64 << 20, "retention_days": 90, "retention_spread_days": 0}

    def start(self, ahead="+0"):
        clock = self.daemon.folder / "clock"
        clock.write_text(ahead)
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        self.daemon.environment = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_CACHE_DURATION": "1",
                                   "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        super().start()

    def go_to(self, days):
        """Nothing ends by the clock alone: the roster's first day, which is the steward's, must have come as well."""
        self.assertEqual(self.daemon.end(), 0)
        organisation = self.daemon.organisation
        organisation.version += 1
        self.daemon.put_roster(organisation.roster(valid_from=day(days), valid_until=day(days + 30), policy=self.policy))
        self.start(f"+{days}d")


class Clock(Ahead):
    def test_they_end_by_the_calendar_unless_they_are_kept(self):
        self.go_to(0)
        left, kept, again, theirs = self.stored(), self.stored(), self.stored(), self.stored("bo,cy", "bo")
        everything = sorted(event.id for event in (left, kept, again, theirs))
        self.go_to(60)
        self.assertEqual(self.at_desk("POST", "/keep", lines([kept.id, theirs.id])).status, 204)  # hers, and one that is not
        self.assertEqual(self.put(again, who="bo").status, 200)
        self.assertEqual(self.listed("bo", day()), everything)  # on the day on which they came first
        self.assertEqual(self.listed("bo", day(60)), [])
        self.go_to(95)
        remain = sorted((kept.id, again.id))
        for _ in range(300):
            found = self.listed("bo", day())
            if found == remain:
                break
            time.sleep(0.1)
        self.assertEqual(found, remain)
        self.assertEqual(self.read(left, kept, again, theirs, who="bo"), [b"", kept.body, again.body, b""])
        self.assertEqual(self.listed("cy", day()), [])

    def test_they_go_on_when_the_roster_has_expired(self):
        first = self.stored()
        self.assertEqual(self.daemon.end(), 0)
        self.start("+40d")
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).problem(), "roster-expired")
        second = self.stored()
        self.assertEqual(self.read(first, second, who="bo"), [first.body, second.body])
        self.assertEqual(self.listed("bo", day(40)), [second.id])
        self.assertEqual(self.at_desk("POST", "/keep", lines([first.id])).status, 204)
        self.assertEqual(self.erase([first.id, second.id], on=day(40)).status, 204)


if __name__ == "__main__":
    unittest.main()
