// SPDX-License-Identifier: AGPL-3.0-or-later
// What is known of the open day without asking the database: its reports and events, the open uploads, what is being
// erased, and a filter over the ids of closed days. Rebuilt when a store opens; it mirrors committed rows only. Internal to storage/.
//
// Threads: only the writer changes it, inside `change`, after a commit. The writer reads it freely; every other
// thread reads inside `look`, briefly, and takes copies with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/connection.h"
#include "storage/drop_tags.h"
#include "storage/hot_events.h"
#include "storage/id_filter.h"
#include "storage/report.h"

namespace candour::storage {

class UploadHash;

struct HotReport {
  std::int64_t key;
  std::int64_t upload;  // number; 0: the body is in the row
  std::uint64_t bytes;
  Day day;
  std::uint32_t seen;  // one bit for each reader
  std::shared_ptr<const Audience> audience;
  Marks marks = {};
};

struct OpenUpload {
  std::int64_t number;
  std::uint64_t bytes;
  Day day;
  std::shared_ptr<const Audience> audience;
  std::vector<bool> stored;  // by part
  std::uint32_t stored_parts;
  // Of its beginning, or of the last part once part 0 is there; in memory only, so a restart makes it new.
  std::chrono::steady_clock::time_point progress;
  std::shared_ptr<UploadHash> hash;
};

std::uint32_t parts_of(std::uint64_t bytes);
std::size_t length_of_part(std::uint64_t total_bytes, std::uint32_t index);
std::vector<PartRange> missing_of(const OpenUpload& upload);

inline constexpr Error no_open_upload{Errc::not_found, "There is no open upload of this id. Begin it again."};
class HotIndex;
// The length that part `index` of an open upload must have; not_found without one, malformed beyond its last.
Result<std::size_t> expected_part_bytes_in(const HotIndex& index, const ReportId& id, std::uint32_t part);

class HotIndex {
 public:
  Result<> rebuild(Connection& db, std::chrono::steady_clock::time_point now);

  template <class F>
  auto look(F&& f) const {
    const std::shared_lock lock(mutex_);
    return f(*this);
  }
  template <class F>
  void change(F&& f) {
    const std::unique_lock lock(mutex_);
    f(*this);
  }

  const HotReport* report(const ReportId& id) const;
  const OpenUpload* upload(const ReportId& id) const;
  bool erasing(const ReportId& id) const { return erasing_.contains(id); }
  const std::map<ReportId, HotReport>& reports() const { return reports_; }
  const std::map<ReportId, OpenUpload>& uploads() const { return uploads_; }
  const std::map<ReportId, std::int64_t>& all_erasing() const { return erasing_; }
  std::uint64_t open_upload_bytes() const { return open_upload_bytes_; }  // that they have sent
  // How often anything was: what was remembered of a report before may be of another one since.
  std::uint64_t erasures() const { return erasures_; }
  bool may_be_settled(const ReportId& id) const { return settled_.may_hold(id); }
  const DropTags& drops() const { return drops_; }
  const HotEvents& events() const { return events_; }
  // Rows were blanked, and the WAL may still hold what was in them.
  bool log_holds_erased() const { return log_holds_erased_; }

  // For `change` only.
  std::shared_ptr<const Audience> shared(const Audience& audience);
  void add(const ReportId& id, HotReport report);
  void add(const ReportId& id, OpenUpload upload);
  void add_part(const ReportId& id, std::uint32_t index, std::chrono::steady_clock::time_point now);
  void mark_seen(const ReportId& id, std::uint32_t bit);
  void set_audience(const ReportId& id, const Audience& audience) {
    reports_.at(id).audience = shared(audience);
  }
  void set_marks(const ReportId& id, const Marks& marks) { reports_.at(id).marks = marks; }
  void remove_report(const ReportId& id) { reports_.erase(id); }
  void remove_upload(const ReportId& id);
  void set_erasing(const ReportId& id, std::int64_t upload) {
    erasing_[id] = upload;
    ++erasures_;
  }
  void remove_erasing(const ReportId& id) { erasing_.erase(id); }
  void add_settled(const ReportId& id) { settled_.add(id); }
  DropTags& drops() { return drops_; }
  HotEvents& events() { return events_; }
  void set_log_holds_erased(bool holds) { log_holds_erased_ = holds; }

 private:
  Result<> read_settled(Connection& db);
  Result<> read_arrivals(Connection& db);
  Result<> read_admitted(Connection& db);
  Result<> read_seen(Connection& db);
  Result<> read_uploads(Connection& db, std::chrono::steady_clock::time_point now);

  mutable std::shared_mutex mutex_;
  std::map<ReportId, HotReport> reports_;
  std::map<ReportId, OpenUpload> uploads_;
  std::map<ReportId, std::int64_t> erasing_;
  std::unordered_map<std::string, std::weak_ptr<const Audience>> audiences_;
  IdFilter settled_{0};
  DropTags drops_;
  HotEvents events_;
  bool log_holds_erased_ = false;
  std::uint64_t erasures_ = 0;
  std::uint64_t open_upload_bytes_ = 0;
};

}  // namespace candour::storage
