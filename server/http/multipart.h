// SPDX-License-Identifier: AGPL-3.0-or-later
// A form with one file, as browsers send it (multipart/form-data, RFC 7578): some short fields, then the file, which
// comes last, then the end. Strict and bounded: what this server's own page would not make a browser send is an
// error, never a guess. The name that the file has on her device is skipped, and kept nowhere. As the file is last
// and the length of the body is known, so is the file's, before it has come. Reads pieces of any size; keeps at most
// `head_bytes_max`, the fields' share, and what could be the beginning of a boundary. One thread.
// Spec: docs/spec/http.md "Without JavaScript".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour::server {

// The boundary of "multipart/form-data; boundary=…": 1 to 70 letters, digits and hyphens, as browsers make them.
Result<std::string> parse_form_boundary(std::string_view content_type);

class FormReader {
 public:
  static constexpr std::size_t head_bytes_max = std::size_t{16} << 10;  // all before the file's first byte
  static constexpr std::size_t fields_max = 40;
  static constexpr std::size_t value_bytes_max = 64;

  using Fields = std::vector<std::pair<std::string, std::string>>;

  // `file_field`: the name of the one field that is a file. `body_bytes`: of the whole body.
  FormReader(std::string_view boundary, std::string_view file_field, std::uint64_t body_bytes);

  // The next bytes of the body; gives those of the file among them, to be read before the next call. After an error
  // every further call fails.
  Result<ByteView> push(ByteView piece);
  // Whether all of it has come, to the last byte.
  bool is_whole() const { return state_ == State::end && tail_.size() == end_bytes(); }

  // Nothing while its beginning has not come.
  std::optional<std::uint64_t> file_bytes() const { return file_bytes_; }
  // What comes after the file's last byte.
  std::size_t end_bytes() const { return delimiter_.size() + 4; }
  // Complete once file_bytes() is there, in the order of the form.
  const Fields& fields() const { return fields_; }

 private:
  enum class State : std::uint8_t { head, file, end, failed };
  Result<bool> read_head();
  Result<bool> read_part(std::string_view& rest);
  Result<ByteView> take_file(ByteView piece);
  bool holds_delimiter(ByteView piece);

  const std::string delimiter_;  // CR LF "--" boundary
  const std::string file_field_;
  const std::uint64_t body_bytes_;
  State state_ = State::head;
  Bytes head_;  // until the file begins
  Fields fields_;
  std::optional<std::uint64_t> file_bytes_;
  std::uint64_t file_left_bytes_ = 0;
  std::string
      tail_;  // the last bytes of the file so far, shorter than the delimiter; then what came of the end
};

}  // namespace candour::server
