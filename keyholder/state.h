// SPDX-License-Identifier: AGPL-3.0-or-later
// What a holder has to know after it was started again: how many batches it took on today, and the newest roster that it has seen. A file of a few lines, replaced
// durably in one step before anything is answered for it. docs/spec/matching.md "Holders at work". One thread, one process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client-cli/outcome.h"
#include "protocol/day.h"
#include "protocol/roster.h"

namespace candour::keyholder {

struct HolderState {
  Day day;                    // UTC
  std::uint64_t batches = 0;  // of that day
  std::optional<RosterSeen> roster;
  bool operator==(const HolderState&) const = default;
};
std::string encode_state(const HolderState& state);
Result<HolderState> parse_state(std::string_view json);

class StateFile {
 public:
  // One that is not there begins today, with nothing. One that is damaged is a failure: nobody knows what was counted.
  static cli::Outcome<StateFile> open(std::string path, std::uint64_t daily, Day today);

  // How many more of today's may be answered. Where the clock is behind the day of the count, that day goes on.
  std::uint64_t left(Day today) const;
  bool is_of_future(Day today) const { return state_.day > today; }
  // Counted durably, or not at all.
  cli::Outcome<> take(std::uint64_t batches, Day today);

  const std::optional<RosterSeen>& roster() const { return state_.roster; }
  cli::Outcome<> see(const RosterSeen& roster);

 private:
  StateFile(std::string path, std::uint64_t daily, HolderState state)
      : path_(std::move(path)), daily_(daily), state_(state) {}
  cli::Outcome<> replace(const HolderState& next);

  std::string path_;
  std::uint64_t daily_;
  HolderState state_;
};

}  // namespace candour::keyholder
