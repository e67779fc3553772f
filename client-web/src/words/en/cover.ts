// SPDX-License-Identifier: AGPL-3.0-or-later
// The neutral page that hides this one, and how she sets it. The cover itself says nothing that belongs to a report.

export const cover = {
  settings: {
    title: "If you stop for a while",
    lead: [
      "If you do nothing for some minutes, or look at another page, this page hides. In its place is a page with a shopping list.",
      "We ask you 30 seconds before, so you can stay. Sending goes on behind it. “Exit this page” is then called “Close”, and works as before.",
    ],
    minutes: "Hide this page after",
    minutes_text: (minutes: number): string => `${minutes} minutes`,
    never: "Never hide it",
    word: "A word to come back",
    word_hint: "You can choose any word, best one that he would not guess. To come back, type it into “Search” on the shopping list. No other word brings this page back, only your codename, once you have it. If you forget the word, what you wrote is lost.",
    without: "Without a word, there is a “Continue” button on the shopping list. Anybody who presses it sees what you wrote.",
    reader: "If you use a screen reader or read slowly, choose a longer time, or “Never hide it”.",
  },
  warning: {
    title: "Are you still here?",
    text: "This page will hide in 30 seconds. Nothing you wrote is lost.",
    with_word: "To come back, type your word into “Search”.",
    without_word: "To come back, press “Continue”.",
    stay: "Stay here",
    longer: (minutes: number): string => `Stay, and wait ${minutes} minutes from now on`,
    hide: "Hide it now",
  },
  page: {
    close: "Close", // what “Exit this page” is called meanwhile
    title: "Shopping",
    list: ["Milk", "Bread", "Apples", "Rice", "Washing powder", "Light bulbs"],
    search: "Search",
    button: "Find",
    nothing: "Nothing found",
    continue: "Continue",
  },
};
