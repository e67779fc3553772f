// SPDX-License-Identifier: AGPL-3.0-or-later
// The store of sealed reports: one SQLCipher database in one directory, held by one process. It speaks in
// the domain's verbs; no SQL, handle or row number gets out. What it keeps, and never keeps, is docs/spec/storage.md.
//
// Durability: a writing verb that completes without error is on the disk. It is one transaction of its own in
// outcome, though many share a commit: another's failure never touches it. One that fails changed nothing.
//
// Threads: any thread may call any verb; none waits for the disk. `done` is called exactly once, on a thread of
// the store — or at once, on the caller's, when the request is refused before it is queued (busy, malformed).
// It must be quick and must not destroy the store; it may call further verbs. Bytes handed in are kept in memory until done.
//
// Bounds: options.h. Beyond them a verb fails with Errc::busy (try later) or Errc::too_large (never).
// A failing disk gives Errc::io; the store goes on with the next request. An erasure may have left the lists by then; the rest of it
// follows at the next drop_unproven_uploads, or start.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "storage/drop.h"
#include "storage/evaluation.h"
#include "storage/event.h"
#include "storage/options.h"
#include "storage/report.h"
#include "storage/report_reader.h"

namespace candour::storage {

using DatabaseKey = Secret<32>;

struct StoredRoster {
  std::uint64_t version;
  std::string note;
};

class Store {
 public:
  // Opens the store in `directory` (which must exist and be private), or makes it. Waits for the disk.
  // Refuses, in words for the operator: the key of another database, a damaged one, one of a newer program, one in use.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, const DatabaseKey& key,
                                             const Options& options = {});
  // Finishes all that was queued, completes it, closes. Readers must be gone or idle.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // A whole report of at most report_bytes_max. The same bytes and audience again: already_there;
  // anything else under the same id, an open upload included: conflict.
  static constexpr std::size_t report_bytes_max = part_bytes;
  void accept_report(const ReportId& id, Audience audience, Day today, Bytes sealed, Done<Stored> done);

  // An upload in parts. Its size is fixed from the start; parts are part_bytes long, the last one shorter.
  // Beginning again alike gives the state as it is; otherwise conflict.
  void begin_upload(const ReportId& id, Audience audience, std::uint64_t total_bytes, Day today,
                    Done<UploadState> done);
  // Any order, any number at once, repeatable: a part that is there stays, other bytes for it are a conflict.
  // not_found when no upload of that id is open; malformed when index or length does not fit.
  void accept_part(const ReportId& id, std::uint32_t index, Bytes part, Done<> done);
  // Where a part may be read to before it is handed in: an empty vector with room. Cheaper than a new one (part_buffers.h).
  Bytes part_buffer(std::size_t bytes);
  // How long part `index` must be, or why accept_part would refuse any. From memory, at once, on the caller's thread.
  Result<std::size_t> expected_part_bytes(const ReportId& id, std::uint32_t index) const;
  // Also answers for a report that is finished; not_found otherwise.
  void missing_parts(const ReportId& id, Done<UploadState> done);
  // Turns the upload into a report at one stroke. refused: parts are missing. not_authentic: `sha256` is not the hash of the parts.
  // Again with the same hash: already_there with the first day; with another: conflict.
  void finish_upload(const ReportId& id, const Digest& sha256, Day today, Done<Stored> done);
  // Forgets an open upload and its parts, for whoever knows its id: she started over. not_found when none is open.
  void abandon_upload(const ReportId& id, Done<> done);
  // Drops the uploads that were begun half an hour ago and have no part 0 yet, and gives their number. Every few minutes.
  void drop_unproven_uploads(Done<std::uint64_t> done);
  // Drops the uploads begun three or more days before `today`: 48 hours at the least, as only days are known. Gives their number.
  void expire_uploads(Day today, Done<std::uint64_t> done);

  // What one caseworker may see. "No such report" and "not yours" are the same not_found after the same work.
  void find_report(const ReportId& id, std::string caseworker, Done<ReportInfo> done);
  // Those with ids above `after` (all zero: from the start), at most `limit` (1 to 1000).
  void list_reports(std::string caseworker, const ReportId& after, std::size_t limit, Done<ReportPage> done);
  // Streams from `offset` (at most the size; else malformed).
  void read_report(const ReportId& id, std::string caseworker, std::uint64_t offset, Done<ReportReader> done);
  void mark_seen(const ReportId& id, std::string caseworker, Done<> done);
  // `who` reads it too from now on, as one of its audience; done where she did already. conflict where there are 32 already.
  void admit_reader(const ReportId& id, std::string caseworker, std::string who, Done<> done);

  // SHA-256 of the sealed bytes, computed anew by reading them all: for a receipt that is asked for again. No caseworker involved.
  void report_digest(const ReportId& id, Done<Digest> done);

