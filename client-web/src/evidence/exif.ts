// SPDX-License-Identifier: AGPL-3.0-or-later
// EXIF: a small TIFF file of tables ("IFD"s) that point to each other, in either byte order. And the smallest one of our own.

import { concat, type Bytes } from "../protocol/bytes";
import type { Details } from "./details";
import type { View } from "./view";

const TABLES_MAX = 8;
const ENTRIES_MAX = 512;
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Tag → its value, of one table. */
type Table = Map<number, View>;

const EXIF_TABLE = 0x8769;
const GPS_TABLE = 0x8825;

export function read_exif(block: View, details: Details): void {
  const little = block.begins("II");
  if (!little && !block.begins("MM")) return details.more("unknown");
  const tiff = block.part(0, block.length, little);
  let tables = 0;
  const read_table = (at: number): { table: Table; next: number } => {
    const table: Table = new Map();
    tables += 1;
    if (tables > TABLES_MAX || at < 8 || !tiff.holds(at, 2)) return { table, next: 0 };
    const count = Math.min(tiff.u16(at), ENTRIES_MAX);
    for (let i = 0; i < count; i += 1) {
      const entry = at + 2 + 12 * i;
      const bytes = (TYPE_BYTES[tiff.u16(entry + 2)] ?? 0) * tiff.u32(entry + 4);
      table.set(tiff.u16(entry), tiff.part(bytes <= 4 ? entry + 8 : tiff.u32(entry + 8), bytes));
    }
    return { table, next: tiff.u32(at + 2 + 12 * count) };
  };
  const first = read_table(tiff.u32(4));
  const pointed = (tag: number): Table => read_table(first.table.get(tag)?.u32(0) ?? 0).table;
  read_main(first.table, details);
  if (first.table.has(EXIF_TABLE)) read_photo(pointed(EXIF_TABLE), details);
  if (first.table.has(GPS_TABLE)) read_gps(pointed(GPS_TABLE), details);
  if (first.next !== 0 && read_table(first.next).table.size > 0) details.more("thumbnail"); // it can show what was cut off later
}

const text_of = (table: Table, tag: number): string => table.get(tag)?.readable() ?? "";

function read_main(table: Table, details: Details): void {
  const orientation = table.get(0x0112)?.u16(0) ?? 1;
  if (orientation >= 1 && orientation <= 8) details.orientation = orientation;
  details.device(text_of(table, 0x010f), text_of(table, 0x0110));
  details.add({ what: "device", text: text_of(table, 0x013c) });
  details.add({ what: "serial", text: text_of(table, 0xc62f) });
  details.add({ what: "program", text: text_of(table, 0x0131) });
  details.time(text_of(table, 0x0132));
  for (const tag of [0x013b, 0x8298, 0x9c9d]) details.add({ what: "person", text: text_of(table, tag) }); // artist, copyright, author
  for (const tag of [0x010e, 0x9c9b, 0x9c9c, 0x9c9e, 0x9c9f]) if (table.has(tag)) details.more("comment");
  if (table.has(0x02bc)) details.more("xmp");
  if (table.has(0x83bb)) details.more("iptc");
}

function read_photo(table: Table, details: Details): void {
  details.time(text_of(table, 0x9003), text_of(table, 0x9011));
  details.time(text_of(table, 0x9004), text_of(table, 0x9012));
  details.add({ what: "person", text: text_of(table, 0xa430) });
  details.add({ what: "serial", text: text_of(table, 0xa431) });
  details.add({ what: "serial", text: text_of(table, 0xa435) });
  details.device(text_of(table, 0xa433), text_of(table, 0xa434));
  if (table.has(0x927c)) details.more("maker");
  if (table.has(0x9286)) details.more("comment");
  if (table.has(0xa420)) details.more("unknown"); // a number for this one picture
}

function read_gps(table: Table, details: Details): void {
  const degrees = (tag: number): number => {
    const value = table.get(tag);
    if (value === undefined || !value.holds(0, 24)) return Number.NaN;
    const [d, m, s] = [0, 8, 16].map((at) => value.u32(at) / (value.u32(at + 4) || 1));
    return (d ?? 0) + (m ?? 0) / 60 + (s ?? 0) / 3600;
  };
  const sign = (tag: number, negative: string): number => (text_of(table, tag).toUpperCase() === negative ? -1 : 1);
  details.time(text_of(table, 0x1d)); // the satellites' own day
  if ([...table.keys()].some((tag) => tag !== 0 && tag !== 0x1d)) details.place(degrees(2) * sign(1, "S"), degrees(4) * sign(3, "W"));
}

/** One table with one entry: how to turn the picture. */
export function orientation_exif(orientation: number): Bytes {
  return new Uint8Array([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
}

const EXIF_MARK = new Uint8Array([0x45, 0x78, 0x69, 0x66, 0, 0]);

export function marked_exif(orientation: number): Bytes {
  return concat(EXIF_MARK, orientation_exif(orientation));
}

/** Some writers put "Exif\0\0" before the table, also where no standard wants it. */
export function read_marked_exif(block: View, details: Details): void {
  read_exif(block.begins("Exif\0\0") ? block.part(6, block.length - 6) : block, details);
}

/** Only what our own copies hold: then nothing is said about it. */
export function is_bare_exif(block: View): boolean {
  const orientation = block.u8(19);
  const bare = orientation_exif(orientation);
  return orientation >= 1 && orientation <= 8 && block.length === bare.length && bare.every((value, i) => block.u8(i) === value);
}
