// SPDX-License-Identifier: AGPL-3.0-or-later
// English: saving as she goes, her diary, and when it was last opened.

export const diary = {
  start_title: "Not ready to send anything?",
  start_text: "You can keep a diary here. Only you can read it. Later you can send it to the people you choose, or never.",
  start_button: "Start a diary",

  stop: {
    title: "So that you can stop at any time",
    lead: "You may need time for this. You may have to close this page in a hurry.",
    with_title: "With a codename",
    with: [
      "You get eight words now, and you learn them.",
      "What you write is locked on this device and saved as you go. You can stop, and go on later on any safe device.",
      "Only your words open it. If you lose them, nobody can open it again.",
      "Files are not saved. Add them last, just before you send.",
      "Saving sends something to the server each time. The server cannot read it. It does not know who you are. But somebody who runs or watches the server can see that a person is writing, and when.",
    ],
    without_title: "Without a codename",
    without: "Nothing is saved while you write. If this page is closed or loaded again, what you wrote is gone. You get your codename at the end.",
    yes: "Give me a codename now",
    no: "Go on without",
  },

  status: {
    "not-yet": "Not saved yet.",
    saving: "Saving …",
    saved: "Saved, locked.",
    "no-connection": "Not saved yet: no connection. We keep trying. You can go on writing.",
    elsewhere: "Not saved. This report was changed or removed in another window or on another device. What you write here is no longer saved.",
    this_one: "Save what is here instead",
    "too-long": "Not saved: it is too long to save. You can still send it.",
    refused: "Not saved: the server did not accept it. We try again when you press Continue.",
    codename: "You can go on later with your codename. Files are not saved.",
    form_changed: "Some questions have changed since you wrote this. Please look at your answers again.",
    removing: "Your saved copy is being removed. Keep this page open for a moment.",
    removed: "Your saved copy was removed.",
    not_removed: "Your saved copy could not be removed: the server did not accept it. It is still there, locked. Only your eight words open it.",
  },

  reminder: {
    title: "You have your codename",
    lead: "It is the eight words that you learned before you began. With them you come back and read our answers.",
  },

  own_title: "Only for you",
  own: {
    diary: "My diary",
    unfinished: "My unfinished report",
    last_opened: "When was this last opened?",
  },
  seen: "Most of this page asks the server for the same things, whoever you are. This is different: only somebody who keeps something here asks for it. The server cannot read it and does not know who you are. But somebody who runs or watches the server can see that it was asked for, and when.",
  waiting: "No connection at the moment. We keep trying.",
  try_now: "Try now",
  refused: "The server did not accept it. Try again in a few minutes.",
  working: (percent: number): string => `Working: ${percent} %`,

  unfinished: {
    title: "Your unfinished report",
    look: "Look for it",
    looking: "Looking for it …",
    none: "There is no unfinished report for these words. If you expected one, check each word.",
    found: (day: string): string => `It was last saved on ${day}.`,
    files: "Files were not saved. Add them again before you send.",
    replaces: "What you wrote on this page just now is dropped when you open this one.",
    go_on: "Go on with it",
    remove: "Remove it",
    sure: "Remove it for good? Nobody can bring it back.",
    yes: "Yes, remove it",
    no: "No, keep it",
    removing: "Removing it …",
  },

  readers: {
    title: "What do you want to do with it?",
    send: "Send it now",
    keep: "Keep it in my diary",
    keep_hint: "Nobody gets it. Only your codename opens it. You can send it later, with the date of today.",
    nobody: "Nobody reads your diary, even if you are in danger.",
    part: "Once it is saved, we ask whether you want to send only the part about danger.",
    files: (count: number): string => `Files are not kept in the diary. You have added ${count === 1 ? "1 file. It is" : `${count} files. They are`} not kept here.`,
  },

  kept: {
    title: "Your diary",
    saving: "It is being locked and saved. Keep this page open.",
    done: "It is in your diary. Only your eight words open it.",
    nobody: "Nobody has read it.",
    draft: "Your unfinished report is still saved too. You can go on with it, or remove it.",
    open: "Open my diary",
    again: "Try again",
  },

  part: {
    title: "Do you want to send the part about danger?",
    lead: "You told us about danger, or about a child. You can send that part alone to the people you choose. All the rest stays in your diary.",
    goes: "Only this would go",
    change: "You can change it, or leave something out, before you send it.",
    yes: "Choose who gets it",
    no: "Keep all of it in my diary",
    offer: "Send only the part about danger",
    sent: (desk: string): string => `The part about danger is stored, locked. Only those you chose at “${desk}” can open it. All the rest is in your diary, and nobody reads that.`,
  },

  page: {
    title: "Your diary",
    lead: "What you write here is locked on this device. Only your eight words open it. Nobody gets it unless you send it.",
    danger: "Nobody reads this, even if you are in danger.",
    open: "Open my diary",
    opening: "Opening your diary …",
    none: "Your diary is empty. If you expected something, check each word of your codename.",
    write: "Write an entry",
    send: "Send entries to somebody",
    remove: "Remove",
    remove_of: (day: string): string => `the entry of ${day}`,
    sure: "Remove this entry for good? Nobody can bring it back.",
    yes: "Yes, remove it",
    no: "No, keep it",
    removing: "Removing it …",
    unreadable: (count: number): string => count === 1 ? "1 entry is damaged and cannot be shown." : `${count} entries are damaged and cannot be shown.`,
    close: "Back to my messages",
  },

  write: {
    title: "Write an entry",
    label: "What happened today?",
    hint: (day: string): string => `It gets the date of today, ${day}. If it happened on another day, say when.`,
    save: "Save this entry",
    saving: "It is being locked and saved …",
    empty: "Write something first",
    too_long: (bytes: number): string => `This is about ${bytes} ${bytes === 1 ? "character" : "characters"} too long for one entry. Save a part of it, then write another entry`,
    lost: "If you leave this page before it is saved, it is gone.",
  },

  release: {
    title: "Which entries do you want to send?",
    lead: "They go into one file, Diary.txt, each with its date. On the next page you choose who gets it. Your diary stays as it is.",
    legend: "Entries",
    none: "Choose at least one entry",
    sent: (desk: string): string => `The entries you chose are stored, locked. Only those you chose at “${desk}” can open them. Your diary stays as it is.`,
  },

  last_opened: {
    title: "When was this last opened?",
    lead: "We can keep a list of the days on which somebody looked here with your words. If you find a day on which you were not here, somebody else may know your words.",
    no_proof: "This is no proof. Only a visit to this page is marked. Whoever opens your messages without it leaves no mark.",
    show: "Show the days and mark today",
    looking: "Looking …",
    first: "Nobody has marked a day before. Today is marked now.",
    days: "Marked before today’s look",
    marked: "Today is marked now.",
    forget: "Erase the list",
    forgotten: "The list is erased.",
  },

  move: {
    title: "Your diary and unfinished report",
    lead: "They are still under your old words. You can take them along: they are saved under the new words, and then removed from the old ones.",
    button: "Take them along",
    moving: "They are being taken along. Keep this page open. If it is cut short, nothing is lost. Come back with the old words and change them again.",
    done: "They are under your new words now. Nothing of them is left under the old ones.",
  },
};
