// SPDX-License-Identifier: AGPL-3.0-or-later
// The format: https://www.sqlite.org/fileformat2.html#walformat. A header of 32 bytes: magic number, version, page size,
// checkpoint number, two salts, checksum (2). Then frames, each a header of 24 bytes (page number; size of the database
// after a commit, or 0; two salts; checksum) and a page. A checksum goes on from that of the frame before it. Frames with other
// salts are left from before the WAL started over, and have been copied into the database.
#include "storage/wal_check.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <span>
#include <system_error>

#include "crypto/core/bytes.h"
#include "storage/connection.h"

namespace candour::storage {
namespace {

constexpr std::size_t header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;
constexpr std::size_t frame_bytes = frame_header_bytes + Connection::page_bytes;
constexpr std::uint32_t magic = 0x377f0682;  // with the lowest bit: checksums over big-endian words
constexpr std::uint32_t version = 3007000;

std::uint32_t word_at(ByteView bytes, std::size_t at, bool big_endian = true) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return big_endian == (std::endian::native == std::endian::big) ? word : std::byteswap(word);
}

struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  bool operator==(const Checksum&) const = default;

  Checksum over(ByteView bytes, bool big_endian) const {
    Checksum sum = *this;
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      sum.first += word_at(bytes, at, big_endian) + sum.second;
      sum.second += word_at(bytes, at + 4, big_endian) + sum.first;
    }
    return sum;
  }
  static Checksum stored(ByteView bytes, std::size_t at) {
    return {word_at(bytes, at), word_at(bytes, at + 4)};
  }
};

// What the frames tell that SQLite would drop: the first one that does not verify, and all behind it.
class Dropped {
 public:
  // `goes_on`: its checksum verifies as the one after that of the frame before it.
  void add(bool commit, bool goes_on) {
    after_commit_ = after_commit_ || (last_was_commit_ && goes_on);
    commits_ += commit ? 1 : 0;
    last_was_commit_ = commit;
  }
  bool proves_loss(bool header_is_good) const {
    // The header is synced before the first frame is written: where there are frames, it was whole once.
    if (!header_is_good) return commits_ > 0;
    return after_commit_ || commits_ > 1;
  }

 private:
  bool after_commit_ = false;  // the next transaction had begun
  bool last_was_commit_ = false;
  std::uint64_t commits_ = 0;
};

class WalReader {
 public:
  explicit WalReader(const std::filesystem::path& file) : stream_(file, std::ios::binary) {}

  bool read(std::span<std::uint8_t> into) {
    stream_.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
    return static_cast<std::size_t>(stream_.gcount()) == into.size();
  }
  bool failed() const { return !stream_.eof(); }

 private:
  std::ifstream stream_;
};

bool loses_something(WalReader& wal, ByteView header) {
  const bool big_endian = (header[3] & 1U) != 0;
  auto before = Checksum{}.over(header.first(24), big_endian);
  const bool header_is_good = (word_at(header, 0) & ~1U) == magic && word_at(header, 4) == version &&
                              word_at(header, 8) == Connection::page_bytes &&
                              before == Checksum::stored(header, 24);
  auto salts = Checksum::stored(header, 16);
  bool whole = header_is_good;
  Dropped dropped;
  Bytes frame(frame_bytes);
  for (bool first = true; wal.read(frame); first = false) {
    const ByteView bytes = frame;
    if (first && !header_is_good) salts = Checksum::stored(bytes, 8);
    const auto sum =
        before.over(bytes.first(8), big_endian).over(bytes.subspan(frame_header_bytes), big_endian);
    before = Checksum::stored(bytes, 16);
    const bool current = Checksum::stored(bytes, 8) == salts;
    const bool goes_on = current && sum == before;
    whole = whole && goes_on;
    if (!whole) dropped.add(current && word_at(bytes, 4) != 0, goes_on);
  }
  return dropped.proves_loss(header_is_good);
}

}  // namespace

Result<> check_wal(const std::filesystem::path& database) {
  auto file = database;
  file += "-wal";
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed) return {};
  WalReader wal(file);
  std::array<std::uint8_t, header_bytes> header{};
  const bool lost = wal.read(header) && loses_something(wal, header);
  if (wal.failed())
    return fail(Errc::io, "The file candour.db-wal cannot be read. Check its owner, its mode and the disk.");
  if (lost)
    return fail(Errc::io,
                "The file candour.db-wal is damaged, and holds what was acknowledged. Copy the data folder "
                "away, then restore a backup.");
  return {};
}

}  // namespace candour::storage
