// SPDX-License-Identifier: AGPL-3.0-or-later
// candour desk: the caseworkers' page, served to the browser on this computer alone (docs/spec/desk.md).
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "client-cli/commands/commands.h"
#include "client-cli/desk_page/desk_host.h"
#include "client-cli/desk_page/desk_routes.h"
#include "client-cli/desk_page/door.h"
#include "client-cli/terminal/say.h"
#include "server/http/pages.h"
#include "server/net/server.h"

namespace candour::cli {
namespace {

constexpr unsigned idle_minutes_max = 60;
constexpr int exit_interrupted = 130;
constexpr int look_every_ms = 200;

struct Options {
  CaseDeskOptions desk;
  std::string pages;
  std::uint16_t port = 0;
  unsigned idle_minutes = 10;
};

// Beside the program, where both were installed.
std::string installed_pages() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "share/candour/desk").string();
}

void say_way(Door& door, const std::string& host) {
  say("The desk is at http://{}/#{}", host, door.make_way());
  (void)std::fflush(stdout);
}

// A new way in for every Enter in the terminal, until it is told to stop.
class Terminal {
 public:
  Terminal(Door& door, std::string host) : thread_([this, &door, host] { listen(door, host); }) {}
  ~Terminal() {
    stopping_ = true;
    thread_.join();
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

 private:
  void listen(Door& door, const std::string& host) {
    std::array<char, 256> typed{};
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (!stopping_) {
      if (poll(&input, 1, look_every_ms) <= 0) continue;
      const ssize_t got = ::read(STDIN_FILENO, typed.data(), typed.size());
      if (got <= 0) return;  // no terminal, or it has ended
      if (std::string_view(typed.data(), static_cast<std::size_t>(got)).contains('\n')) say_way(door, host);
    }
  }

  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

Outcome<> run(const Options& options) {
  if (auto may = options.desk.check(); !may) return may;
  const std::string folder = options.pages.empty() ? installed_pages() : options.pages;
  const auto pages = server::load_pages(folder);
  if (!pages) return fail_about(folder, pages);
  Door door;
  server::Router router(server::Listens::to_desk_page);
  server::Server server{server::Limits{}};
  DeskHost host(options.desk,
                std::chrono::minutes(options.idle_minutes));  // answers to the loop, which outlives it
  server::add_page_routes(router, *pages,
                          [&door](const server::Request& request) { return door.refuse_stranger(request); });
  add_desk_page_routes(router, door, host);
  const auto at = server.listen(server::LoopbackAddress{.v6 = false, .port = options.port},
                                server::Preamble::none, router);
  if (!at) return fail_about("--port", at);
  const std::string address = fmt::format("127.0.0.1:{}", std::get<server::LoopbackAddress>(*at).port);
  door.set_host(address);
  // A second one does not wait for what is under way.
  const auto stop = [&server, asked = std::make_shared<bool>(false)] {
    if (std::exchange(*asked, true)) std::_Exit(exit_interrupted);
    server.stop();
  };
  server.on_signal(SIGINT, stop);
  server.on_signal(SIGTERM, stop);
  say_way(door, address);
  say("Open it in a browser on this computer. It is good once: press Enter here for a new one.");
  say("Leave this window open while you work. Ctrl-C ends the desk and forgets everything that it has "
      "opened.");
  (void)std::fflush(stdout);
  const Terminal terminal(door, address);
  server.run();
  return {};
}

}  // namespace

void add_desk(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("desk", "work with your cases in a browser on this computer");
  command->add_option("--port", options->port, "of 127.0.0.1; 0: any that is free");
  command->add_option("--idle", options->idle_minutes, "minutes without you until it locks itself")
      ->check(CLI::Range(1U, idle_minutes_max))
      ->capture_default_str();
  command
      ->add_option("--pages", options->pages,
                   "the folder of the built page; by default the one that was installed")
      ->envname("CANDOUR_DESK_PAGES");
  command
      ->add_option("--invitation", options->desk.invitation,
                   "the file that the operator gave you, in place of --server and --pin")
      ->envname("CANDOUR_INVITATION");
  command->add_option("--torrc", options->desk.torrc,
                      "with an invitation: lines for the desk's own Tor, as for bridges");
  options->desk.desk.add_without_passphrase_to(*command);
  options->desk.pin.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
