// SPDX-License-Identifier: AGPL-3.0-or-later
// One line that a caseworker types: a label, a name, a reason.

import { bytes_of_text } from "../src/protocol/bytes";
import { say } from "./words";

const LINE_BYTES_MAX = 80;
/** Of a reason, an outcome and what else may be a sentence. */
export const REASON_BYTES_MAX = 1000;

/** What is wrong with it; null if nothing is. */
export function wrong_line(line: string, bytes_max = LINE_BYTES_MAX): string | null {
  if (line === "") return say.changes.line_empty;
  return bytes_of_text(line).length > bytes_max || /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(line) ? say.changes.line_long(bytes_max) : null;
}
