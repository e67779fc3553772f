// SPDX-License-Identifier: AGPL-3.0-or-later
// `candourd backup`: a consistent copy of the database under a key of its own, proved, at a place of the
// operator's choice. A running server makes the copy in its data folder, and this command takes it away;
// without one, this command opens the database itself.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "server/commands.h"
#include "server/control/client.h"
#include "server/control/routes.h"
#include "server/groundwork.h"
#include "server/process/descriptor.h"
#include "server/process/hardening.h"
#include "server/process/key_file.h"
#include "server/process/secrets.h"
#include "server/unlock.h"
#include "server/wait.h"
#include "storage/database_file.h"
#include "storage/store.h"

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr Literal kNotWritten =
    "the backup cannot be written there. Check the folder, its permissions and its free space.";

bool copy_bytes(const fs::path& from, const fs::path& to) {
  const Descriptor source(open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  const Descriptor target(
      open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    const auto count = read(source.get(), piece.data(), piece.size());
    if (count == 0) return fsync(target.get()) == 0;
    if (count < 0 || write(target.get(), piece.data(), static_cast<std::size_t>(count)) != count)
      return false;
  }
}

// Gives `from` the name `to`, on another file system too, and never in place of another file.
Result<> move_file(const fs::path& from, const fs::path& to) {
  auto partial = to;
  partial += ".partial";
  if (link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return fail(Errc::conflict, "there is a file of that name already. Choose another.");
    unlink(partial.c_str());
    const bool copied = copy_bytes(from, partial) && link(partial.c_str(), to.c_str()) == 0;
    unlink(partial.c_str());
    if (!copied) return fail(Errc::io, kNotWritten);
  }
  const Descriptor folder(open(to.has_parent_path() ? to.parent_path().c_str() : ".", O_RDONLY | O_CLOEXEC));
  if (fsync(folder.get()) != 0) return fail(Errc::io, kNotWritten);
  unlink(from.c_str());
  return {};
}

Result<> have_server_copy(const fs::path& data, const ServerSecret& key) {
  const auto status = ask_server(data, "POST", "/backup", key.reveal());
  if (!status) return fail(status);
  switch (*status) {
    case 201:
      return {};
    case 409:
      return fail(Errc::busy, "the server is making another backup. Wait for that one.");
    case 507:
      return fail(
          Errc::busy,
          "the data folder has no room for a copy beside the disk reserve. Free some space, or stop the "
          "server and run this again: then the copy is made at its place.");
    default:
      return fail(Errc::io, "the server could not make the copy. It logged why.");
  }
}

Result<> copy_without_server(const Config& config, const ServerSecret& key, const fs::path& to) {
  const auto database_key = unlock_database(config);
  if (!database_key) return std::unexpected(database_key.error().front().error);
  const auto store = storage::Store::open(config.data, *database_key);
  if (!store) return fail(store);
  return wait_for<void>(
      [&](auto done) { (*store)->backup_to(to, ServerSecret::copy_of(key.reveal()), std::move(done)); });
}

}  // namespace

Findings backup(const CommandOptions& options) {
  if (const auto hardened = harden_process(); !hardened) return {{"", hardened.error()}};
  const auto config = load_config(options.config);
  if (!config) return config.error();
  if (auto found = check_secrets_folder(*config); !found.empty()) return found;
  const fs::path to = fs::absolute(options.file).lexically_normal();
  if (fs::exists(fs::symlink_status(to)))
    return {{to.string(), {Errc::conflict, "there is a file of that name already. Choose another."}}};
  const fs::path key_file = backup_key_file(*config, options);
  auto key = read_key_file(key_file);
  if (!key && key.error().code == Errc::not_found) {
    key = create_key_file(key_file);
    if (key)
      fmt::print(stderr,
                 "candourd: made {}. Keep a copy of it apart from the backups: without it they are noise.\n",
                 key_file.string());
  }
  if (!key) return {{key_file.string(), key.error()}};

  auto copied = have_server_copy(config->data, *key);
  if (copied) {
    copied = move_file(config->data / kBackupFile, to);
    if (!copied) unlink((config->data / kBackupFile).c_str());
  } else if (copied.error().code == Errc::not_found) {
    copied = copy_without_server(*config, *key, to);
  }
  if (!copied) return {{to.string(), copied.error()}};
  const auto facts = storage::verify_database(to, *key);
  if (!facts) return {{to.string(), facts.error()}};
  fmt::print(stderr, "candourd: backup made and proved, {} reports\n", facts->reports);
  return {};
}

}  // namespace candour::server
