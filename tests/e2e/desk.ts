// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker at the desk listener, signed in by challenge (docs/spec/http.md).

import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Encrypter, identityToRecipient } from "age-encryption";
import { encode_base64 } from "../../client-web/src/protocol/bytes";
import { sign_note } from "../../client-web/src/protocol/note";
import type { Daemon } from "./daemon";
import { day_from_now } from "./organisation";
import { bin, type Site } from "./server";

export async function sign_in(site: Site, member_id: string): Promise<string> {
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

/** What the desk lists for the member. */
export async function list_reports(site: Site, member_id: string): Promise<readonly { readonly id: string; readonly withdrawn: string | null }[]> {
  const headers = { Authorization: "Bearer " + await sign_in(site, member_id) };
  const answer = await fetch(site.desk_address + "/v1/reports?limit=1000", { headers });
  if (answer.status !== 200) throw new Error("list: " + await answer.text());
  return ((await answer.json()) as { reports: { id: string; withdrawn: string | null }[] }).reports;
}

/** The archive, as stock age opens it with the member's identity. */
export function open_with_age(site: Site, member_id: string, sealed: Buffer): Buffer {
  const file = join(site.folder, member_id + ".identity");
  writeFileSync(file, (site.organisation.members.find(({ id }) => id === member_id)?.identity ?? "") + "\n");
  const result = spawnSync("age", ["-d", "-i", file], { input: sealed, maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error("age: " + result.stderr.toString());
  return result.stdout;
}

export const PASSPHRASE = "correct horse battery staple";

/** Her key file as `candour caseworker create` would have made it (docs/spec/keys.md), but with the least work to unlock it. */
export async function write_key_file(site: Daemon, member_id: string): Promise<string> {
  const file = join(site.folder, member_id + ".key");
  const member = site.organisation.members.find(({ id }) => id === member_id);
  if (member === undefined) throw new RangeError("no such member");
  if (existsSync(file)) return file;
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(1);
  writeFileSync(file, await encrypter.encrypt([
    "# candour/v1/key-file", "# name: " + member.signer.name, "# signing-key: " + encode_base64(member.signer.seed),
    "# sealing-key: " + day_from_now(-1) + " " + day_from_now(60) + " " + await identityToRecipient(member.identity), member.identity, "",
  ].join("\n")), { mode: 0o600 });
  writeFileSync(join(site.folder, "passphrase"), PASSPHRASE + "\n", { mode: 0o600 });
  return file;
}

/** `candour open` as the member: what it printed, its status, and the folder that it made. */
export async function candour_open(site: Site, member_id: string, report_id: string, out: string): Promise<{ status: number | null; said: string }> {
  const key = await write_key_file(site, member_id);
  const result = spawnSync(join(bin, "candour"), [
    "open", report_id, "--out", out, "--server", site.desk_address, "--key", key,
    "--passphrase-file", join(site.folder, "passphrase"), "--pin", join(site.folder, "root.pin"),
  ], { encoding: "utf8", env: { ...process.env, XDG_STATE_HOME: join(site.folder, "state-" + member_id) } });
  return { status: result.status, said: result.stdout + result.stderr };
}
