// SPDX-License-Identifier: AGPL-3.0-or-later
// The store's verbs about drops (docs/spec/drops.md).
#include <algorithm>
#include <utility>

#include "storage/drop_removal.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

// Two works about one drop never share a transaction. No report has such an id, but by a chance of 2^-192.
Subject about(const DropTag& tag) {
  Subject subject;
  std::ranges::copy(tag.bytes, subject.id.bytes.begin());
  return subject;
}

}  // namespace

void Store::put_drop(NewDrop drop, std::optional<Digest> replaces, DropSource from, Day today,
                     Done<DropPut> done) {
  const auto subject = about(drop.tag);
  const auto bytes = drop.sealed.size();
  parts_->writer->write<DropPut>(
      subject, bytes,
      [this, done = std::move(done)](Result<DropPut> outcome) mutable {
        if (!outcome || *outcome != DropPut::replaced) return done(std::move(outcome));
        parts_->blank_dropped([done = std::move(done)](Result<> gone) mutable {
          if (!gone) return done(fail(gone));
          done(DropPut::replaced);
        });
      },
      [this, drop = std::move(drop), replaces, from, today](Transaction& tx) {
        return parts_->drops.put(tx, drop, replaces, from, today);
      });
}

void Store::read_drop(const DropTag& tag, Done<Bytes> done) {
  parts_->readers->answer<Bytes>(std::move(done),
                                 [this, tag](Connection& db) { return parts_->drops.read(db, tag); });
}

void Store::erase_drop(const DropTag& tag, const Digest& verifier, Done<> done) {
  parts_->writer->write<void>(
      about(tag), 0,
      [this, done = std::move(done)](Result<> erased) mutable {
        if (!erased) return done(std::move(erased));
        parts_->blank_dropped(std::move(done));
      },
      [this, tag, verifier](Transaction& tx) { return parts_->drops.erase(tx, tag, verifier); });
}

void Store::pad_drops(Day today, Done<std::vector<DropTag>> done) {
  parts_->pad_drops(today, std::move(done));
}

void Store::expire_drops(Day today, Done<std::uint64_t> done) {
  parts_->readers->answer<Day>(
      [this, done = std::move(done)](Result<Day> counted) mutable {
        if (!counted) return done(fail(counted));
        const auto is_over = [day = *counted](const PlacedDrop& drop) { return drop.ends <= day; };
        auto over = parts_->index.look([&](const HotIndex& hot) {
          std::vector<DropTag> tags;
          for (const auto& [tag, drop] : hot.drops().all())
            if (is_over(drop)) tags.push_back(tag);
          return tags;
        });
        if (over.empty()) return done(0);
        parts_->writer->submit(std::make_unique<DropRemoval>(std::move(over), is_over, std::move(done)));
      },
      [today](Connection& db) { return CaseMarks::counted_day(db, today); });
}

}  // namespace candour::storage
