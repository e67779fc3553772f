// SPDX-License-Identifier: AGPL-3.0-or-later
// ISO base media: boxes in boxes. HEIC and AVIF photos, and films and sound of phones (MP4, MOV, M4A, 3GP), are made of them.

import type { Source, View } from "./view";

export interface Box {
  readonly name: string;
  readonly body: number;
  readonly until: number;
}

const BOXES_MAX = 4096;
const DEPTH_MAX = 8;

export type Visitor = (box: Box, path: string) => Promise<void>;

/** Calls visit for each box, parents first, as far as is_parent says; only heads are read. True where it came to the file's end. */
export async function walk_boxes(source: Source, is_parent: (path: string) => boolean, visit: Visitor): Promise<boolean> {
  let boxes = 0;
  const walk = async (from: number, until: number, path: string, depth: number): Promise<boolean> => {
    let at = from;
    while (at + 8 <= until) {
      boxes += 1;
      if (boxes > BOXES_MAX) return false;
      const head = await source.read(at, 16);
      if (head.length < 8) return false;
      const [short, name] = [head.u32(0), head.name(4)];
      const bytes = short === 1 ? head.u64(8) : short === 0 ? until - at : short;
      const body = at + (short === 1 ? 16 : 8);
      if (bytes < body - at || at + bytes > until) return false;
      const box = { name, body, until: at + bytes };
      const here = path + "/" + name;
      await visit(box, here);
      if (is_parent(here) && depth < DEPTH_MAX && !(await walk(body + (await skipped(source, name, body)), box.until, here, depth + 1))) return false;
      at = box.until;
    }
    return true;
  };
  return walk(0, source.size, "", 0);
}

/** "meta" has four bytes before its boxes, unless QuickTime wrote it. */
async function skipped(source: Source, name: string, body: number): Promise<number> {
  return name === "meta" && (await source.read(body, 8)).name(4) !== "hdlr" ? 4 : 0;
}

/** What a photo's "meta" says about its parts: where Exif, XMP and the pictures lie. */
export interface Item {
  readonly type: string;
  readonly stretches: readonly { readonly from: number; readonly until: number }[];
}

const ITEMS_MAX = 2000;

/** Null where it is made in a way that we do not read. */
export function read_items(iinf: View, iloc: View): Item[] | null {
  const types = new Map<number, string>();
  for (let at = iinf.u8(0) > 0 ? 8 : 6, i = 0; i < ITEMS_MAX && iinf.holds(at, 12); i += 1) {
    const bytes = iinf.u32(at);
    const version = iinf.u8(at + 8);
    if (bytes < 12 || version < 2 || iinf.name(at + 4) !== "infe") return null;
    const id_bytes = version === 2 ? 2 : 4;
    types.set(id_bytes === 2 ? iinf.u16(at + 12) : iinf.u32(at + 12), iinf.name(at + 12 + id_bytes + 2));
    at += bytes;
  }
  const version = iloc.u8(0);
  if (version > 2) return null;
  const [offset_bytes, length_bytes] = [iloc.u8(4) >> 4, iloc.u8(4) & 15];
  const [base_bytes, index_bytes] = [iloc.u8(5) >> 4, version === 0 ? 0 : iloc.u8(5) & 15];
  const wide = version === 2;
  const number = (at: number, bytes: number): number => (bytes === 0 ? 0 : bytes === 4 ? iloc.u32(at) : bytes === 8 ? iloc.u64(at) : Number.NaN);
  const count = Math.min(wide ? iloc.u32(6) : iloc.u16(6), ITEMS_MAX);
  const items: Item[] = [];
  for (let at = wide ? 10 : 8, i = 0; i < count; i += 1) {
    const id = wide ? iloc.u32(at) : iloc.u16(at);
    at += wide ? 4 : 2;
    const method = version === 0 ? 0 : iloc.u16(at) & 15;
    at += version === 0 ? 2 : 4; // method, and which file
    const base = number(at, base_bytes);
    at += base_bytes;
    const extents = iloc.u16(at);
    at += 2;
    const stretches: { from: number; until: number }[] = [];
    for (let e = 0; e < extents && iloc.holds(at, 1) && e < ITEMS_MAX; e += 1) {
      at += index_bytes;
      const from = base + number(at, offset_bytes);
      const bytes = number(at + offset_bytes, length_bytes);
      at += offset_bytes + length_bytes;
      stretches.push({ from, until: from + bytes });
    }
    const type = types.get(id) ?? "";
    if (method === 0 || type === "grid" || type === "iovl" || type === "iden") items.push({ type, stretches: method === 0 ? stretches : [] });
    else return null;
  }
  return items;
}
