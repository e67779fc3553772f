// SPDX-License-Identifier: AGPL-3.0-or-later
// What files tell beside their content is found, and copies tell nothing of it. exiftool, which is not ours, writes the details in and
// searches the copies.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { deflateSync } from "node:zlib";
import { look, name_tells_time, type Look } from "../../../client-web/src/evidence/look";
import { is_stripped_copy, strip } from "../../../client-web/src/evidence/strip";
import { AVIF, box, HEIC, JPEG, jpeg_segment, make_film, make_jpeg, make_png, png_chunk, SCREEN_PROFILE, text, u16, u32, WEBP } from "./pictures";

const folder = mkdtempSync(join(tmpdir(), "candour-evidence-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function exiftool(...args: readonly string[]): string {
  const result = spawnSync("exiftool", args, { encoding: "utf8" });
  if (result.error !== undefined) throw new Error("exiftool is missing: setup/packages.sh test");
  assert.equal(result.status, 0, result.stdout + result.stderr);
  return result.stdout;
}

const file_of = (bytes: Uint8Array<ArrayBuffer>, name = "IMG_20261123_141509.jpg"): File => new File([bytes], name);
const bytes_of = async (blob: Blob): Promise<Buffer<ArrayBuffer>> => Buffer.from(await blob.arrayBuffer());
const told = (seen: Look, what: string): unknown[] => seen.details.filter((detail) => detail.what === what).map((detail) => ("text" in detail ? detail.text : [detail.latitude, detail.longitude]));

const TOLD = [
  "-AllDates=2026:11:23 14:15:09", "-OffsetTimeOriginal=+01:00", "-Make=Apple", "-Model=iPhone 12", "-GPSLatitude=51.5012", "-GPSLatitudeRef=N",
  "-GPSLongitude=0.1419", "-GPSLongitudeRef=W", "-SerialNumber=SERIAL-XK77", "-OwnerName=Ann Other", "-Orientation#=6", "-Software=17.1", "-XMP:City=Westminster",
];
const SECRETS = /SERIAL-XK77|Ann Other|Westminster|iPhone|Apple|2026|17\.1|Secret/;

/** With everything that a phone tells, as exiftool writes it. */
function with_details(name: string, plain: Buffer): Buffer<ArrayBuffer> {
  const path = join(folder, name);
  writeFileSync(path, plain);
  exiftool("-q", "-overwrite_original", ...TOLD, path);
  return Buffer.from(readFileSync(path));
}

const PHOTOS: Readonly<Record<string, Buffer>> = { "a.jpg": JPEG, "a.png": make_png(), "a.webp": WEBP, "a.heic": HEIC, "a.avif": AVIF };
for (const [name, plain] of Object.entries(PHOTOS)) {
  test("time, place, device and owner are found in " + name + "; exiftool finds nothing of it in the copy", async () => {
    const original = file_of(with_details(name, plain));
    const seen = await look(original);
    assert.ok(told(seen, "time").includes("2026-11-23 14:15 +01:00"), JSON.stringify(seen));
    const [place] = told(seen, "place") as [number, number][];
    assert.ok(place !== undefined && Math.abs(place[0] - 51.5012) < 1e-4 && Math.abs(place[1] + 0.1419) < 1e-4, JSON.stringify(place));
    assert.deepEqual([told(seen, "device"), told(seen, "serial"), told(seen, "person"), told(seen, "program")], [["Apple iPhone 12"], ["SERIAL-XK77"], ["Ann Other"], ["17.1"]]);
    assert.ok(told(seen, "more").includes("xmp") && seen.strippable);

    const copy = await strip(original, seen, "Photo 1 without details");
    assert.ok(copy !== null && is_stripped_copy(copy) && !is_stripped_copy(original));
    assert.match(copy.name, /^Photo 1 without details\.(jpg|png|webp|heic)$/);
    const path = join(folder, "copy-" + name);
    const bytes = await bytes_of(copy);
    writeFileSync(path, bytes);
    const left = exiftool("-a", "-G1", "-s", "-u", "-ee", "--System:all", "--ExifToolVersion", path)
      .replace(/^.*Invalid XMP$/m, "").replaceAll("[QuickTime]", "[Boxes]"); // HEIC: zeros where XMP was; and a group's name
    assert.doesNotMatch(left, SECRETS);
    assert.doesNotMatch(left, /GPS|Date|Time|XMP|IPTC|Warning|Serial|Make\b|Owner/i);
    assert.ok(!/SERIAL-XK77|Westminster|iPhone/.test(bytes.toString("latin1")));
    const dots = (file: string): string => exiftool("-s3", "-ImageSize", file);
    assert.equal(dots(path), dots(join(folder, name)));
    if (/jpg|png|webp/.test(name)) assert.equal(exiftool("-s3", "-n", "-Orientation", path).trim(), "6", "it still stands upright");
  });

  test("a plain " + name + " tells nothing, and its copy is the same picture", async () => {
    const seen = await look(file_of(Buffer.from(plain)), true);
    assert.deepEqual(seen.details, []);
    const copy = await strip(file_of(Buffer.from(plain)), seen, "copy");
    assert.ok(copy !== null);
    const copied = await bytes_of(copy);
    assert.ok(copied.equals(plain), name);
  });

  test(name + " cut anywhere, or with any bytes changed: looking and stripping end, quietly and soon", async () => {
    const whole = with_details(name, plain);
    const inspect = async (bytes: Buffer<ArrayBuffer>): Promise<void> => {
      const file = file_of(bytes);
      const copy = await strip(file, await look(file), "copy");
      if (copy !== null) assert.deepEqual((await look(copy, true)).details, [], "a copy that is given out tells nothing");
    };
    for (let end = 0; end < whole.length; end += 1) await inspect(whole.subarray(0, end));
    let state = 7; // the same changes every time
    const draw = (below: number): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % below;
    for (let round = 0; round < 1500; round += 1) {
      const changed = Buffer.from(whole);
      for (let i = draw(8); i >= 0; i -= 1) changed[draw(changed.length)] = [0, 255, draw(256), 128][draw(4)] ?? 0;
      await inspect(changed);
    }
  });
}

test("what phones hang behind a photo, between its parts and into its profile does not go with the copy", async () => {
  const secret = text("Secret film behind the picture, SERIAL-XK77");
  const icc = Buffer.concat([text("ICC_PROFILE\0\x01\x01"), SCREEN_PROFILE]);
  const jpeg = make_jpeg([jpeg_segment(0xe2, icc), jpeg_segment(0xfe, secret), jpeg_segment(0xed, text("Photoshop 3.0\0Secret")), jpeg_segment(0xe5, secret), jpeg_segment(0xee, text("Adobe\0d\0\0\0\0\0\x01"))], secret);
  const png = make_png(png_chunk("iCCP", Buffer.concat([text("Ann's Mac\0\0"), deflateSync(SCREEN_PROFILE)])), png_chunk("prVt", secret), png_chunk("tEXt", text("Author\0Secret")), png_chunk("tIME", Buffer.from([7, 234, 11, 23, 14, 15, 9])));
  for (const [kind, bytes] of [["jpeg", jpeg], ["png", Buffer.concat([png, secret])]] as const) {
    const file = file_of(Buffer.from(bytes));
    const seen = await look(file);
    assert.ok(seen.details.length > 0, kind);
    const copy = await strip(file, seen, "copy");
    assert.ok(copy !== null, kind);
    const left = await bytes_of(copy);
    assert.ok(!/Secret|SERIAL|Ann's/.test(left.toString("latin1")), kind);
    const path = join(folder, "profile." + kind);
    writeFileSync(path, left);
    const said = exiftool("-a", "-G1", "-s", "-u", "--System:all", path);
    assert.match(said, /RedMatrixColumn/, "its colours are kept");
    assert.doesNotMatch(said, /XK77|Ann's|DELL|2026/);
  }
  assert.deepEqual((await look(file_of(png_with_time()))).details, [{ what: "time", text: "2026-11-23 14:15 +00:00" }]);
});

const png_with_time = (): Buffer<ArrayBuffer> => Buffer.from(make_png(png_chunk("tIME", Buffer.from([7, 234, 11, 23, 14, 15, 9]))));

test("films of phones: when, where, with what; and no copy is promised", async () => {
  for (const notes of ["quicktime", "keys", "3gp"] as const) {
    const film = make_film(notes);
    writeFileSync(join(folder, "film"), film);
    const judged = exiftool("-s", "-n", "-GPSCoordinates", "-LocationInformation", "-CreateDate", "-Model", join(folder, "film"));
    assert.match(judged, /51\.50/, notes + ": exiftool reads our film as we mean it");
    const seen = await look(file_of(Buffer.from(film)));
    assert.equal(seen.kind, "film");
    assert.ok(told(seen, "time").includes("2026-11-23 14:15 +00:00"), notes);
    const [place] = told(seen, "place") as [number, number][];
    assert.ok(place !== undefined && Math.abs(place[0] - 51.5012) < 1e-3 && Math.abs(place[1] + 0.1419) < 1e-3, notes + JSON.stringify(seen));
    if (notes !== "3gp") assert.deepEqual(told(seen, "device"), ["Apple iPhone 12"]);
    assert.equal(seen.strippable, false);
    assert.equal(await strip(file_of(Buffer.from(film)), seen, "copy"), null);
    for (let at = film.length - 700; at < film.length; at += 1) {
      await look(file_of(Buffer.from(film.subarray(0, at))));
      const changed = Buffer.from(film);
      changed[at] = 255;
      await look(file_of(changed));
    }
  }
});

test("documents and unknown files are named as what we cannot look into", async () => {
  const kinds = { "%PDF-1.7\n": "document", "PK\u0003\u0004....": "document", "\u00d0\u00cf\u0011\u00e0": "document", "{\\rtf1": "document", "Dear Ann": "other", "": "other" };
  for (const [begin, kind] of Object.entries(kinds)) {
    const seen = await look(file_of(Buffer.from(text(begin))));
    assert.deepEqual([seen.kind, seen.strippable], [kind, false]);
  }
  const tiff = Buffer.concat([text("II*\0"), Buffer.from([8, 0, 0, 0, 1, 0, 0x10, 1, 2, 0, 4, 0, 0, 0]), text("X-1\0"), u32(0)]);
  assert.deepEqual((await look(file_of(tiff))).details, [{ what: "device", text: "X-1" }]);
});

test("large files are read by slices: neither looking nor copying holds them", async () => {
  const read: number[] = [];
  class Watched extends File {
    override slice(from = 0, until = this.size, type = ""): Blob {
      read.push(until - from);
      return super.slice(from, until, type);
    }
  }
  const scans = Buffer.concat([JPEG.subarray(0, JPEG.length - 2), Buffer.alloc(40_000_000), JPEG.subarray(-2)]);
  const photo = new Watched([scans], "large.jpg");
  const seen = await look(photo);
  assert.ok(read.reduce((sum, bytes) => sum + bytes, 0) < 1_000_000, "only the beginning is read to look");
  const copy = await strip(photo, seen, "copy");
  assert.equal(copy?.size, scans.length);
  read.length = 0;
  const film = new Watched([box("ftyp", text("isom"), u32(0)), box("mdat", Buffer.alloc(80_000_000)), make_film("none").subarray(-200)], "film.mp4");
  await look(film);
  assert.ok(read.reduce((sum, bytes) => sum + bytes, 0) < 1_000_000);
});

test("endless tables, boxes and profiles come to an end", async () => {
  const loop = Buffer.concat([text("Exif\0\0MM\0*"), u32(8), u16(1), u16(0x8769), u16(4), u32(1), u32(8), u32(8)]);
  await look(file_of(Buffer.from(make_jpeg([jpeg_segment(0xe1, loop)]))));
  await look(file_of(Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(3_000_000, 0xff)])));
  await look(file_of(Buffer.concat([box("ftyp", text("qt  "), u32(0)), ...Array.from({ length: 20_000 }, () => box("moov"))])));
  const overlapping = Buffer.concat([SCREEN_PROFILE.subarray(0, 128), u32(90), ...Array.from({ length: 90 }, (_, i) => Buffer.concat([text("rTRC"), u32(i), u32(60_000)])), Buffer.alloc(60_000)]);
  const file = file_of(Buffer.from(make_jpeg([jpeg_segment(0xe2, Buffer.concat([text("ICC_PROFILE\0\x01\x01"), overlapping]))])));
  const copy = await strip(file, await look(file), "copy");
  assert.ok(copy !== null && copy.size <= file.size);
});

test("names that tell the day", () => {
  for (const name of ["IMG_20261123_141509.jpg", "PXL_20261123.jpg", "WhatsApp Image 2026-11-23 at 14.15.jpeg", "Screenshot_2026-11-23"]) assert.ok(name_tells_time(name), name);
  for (const name of ["IMG_0042.jpg", "letter.pdf", "20261399.png", "1202611231.png"]) assert.ok(!name_tells_time(name), name);
});
