// SPDX-License-Identifier: AGPL-3.0-or-later
// A Worker that does nothing but the check-in. It shares no thread with the keys, the sealing or the page, so that work there does
// not shift its requests; it knows which tags are asked for, and holds no key.

import { check_in, type Listener, type World } from "./check_in/check_in";
import type { FromCheckIn, ToCheckIn } from "./messages";
import { DropIndex } from "./protocol/drop_index";
import { fetch_bytes, Refused, Unreachable } from "./upload/http";

const REQUEST_SECONDS_MAX = 60;

async function fetch_in_time(path: string): ReturnType<typeof fetch_bytes> {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), REQUEST_SECONDS_MAX * 1000);
  try {
    return await fetch_bytes(path, { signal: time.signal });
  } finally {
    clearTimeout(timer);
  }
}

function or_throw<T>(error: unknown, otherwise: T): T {
  if (error instanceof Refused || error instanceof Unreachable) return otherwise;
  throw error;
}

const world: World = {
  fetch_index: () => fetch_in_time("/v1/drops").then(DropIndex.parse, (error: unknown) => or_throw(error, null)),
  fetch_body: (tag) => fetch_in_time("/v1/drops/" + tag).catch((error: unknown) => or_throw(error, error instanceof Refused ? null : "unanswered")),
  milliseconds: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The page sends one end of the line to the Worker that has the keys. */
self.addEventListener("message", (event: MessageEvent<unknown>) => {
  const line = event.ports[0];
  if (line === undefined) return;
  const tell = (news: FromCheckIn): void => line.postMessage(news);
  const listener: Listener = {
    index_is_missing: () => tell({ index: null }),
    index_is_there(index, slots) {
      line.onmessage = (message: MessageEvent<ToCheckIn>) => slots.want(message.data.want);
      tell({ index: index.tags });
    },
    fetched: (bodies) => tell({ bodies }),
  };
  void check_in(world, listener);
}, { once: true });
