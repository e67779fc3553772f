// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/read_file.h"

#include <fstream>

namespace candour::server {

Result<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
  std::ifstream in(file, std::ios::binary);
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || !in.eof()) {
    return fail(in.bad() || !in.is_open() ? Errc::io : Errc::too_large,
                "cannot read a file, or it is larger than it may be. Check the paths in the configuration.");
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace candour::server
