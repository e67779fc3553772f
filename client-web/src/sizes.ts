// SPDX-License-Identifier: AGPL-3.0-or-later
// Sizes as people read them, in the language of this visit.

import { spoken } from "./words";
import { size_in } from "./words/platform";

export function size_text(bytes: number): string {
  return size_in(spoken.locale, bytes);
}
