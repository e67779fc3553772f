// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/opener.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/core/age_stream.h"
#include "crypto/core/compare.h"
#include "crypto/open/armor.h"
#include "crypto/open/payload_reader.h"
#include "crypto/open/shares.h"

namespace candour::open {
namespace {

constexpr std::size_t staging_bytes = 65'536;

bool is_white_space(std::uint8_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Armored files begin with a dash, or with white space before it; binary ones with the version line's "a".
bool is_armored(std::uint8_t first) { return first == '-' || is_white_space(first); }

bool is_of(const FileKey& key, const AgeHeader& header, ByteView bytes) {
  return equal_constant_time(age_header_mac(key, bytes.first(header.mac_bytes)), header.mac);
}

// The first that a stanza gives, else the first that was given and is of this header; nothing.
Result<std::optional<FileKey>> find_any(std::span<const Identity> identities, const AgeHeader& header,
                                        ByteView bytes, unsigned work_factor_log2_max) {
  if (is_threshold_header(header.stanzas)) {
    const auto shared = parse_threshold_header(header.stanzas);
    if (!shared) return fail(shared);
    auto together = combine_shares(identities, *shared);
    if (!together) return fail(together);
    return *std::move(together);
  }
  std::optional<FileKey> found, given;
  for (const Identity& identity : identities) {
    if (const auto* whole = std::get_if<GivenFileKey>(&identity)) {
      if (!given && is_of(whole->key, header, bytes)) given = FileKey::copy_of(whole->key.reveal());
      continue;
    }
    auto key = unwrap(identity, header.stanzas, work_factor_log2_max);
    if (!key) return fail(key);
    if (*key && !found) found = std::move(*key);
  }
  return found ? std::move(found) : std::move(given);
}

Result<FileKey> find_file_key(std::span<const Identity> identities, const AgeHeader& header, ByteView bytes,
                              unsigned work_factor_log2_max) {
  auto found = find_any(identities, header, bytes, work_factor_log2_max);
  if (!found) return fail(found);
  if (!*found && header.stanzas.front().type() == age_scrypt_type) {
    return fail(Errc::no_match,
                "The passphrase is wrong, or the file is protected by a passphrase and none was given.");
  }
  if (!*found) {
    return fail(Errc::no_match,
                "The file is sealed to others: none of these keys opens it. Try another key file.");
  }
  if (!is_of(**found, header, bytes))
    return fail(Errc::not_authentic, "The header of the sealed file was changed. Fetch the file again.");
  return *std::move(*found);
}

}  // namespace

struct Opener::State {
  State(std::span<const Identity> keys, OpenOptions how, ProvisionalSink to)
      : identities(keys), options(how), sink(std::move(to)) {}

  Result<> take_text(ByteView sealed);
  Result<> take_binary(ByteView sealed);
  Result<> try_header();
  Result<> begin_payload(const AgeHeader& parsed);
  Result<> feed_payload(ByteView sealed);
  Result<> finish_stages();

  // Zero-copy is possible when the bytes are the payload's own.
  bool reads_directly() const { return payload.has_value() && !armor; }

