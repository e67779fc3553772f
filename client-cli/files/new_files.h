// SPDX-License-Identifier: AGPL-3.0-or-later
// Where something that comes as a stream puts its files, one after the other: a new folder, or a part of one. Only what writes;
// when the whole gets its name is its owner's to say.
#pragma once

#include <string_view>

#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

class NewFiles {
 public:
  virtual ~NewFiles() = default;
  virtual Outcome<> begin_file(std::string_view name) = 0;
  virtual Outcome<> write(ByteView bytes) = 0;
  virtual Outcome<> end_file() = 0;

 protected:
  NewFiles() = default;
  NewFiles(NewFiles&&) = default;
  NewFiles& operator=(NewFiles&&) = default;
};

}  // namespace candour::cli
