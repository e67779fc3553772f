// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/multipart.h"

#include <algorithm>

namespace candour::server {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadersEnd = "\r\n\r\n";
constexpr std::string_view kFormEnd = "--\r\n";
constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046, 5.1.1
constexpr std::size_t kNameBytesMax = 32;
constexpr std::size_t kPartHeadersMax = 2;  // Content-Disposition, Content-Type

constexpr Literal kMalformed = "the form is not as a browser sends it. Load the page again.";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool equal_letters(std::string_view a, std::string_view lower) {
  return std::ranges::equal(
      a, lower, [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y; });
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

struct PartHead {
  std::string_view name;
  bool is_file;
};

// form-data; name="reader"        or with: ; filename="…", whose text is skipped
Result<PartHead> parse_disposition(std::string_view value) {
  if (!take(value, "form-data; name=\"")) return fail(Errc::malformed, kMalformed);
  const std::string_view name = value.substr(0, value.find('"'));
  const bool is_name = !name.empty() && name.size() <= kNameBytesMax && std::ranges::all_of(name, is_letter);
  if (!is_name || name.size() == value.size()) return fail(Errc::malformed, kMalformed);
  value.remove_prefix(name.size() + 1);
  if (value.empty()) return PartHead{name, false};
  if (!take(value, "; filename=\"") || value.find('"') + 1 != value.size())
    return fail(Errc::malformed, kMalformed);
  return PartHead{name, true};
}

// The lines between a boundary and the empty line.
Result<PartHead> parse_part_head(std::string_view lines) {
  std::optional<PartHead> head;
  for (std::size_t count = 0; !lines.empty(); ++count) {
    const std::string_view line = lines.substr(0, lines.find(kLineEnd));
    lines.remove_prefix(std::min(line.size() + kLineEnd.size(), lines.size()));
    const std::size_t colon = line.find(": ");
    if (count == kPartHeadersMax || colon == std::string_view::npos ||
        line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
      return fail(Errc::malformed, kMalformed);
    const std::string_view name = line.substr(0, colon);
    if (equal_letters(name, "content-type")) continue;
    if (head || !equal_letters(name, "content-disposition")) return fail(Errc::malformed, kMalformed);
    const auto parsed = parse_disposition(line.substr(colon + 2));
    if (!parsed) return fail(parsed);
    head = *parsed;
  }
  if (!head) return fail(Errc::malformed, kMalformed);
  return *head;
}

}  // namespace

Result<std::string> parse_form_boundary(std::string_view content_type) {
  if (!take(content_type, "multipart/form-data; boundary=") || content_type.empty() ||
      content_type.size() > kBoundaryBytesMax ||
      !std::ranges::all_of(content_type, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; })) {
    return fail(Errc::malformed, kMalformed);
  }
  return std::string(content_type);
}

FormReader::FormReader(std::string_view boundary, std::string_view file_field, std::uint64_t body_bytes)
    : delimiter_(std::string("\r\n--").append(boundary)), file_field_(file_field), body_bytes_(body_bytes) {}

Result<ByteView> FormReader::push(ByteView piece) {
  if (state_ == State::failed) return fail(Errc::malformed, kMalformed);
  if (state_ == State::head) {
    append(head_, piece);
    const auto begun = read_head();
    if (!begun) state_ = State::failed;
    if (!begun) return fail(begun);
    if (!*begun) return ByteView();
    piece = head_;  // what is left of it belongs to the file
  } else {
    Bytes().swap(head_);
  }
  auto taken = take_file(piece);
  if (!taken) state_ = State::failed;
  return taken;
}

// Whether the file begins, and head_ with it.
Result<bool> FormReader::read_head() {
  std::string_view rest = as_text(head_);
  fields_.clear();
  const std::string first = delimiter_.substr(kLineEnd.size()).append(kLineEnd);
  if (rest.size() < first.size()) {
    if (!std::string_view(first).starts_with(rest)) return fail(Errc::malformed, kMalformed);
    return false;
  }
  if (!take(rest, first)) return fail(Errc::malformed, kMalformed);
  for (;;) {
    const auto is_file = read_part(rest);
    if (!is_file) {
      // Not whole yet, or wrong.
      if (is_file.error().code != Errc::truncated || head_.size() >= head_bytes_max)
        return fail(Errc::malformed, kMalformed);
      return false;
    }
    if (*is_file) break;
  }
  const std::size_t used_bytes = head_.size() - rest.size();
  if (used_bytes > head_bytes_max || body_bytes_ < used_bytes + end_bytes())
    return fail(Errc::malformed, kMalformed);
  file_bytes_ = body_bytes_ - used_bytes - end_bytes();
  file_left_bytes_ = *file_bytes_;
  head_.erase(head_.begin(), head_.begin() + static_cast<std::ptrdiff_t>(used_bytes));
  state_ = State::file;
  return true;
}

// One field off the front, or the head of the file: true. Errc::truncated where more is needed.
Result<bool> FormReader::read_part(std::string_view& rest) {
  const std::size_t end = rest.find(kHeadersEnd);
  if (end == std::string_view::npos) return fail(Errc::truncated, kMalformed);
  const auto head = parse_part_head(rest.substr(0, end));
  if (!head) return fail(head);
  rest.remove_prefix(end + kHeadersEnd.size());
  if (head->is_file) {
    if (head->name != file_field_) return fail(Errc::malformed, kMalformed);
    return true;
  }
  const std::size_t value_bytes = rest.find(delimiter_);
  if (value_bytes == std::string_view::npos && rest.size() <= value_bytes_max + delimiter_.size())
    return fail(Errc::truncated, kMalformed);
  if (value_bytes > value_bytes_max || fields_.size() == fields_max) return fail(Errc::malformed, kMalformed);
  fields_.emplace_back(head->name, rest.substr(0, value_bytes));
  rest.remove_prefix(value_bytes + delimiter_.size());
  if (rest.size() < kLineEnd.size()) return fail(Errc::truncated, kMalformed);
  if (!take(rest, kLineEnd)) return fail(Errc::malformed, kMalformed);  // the end, without a file
  return false;
}

Result<ByteView> FormReader::take_file(ByteView piece) {
  const ByteView file =
      piece.first(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), file_left_bytes_)));
  if (holds_delimiter(file)) return fail(Errc::malformed, kMalformed);  // something follows the file
  file_left_bytes_ -= file.size();
  if (file_left_bytes_ > 0) return file;
  if (state_ == State::file) tail_.clear();
  state_ = State::end;
  tail_.append(as_text(piece.subspan(file.size())));
  const std::string end = delimiter_ + std::string(kFormEnd);
  if (!std::string_view(end).starts_with(tail_)) return fail(Errc::malformed, kMalformed);
  return file;
}

bool FormReader::holds_delimiter(ByteView piece) {
  if (piece.empty()) return false;
  const std::size_t overlap_bytes = delimiter_.size() - 1;
  const std::string_view text = as_text(piece);
  tail_.append(text.substr(0, overlap_bytes));
  if (tail_.find(delimiter_) != std::string::npos || text.find(delimiter_) != std::string_view::npos)
    return true;
  if (text.size() > overlap_bytes) tail_.assign(text.substr(text.size() - overlap_bytes));
  if (tail_.size() > overlap_bytes) tail_.erase(0, tail_.size() - overlap_bytes);
  return false;
}

}  // namespace candour::server
