// SPDX-License-Identifier: AGPL-3.0-or-later
// Linked into every test program that uses crypto/: starts libsodium before the first test, as main() does.
#include <catch2/catch_test_macros.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#include <cstdlib>

#include "crypto/core/init.h"

namespace {

class InitCrypto : public Catch::EventListenerBase {
 public:
  using EventListenerBase::EventListenerBase;
  void testRunStarting(const Catch::TestRunInfo&) override {
    if (!candour::init_crypto()) std::abort();
  }
};

}  // namespace

CATCH_REGISTER_LISTENER(InitCrypto)
