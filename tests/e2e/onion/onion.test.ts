// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole way over a real Tor: the page from an onion address, the desk behind client authorisation, circuits that flood and circuits that die.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { say } from "../../../client-web/desk/words";
import { en } from "../../../client-web/src/words/en";
import { DESKTOP, heading, open_browser, open_page, press, type, until, until_heading } from "../browser";
import { bin } from "../daemon";
import { PASSPHRASE, write_key_file } from "../desk";
import { run_desk } from "../desk_tool";
import { add_files, open_box, says, STORY, to_check, to_files, until_sent } from "../walk";
import { ask, circuits_to, kill_circuits } from "./control";
import { inner_layer } from "./descriptor";
import { until as until_holds } from "./network";
import { candour, open_tor_browser } from "./people";
import { make_client_key, start_onion_site, type OnionSite } from "./site";
import { connect, get, NO_KEY, status_of, WRONG_KEY } from "./socks";

const MIB = 1024 * 1024;
const FILM_BYTES = 50 * MIB;
const CIRCUIT_CONNECTIONS = 600; // in a minute, as candourd has it unless told
const REFUSED_MIN = 100;
const FLOOD_MILLISECONDS_MAX = 100_000;
const SENDING_MILLISECONDS_MAX = 300_000;
const ANSWER = "We have read it. When is it safe to write?";

const CONNECTING_MILLISECONDS_MAX = 180_000;

let site: OnionSite;
before(async () => {
  site = await start_onion_site();
});
after(() => site.stop());

const run_program = promisify(execFile);
const run = async (...options: readonly string[]): Promise<string> => (await run_program(join(bin, "candour"), options)).stdout.trim();

/** The configuration files of the tors that this process has started. */
function tors_of(pid: number): string[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1];
      return parent === pid.toString() ? [readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0")] : [];
    } catch {
      return []; // it has ended
    }
  });
  return all.filter(([program]) => program === "tor").map((words) => words[words.indexOf("-f") + 1] ?? "");
}

/** Of the member's reports the one that is so large. */
async function find_report(member: string, fits: (bytes: number) => boolean): Promise<string> {
  const inbox = await candour(site, site.caseworker, member, "inbox", "--json");
  assert.equal(inbox.status, 0, inbox.said);
  const { reports } = JSON.parse(inbox.said) as { reports: { id: string; bytes: number }[] };
  const [found, ...more] = reports.filter(({ bytes }) => fits(bytes));
  assert.ok(found !== undefined && more.length === 0, inbox.said);
  return found.id;
}

test("a report goes from the onion's page to a caseworker, and her answer back", async () => {
  const browser = await open_tor_browser("firefox-safer", site.anybody);
  try {
    const address = "http://" + site.reporter + "/";
    const first = await open_page(browser, address);
    assert.ok(await first.page.evaluate(() => isSecureContext), "as in Tor Browser");
    await to_files(first.page);
    const codename = await to_check(first.page, "people"); // without Robin
    await press(first.page, en.check.button);
    await until_sent(first.page);
    await first.page.close();
    const elsewhere = first.asked.filter((url) => new URL(url).host !== site.reporter && !url.startsWith("data:")); // Firefox draws its own parts with data: fonts
    assert.deepEqual(elsewhere, [], "no other server");

    const pin = join(site.folder, "root.pin");
    const report = await find_report("sam", (bytes) => bytes < MIB);
    const opened = await candour(site, site.caseworker, "sam", "open", report, "--pin", pin, "--out", join(site.folder, "opened"));
    assert.equal(opened.status, 0, opened.said);
    assert.ok(opened.said.includes(STORY), opened.said);
    const replied = await candour(site, site.caseworker, "sam", "reply", report, "--pin", pin, "--text", ANSWER);
    assert.equal(replied.status, 0, replied.said);
    const excluded = await candour(site, site.caseworker, "robin", "inbox", "--json");
    assert.deepEqual(JSON.parse(excluded.said), { reports: [] });

    await site.restart();
    const { page } = await open_page(browser, address);
    await until_heading(page, en.start.title);
    await open_box(page, codename);
    await says(page, ANSWER, 120_000);
  } finally {
    await browser.close();
  }
});

