// SPDX-License-Identifier: AGPL-3.0-or-later
// A colour profile without the rest: photos look wrong without it, but it can hold a date, a screen's serial number, a maker.
// What decides about colour is copied into a new profile; names, dates, numbers of devices and calibrations are not.

import type { Bytes } from "../protocol/bytes";
import type { View } from "./view";

const HEADER_BYTES = 128;
const TAGS_MAX = 100;
const KEPT_TAGS = new Set(
  "rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad cicp A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 B2D0 B2D1 B2D2".split(" "));
/** Of the header: version, class, colour space, connection space, "acsp", flags, attributes, intent, illuminant. */
const KEPT_HEADER: readonly (readonly [number, number])[] = [[8, 24], [36, 40], [44, 48], [56, 80]];

/** Null where it is no profile that we understand: then none goes with the copy. */
export function clean_icc(profile: View): Bytes | null {
  const count = profile.u32(HEADER_BYTES);
  if (!profile.begins("acsp", 36) || count > TAGS_MAX || !profile.holds(HEADER_BYTES + 4, 12 * count)) return null;
  const kept: { name: number; at: number; bytes: number }[] = [];
  for (let entry = HEADER_BYTES + 4, i = 0; i < count; i += 1, entry += 12) {
    const [at, bytes] = [profile.u32(entry + 4), profile.u32(entry + 8)];
    if (!profile.holds(at, bytes)) return null;
    if (KEPT_TAGS.has(profile.name(entry))) kept.push({ name: profile.u32(entry), at, bytes });
  }
  if (kept.length === 0) return null;
  const body_at = HEADER_BYTES + 4 + 12 * kept.length;
  const places = new Map<string, number>(); // several tags may share one table
  let end = body_at;
  for (const { at, bytes } of kept) {
    const key = at + "/" + bytes;
    if (places.has(key)) continue;
    places.set(key, end);
    end += bytes + ((4 - (bytes % 4)) % 4);
  }
  if (end > profile.length + 4 * kept.length) return null; // tables that overlap in many ways
  const clean = new Uint8Array(end);
  const out = new DataView(clean.buffer);
  for (const [from, until] of KEPT_HEADER) clean.set(profile.bytes.subarray(from, until), from);
  out.setUint32(0, end);
  out.setUint32(HEADER_BYTES, kept.length);
  kept.forEach(({ name, at, bytes }, i) => {
    const place = places.get(at + "/" + bytes) ?? 0;
    [name, place, bytes].forEach((value, j) => out.setUint32(HEADER_BYTES + 4 + 12 * i + 4 * j, value));
    clean.set(profile.bytes.subarray(at, at + bytes), place);
  });
  return clean;
}

/** Nothing left in it that cleaning would take away. */
export function is_clean_icc(profile: View): boolean {
  const clean = clean_icc(profile);
  return clean !== null && clean.length === profile.length && clean.every((value, i) => profile.u8(i) === value);
}
