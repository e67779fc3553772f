# SPDX-License-Identifier: AGPL-3.0-or-later
"""candour-keyholder at work (docs/spec/matching.md "Holders at work"): a real server, holders of a key and of its shares, and a client that verifies what they
answered. Tokens are made here from docs/spec/roster.md alone."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import subprocess
import time
import unittest

import test_events
from daemon import Talking
from organisation import day
from test_evaluation import ANSWER_BYTES, BATCH_BYTES, Asks

HOLDER = os.environ["CANDOUR_KEYHOLDER"]
DRIVER = os.environ["VOPRF_DRIVER"]
WAIT_SECONDS = 30


def driver(*arguments, sent=b""):
    return subprocess.run([DRIVER, *map(str, arguments)], input=sent, capture_output=True, check=True).stdout


def hmac_sha256(key, message):
    return hmac.digest(key, message, "sha256")


class Share:
    """A holder's part, from a line of the driver: number, share, public share."""

    def __init__(self, number, share, public):
        self.number = int(number)
        self.bytes = bytes.fromhex(share)
        self.public = bytes.fromhex(public)
        self.token = hmac_sha256(hmac_sha256(bytes(32), self.bytes), b"candour/v1/holder-token\x01")

    def entry(self):
        access = hashlib.sha256(b"candour/v1/holder-access" + self.token).digest()
        return {"number": self.number, "public_share": base64.b64encode(self.public).decode(), "access": base64.b64encode(access).decode()}


class Running(Talking):
    """One candour-keyholder, and what it says."""

    def __init__(self, case, share, daily=100, name="", every=1):
        folder = case.daemon.folder
        name = name or f"holder-{share.number}"
        self.key = folder / f"{name}.key"
        if not self.key.exists():
            self.key.touch(0o600)
            self.key.write_bytes(share.bytes)
        self.state = folder / name / "state.json"
        self.state.parent.mkdir(exist_ok=True)
        self.said = []
        self.process = subprocess.Popen(
            [HOLDER, "run", "--key", self.key, "--server", f"http://127.0.0.1:{case.daemon.holders_port}", "--pin", folder / "root.pin",
             "--daily", str(daily), "--state", self.state, "--every", str(every)], stderr=subprocess.PIPE, text=True)
        self.listen()
        case.addCleanup(self.end)

    def wait(self):
        status = self.process.wait(WAIT_SECONDS)
        self.listener.join()
        self.process.stderr.close()
        return status

    def end(self):
        if self.process.returncode is not None:
            return self.process.returncode
        self.process.terminate()
        return self.wait()


