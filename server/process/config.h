// SPDX-License-Identifier: AGPL-3.0-or-later
// candourd.toml (docs/spec/cli.md "Server"; deploy/candourd.toml explains every line). An unknown key is
// refused: a mistyped bound must not silently be none. All that is wrong is found at once, each with its line
// and key. Only the text is looked at here; server/setup.h looks at what it names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "server/process/finding.h"

namespace candour::server {

struct Config {
  std::string reporter_listen;
  bool reporter_proxy_header = false;  // Tor's PROXY line comes first
  std::string desk_listen;
  bool desk_proxy_header = false;
  std::string desk_origin;
  std::string holders_listen;  // empty: there are none
  bool holders_proxy_header = false;

  std::filesystem::path data;
  std::filesystem::path secrets;
  bool credentials = false;  // `secrets` is the folder in which systemd passes credentials
  std::filesystem::path pages;
  std::filesystem::path pin;
  std::filesystem::path roster;

  // [limits], all optional; 0 is never a legal value.
  std::uint64_t connections = 1024;
  std::uint64_t idle_seconds = 75;
  std::uint64_t head_seconds = 30;
  std::uint64_t body_window_seconds = 60;
  std::uint64_t bodies_mib = 32;
  std::uint64_t circuit_connections_per_minute = 600;
  std::uint64_t circuit_reports_per_minute = 60;
  std::uint64_t circuit_mib_per_minute = 4096;
  std::uint64_t circuit_drops_per_minute = 60;
  std::uint64_t uploads_per_minute = 600;
  std::uint64_t drops_per_minute = 120;
  std::uint64_t caseworker_puts_per_minute = 120;
  std::uint64_t open_uploads = 1024;
  std::uint64_t stored_gib = 1024;
  std::uint64_t disk_reserve_mib = 1024;

  std::uint64_t index_minutes = 60;  // [drops]: divides 60

  // "FILE: [table] key", for findings about what a value names.
  std::string place(std::string_view key) const;
  std::filesystem::path file;

  std::filesystem::path database_key() const { return secrets / "database.key"; }
  std::filesystem::path new_database_key() const { return secrets / "database.key.new"; }  // while rekeying
  std::filesystem::path receipt_key() const { return secrets / "receipt.key"; }
};

Checked<Config> load_config(const std::filesystem::path& file);
// `file` is for the places alone.
Checked<Config> parse_config(std::string_view text, const std::filesystem::path& file = "candourd.toml");

}  // namespace candour::server
