// SPDX-License-Identifier: AGPL-3.0-or-later
// Coming back: the codename that she gave, what lies in its box, and asking the desk to stop. In memory only; exit wipes it.

import type { BoxNews, FileNews, ToWorker, WithdrawalState } from "./messages";
import { wipe } from "./protocol/bytes";
import type { Reply } from "./protocol/reply";

/** url: good until she leaves the messages. */
export type FileState = Exclude<FileNews, { at: "here" }> | { readonly at: "here"; readonly url: string };

export class Return {
  /** Null while no box is open. */
  codename: string | null = null;
  box: BoxNews | null = null;
  withdrawal: WithdrawalState | null = null;
  /** A file that came with a message, once she asked for it: one at a time. */
  private file: { readonly of: Pick<Reply, "caseworker" | "number">; readonly state: FileState } | null = null;
  private turn = 0; // of that file, against late news of another
  /** The check-in cannot go on in this visit. */
  broken = false;

  constructor(private readonly post: (message: ToWorker) => void, private readonly changed: () => void) {}

  /** codename: in its one spelling. Any eight words of the list have a box. */
  open(codename: string): void {
    this.forget_file();
    this.codename = codename;
    this.box = null;
    this.withdrawal = null;
    this.post({ order: "open-box", codename });
  }

  close(): void {
    this.forget();
    this.post({ order: "close-box" });
  }

  ask(verb: "withdraw" | "take-back"): void {
    this.withdrawal = "going";
    this.post({ order: verb });
    this.changed();
  }

  /** Leaving the page of the withdrawal: what was asked stays asked. */
  stop_asking(): void {
    if (this.withdrawal === "going" || this.withdrawal === "waiting") this.post({ order: "cancel" });
    this.withdrawal = null;
  }

  get_file(reply: Reply): void {
    this.forget_file();
    this.turn += 1;
    this.file = { of: reply, state: { at: "coming", done: 0, of: 0, waiting: false } };
    this.post({ order: "get-file", reply, turn: this.turn });
    this.changed();
  }

  /** Null where it was not asked for, or another one was since. */
  file_of(reply: Reply): FileState | null {
    const file = this.file;
    return file !== null && file.of.caseworker === reply.caseworker && file.of.number === reply.number ? file.state : null;
  }

  hear_file(turn: number, news: FileNews): void {
    if (this.file === null || turn !== this.turn) {
      if (news.at === "here") wipe(news.bytes);
      return;
    }
    this.file = { of: this.file.of, state: news.at === "here" ? { at: "here", url: to_save(news.bytes) } : news };
    this.changed();
  }

  /** Leaving the messages, or covering them. */
  drop_file(): void {
    if (this.file === null) return;
    this.forget_file();
    this.post({ order: "drop-file" });
  }

  hear_box(box: BoxNews): void {
    if (this.codename === null) return;
    this.box = box;
    this.changed();
  }

  hear_withdrawal(state: WithdrawalState): void {
    if (this.withdrawal === null) return;
    this.withdrawal = state;
    this.changed();
  }

  check_in_broke(): void {
    this.broken = true;
    this.changed();
  }

  private forget_file(): void {
    if (this.file?.state.at === "here") URL.revokeObjectURL(this.file.state.url);
    this.file = null;
  }

  forget(): void {
    this.forget_file();
    this.codename = null;
    this.box = null;
    this.withdrawal = null;
  }
}

/** Never a kind that the browser would show: whoever has a caseworker's key could have sent it. */
function to_save(bytes: Uint8Array<ArrayBuffer>): string {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  wipe(bytes);
  return url;
}
