// SPDX-License-Identifier: AGPL-3.0-or-later
// POST /backup on the control socket: a copy of the database under the key in the body, at backup.db in the
// data folder, from where `candourd backup` takes it. The server writes nowhere else (server/process/
// confine.h), and is never told where backups are kept.
#include <sodium.h>

#include <span>
#include <system_error>
#include <utility>

#include "server/control/routes.h"
#include "server/process/log.h"

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 32;

// The client is our own: the number says it all.
Response status(std::uint16_t number) { return {.status = number, .headers = {}, .body = {}}; }

// A copy that nobody came for, whole or half.
void remove_leftovers(const fs::path& data) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(data, error)) {
    std::error_code ignored;
    if (entry.path().filename().native().starts_with(kBackupFile)) fs::remove(entry.path(), ignored);
  }
}

bool has_room(const Control& control) {
  std::error_code failed;
  const auto disk = fs::space(control.data, failed);
  return !failed &&
         disk.available >= control.context.store.figures().database_bytes + control.quotas.disk_reserve_bytes;
}

}  // namespace

void add_backup_route(Router& router, Control& control) {
  router.add({.method = Method::post,
              .pattern = "/backup",
              .body_bytes_max = kKeyBytes,
              .handler = [&control](Request request, Reply reply) {
                if (request.body.size() != kKeyBytes) return reply(status(400));
                auto key = Secret<kKeyBytes>::copy_of(std::span(request.body).first<kKeyBytes>());
                sodium_memzero(request.body.data(), request.body.size());
                if (control.backing_up->exchange(true)) return reply(status(409));
                remove_leftovers(control.data);
                if (!has_room(control)) {
                  *control.backing_up = false;
                  return reply(status(507));
                }
                control.context.store.backup_to(
                    control.data / kBackupFile, std::move(key),
                    [backing_up = control.backing_up, reply = std::move(reply)](Result<> done) mutable {
                      *backing_up = false;
                      if (!done) log("a backup failed", done.error());
                      reply(status(done ? 201 : 500));
                    });
              }});
}

}  // namespace candour::server
