// SPDX-License-Identifier: AGPL-3.0-or-later
// Plurals, days and sizes, by the rules that the platform knows for a language; none of them are written here.

type Forms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** Welsh has six forms, English two: each language says those that it has. */
export function plurals_of(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}

/** From YYYY-MM-DD. Chromium has no Welsh dates and would quietly write the month in another language: then it is written in digits. */
export function day_in(language: string, day: string, style: Intl.DateTimeFormatOptions = { dateStyle: "long" }): string {
  const knows = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  const format = knows
    ? new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" })
    : new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(day + "T00:00:00Z"));
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function size_in(language: string, bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return new Intl.NumberFormat(language, { style: "unit", unit: UNITS[unit] ?? "byte", unitDisplay: unit === 0 ? "long" : "short", maximumFractionDigits: digits }).format(value);
}
