// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/armor.h"

#include "crypto/core/encoding.h"

namespace candour::open {
namespace {

constexpr std::string_view begin_line = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view end_line = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t columns = 64;

bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Result<> ArmorReader::update(ByteView text) {
  for (const char c : as_text(text)) {
    if (auto taken = take(c); !taken) return taken;
  }
  return {};
}

Result<> ArmorReader::take(char c) {
  const bool outside = place_ == Place::after || (place_ == Place::before && line_.empty());
  if (outside && is_white_space(c)) {
    if (++white_space_bytes_ > white_space_bytes_max) {
      return fail(Errc::malformed, "The armored file has too much white space around it.");
    }
    return {};
  }
  if (place_ == Place::after) {
    return fail(Errc::malformed, "Something follows the END line of the armored file. Remove it.");
  }
  if (c == '\n') return take_line();
  line_ += c;
  if (line_.size() > columns + 1) {  // one more for a carriage return
    return fail(Errc::malformed,
                "The armored file has a line of more than 64 characters. Copy it again, unchanged.");
  }
  return {};
}

Result<> ArmorReader::take_line() {
  if (line_.ends_with('\r')) line_.pop_back();
  if (place_ == Place::before) {
    if (line_ != begin_line) {
      return fail(Errc::malformed,
                  "The armored file does not begin with its BEGIN line. Copy it again, whole.");
    }
    place_ = Place::body;
  } else if (line_ == end_line) {
    place_ = Place::after;
    white_space_bytes_ = 0;
  } else if (auto taken = take_body_line(); !taken) {
    return taken;
  }
  line_.clear();
  return {};
}

Result<> ArmorReader::take_body_line() {
  if (last_line_seen_ || line_.empty() || line_.size() > columns) {
    return fail(Errc::malformed,
                "The armored file has a line of the wrong length. Copy it again, unchanged.");
  }
  const auto bytes = base64_decode(line_);
  if (!bytes)
    return fail(Errc::malformed, "The armored file has a line that is not canonical base64. Copy it again.");
  last_line_seen_ = bytes->size() < columns / 4 * 3;
  return binary_(*bytes);
}

Result<> ArmorReader::finish() {
  if (place_ == Place::body && !line_.empty()) {
    if (auto taken = take_line(); !taken) return taken;  // the line feed after END may be missing
  }
  if (place_ != Place::after)
    return fail(Errc::truncated, "The armored file ends before its END line. Copy it again, whole.");
  return {};
}

}  // namespace candour::open
