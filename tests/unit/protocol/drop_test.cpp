// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/drop.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/age_header.h"
#include "crypto/core/age_stream.h"
#include "crypto/core/encoding.h"

namespace candour {
namespace {

Secret<32> counted() {
  Secret<32> secret;
  std::uint8_t next = 0;
  for (auto& byte : secret.writable()) byte = next++;
  return secret;
}

Bytes sealed(const std::vector<AgeStanza>& stanzas, std::size_t bytes = drop_bytes) {
  const auto text = encode_age_header_for_mac(stanzas) + encode_age_mac_line_end({});
  const auto view = as_bytes(text);
  Bytes whole(view.begin(), view.end());
  whole.resize(bytes, 0x5a);
  return whole;
}

AgeStanza stanza(std::string type = "mlkem768x25519", std::size_t encapsulation = 1120) {
  return {{std::move(type), base64_raw_encode(Bytes(encapsulation, 7))}, Bytes(32, 9)};
}

// Values of: printf 'candour/v1/drop-tag' and 00 01 … 1f, through sha256sum.
TEST_CASE("drop: tag and deletion verifier are the labelled hashes") {
  CHECK(drop_tag(counted()).encode() == "d5c47fa362cfa463");
  CHECK(hex_encode(deletion_verifier(counted())) ==
        "1e61bdfa6e3170340cfae5dff7c920c388c640f442df286984ced101e9ab3ae4");
}

TEST_CASE("drop: a tag is 16 hex digits in lower case and nothing else") {
  CHECK(DropTag::parse("00ff00ff00ff00ff").value().encode() == "00ff00ff00ff00ff");
  for (const auto* wrong :
       {"", "00ff00ff00ff00f", "00ff00ff00ff00ff0", "00FF00ff00ff00ff", "00ff00ff00ff00fg"})
    CHECK(!DropTag::parse(wrong));
}

TEST_CASE("drop: one size, that of one stanza and 16 KiB") {
  CHECK(drop_bytes == sealed_header_bytes(1) + age_payload_size(drop_plain_bytes));
}

TEST_CASE("drop: the server's check tells plaintext, other recipients and other sizes apart") {
  CHECK(check_sealed_drop(sealed({stanza()})) == SealedProblem::none);
  CHECK(check_sealed_drop(sealed({stanza()}, drop_bytes + 1)) == SealedProblem::wrong_size);
  CHECK(check_sealed_drop(sealed({stanza()}, drop_bytes - 1)) == SealedProblem::wrong_size);
  CHECK(check_sealed_drop({}) == SealedProblem::wrong_size);
  CHECK(check_sealed_drop(Bytes(drop_bytes, 'a')) == SealedProblem::not_sealed);
  CHECK(check_sealed_drop(sealed({stanza(), stanza()})) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_drop(sealed({stanza("X25519")})) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_drop(sealed({stanza("mlkem768x25519", 1119)})) == SealedProblem::wrong_recipients);
}

}  // namespace
}  // namespace candour
