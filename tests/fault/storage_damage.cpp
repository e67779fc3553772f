// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page of a closed store's database is damaged in turn: the start is refused in words, or it goes on with all reports and events
// but those whose bytes lie on the page, which fail in words. docs/spec/storage.md "Damage".
#include <algorithm>
#include <fstream>
#include <ranges>

#include "../unit/storage/raw_pages.h"
#include "../unit/storage/store_fixture.h"
#include "storage/connection.h"
#include "storage/database_file.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::uint64_t closed = 30;
constexpr std::uint64_t all = 40;
constexpr std::uint64_t closed_events = 10;
constexpr std::uint64_t all_events = 13;

std::size_t size_of(std::uint64_t n) { return 2'000 + n * 9'000 % 60'000; }

void write_file(const std::filesystem::path& file, const Bytes& bytes) {
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Bytes event_body(std::uint64_t n) { return blob(22'700, 5'000 + n); }

Result<> put_event(Store& store, std::uint64_t n, Day today) {
  auto body = event_body(n);
  NewEvent event{.id = event_id(body), .audience = audience({"ada", "bo"}), .sealed = std::move(body)};
  const auto put = wait<EventPut>(
      [&](auto done) { store.put_event(std::move(event), today, {today, 300, 30}, std::move(done)); });
  if (!put) return fail(put);
  return {};
}

Result<Bytes> read_event(Store& store, std::uint64_t n) {
  const auto read = wait<std::vector<Bytes>>(
      [&](auto done) { store.read_events({event_id(event_body(n))}, "ada", std::move(done)); });
  if (!read) return fail(read);
  return read->front();
}

Bytes batch_of(std::uint64_t n) { return blob(limits::blinded_batch_bytes, 9'000 + n); }

Result<Bytes> ask(Store& store, std::uint64_t n, Day today) {
  return wait<Bytes>([&](auto done) { store.ask_evaluation(id_of(n), batch_of(n), today, std::move(done)); });
}

bool is_said_in_words(const Error& error) {
  return (error.code == Errc::io || error.code == Errc::not_authentic) &&
         error.message.view().find("damaged") != std::string_view::npos;
}

}  // namespace

TEST_CASE("a damaged page is a refusal to start, or costs only the reports and events that lie on it") {
  StoreFixture f;
  for (std::uint64_t n = 0; n < closed; ++n) REQUIRE(f.accept(n, blob(size_of(n), n)));
  for (std::uint64_t n = 0; n < closed_events; ++n) REQUIRE(put_event(*f.store, n, Day(100)));
  for (std::uint64_t n = 0; n < closed; ++n) REQUIRE(ask(*f.store, n, Day(100)));
  REQUIRE(f.close_day(Day(101)));
  for (auto n = closed_events; n < all_events; ++n) REQUIRE(put_event(*f.store, n, Day(101)));
  for (auto n = closed; n < all; ++n) REQUIRE(f.accept(n, blob(size_of(n), n), audience({"ada"}), Day(101)));
  for (auto n = closed; n < all; ++n) REQUIRE(ask(*f.store, n, Day(101)));
  f.store.reset();
  const auto file = f.directory.path() / "candour.db";
  const auto whole = file_bytes(file);
  const auto pages = whole.size() / static_cast<std::size_t>(Connection::page_bytes);
  std::size_t refused = 0;
  std::size_t mild = 0;
  for (std::size_t page = 0; page < pages; ++page) {
    INFO("page " << page);
    auto bytes = whole;
    bytes[page * static_cast<std::size_t>(Connection::page_bytes) + 100 + page * 37 % 16'000] ^= 1U;
    write_file(file, bytes);
    const auto proved = verify_database(file, key_of(1));
    REQUIRE_FALSE(proved);
    CHECK(is_said_in_words(proved.error()));
    auto opened = Store::open(f.directory.path(), key_of(1));
    if (!opened) {
      ++refused;
      CHECK(is_said_in_words(opened.error()));
      continue;
    }
    f.store = std::move(*opened);
    // Nothing damaged becomes sound by being copied.
    const auto backed_up = wait(
        [&](auto done) { f.store->backup_to(f.directory.path() / "backup", key_of(9), std::move(done)); });
    REQUIRE_FALSE(backed_up);
    CHECK(is_said_in_words(backed_up.error()));
    const auto day_closed = f.close_day(Day(102));
    CHECK((day_closed || is_said_in_words(day_closed.error())));
    std::size_t lost = 0;
    for (std::uint64_t n = 0; n < all; ++n) {
      const auto read = f.read(n, "ada");
      if (read) {
        CHECK((read == blob(size_of(n), n)));
        continue;
      }
      ++lost;
      CHECK(is_said_in_words(read.error()));
    }
    for (std::uint64_t n = 0; n < all_events; ++n) {
      const auto read = read_event(*f.store, n);
      if (read) {
        CHECK((read == event_body(n)));
        continue;
      }
      ++lost;
      CHECK(is_said_in_words(read.error()));
    }
    // Many evaluations share a page; what is left of one is none that was not asked.
    for (std::uint64_t n = 0; n < all; ++n) {
      const auto answers =
          wait<Bytes>([&](auto done) { f.store->evaluation_answers(id_of(n), std::move(done)); });
      CHECK((answers == Bytes{} || (!answers && is_said_in_words(answers.error()))));
    }
    const auto waiting = wait<Bytes>([&](auto done) { f.store->waiting_batches(1, std::move(done)); });
    if (waiting)
      for (std::size_t at = 0; at < waiting->size(); at += limits::blinded_batch_bytes)
        CHECK(std::ranges::any_of(std::views::iota(std::uint64_t{0}, all), [&](std::uint64_t n) {
          return std::ranges::equal(ByteView(*waiting).subspan(at, limits::blinded_batch_bytes), batch_of(n));
        }));
    else
      CHECK(is_said_in_words(waiting.error()));
    if (lost <= 6) ++mild;
    CHECK(f.accept(1'000, blob(3'000, 1'000), audience({"ada"}), Day(102)));
    f.store.reset();
  }
  CHECK(refused > 0);
  CHECK(mild >= (pages - refused) * 8 / 10);  // the others are of the trees and lists above
}
