// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/database_key.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace candour::server;

TEST_CASE("the line of a passphrase's key has one spelling") {
  const PassphraseKey key{.cost = {.memory_kib = 262144, .passes = 3}, .salt = {1, 2, 3}};
  const std::string line = encode_passphrase_key(key);
  CHECK(line == "$argon2id$v=19$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n");
  const auto parsed = parse_passphrase_key(line);
  REQUIRE(parsed);
  CHECK(parsed->salt == key.salt);
  CHECK(parsed->cost.memory_kib == key.cost.memory_kib);
  CHECK(parsed->cost.passes == key.cost.passes);
  for (const char* wrong : {"", "\n", "$argon2id$v=19$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA",
                            "$argon2i$v=19$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=16$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=0262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=262144,t=3,p=2$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA==\n",
                            "$argon2id$v=19$m=262144,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAB\n",
                            "$argon2id$v=19$m=262144,t=3,p=1$AQIDAAAA\n",
                            "$argon2id$v=19$m=65535,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=4194305,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=262144,t=0,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=262144,t=101,p=1$AQIDAAAAAAAAAAAAAAAAAA\n",
                            "$argon2id$v=19$m=99999999999,t=3,p=1$AQIDAAAAAAAAAAAAAAAAAA\n"}) {
    INFO(wrong);
    CHECK_FALSE(parse_passphrase_key(wrong));
  }
}
