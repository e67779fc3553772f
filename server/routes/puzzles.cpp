// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/puzzles.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>

#include "crypto/core/compare.h"
#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/labels.h"
#include "crypto/core/random.h"
#include "server/routes/moment_mac.h"

namespace candour::server {
namespace {

template <class Unit>
std::int64_t whole(Puzzles::Steady now) {
  return std::chrono::duration_cast<Unit>(now.time_since_epoch()).count();
}

unsigned leading_zero_bits(const Digest& digest) {
  unsigned bits = 0;
  for (const std::uint8_t byte : digest) {
    bits += static_cast<unsigned>(std::countl_zero(byte));
    if (byte != 0) break;
  }
  return bits;
}

}  // namespace

Puzzle Puzzles::make(Steady now) {
  Puzzle puzzle{};
  puzzle[0] = static_cast<std::uint8_t>(bits(now));
  fill_random(std::span(puzzle).subspan<1, 7>());
  std::ranges::copy(moment_mac(key_, std::span(puzzle).first<8>(), whole<std::chrono::minutes>(now)),
                    puzzle.begin() + 8);
  return puzzle;
}

unsigned Puzzles::bits(Steady now) {
  auto bits = bits_min;
  for (auto puts = puts_of_last_minute(now) / 2; puts >= calm_puts_per_minute && bits < bits_max; puts /= 2)
    ++bits;
  return bits;
}

Work Puzzles::parse(std::string_view header) {
  std::array<std::uint8_t, 32> bytes{};
  Work work{};
  if (!hex_decode_into(header, bytes)) return work;  // all zero, which no puzzle is
  std::copy_n(bytes.begin(), work.puzzle.size(), work.puzzle.begin());
  std::copy_n(bytes.begin() + work.puzzle.size(), work.nonce.size(), work.nonce.begin());
  return work;
}

bool Puzzles::is_live(const Puzzle& puzzle, Steady now) const {
  const auto minute = whole<std::chrono::minutes>(now);
  for (auto made = minute; made >= minute - minutes_good; --made)
    if (equal_constant_time(moment_mac(key_, std::span(puzzle).first<8>(), made),
                            std::span(puzzle).last<16>()))
      return true;
  return false;
}

bool Puzzles::is_solved(const Work& work, const DropTag& tag, ByteView sealed) {
  Sha256 hash;
  hash.update(as_bytes(label::puzzle));
  hash.update(work.puzzle);
  hash.update(tag.bytes);
  hash.update(sha256(sealed));
  hash.update(work.nonce);
  return leading_zero_bits(hash.finish()) >= work.puzzle[0];
}

std::uint64_t Puzzles::puts_of_last_minute(Steady now) {
  const auto second = whole<std::chrono::seconds>(now);
  const auto count = static_cast<std::int64_t>(puts_.size());
  for (auto passed = std::max(second_, second - count) + 1; passed <= second; ++passed)
    puts_.at(static_cast<std::size_t>(passed % count)) = 0;
  second_ = std::max(second_, second);
  return std::accumulate(puts_.begin(), puts_.end(), std::uint64_t{0});
}

bool Puzzles::admit_put(const Work& work, std::uint64_t per_minute, Steady now) {
  if (puts_of_last_minute(now) >= per_minute) return false;
  const auto minute = whole<std::chrono::minutes>(now);
  std::erase_if(used_, [minute](const auto& work_and_end) { return work_and_end.second < minute; });
  used_.emplace(work, minute + minutes_good);
  ++puts_.at(static_cast<std::size_t>(second_ % static_cast<std::int64_t>(puts_.size())));
  return true;
}

}  // namespace candour::server
