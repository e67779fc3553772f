// SPDX-License-Identifier: AGPL-3.0-or-later
// Welsh: coming back with a codename. Not checked by a speaker yet.

import type { Words } from "..";
import { plurals_of } from "../platform";

const plural = plurals_of("cy");
const messages = (count: number): string => `${count} neges`;

export const come_back: Words["come_back"] = {
  start_title: "Wedi bod yma o’r blaen?",
  start_text: "Gyda’ch enw cod gallwch ddarllen atebion, ychwanegu mwy, neu ofyn i ni stopio.",
  start_button: "Mae gen i enw cod",

  entry: {
    title: "Eich wyth gair",
    lead: "Teipiwch eich enw cod, gair wrth air, yn y drefn gywir. O’r ail lythyren ymlaen, byddwn yn dangos geiriau sy’n ffitio.",
    word: (number) => `Gair ${number}`,
    hint: "Pwyswch y bylchwr i fynd i’r gair nesaf.",
    matches: (count) => (count === 0 ? "Nid oes gair yn y rhestr yn dechrau fel hyn" : plural(count, { one: "Mae 1 gair yn ffitio", two: "Mae 2 air yn ffitio", other: `Mae ${count} gair yn ffitio` }) + ". Defnyddiwch y bysellau saeth"),
    missing: (number) => `Teipiwch air ${number}`,
    unknown: (number, word) => `Gair ${number}: nid yw “${word}” yn y rhestr. Gwiriwch sut mae’n cael ei sillafu`,
    unknown_here: "Ddim yn y rhestr",
    button: "Agor fy negeseuon",
    no_words: "Ni lwythodd y rhestr eiriau, felly ni allwch deipio eich enw cod. Gwiriwch eich cysylltiad a rhowch gynnig arall arni.",
  },

  box: {
    title: "Eich negeseuon",
    looking: "Rydym yn chwilio am negeseuon. Mae hyn yn cymryd hyd at hanner munud, yr un fath i bawb.",
    more_to_come: (count) => (count === 1 ? "Mae 1 neges arall ar ei ffordd. Mae hyn yn cymryd hyd at hanner munud." : `Mae ${messages(count)} arall ar eu ffordd. Rydym yn cael hyd at bedair mewn 20 eiliad.`),
    no_answer: "Dim cysylltiad ar hyn o bryd. Rydym yn dal i geisio.",
    none: "Dim negeseuon. Os oeddech yn disgwyl rhai, gwiriwch bob gair.",
    words_show: "Dangos y geiriau a deipiais",
    words_hide: "Cuddio’r geiriau a deipiais",
    count: messages,
    broken: "Ni allwn chwilio am negeseuon ar hyn o bryd. Ail-lwythwch y dudalen hon a theipiwch eich geiriau eto.",
    hour: "Gall gymryd awr nes bod neges newydd yn ymddangos yma. Mae pobl yn darllen ac yn ateb pan fyddant yn y gwaith.",
    look_from: (day) => `Os nad oes dim yma eto, edrychwch eto ar ${day} neu wedyn.`,
    message_from: (name, day) => `${name}, ${day}`,
    opened: (name, day) => `Agorodd ${name} eich adroddiad ar ${day}.`,
    next_title: "Beth allwch chi ei wneud",
    write: "Ysgrifennu mwy",
    go_on: "Parhau i ysgrifennu",
    change: "Newid fy enw cod",
    withdraw: "Gofyn i ni stopio",
    close: "Cau fy negeseuon",
    file: {
      comes_along: "Daeth ffeil gyda hyn:",
      get: "Cael y ffeil hon",
      sure: "Os cewch chi hi, gall y gweinydd weld bod gan rywun ar yr ymweliad hwn neges, ond nid pwy. Ar ôl i chi ei chadw, gall eraill sy’n defnyddio’r ddyfais hon ddod o hyd iddi.",
      yes: "Ei chael nawr",
      no: "Nid nawr",
      coming: (done, of) => (of === 0 ? "Un eiliad …" : `Rydym yn ei chael: rhan ${done + 1} o ${of}.`),
      here: "Mae hi yma. Gwnaethom wirio mai dyma a anfonwyd atoch. Nid ydym yn ei dangos: cadwch hi, ac agorwch hi dim ond os oeddech yn ei disgwyl.",
      save: "Cadw’r ffeil",
      missing: "Nid yw’r cyfan yma eto, neu cafodd ei thynnu’n ôl. Edrychwch eto ymhen awr.",
      wrong: "Nid dyma’r ffeil a anfonwyd, felly ni chewch hi. Dywedwch wrthym mewn neges.",
      refused: "Ni roddodd y gweinydd hi. Rhowch gynnig arall arni ymhen ychydig funudau.",
      again: "Ceisio ei chael eto",
    },
  },

  more: {
    title: "Ysgrifennu mwy",
    text: [
      "Atebwch ein cwestiynau, neu dywedwch wrthym beth sy’n newydd. Caiff ei gloi ar y ddyfais hon cyn ei anfon, fel y tro cyntaf.",
      "Ni allwn weld o’r fan hon beth a ysgrifennoch o’r blaen.",
    ],
    label: "Beth ydych chi am ei ychwanegu?",
    hint: "Gallwch ychwanegu ffeiliau ar y dudalen nesaf.",
  },

  readers: "Nid yw’r dudalen hon yn cofio pwy a ddewisoch o’r blaen. Dewiswch eto pwy sy’n ei gael. Os oeddech wedi ei gadw rhag rhywun o’r blaen, ticiwch y person hwnnw eto.",
  same_codename: "Yr un fath ag o’r blaen",

  withdraw: {
    title: "Gofyn i ni stopio",
    lead: "Gallwch ofyn i ni stopio gweithio ar yr hyn a anfonoch gyda’r geiriau hyn.",
    points: [
      "Mae’r gwaith yn oedi, a bydd person yn edrych arno.",
      "Nid yw hyn yn dileu dim. Am 28 diwrnod ni all neb ddileu'r hyn a anfonoch gyntaf, ac mae ein gweithwyr achos yn cadw'r hyn a ychwanegoch gydag ef.",
      "Gallwch ei dynnu’n ôl unrhyw bryd, yma, gyda’r un geiriau.",
    ],
    ask: "Gofyn i chi stopio",
    take_back: "Gofynnais o’r blaen. Ei dynnu’n ôl",
    going: "Un eiliad …",
    waiting: "Dim cysylltiad ar hyn o bryd. Rydym yn dal i geisio.",
    asked: "Rydych wedi gofyn i ni stopio. Os mai dyma’r geiriau y gwnaethoch anfon rhywbeth gyda nhw, mae’r bobl a all ei ddarllen yn gweld hynny. Ni ddilëwyd dim.",
    taken_back: "Rydych wedi ei dynnu’n ôl. Os mai dyma’r geiriau y gwnaethoch anfon rhywbeth gyda nhw, mae’r bobl a all ei ddarllen yn gweld hynny.",
    refused: "Ni dderbyniodd y gweinydd ef. Rhowch gynnig arall arni mewn ychydig funudau.",
    done: "Yn ôl i’ch negeseuon",
  },

  change: {
    title: "Newid eich enw cod",
    lead: "Os gall rhywun arall wybod eich geiriau, gallwch gael rhai newydd.",
    points: [
      "Cewch wyth gair newydd. Rydych yn eu dysgu fel y gwnaethoch o’r blaen.",
      "Rydym yn dweud wrth y bobl a ddewiswch mai chi biau’r geiriau newydd hefyd.",
      "Ar gyfer y geiriau newydd yn unig y mae’r atebion y byddant yn eu hysgrifennu ar ôl hynny.",
      "Mae’r hen eiriau’n dal i agor yr hyn a ddaeth o’r blaen. Ni allwn gau hynny.",
    ],
    unread: "Darllenwch beth sydd yma yn gyntaf: nid yw’r geiriau newydd yn ei agor.",
    button: "Cael geiriau newydd",
    check: "Dywedir wrth y bobl a ddewisoch fod eich enw cod newydd yn dod yn lle’r hen un. Ni chaiff dim arall ei anfon.",
  },

  sent: {
    title: "Sut i ddod yn ôl",
    look_from: (day) => `Edrychwch yma am ateb ar ${day} neu wedyn. Gall gymryd mwy o amser.`,
    how: [
      "Agorwch y dudalen hon eto, ar unrhyw ddyfais sy’n ddiogel. Dewiswch “Mae gen i enw cod” a theipiwch eich wyth gair.",
      "Gallwch wneud yr un peth i ychwanegu rhywbeth neu i ofyn i ni stopio.",
      "Os collwch y geiriau, ni all neb eu rhoi’n ôl. Caiff yr hyn a anfonoch ei ddarllen o hyd.",
    ],
    more_lead: (desk) => `Mae’r hyn a ychwanegoch wedi’i storio, dan glo. Dim ond y rhai a ddewisoch yn “${desk}” all ei agor.`,
    changed_lead: "O hyn ymlaen, dewch yn ôl gyda’ch geiriau newydd. Mae’r hen eiriau’n dal i agor yr hyn a ddaeth o’r blaen.",
    back: "Yn ôl i’ch negeseuon",
  },
};
