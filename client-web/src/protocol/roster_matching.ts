// SPDX-License-Identifier: AGPL-3.0-or-later
// Who matches reports, and by which key names are evaluated (docs/spec/roster.md "Matching"). Here only the form: whether the public
// shares belong together is for who evaluates by them.

import { decode_base64, encode_hex, type Bytes } from "./bytes";
import * as json from "./json";

const HOLDERS_MAX = 16;
const GROUP_MAX = 32;
const BYTES = 32;
const BASE64_BYTES = 44;

export interface KeyHolder {
  readonly number: number;
  readonly public_share: Bytes;
}

export interface RosterMatching {
  readonly group: readonly string[]; // sorted
  readonly public_key: Bytes;
  readonly threshold: number;
  readonly holders: readonly KeyHolder[]; // by number
}

export function parse_roster_matching(value: unknown): RosterMatching {
  const fields = json.as_object(value, "matching");
  const group = json.as_list(fields["group"], "group", GROUP_MAX).map((id) => json.as_id(id, "group"));
  if (!ascends(group)) throw new json.Malformed("group");
  const seen = json.as_list(fields["holders"], "holders", HOLDERS_MAX).map(parse_holder);
  if (!ascends(seen.map(({ holder }) => holder.number))) throw new json.Malformed("holders");
  json.refuse_repeats(seen.map(({ holder }) => encode_hex(holder.public_share)), "holders");
  json.refuse_repeats(seen.map(({ access }) => access), "holders");
  return {
    group,
    public_key: as_bytes(fields["public_key"], "public_key"),
    threshold: json.as_count(fields["threshold"], "threshold", 1, seen.length),
    holders: seen.map(({ holder }) => holder),
  };
}

function parse_holder(value: unknown): { holder: KeyHolder; access: string } {
  const fields = json.as_object(value, "holders");
  const number = json.as_count(fields["number"], "number", 1, HOLDERS_MAX);
  return { holder: { number, public_share: as_bytes(fields["public_share"], "public_share") }, access: encode_hex(as_bytes(fields["access"], "access")) };
}

function as_bytes(value: unknown, field: string): Bytes {
  const bytes = decode_base64(json.as_line(value, field, BASE64_BYTES));
  if (bytes?.length !== BYTES) throw new json.Malformed(field);
  return bytes;
}

/** Not empty, and nothing twice. */
function ascends<T extends string | number>(values: readonly T[]): boolean {
  return values.length > 0 && values.every((value, i) => i === 0 || (values[i - 1] as T) < value);
}
