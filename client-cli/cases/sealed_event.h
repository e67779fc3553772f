// SPDX-License-Identifier: AGPL-3.0-or-later
// An event signed and sealed to its readers, and opened again (docs/spec/cases.md "An event").
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "crypto/core/key_file.h"
#include "crypto/open/identity.h"
#include "crypto/seal/stanzas.h"
#include "protocol/case_event.h"
#include "protocol/roster.h"
#include "protocol/sealed_event.h"

namespace candour::cli {

struct SealedEvent {
  std::string note;
  Bytes sealed;
};

// Signed with the key file of its author. To a reader whose sealing key has lapsed, too: who is away must not stop her colleagues, and who is
// not to read any more is revoked. Errc::expired, with her name, where a reader has none in the roster.
Outcome<SealedEvent> seal_event(const CaseEvent& event, const KeyFile& key, const Roster& roster);

// A signed note in the one size that all have, with the roster's `places`: what caseworkers tell each other, and companions of reports.
Result<Bytes> seal_like_event(std::string_view note, std::span<const seal::Recipient> recipients,
                              std::size_t places);

// The note: nothing is known of it yet.
Result<std::string> open_event(ByteView sealed, std::span<const open::Identity> identities);

}  // namespace candour::cli
