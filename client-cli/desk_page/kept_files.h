// SPDX-License-Identifier: AGPL-3.0-or-later
// Attachments of one account, kept in memory and nowhere else (docs/spec/desk.md "Attachments"). What does not fit into the room that is
// left for all accounts is left out whole.
#pragma once

#include <map>
#include <string>

#include "client-cli/files/new_files.h"

namespace candour::cli {

class KeptFiles : public NewFiles {
 public:
  explicit KeptFiles(std::size_t room_bytes) : room_bytes_(room_bytes) {}

  Outcome<> begin_file(std::string_view name) override;
  Outcome<> write(ByteView bytes) override;
  Outcome<> end_file() override;

  // Null where it was not kept, or is no attachment.
  const Bytes* find(std::string_view member) const;
  std::size_t bytes() const;

 private:
  std::size_t room_bytes_;
  std::map<std::string, Bytes, std::less<>> files_;
  Bytes* current_ = nullptr;
  std::string name_;
};

}  // namespace candour::cli
