// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker at the desk listener, signed in by challenge (docs/spec/http.md).

import { sign_note } from "../../client-web/src/protocol/note";
import type { Site } from "./server";

async function sign_in(site: Site, member_id: string): Promise<string> {
  const member = site.organisation.members.find(({ id }) => id === member_id);
  if (member === undefined) throw new RangeError("no such member");
  const nonce = await (await fetch(site.desk_address + "/v1/session/nonce", { method: "POST" })).json() as { nonce: string; expires: number };
  const text = `candour/v1/session\norigin ${site.desk_address}\nnonce ${nonce.nonce}\nexpires ${nonce.expires}\n`;
  const answer = await fetch(site.desk_address + "/v1/session", { method: "POST", body: sign_note(text, member.signer.name, member.signer.seed) });
  if (answer.status !== 201) throw new Error("sign-in: " + await answer.text());
  return ((await answer.json()) as { token: string }).token;
}

/** The sealed bytes, or null where the desk says that there is no such report. */
export async function fetch_sealed(site: Site, member_id: string, report_id: string): Promise<Buffer | null> {
  const headers = { Authorization: "Bearer " + await sign_in(site, member_id) };
  const answer = await fetch(site.desk_address + "/v1/reports/" + report_id, { headers });
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw new Error("fetch: " + await answer.text());
  return Buffer.from(await answer.arrayBuffer());
}
