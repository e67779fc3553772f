// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/passphrase.h"

#include <fcntl.h>
#include <sodium.h>

#include "client-cli/files/descriptor.h"
#include "client-cli/files/file_failure.h"
#include "terminal/hidden_line.h"

namespace candour::cli {
namespace {

// What is asked for, and the option that names a file with it instead.
struct Kind {
  std::string_view name, option;
};
constexpr Kind passphrase{"passphrase", "--passphrase-file"};
constexpr Kind codename{"codename", "--codename-file"};

// What went wrong with `kind` from `name`: a file, or the terminal.
Outcome<SecretBytes> in_words(Result<SecretBytes> line, std::string_view name, const Kind& kind) {
  if (line) return std::move(*line);
  switch (line.error().code) {
    case Errc::not_found:
      return fail_with(
          Errc::io, fmt::format("there is no terminal to ask for the {}. Use {}.", kind.name, kind.option));
    case Errc::unsupported:
      return fail_with(Errc::io,
                       fmt::format("the terminal does not hide what is typed. Use {}.", kind.option));
    case Errc::too_large:
      return fail_with(Errc::too_large, fmt::format("{}: a {} has at most {} bytes. Is this the right file?",
                                                    name, kind.name, passphrase_bytes_max));
    case Errc::malformed:
      return fail_with(
          Errc::refused,
          fmt::format("{}: no {} was given, and nothing was changed. It is the first line; try again.", name,
                      kind.name));
    case Errc::io:
      return fail_file(name, Access::read);
    default:
      return fail(line);
  }
}

Outcome<SecretBytes> from_file(const std::string& path, const Kind& kind) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return fail_file(path, Access::read);
  return in_words(read_hidden_line(fd.get(), passphrase_bytes_max), path, kind);
}

Outcome<SecretBytes> from_terminal(std::string_view prompt, const Kind& kind) {
  return in_words(ask_hidden_line(prompt, passphrase_bytes_max), "the terminal", kind);
}

Outcome<SecretBytes> ask(std::string_view prompt, const std::string& file, const Kind& kind) {
  return file.empty() ? from_terminal(prompt, kind) : from_file(file, kind);
}

bool same(const SecretBytes& a, const SecretBytes& b) {
  return a.size() == b.size() && sodium_memcmp(a.reveal().data(), b.reveal().data(), a.size()) == 0;
}

}  // namespace

Outcome<SecretBytes> ask_passphrase(std::string_view what_for, const std::string& file) {
  return ask(fmt::format("Passphrase of {}: ", what_for), file, passphrase);
}

Outcome<SecretBytes> ask_codename(const std::string& file) { return ask("Codename: ", file, codename); }

Outcome<SecretBytes> choose_passphrase(std::string_view what_for, const std::string& file) {
  auto first =
      ask(fmt::format("New passphrase for {} (several words are best): ", what_for), file, passphrase);
  if (!first) return first;
  if (file.empty()) {
    auto again = from_terminal("The same again: ", passphrase);
    if (!again) return again;
    if (!same(*first, *again)) return fail_with(Errc::refused, "the two passphrases differ. Try again.");
  }
  if (first->size() < new_passphrase_bytes_min) {
    return fail_with(Errc::refused,
                     fmt::format("the passphrase is too short: whoever copies the file can guess it. "
                                 "Use at least {} characters, best several random words.",
                                 new_passphrase_bytes_min));
  }
  return first;
}

}  // namespace candour::cli
