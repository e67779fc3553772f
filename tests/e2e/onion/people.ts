// SPDX-License-Identifier: AGPL-3.0-or-later
// Who comes to an onion site: a reporter with Firefox as Tor Browser sets it up, a caseworker with `candour` and her own tor.

import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { open_browser, type BrowserName } from "../browser";
import { bin } from "../daemon";
import { write_key_file } from "../desk";
import type { Client } from "./network";
import type { OnionSite } from "./site";

/** What of Tor Browser's settings a page can notice, and that everything goes through Tor. */
const tor_browser = (socks_port: number): Record<string, unknown> => ({
  "network.proxy.http": "", "network.proxy.http_port": 0, "network.proxy.ssl": "", "network.proxy.ssl_port": 0, "network.proxy.no_proxies_on": "",
  "network.proxy.socks": "127.0.0.1", "network.proxy.socks_port": socks_port, "network.proxy.socks_version": 5,
  "network.proxy.socks_remote_dns": true, "network.proxy.socks5_remote_dns": true, "network.proxy.failover_direct": false, "network.proxy.allow_hijacking_localhost": true,
  "network.dns.disabled": true, "network.dns.blockDotOnion": false, "network.http.speculative-parallel-limit": 0, "network.prefetch-next": false,
  "dom.securecontext.allowlist_onions": true,
  "browser.privatebrowsing.autostart": true, "privacy.firstparty.isolate": true, "privacy.resistFingerprinting": true, "media.peerconnection.enabled": false, "webgl.disabled": true,
});

export const open_tor_browser = (name: BrowserName, tor: Client): Promise<Browser> => open_browser(name, tor_browser(tor.socks_port));

/** `candour` at the desk's onion address, as a member, through this tor: its status, and all that it said. */
export async function candour(site: OnionSite, tor: Client, member: string, ...options: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  const key = await write_key_file(site, member);
  const env = { ...process.env, CANDOUR_SERVER: "http://" + site.desk, CANDOUR_KEY: key, XDG_STATE_HOME: join(site.folder, "state-" + member) };
  const all = [...options, "--proxy", "127.0.0.1:" + tor.socks_port, "--passphrase-file", join(site.folder, "passphrase")];
  return new Promise((resolve) => {
    execFile(join(bin, "candour"), all, { env }, (error, stdout, stderr) => resolve({ status: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, said: stdout + stderr }));
  });
}
