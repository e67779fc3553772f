// SPDX-License-Identifier: AGPL-3.0-or-later
// The hash of a finished report, read anew.
#include "storage/sha256_stream.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

struct Digesting {
  ReportId id;
  Placed placed;
  Sha256Stream hash;
  std::uint32_t next = 0;
  Done<Digested> done;
};

void digest_some(const Library& library, ReaderPool& pool, std::unique_ptr<Digesting> work, Connection& db) {
  constexpr int pieces_at_once = 8;  // then others get their turn
  const auto parts = parts_of(work->placed.bytes);
  for (int piece = 0; piece < pieces_at_once && work->next < parts; ++piece, ++work->next) {
    const auto bytes = library.piece(db, work->id, work->next);
    if (!bytes) return work->done(fail(bytes));
    work->hash.update(*bytes);
  }
  if (work->next == parts) return work->done(Digested{work->hash.finish(), work->placed.day});
  pool.go_on([&library, &pool, work = std::move(work)](Connection& again) mutable {
    digest_some(library, pool, std::move(work), again);
  });
}

}  // namespace

void Store::Parts::digest_of(const ReportId& id, Done<Digested> done) {
  // Only a report that is there costs more than one look.
  readers->answer<Placed>(
      [this, id, done = std::move(done)](Result<Placed> placed) mutable {
        if (!placed) return done(fail(placed));
        auto work = std::make_unique<Digesting>(Digesting{id, std::move(*placed), {}, 0, std::move(done)});
        readers->go_on([this, work = std::move(work)](Connection& db) mutable {
          digest_some(library, *readers, std::move(work), db);
        });
      },
      [this, id](Connection& db) { return library.place(db, id); });
}

}  // namespace candour::storage
