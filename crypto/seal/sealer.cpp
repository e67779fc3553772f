// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/seal/sealer.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "crypto/core/age_keys.h"
#include "crypto/core/age_stream.h"
#include "crypto/core/chunk_pipeline.h"
#include "crypto/core/random.h"
#include "crypto/seal/chunk_sealer.h"

namespace candour::seal {
namespace {

std::vector<ChunkSealer> make_ciphers(const Secret<32>& payload_key, unsigned threads) {
  std::vector<ChunkSealer> ciphers;
  for (unsigned i = 0; i < threads; ++i) ciphers.emplace_back(payload_key);
  return ciphers;
}

}  // namespace

struct Sealer::State {
  State(const Secret<32>& payload_key, unsigned threads, Sink to)
      : sink(std::move(to)),
        ciphers(make_ciphers(payload_key, threads)),
        pipeline(
            threads,
            [this](unsigned worker, Chunk& chunk) {
              const bool ok =
                  ciphers[worker].seal(chunk.memory, chunk.size_bytes, chunk.counter, chunk.final_chunk);
              chunk.size_bytes += age_tag_bytes;
              return ok;
            },
            [this](Chunk& chunk) -> Result<> {
              if (!chunk.ok) return fail(Errc::internal, "The cipher failed. Nothing was sealed; try again.");
              return sink(chunk.memory.first(chunk.size_bytes));
            }) {}

  Sink sink;
  std::vector<ChunkSealer> ciphers;
  std::size_t in_current = 0;  // plaintext bytes in the pipeline's current chunk
  bool ended = false;          // after finish() or an error
  ChunkPipeline pipeline;      // last: its threads use the rest
};

Sealer::Sealer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sealer::~Sealer() = default;
Sealer::Sealer(Sealer&&) noexcept = default;
Sealer& Sealer::operator=(Sealer&&) noexcept = default;

Result<Sealer> Sealer::begin(const Secret<16>& file_key, std::span<const AgeStanza> stanzas,
                             SealOptions options, Sink sink) {
  if (options.threads < 1 || options.threads > 16)
    return fail(Errc::refused, "The number of threads is 1 to 16.");
  std::string header = encode_age_header_for_mac(stanzas);
  header += encode_age_mac_line_end(age_header_mac(file_key, as_bytes(header)));
  std::array<std::uint8_t, age_payload_nonce_bytes> nonce{};
  fill_random(nonce);
  Bytes start;
  append(start, as_bytes(header));
  append(start, nonce);
  if (auto written = sink(start); !written) return fail(written);
  return Sealer(std::make_unique<State>(age_payload_key(file_key, nonce), options.threads, std::move(sink)));
}

Result<Sealer> Sealer::to_recipients(std::span<const Recipient> recipients, SealOptions options, Sink sink) {
  const FileKey file_key = FileKey::make_random();
  const auto stanzas = options.sharing
                           ? share_among_recipients(file_key, recipients, options.places, *options.sharing)
                           : wrap_for_recipients(file_key, recipients, options.places);
  if (!stanzas) return fail(stanzas);
  return begin(file_key, *stanzas, options, std::move(sink));
}

Result<Sealer> Sealer::to_passphrase(const SecretBytes& passphrase, unsigned work_factor_log2,
                                     SealOptions options, Sink sink) {
  if (options.places != 0 || options.sharing)
    return fail(Errc::refused, "A passphrase must be the only recipient of a file.");
  const FileKey file_key = FileKey::make_random();
  const auto stanzas = wrap_for_passphrase(file_key, passphrase, work_factor_log2);
  if (!stanzas) return fail(stanzas);
  return begin(file_key, *stanzas, options, std::move(sink));
}

Result<std::span<std::uint8_t>> Sealer::space() {
  if (state_->ended) return fail(Errc::internal, "The sealed file is finished already.");
  if (state_->in_current < age_chunk_plain_bytes) {
    return state_->pipeline.current().first(age_chunk_plain_bytes).subspan(state_->in_current);
  }
  auto next = state_->pipeline.following();
  if (!next) {
    state_->ended = true;
    return fail(next);
  }
  return next->first(age_chunk_plain_bytes);
}

// A full chunk waits until there is a byte after it: only then is it known not to be the final one.
Result<> Sealer::filled(std::size_t size_bytes) {
  if (state_->ended) return fail(Errc::internal, "The sealed file is finished already.");
  if (size_bytes == 0) return {};
  if (state_->in_current == age_chunk_plain_bytes) {
    if (auto submitted = state_->pipeline.submit(age_chunk_plain_bytes, false); !submitted) {
      state_->ended = true;
      return fail(submitted);
    }
    state_->in_current = 0;
  }
  state_->in_current += size_bytes;
  return {};
}

Result<> Sealer::update(ByteView plaintext) {
  while (!plaintext.empty()) {
    const auto room = space();
    if (!room) return fail(room);
    const std::size_t size = std::min(room->size(), plaintext.size());
    std::copy_n(plaintext.begin(), size, room->begin());
    if (auto done = filled(size); !done) return fail(done);
    plaintext = plaintext.subspan(size);
  }
  return {};
}

Result<> Sealer::finish() {
  if (std::exchange(state_->ended, true)) return fail(Errc::internal, "The sealed file is finished already.");
  if (auto submitted = state_->pipeline.submit(state_->in_current, true); !submitted) return fail(submitted);
  return state_->pipeline.drain();
}

namespace {

Result<Bytes> seal_whole(Result<Sealer> sealer, ByteView plaintext, Bytes& out) {
  if (!sealer) return fail(sealer);
  if (auto done = sealer->update(plaintext); !done) return fail(done);
  if (auto done = sealer->finish(); !done) return fail(done);
  return std::move(out);
}

Sink into(Bytes& out) {
  return [&out](ByteView sealed) -> Result<> {
    append(out, sealed);
    return {};
  };
}

}  // namespace

Result<Bytes> seal_bytes(std::span<const Recipient> recipients, ByteView plaintext, SealOptions options) {
  Bytes out;
  return seal_whole(Sealer::to_recipients(recipients, options, into(out)), plaintext, out);
}

Result<Bytes> seal_bytes(const SecretBytes& passphrase, ByteView plaintext, unsigned work_factor_log2) {
  Bytes out;
  return seal_whole(Sealer::to_passphrase(passphrase, work_factor_log2, {}, into(out)), plaintext, out);
}

}  // namespace candour::seal
