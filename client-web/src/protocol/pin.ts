// SPDX-License-Identifier: AGPL-3.0-or-later
// The pin: the root keys that the page trusts before it has spoken to anybody, and how many must have signed (docs/spec/keys.md).

import { encode_hex } from "./bytes";
import { LABEL_PIN } from "./labels";
import { is_key_name, parse_verifier, type Verifier } from "./note";

const KEYS_MAX = 16;

export interface Pin {
  readonly quorum: number;
  readonly keys: readonly Verifier[];
}

export function parse_pin(text: string): Pin | null {
  if (!text.endsWith("\n")) return null;
  const [label, quorum_line = "", ...key_lines] = text.slice(0, -1).split("\n");
  const quorum_match = /^quorum ([1-9][0-9]?)$/.exec(quorum_line);
  if (label !== LABEL_PIN || quorum_match === null) return null;
  const keys: Verifier[] = [];
  for (const line of key_lines) {
    const key = line.startsWith("key ") ? parse_verifier(line.slice(4)) : null;
    if (key === null || !is_key_name(key.name, "root-key")) return null;
    keys.push(key);
  }
  const quorum = Number(quorum_match[1]);
  const distinct = (values: readonly string[]): boolean => new Set(values).size === keys.length; // one holder must not count as two
  if (!distinct(keys.map((key) => key.name)) || !distinct(keys.map((key) => encode_hex(key.key))) || keys.length > KEYS_MAX || quorum > keys.length) return null;
  return { quorum, keys };
}
