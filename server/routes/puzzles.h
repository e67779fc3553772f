// SPDX-License-Identifier: AGPL-3.0-or-later
// Work for anonymous puts (docs/spec/drops.md "Resources"), so that a stranger cannot fill the store for nothing. A puzzle proves
// by a MAC that it is this server's, how hard it was, and that it is not too old; only which solutions were used is kept. Also counts what was put in the last minute: the more,
// the harder the next puzzles, and past the limit nothing. In memory only, as numbers of whole seconds that are forgotten
// after one minute. For the loop's thread.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/secret.h"
#include "protocol/drop.h"

namespace candour::server {

// One byte how many bits, 7 random bytes, 16 bytes of a MAC over both and the minute.
using Puzzle = std::array<std::uint8_t, 24>;
using Nonce8 = std::array<std::uint8_t, 8>;

struct Work {
  Puzzle puzzle;
  Nonce8 nonce;
  auto operator<=>(const Work&) const = default;
};

class Puzzles {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  static constexpr unsigned bits_min = 12;
  static constexpr unsigned bits_max = 20;
  static constexpr std::uint64_t calm_puts_per_minute = 60;
  static constexpr std::int64_t minutes_good = 10;

  Puzzle make(Steady now);
  unsigned bits(Steady now);

  // Of a Candour-Work header, 64 hex digits.
  static Work parse(std::string_view header);
  bool is_live(const Puzzle& puzzle, Steady now) const;
  // Not whether it is live.
  static bool is_solved(const Work& work, const DropTag& tag, ByteView sealed);

  // Each solution is good for one put: else the one who solved one puzzle could use up everybody's share with it.
  bool was_used(const Work& work) const { return used_.contains(work); }
  // False, and neither counted nor used, when there were too many in the last minute.
  bool admit_put(const Work& work, std::uint64_t per_minute, Steady now);

 private:
  std::uint64_t puts_of_last_minute(Steady now);

  Secret<32> key_ = Secret<32>::make_random();
  std::array<std::uint64_t, 60> puts_{};  // by second
  std::int64_t second_ = 0;               // the last one counted in
  std::map<Work, std::int64_t>
      used_;  // and the minute after which its puzzle is dead; as many as minutes admit
};

}  // namespace candour::server
