// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/eviction.h"

#include <optional>
#include <tuple>

namespace candour::storage {
namespace {

constexpr Error all_in_use{Errc::busy, "Too many uploads are under way. Try again later."};

bool is_silent(const OpenUpload& upload, const Options& options) {
  return options.clock() - upload.progress >= options.upload_patience;
}

// What it would cost whoever sent it to have it put out.
std::uint32_t proven_parts(const OpenUpload& upload) { return upload.stored[0] ? upload.stored_parts : 0; }

// The emptiest one, and of equals the one that has been silent for longest. One that is being sent is never it.
const ReportId* next_to_go(const Transaction& tx, const Options& options, std::uint32_t parts_below) {
  const ReportId* found = nullptr;
  std::tuple<std::uint32_t, std::chrono::steady_clock::time_point> least;
  for (const auto& [id, upload] : tx.index.uploads()) {
    const auto parts = proven_parts(upload);
    if (parts >= parts_below || (parts > 0 && !is_silent(upload, options))) continue;
    const std::tuple rank(parts, upload.progress);
    if (found != nullptr && rank >= least) continue;
    if (tx.used(id) || tx.dropped(id)) continue;
    found = &id;
    least = rank;
  }
  return found;
}

}  // namespace

Result<> make_place(Transaction& tx, const Options& options) {
  const auto open = tx.index.uploads().size() + tx.uploads.begun - tx.uploads.dropped.size();
  if (open < options.quotas->open_uploads_max &&
      tx.index.open_upload_bytes() < options.quotas->open_upload_bytes_max)
    return {};
  const auto* id = next_to_go(tx, options, ~std::uint32_t{0});
  if (id == nullptr) return std::unexpected(all_in_use);
  return drop_upload(tx, *id);
}

Result<> make_place_for_part(Transaction& tx, const Options& options, const ReportId& id,
                             std::uint64_t bytes) {
  if (tx.index.open_upload_bytes() + bytes <= options.quotas->open_upload_bytes_max) return {};
  const auto* least = next_to_go(tx, options, proven_parts(*tx.index.upload(id)));
  if (least == nullptr || *least == id) return std::unexpected(all_in_use);
  return drop_upload(tx, *least);
}

Result<> drop_upload(Transaction& tx, const ReportId& id) {
  const auto& upload = *tx.index.upload(id);
  auto row = tx.db.statement("DELETE FROM upload WHERE id = ?");
  if (auto done = row.bind(id).run(); !done) return done;
  const auto number = upload.number;
  const bool holds_parts = upload.stored_parts > 0;
  if (holds_parts) {
    auto note = tx.db.statement("INSERT INTO erasing (id, upload) VALUES (?, ?)");
    if (auto done = note.bind(id).bind(number).run(); !done) return done;
  }
  tx.uploads.dropped.push_back(id);
  tx.after_commit([=](HotIndex& index) {
    index.remove_upload(id);
    if (holds_parts) index.set_erasing(id, number);
  });
  return {};
}

bool is_unproven(const OpenUpload& upload, const Options& options) {
  return proven_parts(upload) == 0 && is_silent(upload, options);
}

}  // namespace candour::storage
