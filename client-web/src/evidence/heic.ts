// SPDX-License-Identifier: AGPL-3.0-or-later
// HEIC and AVIF photos. How the picture is turned stands in its properties and not in EXIF, so that EXIF can go as a whole;
// in a copy all that is not picture becomes zeros in its place, so that nothing has to be moved.

import type { Bytes } from "../protocol/bytes";
import { read_items, walk_boxes, type Box, type Item } from "./boxes";
import type { Details } from "./details";
import { read_marked_exif } from "./exif";
import { clean_icc, is_clean_icc } from "./icc";
import { View, type Piece, type Source } from "./view";

const BLOCK_BYTES_MAX = 1024 * 1024;
const GAP_BYTES_MAX = 8 * 1024 * 1024;
const PARENTS = new Set(["/meta", "/meta/iprp", "/meta/iprp/ipco"]);
const words = (text: string): Set<string> => new Set(text.split(" "));
/** What a decoder needs, by the box that it is in. Where there is more, we do not know what it tells. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  "": words("ftyp meta mdat free skip"),
  "/meta": words("hdlr pitm iinf iloc iref iprp idat dinf grpl"),
  "/meta/iprp": words("ipco ipma"),
  "/meta/iprp/ipco": words("hvcC av1C avcC lhvC ispe pixi irot imir clap colr auxC pasp clli mdcv cclv a1op a1lx lsel tols oinf"),
};
const PICTURE_ITEMS = words("hvc1 av01 avc1 lhv1 grid iovl iden tmap");
const TOLD_ITEMS = new Set(["Exif", "mime", "uri "]);

interface Stretch {
  readonly from: number;
  readonly until: number;
}

interface Photo {
  readonly items: readonly Item[];
  readonly profiles: readonly { readonly from: number; readonly content: View }[];
  readonly filled: readonly Stretch[]; // where content lies
  readonly understood: boolean; // all of it is picture, or told
}

async function read_photo(source: Source): Promise<Photo> {
  const found = new Map<string, View>();
  const profiles: { from: number; content: View }[] = [];
  const filled: Stretch[] = [];
  let known = true;
  const copy = async (from: number, until: number): Promise<View> =>
    new View((await source.read(from, Math.min(until - from, BLOCK_BYTES_MAX))).bytes.slice()); // the next read may take its place
  const whole = await walk_boxes(source, (path) => PARENTS.has(path), async ({ name, body, until }: Box, path) => {
    known &&= KNOWN[path.slice(0, -5)]?.has(name) ?? false;
    if (name === "iinf" || name === "iloc") found.set(name, await copy(body, until));
    if (name === "mdat" || name === "free" || name === "skip") filled.push({ from: body, until });
    if (name !== "colr") return;
    const kind = (await source.read(body, 4)).name(0);
    if (kind === "prof" || kind === "rICC") profiles.push({ from: body + 4, content: await copy(body + 4, until) });
  });
  const nothing = new View(new Uint8Array(0));
  const items = read_items(found.get("iinf") ?? nothing, found.get("iloc") ?? nothing) ?? [];
  const inside = items.every(({ stretches }) => stretches.every(({ from, until }) => from >= 0 && from <= until && until <= source.size));
  const named = items.every(({ type }) => PICTURE_ITEMS.has(type) || TOLD_ITEMS.has(type));
  return { items: inside ? items : [], profiles, filled, understood: known && whole && inside && named && items.length > 0 };
}

/** False where a copy cannot be made. */
export async function read_heic(source: Source, details: Details): Promise<boolean> {
  const { items, profiles, understood } = await read_photo(source);
  for (const { type, stretches } of items.filter((item) => TOLD_ITEMS.has(item.type))) {
    const [first] = stretches;
    if (first === undefined) continue;
    const content = await source.read(first.from, Math.min(first.until - first.from, BLOCK_BYTES_MAX));
    if (content.bytes.every((byte) => byte === 0)) continue; // ours
    if (type !== "Exif") details.more("xmp");
    else read_marked_exif(content.part(4 + content.u32(0), content.length - 4 - content.u32(0)), details);
  }
  details.orientation = 1;
  for (const { content } of profiles) if (!is_clean_icc(content.part(0, content.u32(0)))) details.more("unknown");
  if (!understood) details.more("unknown");
  return understood;
}

/** The same file, with zeros where Exif, XMP and anything else than picture was, and colour profiles that hold nothing else. */
export async function strip_heic(source: Source): Promise<Piece[] | null> {
  const { items, profiles, filled, understood } = await read_photo(source);
  if (!understood) return null;
  const within = (outer: readonly Stretch[], { from, until }: Stretch): boolean => outer.some((o) => from >= o.from && until <= o.until);
  if (!items.every(({ stretches }) => stretches.every((stretch) => within(filled, stretch)))) return null;
  const picture = items.filter(({ type }) => PICTURE_ITEMS.has(type)).flatMap(({ stretches }) => stretches).sort((a, b) => a.from - b.from);
  const changes: { from: number; bytes: Bytes }[] = [];
  for (const { from, until } of filled) {
    let at = from;
    for (const next of [...picture.filter((p) => within([{ from, until }], p)), { from: until, until }]) {
      if (next.from - at > GAP_BYTES_MAX) return null;
      if (next.from > at) changes.push({ from: at, bytes: new Uint8Array(next.from - at) });
      at = Math.max(at, next.until);
    }
  }
  for (const { from, content } of profiles) {
    const clean = clean_icc(content);
    if (clean === null || clean.length > content.length) return null;
    const bytes = new Uint8Array(content.length);
    bytes.set(clean);
    changes.push({ from, bytes });
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, bytes } of changes.sort((a, b) => a.from - b.from)) {
    pieces.push({ from: at, until: from }, bytes);
    at = from + bytes.length;
  }
  pieces.push({ from: at, until: source.size });
  return pieces;
}
