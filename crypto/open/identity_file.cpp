// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/identity_file.h"

#include <string_view>
#include <utility>

#include "crypto/open/opener.h"

namespace candour::open {

Result<std::vector<Identity>> parse_identity_file(std::span<const std::uint8_t> plain) {
  if (plain.size() > identity_file_bytes_max)
    return fail(Errc::too_large, "The key file is larger than 1 MiB. It is not a key file.");
  std::vector<Identity> identities;
  std::string_view rest = as_text(plain);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    auto identity = parse_identity(as_bytes(line));
    if (!identity) return fail(identity);
    identities.push_back(std::move(*identity));
  }
  if (identities.empty())
    return fail(Errc::malformed, "The key file holds no secret key that can open anything.");
  return identities;
}

Result<SecretBytes> unlock_identity_file(ByteView file, const SecretBytes& passphrase) {
  if (file.size() > 2 * identity_file_bytes_max)
    return fail(Errc::too_large, "The key file is larger than 2 MiB. It is not a key file.");
  Identity key = Passphrase{SecretBytes::copy_of(passphrase.reveal())};
  return open_bytes({&key, 1}, file);
}

}  // namespace candour::open
