// SPDX-License-Identifier: AGPL-3.0-or-later
// A problem document from any server: whatever it holds, nothing of it may reach the terminal as a control character.
#include "client-cli/net/problem.h"

#include <cstdlib>

#include "client-cli/terminal/visible.h"

namespace {

void check_harmless(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
  }
  // What is harmless stays as it is: nothing was overlooked, and nothing is escaped twice.
  if (candour::cli::visible_line(text) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const candour::ByteView bytes{data, size};
  const candour::cli::HttpReply reply{.status = 422,
                                      .content_type = "application/problem+json",
                                      .body = candour::Bytes(bytes.begin(), bytes.end())};
  check_harmless(candour::cli::failure_of(reply).text);
  check_harmless(candour::cli::visible_line(candour::as_text(bytes)));
  return 0;
}
