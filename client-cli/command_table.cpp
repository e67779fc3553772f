// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>

#include "client-cli/commands/commands.h"

namespace candour::cli {
namespace {

constexpr auto table = std::to_array<Command>({
    {"root", add_root_init},
    {"root", add_root_pin},
    {"roster", add_roster_new},
    {"roster", add_roster_desk},
    {"roster", add_roster_add},
    {"roster", add_roster_revoke},
    {"roster", add_roster_words},
    {"roster", add_roster_matching},
    {"roster", add_roster_sign},
    {"roster", add_roster_verify},
    {"roster", add_roster_show},
    {"caseworker", add_caseworker_create},
    {"caseworker", add_caseworker_invite},
    {"caseworker", add_caseworker_invitation},
    {"caseworker", add_caseworker_rotate},
    {"caseworker", add_caseworker_card},
    {"caseworker", add_caseworker_forget_old},
    {"keyholder", add_keyholder_split},
    {"", add_fingerprint},
    {"", add_report},
    {"", add_verify_receipt},
    {"", add_messages},
    {"", add_verify_site},
    {"", add_withdraw},
    {"", add_inbox},
    {"", add_fetch},
    {"", add_open},
    {"", add_desk},
    {"", add_cases},
    {"", add_case},
    {"", add_match},
    {"", add_note},
    {"", add_admit},
    {"", add_grant},
    {"", add_recuse},
    {"", add_disclose},
    {"", add_consent},
    {"", add_quarantine},
    {"", add_risk_sheet},
    {"", add_sign_off},
    {"", add_cover},
    {"", add_statistics},
    {"", add_export},
    {"", add_verify},
    {"", add_reply},
    {"", add_close},
    {"", add_reopen},
    {"", add_hold},
    {"", add_erase},
    {"", add_erase_events},
    {"", add_lift},
    {"", add_seal},
    {"", add_unseal},
    {"", add_setup},
    {"", add_doctor},
    {"", add_manual},
    {"", add_completion},
});

}  // namespace

std::span<const Command> command_table() { return table; }

}  // namespace candour::cli
