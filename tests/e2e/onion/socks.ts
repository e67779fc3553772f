// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests through a SOCKS port. Whoever gives another name gets circuits of her own (IsolateSOCKSAuth).

import { once } from "node:events";
import net, { type Socket } from "node:net";
import type { Client } from "./network";

const ANSWER_SECONDS_MAX = 90;

/** What Tor answers, with ExtendedErrors. */
export const CONNECTED = 0;
export const NO_KEY = 0xf4;
export const WRONG_KEY = 0xf5;

async function take(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const piece = socket.read(bytes) as Buffer | null;
    if (piece?.length === bytes) return piece;
    if (socket.readableEnded) throw new Error("the SOCKS port has hung up");
    await once(socket, "readable");
  }
}

/** What Tor answers to whoever wants to be connected with HOST, and the connection. */
export async function connect(tor: Client, host: string, name: string): Promise<{ readonly answer: number; readonly socket: Socket }> {
  const socket = net.connect(tor.socks_port, "127.0.0.1");
  socket.setTimeout(1000 * ANSWER_SECONDS_MAX, () => socket.destroy(new Error("nothing came through Tor")));
  socket.write(Buffer.from([5, 1, 2]));
  await take(socket, 2);
  socket.write(Buffer.from([1, name.length, ...Buffer.from(name), 1, 0]));
  await take(socket, 2);
  socket.write(Buffer.from([5, 1, 0, 3, host.length, ...Buffer.from(host), 0, 80]));
  const answer = (await take(socket, 10))[1] ?? -1;
  if (answer !== CONNECTED) socket.destroy();
  return { answer, socket };
}

/** The whole answer to GET, head and body; "" where the connection ended without one. */
export async function get(tor: Client, host: string, path: string, name: string): Promise<string> {
  const { answer, socket } = await connect(tor, host, name);
  if (answer !== CONNECTED) throw new Error("Tor does not connect: 0x" + answer.toString(16));
  let received = "";
  socket.on("data", (piece: Buffer) => (received += piece.toString()));
  // Through Tor no side can end alone: whoever is answered before her request has arrived is told so, and that it did not.
  socket.on("error", () => undefined);
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await ended;
  return received;
}

export const status_of = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
