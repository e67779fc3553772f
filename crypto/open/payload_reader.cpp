// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/payload_reader.h"

#include <utility>

#include "crypto/core/age_stream.h"

namespace candour::open {
namespace {

std::vector<ChunkOpener> make_ciphers(const Secret<32>& payload_key, unsigned threads) {
  std::vector<ChunkOpener> ciphers;
  for (unsigned i = 0; i < threads; ++i) ciphers.emplace_back(payload_key);
  return ciphers;
}

}  // namespace

PayloadReader::PayloadReader(const Secret<32>& payload_key, unsigned threads, Sink release)
    : release_(std::move(release)),
      ciphers_(make_ciphers(payload_key, threads)),
      pipeline_(
          threads,
          [this](unsigned worker, Chunk& chunk) {
            return ciphers_[worker].open(chunk.memory, chunk.size_bytes, chunk.counter, chunk.final_chunk);
          },
          [this](Chunk& chunk) { return deliver(chunk); }) {}

Result<std::span<std::uint8_t>> PayloadReader::space() {
  if (in_current_ < age_chunk_sealed_bytes) return pipeline_.current().subspan(in_current_);
  return pipeline_.following();
}

// A full chunk waits until there is a byte after it: only then is it known that it must not be the final one.
Result<> PayloadReader::filled(std::size_t size_bytes) {
  if (size_bytes == 0) return {};
  if (in_current_ == age_chunk_sealed_bytes) {
    if (auto submitted = pipeline_.submit(age_chunk_sealed_bytes, false); !submitted) return submitted;
    in_current_ = 0;
  }
  in_current_ += size_bytes;
  return {};
}

Result<> PayloadReader::finish() {
  if (in_current_ < age_tag_bytes) {
    if (auto drained = pipeline_.drain(); !drained) return drained;
    return fail(Errc::truncated, "The sealed file ends too early. Fetch it again, whole.");
  }
  if (auto submitted = pipeline_.submit(in_current_, true); !submitted) return submitted;
  return pipeline_.drain();
}

Result<> PayloadReader::deliver(Chunk& chunk) {
  if (!chunk.ok) return deliver_unfitting(chunk);
  const std::size_t plain_bytes = chunk.size_bytes - age_tag_bytes;
  if (plain_bytes == 0 && chunk.counter > 0) {
    return fail(Errc::malformed,
                "The sealed file ends with an empty chunk, which age does not write. It was changed.");
  }
  return release_(chunk.memory.first(plain_bytes));
}

// A full chunk that is authentic as the other kind: the final one with something behind it, or one in the
// middle with nothing behind it. It is released, as it is authentic, but the file is wrong.
Result<> PayloadReader::deliver_unfitting(Chunk& chunk) {
  if (chunk.size_bytes == age_chunk_sealed_bytes &&
      ciphers_[0].open(chunk.memory, chunk.size_bytes, chunk.counter, !chunk.final_chunk)) {
    if (auto released = release_(chunk.memory.first(age_chunk_plain_bytes)); !released) return released;
    if (chunk.final_chunk)
      return fail(Errc::truncated, "The sealed file ends too early. Fetch it again, whole.");
    return fail(Errc::malformed,
                "Something follows the end of the sealed file. It was changed; fetch it again.");
  }
  return fail(Errc::not_authentic,
              "The sealed file is damaged, was changed, or was cut short. Fetch it again.");
}

}  // namespace candour::open
