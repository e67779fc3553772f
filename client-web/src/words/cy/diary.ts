// SPDX-License-Identifier: AGPL-3.0-or-later
// Welsh: saving as she goes, her diary, and when it was last opened. Not checked by a speaker yet.

import type { Words } from "..";
import { plurals_of } from "../platform";

const plural = plurals_of("cy");

export const diary: Words["diary"] = {
  start_title: "Ddim yn barod i anfon dim?",
  start_text: "Gallwch gadw dyddiadur yma. Dim ond chi all ei ddarllen. Yn nes ymlaen gallwch ei anfon at y bobl a ddewiswch, neu byth.",
  start_button: "Dechrau dyddiadur",

  stop: {
    title: "Er mwyn i chi allu stopio unrhyw bryd",
    lead: "Efallai y bydd angen amser arnoch ar gyfer hyn. Efallai y bydd rhaid i chi gau’r dudalen hon ar frys.",
    with_title: "Gydag enw cod",
    with: [
      "Cewch wyth gair nawr, ac rydych yn eu dysgu.",
      "Caiff yr hyn a ysgrifennwch ei gloi ar y ddyfais hon a’i gadw wrth i chi fynd. Gallwch stopio, a mynd ymlaen yn nes ymlaen ar unrhyw ddyfais ddiogel.",
      "Dim ond eich geiriau chi sy’n ei agor. Os collwch nhw, ni all neb ei agor eto.",
      "Ni chaiff ffeiliau eu cadw. Ychwanegwch nhw’n olaf, yn union cyn i chi anfon.",
      "Mae cadw yn anfon rhywbeth at y gweinydd bob tro. Ni all y gweinydd ei ddarllen. Nid yw’n gwybod pwy ydych chi. Ond gall rhywun sy’n rhedeg neu’n gwylio’r gweinydd weld bod person yn ysgrifennu, a phryd.",
    ],
    without_title: "Heb enw cod",
    without: "Ni chaiff dim ei gadw wrth i chi ysgrifennu. Os caiff y dudalen hon ei chau neu ei llwytho eto, bydd yr hyn a ysgrifennoch wedi mynd. Cewch eich enw cod ar y diwedd.",
    yes: "Rhowch enw cod i mi nawr",
    no: "Mynd ymlaen heb un",
  },

  status: {
    "not-yet": "Heb ei gadw eto.",
    saving: "Yn cadw …",
    saved: "Wedi’i gadw, dan glo.",
    "no-connection": "Heb ei gadw eto: dim cysylltiad. Rydym yn dal i geisio. Gallwch barhau i ysgrifennu.",
    elsewhere: "Heb ei gadw. Cafodd yr adroddiad hwn ei newid neu ei dynnu mewn ffenestr arall neu ar ddyfais arall. Ni chaiff yr hyn a ysgrifennwch yma ei gadw mwyach.",
    this_one: "Cadw’r hyn sydd yma yn ei le",
    "too-long": "Heb ei gadw: mae’n rhy hir i’w gadw. Gallwch ei anfon o hyd.",
    refused: "Heb ei gadw: ni dderbyniodd y gweinydd ef. Byddwn yn ceisio eto pan bwyswch Parhau.",
    codename: "Gallwch fynd ymlaen yn nes ymlaen gyda’ch enw cod. Ni chaiff ffeiliau eu cadw.",
    form_changed: "Mae rhai cwestiynau wedi newid ers i chi ysgrifennu hyn. Edrychwch ar eich atebion eto.",
    removing: "Mae eich copi a gadwyd yn cael ei dynnu. Cadwch y dudalen hon ar agor am eiliad.",
    removed: "Tynnwyd eich copi a gadwyd.",
    not_removed: "Ni ellid tynnu eich copi a gadwyd: ni dderbyniodd y gweinydd hynny. Mae yno o hyd, dan glo. Dim ond eich wyth gair sy’n ei agor.",
  },

  reminder: {
    title: "Mae eich enw cod gennych",
    lead: "Yr wyth gair a ddysgoch cyn i chi ddechrau ydyw. Gyda nhw y dewch yn ôl a darllen ein hatebion.",
  },

  own_title: "I chi yn unig",
  own: {
    diary: "Fy nyddiadur",
    unfinished: "Fy adroddiad anorffenedig",
    last_opened: "Pryd agorwyd hwn ddiwethaf?",
  },
  seen: "Mae’r rhan fwyaf o’r dudalen hon yn gofyn i’r gweinydd am yr un pethau, pwy bynnag ydych chi. Mae hyn yn wahanol: dim ond rhywun sy’n cadw rhywbeth yma sy’n gofyn amdano. Ni all y gweinydd ei ddarllen ac nid yw’n gwybod pwy ydych chi. Ond gall rhywun sy’n rhedeg neu’n gwylio’r gweinydd weld y gofynnwyd amdano, a phryd.",
  waiting: "Dim cysylltiad ar hyn o bryd. Rydym yn dal i geisio.",
  try_now: "Ceisio nawr",
  refused: "Ni dderbyniodd y gweinydd ef. Rhowch gynnig arall arni mewn ychydig funudau.",
  working: (percent) => `Yn gweithio: ${percent} %`,

  unfinished: {
    title: "Eich adroddiad anorffenedig",
    look: "Chwilio amdano",
    looking: "Yn chwilio amdano …",
    none: "Nid oes adroddiad anorffenedig ar gyfer y geiriau hyn. Os oeddech yn disgwyl un, gwiriwch bob gair.",
    found: (day) => `Cafodd ei gadw ddiwethaf ar ${day}.`,
    files: "Ni chadwyd ffeiliau. Ychwanegwch nhw eto cyn i chi anfon.",
    replaces: "Caiff yr hyn a ysgrifennoch ar y dudalen hon nawr ei ollwng pan agorwch yr un hwn.",
    go_on: "Mynd ymlaen ag ef",
    remove: "Ei dynnu",
    sure: "Ei dynnu am byth? Ni all neb ddod ag ef yn ôl.",
    yes: "Ie, ei dynnu",
    no: "Na, ei gadw",
    removing: "Yn ei dynnu …",
  },

  readers: {
    title: "Beth ydych chi am ei wneud ag ef?",
    send: "Ei anfon nawr",
    keep: "Ei gadw yn fy nyddiadur",
    keep_hint: "Nid oes neb yn ei gael. Dim ond eich enw cod sy’n ei agor. Gallwch ei anfon yn nes ymlaen, gyda dyddiad heddiw.",
    nobody: "Nid oes neb yn darllen eich dyddiadur, hyd yn oed os ydych mewn perygl.",
    part: "Unwaith y bydd wedi’i gadw, byddwn yn gofyn a ydych am anfon y rhan am berygl yn unig.",
    files: (count) => `Ni chaiff ffeiliau eu cadw yn y dyddiadur. Rydych wedi ychwanegu ${count} ffeil. ${count === 1 ? "Ni chaiff ei chadw yma" : "Ni chânt eu cadw yma"}.`,
  },

  kept: {
    title: "Eich dyddiadur",
    saving: "Mae’n cael ei gloi a’i gadw. Cadwch y dudalen hon ar agor.",
    done: "Mae yn eich dyddiadur. Dim ond eich wyth gair sy’n ei agor.",
    nobody: "Nid oes neb wedi ei ddarllen.",
    draft: "Mae eich adroddiad anorffenedig wedi’i gadw o hyd hefyd. Gallwch fynd ymlaen ag ef, neu ei dynnu.",
    open: "Agor fy nyddiadur",
    again: "Ceisio eto",
  },

  part: {
    title: "Ydych chi am anfon y rhan am berygl?",
    lead: "Dywedoch wrthym am berygl, neu am blentyn. Gallwch anfon y rhan honno’n unig at y bobl a ddewiswch. Mae’r gweddill i gyd yn aros yn eich dyddiadur.",
    goes: "Dim ond hyn fyddai’n mynd",
    change: "Gallwch ei newid, neu adael rhywbeth allan, cyn i chi ei anfon.",
    yes: "Dewis pwy sy’n ei gael",
    no: "Cadw’r cyfan yn fy nyddiadur",
    offer: "Anfon y rhan am berygl yn unig",
    sent: (desk) => `Mae’r rhan am berygl wedi’i storio, dan glo. Dim ond y rhai a ddewisoch yn “${desk}” all ei hagor. Mae’r gweddill i gyd yn eich dyddiadur, ac nid oes neb yn darllen hwnnw.`,
  },

  page: {
    title: "Eich dyddiadur",
    lead: "Caiff yr hyn a ysgrifennwch yma ei gloi ar y ddyfais hon. Dim ond eich wyth gair sy’n ei agor. Nid oes neb yn ei gael oni bai eich bod yn ei anfon.",
    danger: "Nid oes neb yn darllen hwn, hyd yn oed os ydych mewn perygl.",
    open: "Agor fy nyddiadur",
    opening: "Yn agor eich dyddiadur …",
    none: "Mae eich dyddiadur yn wag. Os oeddech yn disgwyl rhywbeth, gwiriwch bob gair o’ch enw cod.",
    write: "Ysgrifennu cofnod",
    send: "Anfon cofnodion at rywun",
    remove: "Tynnu",
    remove_of: (day) => `cofnod ${day}`,
    sure: "Tynnu’r cofnod hwn am byth? Ni all neb ddod ag ef yn ôl.",
    yes: "Ie, ei dynnu",
    no: "Na, ei gadw",
    removing: "Yn ei dynnu …",
    unreadable: (count) => plural(count, { one: "Mae 1 cofnod wedi’i ddifrodi ac ni ellir ei ddangos.", two: "Mae 2 gofnod wedi’u difrodi ac ni ellir eu dangos.", other: `Mae ${count} cofnod wedi’u difrodi ac ni ellir eu dangos.` }),
    close: "Yn ôl i’m negeseuon",
  },

  write: {
    title: "Ysgrifennu cofnod",
    label: "Beth ddigwyddodd heddiw?",
    hint: (day) => `Mae’n cael dyddiad heddiw, ${day}. Os digwyddodd ar ddiwrnod arall, dywedwch pryd.`,
    save: "Cadw’r cofnod hwn",
    saving: "Mae’n cael ei gloi a’i gadw …",
    empty: "Ysgrifennwch rywbeth yn gyntaf",
    too_long: (bytes) => `Mae hwn tua ${bytes} nod yn rhy hir i un cofnod. Cadwch ran ohono, yna ysgrifennwch gofnod arall`,
    lost: "Os gadewch y dudalen hon cyn iddo gael ei gadw, bydd wedi mynd.",
  },

  release: {
    title: "Pa gofnodion ydych chi am eu hanfon?",
    lead: "Maent yn mynd i un ffeil, Diary.txt, pob un gyda’i ddyddiad. Ar y dudalen nesaf rydych yn dewis pwy sy’n ei chael. Mae eich dyddiadur yn aros fel y mae.",
    legend: "Cofnodion",
    none: "Dewiswch o leiaf un cofnod",
    sent: (desk) => `Mae’r cofnodion a ddewisoch wedi’u storio, dan glo. Dim ond y rhai a ddewisoch yn “${desk}” all eu hagor. Mae eich dyddiadur yn aros fel y mae.`,
  },

  last_opened: {
    title: "Pryd agorwyd hwn ddiwethaf?",
    lead: "Gallwn gadw rhestr o’r dyddiau y bu rhywun yn edrych yma gyda’ch geiriau chi. Os dewch o hyd i ddiwrnod pan nad oeddech yma, gall rhywun arall wybod eich geiriau.",
    no_proof: "Nid prawf yw hyn. Dim ond ymweliad â’r dudalen hon sy’n cael ei nodi. Nid yw pwy bynnag sy’n agor eich negeseuon hebddi yn gadael unrhyw nod.",
    show: "Dangos y dyddiau a nodi heddiw",
    looking: "Yn edrych …",
    first: "Nid oes neb wedi nodi diwrnod o’r blaen. Mae heddiw wedi’i nodi nawr.",
    days: "Wedi’u nodi cyn edrych heddiw",
    marked: "Mae heddiw wedi’i nodi nawr.",
    forget: "Dileu’r rhestr",
    forgotten: "Mae’r rhestr wedi’i dileu.",
  },

  move: {
    title: "Eich dyddiadur a’ch adroddiad anorffenedig",
    lead: "Maent o dan eich hen eiriau o hyd. Gallwch fynd â nhw gyda chi: cânt eu cadw o dan y geiriau newydd, ac yna eu tynnu o’r hen rai.",
    button: "Mynd â nhw gyda mi",
    moving: "Maent yn cael eu symud. Cadwch y dudalen hon ar agor. Os caiff ei dorri’n fyr, ni chollir dim. Dewch yn ôl gyda’r hen eiriau a’u newid eto.",
    done: "Maent o dan eich geiriau newydd nawr. Nid oes dim ohonynt ar ôl o dan yr hen rai.",
  },
};
