// SPDX-License-Identifier: AGPL-3.0-or-later
// The index of drops (docs/spec/drops.md "The index and the check-in"): made at the start and at each full hour (or part of an hour,
// [drops] index_minutes), and never in between, so that it does not tell when within the hour something came. Also at a time that the clock
// is set back to. For the loop's thread; `server` and the store must outlive the loop.
#pragma once

#include <cstdint>
#include <optional>

#include "server/net/server.h"
#include "server/routes/context.h"

namespace candour::server {

class DropIndex {
 public:
  // `minutes` divides 60.
  DropIndex(Server& server, Context& context, std::uint64_t minutes)
      : server_(server), context_(context), minutes_(static_cast<std::int64_t>(minutes)) {}
  // Makes it, then again whenever it is time.
  void start() { look(); }

 private:
  void look();
  void make(std::int64_t slot);

  Server& server_;
  Context& context_;
  std::int64_t minutes_;
  std::optional<std::int64_t> made_for_;  // how many such parts of an hour since 1970
  bool making_ = false;
};

}  // namespace candour::server
