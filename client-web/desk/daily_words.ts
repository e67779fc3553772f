// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of daily work at the desk: the risk sheet, sign-offs, who looks after cases meanwhile. words.ts has all others.

export const daily = {
  sheet: {
    title: "Risk sheet",
    hint: "What you found out about the danger. There is no score: read it as a whole. It is printed with candour risk-sheet.",
    nothing: "Nothing is written down yet.",
    empty: "nothing written down",
    fields: {
      strangled: "Strangled or choked", threats_to_kill: "Threats to kill", weapons: "Weapons", stalking: "Stalking, following, tracking", separation: "Separation",
      suicidal: "Talk of suicide", fear: "What she is afraid of", children: "Children", protective: "What protects her", plan: "Safety plan",
    } as Readonly<Record<string, string>>,
    write: "Write in the sheet",
    line: "Line",
    text: "What you know, and how you know it",
    text_hint: "It takes the place of what stands there now.",
    save: "Save line",
    take_out: "Take this line out",
    not_there: "This line is empty",
    saved: "Saved. Your colleagues see it.",
  },
  sign_off: {
    title: "A second pair of eyes",
    hint: "Somebody else looks at what one of you decided. It stops nothing, and lapses when that is changed.",
    nothing: "There is nothing to look at yet.",
    what: { closure: "Closure", risk: "Risk", plan: "Safety plan" } as Readonly<Record<string, string>>,
    signed: (name: string): string => `Signed off by ${name}`,
    open: (name: string): string => `Said by ${name}, not signed off`,
    wait: "A colleague has to look at it.",
    note: "What you found",
    button: "Sign it off",
    done: "Signed off. Your colleagues see it.",
  },
  closed_unsigned: "Closed, not signed off",
  covered: (name: string, day: string): string => ` (${name} until ${day})`,
  covered_by_me: (day: string): string => ` (you until ${day})`,
  events: {
    sheet: (fields: string): string => `wrote in the risk sheet: ${fields}`,
    signed_off: (what: string, text: string): string => `signed off (${what}): ${text}`,
    cover: (lead: string, by: string, day: string): string => `said that ${by} looks after what ${lead} leads until ${day}`,
    no_cover: (lead: string): string => `said that nobody stands in for ${lead} any more`,
  },
};
