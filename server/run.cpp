// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd run`: from a configuration to a running server, and back down again in order.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/sign/signing_key.h"
#include "protocol/limits.h"
#include "server/commands.h"
#include "server/control/routes.h"
#include "server/day_clock.h"
#include "server/drop_index.h"
#include "server/http/pages.h"
#include "server/net/server.h"
#include "server/process/confine.h"
#include "server/process/hardening.h"
#include "server/process/log.h"
#include "server/process/secrets.h"
#include "server/process/service_manager.h"
#include "server/reload.h"
#include "server/roster_keeper.h"
#include "server/routes/context.h"
#include "server/settings.h"
#include "server/setup.h"
#include "server/unlock.h"
#include "server/wait.h"
#include "storage/store.h"

namespace candour::server {
namespace {

constexpr unsigned kControlMode = 0600;

// Tells the service manager that the loop turns, twice as often as it wants to hear it.
class Heartbeat {
 public:
  Heartbeat(Server& server, ServiceManager& manager) : server_(server), manager_(manager) {}
  void start() {
    const auto period = manager_.watchdog();
    if (period.count() == 0) return;
    manager_.alive();
    server_.after(std::max(period / 2, std::chrono::seconds(1)), [this] { start(); });
  }

 private:
  Server& server_;
  ServiceManager& manager_;
};

Preamble preamble_of(bool proxy_header) { return proxy_header ? Preamble::proxy_header : Preamble::none; }

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

#ifdef CANDOUR_UNCONFINED
constexpr bool kConfined = false;
#else
constexpr bool kConfined = true;
#endif

Reach reach_of(const Setup& setup) {
  const Config& config = setup.config;
  Reach reach{.read = {std::filesystem::absolute(config.file).parent_path(), config.roster.parent_path(),
                       "/dev/null"},
              .read_write = {config.data},
              .make_sockets = {}};
  for (const auto& address : {std::optional(setup.reporter), std::optional(setup.desk), setup.holders}) {
    const auto* at = address ? std::get_if<UnixAddress>(&*address) : nullptr;
    if (at != nullptr) reach.make_sockets.push_back(std::filesystem::path(at->path).parent_path());
  }
  return reach;
}

// Before the first thread, and before anything that came from a stranger is read.
Findings give_up_what_serving_does_not_take(const Setup& setup) {
  if (!kConfined) return {};
  if (!keep_memory_from_swap()) {
    log("secrets in memory may reach swap: set LimitMEMLOCK=infinity in the service's unit file, or switch "
        "swap off");
  }
  if (const auto confined = confine_files(reach_of(setup)); !confined) return {{"", confined.error()}};
  if (const auto dropped = drop_capabilities(); !dropped) return {{"", dropped.error()}};
  return {};
}

Findings serve(const Setup& setup, storage::Store& store, storage::Quotas& quotas,
               const ReceiptSigner& receipts, Server& server, ServiceManager& manager) {
  RosterKeeper keeper(store, setup.pin, receipts.verifier_key(), setup.config.roster);
  const auto now = [] { return std::chrono::system_clock::now(); };
  auto roster = first_roster(keeper, Day::of(now()));
  if (!roster) return {{setup.config.place("[paths] roster"), roster.error()}};
  Context context{.store = store,
                  .receipts = receipts,
                  .desk_origin = setup.config.desk_origin,
                  .now = now,
                  .roster = std::move(*roster),
                  .sessions = {},
                  .drops_per_minute = setup.config.drops_per_minute,
                  .caseworker_puts_per_minute = setup.config.caseworker_puts_per_minute};
  if (!context.roster->roster().is_valid_on(context.today()))
    log("the roster is expired: reporting is paused");

  Router reporter(Listens::to_reporters);
  add_page_routes(reporter, setup.pages);
  add_pin_route(reporter, setup.pin_file);
  add_roster_routes(reporter, context);
  add_report_routes(reporter, context);
  add_upload_routes(reporter, context);
  add_plain_routes(reporter, context);
  add_withdrawal_routes(reporter, context);
  add_drop_routes(reporter, context);
  add_evaluation_routes(reporter, context);
  Router desk;
  add_roster_routes(desk, context);
  add_session_routes(desk, context);
  add_desk_report_routes(desk, context);
  add_desk_case_routes(desk, context);
  add_desk_drop_routes(desk, context);
  add_desk_event_routes(desk, context);
  Router holders;
  add_roster_routes(holders, context);
  add_batch_routes(holders, context);

  const auto reporter_at =
      server.listen(setup.reporter, preamble_of(setup.config.reporter_proxy_header), reporter);
  if (!reporter_at) return {{setup.config.place("[reporter] listen"), reporter_at.error()}};
  const auto desk_at = server.listen(setup.desk, preamble_of(setup.config.desk_proxy_header), desk);
  if (!desk_at) return {{setup.config.place("[desk] listen"), desk_at.error()}};
  std::string holders_at;
  if (setup.holders) {
    const auto at = server.listen(*setup.holders, preamble_of(setup.config.holders_proxy_header), holders);
    if (!at) return {{setup.config.place("[holders] listen"), at.error()}};
    holders_at = encode_address(*at);
  }

  Control control{.context = context, .data = setup.config.data, .quotas = quotas, .sized_on = {}};
  Router control_router;
  add_metrics_route(control_router, control);
  add_backup_route(control_router, control);
  const auto control_at =
      server.listen(UnixAddress{(setup.config.data / kControlSocket).string(), kControlMode}, Preamble::none,
                    control_router);
  if (!control_at) return {{setup.config.place("[paths] data"), control_at.error()}};

  const auto stop = [&server, &manager] {
    manager.stopping();
    server.stop();
  };
  server.on_signal(SIGTERM, stop);
  server.on_signal(SIGINT, stop);
  Reload reload(setup.config, server, quotas, keeper, context);
  server.on_signal(SIGHUP, [&reload, &manager] {
    manager.reloading();
    reload.begin([&manager] { manager.ready(); });
  });
  Heartbeat heartbeat(server, manager);
  heartbeat.start();
  DayClock days(server, context);
  days.start();
  DropIndex drop_index(server, context, setup.config.index_minutes);
  drop_index.start();

  if (kConfined) {
    if (const auto confined = confine_calls(); !confined) return {{"", confined.error()}};
  }
  log_ready(encode_address(*reporter_at), encode_address(*desk_at), holders_at);
  manager.ready();
  server.run();
  return {};
}

}  // namespace

Findings run(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  ServiceManager manager;
  const auto setup = load_setup(options.config);
  if (!setup) return setup.error();
  const auto receipt_seed = read_receipt_seed(setup->config);
  if (!receipt_seed) return receipt_seed.error();
  const ReceiptSigner receipts(sign::SigningKey::from_seed(*receipt_seed));
  // The loop outlives the store: what the store still has to say when it closes is posted to the loop.
  Server server(limits_of(setup->config));
  auto database_key = unlock_database(setup->config);
  if (!database_key) return database_key.error();
  if (auto found = give_up_what_serving_does_not_take(*setup); !found.empty()) return found;
  const storage::Options store_options = options_of(setup->config);
  const auto store = storage::Store::open(setup->config.data, *database_key, store_options);
  if (!store) return {not_opened(setup->config, store.error())};
  // Its connections are open, and hold copies of their own; ours is wiped.
  *database_key = ServerSecret();
  auto found = serve(*setup, **store, *store_options.quotas, receipts, server, manager);
  if (found.empty()) log("stopped");
  return found;
}

}  // namespace candour::server
