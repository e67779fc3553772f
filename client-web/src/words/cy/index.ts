// SPDX-License-Identifier: AGPL-3.0-or-later
// Welsh. Not checked by a speaker yet: the page says so (words/index.ts), and it is off until a roster switches it on.

import type { Words } from "..";
import { day_in, plurals_of } from "../platform";
import { come_back } from "./come_back";
import { cover } from "./cover";
import { diary } from "./diary";
import { evidence } from "./evidence";
import { match } from "./match";
import { privacy_in, texts } from "./texts";

const plural = plurals_of("cy");

export const cy: Words = {
  texts,
  privacy_in,
  come_back,
  cover,
  diary,
  evidence,
  match,
  loading: "Un eiliad …",
  continue: "Parhau",
  back: "Yn ôl",
  part: (number, count) => `Rhan ${number} o ${count}`,
  optional: "Gallwch adael allan unrhyw beth nad ydych yn ei wybod neu nad ydych am ei ddweud.",
  nothing_kept: "Ni chaiff dim ei gadw ar y ddyfais hon. Os byddwch yn cau neu’n ail-lwytho’r dudalen, bydd yr hyn a ysgrifennoch wedi mynd.",
  characters_left: (left) => (left >= 0 ? `Mae gennych ${left} nod ar ôl` : `Mae gennych ${-left} nod yn ormod`),
  clear_answer: "Clirio’r ateb hwn",
  not_answered: "Heb ei ateb",
  problem: "Mae problem",
  error_prefix: "Gwall: ",

  skip: "Neidio i’r prif gynnwys",
  languages: {
    title: "Iaith",
    unreviewed: "Nid yw siaradwr wedi gwirio’r cyfieithiad hwn eto.",
  },

  exit: {
    button: "Gadael y dudalen",
    button_hint: "(neu pwyswch Shift dair gwaith)",
    press_more: (times) => `Shift, pwyswch ${plural(times, { one: "unwaith", two: "ddwywaith", few: "dair gwaith", many: "chwe gwaith", other: times + " gwaith" })} eto i adael.`,
    leaving: "Yn gadael y dudalen.",
    expired: "Mae’r amser i adael y dudalen wedi dod i ben.",
  },

  start: {
    title: "Dywedwch wrthym beth ddigwyddodd",
    lead: "Gallwch roi gwybod yma am gam-drin gan rywun yn yr heddlu. Nid oes rhaid i chi ddweud pwy ydych chi.",
    sealed: "Caiff yr hyn a ysgrifennwch ei gloi ar y ddyfais hon cyn ei anfon. Dim ond y bobl a enwir yma all ei agor. Ni all y wefan hon ei ddarllen.",
    who: "Pwy fydd yn ei ddarllen",
    who_hint: "Gallwch adael allan unrhyw un yr ydych yn ei adnabod, cyn i chi anfon.",
    how: "Sut mae’n gweithio",
    steps: [
      "Rydych yn ateb rhai cwestiynau. Gallwch adael rhai heb eu hateb.",
      "Gallwch ychwanegu lluniau, negeseuon neu recordiadau.",
      "Chi sy’n dewis pwy gaiff ei ddarllen.",
      "Cewch enw cod o wyth gair. Eich un chi yn unig ydyw. Gydag ef y dewch yn ôl a darllen ein hatebion.",
      "Rydych yn ei anfon. Cewch dderbynneb.",
    ],
    time: "Mae ychydig linellau’n ddigon. Cymerwch gymaint o amser ag sydd ei angen.",
    button: "Dechrau",
    danger: "Mewn perygl nawr?",
    helplines: "Rhywun i siarad ag ef",
  },

  safety: {
    title: "A yw hwn yn lle diogel i ysgrifennu?",
    device_title: "Y ddyfais hon",
    device: [
      "Peidiwch â defnyddio dyfais na rhwydwaith sy’n perthyn i heddlu. Gellir eu gwylio.",
      "Peidiwch â defnyddio ffôn na gliniadur y gall ef ei agor, neu y mae ef wedi’i osod i chi.",
      "Y gorau yw Tor Browser ar ddyfais y mae neb ond chi yn ei defnyddio.",
    ],
    leave_title: "Gadael yn gyflym",
    leave: [
      "Pwyswch “Gadael y dudalen” ar y brig, neu’r fysell Shift dair gwaith. Bydd y dudalen yn mynd yn wag a bydd tudalen dywydd yn agor.",
      "Ni all hyn guddio eich bod wedi bod yma rhag hanes y porwr, na rhag perchennog y rhwydwaith. Dilëwch yr hanes wedyn, neu defnyddiwch ffenestr breifat.",
    ],
    police_title: "Os ydych yn gweithio i’r heddlu",
    police: [
      "Gall manylion y byddech chi’n unig yn eu gwybod ddangos mai chi oedd hi. Meddyliwch cyn rhoi union amserau a lleoedd.",
    ],
    private_title: "Beth a wnawn ag ef",
    button: "Gallaf ysgrifennu yma",
  },

  files: {
    title: "Ydych chi am ychwanegu unrhyw beth?",
    hint: "Lluniau, sgrinluniau, negeseuon, recordiadau, llythyrau. Unrhyw fath o ffeil. Chi sydd i ddewis.",
    choose: "Dewis ffeiliau",
    limits: (files, size) => `Hyd at ${files} ffeil, ${size} i gyd.`,
    metadata: "Gall lluniau a recordiadau ddal yr amser, y lle ac enw’r ddyfais. Bydd y rhai a ddewiswch yn ei weld, a gall helpu i brofi beth ddigwyddodd. Gallwch anfon copi o lun hebddo. Mae’n edrych yr un fath, ond mae’n profi llai, a dywedir wrth y rhai sy’n ei gael mai copi ydyw. Ar y ddyfais hon yn unig yr edrychwn.",
    added: "Wedi’u hychwanegu",
    none: "Dim wedi’i ychwanegu",
    remove: "Tynnu",
    total: (size) => `${size} i gyd`,
    too_many: (max) => `Gallwch ychwanegu hyd at ${max} ffeil. Tynnwch rai yn gyntaf.`,
    too_large: (size) => `Gyda’i gilydd gall y ffeiliau fod hyd at ${size}. Tynnwch rai yn gyntaf.`,
    unreadable: (name) => `Ni ellir darllen “${name}”. Efallai ei fod wedi’i symud neu ei ddileu. Tynnwch ef, neu dewiswch ef eto.`,
  },

  readers: {
    title: "Pwy gaiff ei ddarllen?",
    desk: "Dewiswch pwy ddylai ei gael",
    people: "Oes rhywun yma yr ydych yn ei adnabod, neu nad ydych am iddo ei ddarllen?",
    people_hint: "Ticiwch nhw ac ni allant ei agor. Ni fyddant yn gweld ei fod yn bodoli.",
    keep_from: (name) => `Ei gadw rhag ${name}`,
    cannot_receive: (name) => `Ni all ${name} dderbyn adroddiadau ar hyn o bryd. Os ticiwch hwn, bydd yn aros ar gau i ${name} yn nes ymlaen hefyd.`,
    choose_desk: "Dewiswch pwy ddylai ei gael",
    somebody: "Rhaid i rywun allu ei ddarllen. Gadewch o leiaf un person heb ei dicio, neu dewiswch ddesg arall.",
    together: (people) => `Ni all un person ei agor ar ei ben ei hun. Rhaid i ${people} o’r bobl hyn gytuno, a’i agor gyda’i gilydd.`,
    several: (people) => `Wrth y ddesg hon mae angen ${people} o bobl i agor adroddiad, felly gadewch o leiaf ${people} o’r rhai a all dderbyn adroddiadau heb eu ticio, neu dewiswch ddesg arall.`,
    changed: "Mae’r bobl a all ei ddarllen wedi newid ers i chi agor y dudalen hon. Edrychwch eto.",
    other_desk: "Efallai bod rhywun yr ydych yn ei gadw rhagddo yn gweithio gyda’r lleill. Os yw hynny’n eich poeni, dewiswch ddesg arall.",
  },

  codename: {
    title: "Eich enw cod",
    lead: "Eich geiriau chi yw’r wyth hyn. Nid yw neb arall yn eu gwybod, ddim hyd yn oed ni.",
    learn: "Dysgwch nhw, yn y drefn hon. Neu ysgrifennwch nhw a’u gadael gyda rhywun diogel: byth gartref, yn y car, mewn nodiadau ffôn, mewn lluniau nac yn y cwmwl.",
    use: "Gyda’r geiriau hyn y dewch yn ôl yma: i ddarllen ein hatebion, i ychwanegu rhywbeth, neu i ofyn i ni stopio.",
    decoy: "Beth os bydd rhywun yn gwneud i mi ddweud?",
    decoy_text: "Mae unrhyw wyth gair yn edrych fel enw cod. Os cewch eich gorfodi i roi un, gallwch roi wyth gair arall. Ni all neb ddweud nad eich rhai chi ydynt.",
    hide: "Cuddio’r geiriau",
    show: "Dangos y geiriau",
    other: "Rhowch eiriau eraill i mi",
    button: "Rwyf wedi eu dysgu",
    no_words: "Ni lwythodd y rhestr eiriau, felly ni allwn wneud enw cod. Gwiriwch eich cysylltiad a rhowch gynnig arall arni.",
  },

  practice: {
    title: "Gadewch i ni roi cynnig arni unwaith",
    lead: "Teipiwch dri o’ch geiriau. Os nad yw’n gweithio, gallwch edrych eto.",
    word: (number) => `Gair ${number}`,
    wrong: (number) => `Gair gwahanol yw gair ${number}. Edrychwch ar eich geiriau eto.`,
    look: "Edrych ar y geiriau eto",
    skip: "Hepgor hyn",
    button: "Parhau",
  },

  check: {
    title: "Gwiriwch cyn i chi anfon",
    change: "Newid",
    files: "Ffeiliau",
    readers: "Caiff ei ddarllen gan",
    excluded: "Wedi’i gadw rhag",
    codename: "Enw cod",
    codename_value: "Rydych wedi ei weld",
    lead: "Pan bwyswch Anfon, caiff ei gloi ar y ddyfais hon a’i anfon. Yn nes ymlaen gallwch ddod yn ôl a gofyn i ni stopio, ond mae’r hyn a anfonwyd yn aros wedi’i anfon.",
    button: "Anfon",
    nothing: "Dywedwch o leiaf rywbeth wrthym, neu ychwanegwch ffeil",
    too_long: (bytes) => `Mae eich atebion tua ${bytes} nod yn rhy hir i gyd. Gwnewch nhw’n fyrrach, neu rhowch ran mewn ffeil ac ychwanegwch honno.`,
    failed: {
      "file-unreadable": (name) => `Ni ellir darllen “${name}” mwyach. Tynnwch ef, neu dewiswch ef eto. Ni chollwyd dim.`,
      "too-large": "Mae’r ffeiliau’n rhy fawr i’r gweinydd hwn. Tynnwch rai ac anfonwch eto.",
      "text-too-long": "Mae eich atebion yn rhy hir i gyd. Gwnewch nhw’n fyrrach, neu rhowch ran mewn ffeil ac ychwanegwch honno.",
      "too-many-people": "Mae gormod o bobl wedi’u henwi fel rhai i’w gadael allan. Gadewch lai allan, neu dewiswch ddesg arall.",
      refused: "Ni dderbyniodd y gweinydd ef. Mae eich atebion yma o hyd. Rhowch gynnig arall arni mewn ychydig funudau.",
      unexpected: "Aeth rhywbeth o’i le ar y dudalen hon. Mae eich atebion yma o hyd. Rhowch gynnig arall arni.",
    },
  },

  sending: {
    title: "Yn anfon",
    locking: "Yn ei gloi ar y ddyfais hon …",
    stored: (percent) => `Mae ${percent} % yn ddiogel ar y gweinydd`,
    stay: "Cadwch y dudalen hon ar agor. Gallwch ddefnyddio tudalennau eraill yn y cyfamser.",
    pause: "Oedi",
    resume: "Mynd ymlaen",
    paused: "Wedi oedi. Ni chaiff dim ei anfon nes i chi fynd ymlaen.",
    waiting: "Dim cysylltiad ar hyn o bryd. Rydym yn dal i geisio. Ni chollwyd dim.",
    now: "Ceisio nawr",
    stop: "Stopio a mynd yn ôl",
  },

  sent: {
    title: "Mae wedi cyrraedd",
    lead: (desk) => `Mae eich adroddiad wedi’i storio, dan glo. Dim ond y rhai a ddewisoch yn “${desk}” all ei agor.`,
    brave: "Diolch am ddweud wrthym.",
    next_title: "Beth sy’n digwydd nesaf",
    next: [
      "Maent yn ateb yma, ar y dudalen hon. Os gofynnoch i rywun gysylltu â chi mewn ffordd arall, gallant ddefnyddio honno hefyd.",
    ],
    worse: "Os bydd rhywbeth yn gwaethygu, peidiwch ag aros amdanom ni. Ffoniwch linell gymorth, neu 999.",
    worse_alone: "Os bydd rhywbeth yn gwaethygu, peidiwch ag aros amdanom ni. Ffoniwch 999.",
    receipt_title: "Derbynneb",
    receipt: "Mae’r gweinydd wedi llofnodi ei fod yn dal eich adroddiad. Mae’r cod byr hwn yn sefyll drosto. Gallwch ei ysgrifennu ar bapur: nid yw’n dweud wrth neb beth a ysgrifennoch.",
    receipt_show: "Dangos cod y dderbynneb",
    receipt_hide: "Cuddio cod y dderbynneb",
    day: (day) => `Cyrhaeddodd ar ${day_in("cy", day)}`,
    codename_show: "Dangos fy enw cod unwaith eto",
    codename_hide: "Cuddio fy enw cod",
    clear_title: "Cyn i chi fynd",
    clear: [
      "Caiff yr hyn a ysgrifennoch ei ddileu o’r dudalen hon. Bydd y dderbynneb a’r enw cod yn mynd pan adewch.",
      "Dilëwch y dudalen hon o hanes y porwr.",
      "Cadwch y gwreiddiol o’r hyn a anfonoch, yn rhywle diogel: gall fod yn dystiolaeth. Gall copïau a wnaethoch ar gyfer hyn yn unig fynd, hefyd o’r bin.",
      "Yna pwyswch “Gadael y dudalen”.",
    ],
  },

  receipt_wrong: {
    title: "Efallai ei fod wedi cyrraedd",
    wrong: "Atebodd y gweinydd, ond ni ellir credu ei dderbynneb: nid yw wedi’i llofnodi fel y dylai, neu nid yw ar gyfer eich adroddiad chi. Efallai bod eich adroddiad wedi’i storio, neu beidio. Efallai bod y gweinydd wedi torri, neu bod rhywun wedi ei newid.",
    day: "Atebodd y gweinydd, ond ni ellir credu ei dderbynneb: mae’n enwi diwrnod heblaw heddiw. Efallai bod eich adroddiad wedi’i storio, neu beidio. Mae dyddiad y gweinydd neu’r ddyfais hon yn anghywir, neu nid yw’r dderbynneb yn un go iawn.",
    do_title: "Beth allwch chi ei wneud",
    clock: "Edrychwch a yw dyddiad y ddyfais hon yn gywir. Os yw’n anghywir, cywirwch ef ac anfonwch eto.",
    do: [
      "Mae’r hyn a ysgrifennoch ar y dudalen hon o hyd. Gallwch fynd yn ôl a’i anfon eto. Os bydd yn cyrraedd ddwywaith, nid yw hynny’n gwneud niwed.",
      "Os bydd yn digwydd eto, rhowch wybod mewn ffordd arall hefyd, a dywedwch fod y dderbynneb yn anghywir.",
    ],
    back: "Mynd yn ôl",
  },

  trouble: {
    title: "Ni allwch roi gwybod yma ar hyn o bryd",
    try_again: "Ceisio eto",
    emergency: "Os ydych mewn perygl nawr:",
    kept: "Mae’r hyn a ysgrifennoch ar y dudalen hon o hyd. Cadwch hi ar agor a cheisiwch eto.",
    unreachable: "Ni allwn gyrraedd y gweinydd. Gwiriwch eich cysylltiad. Gyda Tor gall hyn gymryd munud.",
    come_back: "Os oes gennych enw cod, gallwch ddarllen atebion o hyd, defnyddio eich dyddiadur, parhau ag adroddiad a ddechreuoch, a gofyn i ni stopio.",
    outdated: "Byddwch yn ofalus gydag atebion: mae’r rhestr o’r bobl a all ateb wedi dod i ben. Gall rhywun sydd wedi gadael, neu nad ydym yn ymddiried ynddo mwyach, fod arni o hyd. Ni allwn dynnu neb oddi ar restr nad yw’n dod. Peidiwch â mynd i gwrdd â neb oherwydd neges yma yn unig.",
    paused: "Ni allwn dderbyn dim byd newydd ar hyn o bryd. Ni allwch anfon adroddiad, ysgrifennu mwy atom na newid eich enw cod. Mae popeth arall yn gweithio.",
    nobody: "Ni all neb dderbyn adroddiadau ar hyn o bryd. Rhowch gynnig arall arni yfory.",
    pin: "Ni chafodd y dudalen hon ei gosod yn gywir: mae’r allweddi sy’n profi pwy sy’n darllen eich adroddiad ar goll neu wedi’u difrodi. Peidiwch â’i defnyddio nes bod y sefydliad wedi ei thrwsio.",
    distrust: "Peidiwch ag ysgrifennu dim yma. Efallai bod rhywun wedi newid y dudalen hon. Dywedwch wrth y sefydliad mewn ffordd arall.",
    roster: {
      "not-a-roster": "Nid yw’r rhestr o’r bobl sy’n darllen adroddiadau yn rhestr wedi’i llofnodi.",
      unsigned: "Nid yw’r rhestr o’r bobl sy’n darllen adroddiadau wedi’i llofnodi gan y sefydliad.",
      "too-few-signatures": "Ni lofnododd digon o bobl y sefydliad y rhestr o’r bobl sy’n darllen adroddiadau.",
      "wrong-signature": "Mae’r llofnod ar y rhestr o’r bobl sy’n darllen adroddiadau yn anghywir.",
      malformed: (field) => `Mae’r rhestr o’r bobl sy’n darllen adroddiadau wedi’i llofnodi, ond mae camgymeriad ynddi (${field}). Rhaid i’r sefydliad ei thrwsio.`,
      "not-yet-valid": "Nid yw’r rhestr o’r bobl sy’n darllen adroddiadau yn ddilys eto. Neu mae dyddiad y ddyfais hon yn anghywir: gwiriwch ef, a cheisiwch eto.",
      expired: "Mae’r rhestr o’r bobl sy’n darllen adroddiadau wedi dod i ben, felly ni allwn fod yn siŵr pwy sy’n darllen. Rhaid i’r sefydliad ei hadnewyddu. Neu mae dyddiad y ddyfais hon yn anghywir: gwiriwch ef, a cheisiwch eto.",
      older: "Rhoddodd y gweinydd restr hŷn o bobl nag o’r blaen. Efallai bod rhywun wedi mynd yn ôl ati yn fwriadol.",
      "different-text": "Rhoddodd y gweinydd ddwy restr wahanol o bobl gyda’r un rhif. Gall un ohonynt fod yn ffug.",
    },
  },
};
