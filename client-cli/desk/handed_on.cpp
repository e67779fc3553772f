// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/handed_on.h"

#include "client-cli/files/read_file.h"
#include "client-cli/terminal/visible.h"
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

Outcome<Bytes> seal_handed_on(const std::vector<std::string>& notes, const KeyFile& key) {
  json::Array all;
  for (const std::string& note : notes) all.push_back(json::Value{note});
  const std::string plain = json::encode(json::Value{std::move(all)}, json::Layout::compact);
  const seal::Recipient herself = key.epochs.front().recipient;
  auto sealed = seal::seal_bytes({&herself, 1}, as_bytes(plain));
  if (!sealed) return fail(sealed);
  return *std::move(sealed);
}

Outcome<std::vector<VerifiedEvent>> read_handed_on(const std::string& path, const KeyFile& key,
                                                   const CaseworkerId& me, const Roster& roster) {
  auto sealed = read_text_file(path, file_bytes_max);
  if (!sealed) return fail(sealed);
  const auto plain = open::open_bytes(open::identities_of(key), as_bytes(*sealed));
  if (!plain) return fail_about(visible_line(path), plain);
  const auto value = json::parse(as_text(plain->reveal()), file_bytes_max, limits::json_depth_max);
  const json::Array* notes = value ? value->array() : nullptr;
  if (notes == nullptr || notes->size() > notes_max)
    return fail_about(visible_line(path), Result<>(candour::fail(Errc::malformed, wrong_form)));
  std::vector<VerifiedEvent> events;
  for (const json::Value& note : *notes) {
    auto event = verify_event(note.text() == nullptr ? std::string_view() : *note.text(), roster, me);
    if (event) events.push_back(*std::move(event));
  }
  return events;
}

}  // namespace candour::cli
