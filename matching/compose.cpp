// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/compose.h"

#include <algorithm>
#include <numeric>

#include "crypto/core/compare.h"
#include "crypto/core/random.h"

namespace candour::matching {
namespace {

template <class Range>
void put(std::array<std::uint8_t, slot_bytes>::iterator& at, const Range& bytes) {
  at = std::ranges::copy(bytes, at).out;
}

Result<Slot> make_slot(const CompanionPlan& plan, const Companion& companion, const oprf::Output& output,
                       const MatchSecret& secret) {
  const auto point = match_point(plan.author);
  if (!point) return fail(point);
  const Threshold wanted = plan.holding == nullptr ? Threshold::two : plan.holding->threshold;
  Slot slot;
  auto at = slot.bytes.begin();
  std::array<std::uint8_t, wrap_bytes> wrap{};
  for (const Threshold k : thresholds) {
    const auto polynomial = MatchPolynomial::from_output(k, output);
    if (!polynomial) return fail(polynomial);
    const auto share = polynomial->share_at(*point);
    if (!share) return fail(share);
    for (const oprf::Element& commitment : polynomial->commitments()) put(at, commitment.bytes());
    put(at, share->value.bytes());
    if (k == wanted) wrap = wrap_secret(polynomial->root(), companion, secret);
  }
  put(at, wrap);
  return slot;
}

bool has_output_twice(const Outputs& outputs) {
  for (std::size_t i = 0; i < companion_slots; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (equal_constant_time(outputs[i].reveal(), outputs[j].reveal())) return true;
  return false;
}

}  // namespace

CompanionDraw CompanionDraw::make_random() {
  CompanionDraw draw;
  fill_random(draw.salt);
  fill_random(draw.secret.writable());
  fill_random(draw.body);
  fill_random(draw.contact);
  std::iota(draw.order.begin(), draw.order.end(), std::size_t{0});
  for (std::size_t left = companion_slots; left > 1; --left)
    std::swap(draw.order[left - 1], draw.order[random_below(static_cast<std::uint32_t>(left))]);
  return draw;
}

Result<Companion> compose_companion(const CompanionPlan& plan, const CompanionDraw& draw) {
  if (has_output_twice(plan.outputs))
    return fail(Errc::conflict, "an identifier was given twice: give each once");
  Companion companion{.report = plan.report,
                      .author = plan.author,
                      .roster_sha256 = plan.roster_sha256,
                      .evaluation_key = plan.evaluation_key.bytes(),
                      .salt = draw.salt,
                      .excluded = plan.excluded,
                      .body = draw.body,
                      .contact = draw.contact};
  std::ranges::sort(companion.excluded);
  const auto twice = std::ranges::unique(companion.excluded);
  companion.excluded.erase(twice.begin(), twice.end());
  if (companion.excluded.size() > companion_excluded_max)
    return fail(Errc::too_large, "a companion leaves out at most 64 people");
  for (std::size_t i = 0; i < companion_slots; ++i) {
    const auto slot = make_slot(plan, companion, plan.outputs.at(draw.order.at(i)), draw.secret);
    if (!slot) return fail(slot);
    companion.slots.at(i) = *slot;
  }
  if (plan.holding == nullptr) return companion;
  const ContactFirst* contact = plan.holding->contact;
  companion.body =
      seal_body(draw.secret, contact == nullptr ? nullptr : &contact->release, plan.holding->identity_seed);
  if (contact == nullptr) return companion;
  if (const auto good = check_contact(contact->text); !good) return fail(good);
  companion.contact = seal_contact(draw.secret, contact->text);
  return companion;
}

}  // namespace candour::matching
