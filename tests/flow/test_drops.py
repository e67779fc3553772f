# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/spec/drops.md over HTTP: every row, every refusal; what the index shows, and that a dummy cannot be told from a drop."""
import base64
import collections
import glob
import os
import tempfile
import time
import unittest

from daemon import Case, Daemon
from drops import DROP_BYTES, Place, index_of, put, sealed_drop, solve
from organisation import day, header, report_id, sealed

MODULUS = 3329  # of ML-KEM
FIELD = 2 ** 255 - 19


def wait_for_index(daemon, known=lambda tags: True):
    """The index is made beside the start of the server, and each minute at the most."""
    for _ in range(1800):
        answer = daemon.ask("GET", "/v1/drops")
        if answer.status == 200 and known(tags := index_of(daemon)):
            return tags
        time.sleep(0.05)
    raise AssertionError("no such index")


class Drops(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.daemon.sign_in("ada")
        wait_for_index(cls.daemon)

    def stored(self, place, body, **changes):
        self.assertEqual(put(self.daemon, place, body, **changes).status, 201)

    def get(self, place):
        return self.daemon.ask("GET", place.path())

    def erase(self, place, token=None):
        return self.daemon.ask("DELETE", place.path(), headers={"Authorization": f"Secret {(token or place.token).hex()}"})

    def at_desk(self, method, place, body=None, **headers):
        return self.daemon.ask(method, place.path(), body, self.ada | headers, desk=True)

    def test_put_and_get(self):
        place, body = Place(), sealed_drop()
        self.assert_problem(self.get(place), 404, "no-such-drop")
        self.stored(place, body)
        for answer in (self.get(place), self.at_desk("GET", place)):
            self.assertEqual((answer.status, answer.body, answer.headers["Content-Type"]), (200, body, "application/octet-stream"))
        again = put(self.daemon, place, body)
        self.assertEqual((again.status, again.body), (200, b""))
        self.assert_problem(put(self.daemon, place, sealed_drop()), 409, "drop-taken")
        self.assertEqual(self.get(place).body, body)

    def test_another_verifier_is_another_drop(self):
        place, body = Place(), sealed_drop()
        self.stored(place, body)
        place.token = os.urandom(32)
        self.assert_problem(put(self.daemon, place, body), 409, "drop-taken")

    def test_replace(self):
        place, first, second = Place(), sealed_drop(), sealed_drop()
        replacing = {"Candour-Replace": place.token.hex()}
        self.stored(place, first, **replacing)  # there was none
        self.assert_problem(put(self.daemon, place, second, **{"Candour-Replace": os.urandom(32).hex()}), 409, "drop-taken")
        self.assertEqual(put(self.daemon, place, second, **replacing).status, 200)
        self.assertEqual(self.get(place).body, second)
        self.assertEqual(put(self.daemon, place, second, **replacing).status, 200)
        self.assertEqual(put(self.daemon, place, first, **replacing).status, 200)
        self.assertEqual(self.get(place).body, first)

    def test_erase(self):
        place, body = Place(), sealed_drop()
        nowhere = self.erase(place)
        self.stored(place, body)
        for wrong in (self.erase(place, os.urandom(32)), self.daemon.ask("DELETE", place.path()),
                      self.daemon.ask("DELETE", place.path(), headers={"Authorization": "Secret 00"})):
            self.assert_problem(wrong, 404, "no-such-drop")
            self.assertEqual((wrong.headers.items(), wrong.body), (nowhere.headers.items(), nowhere.body))
        self.assertEqual(self.erase(place).status, 204)
        self.assert_problem(self.get(place), 404, "no-such-drop")
        self.assert_problem(self.erase(place), 404, "no-such-drop")
        self.stored(place, body)

    def test_at_the_desk(self):
        place, body = Place(), sealed_drop()
        self.assertEqual(self.at_desk("PUT", place, body, **place.headers()).status, 201)
        self.assertEqual(self.at_desk("PUT", place, body, **place.headers()).status, 200)
        self.assert_problem(self.at_desk("PUT", place, sealed_drop(), **place.headers()), 409, "drop-taken")
        self.assertEqual(self.get(place).body, body)
        self.assert_problem(self.at_desk("DELETE", place), 404, "no-such-drop")
        self.assert_problem(self.at_desk("DELETE", place, **{"Candour-Replace": os.urandom(32).hex()}), 404, "no-such-drop")
        other = sealed_drop()
        replaced = self.at_desk("PUT", place, other, **place.headers(**{"Candour-Replace": place.token.hex()}))
        self.assertEqual((replaced.status, self.get(place).body), (200, other))
        self.assertEqual(self.at_desk("DELETE", place, **{"Candour-Replace": place.token.hex()}).status, 204)
        self.assert_problem(self.at_desk("GET", place), 404, "no-such-drop")

    def test_the_desk_is_for_the_signed_in(self):
        place, body = Place(), sealed_drop()
        for method, sent in (("GET", None), ("PUT", body), ("DELETE", None)):
            answer = self.daemon.ask(method, place.path(), sent, place.headers(), desk=True)
            self.assert_problem(answer, 401, "sign-in-again")
        self.assert_problem(self.daemon.ask("GET", "/v1/drops", desk=True, headers=self.ada), 404, "not-found")
        self.assert_problem(self.daemon.ask("GET", "/v1/puzzle", desk=True, headers=self.ada), 404, "not-found")
        self.assert_problem(self.get(place), 404, "no-such-drop")

    def test_what_is_no_drop(self):
        stanza = header(1, "X25519")
        for body, name in ((sealed_drop()[:-1], "wrong-size"), (sealed_drop() + b"x", "wrong-size"), (b"", "wrong-size"),
                           (b"He said he would find me.".ljust(DROP_BYTES), "not-sealed"),
                           (stanza + os.urandom(DROP_BYTES - len(stanza)), "wrong-recipients"),
                           (header(2) + os.urandom(DROP_BYTES - len(header(2))), "wrong-recipients")):
            place = Place()
            self.assert_problem(put(self.daemon, place, body), 422, name)
            self.assert_problem(self.at_desk("PUT", place, body, **place.headers()), 422, name)
            self.assert_problem(self.get(place), 404, "no-such-drop")

    def test_the_address_is_the_right_to_put(self):
        place, body = Place(), sealed_drop()
        wrong = {"Candour-Address": os.urandom(32).hex()}
        self.assert_problem(put(self.daemon, place, body, **wrong), 422, "wrong-address")
        self.assert_problem(self.at_desk("PUT", place, body, **place.headers(**wrong)), 422, "wrong-address")

    def test_the_form_of_headers(self):
        place, body = Place(), sealed_drop()
        good = place.headers()
        for name in ("Candour-Address", "Candour-Deletion", "Candour-Replace", "Candour-Work"):
            for value in ("", "00", "A" * 64, "g" * 64, "0" * 63, "0" * 65, "0" * 62 + " 0"):
                self.assert_problem(self.daemon.ask("PUT", place.path(), body, good | {name: value}), 400, "bad-request")
        for name in ("Candour-Address", "Candour-Deletion"):
            without = {other: value for other, value in good.items() if other != name}
            self.assert_problem(self.at_desk("PUT", place, body, **without), 400, "bad-request")
        for tag in ("", place.tag[1:], place.tag + "0", place.tag.upper().replace("0", "A"), "g" * 16):
            self.assert_problem(self.daemon.ask("GET", f"/v1/drops/{tag}"), 404, "not-found")

    def test_work(self):
        place, body = Place(), sealed_drop()
        puzzle = self.daemon.ask("GET", "/v1/puzzle").json()
        self.assertEqual((puzzle["bits"], len(puzzle["puzzle"])), (12, 48))
        work = solve(puzzle, place.tag, body)
        # Of its own making, too easy, for another drop, for another tag, none.
        own = os.urandom(32).hex()
        easier = "00" + work[2:]
        for wrong in (own, easier, solve(puzzle, place.tag, sealed_drop()), solve(puzzle, Place().tag, body), None):
            headers = place.headers() | ({"Candour-Work": wrong} if wrong else {})
            answer = self.daemon.ask("PUT", place.path(), body, headers)
            self.assert_problem(answer, 422, "work-wanting")
        self.assert_problem(self.get(place), 404, "no-such-drop")
        good = place.headers() | {"Candour-Work": work}
        self.assertEqual(self.daemon.ask("PUT", place.path(), body, good).status, 201)
        self.assert_problem(self.daemon.ask("PUT", place.path(), body, good), 422, "work-wanting")  # it bought this one drop, once
        self.assertEqual(put(self.daemon, place, body).status, 200)
        other = sealed_drop()
        self.assert_problem(self.daemon.ask("PUT", place.path(), other, good | {"Candour-Replace": place.token.hex()}), 422, "work-wanting")

    def test_a_puzzle_tells_nothing(self):
        """Two of them share the bits and nothing else: no clock of the server is in there."""
        first, second = (bytes.fromhex(self.daemon.ask("GET", "/v1/puzzle").json()["puzzle"]) for _ in range(2))
        self.assertEqual(first[0], second[0])
        for start in range(1, 21):
            self.assertNotEqual(first[start:start + 4], second[start:start + 4])

    def test_the_index_does_not_follow(self):
        before = index_of(self.daemon)
        place = Place()
        self.stored(place, sealed_drop())
        self.assertEqual(index_of(self.daemon), before)
        self.assertNotIn(place.tag, before)

    def test_nothing_is_said(self):
        place = Place()
        self.stored(place, sealed_drop())
        self.get(place)
        self.erase(place)
        self.assertEqual([line for line in self.daemon.said if "ready" not in line], [])


class OwnDaemon(unittest.TestCase):
    """A daemon for each test, which may stop it."""
    limits = "drops_per_minute = 100000"
    further = ""  # tables

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.daemon = Daemon(folder.name, self.limits + "\n" + self.further)
        self.start()
        self.addCleanup(lambda: self.daemon.end())

    def start(self):
        self.assertTrue(self.daemon.start(), self.daemon.said)

    def restart(self):
        self.assertEqual(self.daemon.end(), 0)
        self.start()

    def fetch(self, tag):
        return self.daemon.ask("GET", f"/v1/drops/{tag}")


class Index(OwnDaemon):
    def test_dummies_come_and_go_and_stay_what_they_were(self):
        empty = wait_for_index(self.daemon)
        self.assertEqual((len(empty), empty), (1024, sorted(set(empty))))
        bodies = {tag: self.fetch(tag).body for tag in empty[::100]}
        self.restart()
        self.assertEqual(wait_for_index(self.daemon), empty)
        places = [Place() for _ in range(20)]
        for place in places:
            self.assertEqual(put(self.daemon, place, sealed_drop()).status, 201)
        self.restart()
        tags = wait_for_index(self.daemon)
        self.assertEqual((len(tags), set(tags) - set(empty)), (1024, {place.tag for place in places}))
        for tag, body in bodies.items():
            if tag in tags:
                self.assertEqual(self.fetch(tag).body, body)

    def test_a_dummy_cannot_be_told_from_a_drop(self):
        wait_for_index(self.daemon)
        for _ in range(3):
            self.assertEqual(put(self.daemon, Place(), sealed_drop()).status, 201)
        self.restart()
        answers = {tag: self.fetch(tag) for tag in wait_for_index(self.daemon)}
        self.assertEqual(len({(answer.status, str(answer.headers.items()), len(answer.body)) for answer in answers.values()}), 1)
        bodies = [answer.body for answer in answers.values()]
        self.assertEqual(len(set(bodies)), 1024)
        numbers = collections.Counter()
        for body in bodies:
            version, stanza, wrapped, end, _ = body.split(b"\n", 4)
            self.assertEqual((version, stanza[:18], len(wrapped), end[:4]), (b"age-encryption.org/v1", b"-> mlkem768x25519 ", 43, b"--- "))
            encapsulation = base64.b64decode(stanza[18:] + b"==", validate=True)
            self.assertEqual(len(encapsulation), 1120)
            first = int.from_bytes(encapsulation[:960], "little")
            numbers.update(first >> 10 * i & 1023 for i in range(768))
        # The numbers of an ML-KEM ciphertext as they are where coefficients are uniform; 1024 bodies, 3 of them noise.
        expected = collections.Counter(((x << 10) + MODULUS // 2) // MODULUS & 1023 for x in range(MODULUS))
        total = numbers.total()
        chi_square = sum((numbers[i] - total * count / MODULUS) ** 2 / (total * count / MODULUS) for i, count in expected.items())
        self.assertLess(chi_square, 1023 + 8 * 45)

    def test_keys_of_dummies_are_keys(self):
        """An X25519 key that was generated lies on the curve; of random numbers every other one does not."""
        tags = wait_for_index(self.daemon)[:200]
        for tag in tags:
            stanza = self.fetch(tag).body.split(b"\n", 2)[1]
            u = int.from_bytes(base64.b64decode(stanza[18:] + b"==")[1088:], "little")
            self.assertLess(u, FIELD)
            self.assertEqual(pow(u**3 + 486662 * u**2 + u, (FIELD - 1) // 2, FIELD), 1)

    def test_the_start_does_not_wait_for_the_first_fill(self):
        """A new database: ready, and reports are taken, before 1024 dummies are there."""
        self.daemon.end()
        for file in (self.daemon.folder / "data").iterdir():
            file.unlink()
        self.start()
        soon = self.daemon.ask("GET", "/v1/drops")
        self.assertEqual((soon.status, soon.problem(), soon.headers["Retry-After"]), (503, "busy", "2"))
        self.assertEqual(self.daemon.put_report(report_id(), sealed()).status, 201)
        wait_for_index(self.daemon)

    def test_too_many_at_once(self):
        wait_for_index(self.daemon)
        self.daemon.limits = "drops_per_minute = 3"
        self.daemon.write_config()
        self.daemon.hang_up()
        self.daemon.hear("configuration loaded")
        places = [Place() for _ in range(4)]
        for place in places[:3]:
            self.assertEqual(put(self.daemon, place, sealed_drop()).status, 201)
        refused = put(self.daemon, places[3], sealed_drop())
        self.assertEqual((refused.status, refused.problem(), refused.headers["Retry-After"]), (429, "slow-down", "60"))
        headers = self.daemon.sign_in("ada")
        self.assertEqual(self.daemon.ask("PUT", places[3].path(), sealed_drop(), headers | places[3].headers(), desk=True).status, 201)

    def test_drops_outlive_the_roster(self):
        wait_for_index(self.daemon)
        self.daemon.organisation.version += 1
        self.daemon.put_roster(self.daemon.organisation.roster(valid_from=day(-20), valid_until=day(-1)))
        self.daemon.hang_up()
        self.daemon.hear("roster")
        place, body = Place(), sealed_drop()
        self.assertEqual(put(self.daemon, place, body).status, 201)
        self.assertEqual(self.fetch(place.tag).body, body)


class Clock(OwnDaemon):
    """With a clock that is ahead by what a file says."""
    further = "[drops]\nindex_minutes = 1"

    def start(self):
        self.clock = self.daemon.folder / "clock"
        self.clock.write_text(getattr(self, "ahead", "+0"))
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        self.daemon.environment = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.clock), "FAKETIME_CACHE_DURATION": "1",
                                   "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        super().start()

    def test_at_the_full_minute_and_not_before(self):
        before = wait_for_index(self.daemon)
        place = Place()
        self.assertEqual(put(self.daemon, place, sealed_drop()).status, 201)
        for _ in range(700):
            now = index_of(self.daemon)
            if place.tag in now:
                break
            self.assertEqual(now, before)
            time.sleep(0.1)
        self.assertEqual((len(now), len(set(now) - set(before))), (1024, 1))

    def test_expiry(self):
        wait_for_index(self.daemon)
        place = Place()
        self.assertEqual(put(self.daemon, place, sealed_drop()).status, 201)
        for days, status in ((600, 200), (800, 404)):
            # Nothing ends by the clock alone: the roster's first day, which is the steward's, must have come as well.
            self.ahead = f"+{days}d"
            self.restart()
            self.assertEqual(self.fetch(place.tag).status, 200)
            self.daemon.organisation.version += 1
            self.daemon.put_roster(self.daemon.organisation.roster(valid_from=day(days - 1), valid_until=day(days + 30)))
            self.restart()
            for _ in range(200):
                found = self.fetch(place.tag).status
                if found == status:
                    break
                time.sleep(0.1)
            self.assertEqual(found, status)
        self.assertEqual(len(wait_for_index(self.daemon, lambda tags: place.tag not in tags)), 1024)


if __name__ == "__main__":
    unittest.main()
