// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/padme.h"

#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "crypto/core/age_stream.h"
#include "crypto/core/random.h"

using namespace candour;

TEST_CASE("Padmé gives the sizes of its paper's algorithm") {
  // PURBs (2019), algorithm 1, worked by hand.
  const std::pair<std::uint64_t, std::uint64_t> vectors[] = {{0, 0},
                                                             {1, 1},
                                                             {2, 2},
                                                             {8, 8},
                                                             {9, 10},
                                                             {100, 104},
                                                             {1000, 1024},
                                                             {65536, 65536},
                                                             {65537, 67584},
                                                             {100000, 100352},
                                                             {1000000, 1015808},
                                                             {1073741825, 1107296256}};
  for (const auto& [bytes, padded] : vectors) CHECK(padded_size(bytes, 0) == padded);
}

TEST_CASE("Everything small has the size of the floor") {
  for (std::uint64_t bytes = 0; bytes <= report_floor_bytes; ++bytes) {
    REQUIRE(padded_size(bytes, report_floor_bytes) == report_floor_bytes);
    REQUIRE(is_padded_size(bytes, report_floor_bytes) == (bytes == report_floor_bytes));
  }
  CHECK(padded_size(report_floor_bytes + 1, report_floor_bytes) > report_floor_bytes);
}

TEST_CASE("Padding costs at most 12 %, keeps few bits, and is stable") {
  for (int i = 0; i < 20000; ++i) {
    const unsigned shift = random_below(40);
    const std::uint64_t bytes = (std::uint64_t{random_below(0xFFFFFFFF)} << 8 | random_below(256)) >> shift;
    if (bytes < 2) continue;
    const std::uint64_t padded = padded_size(bytes, 0);
    REQUIRE(padded >= bytes);
    REQUIRE(padded - bytes <= bytes * 12 / 100 + 1);
    REQUIRE(is_padded_size(padded, 0));
    REQUIRE(padded_size(bytes + 1, 0) >= padded);
    const auto exponent = static_cast<unsigned>(std::bit_width(bytes)) - 1;
    const auto kept_bits =
        static_cast<unsigned>(std::bit_width(padded)) - static_cast<unsigned>(std::countr_zero(padded));
    REQUIRE(kept_bits <= static_cast<unsigned>(std::bit_width(exponent)) + 1);
  }
  CHECK(padded_size(std::numeric_limits<std::uint64_t>::max(), 0) ==
        std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("Sealed sizes tell plaintext sizes, and impossible ones are known") {
  std::uint64_t possible = 0;
  for (std::uint64_t plain = 0; plain <= 3 * age_chunk_plain_bytes + 5; ++plain) {
    const std::uint64_t sealed = age_payload_size(plain);
    REQUIRE(age_plain_size(sealed) == plain);
    ++possible;
  }
  CHECK(age_payload_size(0) == 32);
  CHECK(age_payload_size(65536) == 16 + 65552);
  CHECK(age_payload_size(65537) == 16 + 65552 + 17);
  std::uint64_t found = 0;
  for (std::uint64_t sealed = 0; sealed <= age_payload_size(3 * age_chunk_plain_bytes + 5); ++sealed) {
    if (age_plain_size(sealed)) ++found;
  }
  CHECK(found == possible);
}

TEST_CASE("Chunk nonces count in eleven bytes and mark the final chunk") {
  CHECK(age_chunk_nonce(0, false) == std::array<std::uint8_t, 12>{});
  CHECK(age_chunk_nonce(0x0102, true) == std::array<std::uint8_t, 12>{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1});
}
