// SPDX-License-Identifier: AGPL-3.0-or-later
// Every subcommand's entry, each in the file of its name. They are put together in command_table.cpp.
#pragma once

#include "client-cli/command.h"

namespace candour::cli {

void add_root_init(CLI::App& parent, Action& chosen);
void add_root_pin(CLI::App& parent, Action& chosen);
void add_roster_new(CLI::App& parent, Action& chosen);
void add_roster_desk(CLI::App& parent, Action& chosen);
void add_roster_add(CLI::App& parent, Action& chosen);
void add_roster_revoke(CLI::App& parent, Action& chosen);
void add_roster_words(CLI::App& parent, Action& chosen);
void add_roster_matching(CLI::App& parent, Action& chosen);
void add_roster_sign(CLI::App& parent, Action& chosen);
void add_roster_verify(CLI::App& parent, Action& chosen);
void add_roster_show(CLI::App& parent, Action& chosen);
void add_caseworker_create(CLI::App& parent, Action& chosen);
void add_caseworker_invite(CLI::App& parent, Action& chosen);
void add_caseworker_invitation(CLI::App& parent, Action& chosen);
void add_caseworker_rotate(CLI::App& parent, Action& chosen);
void add_caseworker_card(CLI::App& parent, Action& chosen);
void add_caseworker_forget_old(CLI::App& parent, Action& chosen);
void add_keyholder_split(CLI::App& parent, Action& chosen);
void add_fingerprint(CLI::App& parent, Action& chosen);
void add_report(CLI::App& parent, Action& chosen);
void add_verify_receipt(CLI::App& parent, Action& chosen);
void add_messages(CLI::App& parent, Action& chosen);
void add_withdraw(CLI::App& parent, Action& chosen);
void add_inbox(CLI::App& parent, Action& chosen);
void add_fetch(CLI::App& parent, Action& chosen);
void add_open(CLI::App& parent, Action& chosen);
void add_desk(CLI::App& parent, Action& chosen);
void add_manual(CLI::App& parent, Action& chosen);
void add_completion(CLI::App& parent, Action& chosen);
void add_cases(CLI::App& parent, Action& chosen);
void add_case(CLI::App& parent, Action& chosen);
void add_match(CLI::App& parent, Action& chosen);
void add_note(CLI::App& parent, Action& chosen);
void add_disclose(CLI::App& parent, Action& chosen);
void add_consent(CLI::App& parent, Action& chosen);
void add_quarantine(CLI::App& parent, Action& chosen);
void add_admit(CLI::App& parent, Action& chosen);
void add_grant(CLI::App& parent, Action& chosen);
void add_recuse(CLI::App& parent, Action& chosen);
void add_risk_sheet(CLI::App& parent, Action& chosen);
void add_sign_off(CLI::App& parent, Action& chosen);
void add_cover(CLI::App& parent, Action& chosen);
void add_statistics(CLI::App& parent, Action& chosen);
void add_export(CLI::App& parent, Action& chosen);
void add_verify(CLI::App& parent, Action& chosen);
void add_reply(CLI::App& parent, Action& chosen);
void add_close(CLI::App& parent, Action& chosen);
void add_reopen(CLI::App& parent, Action& chosen);
void add_hold(CLI::App& parent, Action& chosen);
void add_erase(CLI::App& parent, Action& chosen);
void add_erase_events(CLI::App& parent, Action& chosen);
void add_lift(CLI::App& parent, Action& chosen);
void add_setup(CLI::App& parent, Action& chosen);
void add_doctor(CLI::App& parent, Action& chosen);
void add_seal(CLI::App& parent, Action& chosen);
void add_verify_site(CLI::App& parent, Action& chosen);
void add_unseal(CLI::App& parent, Action& chosen);

}  // namespace candour::cli
