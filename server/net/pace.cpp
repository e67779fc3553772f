// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/pace.h"

namespace candour::server {
namespace {

constexpr std::chrono::steady_clock::duration kMinute = std::chrono::minutes(1);
constexpr std::uint64_t companion_requests = 2;  // of each report: its batch, and the companion

}  // namespace

Pace::Buckets& Pace::of(Circuit circuit, Bucket::Time now) {
  if (const auto found = places_.find(circuit); found != places_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
  } else {
    if (recent_.size() >= circuits_max) {
      places_.erase(recent_.back().circuit);
      recent_.pop_back();
    }
    recent_.push_front({.circuit = circuit, .last_used = now});
    places_.emplace(circuit, recent_.begin());
  }
  recent_.front().last_used = now;
  return recent_.front();
}

bool Pace::admit_connection(Circuit circuit, Bucket::Time now) {
  return of(circuit, now).connections.take(1, limits_.circuit_connections_per_minute, now);
}

bool Pace::admit_request(std::optional<Circuit> circuit, Begins begins, std::uint64_t body_bytes,
                         Bucket::Time now) {
  if (circuit) {
    Buckets& buckets = of(*circuit, now);
    const bool report = begins == Begins::report || begins == Begins::upload;
    if (report && !buckets.reports.take(1, limits_.circuit_reports_per_minute, now)) return false;
    if (begins == Begins::drop && !buckets.drops.take(1, limits_.circuit_drops_per_minute, now)) return false;
    if (begins == Begins::companion &&
        !buckets.companions.take(1, companion_requests * limits_.circuit_reports_per_minute, now))
      return false;
    if (!buckets.bytes.take(body_bytes, limits_.circuit_bytes_per_minute, now)) return false;
  }
  return begins != Begins::upload || uploads_.take(1, limits_.uploads_per_minute, now);
}

void Pace::forget(Bucket::Time now) {
  while (!recent_.empty() && now - recent_.back().last_used >= kMinute) {
    places_.erase(recent_.back().circuit);
    recent_.pop_back();
  }
}

}  // namespace candour::server
