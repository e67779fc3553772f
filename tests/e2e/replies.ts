// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker's reply, put where the reporter looks for it; she finds it once the index is made anew (Site.restart).

import { createHash } from "node:crypto";
import { bytes_of_text, encode_hex, random_bytes, type Bytes } from "../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../client-web/src/protocol/codename";
import { drop_tag, reply_address, reply_file_address, seal_drop } from "../../client-web/src/protocol/drop";
import { DROP_PLAIN_BYTES } from "../../client-web/src/protocol/drop_index";
import { sign_note } from "../../client-web/src/protocol/note";
import { sign_in } from "./desk";
import { day_from_now } from "./organisation";
import type { Site } from "./server";

/** Puts it, as this member. Nobody erases it. */
async function put_drop(site: Site, member_id: string, address: Bytes, body: Bytes): Promise<void> {
  const headers = {
    Authorization: "Bearer " + await sign_in(site, member_id), "Content-Type": "application/octet-stream",
    "Candour-Address": encode_hex(address), "Candour-Deletion": encode_hex(random_bytes(32)),
  };
  const answer = await fetch(site.desk_address + "/v1/drops/" + drop_tag(address), { method: "PUT", headers, body });
  if (answer.status !== 201) throw new Error("reply: " + await answer.text());
}

/** words: null for "a person has opened it". signer: another member than whose place it is. file: to go along, under this name; stored: what lies there in its place. Neither has a zero at its end. */
export async function put_reply(site: Site, member_id: string, codename: string, number: number, words: string | null, { signer = member_id, file = null as { name: string; content: Bytes; stored?: Bytes } | null } = {}): Promise<void> {
  const member = site.organisation.members.find(({ id }) => id === signer);
  if (member === undefined) throw new RangeError("no such member");
  const keys = derive_reporter_keys(codename);
  const hex = "0".repeat(64); // the page cannot compare them with anything
  const along = file === null ? "" : `file ${file.content.length} ${createHash("sha256").update(file.content).digest("hex")} ${file.name}\n`;
  const text = `candour/v1/reply\nreport ${hex}\nsha256 ${hex}\nto ${keys.reply_recipient}\nnumber ${number}\nday ${day_from_now(-1)}\nkind ${words === null ? "opened" : "message"}\n${along}text\n${words === null ? "" : words + "\n"}`;
  const body = await seal_drop(bytes_of_text(sign_note(text, member.signer.name, member.signer.seed)), keys.reply_recipient);
  await put_drop(site, signer, reply_address(keys.mailbox_root, member_id, number), body);
  const stored = file?.stored ?? file?.content ?? new Uint8Array(0);
  for (let part = 0; part * DROP_PLAIN_BYTES < stored.length; part += 1) {
    const piece = stored.slice(part * DROP_PLAIN_BYTES, (part + 1) * DROP_PLAIN_BYTES);
    await put_drop(site, signer, reply_file_address(keys.mailbox_root, member_id, number, part), await seal_drop(piece, keys.reply_recipient));
  }
}
