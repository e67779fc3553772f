// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/doctor/installation.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

#include "client-cli/files/read_file.h"
#include "client-cli/outcome.h"
#include "keyholder/holder_key.h"
#include "keyholder/place.h"
#include "protocol/limits.h"
#include "protocol/pin.h"
#include "protocol/roster.h"
#include "server/process/secrets.h"

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::int32_t kRosterDaysLow = 14;

std::string words(const server::Findings& findings) {
  std::string all;
  for (const auto& finding : findings)
    all += fmt::format("{}{}: {}", all.empty() ? "" : " ", finding.place, finding.error.message.view());
  return all;
}

bool is_on_same_disk(const fs::path& one, const fs::path& other) {
  struct stat a{}, b{};
  return stat(one.c_str(), &a) == 0 && stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

std::string key_place_advice(const server::Config& config) {
  const auto file = server::read_database_key_file(config);
  if (!file) return words(file.error());
  if (config.credentials || file->form() == server::DatabaseKeyFile::Form::passphrase ||
      !is_on_same_disk(config.secrets, config.data))
    return "";
  return "lies in the clear on the disk that holds the database, so whoever takes the disk has both. Pass it "
         "as an encrypted "
         "credential of systemd, keep it on another disk, or take one from a passphrase (candourd rekey "
         "--passphrase).";
}

std::string data_advice(const fs::path& data) {
  struct stat status{};
  if (stat(data.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return "is not there. Run candourd init.";
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return "is open to other users. Run chmod 700 on it.";
  if (status.st_uid == 0) return "belongs to root, so candourd runs as root. Give it a user of its own.";
  return "";
}

std::string disk_advice(const server::Config& config) {
  std::error_code failed;
  const auto disk = fs::space(config.data, failed);
  if (failed) return "cannot be looked at. Check [paths] data.";
  if (disk.available >= config.disk_reserve_mib << 21) return "";
  return "less than twice the disk reserve is free; at the reserve no report is taken. Make room.";
}

Outcome<VerifiedRoster> read_roster(const server::Config& config, Day today) {
  const auto pin_text = read_text_file(config.pin.string(), limits::pin_bytes_max);
  if (!pin_text) return fail(pin_text);
  const auto pin = Pin::parse(*pin_text);
  if (!pin) return fail_about(config.pin.string(), pin);
  const auto note = read_text_file(config.roster.string(), limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster(*note, *pin, today, std::nullopt);
  if (!roster) return std::unexpected(Failure(roster.error()));
  return *std::move(roster);
}

// Nothing to look at where no reports are matched.
Checks check_holders(const server::Config& config, const Outcome<VerifiedRoster>& roster) {
  constexpr const char* what = "key holder";
  if (!roster || !roster->roster().matching) return {};
  if (config.holders_listen.empty())
    return {{what,
             "the roster says that reports are matched, and key holders have nowhere to ask. Write [holders] "
             "listen."}};
  std::error_code failed;
  if (!fs::exists(keyholder::packaged_key, failed)) return {};  // it is elsewhere
  const auto key = keyholder::read_holder_key(keyholder::packaged_key);
  if (!key) return {{what, key.error().text}};
  const auto number = keyholder::find_number(roster->roster(), *key);
  return {{what, number ? "" : std::string(number.error().message.view())}};
}

std::string roster_advice(const Outcome<VerifiedRoster>& roster, Day today) {
  if (!roster) return roster.error().text;
  const auto left = days_between(today, roster->roster().valid_until);
  if (left >= kRosterDaysLow) return "";
  return fmt::format("expires in {} days, and then reporting pauses. Have the steward sign the next one.",
                     left);
}

}  // namespace

Checks check_installation(const server::Config& config, Day today) {
  const auto receipt_seed = server::read_receipt_seed(config);
  const auto roster = read_roster(config, today);
  Checks checks{{"secrets folder", words(server::check_secrets_folder(config))},
                {"database key", key_place_advice(config)},
                {"receipt key", receipt_seed ? "" : words(receipt_seed.error())},
                {"data folder", data_advice(config.data)},
                {"free disk", disk_advice(config)},
                {"roster", roster_advice(roster, today)}};
  std::ranges::move(check_holders(config, roster), std::back_inserter(checks));
  return checks;
}

}  // namespace candour::cli
