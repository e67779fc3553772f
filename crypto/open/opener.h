// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads an age v1 file (C2SP age.md), binary or armored, as a stream with memory that does not grow (256 KiB
// on one thread, 2 MiB for each of several, and the header, at most 1 MiB).
//
// What reaches the sink is *provisional*: each piece is authentic and in its place, but the file may yet turn
// out to be cut short. Only when finish() has succeeded was it the whole file. So show nothing of it as
// complete, and keep nothing of it under its final name, before that. No byte that did not authenticate ever
// reaches the sink. One thread at a time; the sink is called on that thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/open/identity.h"

namespace candour::open {

// Plaintext released before the end of the file has been seen. The view is valid during the call only.
struct Provisional {
  ByteView bytes;
};
using ProvisionalSink = std::function<Result<>(Provisional)>;

struct OpenOptions {
  unsigned threads = 1;                // 1 to 16, the caller's included; more than one pays from a few MiB on
  unsigned work_factor_log2_max = 20;  // of passphrases; never over work_factor_log2_limit
};

// How far an Opener has come: tells what an error is about.
enum class OpenStage : std::uint8_t {
  header,   // armor, header, its MAC, and the payload's nonce
  payload,  // the header was authentic
  done,     // finish() succeeded
};

class Opener {
 public:
  // `identities` must live as long as the Opener does.
  Opener(std::span<const Identity> identities, OpenOptions options, ProvisionalSink sink);
  ~Opener();
  Opener(Opener&&) noexcept;
  Opener& operator=(Opener&&) noexcept;

  // Errc::malformed or Errc::unsupported: not an age v1 file; Errc::no_match: for none of the identities, or
  // the passphrase is wrong; Errc::not_authentic: damaged or changed; others as parse_age_header() and
  // unwrap(), and the sink's. After an error every further call fails.
  Result<> update(ByteView sealed);
  // Room for the next sealed bytes, never empty, and how much of it was filled: saves a copy when reading a
  // file.
  Result<std::span<std::uint8_t>> space();
  Result<> filled(std::size_t size_bytes);
  // Errc::truncated, Errc::not_authentic. Until it succeeds nothing is sure to be complete.
  Result<> finish();

  OpenStage stage() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// In one call, for what fits into memory: complete and authentic, or an error.
Result<SecretBytes> open_bytes(std::span<const Identity> identities, ByteView sealed,
                               OpenOptions options = {});

// The file key alone, of a binary file that begins so (its header, at least): for whoever hands it on to one more reader. Checked against the
// header's MAC. Errors as Opener.
Result<FileKey> file_key_of(std::span<const Identity> identities, ByteView beginning,
                            OpenOptions options = {});

// Does it begin as an age file does, armored or not? (A key file that is not protected does not.)
bool looks_like_age_file(ByteView start);

}  // namespace candour::open
