// SPDX-License-Identifier: AGPL-3.0-or-later
// Welsh: files, what they tell, and recordings. Not checked by a speaker yet.

import type { Words } from "..";
import { day_in } from "../platform";

export const evidence: Words["evidence"] = {
  looking: "Yn edrych ar y ffeil hon …",
  tells: "Mae’r ffeil hon hefyd yn dweud:",
  when: "Pryd",
  where: "Ble",
  near: (latitude, longitude) => `Ger ${latitude}, ${longitude}. Mae’r ffeil yn dal yr union le, o fewn ychydig fetrau.`,
  time: (at, has_clock, zone) => {
    const iso = at.toISOString();
    const text = day_in("cy", iso.slice(0, 10)) + (has_clock ? ", " + iso.slice(11, 16) : "");
    return zone === "" ? text : zone === "+00:00" ? `${text} (amser y byd)` : `${text} (amser y byd ${zone})`;
  },
  device: "Dyfais",
  serial: "Rhif y ddyfais",
  person: "Enw",
  program: "Rhaglen",
  also: "Hefyd",
  more: {
    xmp: "Nodiadau rhaglenni, a all ailadrodd amser, lle ac enwau",
    iptc: "Nodiadau fel y mae papurau newydd yn eu defnyddio, a all ddal amser, lle ac enwau",
    maker: "Nodiadau gwneuthurwr y camera, a all ddal rhifau’r ddyfais",
    comment: "Sylw neu ddisgrifiad",
    thumbnail: "Ail lun, bach. Gall ddangos yr hyn a dorrwyd i ffwrdd",
    place: "Lle na allwn ei ddarllen",
    track: "Trac arall, a all ddal y lle ar bob eiliad",
    unknown: "Rhywbeth na allwn ei ddarllen",
  },
  name_tells: "Gall ei enw ddweud y diwrnod",
  nothing: "Ni chawsom amser, lle na dyfais ynddo.",
  document: "Ni allwn edrych i mewn i’r math hwn o ffeil. Gall ddal enwau, amserau, lleoedd, a’r hyn a ddilëwyd ohoni.",
  other: "Ni allwn edrych i mewn i’r math hwn o ffeil. Gall ddal amser, lle, dyfais neu enwau.",
  choose: (name) => `Sut ydych chi am anfon “${name}”?`,
  keep: "Ei chadw fel y mae (gorau fel tystiolaeth)",
  strip: "Anfon copi heb y manylion hyn",
  stripping: "Yn gwneud y copi …",
  stripped: (name) => `Caiff copi ei anfon, o dan yr enw “${name}”. Edrychwyd i mewn iddo eto: mae’r manylion wedi mynd. Cadwch eich llun eich hun yn ddiogel: dyna’r dystiolaeth.`,
  cannot_strip: "Ni allwn dynnu’r manylion hyn o’r math hwn o ffeil. Gallwch ei hanfon fel y mae, neu ei thynnu.",
  strip_failed: "Ni allem dynnu’r manylion o’r ffeil hon. Gallwch ei hanfon fel y mae, neu ei thynnu.",
  copy_name: (number) => `Llun ${number} (copi heb fanylion)`,
  check_tells: (parts) => `mae hefyd yn dweud: ${parts}`,
  check_parts: { time: "amser", place: "lle", device: "dyfais", serial: "rhif y ddyfais", person: "enw", program: "rhaglen", more: "mwy" },
  check_copy: "copi heb amser, lle na dyfais",

  photo: "Tynnu llun",
  photo_hint: "Gall eich ffôn gadw’r llun hwn yn ei oriel hefyd, neu ei gopïo i’r cwmwl.",

  record: {
    title: "Recordio eich llais",
    warning: [
      "Gall eraill yn eich ymyl eich clywed.",
      "Mae’r recordiad yn dal eich llais. Bydd y rhai a ddewiswch yn ei glywed.",
      "Caiff ei gadw yn y dudalen hon yn unig, nes i chi ei anfon. Gall fod hyd at awr o hyd.",
      "Mae eich porwr yn gofyn a gaiff y dudalen hon ddefnyddio’r meicroffon. Os gallwch, dewiswch “y tro hwn yn unig”: fel arall gall gofio eich bod wedi cytuno.",
    ],
    start: "Dechrau recordio",
    asking: "Mae eich porwr yn gofyn am y meicroffon. Cytunwch yno i fynd ymlaen.",
    refused: "Ni allai’r dudalen hon ddefnyddio’r meicroffon. Gallwch geisio eto, neu ysgrifennu yn lle hynny.",
    recording: "Yn recordio",
    paused: "Wedi oedi. Ni chaiff dim ei recordio.",
    length: (seconds) => `${Math.floor(seconds / 60)} mun ${seconds % 60} e`,
    pause: "Oedi’r recordio",
    resume: "Parhau i recordio",
    finish: "Gorffen recordio",
    discard: "Ei daflu i ffwrdd",
    added: "Ychwanegwyd y recordiad. Gallwch wrando arno isod.",
    listen: (name) => `Gwrando ar “${name}”`,
    name: (number) => `Recordiad ${number} (a wnaed ar y dudalen hon)`,
  },

  sending: {
    title: "Ffeiliau",
    safe: "yn ddiogel ar y gweinydd",
    part: (percent) => `${percent} %`,
    waiting: "heb ei anfon eto",
  },
};
