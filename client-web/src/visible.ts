// SPDX-License-Identifier: AGPL-3.0-or-later
// Untrusted text on the page. Preact writes text nodes alone, so nothing is ever run; but control and direction characters could make
// a name read as another one. Here they become visible (`\u{202e}`), as on the command line (client-cli/terminal/visible.h).

/**
 * Controls, line and paragraph separators, direction marks and overrides, invisible marks, tag characters, half characters.
 * The joiners U+200C and U+200D stay: Urdu, Panjabi and Bengali are not written without them.
 */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;
const spelt = (character: string): string => "\\u{" + (character.codePointAt(0) ?? 0).toString(16) + "}";

/** One line: line feeds and tabs are made visible too. */
export function visible_line(untrusted: string): string {
  return untrusted.replace(HARMFUL, spelt);
}

/** Several lines: line feeds and tabs stay. */
export function visible_text(untrusted: string): string {
  return untrusted.replace(/\r\n/g, "\n").replace(HARMFUL, (character) => (character === "\n" || character === "\t" ? character : spelt(character)));
}
