// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/pace.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdint>

using namespace candour::server;
using namespace std::chrono_literals;

namespace {

const Bucket::Time kStart{1h};
constexpr std::uint64_t kMib = std::uint64_t{1} << 20;

int connections_admitted(Pace& pace, Circuit circuit, Bucket::Time now) {
  int admitted = 0;
  while (admitted < 10'000 && pace.admit_connection(circuit, now)) ++admitted;
  return admitted;
}

}  // namespace

TEST_CASE("a bucket holds a minute's worth and fills evenly") {
  Bucket bucket;
  for (int n = 0; n < 6; ++n) CHECK(bucket.take(1, 6, kStart));
  CHECK_FALSE(bucket.take(1, 6, kStart));
  CHECK_FALSE(bucket.take(1, 6, kStart + 9s));
  CHECK(bucket.take(1, 6, kStart + 10s));
  CHECK_FALSE(bucket.take(1, 6, kStart + 10s));
  for (int n = 0; n < 6; ++n) CHECK(bucket.take(1, 6, kStart + 2h));  // never more than a minute's worth
  CHECK_FALSE(bucket.take(1, 6, kStart + 2h));
  CHECK(bucket.take(6, 6, kStart + 4h));
  // What is more than a minute's worth needs all of it, and takes all of it.
  CHECK_FALSE(bucket.take(7, 6, kStart + 4h + 59s));
  CHECK(bucket.take(7, 6, kStart + 4h + 60s));
  CHECK_FALSE(bucket.take(1, 6, kStart + 4h + 60s));
}

TEST_CASE("one circuit's flood leaves another's share alone") {
  Limits limits;
  limits.circuit_connections_per_minute = 10;
  limits.circuit_reports_per_minute = 2;
  Pace pace(limits);
  CHECK(connections_admitted(pace, 1, kStart) == 10);
  CHECK(connections_admitted(pace, 2, kStart) == 10);
  for (const Circuit circuit : {1U, 2U}) {
    CHECK(pace.admit_request(circuit, Begins::report, 0, kStart));
    CHECK(pace.admit_request(circuit, Begins::upload, 0, kStart));
    CHECK_FALSE(pace.admit_request(circuit, Begins::report, 0, kStart));
    CHECK(pace.admit_request(circuit, Begins::nothing, kMib, kStart));
  }
}

TEST_CASE("drops have a share of their own on each circuit") {
  Limits limits;
  limits.circuit_reports_per_minute = 1;
  limits.circuit_drops_per_minute = 2;
  Pace pace(limits);
  for (const Circuit circuit : {1U, 2U}) {
    for (int n = 0; n < 2; ++n) CHECK(pace.admit_request(circuit, Begins::drop, 0, kStart));
    CHECK_FALSE(pace.admit_request(circuit, Begins::drop, 0, kStart));
    CHECK(pace.admit_request(circuit, Begins::report, 0, kStart));
  }
  CHECK(pace.admit_request(std::nullopt, Begins::drop, 0, kStart));
}

TEST_CASE("what follows a report takes nothing of the reports' share: a batch and a companion for each") {
  Limits limits;
  limits.circuit_reports_per_minute = 3;
  Pace pace(limits);
  for (int n = 0; n < 3; ++n) {
    CHECK(pace.admit_request(1, Begins::report, 0, kStart));
    CHECK(pace.admit_request(1, Begins::companion, 0, kStart));
    CHECK(pace.admit_request(1, Begins::companion, 0, kStart));
  }
  CHECK_FALSE(pace.admit_request(1, Begins::companion, 0, kStart));
  CHECK(pace.admit_request(1, Begins::drop, 0, kStart));
  CHECK(pace.admit_request(2, Begins::companion, 0, kStart));
  CHECK(pace.admit_request(std::nullopt, Begins::companion, 0, kStart));
}

TEST_CASE("uploads begun are bounded for all together, other things are not") {
  Limits limits;
  limits.uploads_per_minute = 3;
  Pace pace(limits);
  for (Circuit circuit = 0; circuit < 3; ++circuit)
    CHECK(pace.admit_request(circuit, Begins::upload, 0, kStart));
  CHECK_FALSE(pace.admit_request(9, Begins::upload, 0, kStart));
  CHECK_FALSE(pace.admit_request(std::nullopt, Begins::upload, 0, kStart));
  CHECK(pace.admit_request(9, Begins::report, kMib, kStart));
  CHECK(pace.admit_request(std::nullopt, Begins::report, kMib, kStart));
}

TEST_CASE("by default one circuit sends 2 GiB in parts, each on a connection of its own, unhindered") {
  const Limits limits;
  Pace pace(limits);
  auto now = kStart;
  CHECK(pace.admit_request(7, Begins::upload, 100, now));
  for (int part = 0; part < 2048; ++part) {
    now += 100ms;  // 10 MiB/s, more than a circuit carries
    REQUIRE(pace.admit_connection(7, now));
    REQUIRE(pace.admit_request(7, Begins::nothing, kMib, now));
  }
}

TEST_CASE("bytes are bounded as announced") {
  Limits limits;
  limits.circuit_bytes_per_minute = 10 * kMib;
  Pace pace(limits);
  for (int part = 0; part < 10; ++part) CHECK(pace.admit_request(7, Begins::nothing, kMib, kStart));
  CHECK_FALSE(pace.admit_request(7, Begins::nothing, kMib, kStart));
  CHECK(pace.admit_request(7, Begins::nothing, kMib, kStart + 6s));
  CHECK_FALSE(pace.admit_request(7, Begins::nothing, 11 * kMib, kStart + 60s));
  CHECK(pace.admit_request(7, Begins::nothing, 11 * kMib, kStart + 66s));
  CHECK_FALSE(pace.admit_request(7, Begins::nothing, 1, kStart + 66s));
}

TEST_CASE("circuits are forgotten after a quiet minute, and never more than can be kept are") {
  Limits limits;
  limits.circuit_connections_per_minute = 1;
  Pace pace(limits);
  CHECK(pace.admit_connection(1, kStart));
  CHECK(pace.admit_connection(2, kStart + 30s));
  pace.forget(kStart + 59s);
  CHECK(pace.circuits() == 2);
  CHECK_FALSE(pace.admit_connection(1, kStart + 59s));
  pace.forget(kStart + 90s);
  CHECK(pace.circuits() == 1);
  pace.forget(kStart + 1h);
  CHECK(pace.circuits() == 0);

  for (Circuit circuit = 0; circuit < 2 * Pace::circuits_max; ++circuit)
    CHECK(pace.admit_connection(circuit, kStart + 1h));
  CHECK(pace.circuits() == Pace::circuits_max);
  CHECK_FALSE(pace.admit_connection(2 * Pace::circuits_max - 1, kStart + 1h));
}
