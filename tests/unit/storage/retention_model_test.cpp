// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of docs/spec/retention.md as a model of a dozen lines, and a store that must agree with it through long random
// sequences of verbs, days, jumping clocks, day closes and restarts.
#include <algorithm>
#include <array>
#include <catch2/generators/catch_generators.hpp>
#include <map>
#include <random>
#include <set>

#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::array<const char*, 4> people{"ada", "bo", "cy", "di"};  // di is of no audience

struct Case {
  std::set<std::string> audience;
  int arrived = 0;
  bool settled = false;
  std::set<std::string> seen;
  std::set<std::string> holds;
  int erase_from = 0;  // 0: open
  int withdrawn = 0;   // 0: not

  Obstacle obstacle(int today) const {
    if (seen.empty()) return Obstacle::unopened;
    if (!holds.empty()) return Obstacle::held;
    if (withdrawn != 0 && today < withdrawn + 28) return Obstacle::withdrawn;
    return Obstacle::none;
  }
};

class Trial {
 public:
  explicit Trial(unsigned seed) : random_(seed) {}

  void step() {
    const auto n = below(6) + 1;
    const std::string who = people[below(people.size())];
    const int today =
        today_ + (below(30) == 0 ? static_cast<int>(below(3000)) - 300 : 0);  // a clock that jumps
    auto found = cases_.find(n);
    const bool hers = found != cases_.end() && found->second.audience.contains(who);
    const auto same = [&](bool possible, const auto& outcome) {
      if (possible)
        REQUIRE(outcome);
      else
        REQUIRE(failed_with(outcome, Errc::not_found));
    };
    switch (below(14)) {
      case 0:
        arrive(n);
        break;
      case 1:
        same(hers, f_.seen(n, who));
        if (hers) found->second.seen.insert(who);
        break;
      case 2: {
        const int day = today_ + static_cast<int>(below(60));
        const auto outcome = f_.close(n, Day(day), who);
        same(hers, outcome);
        if (!hers) break;
        REQUIRE((*outcome == Obstacle::none) == !found->second.seen.empty());
        if (*outcome == Obstacle::none && found->second.erase_from == 0) found->second.erase_from = day;
        break;
      }
      case 3:
        if (below(3) != 0) break;
        same(hers, f_.reopen_case(n, who));
        if (hers) found->second.erase_from = 0;
        break;
      case 4:
        if (below(3) != 0) break;
        same(hers, f_.hold(n, true, who));
        if (hers) found->second.holds.insert(who);
        break;
      case 5:
        same(hers, f_.hold(n, false, who));
        if (hers) found->second.holds.erase(who);
        break;
      case 6: {
        REQUIRE(f_.withdraw(n, Day(today_)));
        if (found != cases_.end() && found->second.withdrawn == 0) found->second.withdrawn = today_;
        break;
      }
      case 7:
        REQUIRE(f_.withdraw(n, std::nullopt));
        if (found != cases_.end()) found->second.withdrawn = 0;
        break;
      case 8:
      case 11:
      case 12:
        jointly(n, who, hers, today);
        break;
      case 9:
        retention(today);
        break;
      case 10:
        today_ += 1 + static_cast<int>(below(4));
        if (below(2) == 0) {
          REQUIRE(f_.close_day(Day(today_)));
          for (auto& [number, one] : cases_) one.settled = one.settled || one.arrived < today_;
        }
        break;
      default:
        if (below(8) == 0) f_.reopen();
    }
    compare();
  }
  int erased_by_two = 0, erased_at_their_day = 0, refused = 0;

 private:
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

  void arrive(std::uint64_t n) {
    if (cases_.contains(n)) return;
    const std::vector<std::string> readers =
        n % 3 == 0 ? std::vector<std::string>{"ada"} : std::vector<std::string>{"ada", "bo", "cy"};
    REQUIRE(f_.accept(n, blob(100, n), audience(readers), Day(today_)));
    auto& one = cases_[n];
    one.audience = {readers.begin(), readers.end()};
    one.arrived = today_;
  }

  void jointly(std::uint64_t n, const std::string& who, bool hers, int today) {
    std::vector<std::string> signers;
    std::set<std::string> count;
    for (const auto* one : people) {
      if (below(2) == 0) continue;
      signers.emplace_back(one);
      if (hers && cases_[n].audience.contains(one)) count.insert(one);
    }
    const bool lift = below(4) == 0;
    const auto outcome = lift ? f_.lift(n, signers, who) : f_.erase(n, signers, Day(today), who);
    if (!hers) {
      REQUIRE(failed_with(outcome, Errc::not_found));
      return;
    }
    auto& one = cases_[n];
    const auto expected = count.size() < 2 ? Obstacle::signers : lift ? Obstacle::none : one.obstacle(today);
    REQUIRE(outcome == expected);
    if (expected != Obstacle::none) {
      ++refused;
    } else if (lift) {
      one.holds.clear();
    } else {
      cases_.erase(n);
      ++erased_by_two;
    }
  }

  void retention(int today) {
    const int roster_from = below(3) == 0 ? today_ - static_cast<int>(below(40)) : 0;
    calendar_ = std::max(calendar_, roster_from);
    if (today > seen_) {
      calendar_ = std::max(calendar_, std::min(today, calendar_ + 2));
      seen_ = today;
    }
    const int counted = std::min(calendar_, today);
    const auto erased = std::erase_if(cases_, [&](const auto& entry) {
      const Case& one = entry.second;
      return one.settled && one.erase_from != 0 && one.erase_from <= counted &&
             one.obstacle(counted) == Obstacle::none;
    });
    REQUIRE(f_.erase_due(Day(today), Day(roster_from)) == erased);
    erased_at_their_day += static_cast<int>(erased);
  }

  void compare() {
    for (const auto* who : people) {
      std::map<ReportId, std::uint64_t> hers;
      for (const auto& [n, one] : cases_)
        if (one.audience.contains(who)) hers[id_of(n)] = n;
      const auto page = f_.list(who);
      REQUIRE(page);
      REQUIRE(page->reports.size() == hers.size());
      for (const auto& info : page->reports) {
        REQUIRE(hers.contains(info.id));
        const auto& one = cases_[hers[info.id]];
        REQUIRE(info.seen == one.seen.contains(who));
        const auto holds = info.held_by();
        REQUIRE(std::set(holds.begin(), holds.end()) == one.holds);
        REQUIRE(info.marks.erase_from.value_or(Day(0)) == Day(one.erase_from));
        REQUIRE(info.marks.withdrawn_on.value_or(Day(0)) == Day(one.withdrawn));
      }
    }
  }

  std::mt19937 random_;
  StoreFixture f_;
  std::map<std::uint64_t, Case> cases_;
  int today_ = 1000, calendar_ = 0, seen_ = 0;
};

}  // namespace

TEST_CASE("no sequence of verbs and clocks erases what must stay, or keeps what must go") {
  const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
  INFO("seed " << seed);
  Trial trial(seed);
  for (int steps = 0; steps < 1500; ++steps) trial.step();
  CHECK(trial.erased_by_two > 5);  // it was not only refusals
  CHECK(trial.erased_at_their_day > 1);
  CHECK(trial.refused > 20);
}
