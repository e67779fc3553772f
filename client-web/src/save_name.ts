// SPDX-License-Identifier: AGPL-3.0-or-later
// Under which name something is saved that somebody else named: letters, digits and ._- alone, with the end that it has, so that nothing
// hidden in a name can make it look like another kind of file, or like a hidden file.

const STEM_MAX = 60;

export function save_name(untrusted: string): string {
  const plain = untrusted.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9._-]+/g, "_");
  const [, stem = "", end = ""] = /^(.*?)(\.[A-Za-z0-9]{1,10})?$/.exec(plain) ?? [];
  const named = stem.slice(0, STEM_MAX).replace(/^[._-]+|[._-]+$/g, "");
  return (named === "" ? "file" : named) + end;
}
