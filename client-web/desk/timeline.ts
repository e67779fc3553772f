// SPDX-License-Identifier: AGPL-3.0-or-later
// The story of a case: its accounts and what was said, as they followed each other.

import type { Case, CaseEvent, Listed } from "./shapes";
import { say } from "./words";

export type Moment = { readonly account: Listed; readonly number: number } | { readonly events: readonly CaseEvent[] };

/** Events stay in the order in which they count; an account comes before all that was said on its day of arrival or later. */
export function timeline_of(reports: readonly Listed[], events: readonly CaseEvent[]): readonly Moment[] {
  const moments: Moment[] = [];
  let said: CaseEvent[] = [];
  let next = 0;
  const close = (): void => {
    if (said.length > 0) moments.push({ events: said });
    said = [];
  };
  const accounts_until = (day: string): void => {
    for (let account = reports[next]; account !== undefined && account.day <= day; account = reports[next]) {
      close();
      moments.push({ account, number: ++next });
    }
  };
  for (const event of events) {
    accounts_until(event.day);
    said.push(event);
  }
  accounts_until("9999");
  close();
  return moments;
}

/** number: from 1. Which of two that came on one day was the first nobody can tell, so none is called so then. */
export function account_title(reports: readonly Listed[], number: number): string {
  const [first, second] = reports;
  if (first !== undefined && second !== undefined && first.day === second.day) return say.account.one_of(number);
  return number === 1 ? say.account.first : say.account.more(number);
}

/** Nothing of it was read by her: then she is asked whether she knows the accused first. */
export function is_unread_whole(one: Case): boolean {
  return one.reports.every((report) => !report.read);
}

/** Sealed without the form: nothing is known of its author, and nothing can be shared about it. */
export function is_unsigned(one: Case): boolean {
  return one.reports.every((report) => !report.signed);
}
