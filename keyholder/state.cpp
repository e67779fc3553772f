// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/state.h"

#include <utility>

#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "crypto/core/encoding.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::keyholder {
namespace {

constexpr std::size_t state_bytes_max = 1024;
constexpr Literal damaged = "is no count of batches, or a damaged one";

Result<std::optional<RosterSeen>> parse_seen(const json::Fields& fields) {
  if (fields.find("roster_version") == nullptr) return std::nullopt;
  constexpr std::size_t hex_digits = 64;
  RosterSeen seen;
  const auto version = fields.whole("roster_version", damaged);
  const auto hash = fields.line("roster_sha256", hex_digits, damaged);
  if (!version || !hash || !hex_decode_into(*hash, seen.text_sha256)) return fail(Errc::malformed, damaged);
  seen.version = *version;
  return seen;
}

}  // namespace

std::string encode_state(const HolderState& state) {
  json::Object object{{"day", {state.day.encode()}}, {"batches", json::number(state.batches)}};
  if (state.roster) {
    object.push_back({"roster_version", json::number(state.roster->version)});
    object.push_back({"roster_sha256", {hex_encode(state.roster->text_sha256)}});
  }
  return json::encode({std::move(object)}, json::Layout::indented) + '\n';
}

Result<HolderState> parse_state(std::string_view text) {
  constexpr std::size_t day_bytes = 10;
  const auto value = json::parse(text, state_bytes_max, limits::json_depth_max);
  if (!value) return fail(Errc::malformed, damaged);
  const auto fields = json::Fields::of(*value, damaged);
  if (!fields) return fail(fields);
  const auto day_text = fields->line("day", day_bytes, damaged);
  const auto batches = fields->whole("batches", damaged);
  if (!day_text || !batches) return fail(Errc::malformed, damaged);
  const auto day = Day::parse(*day_text);
  const auto seen = parse_seen(*fields);
  if (!day || !seen) return fail(Errc::malformed, damaged);
  return HolderState{.day = *day, .batches = *batches, .roster = *seen};
}

cli::Outcome<StateFile> StateFile::open(std::string path, std::uint64_t daily, Day today) {
  const auto text = cli::read_text_file(path, state_bytes_max);
  if (!text && text.error().code != Errc::not_found) return cli::fail(text);
  StateFile file(std::move(path), daily, {.day = today, .batches = 0, .roster = std::nullopt});
  if (!text) {  // written at once: better now than with the first batch, if it cannot be
    if (auto written = file.replace(file.state_); !written) return cli::fail(written);
    return file;
  }
  const auto state = parse_state(*text);
  if (!state) {
    return cli::fail_with(state.error().code,
                          fmt::format("{}: {}, so nobody knows how many batches were answered today. Look "
                                      "who changed it; then delete it, today or tomorrow.",
                                      file.path_, state.error().message.view()));
  }
  file.state_ = *state;
  return file;
}

std::uint64_t StateFile::left(Day today) const {
  if (today > state_.day) return daily_;
  return daily_ > state_.batches ? daily_ - state_.batches : 0;
}

cli::Outcome<> StateFile::take(std::uint64_t batches, Day today) {
  HolderState next = state_;
  if (today > state_.day) {
    next.day = today;
    next.batches = 0;
  }
  next.batches += batches;
  return replace(next);
}

cli::Outcome<> StateFile::see(const RosterSeen& roster) {
  if (state_.roster == roster) return {};
  HolderState next = state_;
  next.roster = roster;
  return replace(next);
}

cli::Outcome<> StateFile::replace(const HolderState& next) {
  if (auto written = cli::replace_file(path_, as_bytes(encode_state(next))); !written) return written;
  state_ = next;
  return {};
}

}  // namespace candour::keyholder
