// SPDX-License-Identifier: AGPL-3.0-or-later
// When the cover comes and what lifts it, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Cover } from "../../../client-web/src/cover";

function make(other: string | null = null): { cover: Cover; pass: (seconds: number) => string } {
  let now = 1_000_000;
  const cover = new Cover(() => undefined, () => other, () => now);
  return { cover, pass: (seconds) => {
    now += seconds * 1000;
    return cover.look();
  } };
}

test("asked 30 seconds before, then covered; a sign of life begins anew", () => {
  const { cover, pass } = make();
  assert.deepEqual([pass(89), pass(1), pass(29)], ["open", "warned", "warned"]);
  cover.sign_of_life();
  assert.deepEqual([cover.state, pass(89), pass(31)], ["open", "open", "covered"]);
  cover.sign_of_life();
  assert.equal(cover.state, "covered", "no key or touch lifts it");
});

test("a device that slept is covered first, whatever woke it; so is one whose clock was set back", () => {
  for (const seconds of [3600, -3600]) {
    const { cover, pass } = make();
    pass(seconds);
    cover.sign_of_life();
    assert.equal(cover.state, "covered");
  }
});

test("longer, never, and while she records", () => {
  const { cover, pass } = make();
  cover.choose_minutes(10);
  assert.deepEqual([pass(569), pass(1), pass(30)], ["open", "warned", "covered"]);
  cover.lift("");
  cover.choose_minutes(null);
  assert.equal(pass(1e6), "open");
  cover.choose_minutes(2);
  cover.hold(true);
  assert.equal(pass(3000), "open");
  cover.hold(false);
  assert.deepEqual([pass(80), pass(50)], ["open", "covered"]);
});

test("a chosen word: only that or the codename, however it is typed; without one anything", () => {
  const { cover } = make("abacus abdomen able");
  cover.word = "  Café ";
  cover.hide();
  for (const wrong of ["", "caf", "cafes", "abacus", "abacus able abdomen"]) assert.equal(cover.lift(wrong), false, wrong);
  assert.equal(cover.state, "covered");
  for (const right of ["cafe", "CAFÉ", " Abacus  abdomen able"]) {
    cover.hide();
    assert.equal(cover.lift(right), true, right);
  }
  cover.word = "   ";
  assert.equal(cover.has_word, false);
  cover.hide();
  assert.equal(cover.lift("anything"), true);
});

test("before there is a codename, nothing stands in for it", () => {
  const { cover } = make(null);
  cover.word = "lantern";
  cover.hide();
  for (const wrong of ["", "null", "undefined"]) assert.equal(cover.lift(wrong), false);
});