class Holders(Asks, test_events.OwnDaemon):
    threshold, count = 2, 3

    def start(self):
        if self.daemon.organisation.matching is None:
            self.key, self.public = driver("key").decode().split()
            self.share_out()
            self.daemon.put_roster(self.daemon.organisation.roster())
        super().start()

    def share_out(self):
        """Of the same key, once more."""
        self.shares = [Share(*line.split()) for line in driver("share", self.key, self.threshold, self.count).decode().splitlines()]
        self.daemon.organisation.matching = {
            "group": self.group, "public_key": base64.b64encode(bytes.fromhex(self.public)).decode(), "threshold": self.threshold,
            "holders": [share.entry() for share in self.shares]}

    def blinded(self):
        self.inputs = [os.urandom(20).hex() for _ in range(8)]
        *self.blinds, body = driver("blind", *self.inputs).decode().split()
        return bytes.fromhex(body)

    def asked(self):
        report, proof = self.arrive()
        body = self.blinded()
        self.assertEqual(self.ask(report, proof, body).status, 200)
        return report, proof, body

    def finish(self, body, answers, public, threshold, holders):
        """Who lied, and the eight outputs."""
        opened = [word for pair in zip(self.inputs, self.blinds) for word in pair]
        sent = body + b"".join(bytes([number]) + answer for number, answer in answers)
        listed = [word for number, share in holders for word in (number, share)]
        liars, *outputs = driver("finish", public, threshold, len(holders), *listed, *opened, sent=sent).decode().split("\n")
        return liars, outputs[:8]

    def of_all(self, body, answers):
        return self.finish(body, answers, self.public, self.threshold, [(share.number, share.public.hex()) for share in self.shares])

    def of_the_key(self, body):
        answer = driver("evaluate", self.key, sent=body)
        return self.finish(body, [(1, answer)], self.public, 1, [(1, self.public)])[1]

    def await_answers(self, report, proof, count):
        until = time.monotonic() + WAIT_SECONDS
        while len(said := self.answers(report, proof)) < count:
            self.assertLess(time.monotonic(), until, "too few answers")
            time.sleep(0.1)
        return said

    def test_two_of_three_answer_as_the_key_would(self):
        holders = [Running(self, self.shares[0]), Running(self, self.shares[2])]
        report, proof, body = self.asked()
        answers = self.await_answers(report, proof, 2)
        self.assertEqual([number for number, _ in answers], [1, 3])
        self.assertEqual(self.of_all(body, answers), ("", self.of_the_key(body)))
        for holder in holders:
            self.assertEqual(holder.end(), 0)
            self.assertEqual(len(holder.said), 1, holder.said)
            self.assertIn("ready", holder.said[0])

    def test_who_lies_is_named(self):
        report, proof, body = self.asked()
        self.evaluate(self.shares[1], body, driver("evaluate", self.shares[0].bytes.hex(), sent=body))
        Running(self, self.shares[0])
        Running(self, self.shares[2])
        answers = self.await_answers(report, proof, 3)
        self.assertEqual(self.of_all(body, answers), ("2", self.of_the_key(body)))

    def test_what_is_no_batch_waits_no_longer(self):
        Running(self, self.shares[0])
        for body in (bytes(BATCH_BYTES), os.urandom(BATCH_BYTES - 32) + b"\xff" * 32):
            report, proof = self.arrive()
            self.assertEqual(self.ask(report, proof, body).status, 200)
            self.assertEqual(self.await_answers(report, proof, 1), [(1, bytes(ANSWER_BYTES))])

    def test_more_than_fit_into_one_request(self):
        asked = [self.asked()[:2] for _ in range(20)]
        holder = Running(self, self.shares[0])
        for report, proof in asked:
            self.await_answers(report, proof, 1)
        self.assertEqual(json.loads(holder.state.read_text())["batches"], 20)

    def test_a_full_day_waits_for_the_next(self):
        holder = Running(self, self.shares[0], daily=2)
        first = [self.asked()[:2] for _ in range(3)]
        holder.hear("used up")
        self.assertEqual(sum(len(self.answers(*one)) for one in first), 2)
        state = json.loads(holder.state.read_text())
        self.assertEqual((state["day"], state["batches"]), (day(), 2))
        self.assertEqual(holder.end(), 0)
        self.assertEqual(sum("used up" in line for line in holder.said), 1, holder.said)
        again = Running(self, self.shares[0], daily=2)  # started anew it has not forgotten
        again.hear("used up")
        self.assertEqual(again.end(), 0)
        self.assertEqual(sum(len(self.answers(*one)) for one in first), 2)
        state["day"] = day(-1)
        holder.state.write_text(json.dumps(state))
        Running(self, self.shares[0], daily=2)
        for one in first:
            self.await_answers(*one, 1)

    def test_counted_before_it_is_answered(self):
        holder = Running(self, self.shares[0])
        holder.hear("ready")
        holder.state.unlink()
        holder.state.mkdir()  # what even root does not replace by a file
        (holder.state / "in the way").touch()
        report, proof, _ = self.asked()
        self.assertEqual(holder.wait(), 1)
        self.assertIn("state.json", holder.said[-1])
        self.assertEqual(self.answers(report, proof), [])

    def test_a_clock_that_went_back_gives_no_new_day(self):
        report, proof, _ = self.asked()
        holder = Running(self, self.shares[0], daily=2)
        self.await_answers(report, proof, 1)
        self.assertEqual(holder.end(), 0)
        holder.state.write_text(json.dumps({"day": day(1), "batches": 2}))
        report, proof, _ = self.asked()
        again = Running(self, self.shares[0], daily=2)
        again.hear("later day")
        again.hear("used up")
        self.assertEqual(self.answers(report, proof), [])

    def test_a_damaged_count_is_none(self):
        state = self.daemon.folder / "holder-1/state.json"
        state.parent.mkdir()
        for damaged in ("", "{}", '{"day": "2026-01-01", "batches": -1}', '{"day": "2026-13-01", "batches": 1}'):
            state.write_text(damaged)
            holder = Running(self, self.shares[0])
            self.assertEqual(holder.wait(), 1, damaged)
            self.assertIn("state.json", "".join(holder.said))

    def test_whoever_the_roster_does_not_have_stops(self):
        other = Share(*driver("share", driver("key").decode().split()[0], 1, 1).decode().split())
        holder = Running(self, other, name="stranger")
        self.assertEqual(holder.wait(), 3)
        self.assertIn("another key, or another sharing", "".join(holder.said))

    def test_a_share_of_the_sharing_before_stops(self):
        before = self.shares[0]
        holder = Running(self, before)
        holder.hear("ready")
        self.share_out()
        self.new_roster()
        self.assertEqual(holder.wait(), 3)
        self.assertIn("another sharing", "".join(holder.said))
        Running(self, self.shares[1])
        Running(self, self.shares[2])
        report, proof, body = self.asked()
        answers = self.await_answers(report, proof, 2)
        self.assertEqual(self.of_all(body, answers), ("", self.of_the_key(body)))

    def test_an_older_roster_is_not_believed(self):
        holder = Running(self, self.shares[0])
        holder.hear("ready")
        self.assertEqual(holder.end(), 0)
        state = json.loads(holder.state.read_text())
        self.assertEqual(state["roster_version"], self.daemon.organisation.version)
        holder.state.write_text(json.dumps(state | {"roster_version": 99}))  # it has seen a newer one
        again = Running(self, self.shares[0])
        again.hear("not believed")
        self.assertIsNone(again.process.poll())
        self.assertEqual(again.end(), 0)

    def test_a_server_that_is_away_is_waited_for(self):
        at = self.daemon.holders_port
        holder = Running(self, self.shares[0])
        holder.hear("ready")
        self.assertEqual(self.daemon.end(), 0)
        holder.hear("cannot be reached")
        time.sleep(3)  # it tries, and says no more
        config = self.daemon.config
        config.write_text(config.read_text().replace('[holders]\nlisten = "127.0.0.1:0"', f'[holders]\nlisten = "127.0.0.1:{at}"'))
        self.start()
        report, proof, _ = self.asked()
        self.await_answers(report, proof, 1)
        holder.hear("going on")
        self.assertEqual(holder.end(), 0)
        self.assertEqual(len(holder.said), 3, holder.said)

    def test_nobody_else_may_read_a_key(self):
        holder = Running(self, self.shares[0])
        holder.hear("ready")
        holder.end()
        holder.key.chmod(0o640)
        again = Running(self, self.shares[0])
        self.assertEqual(again.wait(), 1)
        self.assertIn("others may read", "".join(again.said))
        holder.key.chmod(0o600)
        for wrong in (bytes(32), b"\xff" * 32, bytes(31)):
            holder.key.write_bytes(wrong)
            again = Running(self, self.shares[0])
            self.assertEqual(again.wait(), 1, wrong)

    def test_nothing_can_look_into_it(self):
        holder = Running(self, self.shares[0])
        holder.hear("ready")
        status = pathlib.Path(f"/proc/{holder.process.pid}/status").read_text()
        lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        self.assertEqual(int(lines["CapEff"], 16), 0)
        self.assertEqual(lines["NoNewPrivs"], "1")
        limits = pathlib.Path(f"/proc/{holder.process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0")


if __name__ == "__main__":
    unittest.main()
