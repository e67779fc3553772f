// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/database_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <charconv>
#include <utility>

#include "crypto/core/encoding.h"
#include "terminal/hidden_line.h"

namespace candour::server {
namespace {

constexpr std::size_t kPassphraseBytesMax = 1024;
constexpr std::size_t kNewPassphraseBytesMin = 12;
constexpr Argon2idCost kCost{.memory_kib = 256 << 10, .passes = 3};
// What a file may ask for; less would be no protection, more would not end.
constexpr Argon2idCost kCostMin{.memory_kib = 64 << 10, .passes = 1};
constexpr Argon2idCost kCostMax{.memory_kib = 4 << 20, .passes = 100};
constexpr std::string_view kPrompt = "Passphrase of the database: ";

// Takes `word` and the decimal number behind it off the front of `text`.
bool take(std::string_view& text, std::string_view word, std::uint32_t& number) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool is_within(Argon2idCost cost) {
  return cost.memory_kib >= kCostMin.memory_kib && cost.memory_kib <= kCostMax.memory_kib &&
         cost.passes >= kCostMin.passes && cost.passes <= kCostMax.passes;
}

Result<SecretBytes> choose_passphrase() {
  auto first = ask_hidden_line("New passphrase of the database (several random words are best): ",
                               kPassphraseBytesMax);
  if (!first) return first;
  if (first->size() < kNewPassphraseBytesMin)
    return fail(Errc::refused, "the passphrase is shorter than 12 characters. Use several random words.");
  const auto again = ask_hidden_line("The same passphrase again: ", kPassphraseBytesMax);
  if (!again) return fail(again);
  if (again->size() != first->size() ||
      sodium_memcmp(again->reveal().data(), first->reveal().data(), first->size()) != 0)
    return fail(Errc::refused, "the two passphrases differ. Try again.");
  return first;
}

}  // namespace

std::string encode_passphrase_key(const PassphraseKey& key) {
  return fmt::format("$argon2id$v=19$m={},t={},p=1${}\n", key.cost.memory_kib, key.cost.passes,
                     base64_raw_encode(key.salt));
}

Result<PassphraseKey> parse_passphrase_key(std::string_view text) {
  PassphraseKey key{};
  std::uint32_t lanes = 0;
  std::string_view rest = text;
  if (take(rest, "$argon2id$v=19$m=", key.cost.memory_kib) && take(rest, ",t=", key.cost.passes) &&
      take(rest, ",p=", lanes) && rest.starts_with('$') && rest.ends_with('\n') &&
      base64_raw_decode_into(rest.substr(1, rest.size() - 2), key.salt) && is_within(key.cost) &&
      encode_passphrase_key(key) == text)
    return key;
  return fail(Errc::malformed,
              "is neither a key of 32 bytes nor a line that says how a passphrase makes one. Restore it from "
              "its backup.");
}

Result<DatabaseKeyFile> DatabaseKeyFile::read(const std::filesystem::path& file, Readers readers) {
  DatabaseKeyFile found;
  auto content = read_key_content(file, readers);
  if (!content) return fail(content);
  const auto bytes = content->reveal();
  if (bytes.size() == Secret<32>().reveal().size()) {
    found.key_ = Secret<32>::copy_of(bytes.first<32>());
    return found;
  }
  const auto passphrase = parse_passphrase_key(as_text(bytes));
  if (!passphrase) return fail(passphrase);
  found.passphrase_ = *passphrase;
  return found;
}

Result<DatabaseKeyFile> DatabaseKeyFile::create(const std::filesystem::path& file, Form form) {
  DatabaseKeyFile made;
  if (form == Form::raw) {
    auto key = create_key_file(file);
    if (!key) return fail(key);
    made.key_ = std::move(*key);
    return made;
  }
  const auto passphrase = choose_passphrase();
  if (!passphrase) return fail(passphrase);
  PassphraseKey how{.cost = kCost, .salt = {}};
  randombytes_buf(how.salt.data(), how.salt.size());
  auto key = argon2id(*passphrase, how.salt, how.cost);
  if (!key) return fail(key);
  if (const auto written = create_key_content(file, as_bytes(encode_passphrase_key(how))); !written)
    return fail(written);
  made.passphrase_ = how;
  made.key_ = std::move(*key);
  return made;
}

Result<Secret<32>> DatabaseKeyFile::key() const {
  if (key_) return Secret<32>::copy_of(key_->reveal());
  const auto passphrase = ask_hidden_line(kPrompt, kPassphraseBytesMax);
  if (!passphrase) return fail(passphrase);
  return argon2id(*passphrase, passphrase_->salt, passphrase_->cost);
}

}  // namespace candour::server
