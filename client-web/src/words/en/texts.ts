// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines that the organisation has to answer for: what the page says where the roster has no text of its own (docs/spec/roster.md).

export const texts = {
  read_when: "A person reads it when they are at work. It can take days.",
  not_emergency: "We are not an emergency service. Nobody here can come to you.",
  emergency: "Call 999. It reaches the police: say that he is police. On a mobile, press 55 if you cannot speak.",
  tor_noticed: "Somebody who looks at the device or the network may notice that you use Tor Browser.",
  do_not_look_up: "Don’t look him up or copy police records, even about your own case. You could be prosecuted or dismissed.",
  privacy: "We keep this private. If you or a child may be seriously harmed, and we know who or where, we may have to tell somebody who can help. We will try to tell you first.",
  court: "This is not a police statement. A court may ask to see it.",
};

/** By the options of the default form's question `nation`; elsewhere `privacy` holds. */
export const privacy_in: Readonly<Record<string, string>> = {
  northern_ireland: "We keep this private. In Northern Ireland the law may make us tell the police about a serious crime, unless we have a good reason not to. If you or a child may be seriously harmed, and we know who or where, we may have to tell somebody who can help. We will try to tell you first.",
};
