// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of the Trusted Types API that this page uses; TypeScript's own library does not have it yet.

interface TrustedTypePolicy {
  createScriptURL(input: string): object;
}

interface Window {
  readonly trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL: (input: string) => string }): TrustedTypePolicy;
  };
}
