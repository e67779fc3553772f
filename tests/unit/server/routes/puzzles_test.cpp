// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/puzzles.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/init.h"
#include "crypto/core/random.h"

using namespace candour;
using namespace candour::server;
using namespace std::chrono_literals;

namespace {

const Puzzles::Steady kStart{1h};
constexpr std::uint64_t kNoLimit = 1'000'000;

Work another() {
  Work work{};
  fill_random(work.nonce);
  return work;
}

void put(Puzzles& puzzles, int times, Puzzles::Steady now) {
  for (int i = 0; i < times; ++i) REQUIRE(puzzles.admit_put(another(), kNoLimit, now));
}

Work solve(const Puzzle& puzzle, const DropTag& tag, ByteView sealed) {
  for (std::uint64_t n = 0;; ++n) {
    Work work{.puzzle = puzzle, .nonce = {}};
    for (std::size_t i = 0; i < 8; ++i) work.nonce[i] = static_cast<std::uint8_t>(n >> (8 * i));
    if (Puzzles::is_solved(work, tag, sealed)) return work;
  }
}

}  // namespace

TEST_CASE("a puzzle is good for ten minutes, at this server alone, and every bit counts") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  const Puzzles other;
  const Puzzle puzzle = puzzles.make(kStart);
  CHECK(puzzles.is_live(puzzle, kStart));
  CHECK(puzzles.is_live(puzzle, kStart + 10min));
  CHECK_FALSE(puzzles.is_live(puzzle, kStart + 11min));
  CHECK_FALSE(puzzles.is_live(puzzle, kStart - 1min));
  CHECK_FALSE(other.is_live(puzzle, kStart));
  CHECK_FALSE(puzzles.is_live(Puzzle{}, kStart));
  for (std::size_t bit = 0; bit < 8 * puzzle.size(); ++bit) {
    Puzzle changed = puzzle;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
    CHECK_FALSE(puzzles.is_live(changed, kStart));
  }
}

TEST_CASE("a solution is for one tag and one body") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  const Bytes sealed(100, 7);
  const Bytes other(100, 8);
  const DropTag tag{{1, 2, 3, 4, 5, 6, 7, 8}};
  int elsewhere = 0;
  for (int round = 0; round < 4; ++round) {
    const Work work = solve(puzzles.make(kStart), tag, sealed);
    CHECK(Puzzles::is_solved(work, tag, sealed));
    elsewhere += Puzzles::is_solved(work, tag, other) ? 1 : 0;
    elsewhere += Puzzles::is_solved(work, DropTag{}, sealed) ? 1 : 0;
  }
  CHECK(elsewhere < 2);  // by chance, one time in 4096
}

TEST_CASE("the header is puzzle and nonce; another form is no live puzzle") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  const Puzzle puzzle = puzzles.make(kStart);
  const auto work = Puzzles::parse(hex_encode(puzzle) + "0102030405060708");
  CHECK(work.puzzle == puzzle);
  CHECK(work.nonce == Nonce8{1, 2, 3, 4, 5, 6, 7, 8});
  for (const std::string& wrong : {std::string(), std::string(64, 'x'), hex_encode(puzzle)})
    CHECK_FALSE(puzzles.is_live(Puzzles::parse(wrong).puzzle, kStart));
}

TEST_CASE("one bit more each time that the puts of the last minute double, and less when it has passed") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  CHECK(puzzles.bits(kStart) == 12);
  put(puzzles, 119, kStart);
  CHECK(puzzles.bits(kStart) == 12);
  put(puzzles, 1, kStart + 30s);
  CHECK(puzzles.bits(kStart + 30s) == 13);
  CHECK(puzzles.make(kStart + 30s)[0] == 13);
  put(puzzles, 120, kStart + 40s);
  CHECK(puzzles.bits(kStart + 59s) == 14);
  CHECK(puzzles.bits(kStart + 60s) == 13);
  CHECK(puzzles.bits(kStart + 100s) == 12);
  put(puzzles, 60 * 300, kStart + 200s);
  CHECK(puzzles.bits(kStart + 200s) == 20);
  CHECK(puzzles.bits(kStart + 24h) == 12);
}

TEST_CASE("past the limit of a minute nothing is admitted") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  for (int i = 0; i < 5; ++i) CHECK(puzzles.admit_put(another(), 5, kStart + i * 1s));
  CHECK_FALSE(puzzles.admit_put(another(), 5, kStart + 59s));
  CHECK(puzzles.admit_put(another(), 5, kStart + 60s));
  CHECK_FALSE(puzzles.admit_put(another(), 5, kStart + 60s));
}

TEST_CASE("a solution is good for one put, for as long as its puzzle lives") {
  REQUIRE(init_crypto());
  Puzzles puzzles;
  const Work work = another();
  const Work refused = another();
  CHECK_FALSE(puzzles.was_used(work));
  CHECK(puzzles.admit_put(work, 1, kStart));
  CHECK_FALSE(puzzles.admit_put(refused, 1, kStart));
  CHECK_FALSE(puzzles.was_used(refused));  // it may come again
  CHECK(puzzles.admit_put(another(), 1, kStart + 10min));
  CHECK(puzzles.was_used(work));
  CHECK(puzzles.admit_put(another(), 1, kStart + 12min));
  CHECK_FALSE(puzzles.was_used(work));  // forgotten with its puzzle
}
