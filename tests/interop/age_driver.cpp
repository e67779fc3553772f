// SPDX-License-Identifier: AGPL-3.0-or-later
// age_driver: crypto/seal and crypto/open as a program, for the tests that set them against other
// implementations.
//     age_driver keygen hybrid|x25519 FILE          writes an identity file, prints the recipient
//     age_driver keyfile PASSPHRASE FILE            writes a protected key file with two epochs, prints the
//     recipients age_driver seal PLACES THREADS RECIPIENT…     stdin to stdout age_driver sealpass PASSPHRASE
//     stdin to stdout age_driver open THREADS IDENTITY-FILE         stdin to stdout age_driver openlocked
//     PASSPHRASE KEY-FILE     stdin to stdout age_driver openpass PASSPHRASE                stdin to stdout
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "crypto/open/identity_file.h"
#include "crypto/open/key_file.h"
#include "crypto/open/opener.h"
#include "crypto/seal/key_file.h"
#include "tests/interop/jobs.h"

using namespace candour;
using namespace candour::interop;

namespace {

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool write_file(const std::string& path, ByteView bytes) {
  std::ofstream out(path, std::ios::binary);
  out << as_text(bytes);
  return out.good();
}

Result<> to_stdout(ByteView bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
    return fail(Errc::io, "Cannot write.");
  return {};
}

SecretBytes secret(const std::string& text) { return SecretBytes::copy_of(as_bytes(text)); }

template <class Stream>
int pump(Stream& stream) {
  for (;;) {
    const auto room = stream.space();
    if (!room) return say(room.error());
    const std::size_t size = std::fread(room->data(), 1, room->size(), stdin);
    if (size == 0) break;
    if (auto done = stream.filled(size); !done) return say(done.error());
  }
  if (auto done = stream.finish(); !done) return say(done.error());
  return 0;
}

int keygen(const Arguments& a) {
  if (a[0] == "hybrid") {
    const auto identity = open::HybridIdentity::make_random();
    fmt::print("{}\n", encode_recipient(identity.recipient()));
    return write_file(a[1], identity.encode().reveal()) ? 0 : 1;
  }
  const auto identity = open::X25519Identity::make_random();
  fmt::print("{}\n", encode_recipient(identity.recipient()));
  return write_file(a[1], identity.encode().reveal()) ? 0 : 1;
}

int keyfile(const Arguments& a) {
  KeyFile file;
  file.name = "candour/caseworker/robin";
  file.signing_seed = Secret<32>::make_random();
  for (const char* year : {"2027", "2026"}) {
    const auto identity = open::HybridIdentity::make_random();
    fmt::print("{}\n", encode_recipient(identity.recipient()));
    file.epochs.push_back({fmt::format("{}-01-01", year), fmt::format("{}-12-31", year), identity.recipient(),
                           Secret<32>::copy_of(identity.seed().reveal())});
  }
  const auto sealed = seal::seal_key_file(file, secret(a[0]));
  if (!sealed) return say(sealed.error());
  return write_file(a[1], *sealed) ? 0 : 1;
}

int seal_to(const Arguments& a) {
  std::vector<seal::Recipient> recipients;
  for (std::size_t i = 2; i < a.size(); ++i) {
    const auto recipient = seal::parse_recipient(a[i]);
    if (!recipient) return say(recipient.error());
    recipients.push_back(*recipient);
  }
  const seal::SealOptions options{.places = std::stoul(a[0]),
                                  .threads = static_cast<unsigned>(std::stoul(a[1]))};
  auto sealer = seal::Sealer::to_recipients(recipients, options, to_stdout);
  return sealer ? pump(*sealer) : say(sealer.error());
}

int seal_to_passphrase(const Arguments& a) {
  auto sealer = seal::Sealer::to_passphrase(secret(a[0]), 12, {}, to_stdout);
  return sealer ? pump(*sealer) : say(sealer.error());
}

int open_with(const std::vector<open::Identity>& identities, unsigned threads) {
  open::Opener opener(identities, {.threads = threads},
                      [](open::Provisional plain) { return to_stdout(plain.bytes); });
  return pump(opener);
}

int open_with_file(const Arguments& a) {
  const auto identities = open::parse_identity_file(read_file(a[1]));
  return identities ? open_with(*identities, static_cast<unsigned>(std::stoul(a[0])))
                    : say(identities.error());
}

int open_with_locked_file(const Arguments& a) {
  const auto plain = open::unlock_identity_file(read_file(a[1]), secret(a[0]));
  if (!plain) return say(plain.error());
  const auto identities = open::parse_identity_file(plain->reveal());
  return identities ? open_with(*identities, 1) : say(identities.error());
}

int open_with_passphrase(const Arguments& a) {
  std::vector<open::Identity> identities;
  identities.emplace_back(open::Passphrase{secret(a[0])});
  return open_with(identities, 1);
}

}  // namespace

int main(int argc, char** argv) {
  return run_job(argc, argv,
                 {{"keygen", 2, keygen},
                  {"keyfile", 2, keyfile},
                  {"seal", 3, seal_to},
                  {"sealpass", 1, seal_to_passphrase},
                  {"open", 2, open_with_file},
                  {"openlocked", 2, open_with_locked_file},
                  {"openpass", 1, open_with_passphrase}});
}
