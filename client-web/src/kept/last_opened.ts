// SPDX-License-Identifier: AGPL-3.0-or-later
// "When was this last opened?": days that she asked to be marked, and no proof of anything (docs/spec/drops.md). In the Worker.

import type { Day } from "../protocol/day";
import { encode_last_opened, parse_last_opened } from "../protocol/diary_text";
import { open_drop, seal_drop } from "../protocol/drop";
import { deletion_token, last_opened_place } from "../protocol/own_drop";
import type { DropLine } from "../upload/drop_line";
import type { OwnKeys } from "./diary_store";

/** The days marked before, newest last; then today is marked too. */
export async function mark_opened(keys: OwnKeys, line: DropLine, today: Day): Promise<readonly Day[]> {
  const place = last_opened_place(keys.diary_root);
  const token = deletion_token(keys.diary_root, place.tag);
  const body = await line.get(place.tag);
  const content = body === null ? null : await open_drop(body, keys.reply_seed);
  const days = (content === null ? null : parse_last_opened(content)) ?? [];
  const marked = days.at(-1) === today ? days : [...days, today];
  await line.put(place, await seal_drop(encode_last_opened(marked), keys.reply_recipient), token, token);
  return days;
}

export async function forget_opened(keys: OwnKeys, line: DropLine): Promise<void> {
  const { tag } = last_opened_place(keys.diary_root);
  await line.erase(tag, deletion_token(keys.diary_root, tag));
}
