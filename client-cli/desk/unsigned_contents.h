// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody sealed with stock age, or with `candour seal`: any bytes, of which nothing says who wrote them, and
// which are kept as they are in one file (docs/spec/report.md "Sealed without a manifest"). Told from a report by
// the first 512 bytes, which in a report are one header of our tar; so a report with anything wrong after that is
// refused as ever, and never taken for this. Constant memory.
#pragma once

#include <string>

#include "client-cli/files/new_files.h"
#include "client-cli/stash.h"
#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour::cli {

class UnsignedContents {
 public:
  // Both outlive it. Without a folder nothing is written.
  UnsignedContents(NewFiles* files, Stash& stash) : files_(files), stash_(stash) {}

  // Does a plaintext that begins so begin like a report? Nothing more is needed than 512 bytes.
  static bool is_report(ByteView beginning);

  // The first piece has 512 bytes, or all that there are.
  Result<> write(ByteView bytes);
  // Also where there were none.
  Result<> finish();

  // "contents.txt" where its beginning is text, else "contents": it may be anything.
  const std::string& file() const { return file_; }

 private:
  NewFiles* files_;
  Stash& stash_;
  std::string file_;
};

}  // namespace candour::cli
