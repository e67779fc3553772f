// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/keys.h"

#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/passphrase.h"
#include "client-cli/terminal/visible.h"
#include "crypto/open/identity_file.h"
#include "crypto/open/key_file.h"
#include "crypto/open/opener.h"
#include "crypto/seal/key_file.h"
#include "protocol/pin.h"

namespace candour::cli {
namespace {

Outcome<SecretBytes> take_off(const SecretBytes& passphrase, ByteView file, const std::string& name) {
  auto plain = open::unlock_identity_file(file, passphrase);
  if (!plain && plain.error().code == Errc::no_match) {
    return fail_with(
        Errc::no_match,
        fmt::format("{}: the passphrase is wrong. Try again; nothing was changed.", visible_line(name)));
  }
  if (!plain) return fail_about(name, plain);
  return *std::move(plain);
}

// Protected by a passphrase? An age file of another sort is refused in words.
Outcome<bool> is_protected(ByteView file, const std::string& name) {
  if (!open::looks_like_age_file(file)) return false;
  if (kind_of(as_text(file)) == FileKind::sealed)
    return fail_as(name, as_text(file), FileKind::key_file, Failure(Errc::unsupported, ""));
  return true;
}

// What is in the file, with its passphrase taken off where it has one.
Outcome<SecretBytes> unlock(const std::string& path, const std::string& passphrase_file) {
  auto file = read_secret_file(path, open::identity_file_bytes_max);
  if (!file) return file;
  const auto has_passphrase = is_protected(file->reveal(), path);
  if (!has_passphrase) return fail(has_passphrase);
  if (!*has_passphrase) return file;
  auto passphrase = ask_passphrase(path, passphrase_file);
  if (!passphrase) return fail(passphrase);
  return take_off(*passphrase, file->reveal(), path);
}

Outcome<KeyFile> parse(const SecretBytes& plain, const std::string& path, KeyOwner owner) {
  auto key_file = open::parse_key_file(plain.reveal());
  if (!key_file) return fail_as(path, as_text(plain.reveal()), FileKind::key_file, key_file);
  const bool is_root = is_key_name(key_file->name, "root");
  if (is_root == (owner == KeyOwner::root)) return *std::move(key_file);
  constexpr std::string_view not_caseworker =
      "is a root key, but a caseworker's key is expected here. Use the file that `candour caseworker create` "
      "made; a root key never leaves its offline machine.";
  constexpr std::string_view not_root =
      "is not a root key, but a caseworker's. Rosters are signed with the key that `candour root init` made.";
  return fail_with(Errc::refused,
                   fmt::format("{}: {}", visible_line(path), is_root ? not_caseworker : not_root));
}

}  // namespace

Outcome<KeyFile> unlock_key_file(const KeyOptions& options, KeyOwner owner) {
  if (options.path.empty()) {
    return fail_with(Errc::refused, "no key file was named. Use --key FILE, or set CANDOUR_KEY.");
  }
  const auto plain = unlock(options.path, options.passphrase_file);
  if (!plain) return fail(plain);
  return parse(*plain, options.path, owner);
}

Outcome<KeyFile> unlock_caseworker_key(ByteView file, const std::string& name,
                                       const SecretBytes& passphrase) {
  const auto has_passphrase = is_protected(file, name);
  if (!has_passphrase) return fail(has_passphrase);
  if (!*has_passphrase) return parse(SecretBytes::copy_of(file), name, KeyOwner::caseworker);
  const auto plain = take_off(passphrase, file, name);
  if (!plain) return fail(plain);
  return parse(*plain, name, KeyOwner::caseworker);
}

Outcome<std::vector<open::Identity>> unlock_identities(const std::string& path,
                                                       const std::string& passphrase_file) {
  auto plain = unlock(path, passphrase_file);
  if (!plain) return fail(plain);
  auto identities = open::parse_identity_file(plain->reveal());
  if (!identities) return fail_as(path, as_text(plain->reveal()), FileKind::key_file, identities);
  return *std::move(identities);
}

Outcome<> write_key_file(const KeyFile& key_file, const std::string& path,
                         const std::string& passphrase_file) {
  auto file = NewFile::create(path);
  if (!file) return fail(file);
  auto passphrase = choose_passphrase(path, passphrase_file);
  if (!passphrase) return fail(passphrase);
  auto sealed = seal::seal_key_file(key_file, *passphrase);
  if (!sealed) return fail(sealed);
  if (auto written = file->write(*sealed); !written) return written;
  return file->commit();
}

NoteVerifierKey verifier_key_of(const KeyFile& key_file) {
  return make_note_verifier_key(key_file.name, signing_key_of(key_file).verify_key());
}

std::string beside(const std::string& key_path, const std::string& extension) {
  constexpr std::string_view ending = ".key";
  return (key_path.ends_with(ending) ? key_path.substr(0, key_path.size() - ending.size()) : key_path) +
         extension;
}

}  // namespace candour::cli
