// SPDX-License-Identifier: AGPL-3.0-or-later
// Notes and verifier keys. What is not signed by the trusted key is never believed, whatever the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "crypto/core/note.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  static const auto trusted =
      parse_note_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
          .value();
  const std::string_view text = as_text({data, size});
  const auto parsed = parse_note(text);
  if (parsed && (!parsed->text.ends_with('\n') || parsed->signatures.empty())) std::abort();
  const auto note = verify_note(text, {&trusted, 1});
  if (note && (!parsed || note->text() != "This is an example message.\n")) std::abort();
  if (const auto key = parse_note_verifier_key(text); key && encode_note_verifier_key(*key) != text)
    std::abort();
  return 0;
}
