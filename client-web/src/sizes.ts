// SPDX-License-Identifier: AGPL-3.0-or-later
// Sizes as people read them.

export function size_text(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return (unit === 0 || value >= 10 ? Math.round(value).toString() : value.toFixed(1)) + " " + (units[unit] ?? "");
}
