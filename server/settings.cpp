// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/settings.h"

#include <algorithm>

#include "protocol/limits.h"

namespace candour::server {

Limits limits_of(const Config& config) {
  Limits limits;
  limits.connections_max = config.connections;
  limits.idle_max = std::chrono::seconds(config.idle_seconds);
  limits.head_max = std::chrono::seconds(config.head_seconds);
  limits.rate_window = std::chrono::seconds(config.body_window_seconds);
  limits.circuit_connections_per_minute = config.circuit_connections_per_minute;
  limits.circuit_reports_per_minute = config.circuit_reports_per_minute;
  limits.circuit_drops_per_minute = config.circuit_drops_per_minute;
  limits.circuit_bytes_per_minute = config.circuit_mib_per_minute << 20;
  limits.uploads_per_minute = config.uploads_per_minute;
  limits.bodies_bytes_max = std::max<std::size_t>(config.bodies_mib << 20, storage::part_bytes);
  return limits;
}

storage::Options options_of(const Config& config) {
  storage::Options options;
  // The roster's policy bounds one report; the store only has to take what a policy may say.
  options.upload_bytes_max = candour::limits::member_bytes_max;
  options.queue_bytes_max = config.bodies_mib << 20;
  set_quotas(*options.quotas, config);
  return options;
}

void set_quotas(storage::Quotas& quotas, const Config& config) {
  quotas.open_uploads_max = config.open_uploads;
  quotas.stored_bytes_max = config.stored_gib << 30;
  quotas.disk_reserve_bytes = config.disk_reserve_mib << 20;
}

}  // namespace candour::server
