// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/core/compare.h"
#include "crypto/sign/note.h"
#include "protocol/manifest.h"

namespace candour::matching::test {
namespace {

const oprf::Element evaluation_key = oprf::Element::generator_times(oprf::Scalar::from_number(77));

Secret<32> seed_of(std::string_view name) { return Secret<32>::copy_of(sha256(as_bytes(name))); }

}  // namespace

oprf::Output output_of(std::string_view identifier) {
  oprf::Output output;
  crypto_hash_sha512(output.writable().data(), as_bytes(identifier).data(), identifier.size());
  return output;
}

Outputs outputs_of(const std::vector<std::string>& identifiers) {
  Outputs outputs;
  for (oprf::Output& output : outputs) output = oprf::Output::make_random();
  for (std::size_t i = 0; i < identifiers.size(); ++i) outputs.at(i) = output_of(identifiers[i]);
  return outputs;
}

CaseworkerId caseworker(std::string_view id) { return CaseworkerId::parse(id).value(); }

MatchReader reader() { return {.caseworker = caseworker("ada"), .evaluation_key = evaluation_key}; }

Author::Author(std::string_view name)
    : report{sha256(as_bytes(std::string(name) + " report"))},
      key(sign::SigningKey::from_seed(seed_of(name))) {}

Companion Author::compose(const Wish& wish) const {
  const Outputs outputs = outputs_of(wish.names);
  const ContactFirst contact{release, wish.contact};
  const Holding holding{wish.held.value_or(Threshold::two), identity_seed,
                        wish.contact.empty() ? nullptr : &contact};
  auto companion = compose_companion({.report = report,
                                      .author = key.verify_key(),
                                      .evaluation_key = evaluation_key,
                                      .excluded = wish.excluded,
                                      .outputs = outputs,
                                      .holding = wish.held ? &holding : nullptr});
  REQUIRE(companion);
  return *companion;
}

std::string Author::note(const Companion& companion) const {
  return sign::sign_note(encode_companion(companion), author_key_name, key).value();
}

VerifiedCompanion Author::send(const Wish& wish, const std::function<void(Companion&)>& spoil) const {
  Companion companion = compose(wish);
  if (spoil) spoil(companion);
  auto verified = verify_companion(note(companion));
  REQUIRE(verified);
  return *verified;
}

Slot& slot_of(Companion& companion, std::string_view identifier) {
  const auto polynomial = MatchPolynomial::from_output(Threshold::two, output_of(identifier)).value();
  const auto tag = polynomial.commitments().front().bytes();
  const auto found = std::ranges::find_if(
      companion.slots, [&](const Slot& slot) { return std::ranges::equal(slot.tag(Threshold::two), tag); });
  REQUIRE(found != companion.slots.end());
  return *found;
}

void put_share(Slot& slot, Threshold k, const oprf::Scalar& value,
               const std::vector<oprf::Element>& commitments) {
  auto at = slot.bytes.begin() + (k == Threshold::two ? 0 : 96);
  for (const oprf::Element& commitment : commitments) at = std::ranges::copy(commitment.bytes(), at).out;
  std::ranges::copy(value.bytes(), at);
}

std::vector<Objection> objections_to(const MatchResult& result, const VerifiedCompanion& companion) {
  std::vector<Objection> found;
  for (const Objected& one : result.objected)
    if (one.companion == companion.name()) found.push_back(one.objection);
  return found;
}

const OpenedCompanion* opened(const MatchResult& result, const VerifiedCompanion& companion) {
  const auto found = std::ranges::find(result.opened, companion.name(), &OpenedCompanion::companion);
  return found == result.opened.end() ? nullptr : &*found;
}

bool opens_to(const OpenedCompanion* opened, const Author& author) {
  return opened != nullptr && opened->identity_seed &&
         equal_constant_time(opened->identity_seed->reveal(), author.identity_seed.reveal());
}

}  // namespace candour::matching::test
