// SPDX-License-Identifier: AGPL-3.0-or-later
// A copy without the details. It is another file than the original: its name and report.json say so (docs/spec/report.md), because
// a caseworker must not take it for the original. It is made of slices, and looked into again before anybody relies on it.

import { strip_heic } from "./heic";
import { strip_jpeg } from "./jpeg";
import { look, type Look } from "./look";
import { strip_png } from "./png";
import { assemble, Source, type Piece } from "./view";
import { strip_webp } from "./webp";

const EXTENSIONS = { jpeg: "jpg", png: "png", webp: "webp", heic: "heic" } as const;

function pieces_of(source: Source, { kind, orientation }: Look): Promise<Piece[] | null> {
  switch (kind) {
    case "jpeg": return strip_jpeg(source, orientation);
    case "png": return strip_png(source, orientation);
    case "webp": return strip_webp(source, orientation);
    case "heic": return strip_heic(source);
    default: return Promise.resolve(null);
  }
}

const copies = new WeakSet<File>();

export function is_stripped_copy(file: File): boolean {
  return copies.has(file);
}

/** name: without an ending; not the original's, which can tell the day. Null where no copy without details can be made. */
export async function strip(file: File, seen: Look, name: string): Promise<File | null> {
  const pieces = await pieces_of(new Source(file, 4 * file.size + 1024 * 1024), seen);
  if (pieces === null || !(seen.kind in EXTENSIONS)) return null;
  const kind = seen.kind as keyof typeof EXTENSIONS;
  const copy = new File(assemble(file, pieces), name + "." + EXTENSIONS[kind], { type: "image/" + kind, lastModified: 0 });
  const again = await look(copy, true);
  if (again.kind !== kind || again.details.length > 0 || again.orientation !== seen.orientation) return null;
  copies.add(copy);
  return copy;
}
