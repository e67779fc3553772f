// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a drop lies, and the right to erase it, for those who share its secret (docs/spec/drops.md "Addresses"): the reporter, and for
// replies the caseworkers who opened her report. The server is given one address at a time and can derive none.
#pragma once

#include <cstdint>
#include <string_view>

#include "crypto/core/secret.h"
#include "protocol/drop.h"
#include "protocol/ids.h"

namespace candour {

// Reply n of a caseworker. `mailbox_root`: inside the sealed report.
DropAddress reply_address(const Secret<32>& mailbox_root, const CaseworkerId& caseworker, std::uint64_t n);
// Part p of the file that comes with reply n.
DropAddress reply_file_address(const Secret<32>& mailbox_root, const CaseworkerId& caseworker,
                               std::uint64_t n, std::uint64_t p);
// A caseworker's right to erase her own reply, or a part of its file.
DeletionToken reply_deletion_token(const Secret<32>& signing_seed, const DropTag& tag);

// What is the reporter's alone; `diary_root` never leaves her.
DropAddress diary_entry_address(const Secret<32>& diary_root, std::uint64_t n);
DropAddress draft_address(const Secret<32>& diary_root, std::uint64_t generation, std::uint64_t fragment);
DropAddress last_opened_address(const Secret<32>& diary_root);
// Of an entry and of "last opened"; a draft's fragment has the token of the save that wrote it.
DeletionToken diary_deletion_token(const Secret<32>& diary_root, const DropTag& tag);
DeletionToken draft_deletion_token(const Secret<32>& diary_root, const DropTag& tag, std::string_view save);

}  // namespace candour
