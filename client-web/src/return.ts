// SPDX-License-Identifier: AGPL-3.0-or-later
// Coming back: the codename that she gave, what lies in its box, and asking the desk to stop. In memory only; exit wipes it.

import type { BoxNews, ToWorker, WithdrawalState } from "./messages";

export class Return {
  /** Null while no box is open. */
  codename: string | null = null;
  box: BoxNews | null = null;
  withdrawal: WithdrawalState | null = null;
  /** The check-in cannot go on in this visit. */
  broken = false;

  constructor(private readonly post: (message: ToWorker) => void, private readonly changed: () => void) {}

  /** codename: in its one spelling. Any eight words of the list have a box. */
  open(codename: string): void {
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

  forget(): void {
    this.codename = null;
    this.box = null;
    this.withdrawal = null;
  }
}
