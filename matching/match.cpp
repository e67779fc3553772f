// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/match.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "crypto/core/bytes.h"
#include "crypto/core/compare.h"

namespace candour::matching {
namespace {

// Companions by their number in the order of their names.
struct Place {
  std::size_t companion;
  std::size_t slot;
  auto operator<=>(const Place&) const = default;
};

// A slot whose share was checked.
struct GoodSlot {
  Place place;
  MatchShare share;
};

class Matcher {
 public:
  Matcher(std::span<const VerifiedCompanion> companions, const MatchReader& reader);
  void match_all();
  MatchResult result();

 private:
  // Of a companion of which something opened.
  struct Held {
    Threshold threshold;
    MatchSecret secret;
    bool contradicted = false;
  };
  struct SlotRoots {
    std::size_t known = 0;
    bool is_open = false;
  };
  using ByCommitments = std::map<std::string_view, std::vector<GoodSlot>>;

  const Companion& at(std::size_t companion) const { return all_[companion]->companion(); }
  const Slot& at(const Place& place) const { return at(place.companion).slots.at(place.slot); }
  // Sorted, each once.
  template <class Range, class Projection>
  std::vector<VerifyKey> authors_of(const Range& places, Projection place) const;

  void take(const VerifiedCompanion& companion);
  void object(std::size_t companion, Objection objection) { objected_.emplace(companion, objection); }
  void match_tags(Threshold k);
  void look_into(Threshold k, std::span<const Place> same_tag);
  ByCommitments check_shares(Threshold k, std::span<const Place> same_tag);
  std::optional<MatchPolynomial> polynomial_of(Threshold k, const ByCommitments& groups) const;
  void accept(Threshold k, const std::vector<GoodSlot>& right, const oprf::SecretScalar& root);
  void unwrap(Threshold k, const Place& place, const oprf::SecretScalar& root);
  OpenedCompanion open(std::size_t companion, const Held& held);

