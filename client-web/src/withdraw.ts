// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking the desk to stop, or taking that back (docs/spec/retention.md, drops.md): always for the ids 0 to 7 of a codename, all eight,
// whether there are such reports or not. The answer is the same for an invented codename.

import { encode_hex, wipe } from "./protocol/bytes";
import { derive_report_secret, FIRST_NUMBERS, report_id, type ReporterKeys } from "./protocol/codename";
import { fetch_text, insist } from "./upload/http";
import type { Pace } from "./upload/pace";

const REQUEST_SECONDS_MAX = 60;

/** Throws Cancelled, or Refused. */
export async function ask_withdrawal(keys: ReporterKeys, verb: "withdraw" | "take-back", pace: Pace): Promise<void> {
  for (let number = 0; number < FIRST_NUMBERS; number += 1) {
    const secret = derive_report_secret(keys.seed, number);
    const path = "/v1/reports/" + encode_hex(report_id(secret)) + "/withdrawal";
    const headers = { Authorization: "Secret " + encode_hex(secret) };
    wipe(secret);
    await insist(pace, async () => {
      const { signal, done } = pace.request_signal(REQUEST_SECONDS_MAX);
      try {
        await fetch_text(path, { method: verb === "withdraw" ? "PUT" : "DELETE", headers, signal });
      } finally {
        done();
      }
    });
  }
}
