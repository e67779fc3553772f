// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/kept_files.h"

namespace candour::cli {

Outcome<> KeptFiles::begin_file(std::string_view name) {
  name_ = name;
  current_ = name.starts_with("attachments/") ? &files_[name_] : nullptr;
  return {};
}

Outcome<> KeptFiles::write(ByteView bytes) {
  if (current_ == nullptr) return {};
  if (bytes.size() > room_bytes_) {
    room_bytes_ += current_->size();
    files_.erase(name_);
    current_ = nullptr;
    return {};
  }
  room_bytes_ -= bytes.size();
  current_->insert(current_->end(), bytes.begin(), bytes.end());
  return {};
}

Outcome<> KeptFiles::end_file() {
  current_ = nullptr;
  return {};
}

const Bytes* KeptFiles::find(std::string_view member) const {
  const auto found = files_.find(member);
  return found == files_.end() ? nullptr : &found->second;
}

std::size_t KeptFiles::bytes() const {
  std::size_t all = 0;
  for (const auto& [member, bytes] : files_) all += bytes.size();
  return all;
}

}  // namespace candour::cli
