// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/digests.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/core/hash.h"

namespace candour::storage {
namespace {

constexpr int pieces_at_once = 8;  // then others get their turn

}  // namespace

struct Digests::Job {
  ReportId id;
  std::uint64_t erasures;
  std::optional<Placed> placed = std::nullopt;
  Sha256 hash = {};
  std::uint32_t next = 0;
};

const Digests::Remembered* Digests::remembered(const ReportId& id, std::uint64_t erasures) const {
  const auto found = std::ranges::find(remembered_, id, &Remembered::id);
  return found != remembered_.end() && found->erasures == erasures ? &*found : nullptr;
}

void Digests::ask(const ReportId& id, Done<Digested> done) {
  const auto erasures = library_->index().look([](const HotIndex& index) { return index.erasures(); });
  {
    std::unique_lock lock(mutex_);
    if (const auto* known = remembered(id, erasures)) {
      const auto digested = known->digested;
      lock.unlock();
      return done(digested);
    }
    if (const auto job = running_.find(id); job != running_.end())
      return job->second.push_back(std::move(done));
    if (running_.size() >= jobs_max) {
      lock.unlock();
      return done(fail(Errc::busy, "Too many requests wait for the disk. Try again shortly."));
    }
    running_[id].push_back(std::move(done));
  }
  auto job = std::make_unique<Job>(Job{.id = id, .erasures = erasures});
  if (!pool_->post([this, job = std::move(job)](Connection& db) mutable { step(std::move(job), db); }))
    end(Job{.id = id, .erasures = erasures},
        fail(Errc::busy, "Too many requests wait for the disk. Try again shortly."));
}

void Digests::step(std::unique_ptr<Job> job, Connection& db) {
  if (!job->placed) {
    auto placed = library_->place(db, job->id);
    if (!placed) return end(*job, fail(placed));
    job->placed = std::move(*placed);
  }
  const auto parts = parts_of(job->placed->bytes);
  for (int piece = 0; piece < pieces_at_once && job->next < parts; ++piece, ++job->next) {
    const auto bytes = library_->piece(db, job->id, job->next);
    if (!bytes) return end(*job, fail(bytes));
    job->hash.update(*bytes);
  }
  if (job->next == parts) return end(*job, Digested{job->hash.finish(), job->placed->day});
  pool_->go_on([this, job = std::move(job)](Connection& again) mutable { step(std::move(job), again); });
}

void Digests::end(const Job& job, const Result<Digested>& outcome) {
  std::vector<Done<Digested>> waiting;
  {
    const std::lock_guard lock(mutex_);
    if (outcome) {
      std::erase_if(remembered_, [&](const Remembered& known) { return known.id == job.id; });
      remembered_.push_back({job.id, job.erasures, *outcome});
      if (remembered_.size() > remembered_max) remembered_.pop_front();
    }
    waiting = std::move(running_.extract(job.id).mapped());
  }
  for (auto& done : waiting) done(outcome);
}

}  // namespace candour::storage
