// SPDX-License-Identifier: AGPL-3.0-or-later
// GET /metrics, for Prometheus: what an operator must be warned of, and nothing that two looks could be
// subtracted from. No counter of requests or reports, no time, no latency: whoever keeps a history of such
// numbers keeps the minute of every report (docs/spec/cli.md "Metrics" has the closed list).
#include <fmt/format.h>

#include <system_error>

#include "server/control/routes.h"

namespace candour::server {
namespace {

constexpr std::uint64_t kGib = std::uint64_t{1} << 30;

void size_the_database(Control& control) {
  const Day today = control.context.today();
  if (control.sized_on == today) return;
  control.sized_on = today;
  control.database_bytes = control.context.store.figures().database_bytes;
}

bool disk_is_low(const Control& control) {
  std::error_code failed;
  const auto disk = std::filesystem::space(control.data, failed);
  return failed || disk.available < 2 * control.quotas.disk_reserve_bytes;
}

std::string metrics(Control& control) {
  size_the_database(control);
  const Roster& roster = control.context.roster->roster();
  const Day today = control.context.today();
  std::string text;
  const auto gauge = [&text](std::string_view name, std::string_view help, std::int64_t value) {
    text +=
        fmt::format("# HELP candour_{0} {1}\n# TYPE candour_{0} gauge\ncandour_{0} {2}\n", name, help, value);
  };
  gauge("reporting_paused", "1 while no report is taken because the roster is not valid.",
        roster.is_valid_on(today) ? 0 : 1);
  gauge("roster_days_left", "Days until the roster expires; below 0 it has.",
        days_between(today, roster.valid_until));
  gauge("disk_low", "1 while less than twice the disk reserve is free.", disk_is_low(control) ? 1 : 0);
  gauge("database_gibibytes", "Size of the database, rounded up, taken once a day.",
        static_cast<std::int64_t>((control.database_bytes + kGib - 1) / kGib));
  return text;
}

}  // namespace

void add_metrics_route(Router& router, Control& control) {
  router.add({.method = Method::get,
              .pattern = "/metrics",
              .body_bytes_max = 0,
              .handler = [&control](const Request&, Reply reply) {
                reply(text_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics(control)));
              }});
}

}  // namespace candour::server
