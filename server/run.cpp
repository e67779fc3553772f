// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd run`: from a configuration to a running server, and back down again in order.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "crypto/sign/signing_key.h"
#include "protocol/limits.h"
#include "server/commands.h"
#include "server/control/routes.h"
#include "server/day_clock.h"
#include "server/net/server.h"
#include "server/process/hardening.h"
#include "server/process/log.h"
#include "server/process/readiness.h"
#include "server/process/secrets.h"
#include "server/roster_keeper.h"
#include "server/routes/context.h"
#include "server/routes/pages.h"
#include "server/setup.h"
#include "server/wait.h"
#include "storage/store.h"

namespace candour::server {
namespace {

constexpr unsigned kControlMode = 0600;

Limits limits_of(const Config& config) {
  Limits limits;
  limits.connections_max = config.connections;
  limits.idle_max = std::chrono::seconds(config.idle_seconds);
  limits.head_max = std::chrono::seconds(config.head_seconds);
  limits.rate_window = std::chrono::seconds(config.body_window_seconds);
  limits.circuit_connections_per_minute = config.circuit_connections_per_minute;
  limits.circuit_reports_per_minute = config.circuit_reports_per_minute;
  limits.circuit_bytes_per_minute = config.circuit_mib_per_minute << 20;
  limits.uploads_per_minute = config.uploads_per_minute;
  limits.bodies_bytes_max = std::max<std::size_t>(config.bodies_mib << 20, storage::part_bytes);
  return limits;
}

Preamble preamble_of(bool proxy_header) { return proxy_header ? Preamble::proxy_header : Preamble::none; }

storage::Options options_of(const Config& config) {
  storage::Options options;
  // The roster's policy bounds one report; the store only has to take what a policy may say.
  options.upload_bytes_max = candour::limits::member_bytes_max;
  options.open_uploads_max = config.open_uploads;
  options.stored_bytes_max = config.stored_gib << 30;
  options.disk_reserve_bytes = config.disk_reserve_mib << 20;
  options.queue_bytes_max = config.bodies_mib << 20;
  return options;
}

// The newest roster there is: that of the file, or the one accepted last where the file is refused.
Result<RosterPointer> first_roster(RosterKeeper& keeper, Day today) {
  auto stored = keeper.stored();
  if (!stored && stored.error().code != Errc::not_found) return stored;
  const RosterPointer current = stored ? *stored : nullptr;
  auto loaded = wait_for<RosterPointer>(
      [&keeper, &current, today](auto done) { keeper.load(current, today, std::move(done)); });
  if (loaded || !current || !keeper.fits(*current)) return loaded;
  log("roster refused, the one accepted last is kept", loaded.error());
  return current;
}

Findings serve(Setup setup, storage::Store& store, const ReceiptSigner& receipts, Server& server) {
  RosterKeeper keeper(store, setup.pin, receipts.verifier_key(), setup.config.roster);
  const auto now = [] { return std::chrono::system_clock::now(); };
  auto roster = first_roster(keeper, Day::of(now()));
  if (!roster) return {{setup.config.place("[paths] roster"), roster.error()}};
  Context context{.store = store,
                  .receipts = receipts,
                  .desk_origin = setup.config.desk_origin,
                  .now = now,
                  .roster = std::move(*roster),
                  .sessions = {}};
  if (!context.roster->roster().is_valid_on(context.today()))
    log("the roster is expired: reporting is paused");

  Router reporter;
  add_page_routes(reporter, setup.pages);
  add_pin_route(reporter, setup.pin_file);
  add_roster_routes(reporter, context);
  add_report_routes(reporter, context);
  add_upload_routes(reporter, context);
  add_withdrawal_routes(reporter, context);
  Router desk;
  add_roster_routes(desk, context);
  add_session_routes(desk, context);
  add_desk_report_routes(desk, context);
  add_desk_case_routes(desk, context);

  const auto reporter_at =
      server.listen(setup.reporter, preamble_of(setup.config.reporter_proxy_header), reporter);
  if (!reporter_at) return {{setup.config.place("[reporter] listen"), reporter_at.error()}};
  const auto desk_at = server.listen(setup.desk, preamble_of(setup.config.desk_proxy_header), desk);
  if (!desk_at) return {{setup.config.place("[desk] listen"), desk_at.error()}};

  Control control{.context = context,
                  .data = setup.config.data,
                  .disk_reserve_bytes = setup.config.disk_reserve_mib << 20,
                  .sized_on = {}};
  Router control_router;
  add_metrics_route(control_router, control);
  add_backup_route(control_router, control);
  const auto control_at =
      server.listen(UnixAddress{(setup.config.data / kControlSocket).string(), kControlMode}, Preamble::none,
                    control_router);
  if (!control_at) return {{setup.config.place("[paths] data"), control_at.error()}};

  const auto stop = [&server] {
    notify_stopping();
    server.stop();
  };
  server.on_signal(SIGTERM, stop);
  server.on_signal(SIGINT, stop);
  server.on_signal(SIGHUP, [&keeper, &context, &server] {
    keeper.load(context.roster, context.today(), [&context, &server](Result<RosterPointer> loaded) mutable {
      if (!loaded) return log("roster refused, the old one is kept", loaded.error());
      server.post([&context, loaded = std::move(*loaded)] {
        context.roster = loaded;
        log("roster loaded");
      });
    });
  });
  DayClock days(server, context);
  days.start();

  log_ready(encode_address(*reporter_at), encode_address(*desk_at));
  notify_ready();
  server.run();
  return {};
}

}  // namespace

Findings run(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  auto setup = load_setup(options.config);
  if (!setup) return setup.error();
  const auto receipt_seed = read_receipt_seed(setup->config);
  if (!receipt_seed) return receipt_seed.error();
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*receipt_seed));
  // The loop outlives the store: what the store still has to say when it closes is posted to the loop.
  Server server(limits_of(setup->config));
  auto database_key = read_database_key(setup->config);
  if (!database_key) return database_key.error();
  auto store = storage::Store::open(setup->config.data, *database_key, options_of(setup->config));
  if (!store && store.error().code == Errc::not_authentic &&
      std::filesystem::exists(setup->config.new_database_key())) {
    return {{setup->config.new_database_key().string(),
             {Errc::conflict, "a change of the database's key was cut short. Run candourd rekey again."}}};
  }
  if (!store) return {{setup->config.place("[paths] data"), store.error()}};
  // Its connections are open, and hold copies of their own; ours is wiped.
  *database_key = ServerSecret();
  auto found = serve(std::move(*setup), **store, receipts, server);
  if (found.empty()) log("stopped");
  return found;
}

}  // namespace candour::server
