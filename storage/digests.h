// SPDX-License-Identifier: AGPL-3.0-or-later
// The hashes of finished reports, read anew: for a `finish` that is asked again, which anybody who knows an id can do
// for nothing. One job reads a report, whoever else asks for it joins; few jobs at once, beyond them Errc::busy;
// the last answers are remembered, in memory only, until anything is erased. Internal to storage/; any thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/library.h"
#include "storage/reader_pool.h"

namespace candour::storage {

struct Digested {
  Digest sha256;
  Day day;
};

class Digests {
 public:
  static constexpr std::size_t jobs_max = 4;
  static constexpr std::size_t remembered_max = 64;

  Digests(const Library& library, ReaderPool& pool) : library_(&library), pool_(&pool) {}
  void ask(const ReportId& id, Done<Digested> done);

 private:
  struct Job;
  struct Remembered {
    ReportId id;
    std::uint64_t erasures;  // how many there had been when the reading began
    Digested digested;
  };
  const Remembered* remembered(const ReportId& id, std::uint64_t erasures) const;
  void step(std::unique_ptr<Job> job, Connection& db);
  void end(const Job& job, const Result<Digested>& outcome);

  const Library* library_;
  ReaderPool* pool_;
  std::mutex mutex_;
  std::map<ReportId, std::vector<Done<Digested>>> running_;
  std::deque<Remembered> remembered_;
};

}  // namespace candour::storage
