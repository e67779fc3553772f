// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/options.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr unsigned threads_max = 16;
constexpr unsigned threads_default_max = 4;

}  // namespace

void ServerOptions::add_to(CLI::App& command) {
  command.add_option("--server", server, "address of the server: http://….onion, https://… or unix:/path")
      ->envname("CANDOUR_SERVER");
  command.add_option("--proxy", proxy, "SOCKS5 proxy HOST:PORT; 127.0.0.1:9050 (Tor) for .onion");
}

Outcome<ServerAddress> ServerOptions::address() const {
  if (server.empty()) {
    return fail_with(Errc::refused, "no server was named. Use --server URL, or set CANDOUR_SERVER.");
  }
  return parse_server_address(server, proxy);
}

void PinOption::add_to(CLI::App& command) {
  command.add_option("--pin", path, "pin file: the root keys that must have signed the roster")
      ->envname("CANDOUR_PIN");
}

Outcome<Pin> PinOption::read() const {
  if (given) return *given;
  if (path.empty()) {
    return fail_with(Errc::refused,
                     "no pin file was named, so nobody's roster can be believed. "
                     "Use --pin FILE, or set CANDOUR_PIN.");
  }
  auto text = read_text_file(path, limits::pin_bytes_max);
  if (!text) return fail(text);
  auto pin = Pin::parse(*text);
  if (!pin) return fail_as(path, *text, FileKind::pin, pin);
  return *std::move(pin);
}

void KeyOptions::add_path_to(CLI::App& command) {
  command.add_option("--key,-i", path, "your key file")->envname("CANDOUR_KEY");
}

void KeyOptions::add_to(CLI::App& command) {
  add_path_to(command);
  add_passphrase_file(command, passphrase_file);
}

void add_passphrase_file(CLI::App& command, std::string& path) {
  command.add_option("--passphrase-file", path, "read the passphrase from the first line of this file")
      ->envname("CANDOUR_PASSPHRASE_FILE");
}

unsigned threads_by_default() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, threads_default_max);
}

void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "processors to use")
      ->check(CLI::Range(1U, threads_max))
      ->capture_default_str();
}

void add_json(CLI::App& command, bool& json) { command.add_flag("--json", json, "print JSON"); }

Day today() { return Day::of(std::chrono::system_clock::now()); }

}  // namespace candour::cli
