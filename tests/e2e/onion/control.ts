// SPDX-License-Identifier: AGPL-3.0-or-later
// Tor's control port: what circuits a client has, and the end of some.

import net from "node:net";
import type { Client } from "./network";

/** All that is answered. */
export async function ask(tor: Client, ...commands: readonly string[]): Promise<string> {
  const socket = net.connect(tor.control);
  socket.write(["AUTHENTICATE", ...commands, "QUIT", ""].join("\r\n"));
  let answer = "";
  for await (const piece of socket) answer += String(piece);
  return answer;
}

export interface Circuit {
  readonly id: string;
  /** The name given at the SOCKS port; "" for none. */
  readonly name: string;
}

/** The client's finished circuits to an onion address. */
export async function circuits_to(tor: Client, host: string): Promise<readonly Circuit[]> {
  const lines = (await ask(tor, "GETINFO circuit-status")).split("\r\n");
  return lines.filter((line) => line.includes(" PURPOSE=HS_CLIENT_REND ") && line.includes("HS_STATE=HSCR_JOINED") && line.includes("REND_QUERY=" + host.replace(".onion", ""))).map((line) => ({
    id: /(\d+) BUILT /.exec(line)?.[1] ?? "", name: /SOCKS_USERNAME="([^"]*)"/.exec(line)?.[1] ?? "",
  }));
}

/** Ends the circuits to an onion address that carry a connection; how many. */
export async function kill_circuits(tor: Client, host: string): Promise<number> {
  const carrying = new Set([...(await ask(tor, "GETINFO stream-status")).matchAll(/^(?:250.stream-status=)?\d+ SUCCEEDED (\d+) /gm)].map(([, circuit]) => circuit));
  const circuits = (await circuits_to(tor, host)).filter(({ id }) => carrying.has(id));
  await ask(tor, ...circuits.map(({ id }) => "CLOSECIRCUIT " + id));
  const left = new Set((await circuits_to(tor, host)).map(({ id }) => id));
  return circuits.filter(({ id }) => !left.has(id)).length;
}
