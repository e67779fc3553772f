// SPDX-License-Identifier: AGPL-3.0-or-later
// JPEG: segments, then the picture's own data, which ends at EOI. Phones put more pictures and films behind that.

import { concat, type Bytes } from "../protocol/bytes";
import type { Details } from "./details";
import { is_bare_exif, marked_exif, read_marked_exif } from "./exif";
import { clean_icc, is_clean_icc } from "./icc";
import { View, type Piece, type Source } from "./view";

interface Segment {
  readonly marker: number;
  readonly from: number; // of the marker
  readonly body: number;
  readonly until: number; // for SOS: with the data that follows
}

interface Walk {
  readonly segments: readonly Segment[];
  readonly whole: boolean; // it came to EOI
  readonly end: number; // behind EOI
}

const STEPS_MAX = 2000; // segments, and bytes that fill between them
const [SOI, EOI, SOS, COMMENT] = [0xd8, 0xd9, 0xda, 0xfe];
const [APP0, APP1, APP2, APP13, APP14] = [0xe0, 0xe1, 0xe2, 0xed, 0xee];
const ICC_MARK = "ICC_PROFILE\0";
const ICC_BYTES_MAX = 4 * 1024 * 1024;
const SEGMENT_BODY_MAX = 65533;
const SCAN_BYTES = 256 * 1024;

/** Tables, frames and scans: what a decoder needs. */
function is_picture(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd);
}

/** to_end: also through the picture's data. Without, it stops there. */
async function walk(source: Source, to_end: boolean): Promise<Walk> {
  const segments: Segment[] = [];
  let at = 2;
  const stop = (whole = false): Walk => ({ segments, whole, end: at });
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const head = await source.read(at, 4);
    if (head.u8(0) !== 0xff) return stop();
    const marker = head.u8(1);
    if (marker === 0xff) { // fill
      at += 1;
      continue;
    }
    if (marker === EOI) {
      at += 2;
      return stop(true);
    }
    const bytes = head.u16(2);
    const until = at + 2 + bytes;
    if (marker === SOI || marker < 0xc0 || bytes < 2 || until > source.size) return stop();
    const data_end = marker === SOS && to_end ? await scan(source, until) : until;
    segments.push({ marker, from: at, body: at + 4, until: data_end });
    if (marker === SOS && !to_end) return stop();
    at = data_end;
  }
  return stop();
}

/** Where the next marker is. Zeros and restarts (D0 to D7) belong to the data. */
async function scan(source: Source, from: number): Promise<number> {
  for (let at = from; at < source.size; ) {
    const { bytes } = await source.read(at, SCAN_BYTES);
    if (bytes.length === 0) break;
    for (let i = bytes.indexOf(0xff); i >= 0 && i + 1 < bytes.length; i = bytes.indexOf(0xff, i + 1)) {
      const next = bytes[i + 1] ?? 0;
      if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at + i;
    }
    if (bytes.length === 1) break;
    at += bytes.length - 1; // an FF at the very end is looked at again
  }
  return source.size;
}

export async function read_jpeg(source: Source, details: Details, to_end: boolean): Promise<void> {
  const { segments, whole, end } = await walk(source, to_end);
  const profile = await read_profile(source, segments);
  if (profile !== null && !is_clean_icc(profile)) details.more("unknown");
  for (const { marker, body, until } of segments) {
    if (is_picture(marker)) continue;
    const content = await source.read(body, until - body);
    if (marker === APP1 && content.begins("Exif\0\0")) {
      if (!is_bare_exif(content.part(6, content.length - 6)) || details.orientation !== 1) read_marked_exif(content, details);
      else details.orientation = content.u8(6 + 19);
    } else if (marker === APP1 && content.begins("//ns.adobe.com/", 5)) details.more("xmp");
    else if (marker === APP13) details.more("iptc");
    else if (marker === COMMENT) details.more("comment");
    else if (marker === APP0 && content.begins("JFIF\0") && content.length === 14) continue;
    else if (marker === APP2 && content.begins(ICC_MARK)) continue;
    else if (marker === APP14 && content.begins("Adobe") && content.length === 12) continue;
    else if (marker === APP2 && content.begins("MPF\0")) details.more("thumbnail");
    else details.more("unknown");
  }
  if (to_end && (!whole || end < source.size)) details.more("unknown");
}

async function read_profile(source: Source, segments: readonly Segment[]): Promise<View | null> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (const { marker, body, until } of segments) {
    if (marker !== APP2) continue;
    const content = await source.read(body, until - body);
    if (!content.begins(ICC_MARK)) continue;
    const number = content.u8(12);
    if (number !== parts.length + 1) return null;
    parts.push(content.bytes.slice(14));
    total += content.length;
    if (total > ICC_BYTES_MAX) return null;
  }
  return parts.length === 0 ? null : new View(concat(...parts));
}

function segment(marker: number, ...body: readonly Uint8Array[]): Bytes {
  const content = concat(...body);
  const bytes = content.length + 2;
  return concat(new Uint8Array([0xff, marker, bytes >> 8, bytes & 0xff]), content);
}

function profile_segments(profile: Uint8Array): Bytes[] {
  const room = SEGMENT_BODY_MAX - 14;
  const count = Math.ceil(profile.length / room);
  const mark = new TextEncoder().encode(ICC_MARK);
  return Array.from({ length: count }, (_, i) => segment(APP2, mark, new Uint8Array([i + 1, count]), profile.subarray(i * room, (i + 1) * room)));
}

/** Null where it is not whole, or not as we understand it. */
export async function strip_jpeg(source: Source, orientation: number): Promise<Piece[] | null> {
  const { segments, whole } = await walk(source, true);
  if (!whole || !segments.some(({ marker }) => marker === SOS)) return null;
  const pieces: Piece[] = [new Uint8Array([0xff, SOI])];
  const jfif = segments.find(({ marker }) => marker === APP0);
  const head = jfif === undefined ? new View(new Uint8Array(0)) : await source.read(jfif.body, 14);
  // With its version and its units, without its small picture.
  if (head.begins("JFIF\0") && head.length === 14) pieces.push(segment(APP0, head.bytes.slice(0, 12), new Uint8Array(2)));
  if (orientation !== 1) pieces.push(segment(APP1, marked_exif(orientation)));
  const profile = await read_profile(source, segments);
  const clean = profile === null ? null : clean_icc(profile);
  if (clean !== null) pieces.push(...profile_segments(clean));
  for (const { marker, from, body, until } of segments) {
    if (is_picture(marker)) {
      pieces.push({ from, until });
    } else if (marker === APP14) {
      const adobe = await source.read(body, 12);
      if (adobe.begins("Adobe") && adobe.length === 12) pieces.push(segment(APP14, adobe.bytes.slice())); // how its colours are meant
    }
  }
  pieces.push(new Uint8Array([0xff, EOI]));
  return pieces;
}
