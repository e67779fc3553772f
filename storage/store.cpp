// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/store.h"

#include <utility>

#include "storage/backup.h"
#include "storage/day_close.h"
#include "storage/erasure.h"
#include "storage/eviction.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

// An upload begun on day d may have begun a second before midnight: 48 hours have passed for sure on day d + 3.
constexpr std::int32_t upload_days = 3;

}  // namespace

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::~Store() = default;

void Store::accept_report(const ReportId& id, Audience audience, Day today, Bytes sealed, Done<Stored> done) {
  if (sealed.empty()) return done(fail(Errc::malformed, "A report has at least one byte."));
  if (sealed.size() > report_bytes_max)
    return done(fail(Errc::too_large, "A report over 1 MiB is sent in parts."));
  const auto bytes = sealed.size();
  parts_->writer->write<Stored>(
      {.id = id}, bytes, std::move(done),
      [this, id, today, audience = std::move(audience), sealed = std::move(sealed)](Transaction& tx) {
        return parts_->intake.accept_report(tx, id, audience, today, sealed);
      });
}

void Store::begin_upload(const ReportId& id, Audience audience, std::uint64_t total_bytes, Day today,
                         Done<UploadState> done) {
  if (total_bytes == 0) return done(fail(Errc::malformed, "An upload has at least one byte."));
  if (total_bytes > parts_->options.upload_bytes_max)
    return done(
        fail(Errc::too_large, "That is more than one report may hold. Send less, or in several reports."));
  parts_->writer->write<UploadState>(
      {.id = id}, 0,
      [this, done = std::move(done)](Result<UploadState> begun) mutable {
        done(std::move(begun));
        parts_->blank_dropped(nullptr);  // what made way for it
      },
      [this, id, total_bytes, today, audience = std::move(audience)](Transaction& tx) {
        return parts_->intake.begin_upload(tx, id, audience, total_bytes, today);
      });
}

void Store::accept_part(const ReportId& id, std::uint32_t index, Bytes part, Done<> done) {
  if (part.size() > part_bytes)
    return done(fail(Errc::too_large, "Every part is 1 MiB long, and the last one is the rest."));
  const auto bytes = part.size();
  auto kept = std::make_shared<Bytes>(std::move(part));  // for the hash, once it is durable
  parts_->writer->write<void>(
      {.id = id, .part = index}, bytes,
      [this, id, index, kept, done = std::move(done)](Result<> outcome) mutable {
        if (outcome) parts_->hasher->offer(id, index, std::move(*kept));
        done(std::move(outcome));
        parts_->blank_dropped(nullptr);
      },
      [this, id, index, kept](Transaction& tx) { return parts_->intake.accept_part(tx, id, index, *kept); });
}

Bytes Store::part_buffer(std::size_t bytes) { return parts_->part_buffers.take(bytes); }

Result<std::size_t> Store::expected_part_bytes(const ReportId& id, std::uint32_t index) const {
  return parts_->index.look([&](const HotIndex& hot) { return expected_part_bytes_in(hot, id, index); });
}

void Store::missing_parts(const ReportId& id, Done<UploadState> done) {
  parts_->readers->answer<UploadState>(std::move(done), [this, id](Connection& db) -> Result<UploadState> {
    const auto open = parts_->index.look([&](const HotIndex& index) -> std::optional<UploadState> {
      const auto* upload = index.upload(id);
      if (upload == nullptr) return std::nullopt;
      return UploadState{
          true, false, *upload->audience, upload->bytes, parts_of(upload->bytes), missing_of(*upload)};
    });
    if (open) return *open;
    const auto report = parts_->library.place(db, id);
    if (!report) return fail(report);
    return UploadState{true, true, *report->audience, report->bytes, parts_of(report->bytes), {}};
  });
}

void Store::finish_upload(const ReportId& id, const Digest& sha256, Day today, Done<Stored> done) {
  const auto open = parts_->index.look([&](const HotIndex& index) -> std::optional<std::int64_t> {
    const auto* upload = index.upload(id);
    if (upload == nullptr) return std::nullopt;
    return upload->number;
  });
  if (!open) {
    // Perhaps it is finished: then it must be the same.
    return parts_->digests->ask(id, [sha256, done = std::move(done)](Result<Digested> known) mutable {
      if (!known) return done(fail(known));
      if (known->sha256 != sha256)
        return done(fail(Errc::conflict, "Another report is stored under this id."));
      done(Stored{.already_there = true, .day = known->day});
    });
  }
  // The hash is that of this upload. One that was given up and begun again meanwhile has another number.
  parts_->hasher->finish(id, [this, id, sha256, today, upload = *open,
                              done = std::move(done)](Result<Digest> hash) mutable {
    if (!hash) return done(fail(hash));
    if (*hash != sha256)
      return done(fail(Errc::not_authentic,
                       "The parts do not have that SHA-256. Abandon the upload and send it again."));
    parts_->writer->write<Stored>({.id = id}, 0, std::move(done), [this, id, upload, today](Transaction& tx) {
      return parts_->intake.finish_upload(tx, id, upload, today);
    });
  });
}

