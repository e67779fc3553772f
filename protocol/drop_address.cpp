// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/drop_address.h"

#include <string>

#include "crypto/core/hkdf.h"
#include "crypto/core/labels.h"

namespace candour {
namespace {

Secret<32> derive_named(const Secret<32>& root, std::string_view label, const std::string& name) {
  return derive(root.reveal(), std::string(label) + name);
}

}  // namespace

DropAddress reply_address(const Secret<32>& mailbox_root, const CaseworkerId& caseworker, std::uint64_t n) {
  return derive_named(mailbox_root, label::reply_address, caseworker.text() + '/' + std::to_string(n));
}

DropAddress reply_file_address(const Secret<32>& mailbox_root, const CaseworkerId& caseworker,
                               std::uint64_t n, std::uint64_t p) {
  return derive_named(mailbox_root, label::reply_file_address,
                      caseworker.text() + '/' + std::to_string(n) + '/' + std::to_string(p));
}

DeletionToken reply_deletion_token(const Secret<32>& signing_seed, const DropTag& tag) {
  return derive_named(signing_seed, label::reply_deletion, tag.encode());
}

DropAddress diary_entry_address(const Secret<32>& diary_root, std::uint64_t n) {
  return derive_named(diary_root, label::diary_entry_address, std::to_string(n));
}

DropAddress draft_address(const Secret<32>& diary_root, std::uint64_t generation, std::uint64_t fragment) {
  return derive_named(diary_root, label::draft_address,
                      std::to_string(generation) + '/' + std::to_string(fragment));
}

DropAddress last_opened_address(const Secret<32>& diary_root) {
  return derive(diary_root.reveal(), label::last_opened_address);
}

DeletionToken diary_deletion_token(const Secret<32>& diary_root, const DropTag& tag) {
  return derive_named(diary_root, label::diary_deletion, tag.encode());
}

DeletionToken draft_deletion_token(const Secret<32>& diary_root, const DropTag& tag, std::string_view save) {
  return derive_named(diary_root, label::diary_deletion, tag.encode() + '/' + std::string(save));
}

}  // namespace candour