  const MatchReader& reader_;
  std::vector<const VerifiedCompanion*> all_;
  std::vector<VerifyKey> authors_;  // of each, as she counts
  std::set<std::pair<std::size_t, Objection>> objected_;
  std::vector<Objected> left_out_;
  std::map<Place, SlotRoots> matched_slots_;
  std::map<std::size_t, Held> held_;
  std::map<std::vector<VerifyKey>, std::set<std::size_t>> matches_;
};

Matcher::Matcher(std::span<const VerifiedCompanion> companions, const MatchReader& reader) : reader_(reader) {
  for (const VerifiedCompanion& companion : companions) take(companion);
  const auto name_of = [](const VerifiedCompanion* companion) { return companion->name(); };
  std::ranges::sort(all_, {}, name_of);
  const auto same = std::ranges::unique(all_, {}, name_of);
  all_.erase(same.begin(), same.end());
  for (const VerifiedCompanion* companion : all_) {
    const auto first = reader_.first_keys.find(companion->name().author);
    authors_.push_back(first == reader_.first_keys.end() ? companion->name().author : first->second);
  }
}

void Matcher::take(const VerifiedCompanion& companion) {
  const auto author = reader_.authors.find(companion->report);
  if (std::ranges::binary_search(companion->excluded, reader_.caseworker)) {
    left_out_.push_back({companion.name(), Objection::excludes_reader});
  } else if (companion->evaluation_key != reader_.evaluation_key.bytes()) {
    left_out_.push_back({companion.name(), Objection::another_key});
  } else if (author != reader_.authors.end() && author->second != companion->author) {
    left_out_.push_back({companion.name(), Objection::not_the_author});
  } else {
    all_.push_back(&companion);
  }
}

template <class Range, class Projection>
std::vector<VerifyKey> Matcher::authors_of(const Range& places, Projection place) const {
  std::vector<VerifyKey> authors;
  for (const auto& one : places) authors.push_back(authors_[place(one).companion]);
  std::ranges::sort(authors);
  const auto twice = std::ranges::unique(authors);
  authors.erase(twice.begin(), twice.end());
  return authors;
}

void Matcher::match_all() {
  for (const Threshold k : thresholds) match_tags(k);
  for (const auto& [place, roots] : matched_slots_)
    if (roots.known == thresholds.size() && !roots.is_open) object(place.companion, Objection::wrong_wrap);
}

// Sorted, not hashed: who sends tags that fall together must not be able to make this slow.
void Matcher::match_tags(Threshold k) {
  const auto tag_of = [&](const Place& place) { return as_text(at(place).tag(k)); };
  std::vector<Place> places;
  places.reserve(all_.size() * companion_slots);
  for (std::size_t companion = 0; companion < all_.size(); ++companion)
    for (std::size_t slot = 0; slot < companion_slots; ++slot) places.push_back({companion, slot});
  std::ranges::sort(places, {}, [&](const Place& place) { return std::pair(tag_of(place), place); });
  for (auto from = places.begin(); from != places.end();) {
    const auto to = std::find_if(from + 1, places.end(),
                                 [&](const Place& next) { return tag_of(next) != tag_of(*from); });
    if (to - from > 1) look_into(k, {from, to});
    from = to;
  }
}

void Matcher::look_into(Threshold k, std::span<const Place> same_tag) {
  if (authors_of(same_tag, [](const Place& place) { return place; }).size() < 2) return;
  const ByCommitments groups = check_shares(k, same_tag);
  const auto polynomial = polynomial_of(k, groups);
  Bytes expected;
  if (polynomial)
    for (const oprf::Element& commitment : polynomial->commitments()) append(expected, commitment.bytes());
  for (const auto& [commitments, group] : groups) {
    if (polynomial && commitments == as_text(expected)) {
      accept(k, group, polynomial->root());
    } else if (polynomial || groups.size() > 1) {
      for (const GoodSlot& slot : group)
        object(slot.place.companion, polynomial ? Objection::wrong_commitments : Objection::disagrees);
    }
  }
}

Matcher::ByCommitments Matcher::check_shares(Threshold k, std::span<const Place> same_tag) {
  ByCommitments groups;
  for (const Place& place : same_tag) {
    const Slot& slot = at(place);
    const auto point = match_point(at(place.companion).author);
    const auto value = oprf::Scalar::parse(slot.share(k));
    std::vector<oprf::Element> commitments;
    for (auto rest = slot.commitments(k); !rest.empty(); rest = rest.subspan(oprf::element_bytes))
      if (auto element = oprf::Element::parse(rest.first(oprf::element_bytes)))
        commitments.push_back(*element);
    if (!point || !value || *value == oprf::Scalar() || commitments.size() != count_of(k)) {
      object(place.companion, Objection::poisoned);
      continue;
    }
    const MatchShare share{*point, *value};
    if (is_share_of(share, commitments)) {
      groups[as_text(slot.commitments(k))].push_back({place, share});
    } else {
      object(place.companion, Objection::poisoned);
    }
  }
  return groups;
}

// From the first shares of as many authors as it takes; whichever they are, it is the same.
std::optional<MatchPolynomial> Matcher::polynomial_of(Threshold k, const ByCommitments& groups) const {
  for (const auto& [commitments, group] : groups) {
    std::vector<MatchShare> shares;
    std::set<VerifyKey> authors;
    for (const GoodSlot& slot : group)
      if (shares.size() < count_of(k) && authors.insert(authors_[slot.place.companion]).second)
        shares.push_back(slot.share);
    if (shares.size() < count_of(k)) continue;
    auto root = join_shares(shares);
    if (!root) continue;
    auto polynomial = MatchPolynomial::from_root(k, std::move(*root));
    if (polynomial &&
        as_text(polynomial->commitments().front().bytes()) == commitments.substr(0, oprf::element_bytes))
      return std::move(*polynomial);
  }
  return std::nullopt;
}

void Matcher::accept(Threshold k, const std::vector<GoodSlot>& right, const oprf::SecretScalar& root) {
  auto authors = authors_of(right, [](const GoodSlot& slot) { return slot.place; });
  if (authors.size() < count_of(k)) return;
  auto& companions = matches_[std::move(authors)];
  for (const GoodSlot& slot : right) {
    companions.insert(slot.place.companion);
    unwrap(k, slot.place, root);
  }
}

void Matcher::unwrap(Threshold k, const Place& place, const oprf::SecretScalar& root) {
  SlotRoots& roots = matched_slots_[place];
  ++roots.known;
  if (roots.is_open) return;
  auto secret = unwrap_secret(root, at(place.companion), at(place));
  if (!secret) return;
  roots.is_open = true;
  const auto held = held_.find(place.companion);
  if (held == held_.end()) {
    held_.emplace(place.companion, Held{k, std::move(*secret)});
  } else if (!equal_constant_time(held->second.secret.reveal(), secret->reveal())) {
    held->second.contradicted = true;
    object(place.companion, Objection::wrong_wrap);
  }
}

OpenedCompanion Matcher::open(std::size_t companion, const Held& held) {
  const Companion& sent = at(companion);
  OpenedCompanion opened{all_[companion]->name(), held.threshold, {}, {}};
  if (auto contact = open_contact(held.secret, sent)) {
    opened.contact = std::move(*contact);
  } else if (contact.error().code == Errc::malformed) {
    object(companion, Objection::wrong_wrap);
  }
  auto seed = open_body(held.secret, nullptr, sent);
  auto [next, end] = reader_.releases.equal_range({sent.report, authors_[companion]});
  for (; !seed && next != end; ++next) {
    const auto release = Release::copy_of(next->second);
    seed = open_body(held.secret, &release, sent);
  }
  if (seed) opened.identity_seed = std::move(*seed);
  return opened;
}

MatchResult Matcher::result() {
  MatchResult result;
  for (const auto& [authors, companions] : matches_) {
    Match& match = result.matches.emplace_back(authors, std::vector<CompanionName>{});
    for (const std::size_t companion : companions) match.companions.push_back(all_[companion]->name());
  }
  // One after the other: a secret in memory has pages of its own, of which a process has only so many.
  for (; !held_.empty(); held_.erase(held_.begin())) {
    const auto& [companion, held] = *held_.begin();
    if (!held.contradicted) result.opened.push_back(open(companion, held));
  }
  result.objected = std::move(left_out_);
  for (const auto& [companion, objection] : objected_)
    result.objected.push_back({all_[companion]->name(), objection});
  std::ranges::sort(result.objected);
  const auto twice = std::ranges::unique(result.objected);
  result.objected.erase(twice.begin(), twice.end());
  return result;
}

}  // namespace

MatchResult match_companions(std::span<const VerifiedCompanion> companions, const MatchReader& reader) {
  Matcher matcher(companions, reader);
  matcher.match_all();
  return matcher.result();
}

}  // namespace candour::matching
