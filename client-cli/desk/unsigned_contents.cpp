// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/unsigned_contents.h"

#include <algorithm>

#include "crypto/core/utf8.h"
#include "protocol/archive.h"

namespace candour::cli {
namespace {

bool is_text(std::string_view beginning) {
  // The last character may go on after it.
  for (int cut = 0; cut < 3 && !beginning.empty() && !is_valid_utf8(beginning); ++cut)
    beginning.remove_suffix(1);
  return !beginning.empty() && is_valid_utf8(beginning) && std::ranges::none_of(beginning, [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t';
  });
}

}  // namespace

bool UnsignedContents::is_report(ByteView beginning) { return begins_like_archive(beginning); }

Result<> UnsignedContents::write(ByteView bytes) {
  if (files_ == nullptr) return {};
  if (file_.empty()) {
    file_ = is_text(as_text(bytes.first(std::min(bytes.size(), archive_block_bytes)))) ? "contents.txt"
                                                                                       : "contents";
    if (auto begun = stash_.stop_on(files_->begin_file(file_)); !begun) return begun;
  }
  return stash_.stop_on(files_->write(bytes));
}

Result<> UnsignedContents::finish() {
  if (files_ == nullptr) return {};
  if (file_.empty()) {
    if (auto begun = write({}); !begun) return begun;
  }
  return stash_.stop_on(files_->end_file());
}

}  // namespace candour::cli
