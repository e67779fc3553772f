// SPDX-License-Identifier: AGPL-3.0-or-later
// What a file tells beside its content.

export type Detail =
  | { readonly what: "time"; readonly text: string } // 2026-11-23 14:15, or with a zone behind it
  | { readonly what: "place"; readonly latitude: number; readonly longitude: number }
  | { readonly what: "device" | "serial" | "person" | "program"; readonly text: string }
  | { readonly what: "more"; readonly text: More };

/** What is there, but is not looked into. */
export type More = "xmp" | "iptc" | "maker" | "comment" | "thumbnail" | "place" | "track" | "unknown";

const DETAILS_MAX = 24;

export class Details {
  readonly list: Detail[] = [];
  /** 1 to 8 as in EXIF; 1 where nothing says otherwise. */
  orientation = 1;

  add(detail: Detail): void {
    if (detail.what !== "place" && detail.text === "") return;
    const twice = this.list.some((old) => JSON.stringify(old) === JSON.stringify(detail));
    if (!twice && this.list.length < DETAILS_MAX) this.list.push(detail);
  }

  more(text: More): void {
    this.add({ what: "more", text });
  }

  place(latitude: number, longitude: number): void {
    const possible = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    if (possible && (latitude !== 0 || longitude !== 0)) this.add({ what: "place", latitude, longitude });
    else this.more("place");
  }

  /** "2026:11:23 14:15:09", "2026-11-23T14:15:09+01:00" … ; what has no such shape is nothing. */
  time(text: string, zone = ""): void {
    const found = /(\d{4})[:-](\d\d)[:-](\d\d)(?:[T ]+(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?/.exec(text);
    if (found === null || found[1] === "0000") return;
    const clock = found[4] === undefined ? "" : " " + found[4];
    const offset = clock === "" ? "" : (found[5] ?? zone).replace("Z", "+00:00").replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
    this.add({ what: "time", text: `${found[1]}-${found[2]}-${found[3]}${clock}${/^[+-]\d\d:\d\d$/.test(offset) ? " " + offset : ""}` });
  }

  /** "+51.5012-000.1419+012.3/" (ISO 6709). */
  iso6709(text: string): void {
    const found = /([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)/.exec(text);
    if (found === null) this.more("place");
    else this.place(Number(found[1]), Number(found[2]));
  }

  device(make: string, model: string): void {
    this.add({ what: "device", text: model.startsWith(make) ? model : (make + " " + model).trim() });
  }
}
