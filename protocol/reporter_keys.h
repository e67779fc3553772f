// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows from a codename: the reporter's keys and ids (docs/spec/keys.md). For the tool that reports; the
// server must never link this file, since it makes an age recipient (tests/lint reads the server's symbols).
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "crypto/core/secret.h"
#include "crypto/sign/signing_key.h"
#include "protocol/codename.h"
#include "protocol/ids.h"

namespace candour {

class ReporterKeys {
 public:
  static ReporterKeys derive(const Codename& codename);

  // X-Wing seed of her age identity, and the recipient that belongs to it (age1pq1…).
  const Secret<32>& reply_seed() const { return reply_seed_; }
  std::string reply_recipient() const;
  const Secret<32>& mailbox_root() const { return mailbox_root_; }
  const Secret<32>& diary_root() const { return diary_root_; }
  // Its name in notes is author_key_name (manifest.h).
  const sign::SigningKey& authorship() const { return authorship_; }
  Secret<32> report_secret(std::uint64_t n) const;
  // What she hands over when she lets a report open that was held until she is asked (docs/spec/matching.md).
  Secret<32> match_release(std::uint64_t n) const;
  ReportId report_id(std::uint64_t n) const { return derive_report_id(report_secret(n)); }

 private:
  explicit ReporterKeys(Secret<32> seed);
  Secret<32> seed_;
  Secret<32> reply_seed_;
  Secret<32> mailbox_root_;
  Secret<32> diary_root_;
  sign::SigningKey authorship_;
};

}  // namespace candour
