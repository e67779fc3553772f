// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads age's ASCII armor (C2SP age.md "ASCII armor"; RFC 7468 strict PEM) as a stream. Strict, because armor
// is malleable otherwise: lines of 64 characters, the last one shorter or full, canonical padded base64, LF
// or CRLF, and nothing but white space before and after. Holds one line; one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/sink.h"

namespace candour::open {

class ArmorReader {
 public:
  // White space before and after, at most; more is Errc::malformed.
  static constexpr std::size_t white_space_bytes_max = 1024;

  explicit ArmorReader(Sink binary) : binary_(std::move(binary)) {}

  // Errc::malformed, or the sink's error.
  Result<> update(ByteView text);
  // Errc::truncated without the END line.
  Result<> finish();

 private:
  enum class Place { before, body, after };

  Result<> take(char c);
  Result<> take_line();
  Result<> take_body_line();

  Sink binary_;
  Place place_ = Place::before;
  bool last_line_seen_ = false;  // a body line of less than 64 characters
  std::string line_;             // what came since the last line feed
  std::size_t white_space_bytes_ = 0;
};

}  // namespace candour::open
