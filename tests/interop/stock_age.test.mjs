// SPDX-License-Identifier: AGPL-3.0-or-later
// Our C++ and stock age (1.3 or later), both ways: what one seals the other opens. A caseworker must be able to open
// her reports when Candour is gone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { contents, lines, ours, path, run, sha256, write } from "./tools.mjs";

const on_terminal = fileURLToPath(new URL("with_passphrase.py", import.meta.url));
const age_typing = (passphrase, ...args) => run("python3", [on_terminal, passphrase, "age", ...args]);

const our_key = (kind) => {
  const file = path("ours.key");
  return { file, recipient: lines(ours("keygen", kind, file))[0] };
};
const their_key = (kind) => {
  const file = path("theirs.key");
  run("age-keygen", kind === "hybrid" ? ["-pq", "-o", file] : ["-o", file]);
  return { file, recipient: lines(run("age-keygen", ["-y", file]))[0] };
};

test("age is 1.3 or later, and knows the post-quantum type", () => {
  assert.match(their_key("hybrid").recipient, /^age1pq1/);
});

for (const kind of ["hybrid", "x25519"]) {
  for (const [whose, key] of [["ours", our_key(kind)], ["stock age's", their_key(kind)]]) {
    test(`${kind}, key of ${whose}: age opens what we sealed`, () => {
      for (const content of contents) {
        for (const threads of [1, 3]) {
          const sealed = ours("seal", kind === "hybrid" ? 8 : 0, threads, key.recipient, content);
          assert.equal(sha256(run("age", ["-d", "-i", key.file], sealed)), sha256(content));
        }
      }
    });
    test(`${kind}, key of ${whose}: we open what age sealed, binary and armored`, () => {
      for (const content of contents) {
        const sealed = run("age", ["-r", key.recipient], content);
        assert.equal(sha256(ours("open", 1, key.file, sealed)), sha256(content));
        assert.equal(sha256(ours("open", 3, key.file, sealed)), sha256(content));
        const armored = run("age", ["-a", "-r", key.recipient], content);
        assert.equal(sha256(ours("open", 1, key.file, armored)), sha256(content));
      }
    });
  }
}

test("three readers and five dummies: age opens it with each reader's key", () => {
  const keys = [our_key("hybrid"), their_key("hybrid"), our_key("hybrid")];
  const sealed = ours("seal", 8, 1, ...keys.map((key) => key.recipient), contents[1]);
  for (const key of keys) assert.deepEqual(run("age", ["-d", "-i", key.file], sealed), contents[1]);
  assert.throws(() => run("age", ["-d", "-i", their_key("hybrid").file], sealed), /no identity matched/);
});

test("age opens what we sealed to a passphrase, and we what it sealed", () => {
  const sealed = write("sealed.age", ours("sealpass", "correct horse", contents[4]));
  const opened = path("opened");
  age_typing("correct horse", "-d", "-o", opened, sealed);
  assert.equal(sha256(readFileSync(opened)), sha256(contents[4]));

  const theirs = path("theirs.age");
  age_typing("battery staple", "-p", "-o", theirs, write("plain", contents[4]));
  assert.equal(sha256(ours("openpass", "battery staple", readFileSync(theirs))), sha256(contents[4]));
  assert.throws(() => ours("openpass", "battery stable", readFileSync(theirs)), /passphrase is wrong/);
});

test("age -d -i works on our protected key file, for every epoch in it", () => {
  const key_file = path("robin.key");
  for (const recipient of lines(ours("keyfile", "eleven purple bicycles", key_file))) {
    const report = write("report.age", ours("seal", 4, 1, recipient, contents[3]));
    const opened = path("opened");
    age_typing("eleven purple bicycles", "-d", "-i", key_file, "-o", opened, report);
    assert.equal(sha256(readFileSync(opened)), sha256(contents[3]));
  }
});

test("we read an identity file that age protected", () => {
  const key = their_key("hybrid");
  for (const armor of [[], ["-a"]]) {
    const locked = path("locked.key");
    age_typing("a long passphrase", "-p", ...armor, "-o", locked, key.file);
    const sealed = run("age", ["-r", key.recipient], contents[2]);
    assert.equal(sha256(ours("openlocked", "a long passphrase", locked, sealed)), sha256(contents[2]));
    assert.throws(() => ours("openlocked", "another passphrase", locked, sealed), /passphrase is wrong/);
  }
});

test("both refuse to mix post-quantum and classic recipients", () => {
  const recipients = [our_key("hybrid").recipient, our_key("x25519").recipient];
  assert.throws(() => ours("seal", 0, 1, ...recipients), /cannot be mixed/);
  assert.throws(() => run("age", recipients.flatMap((recipient) => ["-r", recipient])));
});

test("both refuse a file that was cut short", () => {
  const key = our_key("x25519");
  const sealed = run("age", ["-r", key.recipient], contents[5]);
  for (const cut of [1, 17, 65552, 65552 + 16]) {
    const short = sealed.subarray(0, sealed.length - cut);
    assert.throws(() => ours("open", 1, key.file, short));
    assert.throws(() => run("age", ["-d", "-i", key.file], short));
  }
});
