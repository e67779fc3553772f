// SPDX-License-Identifier: AGPL-3.0-or-later
// The payload of an age file after its nonce: STREAM chunks (C2SP age.md "Payload"), opened in order, on one
// thread or several. Internal to Opener, which says what may be believed when. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "crypto/core/chunk_pipeline.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/core/sink.h"
#include "crypto/open/chunk_opener.h"

namespace candour::open {

class PayloadReader {
 public:
  PayloadReader(const Secret<32>& payload_key, unsigned threads, Sink release);

  Result<std::span<std::uint8_t>> space();
  Result<> filled(std::size_t size_bytes);
  Result<> finish();

 private:
  Result<> deliver(Chunk& chunk);
  Result<> deliver_unfitting(Chunk& chunk);

  Sink release_;
  std::vector<ChunkOpener> ciphers_;
  std::size_t in_current_ = 0;  // sealed bytes in the pipeline's current chunk
  ChunkPipeline pipeline_;      // last: its threads use the rest
};

}  // namespace candour::open
