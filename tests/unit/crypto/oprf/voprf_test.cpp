// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/voprf.h"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

#include "tests/unit/crypto/oprf/support.h"

using namespace candour;
using namespace candour::oprf;

TEST_CASE("VOPRF: the same input gives the same output, whenever it is blinded, and another key another") {
  const Key key = Key::make_random();
  const Sent first = send("PC 4711");
  const Sent second = send("PC 4711");
  for (std::size_t i = 0; i < batch_elements; ++i) CHECK(first.batch.at(i) != second.batch.at(i));
  const auto outputs = outputs_of(first, key);
  CHECK(outputs == outputs_of(second, key));
  CHECK(std::set(outputs.begin(), outputs.end()).size() == batch_elements);
  CHECK(outputs != outputs_of(first, Key::make_random()));
  CHECK(outputs != outputs_of(send("PC 4712"), key));
}

TEST_CASE("VOPRF: asking twice with the same batch draws another proof") {
  const Key key = Key::make_random();
  const Sent sent = send("again");
  const auto once = evaluate(key, sent.batch).value();
  const auto twice = evaluate(key, sent.batch).value();
  CHECK(once.elements == twice.elements);
  CHECK_FALSE(once.proof == twice.proof);
}

TEST_CASE("VOPRF: a proof holds for its key and its batch, and for nothing else") {
  const Key key = Key::make_random();
  const Key other = Key::make_random();
  const Sent sent = send("a");
  const Sent another = send("b");
  const Evaluation good = evaluate(key, sent.batch).value();
  const auto refused = [&](const Element& public_key, const BlindedBatch& batch,
                           const Evaluation& evaluation) {
    const auto result = verify_evaluation(public_key, batch, evaluation);
    return !result && result.error().code == Errc::not_authentic;
  };
  REQUIRE_FALSE(refused(key.public_key(), sent.batch, good));
  CHECK(refused(other.public_key(), sent.batch, good));
  CHECK(refused(key.public_key(), another.batch, good));

  SECTION("one element that the key does not give, in any place") {
    for (std::size_t i = 0; i < batch_elements; ++i) {
      Evaluation bad = good;
      bad.elements[i] = other.secret() * sent.batch.at(i);
      CHECK(refused(key.public_key(), sent.batch, bad));
    }
  }
  SECTION("two elements that changed places, on one side or on both") {
    Evaluation bad = good;
    std::swap(bad.elements[0], bad.elements[7]);
    CHECK(refused(key.public_key(), sent.batch, bad));
    BlindedBatch swapped = sent.batch;
    std::swap(swapped.front(), swapped.back());
    CHECK(refused(key.public_key(), swapped, bad));
    CHECK(refused(key.public_key(), swapped, good));
  }
  SECTION("errors that would cancel out without weights") {
    Evaluation bad = good;
    const Element error = Element::generator_times(Scalar::from_number(1));
    bad.elements[0] = bad.elements[0] + error;
    bad.elements[1] = bad.elements[1] + (Scalar() - Scalar::from_number(1)) * error;
    CHECK(refused(key.public_key(), sent.batch, bad));
  }
  SECTION("fewer or more elements") {
    Evaluation bad = good;
    bad.elements.pop_back();
    CHECK(refused(key.public_key(), sent.batch, bad));
    bad = good;
    bad.elements.push_back(good.elements[0]);
    CHECK(refused(key.public_key(), sent.batch, bad));
    // Of nothing everything is true.
    const Proof empty = prove(key.secret(), key.public_key(), {}, {}, SecretScalar::make_random());
    REQUIRE(verify(empty, key.public_key(), {}, {}));
    CHECK(verify_evaluation(key.public_key(), {}, Evaluation{{}, empty}).error().code == Errc::not_authentic);
  }
  SECTION("any bit of the answer") {
    const Bytes encoded = encode_evaluation(good);
    REQUIRE(encoded.size() == evaluation_bytes);
    for (std::size_t byte = 0; byte < encoded.size(); ++byte) {
      Bytes changed = encoded;
      changed[byte] ^= static_cast<std::uint8_t>(1U << (byte % 8));
      const auto parsed = parse_evaluation(changed);
      if (parsed) {
        CHECK(refused(key.public_key(), sent.batch, *parsed));
      } else {
        CHECK(parsed.error().code == Errc::malformed);
      }
    }
  }
  SECTION("a proof of zeros") {
    Evaluation bad = good;
    bad.proof = {};
    CHECK(refused(key.public_key(), sent.batch, bad));
  }
}

