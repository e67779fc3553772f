// SPDX-License-Identifier: AGPL-3.0-or-later
// The bounds of docs/spec, in one place. What is over one of them is refused before any work is done on it.
// Storage and http keep their own bounds on rows and connections; these are about what travels.
#pragma once

#include <cstddef>
#include <cstdint>

namespace candour::limits {

// Roster (roster.md)
inline constexpr std::size_t roster_bytes_max = 1 << 20;
inline constexpr std::int32_t roster_days_max = 120;
inline constexpr std::size_t places_max = 32;
inline constexpr std::size_t desks_max = 32;
inline constexpr std::size_t caseworkers_max = 512;
inline constexpr std::size_t helplines_max = 32;
inline constexpr std::size_t languages_max = 16;
inline constexpr std::size_t language_bytes_max = 35;
inline constexpr std::size_t root_keys_max = 16;
inline constexpr std::size_t pin_bytes_max = 8 << 10;
inline constexpr std::size_t card_bytes_max = 16 << 10;
inline constexpr std::size_t id_bytes_max = 32;
inline constexpr std::size_t name_bytes_max = 200;   // of a person, a desk, a service, a helpline
inline constexpr std::size_t text_bytes_max = 4000;  // of a description, a hint, a paragraph

// Retention (retention.md), in days
inline constexpr std::int32_t retention_days_min = 90;
inline constexpr std::int32_t retention_days_max = 36'500;
inline constexpr std::int32_t retention_days_default = 2190;  // six years
inline constexpr std::int32_t retention_spread_days_max = 365;
inline constexpr std::int32_t retention_spread_days_default = 90;
inline constexpr std::int32_t withdrawal_grace_days = 28;
inline constexpr std::int32_t joint_note_days = 7;  // how long two-person notes are taken after their day

// Drops (drops.md)
inline constexpr std::int32_t drop_days = 730;
inline constexpr std::int32_t drop_spread_days = 60;  // more or less
inline constexpr std::size_t drops_max = 65536;       // past half of it, only caseworkers put
inline constexpr std::size_t drop_index_tags_min = 1024;

// Events (cases.md)
inline constexpr std::size_t event_seen_max = 16;
inline constexpr std::size_t events_read_max = 16;     // in one request
inline constexpr std::size_t events_kept_max = 1000;   // in one request
inline constexpr std::size_t events_erased_max = 200;  // by one note

// Form (roster.md "The form")
inline constexpr std::size_t form_bytes_max = 512 << 10;
inline constexpr std::size_t steps_max = 40;
inline constexpr std::size_t questions_max = 200;
inline constexpr std::size_t options_max = 60;
inline constexpr std::size_t characters_max = 20'000;
inline constexpr std::size_t form_id_bytes_max = 40;

// Identifiers (identifiers.md)
inline constexpr std::size_t identifier_characters_max = 200;  // of a field, as it is typed
inline constexpr std::size_t identifier_table_bytes_max = 64 << 10;

// Matching (matching.md)
inline constexpr std::size_t key_holders_max = 16;
inline constexpr std::size_t holder_list_bytes_max = 16 << 10;
inline constexpr std::size_t blinded_batch_bytes = 256;
inline constexpr std::size_t evaluation_bytes = 320;
inline constexpr std::size_t batches_read_max = 16;  // by a holder, in one request

// Report (report.md)
inline constexpr std::size_t report_json_bytes_max = 48 << 10;
inline constexpr std::size_t manifest_bytes_max = 256 << 10;
inline constexpr std::size_t manifest_without_attachments_bytes_max = 8 << 10;
inline constexpr std::size_t attachments_max = 999;
inline constexpr std::uint64_t member_bytes_max = (std::uint64_t{8} << 30) - 1;
inline constexpr std::size_t json_depth_max = 16;

// Small notes: receipt, sealing key, session, joint notes (http.md "Bounds")
inline constexpr std::size_t small_note_bytes_max = 16 << 10;

}  // namespace candour::limits
