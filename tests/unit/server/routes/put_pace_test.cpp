// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/put_pace.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace candour;
using namespace candour::server;
using namespace std::chrono_literals;

TEST_CASE("each caseworker has a minute's worth of her own, and a quiet minute leaves nothing of it") {
  const Bucket::Time start{1h};
  const auto ada = CaseworkerId::parse("ada").value();
  const auto bo = CaseworkerId::parse("bo").value();
  PutPace pace;
  for (int n = 0; n < 6; ++n) CHECK(pace.admit(ada, 6, start));
  CHECK_FALSE(pace.admit(ada, 6, start));
  CHECK(pace.admit(bo, 6, start));
  CHECK(pace.remembered() == 2);
  CHECK_FALSE(pace.admit(ada, 6, start + 9s));
  CHECK(pace.admit(ada, 6, start + 10s));
  CHECK(pace.remembered() == 1);  // hers that is full again is gone
  CHECK(pace.admit(bo, 6, start + 2min));
  CHECK(pace.remembered() == 1);
}
