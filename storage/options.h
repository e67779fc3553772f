// SPDX-License-Identifier: AGPL-3.0-or-later
// What an operator may set about a store. Every bound is a refusal when it is passed, never a wait.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "protocol/limits.h"

namespace candour::storage {

inline constexpr std::size_t part_bytes = std::size_t{1} << 20;  // every part of an upload but the last

std::optional<std::uint64_t> free_on_disk(const std::filesystem::path& directory);

// May be changed from any thread while the store is open: it goes by them from the next transaction on.
struct Quotas {
  std::atomic<std::uint64_t> open_uploads_max = 1024;  // begun and not finished
  std::atomic<std::uint64_t> open_upload_bytes_max = std::uint64_t{64}
                                                     << 30;              // what they have sent, all together
  std::atomic<std::uint64_t> stored_bytes_max = std::uint64_t{1} << 40;  // the database
  std::atomic<std::uint64_t> disk_reserve_bytes = std::uint64_t{64} << 20;  // always left free on the disk
};

struct Options {
  // Policy.
  std::shared_ptr<Quotas> quotas = std::make_shared<Quotas>();
  std::size_t drops_max = limits::drops_max;  // dummies apart; past half of it, caseworkers alone may put
  std::size_t drop_index_tags_min = limits::drop_index_tags_min;
  std::uint64_t upload_bytes_max = std::uint64_t{2} << 30;  // one report sent in parts
  std::chrono::minutes upload_patience{
      30};  // without part 0, or without a new part once others want the place

  // The world; tests put others in.
  std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;
  // Bytes that others than root may still write there; nullopt: it cannot be asked.
  std::function<std::optional<std::uint64_t>(const std::filesystem::path&)> disk_bytes_free = free_on_disk;

  // Work that waits. Past either bound a request is refused with Errc::busy.
  std::size_t queue_requests_max = 4096;
  std::size_t queue_bytes_max = std::size_t{32} << 20;
  std::size_t readers = 2;  // reading threads, each with a connection
  std::size_t reads_waiting_max = 1024;

  // Chosen by measurement: docs/decisions/0006-storage-settings.md.
  std::size_t batch_bytes_max = std::size_t{8} << 20;  // one transaction of the writer
  std::size_t wal_bytes_max = std::size_t{16} << 20;   // the writer checkpoints beyond
};

}  // namespace candour::storage
