// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/handed_on.h"

#include "client-cli/files/read_file.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "crypto/open/key_file.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t file_bytes_max = std::size_t{4} << 20;
constexpr std::size_t notes_max = 4096;
constexpr Literal wrong_form = "this is not what `candour fetch --handed-on` writes";

}  // namespace

Outcome<Bytes> seal_handed_on(const std::vector<std::string>& notes, const MatchSeed& match_seed,
                              const KeyFile& key) {
  json::Array all;
  if (match_seed) all.push_back(json::Value{json::Object{{"match_seed", {base64_encode(*match_seed)}}}});
  for (const std::string& note : notes) all.push_back(json::Value{note});
  const std::string plain = json::encode(json::Value{std::move(all)}, json::Layout::compact);
  const seal::Recipient herself = key.epochs.front().recipient;
  auto sealed = seal::seal_bytes({&herself, 1}, as_bytes(plain));
  if (!sealed) return fail(sealed);
  return *std::move(sealed);
}

Outcome<HandedOn> read_handed_on(const std::string& path, const KeyFile& key, const CaseworkerId& me,
                                 const Roster& roster) {
  auto sealed = read_text_file(path, file_bytes_max);
  if (!sealed) return fail(sealed);
  const auto plain = open::open_bytes(open::identities_of(key), as_bytes(*sealed));
  if (!plain) return fail_about(visible_line(path), plain);
  const auto value = json::parse(as_text(plain->reveal()), file_bytes_max, limits::json_depth_max);
  const json::Array* notes = value ? value->array() : nullptr;
  if (notes == nullptr || notes->size() > notes_max)
    return fail_about(visible_line(path), Result<>(candour::fail(Errc::malformed, wrong_form)));
  HandedOn handed_on;
  for (const json::Value& note : *notes) {
    if (const auto fields = json::Fields::of(note, wrong_form)) {
      const auto seed = fields->line("match_seed", 44, wrong_form);
      if (!seed || !base64_decode_into(*seed, handed_on.match_seed.emplace()))
        return fail_about(visible_line(path), Result<>(candour::fail(Errc::malformed, wrong_form)));
      continue;
    }
    auto event = verify_event(note.text() == nullptr ? std::string_view() : *note.text(), roster, me);
    if (event) handed_on.events.push_back(*std::move(event));
  }
  return handed_on;
}

}  // namespace candour::cli
