// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines that the organisation has to answer for, in Welsh. Not checked by a speaker yet.

import type { Words } from "..";

export const texts: Words["texts"] = {
  read_when: "Bydd person yn ei ddarllen pan fydd yn y gwaith. Gall gymryd dyddiau.",
  not_emergency: "Nid gwasanaeth argyfwng ydym ni. Ni all neb yma ddod atoch.",
  emergency: "Ffoniwch 999. Mae’n cyrraedd yr heddlu: dywedwch mai plismon yw ef. Ar ffôn symudol, pwyswch 55 os na allwch siarad.",
  tor_noticed: "Gall rhywun sy’n edrych ar y ddyfais neu’r rhwydwaith sylwi eich bod yn defnyddio Tor Browser.",
  do_not_look_up: "Peidiwch â chwilio amdano na chopïo cofnodion yr heddlu, hyd yn oed am eich achos eich hun. Gallech gael eich erlyn neu golli eich swydd.",
  privacy: "Rydym yn cadw hyn yn breifat. Os gallech chi neu blentyn gael niwed difrifol, a’n bod yn gwybod pwy neu ble, efallai y bydd rhaid i ni ddweud wrth rywun a all helpu. Byddwn yn ceisio dweud wrthych chi yn gyntaf.",
  court: "Nid datganiad i’r heddlu yw hwn. Gall llys ofyn am ei weld.",
};

export const privacy_in: Words["privacy_in"] = {
  northern_ireland: "Rydym yn cadw hyn yn breifat. Yng Ngogledd Iwerddon gall y gyfraith wneud i ni ddweud wrth yr heddlu am drosedd ddifrifol, oni bai bod gennym reswm da dros beidio. Os gallech chi neu blentyn gael niwed difrifol, a’n bod yn gwybod pwy neu ble, efallai y bydd rhaid i ni ddweud wrth rywun a all helpu. Byddwn yn ceisio dweud wrthych chi yn gyntaf.",
};
