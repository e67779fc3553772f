// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk's list: which rows are in the document, where it scrolls to, and what filters leave.

import assert from "node:assert/strict";
import { test } from "node:test";
import { filtered, NO_FILTER } from "../../../client-web/desk/filter";
import { as_row_page, type Row } from "../../../client-web/desk/shapes";
import { rows_in_window, scroll_to_row } from "../../../client-web/desk/window";

test("of ten thousand rows only those in sight are shown, and a few around them", () => {
  const seen = { height: 800, row: 80, count: 10_000 };
  assert.deepEqual(rows_in_window({ ...seen, top: 400 }), { first: 0, last: 11 });
  assert.deepEqual(rows_in_window({ ...seen, top: -80_000 }), { first: 994, last: 1016 });
  assert.deepEqual(rows_in_window({ ...seen, top: -799_600 }), { first: 9989, last: 10_000 });
  assert.deepEqual(rows_in_window({ ...seen, top: -2_000_000 }), { first: 10_000, last: 10_000 }, "the list became shorter");
  assert.deepEqual(rows_in_window({ ...seen, top: 5000 }), { first: 0, last: 0 }, "below the window");
  assert.deepEqual(rows_in_window({ ...seen, count: 0, top: 0 }), { first: 0, last: 0 });
  assert.deepEqual(rows_in_window({ ...seen, row: 0, top: 0 }), { first: 0, last: 6 }, "not measured yet");
  for (let top = 900; top > -801_000; top -= 777) {
    const { first, last } = rows_in_window({ ...seen, top });
    assert.ok(first >= 0 && last <= 10_000 && last - first <= 23);
    for (let y = Math.max(0, top); y < Math.min(800, top + 800_000); y += 79) {
      const row = Math.floor((y - top) / 80);
      assert.ok(first <= row && row < last, `at ${String(y)} of ${String(top)}`);
    }
  }
});

test("a row is brought into sight whole, below the bar, with the least scrolling", () => {
  const seen = { height: 800, row: 80, count: 100, top: -1000 };
  assert.equal(scroll_to_row(15, seen, 60), 0, "it is");
  assert.equal(scroll_to_row(12, seen, 60), -100, "half of it is above: from -40 to 60");
  assert.equal(scroll_to_row(30, seen, 60), 680, "its lower edge at the window's");
});

const row = (changes: Partial<Row>): Row => ({
  id: "a", accused: "", danger: false, status: "new", risk: "unknown", lead: null, cover: null, signed_off: new Map(), labels: [], deadline: null, day: "2026-11-26",
  unread: false, reports: 1, alarms: 0, mine: true, ...changes,
});

test("filters hold together, and keep the tool's order", () => {
  const rows = [
    row({ id: "3", lead: "ada", unread: true }), row({ id: "1", status: "closed", danger: true, unread: true }), row({ id: "2", mine: false, lead: "bo" }), row({ id: "4", danger: true }),
  ];
  assert.equal(filtered([row({ id: "5", lead: "bo", cover: { by: "ada", until: "2026-12-12" } })], { ...NO_FILTER, led: true }, null, "ada").length, 1, "she looks after it meanwhile");
  const ids = (filter: Partial<typeof NO_FILTER>, found: readonly string[] | null = null): string =>
    filtered(rows, { ...NO_FILTER, ...filter }, found === null ? null : new Set(found), "ada").map(({ id }) => id).join("");
  assert.equal(ids({}), "3124");
  assert.equal(ids({ unread: true }), "31");
  assert.equal(ids({ danger: true }), "14");
  assert.equal(ids({ mine: true }), "314");
  assert.equal(ids({ led: true }), "3");
  assert.equal(ids({ status: "closed" }), "1");
  assert.equal(ids({ danger: true, unread: true }), "1");
  assert.equal(ids({}, ["2", "3", "9"]), "32");
  assert.equal(ids({ unread: true }, []), "");
});

test("what is not of the form of a row is refused, by its field", () => {
  const good = { version: 7, total: 1, cases: [{ ...row({}), deadline: { name: "Hearing", day: "2026-12-11" } }] };
  assert.equal(as_row_page(good).version, "7");
  assert.deepEqual(as_row_page(good).rows[0]?.deadline, { name: "Hearing", day: "2026-12-11" });
  assert.throws(() => as_row_page({ ...good, cases: [{ ...row({}), day: "26 Nov" }] }), /malformed: day/);
  assert.throws(() => as_row_page({ ...good, cases: [{ ...row({}), unread: "yes" }] }), /malformed: unread/);
  assert.throws(() => as_row_page({ total: -1, cases: [] }), /malformed: total/);
});