test("without the key nobody comes to the desk, and with another key neither", async () => {
  const seen = (): Promise<number> => site.counted("tor_hs_intro_num_total", site.desk);
  const before_them = await seen();
  assert.ok(before_them > 0, "it counts who comes");
  const answer = async (name: string): Promise<number> => {
    const { answer: said, socket } = await connect(site.anybody, site.desk, name);
    socket.destroy();
    return said;
  };
  assert.equal(await answer("without"), NO_KEY);
  const service = site.desk.replace(".onion", "");
  const added = await ask(site.anybody, `ONION_CLIENT_AUTH_ADD ${service} x25519:${make_client_key().private_base64}`);
  assert.equal(await answer("wrong"), WRONG_KEY, added);
  await ask(site.anybody, "ONION_CLIENT_AUTH_REMOVE " + service);
  const told = await candour(site, site.anybody, "sam", "inbox");
  assert.notEqual(told.status, 0, "her key file alone does not do");
  assert.match(told.said, /Tor/);
  assert.equal(await seen(), before_them, "the desk's onion service has heard of none of them");

  assert.equal(status_of(await get(site.caseworker, site.desk, "/v1/roster", "with")), 200);
  assert.ok(await seen() > before_them, "and of her it has");
});

test("who is invited needs her key file and the invitation, and nothing else", async (t) => {
  const key = await write_key_file(site, "ada");
  const passphrase = ["--passphrase-file", join(site.folder, "passphrase")];
  const [invitation, roster, pin] = [join(site.folder, "ada.invitation"), join(site.folder, "roster.note"), join(site.folder, "root.pin")];
  await run("caseworker", "invite", "ada", "--roster", roster, "--pin", pin, "--onion-folder", site.desk_folder, "--out", invitation);
  site.reload();
  const compare = run_program(join(bin, "candour"), ["caseworker", "invitation", invitation, "--key", key, ...passphrase], { env: { ...process.env, XDG_STATE_HOME: join(site.folder, "state-invited") } });
  compare.child.stdin?.end("yes\n");
  assert.ok((await compare).stdout.includes(await run("fingerprint", pin, "--desk", "http://" + site.desk)), "the words that she compares");
  const begun = performance.now();
  const tool = await run_desk(site, "invited", ["--key", key, "--invitation", invitation, "--torrc", site.torrc]);
  const her_tor = (): string[] => tors_of(tool.pid);
  try {
    const browser = await open_browser("firefox", {});
    try {
      const { page } = await open_page(browser, tool.way(), DESKTOP);
      await until_heading(page, say.unlock.title);
      await type(page, "passphrase", PASSPHRASE);
      await press(page, say.unlock.button);
      await until_heading(page, say.inbox.title, CONNECTING_MILLISECONDS_MAX);
      t.diagnostic(`the desk is open after ${((performance.now() - begun) / 1000).toFixed(1)} s, Tor begun from nothing`);
      await says(page, say.bar.signed_in("Ada"));
      assert.equal(her_tor().length, 1);
      assert.deepEqual(her_tor().flatMap((torrc) => existsSync(torrc) ? [torrc] : []), [], "her authorisation is in no file");
      await press(page, say.bar.lock);
      await until_heading(page, say.unlock.title);
      assert.deepEqual(her_tor(), [], "it ends with the lock");
    } finally {
      await browser.close();
    }
  } finally {
    await tool.stop();
  }
});

