// SPDX-License-Identifier: AGPL-3.0-or-later
// Phone numbers and email addresses (docs/spec/identifiers.md).

import { ACCOUNT_PLACEHOLDERS, GMAIL, SHARED_MAIL, TAGGED_MAIL } from "./identifier_tables";
import { parts, Refused, to_lower } from "./identifier_text";

/** With the country's code; null where none is said or meant. */
function international(typed: string): string | null {
  if (typed.startsWith("+")) return typed.slice(1);
  if (typed.startsWith("00")) return typed.slice(2);
  if (typed.startsWith("0")) return "44" + typed.slice(1);
  return /^44[0-9]{10}$/.test(typed) ? typed : null;
}

/** Of the United Kingdom, without its code. */
function check_national(number: string): void {
  if (/^[3589]/.test(number)) throw new Refused("shared-phone");
  if (!/^(?:[127][0-9]{9}|1[0-9]{8})$/.test(number)) throw new Refused("not-a-phone");
  if (/^.(.)\1*$/.test(number) || number === "1234567890") throw new Refused("placeholder");
}

export function phone(text: string): string {
  const said = text.replace(/^tel:/i, "").replaceAll(" ", "");
  const typed = (/^(?:\+|00)/.test(said) ? said.replace("(0)", "") : said).replace(/[-.()/]/g, "");
  if (!/^\+?[0-9]+$/.test(typed)) throw new Refused("not-a-phone");
  const said_whole = international(typed);
  if (said_whole === null || said_whole === "") throw new Refused("phone-without-country");
  const number = said_whole.replace(/^(44|353)0/, "$1");
  if (/^(?:0|440|3530)/.test(number) || number.length < 8 || number.length > 15) throw new Refused("not-a-phone");
  if (number.startsWith("44")) check_national(number.slice(2));
  return "+" + number;
}

const LOCAL = /^(?!\.)(?!.*\.\.)[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}(?<!\.)$/;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

function is_domain(domain: string): boolean {
  const labels = domain.split(".");
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^[0-9]+$/.test(labels.at(-1) ?? "");
}

export function email(text: string): string {
  const address = to_lower(text).replace(/^mailto:/, "").replace(/^<(.*)>$/, "$1").replace(/\.$/, "");
  const at = address.indexOf("@");
  const typed_local = address.slice(0, Math.max(at, 0));
  const typed_domain = address.slice(at + 1);
  if (!LOCAL.test(typed_local) || !is_domain(typed_domain)) throw new Refused("not-an-email");

  const domain = typed_domain.replace(/(?:\.pnn)+\.police\.uk$/, ".police.uk");
  const untagged = GMAIL.has(domain) || TAGGED_MAIL.has(domain) ? typed_local.replace(/\+.*$/, "") : typed_local;
  const local = GMAIL.has(domain) ? parts(untagged, ".").join("") : untagged;
  if (!LOCAL.test(local)) throw new Refused("not-an-email");
  if (SHARED_MAIL.has(local)) throw new Refused("shared-email");
  if (ACCOUNT_PLACEHOLDERS.has(local)) throw new Refused("placeholder");
  return local + "@" + (GMAIL.has(domain) ? "gmail.com" : domain);
}
