// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/threshold.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <bit>
#include <set>
#include <string>

#include "tests/unit/crypto/oprf/support.h"

using namespace candour;
using namespace candour::oprf;

namespace {

HolderList list_of(const Key& key, unsigned threshold, const std::vector<HolderShare>& shares) {
  HolderList list{key.public_key(), threshold, {}};
  for (const HolderShare& share : shares) list.shares.push_back({share.number, share.key.public_key()});
  return list;
}

Answer answer_of(const HolderShare& share, const BlindedBatch& batch) {
  return {share.number, encode_evaluation(evaluate(share.key, batch).value())};
}

// Of the holders whose bit is set, the last one first.
std::vector<Answer> answers_of(const std::vector<HolderShare>& shares, unsigned bits,
                               const BlindedBatch& batch) {
  std::vector<Answer> answers;
  for (std::size_t i = shares.size(); i-- > 0;)
    if (((bits >> i) & 1U) != 0) answers.push_back(answer_of(shares[i], batch));
  return answers;
}

HolderShare copy(const HolderShare& share) {
  return {share.number, Key(SecretScalar::parse(share.key.secret().reveal()).value())};
}

}  // namespace

TEST_CASE("Holders: any that are enough give what the key alone gives, and fewer give nothing") {
  const Key key = Key::make_random();
  const Sent sent = send("PC 4711");
  const auto alone = outputs_of(sent, key);
  for (const auto& [threshold, count] : {std::pair{1U, 1U}, {1U, 3U}, {2U, 2U}, {2U, 3U}, {3U, 5U}}) {
    const auto shares = share_key(key, threshold, count).value();
    REQUIRE(shares.size() == count);
    const auto holders = check_holders(list_of(key, threshold, shares));
    REQUIRE(holders);
    for (unsigned bits = 0; bits < 1U << count; ++bits) {
      INFO(threshold << " of " << count << ", holders " << bits);
      const Combined combined = combine(*holders, sent.batch, answers_of(shares, bits, sent.batch));
      CHECK(combined.liars.empty());
      if (static_cast<unsigned>(std::popcount(bits)) < threshold) {
        CHECK(combined.evaluated.error().code == Errc::no_match);
      } else {
        REQUIRE(combined.evaluated);
        CHECK(outputs_of(sent, *combined.evaluated) == alone);
      }
    }
  }
}

TEST_CASE("Holders: sixteen of sixteen") {
  const Key key = Key::make_random();
  const Sent sent = send("all");
  const auto shares = share_key(key, holders_max, holders_max).value();
  const auto holders = check_holders(list_of(key, holders_max, shares)).value();
  const Combined combined = combine(holders, sent.batch, answers_of(shares, 0xFFFF, sent.batch));
  CHECK(outputs_of(sent, combined.evaluated.value()) == outputs_of(sent, key));
}

TEST_CASE("Holders: who lies is named, and the others are enough") {
  const Key key = Key::make_random();
  const Sent sent = send("liar");
  const auto shares = share_key(key, 2, 3).value();
  const auto holders = check_holders(list_of(key, 2, shares)).value();
  const auto alone = outputs_of(sent, key);
  const HolderShare stranger{0, Key::make_random()};

  const auto lies = [&](const HolderShare& liar) {
    std::vector<Bytes> wrong;
    // Another key, with a proof that is true of that key.
    wrong.push_back(answer_of(stranger, sent.batch).evaluation);
    // The share of another holder.
    wrong.push_back(answer_of(shares[liar.number % 3], sent.batch).evaluation);
    // The right share, for another batch.
    wrong.push_back(answer_of(liar, send("another").batch).evaluation);
    // One element that is wrong, under the proof of the right ones.
    Evaluation mixed = evaluate(liar.key, sent.batch).value();
    mixed.elements[3] = stranger.key.secret() * sent.batch[3];
    wrong.push_back(encode_evaluation(mixed));
    // What is no answer.
    wrong.emplace_back();
    wrong.emplace_back(evaluation_bytes, std::uint8_t{0});
    wrong.push_back(answer_of(liar, sent.batch).evaluation);
    wrong.back().pop_back();
    return wrong;
  };
  for (const HolderShare& liar : shares) {
    for (const Bytes& lie : lies(liar)) {
      auto answers = answers_of(shares, 7, sent.batch);
      std::ranges::find(answers, liar.number, &Answer::number)->evaluation = lie;
      Combined combined = combine(holders, sent.batch, answers);
      CHECK(combined.liars == std::vector{liar.number});
      REQUIRE(combined.evaluated);
      CHECK(outputs_of(sent, *combined.evaluated) == alone);
      // Without one of the honest there are too few, and the liar is named all the same.
      std::erase_if(answers, [&](const Answer& a) { return a.number == liar.number % 3 + 1; });
      combined = combine(holders, sent.batch, answers);
      CHECK(combined.liars == std::vector{liar.number});
      CHECK(combined.evaluated.error().code == Errc::no_match);
    }
  }
  auto answers = answers_of(shares, 7, sent.batch);
  answers[0].evaluation.clear();
  answers[2].evaluation.clear();
  const Combined combined = combine(holders, sent.batch, answers);
  CHECK(combined.liars == std::vector<std::uint8_t>{1, 3});
  CHECK(combined.evaluated.error().code == Errc::no_match);
}

