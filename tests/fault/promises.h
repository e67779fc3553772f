// SPDX-License-Identifier: AGPL-3.0-or-later
// A store, and all that it has promised: what is asked of it one by one, what of that it acknowledged, and whether that is there.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "../unit/storage/raw_pages.h"
#include "../unit/storage/store_fixture.h"
#include "storage/database_file.h"

namespace candour::fault {

using namespace candour::storage;
using namespace candour::storage::test;

inline constexpr std::size_t upload_bytes = part_bytes + 5'000;
inline constexpr std::uint64_t long_upload = 10;
inline constexpr std::uint64_t short_upload = 11;
inline constexpr std::uint64_t erased_report = 2;
inline constexpr std::uint64_t last_number = 60;

inline const Bytes& content(std::uint64_t n) {
  static std::map<std::uint64_t, Bytes> made;
  auto& bytes = made[n];
  if (bytes.empty()) bytes = blob(n == long_upload ? upload_bytes : 3'000 + n * 9'000 % 50'000, n);
  return bytes;
}

inline Bytes batch_of(std::uint64_t n) { return blob(limits::blinded_batch_bytes, 2'000 + n); }
inline Bytes evaluation_of(std::uint64_t n) { return blob(limits::evaluation_bytes, 3'000 + n); }
constexpr std::uint64_t companion_of(std::uint64_t n) { return 1'000 + n; }

inline Audience both() { return audience({"ada", "bo"}); }

struct Acknowledged {
  std::set<std::uint64_t> reports;
  std::map<std::uint64_t, std::set<std::uint32_t>> parts;
  std::set<std::uint64_t> seen;
  std::set<std::uint64_t> erased;
  std::set<std::uint64_t> events;
  std::set<std::uint64_t> erased_events;
  std::map<std::uint64_t, std::set<std::uint8_t>> asked;  // and who has answered
  std::set<std::uint64_t> companions;
  std::uint64_t roster = 0;
};

class Promises {
 public:
  Promises(std::filesystem::path directory, Acknowledged before)
      : directory_(std::move(directory)), promised_(std::move(before)) {}

  bool open() {
    auto opened = Store::open(directory_, key_of(1));
    if (good(opened)) store_ = std::move(*opened);
    return store_ != nullptr;
  }
  void close() { store_.reset(); }

  void burst(std::uint64_t first, std::uint64_t last, Day day) {
    std::vector<std::future<Result<Stored>>> answers;
    for (auto n = first; n <= last; ++n) {
      auto promise = std::make_shared<std::promise<Result<Stored>>>();
      answers.push_back(promise->get_future());
      store_->accept_report(id_of(n), both(), day, content(n),
                            [promise](Result<Stored> stored) { promise->set_value(std::move(stored)); });
    }
    for (auto n = first; n <= last; ++n)
      if (good(answers[n - first].get())) promised_.reports.insert(n);
  }
  // Begins, sends what is missing, finishes unless told not to.
  void upload(std::uint64_t n, Day day, bool to_the_end = true) {
    const auto& whole = content(n);
    const auto begun = wait<UploadState>(
        [&](auto done) { store_->begin_upload(id_of(n), both(), whole.size(), day, std::move(done)); });
    if (!good(begun)) return;
    for (const auto& range : begun->missing)
      for (auto part = range.first; part <= range.last; ++part) {
        CHECK_FALSE(promised_.parts[n].contains(part));
        const auto from = whole.begin() + static_cast<std::ptrdiff_t>(part * part_bytes);
        const auto size = std::min<std::ptrdiff_t>(part_bytes, whole.end() - from);
        if (good(wait([&](auto done) {
              store_->accept_part(id_of(n), part, Bytes(from, from + size), std::move(done));
            })))
          promised_.parts[n].insert(part);
      }
    if (!to_the_end || (!begun->finished && promised_.parts[n].size() < begun->parts)) return;
    if (good(wait<Stored>(
            [&](auto done) { store_->finish_upload(id_of(n), sha256(whole), day, std::move(done)); }))) {
      promised_.reports.insert(n);
    }
  }
  void seen(std::uint64_t n) {
    if (!promised_.reports.contains(n)) return;
    if (good(wait([&](auto done) { store_->mark_seen(id_of(n), "ada", std::move(done)); })))
      promised_.seen.insert(n);
  }
  void roster(std::uint64_t version) {
    if (good(wait([&](auto done) { store_->save_roster(version, "a note", std::move(done)); })))
      promised_.roster = version;
  }
  void close_day(Day today) {
    (void)good(wait([&](auto done) { store_->close_day(today, std::move(done)); }));
  }
  void erase(std::uint64_t n) {
    promised_.reports.erase(n);
    unlisting_.insert(n);
    const auto erased = wait<Obstacle>(
        [&](auto done) { store_->erase_report(id_of(n), "ada", {"ada", "bo"}, Day(102), std::move(done)); });
    if (!good(erased)) return;
    CHECK(*erased == Obstacle::none);
    promised_.erased.insert(n);
  }
  void event(std::uint64_t n, Day day) {
    if (good(wait<EventPut>([&](auto done) {
          store_->put_event({.id = event_id(content(n)), .audience = both(), .sealed = content(n)}, day,
                            {day, 2190, 90}, std::move(done));
        })))
      promised_.events.insert(n);
  }
  void erase_events(std::uint64_t a, std::uint64_t b) {
    auto events = std::vector{event_id(content(a)), event_id(content(b))};
    std::ranges::sort(events);
    promised_.events.erase(a);
    promised_.events.erase(b);
    const auto erased = wait<Obstacle>(
        [&](auto done) { store_->erase_events(events, "ada", {"ada", "bo"}, std::move(done)); });
    if (!good(erased)) return;
    CHECK(*erased == Obstacle::none);
    promised_.erased_events.insert({a, b});
  }
  // A report that is promised asks, is answered by a holder, and sends its companion, as far as it gets.
  void ask(std::uint64_t n, Day today) {
    if (good(wait<Bytes>(
            [&](auto done) { store_->ask_evaluation(id_of(n), batch_of(n), today, std::move(done)); })))
      promised_.asked.try_emplace(n);
  }
  void answer(std::uint64_t n, std::uint8_t number) {
    if (!promised_.asked.contains(n)) return;
    if (good(wait([&](auto done) {
          store_->answer_batch(sha256(batch_of(n)), number, evaluation_of(n), std::move(done));
        })))
      promised_.asked[n].insert(number);
  }
  void companion(std::uint64_t n, Day today) {
    if (!promised_.asked.contains(n)) return;
    sending_.insert(n);
    const auto& body = content(companion_of(n));
    if (good(wait<CompanionPut>([&](auto done) {
          store_->put_companion(id_of(n), {.id = event_id(body), .audience = both(), .sealed = body}, today,
                                {today, 2190, 90}, std::move(done));
        }))) {
      promised_.companions.insert(n);
      promised_.events.insert(companion_of(n));
    }
  }
  void tidy() {
    (void)good(wait<std::uint64_t>([&](auto done) { store_->drop_unproven_uploads(std::move(done)); }));
  }
  void backup() {
    backed_up_ =
        good(wait([&](auto done) { store_->backup_to(directory_ / "backup", key_of(9), std::move(done)); }));
  }
  // Once the disk works.
  void check_backup() {
    CHECK(std::filesystem::exists(directory_ / "backup") == backed_up_);
    CHECK_FALSE(std::filesystem::exists(directory_ / "backup.partial"));
    if (backed_up_) {
      const auto proved = verify_database(directory_ / "backup", key_of(9));
      INFO((proved ? "" : proved.error().message.view()));
      CHECK(proved);
    }
    std::filesystem::remove(directory_ / "backup");
    backed_up_ = false;
  }

  // Through the store as it is.
  void check() {
    for (const auto n : promised_.reports) CHECK((read(n) == content(n)));
    for (const auto n : promised_.events) CHECK((read_event(n) == content(n)));
    for (const auto n : promised_.erased_events) CHECK((read_event(n) == Bytes{}));
    for (const auto& [n, holders] : promised_.asked) check_asked(n, holders);
    ReportId after;
    const auto page =
        wait<ReportPage>([&](auto done) { store_->list_reports("ada", after, 1000, std::move(done)); });
    REQUIRE(page);
    std::set<std::uint64_t> listed;
    for (std::uint64_t n = 0; n <= last_number; ++n)
      if (std::ranges::find(page->reports, id_of(n), &ReportInfo::id) != page->reports.end())
        listed.insert(n);
    CHECK(listed.size() == page->reports.size());
    for (const auto n : listed) CHECK((read(n) == content(n)));
    for (const auto& info : page->reports)
      for (const auto n : promised_.seen)
        if (info.id == id_of(n)) CHECK(info.seen);
    for (const auto n : promised_.erased) CHECK_FALSE(listed.contains(n));
    // What has left the lists goes, though the erasure failed.
    for (const auto n : unlisting_)
      if (!listed.contains(n)) promised_.erased.insert(n);
    const auto latest = wait<StoredRoster>([&](auto done) { store_->latest_roster(std::move(done)); });
    REQUIRE(latest);
    CHECK(latest->version >= promised_.roster);
  }
  // Of the closed store.
  void check_erased() const {
    if (promised_.erased.empty() && promised_.erased_events.empty()) return;
    const auto pages = raw_pages(directory_ / "candour.db", key_of(1));
    for (const auto n : promised_.erased_events)
      CHECK_FALSE(holds(pages, ByteView(content(n)).subspan(1'000, 64)));
    for (const auto n : promised_.erased) CHECK_FALSE(holds(pages, ByteView(content(n)).subspan(1'000, 64)));
  }
  unsigned failures() const { return failures_; }
  std::string_view said() const { return said_; }  // by the last failure
  const Acknowledged& acknowledged() const { return promised_; }
  bool is_open() const { return store_ != nullptr; }

 private:
  template <class T>
  bool good(const Result<T>& outcome) {
    if (outcome) return true;
    ++failures_;
    said_ = outcome.error().message.view();
    INFO(said_);
    CHECK(outcome.error().code == Errc::io);
    return false;
  }
  // The batch with all that was answered, or the companion: never neither, or half of either.
  void check_asked(std::uint64_t n, const std::set<std::uint8_t>& holders) {
    const auto answers =
        wait<Bytes>([&](auto done) { store_->evaluation_answers(id_of(n), std::move(done)); });
    REQUIRE(answers);
    const bool sent = promised_.companions.contains(n) ||
                      (sending_.contains(n) && read_event(companion_of(n)) == content(companion_of(n)));
    if (sent) {
      CHECK(answers->empty());
      return;
    }
    for (const auto number : holders) {
      Bytes answer{number};
      append(answer, evaluation_of(n));
      CHECK(holds(*answers, answer));
    }
  }
  Result<Bytes> read_event(std::uint64_t n) {
    const auto read = wait<std::vector<Bytes>>(
        [&](auto done) { store_->read_events({event_id(content(n))}, "ada", std::move(done)); });
    if (!read) return fail(read);
    return read->front();
  }
  Result<Bytes> read(std::uint64_t n) {
    auto reader =
        wait<ReportReader>([&](auto done) { store_->read_report(id_of(n), "ada", 0, std::move(done)); });
    if (!reader) return fail(reader);
    Bytes all;
    for (;;) {
      auto chunk = wait<Bytes>([&](auto done) { reader->next(std::move(done)); });
      if (!chunk) return chunk;
      if (chunk->empty()) return all;
      append(all, *chunk);
    }
  }

  std::filesystem::path directory_;
  std::unique_ptr<Store> store_;
  Acknowledged promised_;
  std::set<std::uint64_t> unlisting_;
  std::set<std::uint64_t> sending_;  // companions that may be there
  bool backed_up_ = false;
  unsigned failures_ = 0;
  std::string_view said_;
};

}  // namespace candour::fault
