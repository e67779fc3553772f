// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading what the user named, with a bound on everything that goes into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "client-cli/files/descriptor.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "crypto/core/secret.h"

namespace candour::cli {

// The whole file, refused when larger than `bytes_max`.
Outcome<Bytes> read_file(const std::string& path, std::size_t bytes_max);
// The same as text.
Outcome<std::string> read_text_file(const std::string& path, std::size_t bytes_max);
// The whole of an open descriptor (standard input), refused when larger than `bytes_max`.
Outcome<Bytes> read_all(int fd, std::size_t bytes_max);

// A regular file opened for streaming, with the size it has now.
struct InputFile {
  Descriptor fd;
  std::uint64_t bytes = 0;
  std::string path;
};
Outcome<InputFile> open_input(const std::string& path);

// Fills as much of `buffer` as there is; less than its size only at the end of the input.
Outcome<std::size_t> read_full(int fd, std::span<std::uint8_t> buffer);
// All of it, or a failure.
Outcome<> write_full(int fd, ByteView bytes);

}  // namespace candour::cli
