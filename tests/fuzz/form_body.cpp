// SPDX-License-Identifier: AGPL-3.0-or-later
// The body of the form without JavaScript: the first byte says how it is cut into pieces. However it is cut, the same
// file must come out, and what is taken as a whole form must be one: its length is that of its pieces.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "crypto/core/bytes.h"
#include "server/http/multipart.h"

namespace server = candour::server;

namespace {

constexpr std::string_view kBoundary = "AaB";

// The file of a whole form.
std::optional<candour::Bytes> read(candour::ByteView body, std::size_t piece_bytes) {
  server::FormReader form(kBoundary, "file", body.size());
  candour::Bytes file;
  for (; !body.empty(); body = body.subspan(std::min(piece_bytes, body.size()))) {
    const auto taken = form.push(body.first(std::min(piece_bytes, body.size())));
    if (!taken) return std::nullopt;
    candour::append(file, *taken);
  }
  if (!form.is_whole()) return std::nullopt;
  if (*form.file_bytes() != file.size() || form.fields().size() > server::FormReader::fields_max)
    std::abort();
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const candour::ByteView body(data + 1, size - 1);
  const auto whole = read(body, body.size() + 1);
  if (whole != read(body, std::size_t{1} + data[0])) std::abort();
  static_cast<void>(server::parse_form_boundary(candour::as_text(body)));
  return 0;
}
