// SPDX-License-Identifier: AGPL-3.0-or-later
// Choices that nobody may foresee: uniform, from the browser's cryptographic randomness.

/** 0 … count − 1, each alike: draws that would favour low numbers are thrown away. count: at most 2^32. */
export function random_below(count: number): number {
  const limit = 2 ** 32 - (2 ** 32 % count);
  const draw = new Uint32Array(1);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(draw);
    if (value < limit) return value % count;
  }
}

export function in_random_order<T>(items: readonly T[]): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(random_below(left.length), 1));
  return order;
}
