// SPDX-License-Identifier: AGPL-3.0-or-later
// PNG: a signature, then chunks: length, name, content, CRC-32.

import { concat, type Bytes } from "../protocol/bytes";
import type { Details } from "./details";
import { is_bare_exif, orientation_exif, read_marked_exif } from "./exif";
import { clean_icc, is_clean_icc } from "./icc";
import { View, type Piece, type Source } from "./view";

interface Chunk {
  readonly name: string;
  readonly from: number;
  readonly body: number;
  readonly bytes: number;
  readonly until: number;
}

const CHUNKS_MAX = 200_000; // some programs write one for each 8 KiB
const BLOCK_BYTES_MAX = 1024 * 1024;
const PROFILE_BYTES_MAX = 4 * 1024 * 1024;
/** What a decoder needs, films of pictures too. */
const PICTURE = new Set("IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split(" "));

async function walk(source: Source): Promise<{ chunks: readonly Chunk[]; whole: boolean }> {
  const chunks: Chunk[] = [];
  for (let at = 8; chunks.length < CHUNKS_MAX; ) {
    const head = await source.read(at, 8);
    const [bytes, name] = [head.u32(0), head.name(4)];
    const until = at + 12 + bytes;
    if (head.length < 8 || until > source.size || !/^[A-Za-z]{4}$/.test(name)) break;
    chunks.push({ name, from: at, body: at + 8, bytes, until });
    if (name === "IEND") return { chunks, whole: chunks[0]?.name === "IHDR" };
    at = until;
  }
  return { chunks, whole: false };
}

export async function read_png(source: Source, details: Details): Promise<void> {
  const { chunks, whole } = await walk(source);
  for (const { name, body, bytes } of chunks) {
    if (PICTURE.has(name)) continue;
    const content = await source.read(body, Math.min(bytes, BLOCK_BYTES_MAX));
    if (name === "eXIf") {
      if (is_bare_exif(content)) details.orientation = content.u8(19);
      else read_marked_exif(content, details);
    } else if (name === "tIME") {
      const two = (at: number): string => content.u8(at).toString().padStart(2, "0");
      details.time(`${content.u16(0).toString().padStart(4, "0")}-${two(2)}-${two(3)} ${two(4)}:${two(5)}:${two(6)}Z`);
    } else if (name === "tEXt" || name === "iTXt" || name === "zTXt") {
      read_note(content, details);
    } else if (name === "iCCP") {
      const profile = await unpack_profile(content);
      if (profile === null || !is_clean_icc(profile)) details.more("unknown");
    } else {
      details.more("unknown");
    }
  }
  if (!whole || (chunks.at(-1)?.until ?? 0) < source.size) details.more("unknown");
}

/** A keyword, then text that may be packed: only the keyword is looked at, and the text where it is plain. */
function read_note(content: View, details: Details): void {
  const keyword = content.readable(0, 79);
  const text = content.readable(keyword.length + 1);
  if (keyword === "XML:com.adobe.xmp") details.more("xmp");
  else if (keyword === "Creation Time") details.time(text);
  else if (keyword === "Software") details.add({ what: "program", text });
  else if (keyword === "Author" || keyword === "Copyright") details.add({ what: "person", text });
  else if (keyword === "Source") details.add({ what: "device", text });
  details.more(keyword === "XML:com.adobe.xmp" ? "xmp" : "comment");
}

// ---- the colour profile, packed ----

async function through(bytes: Uint8Array, way: GenericTransformStream, bytes_max: number): Promise<Bytes | null> {
  const reader = (new Blob([bytes as Bytes]).stream().pipeThrough(way as ReadableWritablePair<Uint8Array, BufferSource>)).getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concat(...parts);
      parts.push(value);
      total += value.length;
      if (total > bytes_max) {
        reader.cancel().catch(() => undefined);
        return null;
      }
    }
  } catch {
    return null; // not packed as it should be
  }
}

async function unpack_profile(content: View): Promise<View | null> {
  const end = content.bytes.subarray(0, 80).indexOf(0);
  if (end < 0 || content.u8(end + 1) !== 0 || typeof DecompressionStream === "undefined") return null;
  const bytes = await through(content.bytes.slice(end + 2), new DecompressionStream("deflate"), PROFILE_BYTES_MAX);
  return bytes === null ? null : new View(bytes);
}

let crc_table: Uint32Array | null = null;

function crc32(bytes: Uint8Array): number {
  crc_table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc_table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function chunk(name: string, content: Uint8Array): Bytes {
  const named = concat(new TextEncoder().encode(name), content);
  const frame = new DataView(new ArrayBuffer(4 + named.length + 4));
  frame.setUint32(0, content.length);
  new Uint8Array(frame.buffer).set(named, 4);
  frame.setUint32(4 + named.length, crc32(named));
  return new Uint8Array(frame.buffer);
}

export async function strip_png(source: Source, orientation: number): Promise<Piece[] | null> {
  const { chunks, whole } = await walk(source);
  if (!whole) return null;
  const pieces: Piece[] = [{ from: 0, until: 8 }];
  for (const { name, from, body, bytes, until } of chunks) {
    if (PICTURE.has(name)) {
      const last = pieces.at(-1);
      if (last !== undefined && !(last instanceof Uint8Array) && last.until === from) pieces.splice(-1, 1, { from: last.from, until });
      else pieces.push({ from, until });
    }
    if (name === "iCCP") {
      const profile = await unpack_profile(await source.read(body, Math.min(bytes, BLOCK_BYTES_MAX)));
      const clean = profile === null ? null : clean_icc(profile);
      const packed = clean === null ? null : await through(clean, new CompressionStream("deflate"), PROFILE_BYTES_MAX);
      if (packed !== null) pieces.push(chunk("iCCP", concat(new TextEncoder().encode("icc\0\0"), packed)));
    }
    if (name === "IHDR" && orientation !== 1) pieces.push(chunk("eXIf", orientation_exif(orientation)));
  }
  return pieces;
}
