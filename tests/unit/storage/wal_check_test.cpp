// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/wal_check.h"

#include <fstream>

#include "raw_pages.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::size_t frame_bytes = 24 + 16384;
constexpr std::size_t reports = 6;

// What a store that was killed leaves: database and WAL, copied while it runs. Each report has one transaction.
struct Killed {
  Killed() {
    StoreFixture f;
    REQUIRE(f.accept(0, blob(40'000, 0)));
    f.reopen();  // the first report is in the database, the others in the WAL
    for (std::uint64_t n = 1; n <= reports; ++n) REQUIRE(f.accept(n, blob(40'000, n)));
    database = file_bytes(f.directory.path() / "candour.db");
    wal = file_bytes(f.directory.path() / "candour.db-wal");
    for (std::size_t at = 32; at + frame_bytes <= wal.size(); at += frame_bytes)
      if (wal[at + 4] != 0 || wal[at + 5] != 0 || wal[at + 6] != 0 || wal[at + 7] != 0)
        commits.push_back((at - 32) / frame_bytes);
    REQUIRE(commits.size() == reports);
  }
  // Opens it with this WAL.
  Result<std::unique_ptr<Store>> open(const Bytes& with_wal, const std::filesystem::path& directory) const {
    const auto write = [&](const char* name, const Bytes& bytes) {
      std::ofstream(directory / name, std::ios::binary)
          .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    write("candour.db", database);
    write("candour.db-wal", with_wal);
    return Store::open(directory, key_of(1));
  }
  Result<std::unique_ptr<Store>> open(const Bytes& with_wal) const {
    const TemporaryFolder directory;
    return open(with_wal, directory.path());
  }
  std::size_t frames() const { return (wal.size() - 32) / frame_bytes; }

  Bytes database;
  Bytes wal;
  std::vector<std::size_t> commits;  // by the number of the frame
};

Bytes changed(Bytes wal, std::size_t at) {
  wal[at] ^= 0x10U;
  return wal;
}

}  // namespace

TEST_CASE("a WAL that is whole, or cut short in its last transaction, is recovered") {
  const Killed killed;
  StoreFixture f;
  const auto holds_reports = [&](const Bytes& wal, std::uint64_t last) {
    f.store.reset();
    auto opened = killed.open(wal, f.directory.path());
    REQUIRE(opened);
    f.store = std::move(*opened);
    for (std::uint64_t n = 0; n <= last; ++n) CHECK(f.read(n, "ada") == blob(40'000, n));
    CHECK(f.list("ada")->reports.size() == last + 1);
  };
  holds_reports(killed.wal, reports);
  for (std::size_t frame = killed.commits[reports - 2] + 1; frame < killed.frames(); ++frame) {
    const auto at = 32 + frame * frame_bytes;
    for (const std::size_t more : {std::size_t{0}, std::size_t{10}, std::size_t{5000}})
      holds_reports(Bytes(killed.wal.begin(), killed.wal.begin() + static_cast<std::ptrdiff_t>(at + more)),
                    reports - 1);
    // A frame that did not reach the disk though later ones did.
    auto hole = killed.wal;
    std::fill_n(hole.begin() + static_cast<std::ptrdiff_t>(at), frame_bytes, std::uint8_t{0});
    holds_reports(hole, reports - 1);
    holds_reports(changed(killed.wal, at + 300), reports - 1);
  }
  holds_reports(Bytes(killed.wal.begin(), killed.wal.begin() + 20), 0);
  holds_reports(Bytes(killed.wal.size(), 0), 0);
  holds_reports({}, 0);
}

TEST_CASE("a changed bit anywhere in an earlier transaction of the WAL is refused, with the remedy") {
  const Killed killed;
  const auto refused = [&](const Bytes& wal) {
    const auto opened = killed.open(wal);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::io);
    CHECK(opened.error().message.view().find("restore a backup") != std::string_view::npos);
  };
  for (std::size_t at = 0; at < 32; ++at) refused(changed(killed.wal, at));
  // But for the header of the last commit but one, which alone tells that it was one.
  for (std::size_t frame = 0; frame <= killed.commits[reports - 2]; ++frame) {
    const auto at = 32 + frame * frame_bytes;
    for (const std::size_t within : {24U, 25U, 300U, 9000U, 16407U})
      refused(changed(killed.wal, at + within));
    if (frame == killed.commits[reports - 2]) continue;
    for (std::size_t within = 0; within < 24; ++within) refused(changed(killed.wal, at + within));
  }
}

TEST_CASE("frames from before the WAL started over are no damage") {
  Options options;
  options.wal_bytes_max = 300'000;
  StoreFixture f(options);
  // A new store empties its WAL once, at a moment of its own: where that came after the first report, no frames were left.
  f.reopen();
  REQUIRE(
      f.accept(0, blob(900'000, 0)));  // beyond the bound: copied into the database, and the WAL starts over
  for (std::uint64_t n = 1; n < 5; ++n) {
    REQUIRE(f.accept(n, blob(1'000, n)));
    CHECK(file_bytes(f.directory.path() / "candour.db-wal").size() > 900'000);
    CHECK(check_wal(f.directory.path() / "candour.db"));
  }
}