  std::span<const Identity> identities;
  OpenOptions options;
  ProvisionalSink sink;
  OpenStage stage = OpenStage::header;
  std::optional<Error> error;
  bool started = false;
  std::optional<ArmorReader> armor;
  Bytes staging;                 // what space() offers while the payload cannot be read directly
  Bytes header;                  // all binary input until the payload begins
  std::size_t header_tried = 0;  // how much of it was there when it was last parsed
  std::optional<AgeHeader> parsed;
  std::optional<PayloadReader> payload;
};

Result<> Opener::State::take_text(ByteView sealed) {
  if (sealed.empty()) return {};
  if (options.threads < 1 || options.threads > 16)
    return fail(Errc::refused, "The number of threads is 1 to 16.");
  if (!std::exchange(started, true) && is_armored(sealed.front())) {
    armor.emplace([this](ByteView binary) { return take_binary(binary); });
  }
  return armor ? armor->update(sealed) : take_binary(sealed);
}

Result<> Opener::State::take_binary(ByteView sealed) {
  while (!sealed.empty() && !payload) {
    const ByteView slice = sealed.first(std::min(sealed.size(), staging_bytes));
    sealed = sealed.subspan(slice.size());
    append(header, slice);
    // Parsing starts over each time, so it waits until there is twice as much: linear in all.
    if (!parsed && header.size() < 2 * header_tried) continue;
    if (auto tried = try_header(); !tried) return tried;
  }
  return payload ? feed_payload(sealed) : Result<>{};
}

Result<> Opener::State::try_header() {
  if (!parsed) {
    header_tried = header.size();
    auto read = parse_age_header(header);
    if (!read) return fail(read);
    if (!*read) return {};
    parsed = std::move(**read);
  }
  if (header.size() < parsed->size_bytes + age_payload_nonce_bytes) return {};
  return begin_payload(*parsed);
}

Result<> Opener::State::begin_payload(const AgeHeader& read) {
  const ByteView all(header);
  const auto file_key = find_file_key(identities, read, all, options.work_factor_log2_max);
  if (!file_key) return fail(file_key);
  const Secret<32> key = age_payload_key(*file_key, all.subspan(read.size_bytes, age_payload_nonce_bytes));
  payload.emplace(key, options.threads, [this](ByteView plain) { return sink(Provisional{plain}); });
  stage = OpenStage::payload;
  const Bytes rest = std::exchange(header, {});
  return feed_payload(ByteView(rest).subspan(read.size_bytes + age_payload_nonce_bytes));
}

Result<> Opener::State::feed_payload(ByteView sealed) {
  while (!sealed.empty()) {
    const auto room = payload->space();
    if (!room) return fail(room);
    const std::size_t size = std::min(room->size(), sealed.size());
    std::copy_n(sealed.begin(), size, room->begin());
    if (auto done = payload->filled(size); !done) return done;
    sealed = sealed.subspan(size);
  }
  return {};
}

Result<> Opener::State::finish_stages() {
  if (armor) {
    if (auto ended = armor->finish(); !ended) return ended;
  }
  if (!payload) {
    if (auto last_try = try_header(); !last_try) return last_try;
  }
  if (!payload)
    return fail(Errc::truncated, "The sealed file ends within its header. Fetch it again, whole.");
  return payload->finish();
}

Opener::Opener(std::span<const Identity> identities, OpenOptions options, ProvisionalSink sink)
    : state_(std::make_unique<State>(identities, options, std::move(sink))) {}
Opener::~Opener() = default;
Opener::Opener(Opener&&) noexcept = default;
Opener& Opener::operator=(Opener&&) noexcept = default;

Result<> Opener::update(ByteView sealed) {
  if (state_->error) return std::unexpected(*state_->error);
  auto taken = state_->take_text(sealed);
  if (!taken) state_->error = taken.error();
  return taken;
}

Result<std::span<std::uint8_t>> Opener::space() {
  if (state_->error) return std::unexpected(*state_->error);
  if (state_->reads_directly()) {
    auto room = state_->payload->space();
    if (!room) state_->error = room.error();
    return room;
  }
  state_->staging.resize(staging_bytes);
  return std::span(state_->staging);
}

Result<> Opener::filled(std::size_t size_bytes) {
  if (!state_->reads_directly()) return update(ByteView(state_->staging).first(size_bytes));
  if (state_->error) return std::unexpected(*state_->error);
  auto taken = state_->payload->filled(size_bytes);
  if (!taken) state_->error = taken.error();
  return taken;
}

Result<> Opener::finish() {
  if (state_->error) return std::unexpected(*state_->error);
  auto finished = state_->finish_stages();
  if (finished) state_->stage = OpenStage::done;
  state_->error =
      finished ? Error{Errc::internal, "The sealed file was finished already."} : finished.error();
  return finished;
}

OpenStage Opener::stage() const { return state_->stage; }

Result<SecretBytes> open_bytes(std::span<const Identity> identities, ByteView sealed, OpenOptions options) {
  SecretBytes plain(sealed.size());  // plaintext is never longer
  std::size_t size = 0;
  Opener opener(identities, options, [&](Provisional piece) -> Result<> {
    std::ranges::copy(piece.bytes, plain.writable().subspan(size).begin());
    size += piece.bytes.size();
    return {};
  });
  if (auto taken = opener.update(sealed); !taken) return fail(taken);
  if (auto finished = opener.finish(); !finished) return fail(finished);
  plain.shrink(size);
  return plain;
}

Result<FileKey> file_key_of(std::span<const Identity> identities, ByteView beginning, OpenOptions options) {
  const auto header = parse_age_header(beginning);
  if (!header) return fail(header);
  if (!*header)
    return fail(Errc::truncated, "The sealed file ends within its header. Fetch it again, whole.");
  return find_file_key(identities, **header, beginning, options.work_factor_log2_max);
}

bool looks_like_age_file(ByteView start) {
  while (!start.empty() && is_white_space(start.front())) start = start.subspan(1);
  return as_text(start).starts_with("age-encryption.org/") ||
         as_text(start).starts_with("-----BEGIN AGE ENCRYPTED FILE-----");
}

}  // namespace candour::open
