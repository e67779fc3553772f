// SPDX-License-Identifier: AGPL-3.0-or-later
// The values that go in and out of a store. Ids and digests are public; the bytes of a report are sealed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"
#include "storage/audience.h"
#include "storage/marks.h"

namespace candour::storage {

// Called exactly once with the outcome; see store.h for where.
template <class T = void>
using Done = std::move_only_function<void(Result<T>)>;

// A report is there, durably. `day` is that of its arrival, also when it arrives again.
struct Stored {
  bool already_there;
  Day day;
};

struct PartRange {
  std::uint32_t first;
  std::uint32_t last;  // inclusive
  bool operator==(const PartRange&) const = default;
};

struct UploadState {
  bool already_there;  // begun before, alike
  bool finished;       // it is a report already; nothing is missing
  Audience audience;   // for whom it came
  std::uint64_t bytes;
  std::uint32_t parts;
  std::vector<PartRange> missing;
};

struct ReportInfo {
  ReportId id;
  Audience audience;
  std::uint64_t bytes;
  Day day;
  bool seen;  // by the caseworker who asks
  Marks marks;
  std::vector<std::string> held_by() const;
};

struct ReportPage {
  std::vector<ReportInfo> reports;  // by id, which is random: never by arrival
  bool more;
};

// Coarse counts for an operator; nothing about any one report.
struct Figures {
  std::uint64_t database_bytes;
  std::uint64_t open_uploads;
  std::uint64_t waiting_requests;
  std::uint64_t waiting_bytes;
  std::optional<Error> failure;  // the last transaction failed, and why
};

}  // namespace candour::storage
