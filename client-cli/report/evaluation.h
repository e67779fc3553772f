// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks for the evaluation of whom a report names (docs/spec/matching.md "Asking"): the same requests of the same sizes whether it names eight,
// one or nobody. The key holders come for the batch when they can, so the answer is asked for again, ever more slowly. Blinds and inputs are
// kept in memory alone, and gone with it. Used by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "crypto/oprf/threshold.h"
#include "matching/compose.h"
#include "protocol/identifier.h"
#include "protocol/reporter_keys.h"

namespace candour::cli {

// A batch on its way: each name in one of its places, random inputs in the others.
class NamedBatch {
 public:
  // At most as many names as a batch has places.
  static Result<NamedBatch> make(std::span<const Identifier> names);
  const oprf::BlindedBatch& blinded() const { return blinded_; }
  matching::Outputs finalize(const oprf::Evaluated& evaluated) const;

 private:
  NamedBatch() = default;
  std::vector<SecretBytes> inputs_;
  std::vector<oprf::SecretScalar> blinds_;
  oprf::BlindedBatch blinded_;
};

// What the server answers: number and evaluation of each holder, by number. Errc::malformed.
Result<std::vector<oprf::Answer>> parse_holder_answers(ByteView body);

// How long something is waited for, in pauses that grow from one second to half a minute.
class Patience {
 public:
  using Sleep = std::function<void(std::chrono::seconds)>;
  // `waits`: called once, when it takes more than some seconds.
  Patience(std::chrono::seconds at_most, Sleep sleep, std::function<void()> waits)
      : left_(at_most), sleep_(std::move(sleep)), waits_(std::move(waits)) {}
  // False when it is over.
  bool pause();

 private:
  std::chrono::seconds left_;
  std::chrono::seconds next_{1};
  Sleep sleep_;
  std::function<void()> waits_;
};

// Of a report that is stored: under which of the codename's ids, and whom it names.
struct NamedReport {
  const ReporterKeys& keys;
  std::uint64_t number;
  std::span<const Identifier> names;
};
// "/v1/reports/ID/WHAT", and what lets nobody but its author ask for it.
std::string path_of(const NamedReport& report, std::string_view what);
std::string authorization_of(const NamedReport& report);

// A reply that asking again could better: none, or one that says so. For requests beside a stored report, which wait for others.
bool may_pass(const Outcome<HttpReply>& reply);

// `lies`: called once for each holder whose answer is none, or was not made with its share. Errc::expired when patience is over,
// Errc::no_match once too few are left who could answer rightly, or the server's refusal.
Outcome<matching::Outputs> evaluate_names(HttpClient& server, const NamedReport& report,
                                          const oprf::Holders& holders, Patience& patience,
                                          const std::function<void(std::uint8_t)>& lies);

}  // namespace candour::cli
