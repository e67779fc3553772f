// SPDX-License-Identifier: AGPL-3.0-or-later
// The box of a codename, in the Worker that has the keys: looks for her replies in the index, has them asked for in the slots that the
// check-in makes anyway, opens and checks them. An invented codename has a box like any other, without replies.

import { BODIES_IN_A_SLOT } from "./check_in/slots";
import type { BoxNews, FromCheckIn, ToCheckIn } from "./messages";
import type { Bytes } from "./protocol/bytes";
import { derive_reporter_keys, wipe_reporter_keys, type ReporterKeys } from "./protocol/codename";
import { find_replies, open_drop, type ReplyPlace } from "./protocol/drop";
import type { Tag } from "./protocol/drop_index";
import { check_reply, type Reply } from "./protocol/reply";
import type { Roster } from "./protocol/roster";

export class Box {
  keys: ReporterKeys | null = null;
  private index: ReadonlySet<Tag> | null = null;
  private roster: Roster | null = null;
  private no_answer = false;
  private places: readonly ReplyPlace[] = [];
  /** Null: to be skipped. */
  private readonly replies = new Map<Tag, Reply | null>();
  /** What was hers at any time in this visit: once it had an answer it is not asked for again, so its body is kept whenever it comes. */
  private readonly named = new Set<Tag>();
  /** Every body of hers that came in this visit, still sealed: asking for one again would show that it is somebody's. */
  private readonly bodies = new Map<Tag, Bytes | null>();

  constructor(private readonly line: { postMessage(message: ToCheckIn): void }, private readonly tell: (box: BoxNews) => void) {}

  take_roster(roster: Roster): void {
    this.roster = roster;
    if (this.keys !== null) void this.search(this.keys);
  }

  hear(news: FromCheckIn): void {
    if ("index" in news) {
      this.index = news.index === null ? null : new Set(news.index);
      this.no_answer = news.index === null;
    } else {
      this.no_answer = news.bodies.length < BODIES_IN_A_SLOT;
      for (const { tag, body } of news.bodies) {
        if (this.named.has(tag) && (this.bodies.get(tag) ?? null) === null) this.bodies.set(tag, body);
      }
    }
    if (this.keys !== null) void ("index" in news ? this.search(this.keys) : this.read(this.keys));
  }

  open(codename: string): void {
    this.close();
    this.keys = derive_reporter_keys(codename);
    void this.search(this.keys);
  }

  close(): void {
    if (this.keys !== null) wipe_reporter_keys(this.keys);
    this.keys = null;
    this.places = [];
    this.replies.clear();
    this.line.postMessage({ want: [] });
  }

  private async search(keys: ReporterKeys): Promise<void> {
    const { index, roster } = this;
    if (index === null || roster === null) return this.say();
    this.places = find_replies(index, keys.mailbox_root, roster.caseworkers.filter((caseworker) => !caseworker.revoked).map((caseworker) => caseworker.id));
    this.replies.clear(); // another roster may have other authors
    for (const { tag } of this.places) this.named.add(tag);
    this.line.postMessage({ want: this.places.map((place) => place.tag) });
    await this.read(keys);
  }

  private async read(keys: ReporterKeys): Promise<void> {
    for (const place of this.places) {
      const body = this.bodies.get(place.tag);
      const author = this.roster?.caseworkers.find((caseworker) => caseworker.id === place.caseworker);
      if (body === undefined || body === null || author === undefined || this.replies.has(place.tag)) continue;
      const content = await open_drop(body, keys.reply_seed);
      if (this.keys !== keys) return; // closed meanwhile, or another codename
      this.replies.set(place.tag, content === null ? null : check_reply(content, place, author, keys.reply_recipient));
    }
    this.say();
  }

  private say(): void {
    const to_come = this.places.filter((place) => !this.bodies.has(place.tag)).length;
    const replies = [...this.replies.values()].flatMap((reply) => (reply === null ? [] : [reply])).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.number - b.number));
    this.tell({ searched: this.index !== null && this.roster !== null, no_answer: this.no_answer, to_come, replies });
  }
}
