// SPDX-License-Identifier: AGPL-3.0-or-later
// What arrives: reports in one piece, and in parts. Each function is the body of one verb inside the writer's transaction
// (store.h says what it promises). Internal to storage/; writer thread only.
#pragma once

#include "storage/library.h"
#include "storage/options.h"
#include "storage/transaction.h"

namespace candour::storage {

class Intake {
 public:
  Intake(const Library& library, const Options& options) : library_(&library), options_(options) {}

  Result<Stored> accept_report(Transaction& tx, const ReportId& id, const Audience& audience, Day today,
                               ByteView sealed) const;
  Result<UploadState> begin_upload(Transaction& tx, const ReportId& id, const Audience& audience,
                                   std::uint64_t total_bytes, Day today) const;
  Result<> accept_part(Transaction& tx, const ReportId& id, std::uint32_t index, ByteView part) const;
  // The parts of the upload with this number are all there and have been hashed.
  Result<Stored> finish_upload(Transaction& tx, const ReportId& id, std::int64_t number, Day today) const;
  Result<> mark_seen(Transaction& tx, const ReportId& id, std::string_view caseworker) const;
  Result<> admit(Transaction& tx, const ReportId& id, std::string_view caseworker,
                 const std::string& who) const;

 private:
  Result<std::optional<Placed>> known(Transaction& tx, const ReportId& id) const;
  const Library* library_;
  Options options_;
};

}  // namespace candour::storage
