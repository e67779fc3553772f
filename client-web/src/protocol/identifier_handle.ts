// SPDX-License-Identifier: AGPL-3.0-or-later
// Names on social media, and the addresses of profiles that hold them (docs/spec/identifiers.md).

import { ACCOUNT_PLACEHOLDERS, ALL_PLATFORMS, HOST_PREFIXES, platform_of_id, PLATFORMS_BY_PHONE, type Platform } from "./identifier_tables";
import { letters_and_digits, parts, Refused, to_lower } from "./identifier_text";

export function platform(text: string): string {
  const key = letters_and_digits(text);
  if (PLATFORMS_BY_PHONE.has(key)) throw new Refused("platform-by-phone");
  const found = ALL_PLATFORMS.find((known) => known.id === key || known.names.has(key));
  if (found === undefined) throw new Refused("unknown-platform");
  return found.id;
}

function is_host_of(host: string, platform: Platform): boolean {
  return platform.hosts.has(host) || HOST_PREFIXES.some((prefix) => host.startsWith(prefix) && platform.hosts.has(host.slice(prefix.length)));
}

function is_host_of_any(host: string): boolean {
  return ALL_PLATFORMS.some((known) => is_host_of(host, known));
}

function percent_decoded(part: string): string {
  if (/%(?![0-9a-f]{2})/.test(part)) throw new Refused("not-a-handle");
  return to_lower(part.replace(/%(..)/g, (_all, hex: string) => {
    const value = Number.parseInt(hex, 16);
    if (value <= 0x20 || value >= 0x7f) throw new Refused("not-a-handle");
    return String.fromCharCode(value);
  }));
}

/** A profile that Facebook knows by number: the number, "" where the address names none; null for any other address. */
function facebook_number(path: readonly string[], query: string): string | null {
  if (path[0] === "profile.php") return parts(query, "&").find((field) => /^id=[0-9]+$/.test(field))?.slice(3) ?? "";
  if (path[0] === "people" && path.length >= 2) return /^[0-9]+$/.test(path[2] ?? "") ? (path[2] ?? "") : "";
  return null;
}

function check_name(typed: string, platform: Platform): string {
  const name = Array.from(typed.replace(/^@/, "")).filter((c) => !platform.ignored.includes(c)).join("");
  const is_allowed = (c: string): boolean => /[a-z0-9]/.test(c) || platform.marks.includes(c);
  if (name.length < platform.least || name.length > platform.most || !Array.from(name).every(is_allowed)) throw new Refused("not-a-handle");
  if (/^\.|\.$/.test(name) || is_host_of_any(name)) throw new Refused("not-a-handle");
  if (ACCOUNT_PLACEHOLDERS.has(name)) throw new Refused("placeholder");
  return name;
}

/** path: what follows the host, if there was one. */
function name_in_path(encoded: readonly string[], has_host: boolean, query: string, platform: Platform): string {
  const path = encoded.map(percent_decoded);
  if (path.length === 0) throw new Refused("not-a-handle");
  const number = platform.id === "facebook" ? facebook_number(path, query) : null;
  if (number === "") throw new Refused("not-an-account");
  if (number !== null) return check_name(number, platform);
  if (path.length > 1 && platform.before.has(path[0] ?? "")) path.shift();
  const [first = ""] = path;
  if (has_host && (platform.not_names.has(first) || platform.before.has(first))) throw new Refused("not-an-account");
  if (!has_host && path.length > 1) throw new Refused("not-a-handle");
  return check_name(first, platform);
}

export function handle(text: string, fields: readonly string[]): string {
  const named = platform_of_id(fields.at(-1) ?? "");
  if (!/^[\u0021-\u007e]*$/.test(text)) throw new Refused("not-a-handle");
  const lower = to_lower(text);
  const bare = lower.replace(/^https?:\/\//, "");
  const [address = ""] = bare.split("#", 1);
  const question = address.indexOf("?");
  const query = question < 0 ? "" : address.slice(question + 1);
  const path = parts(question < 0 ? address : address.slice(0, question), "/");
  const [first] = path;
  if (first === undefined) throw new Refused("not-a-handle");
  const has_host = bare !== lower || is_host_of_any(first) || (path.length > 1 && first.includes("."));
  if (!has_host) return name_in_path(path, false, query, named);
  if (!is_host_of(first, named)) throw new Refused("other-site");
  return name_in_path(path.slice(1), true, query, named);
}
