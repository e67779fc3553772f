// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/intake.h"

#include <sodium.h>

#include <algorithm>

#include "storage/eviction.h"
#include "storage/sqlcipher.h"
#include "storage/upload_hash.h"

namespace candour::storage {
namespace {

constexpr Error being_erased{Errc::busy, "A report of this id is being erased. Try again later."};
constexpr Error another_report{Errc::conflict, "Another report is stored under this id."};

std::int64_t make_upload_number(const HotIndex& index) {
  for (;;) {
    std::uint64_t random = 0;
    randombytes_buf(&random, sizeof random);
    const auto number = static_cast<std::int64_t>((random & 0x3fffffffffffU) + 1);
    const auto taken = [&](const auto& entry) { return entry.second.number == number; };
    if (!std::ranges::any_of(index.uploads(), taken)) return number;
  }
}

UploadState state_of(const OpenUpload& upload) {
  return {.already_there = true,
          .finished = false,
          .audience = *upload.audience,
          .bytes = upload.bytes,
          .parts = parts_of(upload.bytes),
          .missing = missing_of(upload)};
}

}  // namespace

// A finished report of this id, hot or settled.
Result<std::optional<Placed>> Intake::known(Transaction& tx, const ReportId& id) const {
  if (tx.index.report(id) == nullptr && !tx.index.may_be_settled(id)) return std::nullopt;
  auto placed = library_->place(tx.db, id);
  if (placed) return std::move(*placed);
  if (placed.error().code == Errc::not_found) return std::nullopt;
  return fail(placed);
}

Result<Stored> Intake::accept_report(Transaction& tx, const ReportId& id, const Audience& audience, Day today,
                                     ByteView sealed) const {
  if (tx.index.erasing(id)) return std::unexpected(being_erased);
  if (tx.index.upload(id) != nullptr)
    return fail(Errc::conflict, "An upload of this id is under way. Finish it, or abandon it first.");
  const auto before = known(tx, id);
  if (!before) return fail(before);
  if (*before) {
    const auto& there = **before;
    if (!there.audience->same_members(audience) || there.bytes != sealed.size())
      return std::unexpected(another_report);
    const auto body = library_->piece(tx.db, id, 0);
    if (!body) return fail(body);
    if (!std::ranges::equal(*body, sealed)) return std::unexpected(another_report);
    return Stored{.already_there = true, .day = there.day};
  }
  if (auto room = tx.take_room(sealed.size()); !room) return fail(room);

  const auto names = audience.encode();
  auto insert =
      tx.db.statement("INSERT INTO arrival (id, audience, bytes, day, body) VALUES (?, ?, ?, ?, ?)");
  insert.bind(id).bind(names).bind(static_cast<std::int64_t>(sealed.size()));
  insert.bind(std::int64_t{today.days_since_epoch()}).bind(sealed);
  if (auto done = insert.run(); !done) return fail(done);
  tx.after_commit([id, audience, today, bytes = sealed.size(),
                   key = sqlite3_last_insert_rowid(tx.db.handle())](HotIndex& index) {
    index.add(id, HotReport{.key = key,
                            .upload = 0,
                            .bytes = bytes,
                            .day = today,
                            .seen = 0,
                            .audience = index.shared(audience)});
  });
  return Stored{.already_there = false, .day = today};
}

Result<UploadState> Intake::begin_upload(Transaction& tx, const ReportId& id, const Audience& audience,
                                         std::uint64_t total_bytes, Day today) const {
  if (tx.index.erasing(id) || tx.dropped(id)) return std::unexpected(being_erased);
  if (const auto* open = tx.index.upload(id)) {
    if (!open->audience->same_members(audience) || open->bytes != total_bytes)
      return fail(Errc::conflict, "Another upload of this id is under way.");
    return state_of(*open);
  }
  const auto before = known(tx, id);
  if (!before) return fail(before);
  if (*before) {
    if (!(**before).audience->same_members(audience) || (**before).bytes != total_bytes)
      return std::unexpected(another_report);
    return UploadState{.already_there = true,
                       .finished = true,
                       .audience = audience,
                       .bytes = total_bytes,
                       .parts = parts_of(total_bytes),
                       .missing = {}};
  }
  // Nothing is promised to what has not been sent; but what cannot fit as things are had better not begin.
  if (auto room = tx.has_room(total_bytes); !room) return fail(room);
  if (auto place = make_place(tx, options_); !place) return fail(place);

  const auto number = make_upload_number(tx.index);
  const auto names = audience.encode();
  auto insert =
      tx.db.statement("INSERT INTO upload (id, number, audience, bytes, day) VALUES (?, ?, ?, ?, ?)");
  insert.bind(id).bind(number).bind(names).bind(static_cast<std::int64_t>(total_bytes));
  insert.bind(std::int64_t{today.days_since_epoch()});
  if (auto done = insert.run(); !done) return fail(done);
  const auto parts = parts_of(total_bytes);
  ++tx.uploads.begun;
  tx.after_commit([=, now = options_.clock()](HotIndex& index) {
    index.add(id, OpenUpload{.number = number,
                             .bytes = total_bytes,
                             .day = today,
                             .audience = index.shared(audience),
                             .stored = std::vector<bool>(parts),
                             .stored_parts = 0,
                             .progress = now,
                             .hash = std::make_shared<UploadHash>()});
  });
  return UploadState{.already_there = false,
                     .finished = false,
                     .audience = audience,
                     .bytes = total_bytes,
                     .parts = parts,
                     .missing = {{0, parts - 1}}};
}

Result<> Intake::accept_part(Transaction& tx, const ReportId& id, std::uint32_t index, ByteView part) const {
  if (tx.dropped(id)) return std::unexpected(no_open_upload);
  const auto expected_bytes = expected_part_bytes_in(tx.index, id, index);
  if (!expected_bytes) return fail(expected_bytes);
  const auto* upload = tx.index.upload(id);
  if (part.size() != *expected_bytes)
    return fail(Errc::malformed, "Every part is 1 MiB long, and the last one is the rest.");
  if (upload->stored[index]) {
    const auto there = library_->piece(tx.db, id, index);
    if (!there) return fail(there);
    if (!std::ranges::equal(*there, part))
      return fail(Errc::conflict, "Other bytes were stored for this part. Abandon the upload to start over.");
    return {};
  }
  if (auto room = tx.take_room(part.size()); !room) return room;
  if (auto place = make_place_for_part(tx, options_, id, part.size()); !place) return place;
  const auto key = (upload->number << 16U) | index;
  {
    auto insert = tx.db.statement("INSERT INTO upload_part (key, body) VALUES (?, zeroblob(?))");
    insert.bind(key).bind(static_cast<std::int64_t>(part.size()));
    if (auto done = insert.run(); !done) return done;
  }
  if (auto done = tx.db.fill("upload_part", "body", key, part); !done) return done;
  tx.uploads.used.push_back(id);
  tx.after_commit([id, index, now = options_.clock()](HotIndex& hot) { hot.add_part(id, index, now); });
  return {};
}

Result<Stored> Intake::finish_upload(Transaction& tx, const ReportId& id, std::int64_t number,
                                     Day today) const {
  const auto* upload = tx.index.upload(id);
  if (tx.dropped(id)) return std::unexpected(no_open_upload);
  if (upload == nullptr) {
    // Two finishes can cross: the second one finds the report. Both had the right hash.
    const auto before = known(tx, id);
    if (!before) return fail(before);
    if (*before) return Stored{.already_there = true, .day = (**before).day};
    return std::unexpected(no_open_upload);
  }
  if (upload->number != number) return std::unexpected(no_open_upload);
  const auto names = upload->audience->encode();
  auto insert =
      tx.db.statement("INSERT INTO arrival (id, audience, bytes, day, upload) VALUES (?, ?, ?, ?, ?)");
  insert.bind(id).bind(names).bind(static_cast<std::int64_t>(upload->bytes));
  insert.bind(std::int64_t{today.days_since_epoch()}).bind(upload->number);
  if (auto done = insert.run(); !done) return fail(done);
  auto remove = tx.db.statement("DELETE FROM upload WHERE id = ?");
  if (auto done = remove.bind(id).run(); !done) return fail(done);
  tx.uploads.used.push_back(id);
  tx.after_commit([=, key = sqlite3_last_insert_rowid(tx.db.handle()),
                   report = HotReport{.key = 0,
                                      .upload = upload->number,
                                      .bytes = upload->bytes,
                                      .day = today,
                                      .seen = 0,
                                      .audience = upload->audience}](HotIndex& index) mutable {
    report.key = key;
    index.remove_upload(id);
    index.add(id, std::move(report));
  });
  return Stored{.already_there = false, .day = today};
}

Result<> Intake::mark_seen(Transaction& tx, const ReportId& id, std::string_view caseworker) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  if (info->seen) return {};
  if (tx.index.report(id) == nullptr) {
    auto mark = tx.db.statement("UPDATE reader SET seen = 1 WHERE caseworker = ? AND id = ?");
    return mark.bind(caseworker).bind(id).run();
  }
  auto mark = tx.db.statement("INSERT INTO arrival_seen (id, caseworker) VALUES (?, ?)");
  if (auto done = mark.bind(id).bind(caseworker).run(); !done) return done;
  const auto bit = 1U << info->audience.place_of(caseworker).value();
  tx.after_commit([id, bit](HotIndex& index) { index.mark_seen(id, bit); });
  return {};
}

Result<> Intake::admit(Transaction& tx, const ReportId& id, std::string_view caseworker,
                       const std::string& who) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  if (info->audience.contains(who)) return {};
  const auto more = info->audience.with(who);
  if (!more) return fail(more);
  const auto names = more->encode_admitted();
  auto row = tx.db.statement("INSERT OR REPLACE INTO admitted (id, names) VALUES (?, ?)");
  if (auto done = row.bind(id).bind(names).run(); !done) return done;
  if (tx.index.report(id) != nullptr) {
    tx.after_commit([id, more = *more](HotIndex& index) { index.set_audience(id, more); });
    return {};
  }
  auto reader = tx.db.statement("INSERT INTO reader (caseworker, id, seen) VALUES (?, ?, 0)");
  return reader.bind(who).bind(id).run();
}

}  // namespace candour::storage
