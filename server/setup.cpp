// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/setup.h"

#include <utility>

#include "protocol/limits.h"
#include "server/process/secrets.h"
#include "server/read_file.h"

namespace candour::server {
namespace {

bool same_place(const Address& one, const Address& other) {
  if (encode_address(one) != encode_address(other)) return false;
  const auto* loopback = std::get_if<LoopbackAddress>(&one);
  return loopback == nullptr || loopback->port != 0;  // port 0: each gets its own
}

Result<Pin> read_pin(const std::filesystem::path& file, std::string& text) {
  auto read = read_file(file, limits::pin_bytes_max);
  if (!read) return fail(Errc::io, "cannot read the pin file. Check the path and its permissions.");
  text = std::move(*read);
  return Pin::parse(text);
}

}  // namespace

Checked<Setup> load_setup(const std::filesystem::path& config_file) {
  auto config = load_config(config_file);
  if (!config) return std::unexpected(std::move(config.error()));
  Findings found = check_secrets_folder(*config);
  auto reporter = parse_address(config->reporter_listen);
  auto desk = parse_address(config->desk_listen);
  std::optional<Result<Address>> holders;
  if (!config->holders_listen.empty()) holders = parse_address(config->holders_listen);
  auto pages = load_pages(config->pages);
  std::string pin_file;
  auto pin = read_pin(config->pin, pin_file);
  note_failure(found, config->place("[reporter] listen"), reporter);
  note_failure(found, config->place("[desk] listen"), desk);
  if (holders) note_failure(found, config->place("[holders] listen"), *holders);
  note_failure(found, config->place("[paths] pages"), pages);
  note_failure(found, config->place("[paths] pin"), pin);
  const auto differ = [&](const Result<Address>& one, const Result<Address>& other, std::string_view key,
                          Literal message) {
    if (one && other && same_place(*one, *other))
      found.push_back({config->place(key), {Errc::conflict, message}});
  };
  differ(desk, reporter, "[desk] listen", "the same as [reporter] listen. Give each listener its own.");
  if (holders) {
    differ(*holders, reporter, "[holders] listen",
           "the same as [reporter] listen. Give each listener its own.");
    differ(*holders, desk, "[holders] listen", "the same as [desk] listen. Give each listener its own.");
  }
  if (!found.empty()) return std::unexpected(std::move(found));
  return Setup{.config = std::move(*config),
               .reporter = std::move(*reporter),
               .desk = std::move(*desk),
               .holders = holders ? std::optional(std::move(**holders)) : std::nullopt,
               .pages = std::move(*pages),
               .pin_file = std::move(pin_file),
               .pin = std::move(*pin)};
}

}  // namespace candour::server
