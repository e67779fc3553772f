// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/seal/key_file.h"

#include <sodium.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "crypto/core/bech32.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"

namespace candour::seal {
namespace {

constexpr std::size_t seed_text_bytes = 44;  // base64 of 32 bytes
constexpr std::size_t epoch_bytes_max = 2'300;

// Secret memory that is written from the front: a std::string would leave copies behind as it grows.
class SecretText {
 public:
  explicit SecretText(std::size_t bytes_max) : bytes_(bytes_max) {}
  void add(std::string_view text) { add(as_bytes(text)); }
  void add(ByteView text) {
    std::ranges::copy(text, bytes_.writable().subspan(size_).begin());
    size_ += text.size();
  }
  void add_base64(const Secret<32>& secret) {
    SecretBytes text(seed_text_bytes + 1);  // libsodium adds a zero
    sodium_bin2base64(reinterpret_cast<char*>(text.writable().data()), text.size(), secret.reveal().data(),
                      secret.reveal().size(), sodium_base64_VARIANT_ORIGINAL);
    add(text.reveal().first(seed_text_bytes));
  }
  SecretBytes take() {
    bytes_.shrink(size_);
    return std::move(bytes_);
  }

 private:
  SecretBytes bytes_;
  std::size_t size_ = 0;
};

bool looks_like_day(std::string_view day) {
  static constexpr std::string_view form = "dddd-dd-dd";
  return std::ranges::equal(day, form,
                            [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
}

}  // namespace

Result<SecretBytes> encode_key_file(const KeyFile& key_file) {
  if (!is_valid_note_name(key_file.name))
    return fail(Errc::malformed, "The name of the key is not a valid key name.");
  SecretText out(key_file.name.size() + 256 + key_file.epochs.size() * epoch_bytes_max);
  out.add("# ");
  out.add(label::key_file);
  out.add("\n# name: ");
  out.add(key_file.name);
  out.add("\n# signing-key: ");
  out.add_base64(key_file.signing_seed);
  out.add("\n");
  for (const SealingEpoch& epoch : key_file.epochs) {
    if (!looks_like_day(epoch.from) || !looks_like_day(epoch.until)) {
      return fail(Errc::malformed, "A day in a key file has the form YYYY-MM-DD.");
    }
    out.add("# sealing-key: " + epoch.from + " " + epoch.until + " " + encode_recipient(epoch.recipient) +
            "\n");
    out.add(bech32_encode_secret("age-secret-key-pq-", epoch.identity_seed.reveal()).reveal());
    out.add("\n");
  }
  return out.take();
}

Result<Bytes> seal_key_file(const KeyFile& key_file, const SecretBytes& passphrase,
                            unsigned work_factor_log2) {
  const auto plain = encode_key_file(key_file);
  if (!plain) return fail(plain);
  return seal_bytes(passphrase, plain->reveal(), work_factor_log2);
}

}  // namespace candour::seal
