// SPDX-License-Identifier: AGPL-3.0-or-later
// Welsh: the neutral page that hides this one. Not checked by a speaker yet.

import type { Words } from "..";
import { plurals_of } from "../platform";

const plural = plurals_of("cy");
const in_minutes = (minutes: number): string => plural(minutes, { two: "2 funud", other: `${minutes} munud` });

export const cover: Words["cover"] = {
  settings: {
    title: "Os byddwch yn stopio am ychydig",
    lead: [
      "Os na wnewch ddim am rai munudau, neu os edrychwch ar dudalen arall, bydd y dudalen hon yn cuddio. Yn ei lle bydd tudalen gyda rhestr siopa.",
      "Rydym yn gofyn i chi 30 eiliad ymlaen llaw, er mwyn i chi allu aros. Mae’r anfon yn mynd ymlaen y tu ôl iddi. Yna “Cau” yw enw “Gadael y dudalen”, ac mae’n gweithio fel o’r blaen.",
    ],
    minutes: "Cuddio’r dudalen hon ar ôl",
    minutes_text: in_minutes,
    never: "Peidio byth â’i chuddio",
    word: "Gair i ddod yn ôl",
    word_hint: "Gallwch ddewis unrhyw air, y gorau yw un na fyddai ef yn ei ddyfalu. I ddod yn ôl, teipiwch ef yn “Chwilio” ar y rhestr siopa. Nid oes gair arall yn dod â’r dudalen hon yn ôl, dim ond eich enw cod, unwaith y bydd gennych un. Os anghofiwch y gair, mae’r hyn a ysgrifennoch wedi’i golli.",
    without: "Heb air, mae botwm “Parhau” ar y rhestr siopa. Mae unrhyw un sy’n ei bwyso yn gweld yr hyn a ysgrifennoch.",
    reader: "Os ydych yn defnyddio darllenydd sgrin neu’n darllen yn araf, dewiswch amser hirach, neu “Peidio byth â’i chuddio”.",
  },
  warning: {
    title: "Ydych chi yma o hyd?",
    text: "Bydd y dudalen hon yn cuddio mewn 30 eiliad. Ni chollir dim a ysgrifennoch.",
    with_word: "I ddod yn ôl, teipiwch eich gair yn “Chwilio”.",
    without_word: "I ddod yn ôl, pwyswch “Parhau”.",
    stay: "Aros yma",
    longer: (minutes) => `Aros, a disgwyl ${in_minutes(minutes)} o hyn ymlaen`,
    hide: "Ei chuddio nawr",
  },
  page: {
    close: "Cau",
    title: "Siopa",
    list: ["Llaeth", "Bara", "Afalau", "Reis", "Powdr golchi", "Bylbiau golau"],
    search: "Chwilio",
    button: "Canfod",
    nothing: "Heb ganfod dim",
    continue: "Parhau",
  },
};
