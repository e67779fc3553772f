// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/hot_index.h"

#include <algorithm>

#include "storage/options.h"
#include "storage/upload_hash.h"

namespace candour::storage {
namespace {

constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

constexpr std::size_t audiences_kept_max = 4096;

Result<ReportId> id_in(ByteView bytes) {
  ReportId id{};
  if (bytes.size() != id.bytes.size()) return std::unexpected(damaged);
  std::ranges::copy(bytes, id.bytes.begin());
  return id;
}

}  // namespace

std::uint32_t parts_of(std::uint64_t bytes) {
  return static_cast<std::uint32_t>((bytes + part_bytes - 1) / part_bytes);
}

std::size_t length_of_part(std::uint64_t total_bytes, std::uint32_t index) {
  const auto before = std::uint64_t{index} * part_bytes;
  return static_cast<std::size_t>(std::min<std::uint64_t>(total_bytes - before, part_bytes));
}

std::vector<PartRange> missing_of(const OpenUpload& upload) {
  std::vector<PartRange> ranges;
  for (std::uint32_t part = 0; part < upload.stored.size(); ++part) {
    if (upload.stored[part]) continue;
    if (!ranges.empty() && ranges.back().last + 1 == part)
      ranges.back().last = part;
    else
      ranges.push_back({part, part});
  }
  return ranges;
}

Result<std::size_t> expected_part_bytes_in(const HotIndex& index, const ReportId& id, std::uint32_t part) {
  const auto* upload = index.upload(id);
  if (upload == nullptr) return std::unexpected(no_open_upload);
  if (part >= parts_of(upload->bytes)) return fail(Errc::malformed, "The upload has fewer parts than that.");
  return length_of_part(upload->bytes, part);
}

Result<> HotIndex::rebuild(Connection& db, std::chrono::steady_clock::time_point now) {
  const std::unique_lock lock(mutex_);
  if (auto done = read_settled(db); !done) return done;
  if (auto done = read_uploads(db, now); !done) return done;
  if (auto done = read_arrivals(db); !done) return done;
  const auto share = [this](const Audience& audience) { return shared(audience); };
  if (auto done = events_.rebuild(db, share); !done) return done;
  return drops_.rebuild(db);
}

Result<> HotIndex::read_settled(Connection& db) {
  const auto count = db.number("SELECT count(*) FROM report");
  if (!count) return fail(count);
  settled_ = IdFilter(2 * static_cast<std::uint64_t>(*count));
  auto rows = db.statement("SELECT id FROM report");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto id = id_in(rows.bytes(0));
    if (!id) return fail(id);
    settled_.add(*id);
  }
}

Result<> HotIndex::read_arrivals(Connection& db) {
  auto rows = db.statement("SELECT key, upload, bytes, day, id, audience FROM arrival");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) break;
    const auto id = id_in(rows.bytes(4));
    if (!id) return fail(id);
    const auto audience = Audience::parse(rows.text(5));
    if (!audience) return std::unexpected(damaged);
    add(*id, HotReport{.key = rows.number(0),
                       .upload = rows.optional_number(1).value_or(0),
                       .bytes = static_cast<std::uint64_t>(rows.number(2)),
                       .day = Day(static_cast<std::int32_t>(rows.number(3))),
                       .seen = 0,
                       .audience = shared(*audience)});
  }
  if (auto done = read_admitted(db); !done) return done;
  auto marked = db.statement("SELECT id, marks FROM arrival_marks JOIN arrival USING (key)");
  for (;;) {
    const auto row = marked.step();
    if (!row) return fail(row);
    if (!*row) break;
    const auto id = id_in(marked.bytes(0));
    if (!id) return fail(id);
    const auto marks = Marks::parse(marked.bytes(1));
    if (!marks) return fail(marks);
    set_marks(*id, *marks);
  }
  return read_seen(db);
}

Result<> HotIndex::read_admitted(Connection& db) {
  for (auto& [id, report] : reports_) {
    auto query = db.statement("SELECT names FROM admitted WHERE id = ?");
    const auto row = query.bind(id).step();
    if (!row) return fail(row);
    if (!*row) continue;
    const auto audience = Audience::parse(report.audience->encode(), query.text(0));
    if (!audience) return std::unexpected(damaged);
    report.audience = shared(*audience);
  }
  return {};
}

