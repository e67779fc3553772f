// SPDX-License-Identifier: AGPL-3.0-or-later
// Films and sound: when they were made, where, with what. Only read: what is inside the sound and the pictures themselves, and in
// further tracks, can tell as much and cannot be taken out here.

import { walk_boxes } from "./boxes";
import type { Details } from "./details";
import type { Source, View } from "./view";

const SECONDS_1904_TO_1970 = 2_082_844_800;
const BLOCK_BYTES_MAX = 64 * 1024;
const KEYS_MAX = 200;
const PARENTS = /^\/moov(\/meta|\/trak(\/mdia|\/meta)?|(\/trak)?\/udta(\/meta)?)?(\/ilst)?$/;
const TIMED = new Set(["mvhd", "tkhd", "mdhd"]);
const PLAIN_TRACKS = new Set(["vide", "soun", "tmcd", "hint", "mdir", "mdta", "url ", "alis"]);
const NO_DETAIL = new Set(["meta", "ilst", "keys", "hdlr", "free", "cprt"]);

/** Names of boxes and keys → what they hold. */
const MEANINGS: readonly (readonly [RegExp, "time" | "place" | "make" | "model" | "program" | "person"])[] = [
  [/^©day$|creationdate$|^date$/, "time"], [/^©xyz$|location/i, "place"], [/^©mak$|\.make$|manufacturer$/, "make"], [/^©mod$|\.model$/, "model"],
  [/^©swr$|^©too$|^©enc$|\.software$|android\.version$/, "program"], [/^©ART$|^aART$|^©aut$|^auth$|^©cpy$|^perf$|^own[nr]$|author$|artist$/, "person"],
];

export async function read_film(source: Source, details: Details): Promise<void> {
  const keys: string[] = [];
  let [make, model] = ["", ""];
  const say = (name: string, text: string): void => {
    switch (MEANINGS.find(([pattern]) => pattern.test(name))?.[1]) {
      case "time": return details.time(text);
      case "place": return details.iso6709(text);
      case "make": return void (make = text);
      case "model": return void (model = text);
      case "program": return details.add({ what: "program", text });
      case "person": return details.add({ what: "person", text });
      default: details.more("unknown");
    }
  };
  const whole = await walk_boxes(source, (path) => PARENTS.test(path), async ({ name, body, until }, path) => {
    if (name === "uuid" && !path.startsWith("/moov/trak/mdia")) return details.more("xmp");
    if (!path.startsWith("/moov")) return;
    const content = await source.read(body, Math.min(until - body, BLOCK_BYTES_MAX));
    if (TIMED.has(name)) read_times(content, details);
    else if (name === "keys") keys.push(...read_keys(content));
    else if (name === "hdlr") return PLAIN_TRACKS.has(content.name(8)) ? undefined : details.more("track");
    else if (name === "loci" && path.includes("/udta/")) read_loci(content, details);
    else if (/\/ilst\/....$/su.test(path)) {
      const index = (await source.read(body - 4, 4)).u32(0); // after "keys" the boxes are numbered
      const data = content.part(0, content.u32(0)); // head, type, language, value
      say(keys[index - 1] ?? name, data.name(4) === "data" ? data.readable(16) : "");
    } else if (/\/udta\/....$/su.test(path) && !NO_DETAIL.has(name)) {
      say(name, name.startsWith("©") ? content.readable(4) : content.readable(6));
    }
  });
  details.device(make, model);
  if (!whole) details.more("unknown");
}

function read_times(content: View, details: Details): void {
  const wide = content.u8(0) === 1;
  for (const at of wide ? [4, 12] : [4, 8]) {
    const seconds = wide ? content.u64(at) : content.u32(at);
    const date = new Date((seconds - SECONDS_1904_TO_1970) * 1000);
    if (seconds > SECONDS_1904_TO_1970 && !Number.isNaN(date.getTime())) details.time(date.toISOString());
  }
}

function read_keys(content: View): string[] {
  const keys: string[] = [];
  for (let at = 8, i = 0; i < KEYS_MAX && content.holds(at, 8); i += 1) {
    const bytes = content.u32(at);
    if (bytes < 8 || !content.holds(at, bytes)) break;
    keys.push(content.part(at + 8, bytes - 8).readable());
    at += bytes;
  }
  return keys;
}

/** 3GP: language, a name, a role, then longitude and latitude as 16.16. */
function read_loci(content: View, details: Details): void {
  const end = content.bytes.indexOf(0, 6);
  if (end < 0 || !content.holds(end + 2, 8)) return details.more("place");
  details.place(content.i32(end + 6) / 65536, content.i32(end + 2) / 65536);
}
