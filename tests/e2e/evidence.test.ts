// SPDX-License-Identifier: AGPL-3.0-or-later
// Files in real browsers: what they tell is said before they are sent, a copy tells nothing of it, a voice is recorded and heard again.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { AVIF, JPEG, make_film, make_png, WEBP } from "../unit/client-web/pictures";
import { FARTHEST_BROWSERS, choose, heading, press, shoot, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view, assert_nothing_kept } from "./checks";
import { candour_open, fetch_sealed, open_with_age } from "./desk";
import type { Site } from "./server";
import { share_visits, type Visits } from "./visits";
import { add_files, says, to_check, to_files, until_sent } from "./walk";

const MICROPHONE: Readonly<Partial<Record<BrowserName, readonly [Record<string, unknown>, readonly string[]]>>> = {
  "chromium": [{}, ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]],
  "firefox-safer": [{ "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true }, []],
};

let site: Site;
let open: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => ({ site, open } = visits), (name) => MICROPHONE[name] ?? [{}, []]);

const visit = async (name: BrowserName): Promise<Page> => (await open(name)).page;
const text_of = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

/** A photo as a phone makes it. */
function write_photo(name: string, plain: Buffer): string {
  const path = join(site.folder, name);
  writeFileSync(path, plain);
  const told = ["-DateTimeOriginal=2026:11:23 14:15:09", "-Make=Apple", "-Model=iPhone 12", "-GPSLatitude=51.5012", "-GPSLatitudeRef=N", "-GPSLongitude=0.1419", "-GPSLongitudeRef=W", "-Orientation#=6"];
  const result = spawnSync("exiftool", ["-q", "-overwrite_original", ...told, path], { encoding: "utf8" });
  if (result.status !== 0) throw new Error("exiftool: setup/packages.sh test; " + result.stderr);
  return path;
}

function write(name: string, bytes: Buffer | string): string {
  const path = join(site.folder, name);
  writeFileSync(path, bytes);
  return path;
}

interface Sent {
  readonly id: string;
  readonly attachments: readonly { readonly member: string; readonly name: string; readonly type: string; readonly details?: string }[];
  readonly manifest: string;
  content(member: string): Buffer;
}

