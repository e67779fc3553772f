// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking for the evaluation of whom a report names: what is sent, how long is waited, and who is named where an answer is wrong.
#include "client-cli/report/evaluation.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <optional>

#include "client-cli/report/named.h"
#include "scripted_server.h"

namespace candour::cli {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::Answering;

// A key in the hands of three, of whom two are needed.
struct KeyHolders {
  oprf::Key key = oprf::Key::make_random();
  std::vector<oprf::HolderShare> shares = oprf::share_key(key, 2, 3).value();
  oprf::Holders holders = [this] {
    oprf::HolderList list{key.public_key(), 2, {}};
    for (const auto& share : shares) list.shares.push_back({share.number, share.key.public_key()});
    return oprf::check_holders(std::move(list)).value();
  }();
};

std::string body_of(std::string_view request) {
  return std::string(request.substr(request.find("\r\n\r\n") + 4));
}

// What the server's side keeps between the requests of one test.
struct ServerSide {
  const KeyHolders& keys;
  std::string batch;

  std::string answered(std::uint8_t number, const oprf::Key& key) const {
    const auto blinded = oprf::parse_blinded_batch(as_bytes(batch)).value();
    const Bytes evaluation = oprf::encode_evaluation(oprf::evaluate(key, blinded).value());
    return std::string(1, static_cast<char>(number)) + std::string(as_text(evaluation));
  }
  std::string right(std::uint8_t number) const { return answered(number, keys.shares.at(number - 1U).key); }
  // Takes the batch, and answers.
  Answering taking(const std::function<std::string()>& body) {
    return [this, body](std::string_view request) {
      batch = body_of(request);
      return answer("200 OK", body());
    };
  }
  static Answering answering(const std::function<std::string()>& body) {
    return [body](std::string_view) { return answer("200 OK", body()); };
  }
};

struct Asked {
  Outcome<matching::Outputs> outputs;
  std::vector<std::chrono::seconds> pauses;
  std::vector<std::uint8_t> liars;
  int waits = 0;
  std::vector<std::string> requests;
};

const ReporterKeys& reporter() {
  static const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  return keys;
}

Asked ask(const KeyHolders& keys, const std::vector<std::string>& typed, std::vector<Answering> answers,
          std::chrono::seconds at_most = 1h) {
  const auto names = parse_names(typed).value();
  test::Server server(std::move(answers));
  server.client.set_retries(1, 1ms);
  Asked asked{fail_with(Errc::internal, "not asked"), {}, {}, 0, {}};
  Patience patience(
      at_most, [&](std::chrono::seconds pause) { asked.pauses.push_back(pause); }, [&] { ++asked.waits; });
  asked.outputs =
      evaluate_names(server.client, {.keys = reporter(), .number = 0, .names = names}, keys.holders, patience,
                     [&](std::uint8_t number) { asked.liars.push_back(number); });
  asked.requests = server.scripted.finish();
  return asked;
}

std::string empty() { return ""; }

bool has(const matching::Outputs& outputs, const oprf::Output& output) {
  return std::ranges::any_of(
      outputs, [&](const oprf::Output& one) { return std::ranges::equal(one.reveal(), output.reveal()); });
}

// What the key alone gives for a name.
oprf::Output output_of(const oprf::Key& key, const std::string& typed) {
  const std::string input = parse_names(std::vector{typed})->front().encode();
  const auto blinded = oprf::blind(as_bytes(input)).value();
  const auto evaluation = oprf::evaluate(key, {&blinded.element, 1}).value();
  const auto evaluated = oprf::verify_evaluation(key.public_key(), {&blinded.element, 1}, evaluation).value();
  return oprf::finalize(as_bytes(input), blinded.blind, evaluated, 0);
}

const std::string phone = "phone: 07700900123";
const std::string collar = "collar-number: metropolitan; 123AB";

TEST_CASE("a name gives what the key gives for it, whoever of the holders answered") {
  const KeyHolders keys;
  for (const auto& [first, second] :
       std::vector<std::pair<std::uint8_t, std::uint8_t>>{{1, 2}, {1, 3}, {2, 3}}) {
    ServerSide side{keys, {}};
    const Asked asked = ask(keys, {phone, collar},
                            {side.taking(empty), ServerSide::answering([&] { return side.right(first); }),
                             ServerSide::answering([&] { return side.right(first) + side.right(second); })});
    REQUIRE(asked.outputs);
    CHECK(has(*asked.outputs, output_of(keys.key, phone)));
    CHECK(has(*asked.outputs, output_of(keys.key, collar)));
    CHECK_FALSE(has(*asked.outputs, output_of(keys.key, "phone: 07700900124")));
    CHECK(asked.liars.empty());
    REQUIRE(asked.requests.size() == 3);
    CHECK(asked.requests[0].starts_with("PUT /v1/reports/" + reporter().report_id(0).encode() +
                                        "/evaluation HTTP"));
    CHECK(asked.requests[1].starts_with("GET /v1/reports/" + reporter().report_id(0).encode() +
                                        "/evaluation HTTP"));
    CHECK(asked.requests[2] == asked.requests[1]);
  }
}

TEST_CASE("nobody and eight are asked for alike, and no batch comes twice") {
  const KeyHolders keys;
  std::vector<std::string> eight;
  for (int i = 0; i < 8; ++i) eight.push_back(fmt::format("email: somebody.of.the.force{}@post.example", i));
  std::vector<std::string> batches, heads;
  for (const auto& names : {std::vector<std::string>{}, eight, eight, std::vector<std::string>{}}) {
    ServerSide side{keys, {}};
    const Asked asked = ask(keys, names, {side.taking([&] { return side.right(1) + side.right(3); })});
    REQUIRE(asked.outputs);
    REQUIRE(asked.requests.size() == 1);
    REQUIRE(side.batch.size() == 256);
    heads.push_back(asked.requests[0].substr(0, asked.requests[0].size() - 256));
    batches.push_back(side.batch);
    for (const std::string& name : names) CHECK(has(*asked.outputs, output_of(keys.key, name)));
  }
  CHECK(std::ranges::count(heads, heads.front()) == 4);
  std::ranges::sort(batches);
  CHECK(std::ranges::adjacent_find(batches) == batches.end());
}

TEST_CASE("a name stands in any place of the batch") {
  const KeyHolders keys;
  const auto names = parse_names(std::vector{phone}).value();
  std::array<bool, oprf::batch_elements> stood{};
  for (int i = 0; i < 400 && std::ranges::count(stood, false) > 0; ++i) {
    const auto batch = NamedBatch::make(names).value();
    std::vector<oprf::Answer> answers;
    for (const std::uint8_t number : std::to_array<std::uint8_t>({1, 2}))
      answers.push_back(
          {number, encode_evaluation(oprf::evaluate(keys.shares[number - 1U].key, batch.blinded()).value())});
    const auto outputs =
        batch.finalize(oprf::combine(keys.holders, batch.blinded(), answers).evaluated.value());
    for (std::size_t at = 0; at < outputs.size(); ++at)
      if (std::ranges::equal(outputs[at].reveal(), output_of(keys.key, phone).reveal())) stood.at(at) = true;
  }
  CHECK(std::ranges::count(stood, true) == 8);
}

TEST_CASE("whoever lies is named once, and the others are enough") {
  const KeyHolders keys;
  ServerSide side{keys, {}};
  const oprf::Key other = oprf::Key::make_random();
  const auto lie = [&] { return side.answered(1, other); };
  const Asked asked = ask(keys, {phone},
                          {side.taking(empty), ServerSide::answering(lie),
                           ServerSide::answering([&] { return lie() + side.right(2); }),
                           ServerSide::answering([&] { return lie() + side.right(2) + side.right(3); })});
  REQUIRE(asked.outputs);
  CHECK(has(*asked.outputs, output_of(keys.key, phone)));
  CHECK(asked.liars == std::vector<std::uint8_t>{1});
}

TEST_CASE("where too few are left who could answer rightly, nothing more is waited for") {
  const KeyHolders keys;
  ServerSide side{keys, {}};
  const auto zeros = [](std::uint8_t number) {
    return std::string(1, static_cast<char>(number)) + std::string(320, '\0');
  };
  const Asked asked = ask(keys, {phone}, {side.taking([&] { return zeros(1) + zeros(3); })});
  CHECK(asked.outputs.error().code == Errc::no_match);
  CHECK(asked.liars == std::vector<std::uint8_t>{1, 3});
  CHECK(asked.pauses.empty());
}

TEST_CASE("it is asked again ever more slowly, up to once in half a minute, and no longer than was said") {
  const KeyHolders keys;
  ServerSide side{keys, {}};
  std::vector<Answering> answers{side.taking(empty)};
  for (int i = 0; i < 8; ++i) answers.push_back(ServerSide::answering(empty));
  const Asked asked = ask(keys, {}, std::move(answers), 100s);
  CHECK(asked.outputs.error().code == Errc::expired);
  CHECK(asked.pauses == std::vector<std::chrono::seconds>{1s, 2s, 4s, 8s, 16s, 30s, 30s, 9s});
  CHECK(asked.waits == 1);
  // Not to wait is to ask once.
  const Asked once = ask(keys, {}, {side.taking(empty)}, 0s);
  CHECK(once.outputs.error().code == Errc::expired);
  CHECK(once.waits == 0);
}

TEST_CASE("a server that is gone or busy for a while is asked again, one that refuses is not") {
  const KeyHolders keys;
  ServerSide side{keys, {}};
  const auto written = [](const std::string& text) { return [text](std::string_view) { return text; }; };
  const Asked asked =
      ask(keys, {phone},
          {written(""), written(answer("503 Busy", "")), side.taking(empty), written(answer("429 Slow", "")),
           ServerSide::answering([&] { return side.right(2) + side.right(3); })});
  REQUIRE(asked.outputs);
  CHECK(asked.requests[1].starts_with("PUT"));
  CHECK(asked.requests[2] == asked.requests[1]);
  CHECK(asked.requests[3].starts_with("GET"));
  CHECK(asked.pauses.size() == 4);
  const Asked refused = ask(keys, {phone}, {written(answer("404 Not Found", ""))});
  CHECK(refused.outputs.error().code == Errc::not_found);
  CHECK(refused.pauses.empty());
}

TEST_CASE("answers are of whole holders, by number, none twice") {
  const auto one = [](char number) { return std::string(1, number) + std::string(320, 'e'); };
  CHECK(parse_holder_answers({})->empty());
  const std::string good = one(1) + one(2) + one(16);
  const auto answers = parse_holder_answers(as_bytes(good));
  REQUIRE(answers);
  REQUIRE(answers->size() == 3);
  CHECK(answers->at(2).number == 16);
  CHECK(answers->at(2).evaluation.size() == 320);
  for (const std::string& bad : {one(1) + one(1), one(2) + one(1), one(0), one(1).substr(1), one(1) + "x"})
    CHECK(parse_holder_answers(as_bytes(bad)).error().code == Errc::malformed);
  std::string many;
  for (char number = 1; number <= 17; ++number) many += one(number);
  CHECK(parse_holder_answers(as_bytes(many)).error().code == Errc::malformed);
}

}  // namespace
}  // namespace candour::cli