TEST_CASE("Holders: each of the roster answers once, and nobody else") {
  const Key key = Key::make_random();
  const Sent sent = send("who");
  const auto shares = share_key(key, 2, 3).value();
  const auto holders = check_holders(list_of(key, 2, shares)).value();
  auto answers = answers_of(shares, 3, sent.batch);
  answers.push_back(answers[0]);
  CHECK(combine(holders, sent.batch, answers).evaluated.error().code == Errc::refused);
  for (const std::uint8_t nobody : std::initializer_list<std::uint8_t>{0, 4, holders_max + 1, 255}) {
    answers.back().number = nobody;
    CHECK(combine(holders, sent.batch, answers).evaluated.error().code == Errc::refused);
  }
}

TEST_CASE("Holders: a list whose shares do not belong together is refused") {
  const Key key = Key::make_random();
  const auto shares = share_key(key, 2, 4).value();
  const HolderList good = list_of(key, 2, shares);
  REQUIRE(check_holders(good));
  const auto code = [](const HolderList& list) { return check_holders(list).error().code; };

  HolderList bad = good;
  bad.public_key = Key::make_random().public_key();
  CHECK(code(bad) == Errc::malformed);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    bad = good;
    bad.shares[i].public_key = Key::make_random().public_key();
    CHECK(code(bad) == Errc::malformed);
    bad = good;
    std::swap(bad.shares[i].public_key, bad.shares[(i + 1) % 4].public_key);
    CHECK(code(bad) == Errc::malformed);
  }
  // Where three are needed the roster may not say two, nor three where two are enough.
  CHECK(code(list_of(key, 2, share_key(key, 3, 4).value())) == Errc::malformed);
  CHECK(code(list_of(key, 3, shares)) == Errc::malformed);
  CHECK(code(list_of(key, 4, shares)) == Errc::malformed);
  CHECK(code(list_of(key, 2, share_key(key, 1, 4).value())) == Errc::malformed);
  // Two sharings of one key do not mix.
  bad = good;
  bad.shares[2].public_key = share_key(key, 2, 4).value()[2].key.public_key();
  CHECK(code(bad) == Errc::malformed);

  bad = good;
  std::ranges::reverse(bad.shares);
  CHECK(check_holders(bad));
  for (const unsigned threshold : {0U, 5U}) {
    bad = good;
    bad.threshold = threshold;
    CHECK(code(bad) == Errc::refused);
  }
  for (const std::uint8_t number : std::initializer_list<std::uint8_t>{0, 2, holders_max + 1, 255}) {
    bad = good;
    bad.shares[0].number = number;
    CHECK(code(bad) == Errc::refused);
  }
  CHECK(code(HolderList{key.public_key(), 1, {}}) == Errc::refused);
}

TEST_CASE("Holders: the key 0 is nobody's, nor is a share of 0") {
  const Element identity;
  CHECK(check_holders({identity, 1, {{1, identity}}}).error().code == Errc::malformed);
  // f(x) = k x: shares that are all right, of the key 0.
  const Element any = Key::make_random().public_key();
  CHECK(check_holders({identity, 2, {{1, any}, {2, any + any}}}).error().code == Errc::malformed);
  // f(x) = k - k x: a line through the key, and 0 for holder 1.
  const Key key = Key::make_random();
  const Element minus = (Scalar() - Scalar::from_number(1)) * key.public_key();
  CHECK(check_holders({key.public_key(), 2, {{1, identity}, {2, minus}}}).error().code == Errc::malformed);
  CHECK(check_holders({key.public_key(), 2, {{2, minus}, {3, minus + minus}}}));
}

TEST_CASE("Holders: as many shares as are needed give the key back, and fewer another one") {
  const Key key = Key::make_random();
  const auto shares = share_key(key, 3, 5).value();
  for (unsigned bits = 1; bits < 32; ++bits) {
    std::vector<HolderShare> some;
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (((bits >> i) & 1U) != 0) some.push_back(copy(shares[i]));
    const bool enough = some.size() >= 3;
    CHECK((join_key(some).value().public_key() == key.public_key()) == enough);
  }
  // Sharing out again what was joined gives other shares of the same key.
  std::vector<HolderShare> three;
  three.reserve(3);
  for (std::size_t i = 0; i < 3; ++i) three.push_back(copy(shares[i]));
  const auto again = share_key(join_key(three).value(), 2, 3).value();
  CHECK(check_holders(list_of(key, 2, again)));
  CHECK(again[0].key.public_key() != shares[0].key.public_key());

  CHECK(join_key({}).error().code == Errc::refused);
  for (const std::uint8_t number : std::initializer_list<std::uint8_t>{0, 2, holders_max + 1}) {
    three[0].number = number;
    CHECK(join_key(three).error().code == Errc::refused);
  }
}

TEST_CASE("Holders: one share of two takes every value, whatever the key") {
  const Key key = Key::make_random();
  std::set<unsigned> lowest_bits;
  for (int i = 0; i < 400; ++i)
    lowest_bits.insert(share_key(key, 2, 2).value()[0].key.secret().reveal()[0] & 15U);
  CHECK(lowest_bits.size() == 16);  // one is missing by chance once in ten thousand million
}

TEST_CASE("Holders: numbers that cannot be are refused") {
  const Key key = Key::make_random();
  CHECK(share_key(key, 0, 3).error().code == Errc::refused);
  CHECK(share_key(key, 4, 3).error().code == Errc::refused);
  CHECK(share_key(key, 2, holders_max + 1).error().code == Errc::refused);
  CHECK(share_key(key, 1, 0).error().code == Errc::refused);
}
