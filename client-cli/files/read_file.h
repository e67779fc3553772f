// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading what the user named, with a bound on everything that goes into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "client-cli/files/descriptor.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "crypto/core/secret.h"

namespace candour::cli {

// The whole file, refused when larger than `bytes_max`.
Outcome<std::string> read_text_file(const std::string& path, std::size_t bytes_max);
// The same into wiped memory: a key file, a text that she wrote.
Outcome<SecretBytes> read_secret_file(const std::string& path, std::size_t bytes_max);
// The whole of an open descriptor, refused when larger than `bytes_max`. `name` is for messages.
Outcome<SecretBytes> read_secret(int fd, std::size_t bytes_max, std::string_view name);

// A regular file opened for streaming, with the size it has now.
struct InputFile {
  Descriptor fd;
  std::uint64_t bytes = 0;
  std::string path;
};
Outcome<InputFile> open_input(const std::string& path);

// Fills as much of `buffer` as there is; less than its size only at the end of the input. `name` is for messages.
Outcome<std::size_t> read_full(int fd, std::span<std::uint8_t> buffer, std::string_view name);
// All of it, or a failure.
Outcome<> write_full(int fd, ByteView bytes, std::string_view name);

inline constexpr std::string_view standard_input = "standard input";
inline constexpr std::string_view standard_output = "standard output";

}  // namespace candour::cli
