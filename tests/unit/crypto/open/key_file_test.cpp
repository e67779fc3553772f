// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/key_file.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>

#include "crypto/open/identity_file.h"
#include "crypto/seal/key_file.h"
#include "tests/unit/crypto/open/age_fixture.h"

using namespace candour;

namespace {

SealingEpoch make_epoch(std::string from, std::string until) {
  Secret<32> seed = Secret<32>::make_random();
  const HybridRecipient recipient =
      open::HybridIdentity::from_seed(Secret<32>::copy_of(seed.reveal())).recipient();
  return {std::move(from), std::move(until), recipient, std::move(seed)};
}

KeyFile make_key_file() {
  KeyFile file;
  file.name = "candour/caseworker/robin";
  file.signing_seed = Secret<32>::make_random();
  file.epochs.push_back(make_epoch("2026-11-23", "2027-02-21"));
  file.epochs.push_back(make_epoch("2026-08-25", "2026-11-22"));
  return file;
}

bool same(const Secret<32>& a, const Secret<32>& b) { return std::ranges::equal(a.reveal(), b.reveal()); }

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

}  // namespace

TEST_CASE("A key file is read back as it was written") {
  const KeyFile written = make_key_file();
  const SecretBytes text = seal::encode_key_file(written).value();
  const KeyFile read = open::parse_key_file(text.reveal()).value();
  CHECK(read.name == written.name);
  CHECK(same(read.signing_seed, written.signing_seed));
  REQUIRE(read.epochs.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(read.epochs[i].from == written.epochs[i].from);
    CHECK(read.epochs[i].until == written.epochs[i].until);
    CHECK(read.epochs[i].recipient == written.epochs[i].recipient);
    CHECK(same(read.epochs[i].identity_seed, written.epochs[i].identity_seed));
  }
  CHECK(test::copy(seal::encode_key_file(read).value()) == test::copy(text));
  CHECK(open::parse_identity_file(text.reveal()).value().size() == 2);

  const seal::Recipient older = written.epochs[1].recipient;
  const Bytes sealed = seal::seal_bytes({&older, 1}, as_bytes("an older report")).value();
  CHECK(as_text(open::open_bytes(open::identities_of(read), sealed).value().reveal()) == "an older report");
}

TEST_CASE("A root key file has no sealing keys") {
  KeyFile root = make_key_file();
  root.epochs.clear();
  const SecretBytes text = seal::encode_key_file(root).value();
  CHECK(open::parse_key_file(text.reveal()).value().epochs.empty());
  CHECK_FALSE(open::parse_identity_file(text.reveal()));
}

TEST_CASE("A damaged key file is not taken for a whole one") {
  const Bytes text = test::copy(seal::encode_key_file(make_key_file()).value());
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < text.size(); ++size) {
    if (open::parse_key_file(ByteView(text).first(size))) ++accepted;
  }
  CHECK(accepted == 2);  // cut exactly before one of the epochs; the seal over it notices that
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string changed(as_text(text));
    changed.replace(changed.find(from), from.size(), to);
    return !open::parse_key_file(as_bytes(changed)).has_value();
  };
  CHECK(refused("2026-11-23", "2026-1x-23"));
  CHECK(refused("# sealing-key", "# ceiling-key"));
  CHECK(refused("candour/caseworker/robin", "candour/caseworker robin"));
  CHECK(refused("# name: ", "#name: "));
  CHECK(refused("age1pq1", "age1pq2"));
  CHECK(refused("AGE-SECRET-KEY-PQ-1", "AGE-SECRET-KEY-1"));
  CHECK(refused("# signing-key: ", "# signing-key: A"));
}

TEST_CASE("A public key that does not belong to its secret key is refused") {
  KeyFile mixed = make_key_file();
  mixed.epochs[0].recipient = mixed.epochs[1].recipient;
  CHECK(open::parse_key_file(seal::encode_key_file(mixed).value().reveal()).error().code == Errc::malformed);
}

TEST_CASE("A plain age identity file is told from a key file") {
  const SecretBytes plain = open::HybridIdentity::make_random().encode();
  CHECK(open::parse_key_file(plain.reveal()).error().code == Errc::unsupported);
}

TEST_CASE("A key file is not written with lines that could be mistaken") {
  KeyFile file = make_key_file();
  file.name = "two words";
  CHECK_FALSE(seal::encode_key_file(file));
  file = make_key_file();
  file.epochs[0].until = "2027-02-21\n";
  CHECK_FALSE(seal::encode_key_file(file));
}

TEST_CASE("Unlocking a key file of the default strength gives its memory back") {
  const KeyFile file = make_key_file();
  const SecretBytes passphrase = test::secret_text("eleven purple bicycles");
  const Bytes sealed = seal::seal_key_file(file, passphrase).value();
  CHECK(as_text(sealed).find(" 18\n") != std::string_view::npos);
  const std::size_t before = resident_bytes();
  const SecretBytes plain = open::unlock_identity_file(sealed, passphrase).value();
  CHECK(resident_bytes() < before + (std::size_t{16} << 20));
  CHECK(open::parse_key_file(plain.reveal()).value().name == file.name);
  CHECK(open::unlock_identity_file(sealed, test::secret_text("wrong")).error().code == Errc::no_match);
}
