// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker's reply, put where the reporter looks for it; she finds it once the index is made anew (Site.restart).

import { bytes_of_text, encode_hex, random_bytes } from "../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../client-web/src/protocol/codename";
import { drop_tag, reply_address, seal_drop } from "../../client-web/src/protocol/drop";
import { sign_note } from "../../client-web/src/protocol/note";
import { sign_in } from "./desk";
import { day_from_now } from "./organisation";
import type { Site } from "./server";

/** words: null for "a person has opened it". signer: another member than whose place it is. */
export async function put_reply(site: Site, member_id: string, codename: string, number: number, words: string | null, { signer = member_id } = {}): Promise<void> {
  const member = site.organisation.members.find(({ id }) => id === signer);
  if (member === undefined) throw new RangeError("no such member");
  const keys = derive_reporter_keys(codename);
  const hex = "0".repeat(64); // the page cannot compare them with anything
  const text = `candour/v1/reply\nreport ${hex}\nsha256 ${hex}\nto ${keys.reply_recipient}\nnumber ${number}\nday ${day_from_now(-1)}\nkind ${words === null ? "opened" : "message"}\ntext\n${words === null ? "" : words + "\n"}`;
  const body = await seal_drop(bytes_of_text(sign_note(text, member.signer.name, member.signer.seed)), keys.reply_recipient);
  const address = reply_address(keys.mailbox_root, member_id, number);
  const headers = {
    Authorization: "Bearer " + await sign_in(site, signer), "Content-Type": "application/octet-stream",
    "Candour-Address": encode_hex(address), "Candour-Deletion": encode_hex(random_bytes(32)), // nobody erases it
  };
  const answer = await fetch(site.desk_address + "/v1/drops/" + drop_tag(address), { method: "PUT", headers, body });
  if (answer.status !== 201) throw new Error("reply: " + await answer.text());
}
