// SPDX-License-Identifier: AGPL-3.0-or-later
// Carries a Failure through a library whose sinks speak Result: the words stay here, the library sees only
// that it must stop, and the caller gets the words back. One stream, one stash.
#pragma once

#include <optional>

#include "client-cli/outcome.h"

namespace candour::cli {

class Stash {
 public:
  // For the sink: keeps the words, and stops the library.
  Result<> stop_on(const Outcome<>& done) {
    if (done) return {};
    failure_ = done.error();
    return candour::fail(Errc::io, "the stream was stopped by its receiver.");
  }
  const std::optional<Failure>& kept() const { return failure_; }
  // For the caller: the kept words where there are any, else the library's.
  template <class T>
  std::unexpected<Failure> failure(const Result<T>& failed) const {
    return std::unexpected<Failure>(failure_ ? *failure_ : Failure(failed.error()));
  }

 private:
  std::optional<Failure> failure_;
};

}  // namespace candour::cli
