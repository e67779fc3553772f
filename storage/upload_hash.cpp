// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/upload_hash.h"

#include "storage/intake.h"

namespace candour::storage {

UploadHash::~UploadHash() { forget_offered(); }

void UploadHash::forget_offered() {
  for (const auto& [index, part] : offered_) *offered_bytes_ -= part.size();
  offered_.clear();
}

std::optional<UploadHasher::Job> UploadHasher::job_for(const ReportId& id) const {
  return library_->index().look([&](const HotIndex& index) -> std::optional<Job> {
    const auto* upload = index.upload(id);
    if (upload == nullptr) return std::nullopt;
    return Job{id, parts_of(upload->bytes), upload->hash};
  });
}

void UploadHasher::offer(const ReportId& id, std::uint32_t index, Bytes part) {
  auto job = job_for(id);
  const auto size = part.size();
  if (!job || *offered_bytes_ + size > offered_bytes_max) return;
  {
    const std::lock_guard lock(job->hash->mutex_);
    auto& hash = *job->hash;
    if (index < hash.next_ || !hash.offered_.emplace(index, std::move(part)).second) return;
    hash.offered_bytes_ = offered_bytes_;
    *offered_bytes_ += size;
    if (hash.running_ || index != hash.next_) return;
    hash.running_ = true;
  }
  start(std::move(*job));
}

void UploadHasher::finish(const ReportId& id, Done<Digest> done) {
  auto job = job_for(id);
  if (!job) return done(std::unexpected(no_open_upload));
  {
    std::unique_lock lock(job->hash->mutex_);
    auto& hash = *job->hash;
    if (hash.digest_) {
      const auto digest = *hash.digest_;
      lock.unlock();
      return done(digest);
    }
    hash.waiting_.push_back(std::move(done));
    if (hash.running_) return;
    hash.running_ = true;
  }
  start(std::move(*job));
}

void UploadHasher::start(Job job) {
  const auto hash = job.hash;
  if (!pool_->post([this, job = std::move(job)](Connection& db) { advance(job, db); }))
    end(*hash, fail(Errc::busy, "Too many requests wait for the disk. Try again shortly."));
}

void UploadHasher::end(UploadHash& hash, const Result<Digest>& outcome) {
  std::vector<Done<Digest>> waiting;
  {
    const std::lock_guard lock(hash.mutex_);
    hash.running_ = false;
    if (outcome) hash.digest_ = *outcome;
    hash.forget_offered();
    waiting.swap(hash.waiting_);
  }
  for (auto& done : waiting) done(outcome);
}

void UploadHasher::advance(const Job& job, Connection& db) {
  auto& hash = *job.hash;
  for (int piece = 0; piece < pieces_at_once; ++piece) {
    std::unique_lock lock(hash.mutex_);
    const auto index = hash.next_;
    if (index == job.parts) {
      const auto digest = hash.hash_.finish();
      lock.unlock();
      return end(hash, digest);
    }
    Bytes part;
    if (auto offered = hash.offered_.find(index); offered != hash.offered_.end()) {
      part = std::move(offered->second);
      hash.offered_.erase(offered);
      *offered_bytes_ -= part.size();
    } else if (hash.waiting_.empty() && hash.offered_.empty()) {
      hash.running_ = false;  // until the next part, or the finish
      return;
    } else {
      const bool stored = library_->index().look([&](const HotIndex& hot) {
        const auto* upload = hot.upload(job.id);
        return upload != nullptr && upload->stored[index];
      });
      if (!stored && hash.waiting_.empty()) {
        hash.running_ = false;
        return;
      }
      lock.unlock();
      if (!stored) return end(hash, fail(Errc::refused, "Parts are missing. Ask which, and send them."));
      auto read = library_->piece(db, job.id, index);
      if (!read) return end(hash, fail(read));
      part = std::move(*read);
    }
    // Only this job touches the hash while `running_`, so the bytes are hashed without the lock.
    if (lock.owns_lock()) lock.unlock();
    hash.hash_.update(part);
    used_->give_back(std::move(part));
    lock.lock();
    hash.next_ = index + 1;
  }
  pool_->go_on([this, job](Connection& again) { advance(job, again); });
}

}  // namespace candour::storage
