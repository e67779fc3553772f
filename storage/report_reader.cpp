// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/report_reader.h"

#include "storage/library.h"
#include "storage/options.h"
#include "storage/reader_pool.h"

namespace candour::storage {

void ReportReader::next(Done<Bytes> done) {
  const auto offset = offset_;
  if (offset >= bytes_) return done(Bytes{});
  const auto index = static_cast<std::uint32_t>(offset / part_bytes);
  const auto within = static_cast<std::size_t>(offset % part_bytes);
  const auto expected = length_of_part(bytes_, index);
  // Moved on before the answer, so that the caller may ask for the next chunk from inside `done`. After a failure the
  // reader is of no more use.
  offset_ += expected - within;
  pool_->answer<Bytes>(std::move(done), [=, library = library_, id = id_](Connection& db) -> Result<Bytes> {
    auto piece = library->piece(db, id, index);
    if (!piece) return piece;
    if (piece->size() != expected)
      return fail(
          Errc::io,
          "A report is shorter than its row says. Stop candourd, run candourd verify, and restore a backup.");
    piece->erase(piece->begin(), piece->begin() + static_cast<std::ptrdiff_t>(within));
    return piece;
  });
}

}  // namespace candour::storage