test("a circuit that floods is refused, and another one is served", async (t) => {
  const flood: string[] = [];
  const other: number[] = [];
  const counted = (status: number): number => flood.filter((answer) => status_of(answer) === status).length;
  let flooding = true;
  const one_of_them = async (): Promise<void> => {
    while (flooding) flood.push(await get(site.anybody, site.reporter, "/pin", "flood"));
  };
  const bystander = async (): Promise<void> => {
    for (const deadline = Date.now() + FLOOD_MILLISECONDS_MAX; counted(429) < REFUSED_MIN && Date.now() < deadline; await sleep(300)) {
      other.push(status_of(await get(site.anybody, site.reporter, "/pin", "other")));
    }
    flooding = false;
  };
  const begun = performance.now();
  await Promise.all([bystander(), ...Array.from({ length: 16 }, one_of_them)]);
  const seconds = (performance.now() - begun) / 1000;
  t.diagnostic(`in ${seconds.toFixed(1)} s ${counted(200)} requests served and ${counted(429)} refused, ${counted(0)} closed; on the other circuit ${other.length} served`);
  const circuits = (await circuits_to(site.anybody, site.reporter)).filter(({ name }) => name === "flood");
  assert.equal(circuits.length, 1, "they came by one circuit");
  assert.ok(counted(429) >= REFUSED_MIN);
  assert.equal(counted(200) + counted(429) + counted(0), flood.length, "no other answers");
  assert.ok(counted(200) >= CIRCUIT_CONNECTIONS && counted(200) <= CIRCUIT_CONNECTIONS * (1 + seconds / 60) + 1, "a minute's worth, and what was added since");
  assert.match(flood.findLast((answer) => status_of(answer) === 429) ?? "", /\r\nRetry-After: \d+\r\n[^]*\/problems\/slow-down/);
  assert.ok(other.length >= 3);
  assert.deepEqual(other.filter((status) => status !== 200), []);
});

test("50 MiB outlive circuits that are killed, from the page to the server and on to a caseworker", async (t) => {
  const browser = await open_tor_browser("firefox", site.anybody);
  try {
    const { page } = await open_page(browser, "http://" + site.reporter + "/");
    await to_files(page);
    const film = join(site.folder, "film.mp4");
    const content = randomBytes(FILM_BYTES);
    writeFileSync(film, content);
    await add_files(page, [film]);
    await to_check(page, "people");
    const begun = performance.now();
    await press(page, en.check.button);
    await until_heading(page, en.sending.title);
    let killed = 0;
    for (const part of [15, 40, 65]) {
      await until(page, (wanted: number) => Number(document.querySelector("progress")?.value ?? 100) >= wanted, { timeout: SENDING_MILLISECONDS_MAX }, part);
      assert.equal(await heading(page), en.sending.title, "it is in the middle");
      const now = await kill_circuits(site.anybody, site.reporter);
      assert.ok(now > 0, "a circuit carried it");
      killed += now;
    }
    await until_sent(page, undefined, SENDING_MILLISECONDS_MAX);
    t.diagnostic(`sealed, sent and acknowledged in ${((performance.now() - begun) / 1000).toFixed(1)} s, with ${killed} circuits killed`);

    const report = await find_report("sam", (bytes) => bytes > FILM_BYTES);
    const out = join(site.folder, "opened-film");
    const sent = (): Promise<number> => site.counted("tor_hs_app_read_bytes_total", site.desk);
    const sent_before = await sent();
    const opening = candour(site, site.caseworker, "sam", "open", report, "--out", out);
    await until_holds(async () => await sent() > sent_before + FILM_BYTES / 4, () => "a quarter of the report");
    assert.ok(await kill_circuits(site.caseworker, site.desk) > 0, "it was on its way to her");
    const opened = await opening;
    assert.equal(opened.status, 0, opened.said);
    const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
    assert.equal(hash(readFileSync(join(out, "attachments/001.mp4"))), hash(content));
  } finally {
    await browser.close();
  }
});

test("the reporter's onion service offers proof of work", async () => {
  const descriptor = await ask(site.anybody, "GETINFO hs/client/desc/id/" + site.reporter.replace(".onion", ""));
  const inner = inner_layer(descriptor, site.reporter);
  assert.match(inner, /^introduction-point /m, "it is open");
  assert.match(inner, /^pow-params v1 /m);
});
