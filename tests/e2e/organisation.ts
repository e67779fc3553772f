// SPDX-License-Identifier: AGPL-3.0-or-later
// A made-up organisation, signed with keys that the test draws: for tests that need a roster which the tool would refuse to make.

import { ed25519 } from "@noble/curves/ed25519.js";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { random_bytes } from "../../client-web/src/protocol/bytes";
import { today } from "../../client-web/src/protocol/day";
import { encode_verifier, sign_note } from "../../client-web/src/protocol/note";

const DAY_MILLISECONDS = 86_400_000;

export interface KeyHolder {
  readonly name: string;
  readonly seed: Uint8Array;
  readonly verifier: string;
}

export function make_key_holder(name: string): KeyHolder {
  const seed = random_bytes(32);
  return { name, seed, verifier: encode_verifier(name, ed25519.getPublicKey(seed)) };
}

export function day_from_now(days: number): string {
  return today(new Date(Date.now() + days * DAY_MILLISECONDS));
}

export interface Member {
  readonly id: string;
  readonly identity: string;
  readonly signer: KeyHolder;
  readonly entry: Record<string, unknown>;
}

/** key_days: how long her sealing key lasts from today on; a negative one has lapsed. */
export async function make_member(id: string, name: string, desks: readonly string[], key_days = 60): Promise<Member> {
  const signer = make_key_holder("candour/caseworker/" + id);
  const identity = await generateHybridIdentity();
  const recipient = await identityToRecipient(identity);
  const text = "candour/v1/sealing-key\ncaseworker " + id + "\nrecipient " + recipient + "\nfrom " + day_from_now(-90) + "\nuntil " + day_from_now(key_days) + "\n";
  const entry = { id, name, desks, signing_key: signer.verifier, sealing_key: sign_note(text, signer.name, signer.seed), revoked: false };
  return { id, identity, signer, entry };
}

export const TEST_FORM = {
  id: "test", version: 1, language: "en", account: ["what_happened"],
  steps: [
    { id: "safety", title: "You", text: ["Please answer what you can."], questions: [
      { id: "nation", kind: "choice", label: "Where do you live?", hint: "Rules differ.", options: [{ id: "england", label: "England" }, { id: "wales", label: "Wales" }] },
      { id: "safe", kind: "choice", label: "Are you safe now?", safety: true, options: [{ id: "yes", label: "Yes" }, { id: "no", label: "No", danger: true }] },
      { id: "danger", kind: "text", label: "What is the danger?", characters_max: 50, safety: true, show_if: { question: "safe", is: ["no"] } },
    ] },
    { id: "story", title: "What happened", text: [], questions: [
      { id: "what_happened", kind: "long_text", label: "What happened, in your words?", hint: "A few lines are enough.", characters_max: 20000 },
    ] },
    { id: "him", title: "About him", text: [], questions: [
      { id: "surname", kind: "text", label: "His surname", characters_max: 200, accused: "surname" },
      { id: "wants", kind: "choices", label: "What would you like?", options: [{ id: "advice", label: "Advice" }, { id: "safety", label: "Safety" }, { id: "record", label: "Only a record" }] },
    ] },
  ],
};

export interface Organisation {
  readonly root: KeyHolder;
  readonly receipt: KeyHolder;
  readonly members: readonly Member[];
  readonly pin: string;
  roster(changes?: Record<string, unknown>): Record<string, unknown>;
  /** The signed note; changes replace fields of the roster. */
  note(changes?: Record<string, unknown>): string;
}

/** Who is at which desks. */
export interface Setup {
  readonly desks: readonly Record<string, unknown>[];
  readonly people: readonly (readonly [id: string, name: string, desks: readonly string[]])[];
  /** The roster's, where it has any. */
  readonly matching?: Record<string, unknown>;
}

/** One desk, all of whom match, by the evaluation key `public_key`. */
export const matching_setup = (public_key: string): Setup => ({
  desks: [{ id: "legal", name: "Legal desk", description: "Solicitors.", threshold: 1 }],
  people: [["ada", "Ada", ["legal"]], ["bo", "Bo", ["legal"]]],
  matching: { group: ["ada", "bo"], public_key, threshold: 1, holders: [{ number: 1, public_share: public_key, access: "A".repeat(43) + "=" }] },
});

const USUAL: Setup = {
  desks: [
    { id: "legal", name: "Legal desk", description: "Solicitors who advise on complaints against police officers.", threshold: 1 },
    { id: "support", name: "Support desk", description: "Advocates who help you to stay safe.", threshold: 1 },
  ],
  people: [["ada", "Ada", ["support"]], ["robin", "Robin", ["legal"]], ["sam", "Sam", ["legal", "support"]]],
};

/** One desk, at which two have to open a report together. */
export const TOGETHER: Setup = {
  desks: [{ id: "support", name: "Support desk", description: "Advocates who help you to stay safe.", threshold: 2 }],
  people: [["ada", "Ada", ["support"]], ["bo", "Bo", ["support"]], ["cy", "Cy", ["support"]], ["dee", "Dee", ["support"]]],
};

export async function make_organisation({ desks, people, matching }: Setup = USUAL): Promise<Organisation> {
  const root = make_key_holder("candour/root-key/test");
  const receipt = make_key_holder("candour/receipt/main");
  const members = await Promise.all(people.map((person) => make_member(...person)));
  const roster = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
    format: "candour/v1/roster", service: "Candour test", public_name: "Notes", version: 7,
    valid_from: day_from_now(-2), valid_until: day_from_now(60), places: 8, desks,
    caseworkers: members.map((member) => member.entry),
    receipt_key: receipt.verifier,
    form: TEST_FORM,
    policy: { attachments_max: 100, attachments_bytes_max: 2147483648 },
    helplines: [{ name: "Refuge", phone: "0808 2000 247", hours: "all day, every day" }],
    ...(matching === undefined ? {} : { matching }),
    ...changes,
  });
  return {
    root, receipt, members, roster,
    pin: "candour/v1/pin\nquorum 1\nkey " + root.verifier + "\n",
    note: (changes = {}) => sign_note(JSON.stringify(roster(changes), null, 2) + "\n", root.name, root.seed),
  };
}
