// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of the desk page about what it takes several to open. A part of words.ts.

export const together = {
  title: "Waiting to be opened together",
  hint: "Nobody can read these alone. Agree who opens one: the others hand their shares on to that person, who then looks for new reports.",
  report: (day: string, id: string): string => `Arrived ${day}: ${id}`,
  needs: (people: number): string => `Needs ${people.toString()} of its readers`,
  mine: "you hold a share",
  not_mine: "you hold no share",
  from: (names: string): string => `${names} handed theirs on`,
  hand_on: (name: string): string => `Hand my share to ${name}`,
  given: (name: string): string => `Handed on to ${name}`,
  sure_title: (name: string): string => `Hand your share to ${name}?`,
  sure: (name: string): string => `With enough shares ${name} can read this report. Ask first what they want it for. You cannot take it back.`,
  sure_yes: (name: string): string => `Yes, hand it to ${name}`,
  sure_no: "No, keep it",
  again: "Several had to open this. A colleague who wants to read it too needs as many shares.",
  again_title: "Hand your share on",
};
