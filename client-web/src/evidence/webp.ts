// SPDX-License-Identifier: AGPL-3.0-or-later
// WebP: RIFF chunks, little-endian, padded to even lengths.

import { concat, type Bytes } from "../protocol/bytes";
import type { Details } from "./details";
import { is_bare_exif, orientation_exif, read_marked_exif } from "./exif";
import { clean_icc, is_clean_icc } from "./icc";
import { type Piece, type Source, type View } from "./view";

interface Chunk {
  readonly name: string;
  readonly from: number;
  readonly body: number;
  readonly bytes: number;
  readonly until: number;
}

const CHUNKS_MAX = 20_000;
const BLOCK_BYTES_MAX = 4 * 1024 * 1024;
const PICTURE = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"]);
const IN_FRAME = new Set(["ALPH", "VP8 ", "VP8L"]);
const FRAME_HEAD_BYTES = 16;
const [FLAG_ICC, FLAG_EXIF, FLAG_XMP] = [0x20, 0x08, 0x04];
const VP8X_BYTES = 10;

/** whole: to the very end of the file, and frames of a moving picture hold nothing but picture. */
async function walk(source: Source): Promise<{ chunks: readonly Chunk[]; whole: boolean }> {
  const chunks: Chunk[] = [];
  let whole = true;
  let at = 12;
  for (let inner_end = 0; at < source.size && chunks.length < CHUNKS_MAX; ) {
    const head = little(await source.read(at, 8));
    const bytes = head.u32(4);
    const until = at + 8 + bytes + (bytes % 2);
    if (head.length < 8 || at + 8 + bytes > source.size) return { chunks, whole: false };
    const name = head.name(0);
    if (at < inner_end) whole &&= IN_FRAME.has(name) && until <= inner_end;
    else chunks.push({ name, from: at, body: at + 8, bytes, until: Math.min(until, source.size) });
    if (name === "ANMF" && at >= inner_end && bytes >= FRAME_HEAD_BYTES) {
      inner_end = until;
      at += 8 + FRAME_HEAD_BYTES;
    } else {
      at = until;
    }
  }
  const last = chunks.at(-1);
  return { chunks, whole: whole && last !== undefined && at >= source.size && last.body + last.bytes + (last.bytes % 2) === source.size };
}

const little = (view: View): View => view.part(0, view.length, true);

export async function read_webp(source: Source, details: Details): Promise<void> {
  const { chunks, whole } = await walk(source);
  for (const { name, body, bytes } of chunks) {
    if (PICTURE.has(name)) continue;
    const content = await source.read(body, Math.min(bytes, BLOCK_BYTES_MAX));
    if (name === "EXIF") {
      if (is_bare_exif(content)) details.orientation = content.u8(19);
      else read_marked_exif(content, details);
    } else if (name === "XMP ") {
      details.more("xmp");
    } else if (name !== "ICCP" || !is_clean_icc(content)) {
      details.more("unknown");
    }
  }
  if (!whole) details.more("unknown");
}

function chunk(name: string, content: Uint8Array): Bytes {
  const head = new DataView(new ArrayBuffer(8));
  [...name].forEach((c, i) => head.setUint8(i, c.charCodeAt(0)));
  head.setUint32(4, content.length, true);
  return concat(new Uint8Array(head.buffer), content, new Uint8Array(content.length % 2));
}

export async function strip_webp(source: Source, orientation: number): Promise<Piece[] | null> {
  const { chunks, whole } = await walk(source);
  if (!whole) return null;
  const pieces: Piece[] = [];
  let extended: Bytes | null = null;
  for (const { name, from, body, bytes, until } of chunks) {
    const content = name === "VP8X" || name === "ICCP" ? await source.read(body, Math.min(bytes, BLOCK_BYTES_MAX)) : null;
    if (name === "VP8X" && content !== null) {
      if (content.length !== VP8X_BYTES) return null;
      extended = chunk(name, content.bytes);
      extended[8] = (extended[8] ?? 0) & ~(FLAG_ICC | FLAG_EXIF | FLAG_XMP);
      pieces.push(extended);
    } else if (name === "ICCP" && content !== null && extended !== null) {
      const clean = clean_icc(content);
      if (clean === null) continue;
      extended[8] = (extended[8] ?? 0) | FLAG_ICC;
      pieces.push(chunk(name, clean));
    } else if (PICTURE.has(name)) {
      pieces.push({ from, until });
    }
  }
  if (orientation !== 1 && extended !== null) {
    extended[8] = (extended[8] ?? 0) | FLAG_EXIF;
    pieces.push(chunk("EXIF", orientation_exif(orientation)));
  }
  const riff = new DataView(new ArrayBuffer(12));
  [..."RIFF\0\0\0\0WEBP"].forEach((c, i) => riff.setUint8(i, c.charCodeAt(0)));
  riff.setUint32(4, 4 + pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : piece.until - piece.from), 0), true);
  return [new Uint8Array(riff.buffer), ...pieces];
}
