// SPDX-License-Identifier: AGPL-3.0-or-later
// Our C++ and the npm package age-encryption (typage), with which the browser seals, both ways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as age from "age-encryption";
import { contents, lines, ours, path, sha256, write } from "./tools.mjs";

const kinds = {
  hybrid: age.generateHybridIdentity,
  x25519: age.generateX25519Identity,
};

const seal = async (recipient, content) => {
  const encrypter = new age.Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
};
const open = async (identity, sealed) => {
  const decrypter = new age.Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed);
};

for (const [kind, generate] of Object.entries(kinds)) {
  test(`${kind}: typage opens what we sealed, and we what it sealed, with its key and with ours`, async () => {
    const identity = await generate();
    const theirs = { identity, file: write("theirs.key", identity), recipient: await age.identityToRecipient(identity) };
    const file = path("ours.key");
    const recipient = lines(ours("keygen", kind, file))[0];
    const mine = { identity: readFileSync(file, "utf8"), file, recipient };
    assert.equal(await age.identityToRecipient(mine.identity), mine.recipient);
    for (const key of [theirs, mine]) {
      for (const content of contents) {
        const by_us = ours("seal", kind === "hybrid" ? 8 : 0, 2, key.recipient, content);
        assert.equal(sha256(await open(key.identity, by_us)), sha256(content));
        const by_them = await seal(key.recipient, content);
        assert.equal(sha256(ours("open", 1, key.file, by_them)), sha256(content));
        const armored = Buffer.from(age.armor.encode(by_them));
        assert.equal(sha256(ours("open", 1, key.file, armored)), sha256(content));
      }
    }
  });
}

test("passphrases, both ways", async () => {
  const encrypter = new age.Encrypter();
  encrypter.setPassphrase("correct horse");
  encrypter.setScryptWorkFactor(12);
  assert.equal(sha256(ours("openpass", "correct horse", await encrypter.encrypt(contents[4]))), sha256(contents[4]));
  const decrypter = new age.Decrypter();
  decrypter.addPassphrase("battery staple");
  assert.equal(sha256(await decrypter.decrypt(ours("sealpass", "battery staple", contents[4]))), sha256(contents[4]));
});
