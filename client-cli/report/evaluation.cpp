// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/evaluation.h"

#include <algorithm>
#include <set>

#include "client-cli/net/problem.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::chrono::seconds pause_max{30};
constexpr std::chrono::seconds silent_pauses_max{4};
constexpr std::size_t answer_bytes = 1 + limits::evaluation_bytes;
constexpr std::size_t answers_bytes_max = limits::key_holders_max * answer_bytes;
constexpr std::size_t random_input_bytes = 32;

static_assert(limits::evaluation_bytes == oprf::evaluation_bytes);

SecretBytes input_of(const Identifier& name) {
  std::string text = name.encode();
  SecretBytes input = SecretBytes::copy_of(as_bytes(text));
  sodium_memzero(text.data(), text.size());
  return input;
}

SecretBytes random_input() {
  SecretBytes input(random_input_bytes);
  fill_random(input.writable());
  return input;
}

}  // namespace

Result<NamedBatch> NamedBatch::make(std::span<const Identifier> names) {
  NamedBatch batch;
  if (names.size() > batch.blinded_.size())
    return candour::fail(Errc::too_large, "more names than a batch has places");
  for (const Identifier& name : names) batch.inputs_.push_back(input_of(name));
  while (batch.inputs_.size() < batch.blinded_.size()) batch.inputs_.push_back(random_input());
  for (std::size_t left = batch.inputs_.size(); left > 1; --left)
    std::swap(batch.inputs_[left - 1], batch.inputs_[random_below(static_cast<std::uint32_t>(left))]);
  for (std::size_t at = 0; at < batch.blinded_.size(); ++at) {
    auto blinded = oprf::blind(batch.inputs_[at].reveal());
    if (!blinded) return candour::fail(blinded);
    batch.blinds_.push_back(std::move(blinded->blind));
    batch.blinded_[at] = blinded->element;
  }
  return batch;
}

matching::Outputs NamedBatch::finalize(const oprf::Evaluated& evaluated) const {
  matching::Outputs outputs;
  for (std::size_t at = 0; at < outputs.size(); ++at)
    outputs[at] = oprf::finalize(inputs_[at].reveal(), blinds_[at], evaluated, at);
  return outputs;
}

Result<std::vector<oprf::Answer>> parse_holder_answers(ByteView body) {
  constexpr Literal message = "the server's list of the key holders' answers is not of the form that it has";
  if (body.size() % answer_bytes != 0 || body.size() > answers_bytes_max)
    return candour::fail(Errc::malformed, message);
  std::vector<oprf::Answer> answers;
  for (; !body.empty(); body = body.subspan(answer_bytes)) {
    if (body.front() <= (answers.empty() ? 0 : answers.back().number))
      return candour::fail(Errc::malformed, message);
    const ByteView evaluation = body.subspan(1, limits::evaluation_bytes);
    answers.push_back({body.front(), Bytes(evaluation.begin(), evaluation.end())});
  }
  return answers;
}

bool Patience::pause() {
  if (left_.count() <= 0) return false;
  if (waits_ && next_ > silent_pauses_max) {
    waits_();
    waits_ = nullptr;
  }
  const auto now = std::min(next_, left_);
  left_ -= now;
  sleep_(now);
  next_ = std::min(2 * next_, pause_max);
  return true;
}

std::string path_of(const NamedReport& report, std::string_view what) {
  return fmt::format("/v1/reports/{}/{}", report.keys.report_id(report.number).encode(), what);
}

std::string authorization_of(const NamedReport& report) {
  return "Authorization: Secret " + hex_encode(report.keys.report_secret(report.number).reveal());
}

bool may_pass(const Outcome<HttpReply>& reply) {
  return !reply || reply->status == 429 || reply->status >= 500;
}

Outcome<matching::Outputs> evaluate_names(HttpClient& server, const NamedReport& report,
                                          const oprf::Holders& holders, Patience& patience,
                                          const std::function<void(std::uint8_t)>& lies) {
  const auto batch = NamedBatch::make(report.names);
  if (!batch) return fail(batch);
  const Bytes body = encode_blinded_batch(batch->blinded());
  const HttpRequest put{.method = "PUT",
                        .path = path_of(report, "evaluation"),
                        .headers = {"Content-Type: application/octet-stream", authorization_of(report)},
                        .body = body};
  const HttpRequest get{.method = "GET", .path = put.path, .headers = {authorization_of(report)}};
  std::set<std::uint8_t> liars;
  bool is_there = false;
  do {
    auto reply = server.send(is_there ? get : put, answers_bytes_max);
    if (may_pass(reply)) continue;
    if (!reply->ok()) return std::unexpected(failure_of(*reply));
    is_there = true;
    const auto answers = parse_holder_answers(reply->body);
    if (!answers) return fail(answers);
    const oprf::Combined combined = oprf::combine(holders, batch->blinded(), *answers);
    for (const std::uint8_t number : combined.liars)
      if (liars.insert(number).second) lies(number);
    if (combined.evaluated) return batch->finalize(*combined.evaluated);
    if (combined.evaluated.error().code != Errc::no_match) return fail(combined.evaluated);
    if (holders.list().shares.size() - liars.size() < holders.list().threshold)
      return fail_with(Errc::no_match,
                       "too few key holders are left who could give an answer that can be used.");
  } while (patience.pause());
  return fail_with(Errc::expired, "the key holders have not answered in time.");
}

}  // namespace candour::cli
