// SPDX-License-Identifier: AGPL-3.0-or-later
// Small whole pictures of 24 x 8 dots in every kind, drawn for the tests; and files that are put together by hand.

import { crc32, deflateSync } from "node:zlib";

const decode = (base64: string): Buffer => Buffer.from(base64, "base64");

export const JPEG = decode(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fH" +
  "x8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF" +
  "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmq" +
  "KjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC" +
  "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqK" +
  "mqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDNTSuasppVFFc060+5xUMRU7k6aVRRRWHtp9z141523P/Z");
export const HEIC = decode(
  "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAABgACAAAADhpbG9jAQ" +
  "AAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAQAACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAA" +
  "ALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFluqumubgQEDAgAAAAwCAAAADAI" +
  "QiAAEABkQBwXPBiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAGAAAAAgAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGlt" +
  "ZwACAAEAAQAAAEhtZGF0AAAAPCgBrxkhdtJA71wcBR1gxgPXLfQct07A/DqELZqWM3Dk137JoL1swu5cyC2rz4/y56ugtv/3Q4qycQfFYA==");
export const AVIF = decode(
  "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAA" +
  "EAAAAAAAAAJgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAYAAAACAAA" +
  "ABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAAC5tZGF0EgAKCRgQr9ggQEDQgDIXGwAaaaaEAMrhhygikcu2b06PuvWOD2Q=");
export const WEBP = decode(
  "UklGRmwAAABXRUJQVlA4IGAAAABwBACdASoYAAgAPpE+mkelo6KhMAgAsBIJbACdMoRwN5LvAAFR31ymx3JsgAD+9571C2u5EbYI/FCrttAd11+X+bUMvro/F1Xm+vXD1SPMmMbgyxlRIMR/pZBjoZ" +
  "dvgAA=");

export const text = (value: string): Buffer => Buffer.from(value, "latin1");
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
export const u32 = (value: number): Buffer => Buffer.from([24, 16, 8, 0].map((shift) => (value >>> shift) & 255));

export function png_chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([text(name), content]);
  return Buffer.concat([u32(content.length), named, u32(crc32(named))]);
}

/** more: chunks between head and picture. */
export function make_png(...more: readonly Buffer[]): Buffer {
  const rows = Array.from({ length: 8 }, (_, y) => Buffer.from([0, ...Array.from({ length: 24 * 3 }, (_, i) => (i * 5 + y * 31) & 255)]));
  return Buffer.concat([
    text("\x89PNG\r\n\x1a\n"), png_chunk("IHDR", Buffer.concat([u32(24), u32(8), Buffer.from([8, 2, 0, 0, 0])])),
    ...more, png_chunk("IDAT", deflateSync(Buffer.concat(rows))), png_chunk("IEND", Buffer.alloc(0)),
  ]);
}

export function jpeg_segment(marker: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), u16(content.length + 2), content]);
}

/** more: segments right behind the beginning; behind: what follows the end. */
export function make_jpeg(more: readonly Buffer[] = [], behind: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([JPEG.subarray(0, 2), ...more, JPEG.subarray(2), behind]);
}

/** tags: name → content. A profile of the kind that a screen gets, with its serial number and the day when it was measured. */
export function make_icc(tags: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(tags);
  const head = Buffer.alloc(128);
  text("mntrRGB XYZ ").copy(head, 12);
  u16(2026).copy(head, 24);
  text("acspAPPL").copy(head, 36);
  text("DELLU272").copy(head, 48);
  let at = 132 + 12 * names.length;
  const table = names.map((name) => {
    const entry = Buffer.concat([text(name), u32(at), u32(tags[name]?.length ?? 0)]);
    at += tags[name]?.length ?? 0;
    return entry;
  });
  const body = Buffer.concat([u32(names.length), ...table, ...names.map((name) => tags[name] ?? Buffer.alloc(0))]);
  u32(128 + body.length).copy(head, 0);
  return Buffer.concat([head, body]);
}

const xyz = Buffer.concat([text("XYZ "), Buffer.alloc(4), u32(0x8000), u32(0x8000), u32(0x8000)]);
const curve = Buffer.concat([text("curv"), Buffer.alloc(4), u32(0)]);
export const SCREEN_PROFILE = make_icc({
  rXYZ: xyz, gXYZ: xyz, bXYZ: xyz, wtpt: xyz, rTRC: curve, gTRC: curve, bTRC: curve,
  mmod: Buffer.concat([text("mmod"), Buffer.alloc(4), text("SERIAL-XK77-SECRET-0123456789")]), desc: Buffer.concat([text("desc"), Buffer.alloc(4), u32(9), text("Ann's Mac\0\0\0")]),
});

export function box(name: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), text(name), body]);
}

const SECONDS_1904 = 2082844800;
const mvhd = box("mvhd", u32(0), u32(Date.UTC(2026, 10, 23, 14, 15) / 1000 + SECONDS_1904), u32(0), u32(1000), u32(0), u32(0x10000), u16(0x100), Buffer.alloc(10),
  ...[0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32), Buffer.alloc(24), u32(2));
const hdlr = (kind: string): Buffer => box("hdlr", u32(0), u32(0), text(kind), Buffer.alloc(13));
const data = (value: string): Buffer => box("data", u32(1), u32(0), text(value));
const note = (value: string): Buffer => Buffer.concat([u16(value.length), u16(0x15c7), text(value)]);

/** As phones write it: QuickTime's notes or keys, or 3GP's place. The film itself comes first and the index at the end. */
export function make_film(notes: "quicktime" | "keys" | "3gp" | "none"): Buffer {
  const key = (name: string): Buffer => box("mdta", text(name));
  const told = {
    quicktime: [box("udta", box("\xa9xyz", note("+51.5012-000.1419/")), box("\xa9mak", note("Apple")), box("\xa9mod", note("iPhone 12")), box("\xa9day", note("2026-11-23T14:15:09+0000")), u32(0))],
    keys: [box("meta", hdlr("mdta"), box("keys", u32(0), u32(3), key("com.apple.quicktime.location.ISO6709"), key("com.apple.quicktime.make"), key("com.apple.quicktime.model")),
      box("ilst", box("\0\0\0\x01", data("+51.5012-000.1419/")), box("\0\0\0\x02", data("Apple")), box("\0\0\0\x03", data("iPhone 12"))))],
    "3gp": [box("udta", box("loci", u32(0), u16(0x15c7), text("\0\0"), u32(Math.round(-0.1419 * 65536)), u32(Math.round(51.5012 * 65536)), u32(0), text("\0\0")))],
    none: [],
  }[notes];
  return Buffer.concat([box("ftyp", text(notes === "3gp" ? "3gp4" : "qt  "), u32(0)), box("mdat", Buffer.alloc(300_000)), box("moov", mvhd, ...told)]);
}
