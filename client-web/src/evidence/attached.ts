// SPDX-License-Identifier: AGPL-3.0-or-later
// What was found out about the files of this visit. Weak: a file that is removed, or forgotten at exit, takes it along.

import { look, type Look } from "./look";
import { strip } from "./strip";

const looks = new WeakMap<File, Look>();
const originals = new WeakMap<File, File>(); // copy → original

export function seen(file: File): Look | undefined {
  return looks.get(file);
}

export async function look_into(file: File): Promise<Look> {
  const found = looks.get(file) ?? (await look(file));
  looks.set(file, found);
  return found;
}

/** The file that she chose; itself, if it is sent as it is. */
export function original_of(file: File): File {
  return originals.get(file) ?? file;
}

export async function copy_without_details(original: File, name: string): Promise<File | null> {
  const copy = await strip(original, await look_into(original), name).catch(() => null); // it can no longer be read
  if (copy !== null) originals.set(copy, original);
  return copy;
}
