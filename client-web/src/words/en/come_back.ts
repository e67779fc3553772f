// SPDX-License-Identifier: AGPL-3.0-or-later
// English: coming back with a codename.

export const come_back = {
  start_title: "Been here before?",
  start_text: "With your codename you can read answers, add more, or ask us to stop.",
  start_button: "I have a codename",

  entry: {
    title: "Your eight words",
    lead: "Type your codename, word by word, in the right order. From the second letter on, we show words that fit.",
    word: (number: number): string => `Word ${number}`,
    hint: "Press space to go to the next word.",
    matches: (count: number): string => count === 0 ? "No word of the list begins like this" : count === 1 ? "1 word fits. Use the arrow keys" : `${count} words fit. Use the arrow keys`,
    missing: (number: number): string => `Type word ${number}`,
    unknown: (number: number, word: string): string => `Word ${number}: “${word}” is not in the list. Check how it is spelled`,
    unknown_here: "Not in the list",
    button: "Open my messages",
    no_words: "The word list did not load, so you cannot type your codename. Check your connection and try again.",
  },

  box: {
    title: "Your messages",
    looking: "We are looking for messages. This takes up to half a minute, the same for everybody.",
    no_answer: "No connection at the moment. We keep trying.",
    more_to_come: (count: number): string => count === 1 ? "1 more message is on its way. This takes up to half a minute." : `${count} more messages are on their way. We get up to four in 20 seconds.`,
    none: "No messages. If you expected some, check each word.",
    words_show: "Show the words I typed",
    words_hide: "Hide the words I typed",
    count: (count: number): string => count === 1 ? "1 message" : `${count} messages`,
    broken: "We cannot look for messages at the moment. Reload this page and type your words again.",
    hour: "It can take an hour until a new message shows here. People read and answer when they are at work.",
    look_from: (day: string): string => `If nothing is here yet, look again on or after ${day}.`,
    message_from: (name: string, day: string): string => `${name}, ${day}`,
    opened: (name: string, day: string): string => `${name} opened your report on ${day}.`,
    next_title: "What you can do",
    write: "Write more",
    go_on: "Go on writing",
    change: "Change my codename",
    withdraw: "Ask us to stop",
    close: "Close my messages",
    file: {
      comes_along: "A file came with this:",
      get: "Get this file",
      sure: "If you get it, the server can tell that somebody on this visit has a message, but not who. Once you save it, others who use this device can find it.",
      yes: "Get it now",
      no: "Not now",
      coming: (done: number, of: number): string => of === 0 ? "One moment …" : `We are getting it: part ${done + 1} of ${of}.`,
      here: "It is here. We checked that it is what was sent to you. We do not show it: save it, and open it only if you expected it.",
      save: "Save the file",
      missing: "Not all of it is here yet, or it was taken back. Look again in an hour.",
      wrong: "This is not the file that was sent, so you do not get it. Tell us in a message.",
      refused: "The server did not give it. Try again in a few minutes.",
      again: "Try to get it again",
    },
  },

  more: {
    title: "Write more",
    text: [
      "Answer our questions, or tell us what is new. It is locked on this device before it is sent, like the first time.",
      "We cannot see from here what you wrote before.",
    ],
    label: "What do you want to add?",
    hint: "You can add files on the next page.",
  },

  readers: "This page does not remember whom you chose before. Choose again who gets it. If you kept it from somebody before, tick that person again.",
  same_codename: "The same as before",

  withdraw: {
    title: "Ask us to stop",
    lead: "You can ask us to stop work on what you sent with these words.",
    points: [
      "Work pauses, and a person looks at it.",
      "Nothing is erased by this. For 28 days nobody can erase what you sent first, and our caseworkers keep what you added with it.",
      "You can take it back at any time, here, with the same words.",
    ],
    ask: "Ask us to stop",
    take_back: "I asked before. Take it back",
    going: "One moment …",
    waiting: "No connection at the moment. We keep trying.",
    asked: "You have asked us to stop. If these are the words you sent something with, the people who can read it see that. Nothing was erased.",
    taken_back: "You have taken it back. If these are the words you sent something with, the people who can read it see that.",
    refused: "The server did not accept it. Try again in a few minutes.",
    done: "Back to your messages",
  },

  change: {
    title: "Change your codename",
    lead: "If somebody else may know your words, you can get new ones.",
    points: [
      "You get eight new words. You learn them as you did before.",
      "We tell the people you choose that the new words are yours too.",
      "Answers that they write after that are for the new words only.",
      "The old words still open what came before. We cannot close that.",
    ],
    unread: "Read what is here first: the new words do not open it.",
    button: "Get new words",
    check: "The people you chose are told that your new codename comes in place of the old one. Nothing else is sent.",
  },

  sent: {
    title: "How to come back",
    look_from: (day: string): string => `Look here for an answer on or after ${day}. It may take longer.`,
    how: [
      "Open this page again, on any device that is safe. Choose “I have a codename” and type your eight words.",
      "You can do the same to add something or to ask us to stop.",
      "If you lose the words, nobody can give them back. What you sent is still read.",
    ],
    more_lead: (desk: string): string => `What you added is stored, locked. Only those you chose at “${desk}” can open it.`,
    changed_lead: "From now on, come back with your new words. The old words still open what came before.",
    back: "Back to your messages",
  },
};
