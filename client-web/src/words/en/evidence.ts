// SPDX-License-Identifier: AGPL-3.0-or-later
// Files: what they tell beside their content, how they go, and recordings that are made here.

export const evidence = {
  looking: "Looking at this file …",
  tells: "This file also tells:",
  when: "When",
  where: "Where",
  near: (latitude: string, longitude: string): string => `Near ${latitude}, ${longitude}. The file holds the exact place, to a few metres.`,
  /** at: the clock of the place where it was made, or with a zone. */
  time: (at: Date, has_clock: boolean, zone: string): string => {
    const text = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC", ...(has_clock ? { timeStyle: "short" } : {}) }).format(at);
    return zone === "" ? text : zone === "+00:00" ? `${text} (world time)` : `${text} (world time ${zone})`;
  },
  device: "Device",
  serial: "Number of the device",
  person: "Name",
  program: "Program",
  also: "Also",
  more: {
    xmp: "Notes of programs, which can repeat time, place and names",
    iptc: "Notes as newspapers use them, which can hold time, place and names",
    maker: "Notes of the camera’s maker, which can hold numbers of the device",
    comment: "A comment or a description",
    thumbnail: "A second, small picture. It can show what was cut off",
    place: "A place that we cannot read",
    track: "A further track, which can hold the place at each moment",
    unknown: "Something that we cannot read",
  },
  name_tells: "Its name can tell the day",
  nothing: "We found no time, place or device in it.",
  document: "We cannot look into this kind of file. It can hold names, times, places, and what was deleted from it.",
  other: "We cannot look into this kind of file. It can hold time, place, device or names.",
  choose: (name: string): string => `How do you want to send “${name}”?`,
  keep: "Keep it as it is (best as evidence)",
  strip: "Send a copy without these details",
  stripping: "Making the copy …",
  stripped: (name: string): string => `A copy will be sent, under the name “${name}”. We looked into it again: the details are gone. Keep your own photo safe: it is the evidence.`,
  cannot_strip: "We cannot take these details out of this kind of file. You can send it as it is, or remove it.",
  strip_failed: "We could not take the details out of this file. You can send it as it is, or remove it.",
  copy_name: (number: number): string => `Photo ${number} (copy without details)`,
  check_tells: (parts: string): string => `also tells: ${parts}`,
  check_parts: { time: "time", place: "place", device: "device", serial: "number of the device", person: "a name", program: "program", more: "more" },
  check_copy: "copy without time, place and device",

  photo: "Take a photo",
  photo_hint: "Your phone may keep this photo in its gallery too, or copy it to the cloud.",

  record: {
    title: "Record your voice",
    warning: [
      "Others near you can hear you.",
      "The recording holds your voice. Those you choose will hear it.",
      "It is kept in this page only, until you send it. It can be up to one hour long.",
      "Your browser asks whether this page may use the microphone. If you can, choose “this time only”: else it may remember that you said yes.",
    ],
    start: "Start recording",
    asking: "Your browser asks for the microphone. Say yes there to go on.",
    refused: "This page could not use the microphone. You can try again, or write instead.",
    recording: "Recording",
    paused: "Paused. Nothing is recorded.",
    length: (seconds: number): string => `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
    pause: "Pause recording",
    resume: "Go on recording",
    finish: "Finish recording",
    discard: "Throw it away",
    added: "The recording was added. You can listen to it below.",
    listen: (name: string): string => `Listen to “${name}”`,
    name: (number: number): string => `Recording ${number} (made on this page)`,
  },

  sending: {
    title: "Files",
    safe: "safe at the server",
    part: (percent: number): string => `${percent} %`,
    waiting: "not yet sent",
  },
};