void Store::abandon_upload(const ReportId& id, Done<> done) {
  parts_->writer->write<void>(
      {.id = id}, 0,
      [this, done = std::move(done)](Result<> dropped) mutable {
        if (!dropped) return done(std::move(dropped));
        parts_->blank_dropped(std::move(done));
      },
      [id](Transaction& tx) -> Result<> {
        if (tx.index.upload(id) == nullptr || tx.dropped(id)) return std::unexpected(no_open_upload);
        return drop_upload(tx, id);
      });
}

void Store::drop_unproven_uploads(Done<std::uint64_t> done) {
  parts_->blank_dropped({});  // what a failing disk kept an erasure from
  auto choose = [this](Connection&, const HotIndex& index) -> Result<std::vector<ReportId>> {
    std::vector<ReportId> silent;
    for (const auto& [id, upload] : index.uploads())
      if (is_unproven(upload, parts_->options)) silent.push_back(id);
    return silent;
  };
  parts_->writer->submit(std::make_unique<Erasure>(std::move(choose), true, std::move(done)));
}

void Store::expire_uploads(Day today, Done<std::uint64_t> done) {
  auto choose = [today](Connection&, const HotIndex& index) {
    std::vector<ReportId> old;
    for (const auto& [id, upload] : index.uploads())
      if (upload.day.days_since_epoch() + upload_days <= today.days_since_epoch()) old.push_back(id);
    return old;
  };
  parts_->writer->submit(std::make_unique<Erasure>(std::move(choose), true, std::move(done)));
}

void Store::find_report(const ReportId& id, std::string caseworker, Done<ReportInfo> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->readers->answer<ReportInfo>(std::move(done),
                                      [this, id, caseworker = std::move(caseworker)](Connection& db) {
                                        return parts_->library.find(db, id, caseworker);
                                      });
}

void Store::list_reports(std::string caseworker, const ReportId& after, std::size_t limit,
                         Done<ReportPage> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  if (limit == 0 || limit > 1000) return done(fail(Errc::malformed, "A page has 1 to 1000 reports."));
  parts_->readers->answer<ReportPage>(
      std::move(done), [this, after, limit, caseworker = std::move(caseworker)](Connection& db) {
        return parts_->library.list(db, caseworker, after, limit);
      });
}

void Store::read_report(const ReportId& id, std::string caseworker, std::uint64_t offset,
                        Done<ReportReader> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->readers->answer<ReportReader>(
      std::move(done),
      [this, id, offset, caseworker = std::move(caseworker)](Connection& db) -> Result<ReportReader> {
        const auto info = parts_->library.find(db, id, caseworker);
        if (!info) return fail(info);
        if (offset > info->bytes)
          return fail(Errc::malformed, "The report is shorter than that. Ask from within it.");
        return ReportReader(parts_->library, *parts_->readers, id, info->bytes, info->day, offset);
      });
}

void Store::mark_seen(const ReportId& id, std::string caseworker, Done<> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<void>({.id = id}, 0, std::move(done),
                              [this, id, caseworker = std::move(caseworker)](Transaction& tx) {
                                return parts_->intake.mark_seen(tx, id, caseworker);
                              });
}

void Store::admit_reader(const ReportId& id, std::string caseworker, std::string who, Done<> done) {
  if (!is_id(caseworker) || !is_id(who)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<void>({.id = id}, 0, std::move(done),
                              [this, id, caseworker = std::move(caseworker), who = std::move(who)](
                                  Transaction& tx) { return parts_->intake.admit(tx, id, caseworker, who); });
}

void Store::report_digest(const ReportId& id, Done<Digest> done) {
  parts_->digests->ask(id, [done = std::move(done)](Result<Digested> known) mutable {
    if (!known) return done(fail(known));
    done(known->sha256);
  });
}

void Store::save_roster(std::uint64_t version, std::string note, Done<> done) {
  const auto bytes = note.size();
  parts_->writer->write<void>({}, bytes, std::move(done), [version, note = std::move(note)](Transaction& tx) {
    return save_roster_in(tx, version, note);
  });
}

void Store::latest_roster(Done<StoredRoster> done) {
  parts_->readers->answer<StoredRoster>(std::move(done), [](Connection& db) { return roster_in(db); });
}

void Store::forget_roster(Done<> done) {
  parts_->writer->write<void>({}, 0, std::move(done),
                              [](Transaction& tx) { return tx.db.statement("DELETE FROM roster").run(); });
}

void Store::close_day(Day today, Done<> done) {
  parts_->writer->submit(std::make_unique<DayClose>(today, std::move(done)));
}

void Store::backup_to(std::filesystem::path file, DatabaseKey key, Done<> done) {
  parts_->writer->submit(std::make_unique<Backup>(std::move(file), std::move(key), std::move(done)));
}

Figures Store::figures() const {
  return {.database_bytes = parts_->writer->database_bytes(),
          .open_uploads = parts_->index.look([](const HotIndex& index) { return index.uploads().size(); }),
          .waiting_requests = parts_->writer->waiting_requests(),
          .waiting_bytes = parts_->writer->waiting_bytes(),
          .failure = parts_->writer->failure()};
}

}  // namespace candour::storage
