// SPDX-License-Identifier: AGPL-3.0-or-later
// Padmé (PURBs, 2019, algorithm 1) with a floor: at most 12 % overhead, and a size tells little (docs/spec/report.md).

export const REPORT_FLOOR_BYTES = 65536;

export function padded_size(bytes: number, floor: number = REPORT_FLOOR_BYTES): number {
  if (bytes <= floor) return floor;
  const exponent = floor_log2(bytes);
  const kept_bits = floor_log2(exponent) + 1;
  const step = 2 ** Math.max(0, exponent - kept_bits);
  return Math.ceil(bytes / step) * step; // exact: sizes stay far below 2^53
}

/** Not Math.log2, which rounds 2^48 - 1 up. */
function floor_log2(value: number): number {
  let exponent = 0;
  for (let power = 2; power <= value; power *= 2) exponent += 1;
  return exponent;
}
