// SPDX-License-Identifier: AGPL-3.0-or-later
// The message catalogue: every word that the page itself says, in the language of this visit. One folder a language, of the same
// shape (the compiler checks it); what the organisation says (desks, people, form, helplines) comes from the roster.

import { en } from "./en";

export type Words = typeof en;

/** The words of this visit. Views read it anew each time they are drawn. */
export const say: Words = en;
