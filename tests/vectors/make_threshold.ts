// SPDX-License-Identifier: AGPL-3.0-or-later
// make_threshold FILE: writes a sealed file that several have to open together into docs/spec/vectors/threshold.json, in the place of the one
// that is there, made by the page's own code. Only needed when the specification changes: npm run threshold-vector -- FILE

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Encrypter } from "age-encryption";
import { bytes_of_text, random_bytes } from "../../client-web/src/protocol/bytes";
import { identity_of_seed, recipient_of_seed } from "../../client-web/src/protocol/recipient";
import { ThresholdRecipient } from "../../client-web/src/seal/threshold";

const [PLACES, THRESHOLD, AUDIENCE] = [4, 2, ["ada", "bo", "cy"]] as const;
const PLAIN = bytes_of_text("He reads my messages. Two of three have to agree before anybody reads this.\n".repeat(5));

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: make_threshold FILE");
const people = AUDIENCE.map((id) => ({ id, seed: random_bytes(32) }));
const encrypter = new Encrypter();
encrypter.addRecipient(new ThresholdRecipient(people.map(({ id, seed }) => ({ id, recipient: recipient_of_seed(seed) })), PLACES, THRESHOLD));
const header = {
  places: PLACES, threshold: THRESHOLD, audience: AUDIENCE,
  identities: Object.fromEntries(people.map(({ id, seed }) => [id, identity_of_seed(seed)])),
  plaintext_sha256: createHash("sha256").update(PLAIN).digest("hex"),
  file: Buffer.from(await encrypter.encrypt(PLAIN)).toString("base64"),
};
// The cases stay as they are, byte for byte: another implementation made them.
const cases = readFileSync(path, "utf8").split("\n  ]")[0] ?? "";
writeFileSync(path, cases + '\n  ],\n  "headers": [\n    ' + JSON.stringify(header) + "\n  ]\n}\n");
