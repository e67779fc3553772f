// SPDX-License-Identifier: AGPL-3.0-or-later
// A store in a directory of its own that goes with the test, and verbs that wait for their completion.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <future>
#include <string>

#include "crypto/core/hash.h"
#include "crypto/core/init.h"
#include "storage/store.h"
#include "tests/temporary_folder.h"

namespace candour::storage::test {

using candour::test::TemporaryFolder;

inline DatabaseKey key_of(std::uint8_t seed) {
  DatabaseKey key;
  for (std::size_t i = 0; i < 32; ++i) key.writable()[i] = static_cast<std::uint8_t>(seed * 7 + i);
  return key;
}

inline ReportId id_of(std::uint64_t n) {
  const auto text = "report " + std::to_string(n);
  return ReportId{sha256(as_bytes(text))};
}

// Bytes that no compressor, page or other test has.
inline Bytes blob(std::size_t size, std::uint64_t seed) {
  Bytes out;
  out.reserve(size + 32);
  for (std::uint64_t block = 0; out.size() < size; ++block)
    append(out, sha256(as_bytes(std::to_string(seed) + "/" + std::to_string(block))));
  out.resize(size);
  return out;
}

inline Audience audience(std::vector<std::string> names) { return Audience::of(std::move(names)).value(); }

// Calls `verb(Done<T>)` and waits.
template <class T = void, class F>
Result<T> wait(F verb) {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  verb(Done<T>([promise](Result<T> outcome) { promise->set_value(std::move(outcome)); }));
  return future.get();
}

class StoreFixture {
 public:
  explicit StoreFixture(Options chosen = {}) : options(chosen) {
    REQUIRE(init_crypto());
    reopen();
  }
  void reopen() {
    store.reset();
    auto opened = Store::open(directory.path(), key_of(1), options);
    if (!opened) FAIL(opened.error().message.view());
    store = std::move(*opened);
  }

  Result<Stored> accept(std::uint64_t n, Bytes bytes, Audience who = audience({"ada", "bo"}),
                        Day day = Day(100)) {
    return wait<Stored>([&](auto done) {
      store->accept_report(id_of(n), std::move(who), day, std::move(bytes), std::move(done));
    });
  }
  Result<UploadState> begin(std::uint64_t n, std::uint64_t bytes, Day day = Day(100),
                            Audience who = audience({"ada"})) {
    return wait<UploadState>(
        [&](auto done) { store->begin_upload(id_of(n), std::move(who), bytes, day, std::move(done)); });
  }
  // Part `index` of `whole`.
  Result<> part(std::uint64_t n, std::uint32_t index, const Bytes& whole) {
    const auto from = std::min(whole.size(), index * part_bytes);
    const auto to = std::min(whole.size(), from + part_bytes);
    Bytes bytes(whole.begin() + static_cast<std::ptrdiff_t>(from),
                whole.begin() + static_cast<std::ptrdiff_t>(to));
    return wait([&](auto done) { store->accept_part(id_of(n), index, std::move(bytes), std::move(done)); });
  }
  Result<UploadState> missing(std::uint64_t n) {
    return wait<UploadState>([&](auto done) { store->missing_parts(id_of(n), std::move(done)); });
  }
  Result<Stored> finish(std::uint64_t n, const Digest& digest, Day day = Day(100)) {
    return wait<Stored>([&](auto done) { store->finish_upload(id_of(n), digest, day, std::move(done)); });
  }
  Result<ReportInfo> find(std::uint64_t n, std::string who) {
    return wait<ReportInfo>(
        [&](auto done) { store->find_report(id_of(n), std::move(who), std::move(done)); });
  }
  Result<ReportPage> list(std::string who, ReportId after = {}, std::size_t limit = 1000) {
    return wait<ReportPage>(
        [&](auto done) { store->list_reports(std::move(who), after, limit, std::move(done)); });
  }
  Result<Bytes> read(std::uint64_t n, std::string who, std::uint64_t offset = 0) {
    auto reader = wait<ReportReader>(
        [&](auto done) { store->read_report(id_of(n), std::move(who), offset, std::move(done)); });
    if (!reader) return fail(reader);
    Bytes all;
    for (;;) {
      auto chunk = wait<Bytes>([&](auto done) { reader->next(std::move(done)); });
      if (!chunk || chunk->empty()) return chunk ? Result<Bytes>(std::move(all)) : chunk;
      append(all, *chunk);
    }
  }
  Result<> seen(std::uint64_t n, std::string who) {
    return wait([&](auto done) { store->mark_seen(id_of(n), std::move(who), std::move(done)); });
  }
  Result<Digest> digest(std::uint64_t n) {
    return wait<Digest>([&](auto done) { store->report_digest(id_of(n), std::move(done)); });
  }
  Result<Obstacle> erase(std::uint64_t n, std::vector<std::string> signers = {"ada", "bo"},
                         Day today = Day(100), std::string who = "ada") {
    return wait<Obstacle>([&](auto done) {
      store->erase_report(id_of(n), std::move(who), std::move(signers), today, std::move(done));
    });
  }
  Result<std::uint64_t> erase_due(Day today, Day roster_from = Day(0)) {
    return wait<std::uint64_t>([&](auto done) { store->erase_due(today, roster_from, std::move(done)); });
  }
  Result<Obstacle> close(std::uint64_t n, Day erase_from, std::string who = "ada") {
    return wait<Obstacle>(
        [&](auto done) { store->close_report(id_of(n), std::move(who), erase_from, std::move(done)); });
  }
  Result<> reopen_case(std::uint64_t n, std::string who = "ada") {
    return wait([&](auto done) { store->reopen_report(id_of(n), std::move(who), std::move(done)); });
  }
  Result<> hold(std::uint64_t n, bool held, std::string who = "ada") {
    return wait([&](auto done) { store->hold_report(id_of(n), std::move(who), held, std::move(done)); });
  }
  Result<Obstacle> lift(std::uint64_t n, std::vector<std::string> signers, std::string who = "ada") {
    const auto held = find(n, who);
    return lift_named(n, std::move(signers), held ? held->marks.hold_mark : HoldMark{}, std::move(who));
  }
  Result<Obstacle> lift_named(std::uint64_t n, std::vector<std::string> signers, const HoldMark& mark,
                              std::string who = "ada") {
    return wait<Obstacle>([&](auto done) {
      store->lift_holds(id_of(n), std::move(who), std::move(signers), mark, std::move(done));
    });
  }
  Result<> withdraw(std::uint64_t n, std::optional<Day> asked_on) {
    return wait([&](auto done) { store->withdraw_report(id_of(n), asked_on, std::move(done)); });
  }
  Result<> abandon(std::uint64_t n) {
    return wait([&](auto done) { store->abandon_upload(id_of(n), std::move(done)); });
  }
  Result<std::uint64_t> expire(Day today) {
    return wait<std::uint64_t>([&](auto done) { store->expire_uploads(today, std::move(done)); });
  }
  Result<std::uint64_t> drop_unproven() {
    return wait<std::uint64_t>([&](auto done) { store->drop_unproven_uploads(std::move(done)); });
  }
  Result<> close_day(Day today) {
    return wait([&](auto done) { store->close_day(today, std::move(done)); });
  }

  TemporaryFolder directory;
  Options options;
  std::unique_ptr<Store> store;
};

template <class T>
bool failed_with(const Result<T>& outcome, Errc code) {
  return !outcome && outcome.error().code == code;
}

}  // namespace candour::storage::test
