// SPDX-License-Identifier: AGPL-3.0-or-later
// Every domain-separation label, each used for one thing only. docs/spec/labels.md says what each gives;
// a test compares this file with it and with client-web/src/protocol/labels.ts.
#pragma once

#include <string_view>

namespace candour::label {

// HKDF info
inline constexpr std::string_view codename = "candour/v1/codename";
inline constexpr std::string_view reply_identity = "candour/v1/reply-identity";
inline constexpr std::string_view mailbox_root = "candour/v1/mailbox-root";
inline constexpr std::string_view diary_root = "candour/v1/diary-root";
inline constexpr std::string_view authorship = "candour/v1/authorship";
inline constexpr std::string_view report_secret = "candour/v1/report-secret/";  // followed by n in decimal
inline constexpr std::string_view reply_address = "candour/v1/reply-address/";  // caseworker id, '/', n
inline constexpr std::string_view reply_file_address = "candour/v1/reply-file-address/";    // id, n, p
inline constexpr std::string_view diary_entry_address = "candour/v1/diary-entry-address/";  // n
inline constexpr std::string_view draft_address = "candour/v1/draft-address/";              // g, '/', f
inline constexpr std::string_view last_opened_address = "candour/v1/last-opened-address";
inline constexpr std::string_view diary_deletion = "candour/v1/diary-deletion/";  // tag in hex
inline constexpr std::string_view reply_deletion = "candour/v1/reply-deletion/";  // tag in hex
inline constexpr std::string_view desk_copy = "candour/v1/desk-copy";
inline constexpr std::string_view match_wrap = "candour/v1/match-wrap/";  // report id, '/', author, '/', salt
inline constexpr std::string_view match_body = "candour/v1/match-body";
inline constexpr std::string_view match_contact = "candour/v1/match-contact";
inline constexpr std::string_view holder_token = "candour/v1/holder-token";
inline constexpr std::string_view match_release = "candour/v1/match-release/";  // n

// Hash prefix
inline constexpr std::string_view report_id = "candour/v1/report-id";
inline constexpr std::string_view fingerprint = "candour/v1/fingerprint";
inline constexpr std::string_view drop_tag = "candour/v1/drop-tag";
inline constexpr std::string_view drop_deletion = "candour/v1/drop-deletion";
inline constexpr std::string_view puzzle = "candour/v1/puzzle";
inline constexpr std::string_view case_id = "candour/v1/case-id";
inline constexpr std::string_view event_id = "candour/v1/event-id";

inline constexpr std::string_view audience = "candour/v1/audience";
inline constexpr std::string_view share_commitment = "candour/v1/share-commitment";
inline constexpr std::string_view holder_access = "candour/v1/holder-access";
inline constexpr std::string_view match_root = "candour/v1/match-root/";                // k
inline constexpr std::string_view match_coefficient = "candour/v1/match-coefficient/";  // k, '/', j
inline constexpr std::string_view match_point = "candour/v1/match-point";

// Type of an age stanza; that of a share is also the info of its HPKE
inline constexpr std::string_view threshold_stanza = "candour/v1/threshold";
inline constexpr std::string_view share_stanza = "candour/v1/share";

// First line of a text or of a signed note
inline constexpr std::string_view pin = "candour/v1/pin";
inline constexpr std::string_view sealing_key = "candour/v1/sealing-key";
inline constexpr std::string_view manifest = "candour/v1/manifest";
inline constexpr std::string_view receipt = "candour/v1/receipt";
inline constexpr std::string_view session = "candour/v1/session";
inline constexpr std::string_view erasure = "candour/v1/erasure";
inline constexpr std::string_view hold_lift = "candour/v1/hold-lift";
inline constexpr std::string_view evidence = "candour/v1/evidence";
inline constexpr std::string_view reply = "candour/v1/reply";
inline constexpr std::string_view succession = "candour/v1/succession";
inline constexpr std::string_view case_event = "candour/v1/case-event";
inline constexpr std::string_view companion = "candour/v1/companion";
inline constexpr std::string_view invitation = "candour/v1/invitation";
inline constexpr std::string_view event_erasure = "candour/v1/event-erasure";
inline constexpr std::string_view identifier = "candour/v1/identifier";

// `format` field of a JSON object
inline constexpr std::string_view evidence_history = "candour/v1/evidence-history";
inline constexpr std::string_view roster = "candour/v1/roster";
inline constexpr std::string_view report = "candour/v1/report";
inline constexpr std::string_view card = "candour/v1/card";
inline constexpr std::string_view diary_entry = "candour/v1/diary-entry";
inline constexpr std::string_view draft = "candour/v1/draft";
inline constexpr std::string_view last_opened = "candour/v1/last-opened";

// First word of a fragment of a draft
inline constexpr std::string_view draft_fragment = "candour/v1/draft-fragment";

// First comment of a key file
inline constexpr std::string_view key_file = "candour/v1/key-file";

}  // namespace candour::label
