// SPDX-License-Identifier: AGPL-3.0-or-later
// Another codename: what she keeps under the old one is put anew under the new one, and only then erased under the old one
// (docs/spec/drops.md, Coming back). May be cut at any time and begun again: nothing is put twice, nothing is lost. In the Worker.

import { equal } from "../protocol/bytes";
import { encode_draft } from "../protocol/draft";
import type { DropLine } from "../upload/drop_line";
import { DiaryStore, type OwnKeys } from "./diary_store";
import { DraftStore } from "./draft_store";
import { forget_opened } from "./last_opened";

export async function move_kept(from: OwnKeys, to: OwnKeys, line: DropLine, progress: (done: number, of: number) => void): Promise<void> {
  const [old_diary, new_diary] = [new DiaryStore(from, line), new DiaryStore(to, line)];
  await old_diary.read();
  await new_diary.read();
  const entries = old_diary.entries;
  const steps = 2 * entries.length;
  const there = new_diary.entries.map(({ day, text }) => day + "\n" + text);
  for (const [i, { day, text }] of entries.entries()) {
    progress(i, steps);
    const at = there.indexOf(day + "\n" + text);
    if (at >= 0) there.splice(at, 1); // of an earlier attempt
    else await new_diary.add({ day, text });
  }
  const [old_draft, new_draft] = [new DraftStore(from, line), new DraftStore(to, line)];
  const draft = await old_draft.load();
  const newer = draft === null ? null : await new_draft.load();
  if (draft !== null && newer === null) await new_draft.save(draft);
  if (draft === null || newer === null || equal(encode_draft(draft), encode_draft(newer))) await old_draft.remove(); // else both are hers
  await forget_opened(from, line);
  await old_diary.erase_all((left) => progress(steps - Math.min(left, entries.length), steps));
  progress(steps, steps);
}