Result<> HotIndex::read_seen(Connection& db) {
  auto rows = db.statement("SELECT id, caseworker FROM arrival_seen");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto id = id_in(rows.bytes(0));
    if (!id) return fail(id);
    const auto* found = report(*id);
    if (found == nullptr) continue;  // left by a day close that was cut short, which takes them last
    const auto place = found->audience->place_of(rows.text(1));
    if (!place) return std::unexpected(damaged);
    mark_seen(*id, 1U << *place);
  }
}

Result<> HotIndex::read_uploads(Connection& db, std::chrono::steady_clock::time_point now) {
  auto rows = db.statement("SELECT id, number, bytes, day, audience FROM upload");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) break;
    const auto id = id_in(rows.bytes(0));
    if (!id) return fail(id);
    const auto audience = Audience::parse(rows.text(4));
    if (!audience) return std::unexpected(damaged);
    const auto bytes = static_cast<std::uint64_t>(rows.number(2));
    add(*id, OpenUpload{.number = rows.number(1),
                        .bytes = bytes,
                        .day = Day(static_cast<std::int32_t>(rows.number(3))),
                        .audience = shared(*audience),
                        .stored = std::vector<bool>(parts_of(bytes)),
                        .stored_parts = 0,
                        .progress = now,
                        .hash = std::make_shared<UploadHash>()});
  }
  for (const auto& [id, upload] : uploads_) {
    auto hot =
        db.statement("SELECT key & 65535 FROM upload_part WHERE key >= ?1 << 16 AND key < (?1 + 1) << 16");
    hot.bind(upload.number);
    auto settled = db.statement("SELECT place FROM part WHERE id = ?");
    settled.bind(id);
    for (auto* places : {&hot, &settled})
      for (;;) {
        const auto row = places->step();
        if (!row) return fail(row);
        if (!*row) break;
        const auto index = static_cast<std::uint32_t>(places->number(0));
        if (index >= upload.stored.size()) return std::unexpected(damaged);
        add_part(id, index, now);
      }
  }
  auto erased = db.statement("SELECT id, upload FROM erasing");
  for (;;) {
    const auto row = erased.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto id = id_in(erased.bytes(0));
    if (!id) return fail(id);
    set_erasing(*id, erased.optional_number(1).value_or(0));
  }
}

const HotReport* HotIndex::report(const ReportId& id) const {
  const auto found = reports_.find(id);
  return found == reports_.end() ? nullptr : &found->second;
}

const OpenUpload* HotIndex::upload(const ReportId& id) const {
  const auto found = uploads_.find(id);
  return found == uploads_.end() ? nullptr : &found->second;
}

// Few audiences, many reports: each audience is kept once while any report has it.
std::shared_ptr<const Audience> HotIndex::shared(const Audience& audience) {
  if (audiences_.size() > audiences_kept_max)
    std::erase_if(audiences_, [](const auto& entry) { return entry.second.expired(); });
  auto& slot = audiences_[audience.encode() + '+' + audience.encode_admitted()];
  auto kept = slot.lock();
  if (!kept) slot = kept = std::make_shared<const Audience>(audience);
  return kept;
}

void HotIndex::add(const ReportId& id, HotReport report) { reports_.insert_or_assign(id, std::move(report)); }

void HotIndex::add(const ReportId& id, OpenUpload upload) {
  uploads_.insert_or_assign(id, std::move(upload));
}

void HotIndex::add_part(const ReportId& id, std::uint32_t index, std::chrono::steady_clock::time_point now) {
  auto& upload = uploads_.at(id);
  if (upload.stored[index]) return;
  upload.stored[index] = true;
  ++upload.stored_parts;
  if (upload.stored[0]) upload.progress = now;
  open_upload_bytes_ += length_of_part(upload.bytes, index);
}

void HotIndex::mark_seen(const ReportId& id, std::uint32_t bit) { reports_.at(id).seen |= bit; }

void HotIndex::remove_upload(const ReportId& id) {
  const auto found = uploads_.find(id);
  if (found == uploads_.end()) return;
  const auto& upload = found->second;
  for (std::uint32_t part = 0; part < upload.stored.size(); ++part)
    if (upload.stored[part]) open_upload_bytes_ -= length_of_part(upload.bytes, part);
  uploads_.erase(found);
}

}  // namespace candour::storage
