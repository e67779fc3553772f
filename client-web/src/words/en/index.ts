// SPDX-License-Identifier: AGPL-3.0-or-later
// English. Plain, short, kind; no word that blames or hurries.
// One file an area of the page; this one is the way of a report.

import { day_in, plurals_of } from "../platform";
import { come_back } from "./come_back";
import { cover } from "./cover";
import { diary } from "./diary";
import { evidence } from "./evidence";
import { match } from "./match";
import { privacy_in, texts } from "./texts";

const plural = plurals_of("en-GB");

export const en = {
  texts,
  privacy_in,
  come_back,
  cover,
  diary,
  evidence,
  match,
  loading: "One moment …",
  continue: "Continue",
  back: "Back",
  part: (number: number, count: number): string => `Part ${number} of ${count}`,
  optional: "You can leave out anything you do not know or do not want to say.",
  nothing_kept: "Nothing is saved on this device. If you close or reload this page, what you wrote is gone.",
  characters_left: (left: number): string => {
    const characters = Math.abs(left) + " " + plural(Math.abs(left), { one: "character", other: "characters" });
    return left >= 0 ? `You have ${characters} left` : `You have ${characters} too many`;
  },
  clear_answer: "Clear this answer",
  not_answered: "Not answered",
  problem: "There is a problem",
  error_prefix: "Error: ",

  skip: "Skip to main content",
  languages: {
    title: "Language",
    unreviewed: "This translation has not been checked by a speaker yet.",
  },

  exit: {
    button: "Exit this page",
    button_hint: "(or press Shift three times)",
    press_more: (times: number): string => `Shift, press ${times} more ${plural(times, { one: "time", other: "times" })} to exit.`,
    leaving: "Exiting page.",
    expired: "Exit this page expired.",
  },

  start: {
    title: "Tell us what happened",
    lead: "You can report abuse by somebody in the police here. You do not have to say who you are.",
    sealed: "What you write is locked on this device before it is sent. Only the people named here can open it. This website cannot read it.",
    who: "Who will read it",
    who_hint: "You can leave out anyone you know, before you send.",
    how: "How it works",
    steps: [
      "You answer some questions. Skip any you like.",
      "You can add photos, messages or recordings.",
      "You choose who may read it.",
      "You get a codename of eight words. It is yours alone. With it you come back and read our answers.",
      "You send it. You get a receipt.",
    ],
    time: "A few lines are enough. Take as long as you need.",
    button: "Start",
    danger: "In danger now?",
    helplines: "Someone to talk to",
  },

  safety: {
    title: "Is this a safe place to write?",
    device_title: "This device",
    device: [
      "Do not use a device or network that belongs to a police force. They can be watched.",
      "Do not use a phone or laptop that he can open, or has set up for you.",
      "Best is Tor Browser on a device that only you use.",
    ],
    leave_title: "Leave quickly",
    leave: [
      "Press “Exit this page” at the top, or the Shift key three times. The page goes blank and a weather page opens.",
      "This cannot hide that you were here from the browser’s history, or from the owner of the network. Delete the history afterwards, or use a private window.",
    ],
    police_title: "If you work for the police",
    police: [
      "Details that only you would know can show that it was you. Think before you give exact times and places.",
    ],
    private_title: "What we do with it",
    button: "I can write here",
  },

  files: {
    title: "Do you want to add anything?",
    hint: "Photos, screenshots, messages, recordings, letters. Any kind of file. This is optional.",
    choose: "Choose files",
    limits: (files: number, size: string): string => `Up to ${files} files, ${size} in all.`,
    metadata: "Photos and recordings can hold the time, the place and the name of the device. Those you choose will see it, and it can help to prove what happened. You can send a copy of a photo without it. It looks the same, but proves less, and those who get it are told that it is a copy. We look on this device only.",
    added: "Added",
    none: "Nothing added",
    remove: "Remove",
    total: (size: string): string => `${size} in all`,
    too_many: (max: number): string => `You can add up to ${max} files. Remove some first.`,
    too_large: (size: string): string => `Together the files may have up to ${size}. Remove some first.`,
    unreadable: (name: string): string => `“${name}” cannot be read. It may have been moved or deleted. Remove it, or choose it again.`,
  },

  readers: {
    title: "Who may read it?",
    desk: "Choose who should get it",
    people: "Is there anyone here you know, or do not want to read it?",
    people_hint: "Tick them and they cannot open it. They will not see that it exists.",
    keep_from: (name: string): string => `Keep it from ${name}`,
    cannot_receive: (name: string): string => `${name} cannot receive reports at present. If you tick this, it stays closed to ${name} later too.`,
    choose_desk: "Choose who should get it",
    somebody: "Somebody has to be able to read it. Leave at least one person unticked, or choose another desk.",
    together: (people: number): string => `No one person can open it alone. ${people} of these people have to agree, and open it together.`,
    several: (people: number): string => `At this desk it takes ${people} people to open a report, so leave at least ${people} of those who can receive reports unticked, or choose another desk.`,
    changed: "The people who can read it have changed since you opened this page. Please look again.",
    other_desk: "Somebody you keep it from may work with the others. If that worries you, choose another desk.",
  },

  codename: {
    title: "Your codename",
    lead: "These eight words are yours. Nobody else has them, not even we.",
    learn: "Learn them, in this order. Or write them down and leave them with somebody safe: never at home, in the car, in phone notes, in photos or in the cloud.",
    use: "With these words you come back here: to read our answers, to add something, or to ask us to stop.",
    decoy: "What if somebody makes me tell?",
    decoy_text: "Any eight words look like a codename. If you are forced to give one, you can give eight other words. Nobody can tell that they are not yours.",
    hide: "Hide the words",
    show: "Show the words",
    other: "Give me other words",
    button: "I have learned them",
    no_words: "The word list did not load, so we cannot make a codename. Check your connection and try again.",
  },

  practice: {
    title: "Let us try it once",
    lead: "Type three of your words. If it does not work, you can look again.",
    word: (number: number): string => `Word ${number}`,
    wrong: (number: number): string => `Word ${number} is a different one. Look at your words again.`,
    look: "Look at the words again",
    skip: "Skip this",
    button: "Continue",
  },

  check: {
    title: "Check before you send",
    change: "Change",
    files: "Files",
    readers: "Can read it",
    excluded: "Kept from",
    codename: "Codename",
    codename_value: "You have seen it",
    lead: "When you press Send, it is locked on this device and sent. Later you can come back and ask us to stop, but what was sent stays sent.",
    button: "Send",
    nothing: "Tell us at least something, or add a file",
    too_long: (bytes: number): string => `Your answers are about ${bytes} characters too long in all. Make them shorter, or put a part into a file and add that.`,
    failed: {
      "file-unreadable": (name: string): string => `“${name}” can no longer be read. Remove it, or choose it again. Nothing was lost.`,
      "too-large": "The files are too large for this server. Remove some and send again.",
      "text-too-long": "Your answers are too long in all. Make them shorter, or put a part into a file and add that.",
      "too-many-people": "Too many people are named as left out. Leave out fewer, or choose another desk.",
      refused: "The server did not accept it. Your answers are still here. Try again in a few minutes.",
      unexpected: "Something went wrong on this page. Your answers are still here. Try again.",
    },
  },

  sending: {
    title: "Sending",
    locking: "Locking it on this device …",
    stored: (percent: number): string => `${percent} % is safe at the server`,
    stay: "Keep this page open. You can use other pages meanwhile.",
    pause: "Pause",
    resume: "Go on",
    paused: "Paused. Nothing is sent until you go on.",
    waiting: "No connection at the moment. We keep trying. Nothing is lost.",
    now: "Try now",
    stop: "Stop and go back",
  },

  sent: {
    title: "It has arrived",
    lead: (desk: string): string => `Your report is stored, locked. Only those you chose at “${desk}” can open it.`,
    brave: "Thank you for telling us.",
    next_title: "What happens next",
    next: [
      "They answer here, on this page. If you asked to be contacted in another way, they can use that too.",
    ],
    worse: "If something gets worse, do not wait for us. Call a helpline, or 999.",
    worse_alone: "If something gets worse, do not wait for us. Call 999.",
    receipt_title: "Receipt",
    receipt: "The server has signed that it holds your report. This short code stands for it. You can write it on paper: it tells nobody what you wrote.",
    receipt_show: "Show the receipt code",
    receipt_hide: "Hide the receipt code",
    day: (day: string): string => `Arrived on ${day_in("en-GB", day)}`,
    codename_show: "Show my codename once more",
    codename_hide: "Hide my codename",
    clear_title: "Before you go",
    clear: [
      "What you wrote is wiped from this page. The receipt and the codename go when you leave.",
      "Delete this page from the browser’s history.",
      "Keep the originals of what you sent, somewhere safe: they can be evidence. Copies that you made only for this can go, also from the bin.",
      "Then press “Exit this page”.",
    ],
  },

  receipt_wrong: {
    title: "It may have arrived",
    wrong: "The server answered, but its receipt cannot be believed: it is not signed as it should be, or is not for your report. Your report may be stored, or not. The server may be broken, or somebody may have changed it.",
    day: "The server answered, but its receipt cannot be believed: it names another day than today. Your report may be stored, or not. The date of the server or of this device is wrong, or the receipt is not a real one.",
    do_title: "What you can do",
    clock: "Look whether the date of this device is right. If it is wrong, set it right and send again.",
    do: [
      "What you wrote is still on this page. You can go back and send it again. If it arrives twice, that does no harm.",
      "If it happens again, report in another way too, and say that the receipt was wrong.",
    ],
    back: "Go back",
  },

  trouble: {
    title: "You cannot report here at the moment",
    try_again: "Try again",
    emergency: "If you are in danger now:",
    kept: "What you wrote is still on this page. Keep it open and try again.",
    unreachable: "We cannot reach the server. Check your connection. With Tor this can take a minute.",
    come_back: "If you have a codename, you can still read answers, use your diary, go on with a report that you began, and ask us to stop.",
    outdated: "Take care with answers: the list of people who can answer has expired. Somebody who has left or is no longer trusted may still be on it. We cannot take anybody off a list that does not come. Do not go to meet anybody because of a message here alone.",
    paused: "We cannot take anything new at the moment. You cannot send a report, write more to us or change your codename. Everything else works.",
    nobody: "Nobody can receive reports at the moment. Please try again tomorrow.",
    pin: "This page was not set up correctly: the keys that prove who reads your report are missing or damaged. Do not use it until the organisation has repaired it.",
    distrust: "Do not write anything here. Somebody may have changed this page. Please tell the organisation in another way.",
    roster: {
      "not-a-roster": "The list of people who read reports is not a signed list.",
      unsigned: "The list of people who read reports is not signed by the organisation.",
      "too-few-signatures": "The list of people who read reports was not signed by enough people of the organisation.",
      "wrong-signature": "The signature on the list of people who read reports is wrong.",
      malformed: (field: string): string => `The list of people who read reports is signed, but has a mistake (${field}). The organisation has to repair it.`,
      "not-yet-valid": "The list of people who read reports is not valid yet. Or the date of this device is wrong: check it, and try again.",
      expired: "The list of people who read reports has expired, so we cannot be sure who reads. The organisation has to renew it. Or the date of this device is wrong: check it, and try again.",
      older: "The server gave an older list of people than before. Somebody may have taken it back on purpose.",
      "different-text": "The server gave two different lists of people with the same number. One of them may be false.",
    },
  },
};
