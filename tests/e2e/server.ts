// SPDX-License-Identifier: AGPL-3.0-or-later
// A real candourd, and before it a small proxy through which tests break the line.

import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { built_pages, free_ports, start_daemon, type Daemon } from "./daemon";
import type { Setup } from "./organisation";

export { bin } from "./daemon";

/** What the proxy does to the line. */
export interface Line {
  down: boolean;
  /** Breaks a request after this many bytes of its body, once. */
  cut_after_bytes: number | null;
  /** Requests whose path ends so are broken off. */
  unanswered: string | null;
  /** Answers GET /v1/roster itself. */
  roster: string | null;
  /** Answers PUT /v1/reports/ID itself, with this receipt. */
  receipt: ((report_id: string, sha256: string) => string) | null;
  /** Every request but those of the check-in, which goes on at all times: method, path, length of the body. */
  readonly requests: string[];
  /** Every request, as somebody on the line could see it at most: everything but the content. */
  readonly exchanges: Exchange[];
  /** Bytes a second that pass upwards; null for no limit. */
  bytes_per_second: number | null;
  /** How long the answers to paths that begin so are held back. */
  slow: { readonly path: string; readonly milliseconds: number } | null;
}

export interface Exchange {
  readonly seconds: number;
  readonly method: string;
  readonly path: string;
  /** The lines of the head, as they came. */
  readonly head: readonly string[];
  readonly body_bytes: number;
  status: number;
  answer_head: readonly string[];
  answer_bytes: number;
}

export interface Site extends Daemon {
  readonly address: string; // of the proxy
  readonly desk_address: string;
  readonly line: Line;
  /** Another proxy before the same server, so that visits at one time can be told apart. */
  another_line(): Promise<{ readonly address: string; readonly line: Line }>;
}

/** pages: another build of the page than the usual one. setup: another organisation. */
export async function start_site(pages: string = built_pages, setup?: Setup): Promise<Site> {
  const [reporter = 0, desk = 0] = await free_ports(2);
  const desk_address = "http://127.0.0.1:" + desk;
  const daemon = await start_daemon(["[reporter]", `listen = "127.0.0.1:${reporter}"`, "[desk]", `listen = "127.0.0.1:${desk}"`, `origin = "${desk_address}"`], { host: "127.0.0.1", port: reporter }, pages, setup);
  const { organisation, folder, publish, restart } = daemon;

  const proxies: http.Server[] = [];
  const another_line = async (): Promise<{ address: string; line: Line }> => {
    const line: Line = { down: false, cut_after_bytes: null, unanswered: null, roster: null, receipt: null, requests: [], exchanges: [], bytes_per_second: null, slow: null };
    const proxy = http.createServer((request, response) => pass(request, response, reporter, line)).listen(0, "127.0.0.1");
    await new Promise((resolve) => proxy.once("listening", resolve));
    proxies.push(proxy);
    return { address: "http://127.0.0.1:" + (proxy.address() as AddressInfo).port, line };
  };
  const { address, line } = await another_line();
  return {
    organisation, folder, line, address, desk_address, another_line, publish, restart,
    async stop() {
      for (const proxy of proxies) {
        proxy.closeAllConnections();
        await new Promise((resolve) => proxy.close(resolve));
      }
      await daemon.stop();
    },
  };
}

function head_lines(raw: readonly string[]): string[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [name + ": " + (raw[i + 1] ?? "")] : []));
}

function record(request: http.IncomingMessage, line: Line): Exchange {
  const exchange: Exchange = {
    seconds: performance.now() / 1000, method: request.method ?? "", path: request.url ?? "", head: head_lines(request.rawHeaders),
    body_bytes: Number(request.headers["content-length"] ?? 0), status: 0, answer_head: [], answer_bytes: 0,
  };
  line.exchanges.push(exchange);
  return exchange;
}

function pass(request: http.IncomingMessage, response: http.ServerResponse, port: number, line: Line): void {
  const exchange = record(request, line);
  if (request.url?.startsWith("/v1/drops") !== true) line.requests.push(request.method + " " + request.url + " " + (request.headers["content-length"] ?? "0"));
  if (line.down || (line.unanswered !== null && request.url?.endsWith(line.unanswered) === true)) return void request.socket.destroy();
  if (line.roster !== null && request.url === "/v1/roster") {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
    return void response.end(line.roster);
  }
  const report_id = /^\/v1\/reports\/([0-9a-f]{64})$/.exec(request.url ?? "")?.[1];
  if (line.receipt !== null && report_id !== undefined) {
    const make_receipt = line.receipt;
    const hash = createHash("sha256");
    request.on("data", (piece: Buffer) => hash.update(piece));
    return void request.on("end", () => response.writeHead(201).end(make_receipt(report_id, hash.digest("hex"))));
  }
  const onward = http.request({ host: "127.0.0.1", port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
    exchange.status = answer.statusCode ?? 502;
    exchange.answer_head = head_lines(answer.rawHeaders);
    const pass_back = (): void => {
      answer.on("data", (piece: Buffer) => (exchange.answer_bytes += piece.length));
      response.writeHead(exchange.status, answer.headers);
      answer.pipe(response);
    };
    if (line.slow === null || request.url?.startsWith(line.slow.path) !== true) return pass_back();
    setTimeout(pass_back, line.slow.milliseconds);
  });
  onward.on("error", () => response.destroy());
  let passed = 0;
  request.on("data", (piece: Buffer) => {
    passed += piece.length;
    if (line.cut_after_bytes !== null && passed > line.cut_after_bytes) {
      line.cut_after_bytes = null;
      onward.destroy();
      request.socket.destroy();
      return;
    }
    onward.write(piece);
    if (line.bytes_per_second !== null) {
      request.pause();
      setTimeout(() => request.resume(), (1000 * piece.length) / line.bytes_per_second);
    }
  });
  request.on("end", () => onward.end());
  request.on("error", () => onward.destroy());
}