/** Sends it from the files page and opens it as Sam. */
async function send(page: Page, site_requests: number): Promise<Sent> {
  await to_check(page, null);
  await press(page, en.check.button);
  await until_sent(page);
  const id = site.line.requests.slice(site_requests).map((request) => /^(?:PUT \/v1\/reports|POST \/v1\/uploads)\/([0-9a-f]{64})/.exec(request)?.[1]).find((found) => found !== undefined);
  const sealed = id === undefined ? null : await fetch_sealed(site, "sam", id);
  assert.ok(id !== undefined && sealed !== null);
  const archive = open_with_age(site, "sam", sealed);
  const content = (member: string): Buffer => spawnSync("tar", ["xO", member], { input: archive, maxBuffer: 1 << 28 }).stdout;
  return { id, attachments: JSON.parse(content("report.json").toString()).attachments, manifest: content("manifest.note").toString(), content };
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

for (const name of walked(FARTHEST_BROWSERS)) {
  test("what a photo and a film tell is said; the original goes byte for byte, a copy without its details and named so: " + name, async () => {
    const page = await visit(name);
    const requests = site.line.requests.length;
    await to_files(page);
    const original = write_photo("IMG_20261123_141509.jpg", JPEG);
    const other = write_photo("other.png", make_png());
    await add_files(page, [original, other, write("film.mov", make_film("quicktime")), write("letter.pdf", "%PDF-1.7\n"), write("notes", "Dear Ann")]);
    await says(page, en.evidence.near("51.50", "-0.14"));
    await until(page, (wait: string) => !document.body.innerText.includes(wait), {}, en.evidence.looking);
    const said = await text_of(page);
    for (const words of ["23 November 2026 at 14:15", "Apple iPhone 12", en.evidence.name_tells, en.evidence.document, en.evidence.other, en.evidence.cannot_strip]) assert.ok(said.includes(words), words + "\n" + said);
    assert.equal(await page.$eval("#keep-0", (radio) => (radio as HTMLInputElement).checked), true, "the original is the default");
    await assert_good_view(page, name, "evidence");

    await choose(page, "strip-1");
    await says(page, en.evidence.stripped(en.evidence.copy_name(2) + ".png"));
    await assert_good_view(page, name, "evidence-copy");
    await choose(page, "keep-1"); // and back
    await until(page, () => document.body.innerText.includes("other.png"));
    await choose(page, "strip-1");
    await says(page, en.evidence.stripped(en.evidence.copy_name(2) + ".png"));

    const sent = await send(page, requests);
    assert.deepEqual(sent.attachments.map((file) => [file.name, file.type, file.details]), [
      ["IMG_20261123_141509.jpg", "image/jpeg", undefined], ["Photo 2 (copy without details).png", "image/png", "removed"],
      ["film.mov", "video/quicktime", undefined], ["letter.pdf", "application/pdf", undefined], ["notes", sent.attachments[4]?.type, undefined],
    ]);
    const first = sent.content("attachments/001.jpg");
    assert.ok(first.equals(readFileSync(original)));
    assert.ok(sent.manifest.includes("file " + sha256(readFileSync(original)) + " "), "the original's hash is signed");
    const copy = sent.content("attachments/002.png");
    assert.ok(sent.manifest.includes("file " + sha256(copy) + " ") && !sent.manifest.includes(sha256(readFileSync(other))));
    writeFileSync(join(site.folder, "copy.png"), copy);
    const judged = spawnSync("exiftool", ["-a", "-G1", "-s", "--System:all", join(site.folder, "copy.png")], { encoding: "utf8" }).stdout;
    assert.doesNotMatch(judged, /GPS|2026|Apple|iPhone/);
    assert.match(judged, /Orientation/);
    const opened = await candour_open(site, "sam", sent.id, join(site.folder, "opened-" + name));
    assert.equal(opened.status, 0, opened.said);
    assert.ok(opened.said.includes(en.evidence.copy_name(2)), "the caseworker is told: " + opened.said);
  });

  test("the check page says once more what goes with each file: " + name, async () => {
    const page = await visit(name);
    await to_files(page);
    await add_files(page, [write_photo("a.jpg", JPEG), write_photo("b.webp", WEBP)]);
    await says(page, en.evidence.near("51.50", "-0.14"));
    await until(page, () => document.getElementById("strip-1") !== null);
    await choose(page, "strip-1");
    await says(page, en.evidence.stripped(en.evidence.copy_name(2) + ".webp"));
    await choose(page, "remove-0");
    await until(page, () => document.querySelectorAll(".files__file").length === 1);
    assert.ok((await text_of(page)).includes(en.evidence.stripped(en.evidence.copy_name(2) + ".webp")), "the choice stays with its file");
    await add_files(page, [join(site.folder, "a.jpg")]);
    await until(page, () => document.querySelectorAll(".files__file").length === 2);
    await to_check(page, null);
    const said = await text_of(page);
    assert.ok(said.includes(en.evidence.check_copy) && said.includes(en.evidence.check_tells("time, place, device")), said);
    await assert_good_view(page, name, "evidence-check");
  });

  test("a voice is recorded, paused, heard again and sent; nothing of it is left in the browser: " + name, async () => {
    const page = await visit(name);
    const requests = site.line.requests.length;
    await to_files(page);
    await assert_good_view(page, name, "record");
    await press(page, en.evidence.record.start);
    await says(page, en.evidence.record.recording);
    await says(page, en.evidence.record.length(2));
    await assert_good_view(page, name, "recording");
    await press(page, en.evidence.record.pause);
    await says(page, en.evidence.record.paused);
    const paused_at = await page.$eval(".recorder__time", (element) => element.textContent);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(await page.$eval(".recorder__time", (element) => element.textContent), paused_at, "paused is paused");
    await press(page, en.evidence.record.resume);
    await until(page, (before: string | null) => document.querySelector(".recorder__time")?.textContent !== before, {}, paused_at);
    await press(page, en.evidence.record.finish);
    await says(page, en.evidence.record.name(1));
    const heard = await page.evaluate(async () => {
      const audio = document.querySelector("audio") as HTMLAudioElement;
      audio.muted = true;
      await audio.play();
      await new Promise((resolve) => setTimeout(resolve, 700));
      return audio.currentTime;
    });
    assert.ok(heard > 0, "it plays");
    await assert_good_view(page, name, "recorded");
    const sent = await send(page, requests);
    await assert_nothing_kept(page);
    assert.match(sent.attachments[0]?.name ?? "", /^Recording 1 \(made on this page\)\.(webm|ogg)$/);
    const sound = sent.content(sent.attachments[0]?.member ?? "");
    assert.ok(sound.length > 2000);
    assert.ok(sound.subarray(0, 4).toString("latin1") === "OggS" || sound.readUInt32BE(0) === 0x1a45dfa3, "a sound file");
  });

  test("a recording that was thrown away is gone; one that runs when she goes on is kept; exit ends the microphone: " + name, async () => {
    const page = await visit(name);
    await to_files(page);
    await press(page, en.evidence.record.start);
    await says(page, en.evidence.record.length(1));
    await press(page, en.evidence.record.discard);
    await says(page, en.evidence.record.start);
    assert.equal(await page.$$eval(".files__file", (files) => files.length), 0);
    await press(page, en.evidence.record.start);
    await says(page, en.evidence.record.length(2));
    await press(page, en.continue);
    await until_heading(page, en.readers.title);
    await press(page, en.back);
    await says(page, en.evidence.record.name(1));
    await page.evaluate(() => {
      const seen = window as unknown as { tracks: MediaStreamTrack[] };
      seen.tracks = [];
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        seen.tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await press(page, en.evidence.record.start);
    await until(page, () => document.querySelector(".recorder__on") !== null);
    const ended = await page.evaluate(() => {
      document.getElementById("exit")?.click();
      return (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((track) => track.readyState);
    });
    assert.deepEqual(ended, ["ended"]);
  });
}

test("no microphone: it says so, and the rest of the page works", async () => {
  const page = await visit("chromium");
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await to_files(page);
  await press(page, en.evidence.record.start);
  await says(page, en.evidence.record.refused);
  await assert_good_view(page, "chromium", "record-refused");
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
});

test("where the browser has no recorder and no camera, as Tor Browser, neither is offered and nothing looks broken", async () => {
  const page = await visit("chromium");
  await page.evaluate(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined }));
  await to_files(page);
  const said = await text_of(page);
  assert.ok(!said.includes(en.evidence.record.title) && !said.includes(en.evidence.photo));
  assert.ok(await page.$("#camera") === null);
  await shoot(page, "files-tor");
});

test("a phone offers its camera", async () => {
  const page = await visit("chromium");
  await page.evaluate(() => {
    Object.defineProperty(HTMLInputElement.prototype, "capture", { value: "", configurable: true });
    const real = window.matchMedia.bind(window);
    window.matchMedia = (query) => (query === "(pointer: coarse)" ? ({ matches: true } as MediaQueryList) : real(query));
  });
  await to_files(page);
  assert.equal(await page.$eval("#camera", (input) => input.getAttribute("capture")), "environment");
  const input = await page.$("input#camera");
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(write_photo("camera.jpg", JPEG));
  await says(page, "camera.jpg");
  await shoot(page, "files-camera");
});

test("by keyboard alone: a copy is chosen, a recording is made", async () => {
  const page = await visit("chromium");
  await to_files(page);
  await add_files(page, [write_photo("a.jpg", JPEG)]);
  await until(page, () => document.getElementById("keep-0") !== null);
  const tab_to = async (id: string): Promise<void> => {
    for (let i = 0; i < 40; i += 1) {
      if (await page.evaluate((wanted: string) => document.activeElement?.id === wanted, id)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error("no way by Tab to " + id);
  };
  await tab_to("record");
  await page.keyboard.press("Enter");
  await says(page, en.evidence.record.length(1));
  const button = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.textContent ?? undefined);
  assert.equal(await button(), en.evidence.record.pause, "the focus is where the pressed button was");
  await page.keyboard.press("Tab");
  assert.equal(await button(), en.evidence.record.finish);
  await page.keyboard.press("Enter");
  await says(page, en.evidence.record.name(1));
  await tab_to("keep-0");
  await page.keyboard.press("ArrowDown");
  await says(page, en.evidence.stripped(en.evidence.copy_name(1) + ".jpg"));
  assert.equal(await heading(page), en.files.title);
});

test("while it is sent, each file has its own progress", async () => {
  const page = await visit("chromium");
  await to_files(page);
  await add_files(page, [write("one.bin", Buffer.alloc(2_500_000, 1)), write("two.bin", Buffer.alloc(3_000_000, 2))]);
  await to_check(page, null);
  site.line.bytes_per_second = 2_000_000;
  await press(page, en.check.button);
  await until_heading(page, en.sending.title);
  await until(page, (safe: string) => {
    const [one, two] = [...document.querySelectorAll(".files__size")].map((size) => size.textContent);
    return one === safe && /^\d+ %$/.test(two ?? "");
  }, { timeout: 60_000 }, en.evidence.sending.safe);
  await shoot(page, "sending-files");
  site.line.bytes_per_second = null;
  await until_sent(page);
});

test("a copy is the same picture, dot for dot, and stands as upright as the original", async () => {
  const page = await visit("chromium");
  await to_files(page);
  const photos: readonly (readonly [string, Buffer])[] = [["p.jpg", JPEG], ["p.png", make_png()], ["p.webp", WEBP], ["p.avif", AVIF]];
  const requests = site.line.requests.length;
  await add_files(page, photos.map(([name, plain]) => write_photo(name, plain)));
  for (const i of photos.keys()) {
    await until(page, (n: number) => document.getElementById("strip-" + n) !== null, {}, i);
    await choose(page, "strip-" + i);
  }
  await until(page, (count: number) => [...document.querySelectorAll(".files__name")].filter((name) => name.textContent?.startsWith("Photo ")).length === count, {}, photos.length);
  const sent = await send(page, requests);
  const looker = await visit("chromium");
  for (const [i, [name]] of photos.entries()) {
    const [original, copy] = [readFileSync(join(site.folder, name)), sent.content(sent.attachments[i]?.member ?? "")];
    const drawn = await Promise.all([original, copy].map((bytes) => looker.evaluate(async (base64: string) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
      canvas.drawImage(bitmap, 0, 0);
      return [bitmap.width, bitmap.height, ...canvas.getImageData(0, 0, bitmap.width, bitmap.height).data].join(",");
    }, bytes.toString("base64"))));
    assert.equal(drawn[1], drawn[0], name);
    if (name === "p.jpg") assert.ok(drawn[0]?.startsWith("8,24,"), "turned as the phone was held");
  }
});

