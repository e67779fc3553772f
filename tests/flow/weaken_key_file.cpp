// SPDX-License-Identifier: AGPL-3.0-or-later
// weaken_key_file PASSPHRASE-FILE KEY-FILE…: seals key files anew with the least work there is, in place. Unlocking one of the
// default strength takes most of a second, and the flow tests do it hundreds of times. The tool itself makes no such files.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "crypto/core/init.h"
#include "crypto/open/identity_file.h"
#include "crypto/open/key_file.h"
#include "crypto/seal/key_file.h"

using namespace candour;

namespace {

Bytes read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<Bytes> weakened(const Bytes& sealed, const SecretBytes& passphrase) {
  const auto plain = open::unlock_identity_file(sealed, passphrase);
  if (!plain) return std::unexpected(plain.error());
  const auto key_file = open::parse_key_file(plain->reveal());
  if (!key_file) return std::unexpected(key_file.error());
  return seal::seal_key_file(*key_file, passphrase, 1);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3 || !init_crypto()) return 2;
  Bytes line = read_file(arguments[1]);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  const auto passphrase = SecretBytes::copy_of(line);
  for (int i = 2; i < count; ++i) {
    const auto sealed = weakened(read_file(arguments[i]), passphrase);
    if (!sealed) {
      fmt::print(stderr, "{}: {}\n", arguments[i], sealed.error().message.view());
      return 1;
    }
    std::ofstream out(arguments[i], std::ios::binary);
    out << as_text(*sealed);
    if (!out.flush()) return 1;
  }
  return 0;
}
