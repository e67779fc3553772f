// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of matching/ share: authors, the outputs of what they name, and their companions, right ones and spoiled ones.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/sign/signing_key.h"
#include "matching/compose.h"
#include "matching/match.h"

namespace candour::matching::test {

// Inline, and so before the people of any file.
inline const bool crypto_is_ready = init_crypto().has_value();

// As the evaluation gives it; the same for the same text.
oprf::Output output_of(std::string_view identifier);
// The others of the eight are random.
Outputs outputs_of(const std::vector<std::string>& identifiers);

CaseworkerId caseworker(std::string_view id);
// Who matches, for the key of every companion here: "ada".
MatchReader reader();

struct Wish {
  std::vector<std::string> names;
  std::optional<Threshold> held;  // nothing where the report is sent now
  std::string contact = {};       // where she is asked first
  std::vector<CaseworkerId> excluded = {};
};

// With a codename of her own, made up by the test.
struct Author {
  explicit Author(std::string_view name);
  ReportId report;
  sign::SigningKey key;
  Secret<32> identity_seed = Secret<32>::make_random();
  Release release = Release::make_random();

  Companion compose(const Wish& wish) const;
  std::string note(const Companion& companion) const;
  // compose(), spoiled where asked, and signed all the same.
  VerifiedCompanion send(const Wish& wish, const std::function<void(Companion&)>& spoil = {}) const;
};

// The slot of this companion for what `identifier` gave.
Slot& slot_of(Companion& companion, std::string_view identifier);
// Writes a share and commitments for k over those of the slot; they need not follow from anything.
void put_share(Slot& slot, Threshold k, const oprf::Scalar& value,
               const std::vector<oprf::Element>& commitments);

std::vector<Objection> objections_to(const MatchResult& result, const VerifiedCompanion& companion);
const OpenedCompanion* opened(const MatchResult& result, const VerifiedCompanion& companion);
bool opens_to(const OpenedCompanion* opened, const Author& author);

}  // namespace candour::matching::test
