// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/keys.h"

#include <algorithm>
#include <filesystem>
#include <optional>

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

struct Unlocked {
  SecretBytes plain;
  std::optional<SecretBytes> passphrase;  // that was taken off, where there was one
};

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

Outcome<Unlocked> unlock(const std::string& path, const std::string& passphrase_file) {
  auto file = read_secret_file(path, open::identity_file_bytes_max);
  if (!file) return fail(file);
  const auto has_passphrase = is_protected(file->reveal(), path);
  if (!has_passphrase) return fail(has_passphrase);
  if (!*has_passphrase) return Unlocked{*std::move(file), std::nullopt};
  auto passphrase = ask_passphrase(path, passphrase_file);
  if (!passphrase) return fail(passphrase);
  auto plain = take_off(*passphrase, file->reveal(), path);
  if (!plain) return fail(plain);
  return Unlocked{*std::move(plain), *std::move(passphrase)};
}

Outcome<Unlocked> unlock_named(const KeyOptions& options) {
  if (options.path.empty()) {
    return fail_with(Errc::refused, "no key file was named. Use --key FILE, or set CANDOUR_KEY.");
  }
  return unlock(options.path, options.passphrase_file);
}

Outcome<KeyFile> key_file_in(const SecretBytes& plain, const std::string& path, KeyOwner owner) {
  auto key_file = open::parse_key_file(plain.reveal());
  if (!key_file) return fail_as(path, as_text(plain.reveal()), FileKind::key_file, key_file);
  const bool is_root = is_key_name(key_file->name, "root-key");
  if (is_root == (owner == KeyOwner::root)) return *std::move(key_file);
  constexpr std::string_view not_caseworker =
      "is a root key, but a caseworker's key is expected here. Use the file that `candour caseworker create` "
      "made; a root key never leaves its offline machine.";
  constexpr std::string_view not_root =
      "is not a root key, but a caseworker's. Rosters are signed with the key that `candour root init` made.";
  return fail_with(Errc::refused,
                   fmt::format("{}: {}", visible_line(path), is_root ? not_caseworker : not_root));
}

// Would somebody find the same keys in it? Before it takes the place of the only copy.
bool opens_as(const Bytes& sealed, const ChangeableKeyFile& changed) {
  const auto plain = open::unlock_identity_file(sealed, changed.passphrase);
  const auto wanted = seal::encode_key_file(changed.keys);
  return plain && wanted && std::ranges::equal(plain->reveal(), wanted->reveal());
}

}  // namespace

Outcome<KeyFile> unlock_key_file(const KeyOptions& options, KeyOwner owner) {
  const auto unlocked = unlock_named(options);
  if (!unlocked) return fail(unlocked);
  return key_file_in(unlocked->plain, options.path, owner);
}

Outcome<KeyFile> unlock_caseworker_key(ByteView file, const std::string& name,
                                       const SecretBytes& passphrase) {
  const auto has_passphrase = is_protected(file, name);
  if (!has_passphrase) return fail(has_passphrase);
  const auto plain =
      *has_passphrase ? take_off(passphrase, file, name) : Outcome<SecretBytes>(SecretBytes::copy_of(file));
  if (!plain) return fail(plain);
  return key_file_in(*plain, name, KeyOwner::caseworker);
}

Outcome<ChangeableKeyFile> unlock_to_change(const KeyOptions& options) {
  if (std::error_code none; std::filesystem::is_symlink(options.path, none))
    return fail_with(Errc::refused,
                     fmt::format("{}: is a link, and the key file behind it would stay as it is. Name the "
                                 "file itself.",
                                 visible_line(options.path)));
  auto unlocked = unlock_named(options);
  if (!unlocked) return fail(unlocked);
  auto keys = key_file_in(unlocked->plain, options.path, KeyOwner::caseworker);
  if (!keys) return fail(keys);
  if (!unlocked->passphrase)
    return fail_with(Errc::refused,
                     fmt::format("{}: is not protected by a passphrase, and would not be afterwards. "
                                 "Protect it first: age -p -o NEW {}",
                                 visible_line(options.path), visible_line(options.path)));
  return ChangeableKeyFile{*std::move(keys), *std::move(unlocked->passphrase)};
}

Outcome<> replace_key_file(const ChangeableKeyFile& changed, const std::string& path) {
  const auto sealed = seal::seal_key_file(changed.keys, changed.passphrase);
  if (!sealed) return fail(sealed);
  if (!opens_as(*sealed, changed))
    return fail_with(Errc::internal,
                     fmt::format("{}: the new key file does not open. The old one is as it was. Check this "
                                 "computer's memory and try again.",
                                 visible_line(path)));
  return replace_file(path, *sealed);
}

Outcome<std::vector<open::Identity>> unlock_identities(const std::string& path,
                                                       const std::string& passphrase_file) {
  const auto unlocked = unlock(path, passphrase_file);
  if (!unlocked) return fail(unlocked);
  auto identities = open::parse_identity_file(unlocked->plain.reveal());
  if (!identities) return fail_as(path, as_text(unlocked->plain.reveal()), FileKind::key_file, identities);
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
