// SPDX-License-Identifier: AGPL-3.0-or-later
// The browser's Back button would throw away what she wrote. One extra history entry catches it and makes it the page's own Back.
// The entry has the same address and holds no data. It is set only once there is something to lose (exit.ts takes it away again).

export class BackButton {
  private armed = false;

  constructor(private readonly on_back: () => boolean) {
    addEventListener("popstate", () => {
      if (!this.armed) return;
      this.armed = false;
      if (this.on_back()) this.arm();
    });
  }

  get is_armed(): boolean {
    return this.armed;
  }

  arm(): void {
    if (this.armed) return;
    this.armed = true;
    history.pushState(null, "");
  }

  disarm(): void {
    this.armed = false;
  }
}
