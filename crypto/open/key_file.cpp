// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/key_file.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"
#include "crypto/open/identity_file.h"

namespace candour::open {
namespace {

constexpr Literal damaged = "The key file is damaged. Use your copy of it.";

// Lines ended by a line feed, from the front.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  std::optional<std::string_view> next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  // What follows `prefix` on the next line.
  std::optional<std::string_view> next_after(std::string_view prefix) {
    const auto line = next();
    if (!line || !line->starts_with(prefix)) return std::nullopt;
    return line->substr(prefix.size());
  }

 private:
  std::string_view rest_;
};

bool looks_like_day(std::string_view day) {
  static constexpr std::string_view form = "dddd-dd-dd";
  return std::ranges::equal(day, form,
                            [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
}

Result<SealingEpoch> parse_epoch(Lines& lines) {
  static constexpr std::size_t day = 10;
  const auto comment = lines.next_after("# sealing-key: ");
  const auto secret = lines.next();
  if (!comment || !secret || comment->size() < 2 * (day + 1) || (*comment)[day] != ' ' ||
      (*comment)[2 * day + 1] != ' ' || !looks_like_day(comment->substr(0, day)) ||
      !looks_like_day(comment->substr(day + 1, day))) {
    return fail(Errc::malformed, damaged);
  }
  auto identity = parse_identity(as_bytes(*secret));
  if (!identity) return fail(identity);
  auto* hybrid = std::get_if<HybridIdentity>(&*identity);
  const auto recipient = parse_hybrid_recipient(comment->substr(2 * (day + 1)));
  if (hybrid == nullptr || !recipient || hybrid->recipient() != *recipient)
    return fail(Errc::malformed, damaged);
  return SealingEpoch{std::string(comment->substr(0, day)), std::string(comment->substr(day + 1, day)),
                      *recipient, Secret<32>::copy_of(hybrid->seed().reveal())};
}

}  // namespace

Result<KeyFile> parse_key_file(std::span<const std::uint8_t> plain) {
  if (plain.size() > identity_file_bytes_max)
    return fail(Errc::too_large, "The key file is larger than 1 MiB. It is not a key file.");
  Lines lines(as_text(plain));
  if (lines.next_after("# ") != label::key_file) {
    return fail(Errc::unsupported,
                "This is not a Candour key file: it can open what is sealed to it, but not sign in.");
  }
  const auto name = lines.next_after("# name: ");
  const auto signing_key = lines.next_after("# signing-key: ");
  KeyFile key_file;
  if (!name || !signing_key || !is_valid_note_name(*name) ||
      !base64_decode_into(*signing_key, key_file.signing_seed.writable())) {
    return fail(Errc::malformed, damaged);
  }
  key_file.name = *name;
  while (!lines.at_end()) {
    auto epoch = parse_epoch(lines);
    if (!epoch) return fail(epoch);
    key_file.epochs.push_back(std::move(*epoch));
  }
  return key_file;
}

std::vector<Identity> identities_of(const KeyFile& key_file) {
  std::vector<Identity> identities;
  for (const SealingEpoch& epoch : key_file.epochs) {
    identities.emplace_back(HybridIdentity::from_seed(Secret<32>::copy_of(epoch.identity_seed.reveal())));
  }
  return identities;
}

}  // namespace candour::open
