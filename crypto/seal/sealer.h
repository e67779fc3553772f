// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes an age v1 file (C2SP age.md) as a stream: any amount of plaintext goes in, sealed bytes come out at
// the sink, with memory that does not grow (256 KiB on one thread, 2 MiB for each of several). The plaintext
// is encrypted in place and wiped. The file is complete only when finish() has succeeded; drop what was
// written otherwise. One thread at a time; the sink is called on that thread.
//
//     auto sealer = Sealer::to_recipients(recipients, {.places = 8}, sink);
//     sealer->update(bytes);   // any number of times, any size
//     sealer->finish();
//
// A caller that reads from a file saves a copy: read into space(), then say how much with filled().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "crypto/core/sink.h"
#include "crypto/seal/stanzas.h"

namespace candour::seal {

struct SealOptions {
  std::size_t places = 0;  // stanzas in the header, real and dummy; 0: only the real ones
  unsigned threads = 1;    // 1 to 16, the caller's included; more than one pays from a few MiB on
  std::optional<Sharing> sharing = {};  // several have to open it together
};

// age's own default for passphrases: a second or so, 256 MiB.
inline constexpr unsigned work_factor_log2_default = 18;

class Sealer {
 public:
  // Both write the header to the sink at once. Errors as wrap_for_recipients(), share_among_recipients() and wrap_for_passphrase(), the
  // sink's, and Errc::refused for a number of threads that is not 1 to 16.
  static Result<Sealer> to_recipients(std::span<const Recipient> recipients, SealOptions options, Sink sink);
  static Result<Sealer> to_passphrase(const SecretBytes& passphrase, unsigned work_factor_log2,
                                      SealOptions options, Sink sink);
  ~Sealer();
  Sealer(Sealer&&) noexcept;
  Sealer& operator=(Sealer&&) noexcept;

  Result<> update(ByteView plaintext);
  // Room for the next plaintext, never empty; valid until the next call of any function.
  Result<std::span<std::uint8_t>> space();
  // The first size_bytes of the last space() hold plaintext.
  Result<> filled(std::size_t size_bytes);
  // Once; nothing but the destructor may follow, here or after an error.
  Result<> finish();

 private:
  struct State;
  explicit Sealer(std::unique_ptr<State> state);
  static Result<Sealer> begin(const Secret<16>& file_key, std::span<const AgeStanza> stanzas,
                              SealOptions options, Sink sink);
  std::unique_ptr<State> state_;
};

// In one call, for what fits into memory.
Result<Bytes> seal_bytes(std::span<const Recipient> recipients, ByteView plaintext, SealOptions options = {});
Result<Bytes> seal_bytes(const SecretBytes& passphrase, ByteView plaintext,
                         unsigned work_factor_log2 = work_factor_log2_default);

}  // namespace candour::seal
