// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/reload.h"

#include <utility>

#include "server/process/log.h"
#include "server/settings.h"

namespace candour::server {

Findings awaiting_start(const Config& now, const Config& next) {
  Findings found;
  const auto compare = [&](bool same, std::string_view key) {
    if (!same)
      found.push_back({next.place(key),
                       {Errc::refused, "has changed, which takes effect when candourd is started again."}});
  };
  compare(now.reporter_listen == next.reporter_listen, "[reporter] listen");
  compare(now.reporter_proxy_header == next.reporter_proxy_header, "[reporter] proxy_header");
  compare(now.desk_listen == next.desk_listen, "[desk] listen");
  compare(now.desk_proxy_header == next.desk_proxy_header, "[desk] proxy_header");
  compare(now.desk_origin == next.desk_origin, "[desk] origin");
  compare(now.holders_listen == next.holders_listen, "[holders] listen");
  compare(now.holders_proxy_header == next.holders_proxy_header, "[holders] proxy_header");
  compare(now.data == next.data, "[paths] data");
  compare(now.secrets == next.secrets, "[paths] secrets");
  compare(now.pages == next.pages, "[paths] pages");
  compare(now.pin == next.pin, "[paths] pin");
  // Another folder is out of reach by now (server/process/confine.h).
  compare(now.roster.parent_path() == next.roster.parent_path(), "[paths] roster");
  compare(now.index_minutes == next.index_minutes, "[drops] index_minutes");
  compare(now.bodies_mib == next.bodies_mib, "[limits] bodies_mib");
  return found;
}

void Reload::read_configuration() {
  auto next = load_config(config_.file);
  if (!next) {
    for (const Finding& finding : next.error()) say(finding);
    return log("configuration refused, the old one is kept");
  }
  for (const Finding& finding : awaiting_start(config_, *next)) say(finding);
  server_.set_limits(limits_of(*next));
  set_quotas(quotas_, *next);
  context_.drops_per_minute = next->drops_per_minute;
  context_.caseworker_puts_per_minute = next->caseworker_puts_per_minute;
  if (next->roster.parent_path() == config_.roster.parent_path()) keeper_.set_file(next->roster);
  log("configuration loaded");
}

void Reload::begin(std::function<void()> done) {
  read_configuration();
  // The store answers on a thread of its own, perhaps after the loop has ended: only the server is still there then.
  keeper_.load(context_.roster, context_.today(),
               [this, &server = server_, done = std::move(done)](Result<RosterPointer> loaded) mutable {
                 if (!loaded) log("roster refused, the old one is kept", loaded.error());
                 server.post([this, loaded = std::move(loaded), done = std::move(done)] {
                   if (loaded) {
                     context_.roster = *loaded;
                     log("roster loaded");
                   }
                   done();
                 });
               });
}

}  // namespace candour::server
