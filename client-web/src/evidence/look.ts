// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking into a file before it is sent: what kind it is, and what it tells beside its content. Nothing is looked up anywhere.

import { Details, type Detail } from "./details";
import { read_exif } from "./exif";
import { read_film } from "./film";
import { read_heic } from "./heic";
import { read_jpeg } from "./jpeg";
import { read_png } from "./png";
import { Source, type View } from "./view";
import { read_webp } from "./webp";

export type Kind = "jpeg" | "png" | "webp" | "heic" | "film" | "tiff" | "document" | "other";

const ORDER: readonly Detail["what"][] = ["time", "place", "device", "serial", "person", "program", "more"];

export interface Look {
  readonly kind: Kind;
  readonly details: readonly Detail[];
  readonly orientation: number;
  /** A copy without the details can be tried. */
  readonly strippable: boolean;
}

const BUDGET_BYTES = 32 * 1024 * 1024;
const TIFF_BYTES = 4 * 1024 * 1024;
const PHOTO_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)$/;

function kind_of(head: View): Kind {
  if (head.begins("\u00ff\u00d8\u00ff")) return "jpeg";
  if (head.begins("\u0089PNG\r\n\u001a\n")) return "png";
  if (head.begins("RIFF") && head.begins("WEBP", 8)) return "webp";
  if (head.begins("ftyp", 4)) return PHOTO_BRANDS.test(head.name(8)) ? "heic" : "film";
  if (head.begins("moov", 4) || head.begins("mdat", 4) || head.begins("wide", 4)) return "film";
  if (head.begins("II*\0") || head.begins("MM\0*")) return "tiff";
  if (head.begins("%PDF") || head.begins("\u00d0\u00cf\u0011\u00e0") || head.begins("PK\u0003\u0004") || head.begins("{\\rtf")) return "document";
  return "other";
}

/** to_end: also what is hidden behind the picture's own data; for checking a copy. Never throws, whatever the file is. */
export async function look(file: Blob, to_end = false): Promise<Look> {
  const source = new Source(file, to_end ? 2 * file.size + BUDGET_BYTES : BUDGET_BYTES);
  const kind = kind_of(await source.read(0, 16));
  const details = new Details();
  let strippable = true;
  switch (kind) {
    case "jpeg": await read_jpeg(source, details, to_end); break;
    case "png": await read_png(source, details); break;
    case "webp": await read_webp(source, details); break;
    case "heic": strippable = await read_heic(source, details); break;
    case "film": await read_film(source, details); strippable = false; break;
    case "tiff": read_exif(await source.read(0, TIFF_BYTES), details); strippable = false; break;
    default: strippable = false;
  }
  const list = ORDER.flatMap((what) => details.list.filter((detail) => detail.what === what));
  return { kind, details: list, orientation: details.orientation, strippable };
}

/** Phones and messengers name files after the day. */
export function name_tells_time(name: string): boolean {
  return /(?<!\d)20\d\d[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)/.test(name);
}
