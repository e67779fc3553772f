// SPDX-License-Identifier: AGPL-3.0-or-later
// The other way round of a BodyReader: a body too large to be kept whole goes to its handler piece by piece, as it
// arrives. The connection holds memory for one piece at a time, within the same bounds as for a part of an upload, and
// reads on when that piece has been dealt with. One connection uses it, on the loop's thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "crypto/core/bytes.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace candour::server {

class BodySink {
 public:
  // Called once, from any thread: nothing when the next piece may come, or the answer that refuses the rest.
  using Done = std::move_only_function<void(std::optional<Response>)>;
  virtual ~BodySink() = default;

  // How long the next piece is to be (1 to piece_bytes_max of net/limits.h); the last one may be shorter.
  virtual std::size_t wants_bytes() const = 0;
  // Pieces in order. What it still holds after `done` is at most 16 KiB.
  virtual void take(Bytes piece, Done done) = 0;
  // All of the body has come.
  virtual void finish(Reply reply) = 0;
  // It never will: the peer left, or was too slow. After a refusal, too. Nothing else is called after it.
  virtual void give_up() = 0;
};

using Sink = std::function<std::unique_ptr<BodySink>(const Request&)>;

}  // namespace candour::server