TEST_CASE(
    "VOPRF: for the key 0 there are true proofs, and neither its public key nor its answers are taken") {
  // Whoever could hand her this public key would make her output a hash of the name alone, which anybody can compute.
  const Sent sent = send("anybody");
  const Element identity;
  Evaluation nothing;
  nothing.elements.resize(batch_elements);
  const SecretScalar random = SecretScalar::make_random();
  Element sum;
  for (std::size_t i = 0; i < batch_elements; ++i) {
    Bytes transcript;
    append_sized(transcript, hash_for_seed(Mode::voprf, identity));
    append(transcript, std::array{std::uint8_t{0}, static_cast<std::uint8_t>(i)});
    append_sized(transcript, sent.batch.at(i).bytes());
    append_sized(transcript, identity.bytes());
    append(transcript, as_bytes("Composite"));
    sum = sum + hash_to_scalar(Mode::voprf, transcript) * sent.batch.at(i);
  }
  Bytes transcript;
  for (const Element& element : {identity, sum, identity, Element::generator_times(random), random * sum})
    append_sized(transcript, element.bytes());
  append(transcript, as_bytes("Challenge"));
  nothing.proof = {hash_to_scalar(Mode::voprf, transcript), Scalar::parse(random.reveal()).value()};
  REQUIRE(verify(nothing.proof, identity, sent.batch, nothing.elements));

  CHECK(Element::parse(identity.bytes()).error().code == Errc::malformed);
  CHECK(parse_evaluation(encode_evaluation(nothing)).error().code == Errc::malformed);
  CHECK(verify_evaluation(identity, sent.batch, nothing).error().code == Errc::not_authentic);
}

TEST_CASE("VOPRF: a batch and an answer have one form") {
  const Key key = Key::make_random();
  const Sent sent = send("form");
  const Bytes batch = encode_blinded_batch(sent.batch);
  REQUIRE(batch.size() == blinded_batch_bytes);
  CHECK(parse_blinded_batch(batch).value() == sent.batch);
  const Bytes answer = encode_evaluation(evaluate(key, sent.batch).value());
  CHECK(encode_evaluation(parse_evaluation(answer).value()) == answer);
  for (const Bytes& whole : {batch, answer}) {
    Bytes longer = whole;
    longer.push_back(0);
    const Bytes shorter(whole.begin(), whole.end() - 1);
    for (const Bytes& wrong : {longer, shorter, Bytes()}) {
      CHECK(parse_blinded_batch(wrong).error().code == Errc::malformed);
      CHECK(parse_evaluation(wrong).error().code == Errc::malformed);
    }
  }
  for (std::size_t i = 0; i < batch_elements; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(i * element_bytes);
    for (const std::uint8_t filling : {std::uint8_t{0}, std::uint8_t{0xff}}) {  // the identity; not canonical
      Bytes bad = batch;
      std::fill_n(bad.begin() + place, element_bytes, filling);
      CHECK(parse_blinded_batch(bad).error().code == Errc::malformed);
      bad = answer;
      std::fill_n(bad.begin() + place, element_bytes, filling);
      CHECK(parse_evaluation(bad).error().code == Errc::malformed);
    }
  }
  for (const std::size_t scalar : {blinded_batch_bytes, blinded_batch_bytes + scalar_bytes}) {
    Bytes bad = answer;
    std::fill_n(bad.begin() + static_cast<std::ptrdiff_t>(scalar), scalar_bytes, std::uint8_t{0xff});
    CHECK(parse_evaluation(bad).error().code == Errc::malformed);
  }
}

TEST_CASE("VOPRF: one to eight at a time") {
  const Key key = Key::make_random();
  const Sent sent = send("some");
  for (std::size_t size = 1; size <= batch_elements; ++size) {
    const std::span some(sent.batch.data(), size);
    CHECK(verify_evaluation(key.public_key(), some, evaluate(key, some).value()));
  }
  CHECK(evaluate(key, {}).error().code == Errc::refused);
  CHECK(evaluate(key, std::vector<Element>(batch_elements + 1, sent.batch[0])).error().code == Errc::refused);
}

TEST_CASE("VOPRF: what cannot be compared is refused before anything is sent") {
  CHECK(blind(Bytes(input_bytes_max)));
  CHECK(blind(Bytes(input_bytes_max + 1)).error().code == Errc::too_large);
}