  // The end of a report (docs/spec/retention.md). Where an Obstacle is given, nothing was done unless it is none.
  // Closed: erased by itself from that day on, which stays when it is closed again.
  void close_report(const ReportId& id, std::string caseworker, Day erase_from, Done<Obstacle> done);
  void reopen_report(const ReportId& id, std::string caseworker, Done<> done);
  // Her own hold; those of others are left alone.
  void hold_report(const ReportId& id, std::string caseworker, bool held, Done<> done);
  // All holds, where two of the audience signed, and none was set since. `signers`: caseworkers whose signatures have
  // been verified; `hold_mark`: of the holds that they lift.
  void lift_holds(const ReportId& id, std::string caseworker, std::vector<std::string> signers,
                  const HoldMark& hold_mark, Done<Obstacle> done);
  // For whoever has proved that the id is hers: asks for withdrawal (an earlier day stays), or takes it back. Completes
  // alike, after the same work, where there is no such report.
  void withdraw_report(const ReportId& id, std::optional<Day> asked_on, Done<> done);
  // Erases a report for good where two of the audience signed and nothing stands against it: when it completes, its
  // bytes are neither in the database nor in the WAL.
  void erase_report(const ReportId& id, std::string caseworker, std::vector<std::string> signers, Day today,
                    Done<Obstacle> done);
  // Erases in the same way what is due by the clock and by the calendar, which a clock that jumps does not bring forward
  // by more than two days. `roster_from`: a day that is past for sure. Gives their number. Once a day, after close_day.
  void erase_due(Day today, Day roster_from, Done<std::uint64_t> done);

  // Drops (docs/spec/drops.md). Under a tag that is free: stored. The same bytes and verifier again: prolonged. Where the
  // drop there has the verifier `replaces`, the new one takes its place at one stroke, and when that completes the old bytes are
  // neither in the database nor in the WAL. Otherwise conflict. Each lasts anew, until a day that is drawn.
  void put_drop(NewDrop drop, std::optional<Digest> replaces, DropSource from, Day today, Done<DropPut> done);
  void read_drop(const DropTag& tag, Done<Bytes> done);
  // not_found for another verifier and for no drop alike. When it completes, the bytes are gone.
  void erase_drop(const DropTag& tag, const Digest& verifier, Done<> done);
  // All tags, ascending: a power of two of them, filled up with dummies, which come and go here and nowhere else. Where those
  // cannot be made (busy, a full disk), what there is.
  void pad_drops(Day today, Done<std::vector<DropTag>> done);
  // Those whose last day has come, by the clock and by the calendar of erase_due. Gives their number. Once a day, after erase_due.
  void expire_drops(Day today, Done<std::uint64_t> done);

  // Events (docs/spec/cases.md). One that is there with the same audience is prolonged and keeps its day; with another: conflict.
  void put_event(NewEvent event, Day today, const Lasting& lasting, Done<EventPut> done);
  // What one caseworker may see; "no such event" and "not yours" are the same after the same work. Those that follow `after`, which need
  // not be one, by day and id; at most `limit` (1 to 1000).
  void list_events(std::string caseworker, const DatedEvent& after, std::size_t limit, Done<EventPage> done);
  // The bytes of each, in this order; none where there is no such event for her. 1 to events_read_max of them.
  void read_events(std::vector<EventId> events, std::string caseworker, Done<std::vector<Bytes>> done);
  // Those that are hers last anew; the others are left alone. 1 to events_kept_max of them.
  void keep_events(std::vector<EventId> events, std::string caseworker, const Lasting& lasting, Done<> done);
  // Those that are hers, 1 to events_erased_max at one stroke, where two of the audience of each have signed: none, or signers and
  // nothing done. When it completes, their bytes are neither in the database nor in the WAL.
  void erase_events(std::vector<EventId> events, std::string caseworker, std::vector<std::string> signers,
                    Done<Obstacle> done);
  // As expire_drops.
  void expire_events(Day today, Done<std::uint64_t> done);

  // Evaluations (docs/spec/matching.md "Asking"). For whoever has proved that the report's id is hers. A report that is stored, since
  // yesterday at the earliest, asks with one batch, which is no other report's: gives what the holders have answered so far
  // (evaluation.h), none once the companion is there. The same batch again gives the same; another: conflict; not_found otherwise.
  void ask_evaluation(const ReportId& id, Bytes batch, Day today, Done<Bytes> done);
  void evaluation_answers(const ReportId& id, Done<Bytes> done);  // not_found where the report has not asked
  // At most 16 batches, one after the other, that the holder of this number (1 to 16) has not answered: by day, then by report.
  void waiting_batches(std::uint8_t number, Done<Bytes> done);
  // The same again is fine, something else: conflict. not_found for what is no batch that waits.
  void answer_batch(const Digest& batch, std::uint8_t number, Bytes evaluation, Done<> done);
  // An event like others from then on; batch and answers go at the same stroke. The same again is already_there, as long as the report's
  // evaluation is known, also when the event was erased meanwhile; another: conflict. not_found where the report has not asked.
  void put_companion(const ReportId& id, NewEvent companion, Day today, const Lasting& lasting,
                     Done<CompanionPut> done);
  // Those of reports that came eight days ago, or earlier, as expire_events.
  void expire_evaluations(Day today, Done<std::uint64_t> done);

  // Keeps the roster that was accepted last, so that an older one is refused also after a restart (outdated; the
  // same version with another text: conflict).
  void save_roster(std::uint64_t version, std::string note, Done<> done);
  void latest_roster(Done<StoredRoster> done);  // not_found when there is none yet
  void forget_roster(Done<> done);              // the pin has changed: versions begin anew

  // Rewrites everything of other days than `today` in random order, so that nothing in the file shows in which order it came.
  // Goes on in small transactions between the other work; after a crash, call it again. Once a day, soon after midnight.
  void close_day(Day today, Done<> done);

  // A consistent copy under `key` at `file` (which must not exist), while work goes on.
  void backup_to(std::filesystem::path file, DatabaseKey key, Done<> done);
  Figures figures() const;

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace candour::storage
